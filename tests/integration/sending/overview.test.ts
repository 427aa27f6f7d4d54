import { describe, expect, it, onTestFinished } from 'vitest';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import { messageQueries } from '../../../main/engine/features/messages/queries.ts';
import { overviewQueries } from '../../../main/engine/features/outbox/overview-queries.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { queryPlans } from '../support/feature.ts';
import { numbers, startSending, temporaryFolder } from '../support/sending.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A space whose gateway is not there, and whose clock stands still. */
function space() {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  const clock = manualClock();
  const sending = startSending({
    url: 'http://127.0.0.1:9',
    dir: folder.dir,
    clock,
    timings: { hold: 10_000 },
  });
  onTestFinished(() => sending.stop());
  return { ...sending, clock };
}

/** Puts the messages of a campaign into a state, as answers of a gateway would. */
function put(db: DatabaseSyncInstance, campaign: number, state: string, reason: string | null = null): void {
  db.prepare('UPDATE messages SET state = ?, reason = ?, not_before = NULL WHERE campaign_id = ?').run(
    state,
    reason,
    campaign,
  );
}

const ids = (views: readonly { readonly id: number }[]) => views.map(({ id }) => id);

describe('what is on its way', () => {
  it('is listed by what it waits for, and counted whole', async () => {
    const { workspace, send, clock, db } = space();
    const later = await send(numbers(2), 'Later', undefined, { sendAt: clock.now() + 3 * HOUR });
    const sooner = await send(numbers(2), 'Sooner', undefined, { sendAt: clock.now() + HOUR });
    const paused = await send(numbers(3), 'Paused');
    workspace.campaigns.pause(paused);
    const review = await send(numbers(2), 'Nobody knows');
    const checking = await send(numbers(4), 'Looked up');
    const finished = await send(numbers(1), 'Finished');
    put(db, review, 'uncertain', 'undecided');
    put(db, checking, 'uncertain', 'checking');
    put(db, finished, 'delivered');
    clock.advance(9_000);
    const held = await send(numbers(5), 'Held');
    clock.advance(1_000);
    const { overview } = workspace;
    const view = overview.view();
    expect(ids(view.running)).toEqual([checking]);
    expect(ids(view.held)).toEqual([held]);
    expect(ids(view.scheduled)).toEqual([sooner, later]);
    expect(ids(view.paused)).toEqual([paused]);
    expect(ids(view.ended)).toEqual([finished, review]);
    expect(view).toMatchObject({ undecided: 2, checking: 4, waiting: 2 + 2 + 3 + 5 });
    expect(view.sendings).toEqual({ running: 1, held: 1, scheduled: 2, paused: 1, repeated: 0 });
  });

  it('keeps quiet hours with what waits, from the first moment with the time at which it really goes', async () => {
    const { workspace, send, clock } = space();
    const end = Math.floor(clock.now() / 60_000) * 60_000 + 2 * HOUR;
    const wall = (at: number) => new Date(at).toISOString().slice(11, 16);
    const quiet = { applies: 'all', from: wall(clock.now() - HOUR), until: wall(end), zone: 'UTC' } as const;
    const sooner = await send(numbers(1), 'Sooner', undefined, { sendAt: clock.now() + 3 * HOUR });
    workspace.rules.update({ quiet });
    const id = await send(numbers(2), 'Offer');
    const asleep = await send(numbers(2), 'Asleep', undefined, { sendAt: clock.now() + HOUR });
    const { overview, campaigns } = workspace;
    expect(overview.view().held).toMatchObject([
      { id: sooner, quietUntil: null },
      { id, quietUntil: end, quietZone: 'UTC' },
      { id: asleep, quietUntil: end },
    ]);
    clock.advance(10_000);
    expect(campaigns.get(asleep)).toMatchObject({ phase: 'scheduled', quietUntil: end });
    expect(ids(overview.view().scheduled)).toEqual([id, asleep, sooner]);
    expect(overview.view().running).toEqual([]);
    // Other quiet hours are asked about by what would leave before it was to.
    expect(overview.leavingSooner({ ...quiet, applies: 'none' })).toEqual({ messages: 4, sendings: 2 });
    expect(overview.leavingSooner({ ...quiet, until: wall(end - HOUR) })).toEqual({
      messages: 4,
      sendings: 2,
    });
    expect(overview.leavingSooner({ ...quiet, until: wall(end + HOUR) })).toEqual({
      messages: 0,
      sendings: 0,
    });
    workspace.campaigns.pause(id);
    expect(overview.leavingSooner({ ...quiet, applies: 'promotional' })).toEqual({
      messages: 2,
      sendings: 1,
    });
    workspace.campaigns.resume(id);
    workspace.rules.update({ quiet: { ...quiet, applies: 'none' } });
    expect(overview.view().scheduled).toMatchObject([{ id: asleep, quietUntil: null }, { id: sooner }]);
  });

  it('shows what was done with for a while', async () => {
    const { workspace, send, clock, db } = space();
    const { overview, changes, campaigns } = workspace;
    const first = await send(numbers(2), 'First');
    const undone = await send(numbers(2), 'Undone');
    campaigns.undo(undone);
    const paused = await send(numbers(2), 'Paused');
    campaigns.pause(paused);
    put(db, first, 'delivered');
    changes.touched(first);
    expect(ids(overview.view().ended)).toEqual([first]);
    clock.advance(12 * HOUR);
    expect(ids(overview.view().ended)).toEqual([]);
    put(db, paused, 'accepted');
    changes.touched(paused);
    expect(overview.view().ended).toMatchObject([{ id: paused, phase: 'awaiting-reports' }]);
    clock.advance(12 * HOUR);
    expect(ids(overview.view().ended)).toEqual([]);
  });

  it('follows what changes', async () => {
    const { workspace, send, clock, db } = space();
    const { overview, changes, campaigns } = workspace;
    expect(overview.view()).toMatchObject({ held: [], waiting: 0 });
    const at = clock.now() + HOUR;
    const id = await send(numbers(2), 'Exam', undefined, { sendAt: at });
    expect(ids(overview.view().held)).toEqual([id]);
    clock.advance(10_000);
    expect(overview.view().scheduled).toMatchObject([{ id, sendAt: at }]);
    expect(await workspace.outbox.reschedule(id, at + HOUR)).toMatchObject({ ok: true });
    expect(overview.view().scheduled).toMatchObject([{ id, sendAt: at + HOUR }]);
    campaigns.pause(id);
    expect(ids(overview.view().paused)).toEqual([id]);
    put(db, id, 'delivered');
    changes.touched(id);
    expect(overview.view()).toMatchObject({ paused: [], waiting: 0 });
  });

  it('is found again after a restart, also what lies at the gateway', async () => {
    const { workspace, send, clock, db } = space();
    const there = await send(numbers(2), 'There', undefined, { sendAt: clock.now() + HOUR });
    const gone = await send(numbers(2), 'Gone');
    put(db, there, 'accepted');
    put(db, gone, 'accepted');
    db.prepare("UPDATE campaigns SET held_by = 'gateway' WHERE id = ?").run(there);
    // Asked for the first time here, so that nothing is known from before.
    const view = workspace.overview.view();
    expect(ids(view.scheduled)).toEqual([there]);
    expect(view.waiting).toBe(2);
    clock.advance(HOUR);
    expect(workspace.overview.view()).toMatchObject({ running: [], scheduled: [], waiting: 0 });
  });

  it('shows a hundred of each at most and counts all', async () => {
    const { workspace, send, db } = space();
    const id = await send(['8801712000000'], 'Many');
    copyCampaigns(db, id, 120, 1, 'held');
    const view = workspace.overview.view();
    expect(view.held).toHaveLength(100);
    expect(view.waiting).toBe(121);
    expect(view.sendings.held).toBe(121);
  });
});

