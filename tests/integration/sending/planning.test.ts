import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest, WarningKind } from '#shared/ipc/plan.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { LearnedPrice } from '../../../main/engine/account-access.ts';
import { numbers, SENDER, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const HOUR_MS = 3_600_000;
/** Two in the afternoon in Dhaka. */
const AFTERNOON = Date.parse('2026-03-10T14:00:00+06:00');
const NIGHT = Date.parse('2026-03-10T23:00:00+06:00');
const MORNING = Date.parse('2026-03-11T09:00:00+06:00');

describe('planning asks every guard', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: Sending;
  let now = AFTERNOON;
  const clock = { ...systemClock, now: () => now };

  const begin = (advanced = false) =>
    (app = startSending({
      // Nothing may reach a gateway here.
      url: 'http://127.0.0.1:9',
      dir: folder.dir,
      clock,
      advanced,
      timings: { hold: null },
    }));
  beforeEach(() => {
    now = AFTERNOON;
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await app.stop();
    folder.remove();
  });

  let texts = 0;
  const asked = (count: number, more: Partial<SendRequest> = {}): SendRequest => ({
    accountId: PRACTICE_ACCOUNT_ID,
    sender: SENDER,
    text: `Text number ${String(texts++)}.`,
    recipients: numbers(count).join('\n'),
    ...more,
  });
  async function plan(request: SendRequest) {
    const planned = await app.workspace.campaigns.plan(request);
    if (!planned.ok) throw new Error(planned.error.code);
    return planned.value;
  }
  async function send(request: SendRequest, accepted: WarningKind[] = [], typed = true) {
    const { recipients, parts, warningsKey } = await plan(request);
    return app.workspace.campaigns.send({
      request,
      accepted,
      seen: warningsKey,
      expectedRecipients: recipients,
      expectedParts: parts,
      token: randomUUID(),
      ...(typed ? { typedCount: recipients } : {}),
    });
  }
  async function rowOf(request: SendRequest, accepted: WarningKind[] = []) {
    const sent = await send(request, accepted);
    if (!sent.ok) throw new Error(`${sent.error.code} ${sent.error.facts?.detail ?? ''}`);
    const row = app.db.prepare('SELECT * FROM campaigns WHERE id = ?').get(sent.value.id);
    if (!row) throw new Error('no row');
    return { ...row, heldUntil: sent.value.heldUntil };
  }
  const taka = (micros: number) => ({ micros, currency: 'BDT' });
  const unseen = (detail: WarningKind) => ({
    ok: false,
    error: { code: 'WARNING_NOT_SEEN', facts: { detail } },
  });

  it('leaves out those over the limits, the first ones stay', async () => {
    const { workspace, db } = begin();
    workspace.rules.update({ perCampaign: 5, perDay: 8 });
    const first = asked(7);
    expect(await plan(first)).toMatchObject({
      recipients: 5,
      parts: 5,
      leftOutReasons: [{ reason: 'over-cap', count: 2 }],
      warnings: [{ kind: 'over-cap', stops: true, which: 'campaign', limit: 5, people: 2 }],
    });
    expect(await send(first)).toMatchObject(unseen('over-cap'));
    const { id } = await rowOf(first, ['over-cap']);
    const left = db.prepare(
      "SELECT msisdn, reason FROM messages WHERE campaign_id = ? AND state = 'left-out'",
    );
    expect(left.all(Number(id))).toEqual(numbers(2, 5).map((msisdn) => ({ msisdn, reason: 'over-cap' })));
    expect(await plan(asked(7))).toMatchObject({
      recipients: 3,
      warnings: [
        { which: 'campaign', limit: 5, people: 2 },
        { which: 'day', limit: 8, people: 2, stops: true },
      ],
    });
    expect((await plan(asked(4))).leftOutReasons).toEqual([{ reason: 'over-day-cap', count: 1 }]);
    // What was taken back counts no more, and neither does yesterday, which ends at midnight in Dhaka.
    workspace.campaigns.undo(Number(id));
    expect((await plan(asked(4))).warnings).toEqual([]);
    await rowOf(asked(5));
    await rowOf(asked(3));
    expect((await plan(asked(1))).recipients).toBe(0);
    now = Date.parse('2026-03-10T23:59:59+06:00');
    expect((await plan(asked(1))).recipients).toBe(0);
    now += 1_000;
    expect((await plan(asked(1))).recipients).toBe(1);
  });

  it('counts the limit of a day by the day on which messages leave', async () => {
    const { workspace } = begin();
    workspace.rules.update({ perDay: 5, quiet: { ...workspace.rules.current().quiet, applies: 'all' } });
    const tomorrow = { sendAt: now + 24 * 3_600_000 };
    await rowOf(asked(4, tomorrow));
    expect((await plan(asked(5))).recipients).toBe(5);
    expect((await plan(asked(5, tomorrow))).recipients).toBe(1);
    // What waits for the morning leaves then.
    now = Date.parse('2026-03-10T23:00:00+06:00');
    await rowOf(asked(1));
    expect((await plan(asked(5))).recipients).toBe(0);
    // The clock is set back: what was made "later" was made today.
    now = Date.parse('2026-03-09T11:00:00+06:00');
    expect((await plan(asked(5))).recipients).toBe(0);
  });

  it('wants the number of people typed as the rules say, and holds for as long as they do', async () => {
    const { workspace } = begin();
    workspace.rules.update({ typedCountPeople: 3, holdSeconds: 30 });
    expect(await send(asked(4), [], false)).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } });
    expect((await rowOf(asked(4))).heldUntil).toBe(now + 30_000);
    workspace.rules.update({ typedCountPeople: null, typedCountMicros: 350_000 * 3 });
    expect(await send(asked(3), [], false)).toMatchObject({ ok: true });
    expect(await send(asked(4), [], false)).toMatchObject({ error: { code: 'CONFIRMATION_NEEDED' } });
    workspace.rules.update({ typedCountMicros: null });
    expect(await send(asked(600), [], false)).toMatchObject({ ok: true });
  });

  it('prices everybody by operator and class, with what is known of their networks', async () => {
    const { workspace, db, learn } = begin();
    const price = (operator: string | null, of: LearnedPrice['class'], micros: number) =>
      learn({ operator, class: of, pricePerPart: { micros, currency: 'BDT' } });
    price('Robi', null, 500_000);
    price('Robi', 'promotional', 600_000);
    price('Banglalink', null, 400_000);
    price(null, null, 350_000);
    const to = ['8801711000001', '8801811000001', '8801811000002', '8801911000001', '8801711000002'];
    // One moved from Grameenphone to Robi, as a report said; one to Banglalink, as a later lookup said.
    await rowOf(asked(0, { recipients: to.slice(4).join() }));
    db.prepare("UPDATE messages SET mccmnc = '47002'").run();
    db.prepare('INSERT INTO numbers (msisdn, facts, at) VALUES (?, \'{"mccmnc":"47003"}\', ?)').run(
      to[1] ?? '',
      now,
    );
    const request = asked(0, { recipients: to.join(), text: 'x'.repeat(161) });
    const bdt = (micros: number) => ({ micros, currency: 'BDT' });
    expect(await plan(request)).toMatchObject({
      parts: 10,
      cost: bdt(4_300_000),
      shares: [
        { operator: 'Robi', messages: 2, parts: 4, pricePerPart: bdt(500_000), cost: bdt(2_000_000) },
        { operator: 'Banglalink', messages: 2, parts: 4, pricePerPart: bdt(400_000), cost: bdt(1_600_000) },
        { operator: 'Grameenphone', messages: 1, parts: 2, pricePerPart: bdt(350_000), cost: bdt(700_000) },
      ],
    });
    const promotional = { ...request, options: { transactionClass: 'promotional' as const } };
    expect((await plan(promotional)).cost).toEqual(bdt(4_700_000));
    const { id, estimate_micros } = await rowOf(promotional);
    expect(estimate_micros).toBe(4_700_000);
    const each = db.prepare(
      'SELECT msisdn, estimate_micros AS micros FROM messages WHERE campaign_id = ? ORDER BY id',
    );
    expect(each.all(Number(id)).map((row) => row['micros'])).toEqual([
      700_000, 800_000, 1_200_000, 800_000, 1_200_000,
    ]);
    expect(workspace.campaigns.get(Number(id))).toMatchObject({ planned: 5 });
  });

  it('says what is missing of the balance', async () => {
    const { setBalance } = begin();
    setBalance({ micros: 3 * 350_000, currency: 'BDT' });
    expect((await plan(asked(3))).warnings).toEqual([]);
    const four = asked(4);
    expect((await plan(four)).warnings).toEqual([
      { kind: 'balance', stops: true, missing: taka(350_000), waiting: taka(0) },
    ]);
    expect(await send(four)).toMatchObject(unseen('balance'));
    expect(await send(four, ['balance'])).toMatchObject({ ok: true });
  });

  it('counts what waits already to leave from the same balance, whenever it does', async () => {
    const { workspace, setBalance, db } = begin();
    setBalance(taka(10 * 350_000));
    const held = await rowOf(asked(2));
    const planned = await rowOf(asked(4, { sendAt: now + 30 * 24 * HOUR_MS }));
    expect((await plan(asked(4))).warnings).toEqual([]);
    const five = asked(5);
    const { warnings, warningsKey } = await plan(five);
    expect(warnings).toEqual([
      { kind: 'balance', stops: true, missing: taka(350_000), waiting: taka(6 * 350_000) },
    ]);
    expect(await send(five)).toMatchObject(unseen('balance'));
    // Paused, it will still be paid for; taken back or cancelled it will not.
    workspace.campaigns.pause(Number(planned.id));
    expect((await plan(five)).warningsKey).toBe(warningsKey);
    workspace.campaigns.undo(Number(held.id));
    expect((await plan(five)).warnings).toEqual([]);

    // What was sent of it since the balance was known is not taken off that yet; what was sent before is.
    now += 60_000;
    db.prepare(
      `UPDATE messages SET state = 'accepted', sent_at = :now
       WHERE id IN (SELECT id FROM messages WHERE campaign_id = :id LIMIT 3)`,
    ).run({ now, id: Number(planned.id) });
    expect((await plan(asked(7))).warnings).toMatchObject([{ waiting: taka(4 * 350_000) }]);
    setBalance(taka(7 * 350_000));
    expect((await plan(asked(7))).warnings).toMatchObject([
      { missing: taka(350_000), waiting: taka(350_000) },
    ]);
  });

  it('keeps no occurrence of a series for what is planned for next month', async () => {
    const { workspace, setBalance } = begin();
    setBalance(taka(10 * 350_000));
    const balanceFor = async (request: SendRequest, series: number | null) => {
      const planned = await workspace.campaigns.plan(request, series);
      return planned.ok ? planned.value.warnings : planned.error;
    };
    await rowOf(asked(8, { sendAt: now + 30 * 24 * HOUR_MS }));
    const five = asked(5);
    expect(await balanceFor(five, null)).toMatchObject([{ waiting: taka(8 * 350_000) }]);
    expect(await balanceFor(five, 1)).toEqual([]);
    await rowOf(asked(6, { sendAt: now + HOUR_MS }), ['balance']);
    expect(await balanceFor(five, 1)).toMatchObject([{ waiting: taka(6 * 350_000) }]);
  });

  it('counts what was sent since the balance was known, also by what has ended, and what may have left', async () => {
    const { workspace, setBalance, db } = begin();
    setBalance(taka(10 * 350_000));
    const id = Number((await rowOf(asked(8))).id);
    const waitingFor = async () => (await plan(asked(11))).warnings.map((one) => Reflect.get(one, 'waiting'));
    const set = (changes: string) => db.exec(`UPDATE messages SET ${changes} WHERE campaign_id = ${id}`);
    const told = () => db.prepare('UPDATE campaigns SET told_at = ? WHERE id = ?').run(now, id);
    const known = now;
    now += HOUR_MS;
    set("state = 'uncertain', reason = 'checking'");
    expect(await waitingFor()).toEqual([taka(8 * 350_000)]);
    set(`state = 'delivered', reason = NULL, attempt_at = ${now}, sent_at = ${now + 100}`);
    told();
    expect(await waitingFor()).toEqual([taka(8 * 350_000)]);
    // Cancelled, what had left until then is paid for, and what may have.
    db.exec(`UPDATE campaigns SET cancelled_at = ${now} WHERE id = ${id}`);
    db.exec(`UPDATE messages SET state = 'uncertain', sent_at = NULL
      WHERE id = (SELECT MAX(id) FROM messages WHERE campaign_id = ${id})`);
    expect(await waitingFor()).toEqual([taka(8 * 350_000)]);
    now += HOUR_MS;
    setBalance(taka(10 * 350_000));
    expect(await waitingFor()).toEqual([taka(0)]);
    // What the gateway took for later was charged for when it took it.
    set(`state = 'accepted', attempt_at = ${known}, sent_at = ${now + HOUR_MS}`);
    db.exec('UPDATE campaigns SET cancelled_at = NULL, told_at = NULL');
    expect(await waitingFor()).toEqual([taka(0)]);
    set(`attempt_at = ${now + 1}`);
    expect(await waitingFor()).toEqual([taka(8 * 350_000)]);
    expect(workspace.campaigns.get(id)).toMatchObject({ planned: 8 });
  });

  it('lets advertising wait for the morning, unless the user wants otherwise', async () => {
    const { workspace } = begin();
    const advertising = (more: Partial<SendRequest> = {}) =>
      asked(1, { options: { transactionClass: 'promotional' }, ...more });
    expect((await plan(advertising())).warnings).toEqual([]);
    now = NIGHT;
    expect((await plan(asked(1))).warnings).toEqual([]);
    expect((await plan(advertising())).warnings).toEqual([
      { kind: 'quiet-hours', stops: false, at: MORNING },
    ]);
    expect(await rowOf(advertising())).toMatchObject({ quiet: 1, class: 'promotional', send_at: null });
    const now_ = advertising({ ignoreQuiet: true });
    expect((await plan(now_)).warnings).toEqual([{ kind: 'quiet-hours', stops: true, at: null }]);
    expect(await send(now_)).toMatchObject(unseen('quiet-hours'));
    expect(await rowOf(now_, ['quiet-hours'])).toMatchObject({ quiet: 0 });
    workspace.rules.update({ quiet: { ...workspace.rules.current().quiet, applies: 'all' } });
    expect((await plan(asked(1))).warnings).toMatchObject([{ kind: 'quiet-hours', at: MORNING }]);
    // Planned for a time in the night: this computer waits by itself.
    const planned = advertising({ sendAt: NIGHT + HOUR_MS, zone: 'Asia/Dhaka' });
    expect(await rowOf(planned)).toMatchObject({
      send_at: NIGHT + HOUR_MS,
      held_by: 'here',
      zone: 'Asia/Dhaka',
    });
    const { id } = await rowOf(advertising());
    expect(workspace.campaigns.ignoreQuiet(Number(id))).toMatchObject({ ok: true });
    expect(app.db.prepare('SELECT quiet FROM campaigns WHERE id = ?').get(Number(id))).toEqual({ quiet: 0 });
    await workspace.campaigns.cancelRest(Number(id));
    expect(workspace.campaigns.ignoreQuiet(Number(id))).toMatchObject({
      error: { code: 'NOT_POSSIBLE_NOW' },
    });
  });

  it('gives the gateway no time in the quiet hours', async () => {
    begin(true);
    const advertising = asked(1, { options: { transactionClass: 'promotional' }, sendAt: NIGHT });
    expect(await plan(advertising)).toMatchObject({
      heldBy: 'gateway',
      warnings: [{ kind: 'quiet-hours', stops: false, at: MORNING }],
    });
    const moved = await rowOf(advertising);
    expect(moved).toMatchObject({ send_at: MORNING, held_by: 'gateway' });
    now += HOUR_MS;
    const again = NIGHT + 24 * HOUR_MS;
    expect(await app.workspace.outbox.reschedule(Number(Reflect.get(moved, 'id')), again)).toMatchObject({
      ok: true,
    });
    expect(app.workspace.campaigns.get(Number(Reflect.get(moved, 'id')))?.sendAt).toBe(
      MORNING + 24 * HOUR_MS,
    );
    now -= HOUR_MS;
    const anyway = { ...asked(1), ...advertising, text: 'Now!', ignoreQuiet: true };
    expect(await rowOf(anyway, ['quiet-hours'])).toMatchObject({
      send_at: NIGHT,
      held_by: 'gateway',
      quiet: 0,
    });
  });

  it('sends a few ahead of many, and a few people ahead of others', async () => {
    const { db, workspace } = begin();
    workspace.rules.update({ canary: 3, canaryOver: 10, urgentUpTo: 2 });
    const messages = db.prepare('SELECT id FROM messages WHERE campaign_id = ? ORDER BY id');
    const large = await rowOf(asked(11));
    expect(large).toMatchObject({ canary: 3, urgent: 0 });
    expect(large).toMatchObject({ canary_until: messages.all(Number(Reflect.get(large, 'id')))[2]?.['id'] });
    const long = await rowOf(asked(1_500));
    expect(long).toMatchObject({ canary_until: messages.all(Number(Reflect.get(long, 'id')))[2]?.['id'] });
    expect(await rowOf(asked(10))).toMatchObject({ canary: 0, canary_until: null, urgent: 0 });
    expect(await rowOf(asked(2))).toMatchObject({ canary: 0, urgent: 1 });
    const largeId = Number(Reflect.get(large, 'id'));
    // A pause before any of them has left changes nothing about who goes first.
    workspace.campaigns.pause(largeId);
    workspace.campaigns.resume(largeId);
    expect(db.prepare('SELECT canary_until AS until FROM campaigns WHERE id = ?').get(largeId)).not.toEqual({
      until: null,
    });
    db.prepare("UPDATE messages SET state = 'refused' WHERE id = ?").run(
      Number(messages.all(largeId)[0]?.['id']),
    );
    workspace.campaigns.resume(largeId);
    expect(
      db
        .prepare('SELECT canary_until AS until FROM campaigns WHERE id = ?')
        .get(Number(Reflect.get(large, 'id'))),
    ).toEqual({ until: null });
  });

  it('sends no placeholder that a value brought', async () => {
    const { workspace } = begin();
    const [first = '', second = ''] = numbers(2);
    const add = (name: string, number: string) =>
      workspace.contacts.add({ name, numbers: [number], fields: {}, note: '', groups: [] });
    add('{{salutation}} Rahim', first);
    add('Karim {junior}', second);
    const request = asked(2, { text: 'Dear {{name}}, code \\{{code}}.' });
    expect(await send(request)).toEqual({
      ok: false,
      error: { code: 'LEFTOVER_PLACEHOLDER', facts: { detail: `{{salutation}} Rahim ${first}` } },
    });
    expect(await send({ ...request, recipients: second })).toMatchObject({ ok: true });
  });
});
