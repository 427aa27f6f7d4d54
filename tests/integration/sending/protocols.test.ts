import { afterEach, describe, expect, it } from 'vitest';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { startSending, temporaryFolder, type Sending, type SendingOptions } from '../support/sending.ts';

const PERSON = '8801711000001';
const LONG_BANGLA = 'আগামী রবিবার সকাল দশটায় বিদ্যালয়ের মিলনায়তনে অনুষ্ঠান হবে। '.repeat(3).trim();

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function gateway(): Promise<PracticeGateway> {
  const practice = await startPractice({ delays: 100 });
  ends.push(() => practice.close());
  return practice;
}

function sending(practice: PracticeGateway, options: Partial<SendingOptions>): Sending {
  const folder = temporaryFolder();
  ends.push(folder.remove);
  const url = options.protocol === 'smpp' ? practice.smppUrl : practice.url;
  const password = options.protocol?.startsWith('key') ? practice.apiKey('practice') : 'practice';
  const started = startSending({ url, password, dir: folder.dir, ...options });
  ends.push(() => started.stop());
  return started;
}

const notesOf = ({ db }: Sending) =>
  db
    .prepare('SELECT note FROM events ORDER BY id')
    .all()
    .map((row) => row['note']);

describe('a lost answer, where the gateway takes ids of ours and has no log', () => {
  it.each(['plain-v3', 'xml-v3', 'json-v3'] as const)(
    'is cleared up by the same id over %s: the refusal proves that the first one arrived',
    async (protocol) => {
      const practice = await gateway();
      practice.setFaults({ sendScript: ['dropAfter'] });
      const app = sending(practice, { protocol });
      const id = await app.send([PERSON]);
      await app.until(id, (view) => view.counts.delivered === 1);
      expect(notesOf(app)).toContain('same-id');
      expect(practice.journal()).toHaveLength(1);
    },
  );
});

describe('a lost answer, where nobody can tell', () => {
  it.each(['plain-v1', 'xml-v1', 'smpp', 'key-v1', 'key-v2'] as const)(
    'is left to the user over %s, and never sent again by itself',
    async (protocol) => {
      const practice = await gateway();
      practice.setFaults({ sendScript: ['dropAfter'] });
      const app = sending(practice, { protocol });
      const id = await app.send([PERSON]);
      await app.until(id, (view) => view.undecided === 1);
      expect(practice.journal()).toHaveLength(1);
      expect(app.workspace.campaigns.get(id)).toMatchObject({ phase: 'review', equationHolds: true });
      await app.workspace.outbox.settleUncertain(id, null, 'arrived');
      expect(app.workspace.campaigns.get(id)?.counts.uncertain).toBeUndefined();
    },
  );
});

describe('a long text over SMPP', () => {
  it.each(['udh', 'payload'] as const)('is one message whose parts all arrive (%s)', async (longMessages) => {
    const practice = await gateway();
    const app = sending(practice, { protocol: 'smpp', accountOptions: { smpp: { longMessages } } });
    const id = await app.send([PERSON], LONG_BANGLA);
    await app.until(id, (view) => view.counts.delivered === 1);
    expect(practice.journal()).toMatchObject([{ text: LONG_BANGLA }]);
    const parts = app.db.prepare('SELECT COUNT(*) AS n FROM message_parts WHERE report IS NOT NULL').get();
    expect(parts).toEqual({ n: longMessages === 'udh' ? 3 : 0 });
    expect(app.db.prepare('SELECT parts FROM messages').get()).toEqual({ parts: 3 });
  });
});

describe('a gateway that is not there', () => {
  it('is waited for over SMPP, and nothing is lost or doubled when it comes', async () => {
    const first = await startPractice({ delays: 100 });
    const port = Number(new URL(first.smppUrl).port);
    await first.close();
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const app = startSending({ url: `smpp://127.0.0.1:${port}`, dir: folder.dir, protocol: 'smpp' });
    ends.push(() => app.stop());
    const id = await app.send([PERSON, '8801811000002']);
    await app.until(id, (view) => view.pauseReason === 'network');
    const practice = await startPractice({ delays: 100, smppPort: port });
    ends.push(() => practice.close());
    await app.until(id, (view) => view.counts.delivered === 2, 20_000);
    expect(practice.journal()).toHaveLength(2);
  });
});

describe('reports that have to be asked for one by one', () => {
  it('come for every message of a request', async () => {
    const practice = await gateway();
    const app = sending(practice, { protocol: 'key-v2', perRequest: 10 });
    const people = Array.from({ length: 25 }, (_, index) => `88017${String(11_000_000 + index)}`);
    const id = await app.send([...people, '8801999010027']);
    await app.until(id, (view) => view.counts.delivered === 25 && view.counts.undeliverable === 1, 20_000);
    expect(practice.journal()).toHaveLength(26);
  });
});