describe('the calendar', () => {
  it('holds planned sendings and the times of series that are still to come, in order', async () => {
    const { workspace, send, clock } = space();
    const day = clock.now();
    const at = Date.parse('2026-11-19T05:00:00Z');
    const id = await send(numbers(2), 'Exam', undefined, { sendAt: at });
    const undone = await send(numbers(2), 'Undone', undefined, { sendAt: at + HOUR });
    workspace.campaigns.undo(undone);
    const request = {
      accountId: PRACTICE_ACCOUNT_ID,
      sender: 'School',
      text: 'Fees are due',
      recipients: numbers(3).join('\n'),
    };
    const begun = await workspace.series.create({
      request,
      recurrence: {
        pattern: { kind: 'daily', every: 1 },
        time: '09:00',
        zone: 'Asia/Dhaka',
        from: '2026-11-01',
        end: { kind: 'never' },
      },
      expectedRecipients: 3,
      token: '00000000-0000-4000-8000-00000000000a',
    });
    expect(begun).toMatchObject({ ok: true });
    const nine = Date.parse('2026-11-19T03:00:00Z');
    const series = { kind: 'series', id: 1, name: 'Fees are due', recipients: 3, waiting: false };
    const { calendar } = workspace.overview;
    expect(calendar(day - 7 * DAY, day + 2 * DAY)).toEqual({
      ok: true,
      value: [
        { ...series, at: nine },
        { kind: 'campaign', at, id, name: 'Exam', recipients: 2, phase: 'held' },
        { ...series, at: nine + DAY },
      ],
    });
    workspace.series.pause(1);
    expect(calendar(nine, nine + 1)).toEqual({ ok: true, value: [{ ...series, at: nine, waiting: true }] });
    workspace.series.end(1);
    expect(calendar(nine, at)).toEqual({ ok: true, value: [] });
  });

  it('looks at a while that ends after it begins', () => {
    const { calendar } = space().workspace.overview;
    expect(calendar(5, 5)).toMatchObject({ error: { code: 'INVALID_SCHEDULE' } });
    expect(calendar(0, 401 * DAY)).toMatchObject({
      error: { code: 'INVALID_SCHEDULE', facts: { limit: 400 } },
    });
  });
});

