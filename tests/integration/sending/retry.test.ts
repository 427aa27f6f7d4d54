import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import type { WarningKind } from '#shared/ipc/plan.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import {
  acceptedTimes,
  numbers,
  startSending,
  temporaryFolder,
  type Sending,
  type SendingOptions,
} from '../support/sending.ts';

const ABSENT = '8801999010027';
const BUSY = '8801999010031';
/** It counts as dead from then on. */
const UNKNOWN_NUMBER = '8801999010001';
const DO_NOT_DISTURB = '8801999000010';
const [ARRIVES = ''] = numbers(1);
const EVERYBODY = [ABSENT, BUSY, UNKNOWN_NUMBER, DO_NOT_DISTURB, ARRIVES];
/** Longer than any test: what is held stays so. */
const HOUR = 3_600_000;

let practice: PracticeGateway;
beforeAll(async () => {
  practice = await startPractice({ delays: 20 });
});
afterAll(() => practice.close());

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function start(more: Partial<SendingOptions> = {}): Sending {
  const folder = more.dir === undefined ? temporaryFolder() : null;
  if (folder) ends.push(folder.remove);
  const sending = startSending({ url: practice.url, dir: folder?.dir ?? '', perRequest: 10, ...more });
  ends.push(() => sending.stop());
  return sending;
}

/** A campaign to {@link EVERYBODY}, over. */
async function failedCampaign(sending: Sending, people: readonly string[] = EVERYBODY): Promise<number> {
  const id = await sending.send(people);
  await sending.until(id, ({ phase }) => phase === 'finished');
  return id;
}

async function groupsOf({ workspace }: Sending, id: number): Promise<FailureGroup[]> {
  const groups = await workspace.campaigns.failures(id);
  if (!groups.ok) throw new Error(groups.error.code);
  return groups.value;
}

const temporary = (groups: readonly FailureGroup[]) =>
  groups.filter(({ permanence }) => permanence === 'temporary');

/** A campaign that is over, in a program that holds everything for Undo since. */
async function overAndHeld(): Promise<{ sending: Sending; id: number; dir: string }> {
  const { dir, remove } = temporaryFolder();
  ends.push(remove);
  const first = start({ dir });
  const id = await failedCampaign(first);
  await first.stop();
  return { sending: start({ dir, timings: { hold: HOUR } }), id, dir };
}

/** Asks to send these causes again; all that are left when none are given. */
async function retry(
  sending: Sending,
  id: number,
  groups?: readonly FailureGroup[],
  token = randomUUID(),
  accepted: WarningKind[] = [],
) {
  const chosen = groups ?? (await groupsOf(sending, id));
  return sending.workspace.campaigns.retry({
    id,
    keys: chosen.map(({ key }) => key),
    expectedRecipients: chosen.reduce((sum, { messages }) => sum + messages, 0),
    token,
    accepted,
  });
}

const idOf = (result: Awaited<ReturnType<typeof retry>>) => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value.id;
};
const codeOf = (result: Awaited<ReturnType<typeof retry>>) => (result.ok ? 'queued' : result.error.code);

const rowsOf = ({ db }: Sending, id: number) =>
  db
    .prepare('SELECT msisdn, state, reason, retry_of FROM messages WHERE campaign_id = ? ORDER BY id')
    .all(id);

/** The same as after a later report that it has arrived. */
const arrive = ({ db }: Sending, msisdn: string) =>
  db.prepare("UPDATE messages SET state = 'delivered' WHERE msisdn = ? AND retry_of IS NULL").run(msisdn);

/** The same as after reports that all of a campaign has arrived. */
const arriveIn = ({ db }: Sending, id: number) =>
  db.prepare("UPDATE messages SET state = 'delivered' WHERE campaign_id = ?").run(id);

describe('what failed', () => {
  it('is told by cause, with the word on whether sending again can help, and what that costs', async () => {
    const sending = start();
    const id = await failedCampaign(sending);
    const groups = await groupsOf(sending, id);
    expect(
      groups.map(({ state, statusId, errorId, permanence, messages, parts, cost }) => [
        state,
        statusId,
        errorId,
        permanence,
        messages,
        parts,
        cost?.micros,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['undeliverable', 9, 27, 'temporary', 1, 1, 350_000],
        ['undeliverable', 9, 31, 'temporary', 1, 1, 350_000],
        ['undeliverable', 9, 1, 'permanent', 1, 1, 350_000],
        ['refused', 10, null, 'permanent', 1, 1, 350_000],
      ]),
    );
    expect(groups).toHaveLength(4);
    const chargedFor = (state: string) => groups.find((group) => group.state === state)?.charged?.micros;
    expect(chargedFor('refused')).toBe(0);
    expect(chargedFor('undeliverable')).toBe(350_000);
    expect(sending.workspace.campaigns.get(id)).toMatchObject({ failed: 4, retryOf: null });
  });
});

