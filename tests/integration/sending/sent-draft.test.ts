import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { DraftContent } from '#shared/ipc/drafts.ts';
import { numbers, SENDER, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const TEXT = 'Fees are due on Sunday.';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folder(): string {
  const { dir, remove } = temporaryFolder();
  ends.push(remove);
  return dir;
}

function open(dir: string): Sending {
  const started = startSending({ url: 'http://127.0.0.1:9', dir, timings: { hold: 60_000 } });
  ends.push(() => started.stop());
  return started;
}

/** The files as a kill at this moment leaves them. */
function killed(dir: string): string {
  const after = folder();
  cpSync(dir, after, {
    recursive: true,
    filter: (file) => !file.endsWith('-shm') && !file.endsWith('.lock'),
  });
  return after;
}

const content = (people: number, text = TEXT): DraftContent => ({
  accountId: PRACTICE_ACCOUNT_ID,
  sender: SENDER,
  text,
  recipients: numbers(people).join('\n'),
  sources: [],
  when: 'now',
  sendAt: null,
  includeDead: false,
  emptyFields: 'block',
});

const order = (draftId: string, people: number, text = TEXT) => ({
  request: { accountId: PRACTICE_ACCOUNT_ID, sender: SENDER, text, recipients: numbers(people).join('\n') },
  expectedRecipients: people,
  expectedParts: people,
  typedCount: people,
  token: randomUUID(),
  draftId,
});

const counts = ({ workspace }: Sending) => [
  workspace.drafts.total(),
  workspace.campaigns.page(null, 10).length,
];

describe('the draft of a message that was sent', () => {
  it.each([
    ['a short', 3],
    ['a long', 2_100],
  ])('is gone in the commit that queues %s sending, whenever the program is killed', async (_, people) => {
    const dir = folder();
    const app = open(dir);
    const [sent, other] = [randomUUID(), randomUUID()];
    app.workspace.drafts.save(sent, content(people), 1);
    app.workspace.drafts.save(other, content(1, 'Something else'), 1);
    const seen = new Set<string>();
    app.workspace.drafts.onChange(() => seen.add('told'));
    // In this very moment, before anything else has run, either both have happened or neither.
    const look = () => seen.add(counts(app).join());
    app.workspace.changes.listen(look);
    const queued = app.workspace.campaigns.send(order(sent, people));
    const looking = setInterval(look, 0);
    expect(await queued).toMatchObject({ ok: true });
    clearInterval(looking);
    look();
    expect([...seen].filter((each) => !['told', '2,0', '1,1'].includes(each))).toEqual([]);
    expect(seen).toContain('told');

    const again = open(killed(dir));
    expect(counts(again)).toEqual([1, 1]);
    // A save that the page still had under way, or tries again.
    expect(again.workspace.drafts.save(sent, content(people), Date.now())).toEqual({
      changedAt: null,
      sent: true,
    });
    expect(again.workspace.drafts.get(sent)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(again.workspace.drafts.restore(sent)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(counts(again)).toEqual([1, 1]);
  });

  it('is not sent a second time by a page that does not know that it was', async () => {
    const app = open(folder());
    const id = randomUUID();
    app.workspace.drafts.save(id, content(1_100), 1);
    const first = order(id, 1_100);
    const queued = app.workspace.campaigns.send(first);
    // While the first is still being written, and after it.
    expect(await app.workspace.campaigns.send(order(id, 1_100))).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    const outcome = await queued;
    expect(await app.workspace.campaigns.send(order(id, 1_100))).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    expect(await app.workspace.campaigns.send(first)).toEqual(outcome);
    expect(counts(app)).toEqual([0, 1]);
  });

  it('stays when the sending could not be queued, and can be sent then', async () => {
    const app = open(folder());
    const id = randomUUID();
    app.workspace.drafts.save(id, content(1_100), 1);
    const last = numbers(1_100).at(-1) ?? '';
    app.db.exec(`CREATE TRIGGER full BEFORE INSERT ON messages WHEN NEW.msisdn = '${last}'
      BEGIN SELECT RAISE(ABORT, 'as if full'); END`);
    await expect(app.workspace.campaigns.send(order(id, 1_100))).rejects.toThrow('as if full');
    expect(counts(app)).toEqual([1, 0]);
    app.db.exec('DROP TRIGGER full');
    expect(await app.workspace.campaigns.send(order(id, 1_100))).toMatchObject({ ok: true });
    expect(counts(app)).toEqual([0, 1]);
  });

  it('comes back as another one in the commit that takes the sending back, even when the program is killed then', async () => {
    const dir = folder();
    const app = open(dir);
    const [id, back] = [randomUUID(), randomUUID()];
    app.workspace.drafts.save(id, content(2), 1);
    const sendAt = Date.now() + 3_600_000;
    const sent = order(id, 2);
    const request = {
      ...sent.request,
      ...{ sendAt, zone: 'Asia/Dubai', leaveOutRepeats: true, ignoreQuiet: true },
      options: { flash: true },
      emptyFields: 'leave-out' as const,
    };
    const queued = await app.workspace.campaigns.send({ ...sent, request });
    if (!queued.ok) throw new Error(queued.error.code);
    let told = 0;
    app.workspace.drafts.onChange(() => told++);
    expect(app.workspace.campaigns.undo(queued.value.id, back)).toEqual({ ok: true, value: request });
    expect(told).toBe(1);

    const { drafts } = open(killed(dir)).workspace;
    expect(drafts.total()).toBe(1);
    expect(drafts.get(back)).toMatchObject({
      value: {
        content: {
          ...content(2),
          when: 'later',
          ...{ sendAt, zone: 'Asia/Dubai', leaveOutRepeats: true, ignoreQuiet: true },
          options: { flash: true },
          emptyFields: 'leave-out',
        },
      },
    });
    // The page goes on writing under the same id.
    expect(drafts.save(back, content(2, 'Better'), Date.now())).not.toHaveProperty('sent');
    expect(drafts.total()).toBe(1);
  });

  it('is not made of a sending that could not be taken back, nor over another draft', async () => {
    const app = open(folder());
    const [sent, other] = [randomUUID(), randomUUID()];
    app.workspace.drafts.save(sent, content(2), 1);
    app.workspace.drafts.save(other, content(1, 'Something else'), 1);
    const queued = await app.workspace.campaigns.send(order(sent, 2));
    if (!queued.ok) throw new Error(queued.error.code);
    expect(app.workspace.campaigns.undo(queued.value.id, other)).toMatchObject({ ok: true });
    expect(app.workspace.campaigns.undo(queued.value.id, randomUUID())).toMatchObject({ ok: false });
    expect(app.workspace.drafts.total()).toBe(1);
    expect(app.workspace.drafts.get(other)).toMatchObject({
      value: { content: { text: 'Something else' } },
    });
  });
});