describe('uncertain messages', () => {
  it('come in pages, oldest first, those that wait for the user apart', async () => {
    const { workspace, send, db } = space();
    const first = await send(numbers(3), 'One');
    const second = await send(numbers(2), 'Two');
    const looked = await send(numbers(1), 'Three');
    for (const id of [first, second]) put(db, id, 'uncertain', 'undecided');
    put(db, looked, 'uncertain', 'checking');
    const page = (undecided: boolean, cursor?: string) => {
      const found = workspace.messages.uncertain(undecided, cursor, 3);
      if (!found.ok) throw new Error(found.error.code);
      return found.value;
    };
    const one = page(true);
    expect(one.rows.map(({ campaignId, text }) => [campaignId, text])).toEqual(Array(3).fill([first, 'One']));
    const two = page(true, one.next);
    expect(two.rows.map(({ campaignId }) => campaignId)).toEqual([second, second]);
    expect(two.next).toBeUndefined();
    expect(page(false).rows).toMatchObject([{ campaignId: looked, reason: 'checking' }]);
    expect(workspace.messages.uncertain(true, 'x', 3)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });
});

/** Copies a campaign of one message so often, with so many messages each. */
function copyCampaigns(
  db: DatabaseSyncInstance,
  id: number,
  copies: number,
  messages: number,
  state: string,
): void {
  const columns = (table: string) =>
    db
      .prepare(`SELECT name FROM pragma_table_info('${table}') WHERE name <> 'id'`)
      .all()
      .map(({ name }) => String(name));
  const first = Number(db.prepare('SELECT MAX(id) + 1 AS id FROM campaigns').get()?.['id']);
  const numbered = (limit: number) =>
    `WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < ${limit})`;
  const own = columns('campaigns');
  const copied = own.map((name) => (name === 'token' ? "'copy ' || (? + n)" : name));
  const parameters = [first, id];
  db.exec('BEGIN');
  db.prepare(
    `${numbered(copies)} INSERT INTO campaigns (id, ${own.join(', ')})
     SELECT ? + n, ${copied.join(', ')} FROM n CROSS JOIN campaigns WHERE campaigns.id = ?`,
  ).run(first, ...parameters);
  const rows = columns('messages');
  const values = rows.map((name) =>
    name === 'campaign_id' ? `${first} + n / ${messages}` : name === 'state' ? `'${state}'` : name,
  );
  db.prepare(
    `${numbered(copies * messages)} INSERT INTO messages (${rows.join(', ')})
     SELECT ${values.join(', ')} FROM n CROSS JOIN messages WHERE campaign_id = ?`,
  ).run(id);
  db.exec('COMMIT');
}

describe('with a long history', () => {
  it('asks for a step in an index for each campaign that is open', () => {
    const { db } = space();
    const plans = queryPlans(db, (recording) => void overviewQueries(recording));
    const [open = '', planned = '', begun = ''] = plans;
    const steps = open.split('\n').filter((line) => /^ *(?:SCAN|SEARCH) m\b/u.test(line));
    expect(steps).toHaveLength(2);
    for (const step of steps)
      expect(step).toMatch(/SEARCH m .*INDEX messages_lane \(account_id=\? AND state=\?/u);
    expect(steps[1]).toContain('campaign_id>?');
    expect(open).toMatch(/SEARCH c USING INDEX campaigns_planned \(send_at>\?\)/u);
    expect(planned).toMatch(/campaigns_planned/u);
    expect(planned).not.toMatch(/TEMP B-TREE/u);
    expect(begun).toMatch(/campaigns_time \(<expr>>\? AND <expr><\?\)/u);
    expect(begun).not.toMatch(/TEMP B-TREE/u);
    const uncertain = queryPlans(db, (recording) => void messageQueries(recording)).find((plan) =>
      plan.includes("m.state = 'uncertain'"),
    );
    expect(uncertain).toMatch(/SEARCH m USING INDEX messages_state \(state=\? AND created_at>/u);
    expect(uncertain).not.toMatch(/TEMP B-TREE/u);
  });

  it('looks at open campaigns alone', async () => {
    const { workspace, send, db } = space();
    const open = await send(numbers(2), 'Open');
    const done = await send(['8801712000009'], 'Done');
    put(db, done, 'delivered');
    db.prepare('UPDATE campaigns SET created_at = created_at - ? WHERE id = ?').run(DAY, done);
    copyCampaigns(db, done, 500, 2, 'delivered');
    let asked = 0;
    const { get } = workspace.campaigns;
    workspace.campaigns.get = (id) => {
      asked++;
      return get(id);
    };
    expect(ids(workspace.overview.view().held)).toEqual([open]);
    expect(asked).toBe(1);
  });
});