describe('sending failed messages again', () => {
  it('sends the chosen causes alone, each message once, with the text it had', async () => {
    const sending = start();
    const text = `Exam on Monday, ${randomUUID()}`;
    const id = await sending.send(EVERYBODY, text);
    await sending.until(id, ({ phase }) => phase === 'finished');
    const before = acceptedTimes(practice);
    const chosen = temporary(await groupsOf(sending, id));
    const again = idOf(await retry(sending, id, chosen));
    await sending.until(again, ({ phase }) => phase === 'finished');
    const after = acceptedTimes(practice);
    for (const number of [ABSENT, BUSY]) {
      expect((after.get(number) ?? 0) - (before.get(number) ?? 0)).toBe(1);
    }
    for (const number of [UNKNOWN_NUMBER, DO_NOT_DISTURB, ARRIVES]) {
      expect(after.get(number)).toBe(before.get(number));
    }
    expect(practice.journal().filter((entry) => entry.text === text)).toHaveLength(4 + 2);
    expect(sending.workspace.campaigns.get(again)).toMatchObject({
      retryOf: id,
      planned: 2,
      equationHolds: true,
      // They failed in turn, and can be sent again from there.
      failed: 2,
    });
    expect(sending.workspace.campaigns.get(id)).toMatchObject({
      failed: 2,
      retries: [{ id: again, messages: 2 }],
    });
    expect(codeOf(await retry(sending, id, chosen))).toBe('NOTHING_TO_SEND');
    expect(codeOf(await retry(sending, again))).toBe('queued');
  });

  it('is queued once for two clicks, two windows and a program that was killed', async () => {
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const first = start({ dir: folder.dir });
    const id = await failedCampaign(first);
    const groups = temporary(await groupsOf(first, id));
    const token = randomUUID();
    const answers = await Promise.all([
      retry(first, id, groups, token),
      retry(first, id, groups, token),
      retry(first, id, groups),
    ]);
    expect(answers.map(codeOf)).toEqual(['queued', 'queued', 'NOTHING_TO_SEND']);
    const again = answers.slice(0, 2).map(idOf);
    expect(new Set(again).size).toBe(1);
    await first.stop();
    const second = start({ dir: folder.dir });
    expect(idOf(await retry(second, id, groups, token))).toBe(again[0]);
    expect(codeOf(await retry(second, id, groups))).toBe('NOTHING_TO_SEND');
  });

  it('cannot be written twice, whatever asks for it', async () => {
    const sending = start();
    const id = await failedCampaign(sending, [ABSENT]);
    idOf(await retry(sending, id));
    expect(() =>
      sending.db.exec(`INSERT INTO messages (account_id, msisdn, state, retry_of, created_at, changed_at)
        SELECT account_id, msisdn, 'held', retry_of, 0, 0 FROM messages WHERE retry_of IS NOT NULL`),
    ).toThrow(/UNIQUE/u);
  });

  it('wants what the user saw, and the number typed where many are meant', async () => {
    const sending = start();
    const id = await failedCampaign(sending);
    const groups = await groupsOf(sending, id);
    const asked = { id, keys: groups.map(({ key }) => key), token: randomUUID() };
    const { campaigns, rules } = sending.workspace;
    expect(await campaigns.retry({ ...asked, expectedRecipients: 3 })).toMatchObject({
      ok: false,
      error: { code: 'PLAN_CHANGED', facts: { limit: 3, actual: 4 } },
    });
    rules.update({ typedCountPeople: 2 });
    expect(codeOf(await campaigns.retry({ ...asked, expectedRecipients: 4 }))).toBe('CONFIRMATION_NEEDED');
    expect(codeOf(await campaigns.retry({ ...asked, expectedRecipients: 4, typedCount: 4 }))).toBe('queued');
    expect(
      codeOf(await campaigns.retry({ ...asked, id: 999, expectedRecipients: 4, token: randomUUID() })),
    ).toBe('NOT_FOUND');
  });

  it('leaves out whom nobody may write to, who has got the same since, and those over the limits', async () => {
    const sending = start({ timings: { hold: 0 } });
    const id = await failedCampaign(sending);
    const { campaigns, doNotMessage, rules } = sending.workspace;
    doNotMessage.add({ numbers: BUSY, reason: 'asked', note: '' });
    rules.update({ perCampaign: 1 });
    expect(await retry(sending, id)).toMatchObject({
      error: { code: 'WARNING_NOT_SEEN', facts: { detail: 'over-cap', limit: 4, actual: 1 } },
    });
    const again = idOf(await retry(sending, id, undefined, randomUUID(), ['over-cap']));
    expect(rowsOf(sending, again).map(({ msisdn, state, reason }) => [msisdn, state, reason])).toEqual(
      expect.arrayContaining([
        [BUSY, 'left-out', 'do-not-message'],
        [UNKNOWN_NUMBER, 'left-out', 'dead-number'],
        [DO_NOT_DISTURB, 'left-out', 'over-cap'],
      ]),
    );
    // Nothing was sent to those left out: they can be sent again another time.
    expect(campaigns.get(id)?.failed).toBe(3);
  });

  it('leaves out who has got the same text by another campaign since', async () => {
    const sending = start();
    const text = `Meeting ${randomUUID()}`;
    const id = await sending.send([ABSENT, BUSY], text);
    await sending.until(id, ({ phase }) => phase === 'finished');
    const other = await sending.send([ABSENT], text);
    await sending.until(other, ({ phase }) => phase === 'finished');
    arriveIn(sending, other);
    const again = idOf(await retry(sending, id));
    expect(rowsOf(sending, again).map(({ msisdn, reason }) => [msisdn, reason])).toEqual([
      [BUSY, null],
      [ABSENT, 'repeat'],
    ]);
  });

  it('repeats what nobody knows of within the hours of the guards, also once more', async () => {
    const sending = start();
    sending.workspace.rules.update({ sameCampaignHours: 60, samePersonMinutes: 600 });
    const missing = (id: number) =>
      sending.db.prepare("UPDATE messages SET state = 'no-final-report' WHERE campaign_id = ?").run(id);
    const id = await sending.send([ARRIVES], `Holiday ${randomUUID()}`);
    await sending.until(id, ({ phase }) => phase === 'finished');
    missing(id);
    const again = idOf(await retry(sending, id));
    await sending.until(again, ({ phase }) => phase === 'finished');
    missing(again);
    expect(codeOf(await retry(sending, again))).toBe('queued');
  });

  it('asks before it begins with less balance than it costs', async () => {
    const sending = start();
    const id = await failedCampaign(sending, [ABSENT, BUSY]);
    sending.setBalance({ micros: 1, currency: 'BDT' });
    expect(await retry(sending, id)).toMatchObject({
      error: { code: 'WARNING_NOT_SEEN', facts: { detail: 'balance', actual: 2 } },
    });
    expect(codeOf(await retry(sending, id, undefined, randomUUID(), ['balance']))).toBe('queued');
  });

  it('leaves none behind when the program ends while a long one is written', async () => {
    const { sending, id, dir } = await overAndHeld();
    sending.db
      .exec(`INSERT INTO messages (campaign_id, account_id, msisdn, state, reason, parts, status_id, error_id, error_permanent,
        created_at, changed_at)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
      SELECT ${id}, m.account_id, 8801713000000 + i, m.state, m.reason, m.parts, m.status_id, m.error_id, m.error_permanent, 0, 0
      FROM n CROSS JOIN messages m WHERE m.campaign_id = ${id} AND m.msisdn = '${ABSENT}'`);
    const groups = temporary(await groupsOf(sending, id));
    const asked = {
      id,
      keys: groups.map(({ key }) => key),
      expectedRecipients: 1_202,
      typedCount: 1_202,
    };
    const writing = 'SELECT COUNT(*) AS count FROM messages WHERE retry_of IS NOT NULL';
    const interrupted = sending.workspace.campaigns.retry({ ...asked, token: randomUUID() });
    while (Number(sending.db.prepare(writing).get()?.['count']) === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await sending.stop();
    expect(codeOf(await interrupted)).toBe('LINK_LOST');
    const later = start({ dir, timings: { hold: HOUR } });
    const again = idOf(await later.workspace.campaigns.retry({ ...asked, token: randomUUID() }));
    expect(later.workspace.campaigns.get(again)).toMatchObject({ planned: 1_202, counts: { held: 1_202 } });
    expect(later.workspace.campaigns.get(id)?.failed).toBe(2);
  });

  it('gives its messages back when it is undone or cancelled', async () => {
    const { sending, id } = await overAndHeld();
    const { campaigns, outbox } = sending.workspace;
    const undone = idOf(await retry(sending, id));
    expect(campaigns.get(id)?.failed).toBe(1);
    expect(campaigns.undo(undone)).toMatchObject({
      ok: true,
      // Nobody but these, should it be written anew.
      value: { recipients: [ABSENT, BUSY, DO_NOT_DISTURB].join('\n') },
    });
    expect(campaigns.get(id)).toMatchObject({ failed: 4, retries: [] });
    const cancelled = idOf(await retry(sending, id));
    expect(await outbox.cancelRest(cancelled)).toEqual({ ok: true, value: { cancelled: 3 } });
    expect(campaigns.get(id)?.failed).toBe(4);
    const third = idOf(await retry(sending, id));
    expect(campaigns.get(third)).toMatchObject({ phase: 'held', counts: { held: 3, 'left-out': 1 } });
    expect(campaigns.get(id)).toMatchObject({ failed: 1, retries: [{ id: third, messages: 3 }] });
  });

  it('does not send what turns out to have arrived before it leaves', async () => {
    const { sending, id, dir } = await overAndHeld();
    const again = idOf(await retry(sending, id));
    arrive(sending, ABSENT);
    await sending.stop();
    const before = acceptedTimes(practice);
    const later = start({ dir });
    await later.until(again, ({ phase }) => phase === 'finished');
    expect(acceptedTimes(practice).get(ABSENT)).toBe(before.get(ABSENT));
    expect(rowsOf(later, again).find(({ msisdn }) => msisdn === ABSENT)).toMatchObject({
      state: 'left-out',
      reason: 'arrived-meanwhile',
    });
    expect(later.workspace.campaigns.get(again)).toMatchObject({
      equationHolds: true,
      counts: { 'left-out': 2 },
    });
  });
});

describe('sending again by itself', () => {
  const AUTOMATIC = 'SELECT id FROM campaigns WHERE retry_of = ?';
  const repetitions = ({ db }: Sending, id: number) =>
    db
      .prepare(AUTOMATIC)
      .all(id)
      .map((row) => Number(row['id']));

  /** Resolves when a campaign of this store repeats `id` and is over. */
  async function repeatedOnce(sending: Sending, id: number): Promise<number> {
    await sending.until(id, () => repetitions(sending, id).length > 0);
    const [again = 0] = repetitions(sending, id);
    await sending.until(again, ({ phase }) => phase === 'finished');
    return again;
  }

  it('happens once, to those whom something temporary kept from being reached, where the rules say so', async () => {
    const folder = temporaryFolder();
    ends.push(folder.remove);
    const sending = start({ dir: folder.dir });
    const left = await failedCampaign(sending);
    sending.workspace.rules.update({ retryUndelivered: true });
    const id = await sending.send(EVERYBODY, `With the rule ${randomUUID()}`);
    const again = await repeatedOnce(sending, id);
    expect(rowsOf(sending, again).map(({ msisdn }) => msisdn)).toEqual([ABSENT, BUSY]);
    expect(sending.workspace.campaigns.get(again)).toMatchObject({ failed: 2, automatic: true });
    await sending.stop();
    // Neither another start nor another campaign makes a second one, or one for what was over before.
    const later = start({ dir: folder.dir });
    const other = await later.send([ABSENT], `Another ${randomUUID()}`);
    await repeatedOnce(later, other);
    expect(repetitions(later, id)).toEqual([again]);
    expect(repetitions(later, again)).toEqual([]);
    expect(repetitions(later, left)).toEqual([]);
  });

  it('goes on beside a plan for next month that the balance does not pay for yet', async () => {
    const sending = start();
    sending.workspace.rules.update({ retryUndelivered: true });
    sending.setBalance({ micros: 1_000_000_000, currency: 'BDT' });
    const planned = await sending.send([ARRIVES], 'Planned', undefined, {
      sendAt: Date.now() + 30 * 24 * HOUR,
    });
    // More than the gateway has of it, as often as it is asked.
    sending.db.prepare('UPDATE messages SET estimate_micros = 1e15 WHERE campaign_id = ?').run(planned);
    const id = await sending.send([ABSENT], `Today ${randomUUID()}`);
    await repeatedOnce(sending, id);
    // Without the money for today it is not sent again either.
    sending.db.prepare('UPDATE campaigns SET send_at = ? WHERE id = ?').run(Date.now() + HOUR, planned);
    const short = await sending.send([BUSY], `Short ${randomUUID()}`);
    await sending.until(short, ({ phase }) => phase === 'finished');
    const marked = 'SELECT retry_when_over AS mark FROM campaigns WHERE id = ?';
    await expect.poll(() => sending.db.prepare(marked).get(short)?.['mark']).toBe(0);
    expect(repetitions(sending, short)).toEqual([]);
  });

  it('is remembered over a restart, and not by a campaign that the user has cancelled', async () => {
    const { sending, id, dir } = await overAndHeld();
    sending.workspace.rules.update({ retryUndelivered: true });
    const cancelled = await sending.send([ABSENT], `Cancelled ${randomUUID()}`);
    const held = await sending.send([ABSENT], `Held ${randomUUID()}`);
    const marked = 'SELECT COUNT(*) AS count FROM campaigns WHERE retry_when_over = 1';
    await expect.poll(() => sending.db.prepare(marked).get()?.['count']).toBe(2);
    await sending.workspace.outbox.cancelRest(cancelled);
    await sending.stop();
    const later = start({ dir });
    await repeatedOnce(later, held);
    expect(repetitions(later, cancelled)).toEqual([]);
    expect(repetitions(later, id)).toEqual([]);
  });
});
