import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest, Warning, WarningKind } from '#shared/ipc/plan.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { numbers, SENDER, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const TEXT = 'The shop is closed on Friday.';
const HOUR_MS = 3_600_000;

describe('sending twice by accident', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: Sending;
  /** Added to the time of day, so that hours pass. */
  let later = 0;
  const clock = { ...systemClock, now: () => Date.now() + later };

  const start = () =>
    // Nothing here may reach a gateway: the address answers to nobody, and everything stays held.
    startSending({ url: 'http://127.0.0.1:9', dir: folder.dir, clock, timings: { hold: 48 * HOUR_MS } });
  beforeEach(() => {
    later = 0;
    folder = temporaryFolder();
    app = start();
  });
  afterEach(async () => {
    await app.stop();
    folder.remove();
  });

  const asked = (to: readonly string[], more: Partial<SendRequest> = {}): SendRequest => ({
    accountId: PRACTICE_ACCOUNT_ID,
    sender: SENDER,
    text: TEXT,
    recipients: to.join('\n'),
    ...more,
  });
  async function plan(request: SendRequest) {
    const planned = await app.workspace.campaigns.plan(request);
    if (!planned.ok) throw new Error(planned.error.code);
    return planned.value;
  }
  /** Sends as somebody does who reads the numbers and not the warnings. */
  async function send(request: SendRequest, accepted: WarningKind[] = [], token: string = randomUUID()) {
    const { recipients, parts, warningsKey } = await plan(request);
    return app.workspace.campaigns.send({
      request,
      seen: warningsKey,
      expectedRecipients: recipients,
      expectedParts: parts,
      typedCount: recipients,
      token,
      accepted,
    });
  }
  async function queued(request: SendRequest, accepted: WarningKind[] = [], token?: string): Promise<number> {
    const sent = await send(request, accepted, token);
    if (!sent.ok) throw new Error(`${sent.error.code} ${sent.error.facts?.detail ?? ''}`);
    return sent.value.id;
  }
  /** The guards that spoke: a warning of one may tell of the other too. */
  const guardsIn = (warnings: readonly Warning[]) =>
    warnings.flatMap((one) =>
      one.kind === 'same-campaign' && one.closely ? [one.kind, 'same-person'] : [one.kind],
    );
  const campaigns = () => app.db.prepare('SELECT COUNT(*) AS count FROM campaigns').get()?.['count'];
  const REFUSED = { ok: false, error: { code: 'WARNING_NOT_SEEN', facts: { detail: 'same-campaign' } } };

  it('is one campaign when the same request comes again, also at the same time', async () => {
    const token = randomUUID();
    const both = await Promise.all([
      queued(asked(numbers(3)), [], token),
      queued(asked(numbers(3)), [], token),
    ]);
    expect(both).toEqual([both[0], both[0]]);
    expect(await queued(asked(numbers(3)), [], token)).toBe(both[0]);
    expect(campaigns()).toBe(1);
  });

  it('is not queued before the warning was seen, and goes when it was', async () => {
    const first = await queued(asked(numbers(3)));
    const { warnings } = await plan(asked(numbers(4)));
    expect(warnings).toMatchObject([
      // One warning for the same people, with both reasons.
      {
        kind: 'same-campaign',
        stops: true,
        campaignId: first,
        overlap: 3,
        // Everything stays held: nobody has got it.
        waiting: 3,
        name: TEXT,
        closely: { people: 3 },
      },
    ]);
    expect(await send(asked(numbers(4)))).toMatchObject(REFUSED);
    expect(await send(asked(numbers(4)), ['same-person'])).toMatchObject(REFUSED);
    expect(await send(asked(numbers(4)), ['balance', 'over-cap', 'quiet-hours'])).toMatchObject(REFUSED);
    expect(campaigns()).toBe(1);
    await queued(asked(numbers(4)), ['same-campaign']);
  });

  it('goes by what was seen: more who have it by now, or a higher price, are looked at first', async () => {
    await queued(asked(numbers(1)));
    const request = asked(numbers(3));
    const { recipients, parts, cost, warningsKey } = await plan(request);
    const order = {
      request,
      expectedRecipients: recipients,
      expectedParts: parts,
      typedCount: recipients,
      accepted: ['same-campaign' as const],
      seen: warningsKey,
      expectedCost: cost,
    };
    const both = await Promise.all([
      app.workspace.campaigns.send({ ...order, token: randomUUID() }),
      app.workspace.campaigns.send({ ...order, token: randomUUID() }),
    ]);
    expect(both).toMatchObject([{ ok: true }, REFUSED]);
    const { cost: dear, ...now } = await plan(request);
    const cheaper = dear && { ...dear, micros: dear.micros / 10 };
    const again = { ...order, seen: now.warningsKey, token: randomUUID() };
    expect(await app.workspace.campaigns.send({ ...again, expectedCost: cheaper })).toMatchObject({
      error: { code: 'PLAN_CHANGED' },
    });
    expect(await app.workspace.campaigns.send({ ...again, expectedCost: dear })).toMatchObject({ ok: true });
  });

  it('is seen through other blanks, another sender of the numbers, and a restart', async () => {
    await queued(asked(numbers(3)));
    await app.stop();
    app = start();
    expect(await send(asked(numbers(3)))).toMatchObject(REFUSED);
    const spaced = asked(['01712-000001', '+880 1712 000002'], { text: ` ${TEXT.replace(' ', '\n ')} ` });
    const { warnings } = await plan(spaced);
    // Other blanks are another text for a person, and still the same campaign.
    expect(warnings).toMatchObject([{ kind: 'same-campaign', overlap: 2 }]);
    expect(await send(spaced)).toMatchObject(REFUSED);
  });

  it('does not slip through when both are asked for at once', async () => {
    const results = await Promise.all([
      send(asked(numbers(3))),
      send(asked(numbers(3))),
      send(asked(numbers(1))),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toMatchObject([REFUSED, REFUSED]);
    expect(campaigns()).toBe(1);
  });

  it('does not slip through while the first is still being written', async () => {
    const orders = [asked(numbers(2_500)), asked(numbers(1, 2_400))].map(async (request) => {
      const { recipients, parts } = await plan(request);
      return {
        request,
        expectedRecipients: recipients,
        expectedParts: parts,
        typedCount: recipients,
        token: randomUUID(),
      };
    });
    const [large, small] = await Promise.all(orders);
    if (!large || !small) throw new Error('no orders');
    const first = app.workspace.campaigns.send(large);
    const second = app.workspace.campaigns.send(small);
    expect(await first).toMatchObject({ ok: true });
    expect(await second).toMatchObject(REFUSED);
  });

  it('is no repetition after the first was undone or cancelled', async () => {
    app.workspace.campaigns.undo(await queued(asked(numbers(3))));
    const second = await queued(asked(numbers(3)));
    await app.workspace.campaigns.cancelRest(second);
    expect((await plan(asked(numbers(3)))).warnings).toEqual([]);
    await queued(asked(numbers(3)));
  });

  it('is no repetition of what a killed program left half written', async () => {
    const id = await queued(asked(numbers(3)));
    app.db.prepare("UPDATE campaigns SET pause_reason = 'writing' WHERE id = ?").run(id);
    app.workspace.rules.update({ perDay: 3 });
    expect(await plan(asked(numbers(3)))).toMatchObject({ recipients: 3, warnings: [] });
    await queued(asked(numbers(3)));
  });

  it('is one only for those whom the first reached, or may have', async () => {
    const id = await queued(asked(numbers(12)));
    const states = ['refused', 'cancelled', 'left-out', 'undeliverable', 'expired', 'rejected'];
    const reached = ['delivered', 'accepted', 'at-operator', 'uncertain', 'submitting', 'no-final-report'];
    const set = app.db.prepare('UPDATE messages SET state = ? WHERE campaign_id = ? AND msisdn = ?');
    for (const [place, msisdn] of numbers(12).entries())
      set.run([...states, ...reached][place] ?? '', id, msisdn);
    const { warnings } = await plan(asked(numbers(12)));
    expect(warnings).toMatchObject([{ kind: 'same-campaign', overlap: 6, closely: { people: 6 } }]);
    const fresh = await plan(asked(numbers(12), { leaveOutRepeats: true }));
    expect(fresh).toMatchObject({
      recipients: 6,
      parts: 6,
      leftOut: 6,
      leftOutReasons: [{ reason: 'repeat', count: 6 }],
    });
    expect(fresh.warnings.filter(({ stops }) => stops)).toEqual([]);
    const second = await queued(asked(numbers(12), { leaveOutRepeats: true }));
    const rows = app.db.prepare(
      'SELECT msisdn, state, reason FROM messages WHERE campaign_id = ? ORDER BY id',
    );
    expect(rows.all(second)).toEqual([
      ...numbers(6).map((msisdn) => ({ msisdn, state: 'held', reason: null })),
      ...numbers(6, 6).map((msisdn) => ({ msisdn, state: 'left-out', reason: 'repeat' })),
    ]);
    expect(app.workspace.campaigns.get(second)).toMatchObject({ planned: 12, equationHolds: true });
  });

  it('counts what was sent again after a failure', async () => {
    const first = await queued(asked(numbers(2)));
    app.db.prepare("UPDATE messages SET state = 'undeliverable' WHERE campaign_id = ?").run(first);
    expect((await plan(asked(numbers(2)))).warnings).toEqual([]);
    const again = await queued(asked(numbers(1)));
    app.db.prepare('UPDATE campaigns SET retry_of = ? WHERE id = ?').run(first, again);
    expect((await plan(asked(numbers(2)))).warnings).toMatchObject([
      { kind: 'same-campaign', campaignId: again, overlap: 1, closely: { people: 1 } },
    ]);
  });

  it('is told of with everybody once, whoever got it from several', async () => {
    const one = await queued(asked(numbers(3)));
    app.db.prepare("UPDATE messages SET state = 'delivered', sent_at = ?").run(clock.now());
    later = 2 * HOUR_MS;
    const two = await queued(asked(numbers(2, 2)), ['same-campaign']);
    await queued(asked(numbers(1, 9), { text: `${TEXT}{{name|}}` }));
    expect(await plan(asked(numbers(12)))).toMatchObject({
      repeated: 5,
      warnings: [
        { kind: 'same-campaign', campaignId: two, overlap: 2, closely: { people: 2 } },
        { kind: 'same-campaign', campaignId: one, overlap: 3, closely: null },
        { kind: 'same-person', people: 1 },
      ],
    });
    expect(await plan(asked(numbers(12), { leaveOutRepeats: true }))).toMatchObject({
      recipients: 7,
      repeated: 5,
    });
  });

  /** Somebody writes now; `at` (ms) is the time that the gateway gives it. */
  const writes = (from: string, at = clock.now()) =>
    app.workspace.inbox.take(PRACTICE_ACCOUNT_ID, {
      body: JSON.stringify({
        results: [...[{ messageId: String(at), from, to: '1234', text: 'When?', cleanText: 'When?' }]].map(
          (one) => ({ ...one, receivedAt: new Date(at).toISOString(), smsCount: 1 }),
        ),
      }),
      receivedAt: clock.now(),
    });

  /** The same as after reports that all has arrived. */
  const arrive = () =>
    app.db.prepare("UPDATE messages SET state = 'delivered', sent_at = ?").run(clock.now());

  it('is no accident when it answers what somebody wrote since', async () => {
    const [rahim = '', karim = ''] = numbers(2);
    const answer = (more: Partial<SendRequest> = {}) => asked([rahim], { isAnswer: true, ...more });
    await queued(asked([rahim, karim]));
    arrive();
    later = 60_000;
    expect((await plan(answer())).warnings).toMatchObject([{ kind: 'same-campaign', stops: true }]);
    expect(writes(rahim)).toMatchObject({ received: 1 });
    later = 120_000;
    // It is still told, and stops whoever does not answer, and a sending to others too.
    expect((await plan(answer())).warnings).toMatchObject([{ stops: false, overlap: 1 }]);
    expect(await send(asked([rahim]))).toMatchObject(REFUSED);
    expect(await send(asked([rahim, karim], { isAnswer: true }))).toMatchObject(REFUSED);
    const first = await queued(answer());
    // The answer counts: nobody has written since.
    later = 180_000;
    expect((await plan(answer())).warnings).toMatchObject([
      { campaignId: first, stops: true },
      { stops: true },
    ]);
  });

  it('stops the second answer also where the clock of the gateway runs ahead', async () => {
    const [rahim = ''] = numbers(1);
    const answer = () => asked([rahim], { isAnswer: true });
    await queued(asked([rahim]));
    arrive();
    later = 60_000;
    writes(rahim, clock.now() + 6 * HOUR_MS);
    later = 120_000;
    await queued(answer());
    arrive();
    later = 180_000;
    expect(await send(answer())).toMatchObject(REFUSED);
    later = 7 * HOUR_MS;
    expect(await send(answer())).toMatchObject(REFUSED);
    // Nobody knows any more when it came.
    app.db.exec(`UPDATE inbox SET journal_id = NULL, received_at = ${clock.now() + HOUR_MS}`);
    expect(await send(answer())).toMatchObject(REFUSED);
  });

  it('is none where the same was planned before somebody wrote, and still leaves', async () => {
    const [rahim = ''] = numbers(1);
    await queued(asked([rahim], { sendAt: clock.now() + HOUR_MS }));
    later = 60_000;
    writes(rahim);
    later = 120_000;
    expect(await send(asked([rahim], { isAnswer: true }))).toMatchObject(REFUSED);
  });

  it('is the same text for a person, whichever campaign brings it', async () => {
    const [rahim = '', karim = ''] = numbers(2);
    const addPerson = (name: string, number: string) =>
      app.workspace.contacts.add({ name, numbers: [number], fields: {}, note: '', groups: [] });
    addPerson('Rahim', rahim);
    addPerson('Karim', karim);
    await queued(asked([rahim, karim], { text: 'Dear {{name}}, we open at 9.' }));
    const plain = asked([rahim, karim], { text: 'Dear Rahim, we open at 9.' });
    expect((await plan(plain)).warnings).toMatchObject([{ kind: 'same-person', stops: true, people: 1 }]);
    expect(await send(plain)).toMatchObject({ error: { facts: { detail: 'same-person' } } });
    expect((await plan(asked([rahim], { text: 'Dear Rahim, we open at 10.' }))).warnings).toEqual([]);
  });

  it('is asked about for as long as the rules say, from the time at which messages leave', async () => {
    const id = await queued(asked(numbers(2)));
    app.db
      .prepare("UPDATE messages SET state = 'delivered', sent_at = ? WHERE campaign_id = ?")
      .run(clock.now(), id);
    const kinds = async (more: Partial<SendRequest> = {}) =>
      guardsIn((await plan(asked(numbers(2), more))).warnings);
    later = 0.9 * HOUR_MS;
    expect(await kinds()).toEqual(['same-campaign', 'same-person']);
    expect(await kinds({ sendAt: clock.now() + 2 * HOUR_MS })).toEqual(['same-campaign']);
    later = 1.1 * HOUR_MS;
    expect(await kinds()).toEqual(['same-campaign']);
    expect(await kinds({ sendAt: clock.now() + 30 * HOUR_MS })).toEqual([]);
    later = 25 * HOUR_MS;
    expect(await kinds()).toEqual([]);
    app.workspace.rules.update({ sameCampaignHours: 48 });
    expect(await kinds()).toEqual(['same-campaign']);
    app.workspace.rules.update({ sameCampaignHours: 0, samePersonMinutes: 0 });
    later = 0;
    expect(await kinds()).toEqual([]);
  });

  it('is seen after the clock was set back', async () => {
    await queued(asked(numbers(3)));
    later = -400 * 24 * HOUR_MS;
    expect(await send(asked(numbers(3)))).toMatchObject(REFUSED);
  });

  it('is seen between two planned sendings, and between one that waits and a new one', async () => {
    const at = clock.now() + 100 * HOUR_MS;
    await queued(asked(numbers(2), { sendAt: at }));
    const kinds = async (sendAt?: number) =>
      guardsIn((await plan(asked(numbers(2), sendAt === undefined ? {} : { sendAt }))).warnings);
    expect(await kinds(at + HOUR_MS / 2)).toEqual(['same-campaign', 'same-person']);
    expect(await kinds(at - 3 * HOUR_MS)).toEqual(['same-campaign']);
    expect(await kinds()).toEqual([]);
    // Its time has come and gone, and it is still here, a week later: it would leave at any moment.
    later = 300 * HOUR_MS;
    expect(await kinds()).toEqual(['same-campaign', 'same-person']);
  });
});
