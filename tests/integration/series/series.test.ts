import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RepeatStop, SendingProgress } from '#shared/ipc/host.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { acceptedTimes, numbers } from '../support/sending.ts';
import { DAY, DAILY, MINUTE, repeating } from './repeating.ts';

const NINE = Date.parse('2026-11-19T03:00:00Z');

describe('beginning a series', () => {
  it('asks for the same as a sending', async () => {
    const { series, order, campaigns } = repeating();
    const refusalOf = async (changed: object) => {
      const begun = await series().create({ ...order(3), ...changed });
      return begun.ok ? null : begun.error;
    };
    expect(await refusalOf({ expectedRecipients: 4 })).toMatchObject({ code: 'PLAN_CHANGED' });
    expect(await refusalOf({ ...order(3, {}, { text: ' ' }) })).toMatchObject({ code: 'TEXT_EMPTY' });
    expect(await refusalOf({ ...order(3, {}, { sender: 'Other' }) })).toMatchObject({
      code: 'INVALID_SENDER',
    });
    expect(await refusalOf({ ...order(0) })).toMatchObject({ code: 'NOTHING_TO_SEND' });
    expect(await refusalOf({ ...order(501) })).toMatchObject({ code: 'CONFIRMATION_NEEDED' });
    expect(await refusalOf({ ...order(501), typedCount: 501 })).toBeNull();
    expect(await refusalOf({ ...order(3, { end: { kind: 'until', day: '2026-11-18' } }) })).toMatchObject({
      code: 'INVALID_SCHEDULE',
      facts: { detail: 'past' },
    });
    expect(campaigns()).toEqual([]);
  });

  it('happens once for a token, and at no time that has passed', async () => {
    const { series, order, begin } = repeating();
    const asked = order(3, {}, { sendAt: NINE });
    const [first, second] = await Promise.all([begin(asked), begin(asked)]);
    expect(await begin(asked)).toEqual(first);
    expect(second).toEqual(first);
    expect(series().list()).toEqual([
      expect.objectContaining({
        name: 'Fees are due on Sunday.',
        state: 'active',
        nextAt: NINE,
        expected: 3,
        sent: 0,
        lastCampaign: null,
      }),
    ]);
    expect(first.request.sendAt).toBeUndefined();
  });

  it('shows its next times before', () => {
    const { series } = repeating();
    expect(series().preview({ ...DAILY, end: { kind: 'times', times: 2 } }, 60)).toEqual({
      ok: true,
      value: [NINE, NINE + DAY],
    });
    expect(series().preview({ ...DAILY, from: '2026-02-30' }, 3)).toMatchObject({
      error: { code: 'INVALID_SCHEDULE' },
    });
  });
});

describe('an occurrence', () => {
  it('is planned and queued at its time, and the last one ends the series', async () => {
    const { begin, order, toNext, until, campaigns } = repeating();
    const { id } = await begin({ ...order(3, { end: { kind: 'times', times: 2 } }), name: 'Fees' });
    toNext(id);
    const after = await until(id, ({ sent }) => sent === 1);
    expect(after).toMatchObject({ state: 'active', nextAt: NINE + DAY, lastCampaign: 1 });
    toNext(id);
    expect(await until(id, ({ sent }) => sent === 2)).toMatchObject({ state: 'ended', nextAt: null });
    expect(campaigns()).toEqual([
      { id: 1, series_id: id, name: 'Fees', planned: 3, created_at: NINE },
      { id: 2, series_id: id, name: 'Fees', planned: 3, created_at: NINE + DAY },
    ]);
  });

  it('waits until its time without long timers, and needs none when nothing is planned', async () => {
    const { begin, order, moved, series, campaigns } = repeating();
    // What only the start needs is over then.
    moved.advance(MINUTE);
    const idle = moved.pending();
    const { id } = await begin(order(3));
    // What is told of a change is told a second later.
    moved.advance(1_000);
    expect(moved.pending()).toBe(idle + 1);
    for (let minute = 0; minute < 30; minute++) moved.advance(MINUTE);
    expect(moved.pending()).toBe(idle + 1);
    series().end(id);
    moved.advance(1_000);
    expect(moved.pending()).toBe(idle);
    expect(campaigns()).toEqual([]);
  });

  it.each([
    ['at once', 0],
    ['days later', 3 * DAY],
  ])(
    'is not sent twice when the program was killed before it was noted down, and starts again %s',
    async (_, ms) => {
      const { begin, order, toNext, until, campaigns, restart, db, moved, get } = repeating();
      const { id } = await begin(order(3));
      toNext(id);
      await until(id, ({ sent }) => sent === 1);
      await restart(() => {
        db().prepare('UPDATE series SET next_at = ?, occurrences = 0').run(NINE);
        moved.advance(ms);
      });
      await until(id, ({ nextAt, state }) => (nextAt ?? 0) > NINE && state === 'active');
      expect(get(id)).toMatchObject({ sent: 1, lastCampaign: 1 });
      expect(campaigns()).toHaveLength(1);
    },
  );

  it('keeps the program running until its time, and no longer once it is stopped', async () => {
    const told: (number | null)[] = [];
    const tell = {
      progress: (now: SendingProgress) => told.push(now.nextAt),
      ended: () => undefined,
      repeatStopped: () => undefined,
    };
    const { begin, order, moved, series, toNext, until } = repeating({ tell });
    moved.advance(MINUTE);
    expect(told).toEqual([null]);
    moved.advance(1_000);
    const { id } = await begin(order(3));
    // At once: the window may be closed in the next moment.
    moved.advance(0);
    expect(told.at(-1)).toBe(NINE);
    moved.advance(1_000);
    series().pause(id);
    moved.advance(1_000);
    expect(told.at(-1)).toBeNull();
    await series().resume(id, false);
    toNext(id);
    await until(id, ({ sent }) => sent === 1);
    moved.advance(1_000);
    expect(told.at(-1)).toBe(NINE + DAY);
  });

  it('goes to the people of the group as it is then', async () => {
    const { begin, order, toNext, until, campaigns, workspace } = repeating();
    const { contacts, groups } = workspace();
    const group = groups.add({ name: 'Class 9', rule: null });
    if (!group.ok) throw new Error(group.error.code);
    const add = (n: number) =>
      contacts.add({
        name: `P${n}`,
        numbers: [`0171200${String(n).padStart(4, '0')}`],
        groups: [group.value.id],
      });
    for (let n = 0; n < 3; n++) add(n);
    const { id } = await begin(order(3, {}, { sources: [{ kind: 'group', id: group.value.id }] }));
    add(3);
    toNext(id);
    await until(id, ({ sent }) => sent === 1);
    expect(campaigns()).toMatchObject([{ planned: 4 }]);
    // Many more than were confirmed: a few would not be asked about, nor a fifth.
    for (let n = 4; n < 24; n++) add(n);
    toNext(id);
    expect(await until(id, ({ state }) => state === 'waiting')).toMatchObject({
      trouble: { kind: 'more-people', at: NINE + DAY, recipients: 24, code: null },
      nextAt: NINE + 2 * DAY,
      sent: 1,
    });
    expect(campaigns()).toHaveLength(1);
  });
});

describe('a series that waits', () => {
  const grown = async (by: number) => {
    const space = repeating();
    const { id } = await space.begin(space.order(by));
    space.db().prepare('UPDATE series SET expected = 3').run();
    space.toNext(id);
    await space.until(id, ({ state }) => state === 'waiting');
    return { ...space, id };
  };

  it('because of more people sends to those that were shown, and takes them as confirmed', async () => {
    const { sendMissed, id, get, campaigns, toNext, until } = await grown(30);
    const sent = await sendMissed(id);
    expect(sent).toEqual({ ok: true, value: { campaignId: 1 } });
    expect(get(id)).toMatchObject({
      state: 'active',
      trouble: null,
      expected: 30,
      sent: 1,
      nextAt: NINE + DAY,
    });
    toNext(id);
    await until(id, (view) => view.sent === 2);
    expect(campaigns()).toHaveLength(2);
  });

  it('because of more people goes on with the next time when they are accepted', async () => {
    const { series, sendMissed, id, campaigns } = await grown(30);
    expect(await series().resume(id, true)).toMatchObject({
      value: { state: 'active', expected: 30, nextAt: NINE + DAY, trouble: null },
    });
    expect(campaigns()).toEqual([]);
    expect(await sendMissed(id)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
  });

  it('because its time passed unseen sends what was missed, once however often it is asked', async () => {
    const { series, begin, order, toNext, until, campaigns, get } = repeating();
    const { id } = await begin(order(3));
    toNext(id, 15 * MINUTE + 1);
    const waiting = await until(id, ({ state }) => state === 'waiting');
    expect(waiting.trouble).toMatchObject({ kind: 'overdue', at: NINE });
    expect(campaigns()).toEqual([]);
    const once = () => series().sendMissed(id, { expectedRecipients: 3 });
    const both = await Promise.all([once(), once()]);
    expect(both).toEqual([
      { ok: true, value: { campaignId: 1 } },
      { ok: true, value: { campaignId: 1 } },
    ]);
    expect(get(id)).toMatchObject({ state: 'active', sent: 1, nextAt: NINE + DAY });
    expect(campaigns()).toHaveLength(1);
  });

  it('is told outside of the page, once for each time that it stops by itself', async () => {
    const stops: RepeatStop[] = [];
    const tell = {
      progress: () => undefined,
      ended: () => undefined,
      repeatStopped: (stop: RepeatStop) => void stops.push(stop),
    };
    const { series, sendMissed, begin, order, toNext, until, workspace, restart, moved } = repeating({
      tell,
    });
    const { id, name } = await begin(order(3));
    // The user knows of a stop of their own.
    series().pause(id);
    await series().resume(id, false);
    toNext(id, 15 * MINUTE + 1);
    await until(id, ({ state }) => state === 'waiting');
    const told = { space: 'practice', name, reason: 'overdue' };
    expect(stops).toEqual([told]);
    moved.advance(5 * DAY);
    await restart();
    expect(stops).toEqual([told]);
    workspace().rules.update({ perDay: 2 });
    // Whoever looks at its answer is told there.
    expect(await sendMissed(id)).toMatchObject({ ok: false });
    expect(stops).toEqual([told]);
    await series().resume(id, false);
    toNext(id);
    await until(id, ({ state }) => state === 'waiting');
    expect(stops).toEqual([told, { ...told, reason: 'guard' }]);
  });

  it('is sent in time when it is only a little late', async () => {
    const { begin, order, toNext, until } = repeating();
    const { id } = await begin(order(3));
    toNext(id, 15 * MINUTE);
    expect(await until(id, ({ sent }) => sent === 1)).toMatchObject({ state: 'active' });
  });

  it('because its time passed unseen can skip it, with all that was missed since', async () => {
    const { series, begin, order, toNext, until, campaigns, restart, moved } = repeating();
    const { id } = await begin(order(3));
    toNext(id, MINUTE * 60);
    await until(id, ({ state }) => state === 'waiting');
    moved.advance(5 * DAY);
    await restart();
    expect(await series().resume(id, false)).toMatchObject({
      value: { state: 'active', nextAt: NINE + 6 * DAY },
    });
    expect(campaigns()).toEqual([]);
  });

  it('because of a refusal says which, and sends when it is gone', async () => {
    const { sendMissed, begin, order, toNext, until, db, get } = repeating();
    const { id } = await begin(order(3));
    db().prepare("UPDATE series SET request = json_set(request, '$.sender', 'Gone')").run();
    toNext(id);
    const waiting = await until(id, ({ state }) => state === 'waiting');
    expect(waiting.trouble).toEqual({ kind: 'refused', code: 'INVALID_SENDER', at: NINE, recipients: null });
    expect(await sendMissed(id)).toMatchObject({
      error: { code: 'NOT_POSSIBLE_NOW', facts: { detail: 'INVALID_SENDER' } },
    });
    expect(get(id).trouble).toEqual(waiting.trouble);
    db().prepare("UPDATE series SET request = json_set(request, '$.sender', 'School')").run();
    expect(await sendMissed(id)).toMatchObject({ ok: true });
  });

  it('because it cannot be read on this computer stops no other one', async () => {
    const { series, begin, order, toNext, until, db, campaigns, get, moved } = repeating();
    const { id } = await begin(order(3));
    const other = await begin(order(3, {}, { text: 'No school today.' }));
    const broken = await begin(order(3, {}, { text: 'The bus is late.' }));
    db()
      .prepare("UPDATE series SET recurrence = json_set(recurrence, '$.zone', 'Mars/Base') WHERE id = ?")
      .run(id);
    db().prepare("UPDATE series SET request = '{', recurrence = '[' WHERE id = ?").run(broken.id);
    const trouble = { kind: 'refused', code: 'INVALID_SCHEDULE', at: null, recipients: null };
    for (const unread of [id, broken.id])
      expect(get(unread)).toMatchObject({ state: 'waiting', trouble, nextAt: null });
    expect(get(id).recurrence).toEqual({ ...DAILY, zone: 'UTC' });
    expect(series().timesBetween(moved.now(), NINE + 1, 9)).toMatchObject([{ at: NINE, id: other.id }]);
    toNext(other.id);
    await until(other.id, ({ sent }) => sent === 1);
    expect(campaigns()).toHaveLength(1);
    expect(await series().resume(id, false)).toMatchObject({
      error: { code: 'NOT_POSSIBLE_NOW', facts: { detail: 'INVALID_SCHEDULE' } },
    });
    // The computer knows the zone after all.
    db().prepare('UPDATE series SET recurrence = ? WHERE id = ?').run(JSON.stringify(DAILY), id);
    expect(await series().resume(id, false)).toMatchObject({
      value: { state: 'active', nextAt: NINE + DAY },
    });
    expect(series().end(broken.id)).toMatchObject({ value: { state: 'ended', trouble: null } });
  });

  it('for the user sends nothing, and skips what passed meanwhile', async () => {
    const { series, sendMissed, begin, order, toNext, get, campaigns } = repeating();
    const { id } = await begin(order(3));
    expect(series().pause(id)).toMatchObject({
      value: { state: 'waiting', trouble: { kind: 'user', at: null } },
    });
    toNext(id);
    expect(await sendMissed(id)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
    await series().resume(id, false);
    expect(get(id)).toMatchObject({ state: 'active', nextAt: NINE + DAY });
    expect(campaigns()).toEqual([]);
    expect(series().end(id)).toMatchObject({ value: { state: 'ended', nextAt: null, trouble: null } });
    expect(await series().resume(id, false)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
    expect(series().pause(77)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('warnings that stop', () => {
  it.each([
    ['is expected', false],
    ['leaves nobody out', true],
  ])('that an earlier occurrence had the same text %s', async (_, leaveOutRepeats) => {
    const { begin, order, toNext, until, workspace, campaigns } = repeating();
    workspace().rules.update({ sameCampaignHours: 720 });
    const { id } = await begin(order(3, {}, { leaveOutRepeats }));
    for (let day = 1; day <= 3; day++) {
      toNext(id);
      await until(id, ({ sent }) => sent === day);
    }
    expect(campaigns()).toHaveLength(3);
  });

  it('that failures of an earlier occurrence were sent again is expected', async () => {
    const { begin, order, toNext, until, workspace, campaigns, db } = repeating();
    const { id } = await begin(order(3));
    toNext(id);
    await until(id, ({ sent }) => sent === 1);
    for (const failed of [1, 2]) {
      db()
        .prepare(
          "UPDATE messages SET state = 'refused', status_name = 'REJECTED_SYSTEM_ERROR' WHERE campaign_id = ?",
        )
        .run(failed);
      const groups = await workspace().campaigns.failures(failed);
      if (!groups.ok) throw new Error(groups.error.code);
      const again = await workspace().campaigns.retry({
        id: failed,
        keys: groups.value.map(({ key }) => key),
        expectedRecipients: 3,
        token: randomUUID(),
      });
      expect(again).toMatchObject({ ok: true });
    }
    toNext(id);
    expect(await until(id, ({ sent, state }) => sent === 2 || state === 'waiting')).toMatchObject({
      trouble: null,
    });
    expect(campaigns()).toHaveLength(4);
  });

  /** A series to three people that stopped because a sending to two of them had the same text two hours before. */
  const repeatedBefore = async () => {
    const space = repeating();
    const { order, moved, workspace } = space;
    const { id } = await space.begin(order(3));
    moved.advance(NINE - moved.now() - 2 * 60 * MINUTE);
    const { request } = order(2);
    const plan = await workspace().campaigns.plan(request);
    if (!plan.ok) throw new Error(plan.error.code);
    await workspace().campaigns.send({
      request,
      expectedRecipients: 2,
      expectedParts: plan.value.parts,
      token: randomUUID(),
    });
    space.toNext(id);
    const { trouble } = await space.until(id, ({ state }) => state === 'waiting');
    expect(trouble).toMatchObject({ kind: 'refused', code: 'same-campaign', at: NINE });
    const planned = await space.series().planMissed(id, false);
    if (!planned.ok) throw new Error(planned.error.code);
    return { ...space, id, trouble, plan: planned.value };
  };

  it('that another sending had it is not, and goes nowhere before the warning was seen with its figures', async () => {
    const { sendMissed, id, plan, get, trouble, campaigns } = await repeatedBefore();
    expect(plan).toMatchObject({
      recipients: 3,
      warnings: [{ kind: 'same-campaign', stops: true, overlap: 2 }],
    });
    const accepted = ['same-campaign' as const];
    const unseen = [{}, { accepted }, { accepted, seen: 'other' }, { seen: plan.warningsKey }];
    for (const said of unseen)
      expect(await sendMissed(id, said)).toMatchObject({
        error: { code: 'WARNING_NOT_SEEN', facts: { detail: 'same-campaign' } },
      });
    expect(get(id)).toMatchObject({ state: 'waiting', trouble });
    expect(campaigns()).toHaveLength(1);
    const seen = plan.warningsKey;
    expect(await sendMissed(id, { accepted, seen, expectedRecipients: 4 })).toMatchObject({
      error: { code: 'PLAN_CHANGED', facts: { limit: 4, actual: 3 } },
    });
    expect(await sendMissed(id, { accepted, seen })).toMatchObject({ ok: true });
    expect(campaigns().at(-1)).toMatchObject({ planned: 3 });
  });

  it('that another sending had it can leave those out, this once', async () => {
    const { sendMissed, id, get, campaigns, db } = await repeatedBefore();
    expect(await sendMissed(id, { leaveOutRepeats: true })).toMatchObject({ ok: true });
    expect(campaigns().at(-1)).toMatchObject({ series_id: id });
    expect(
      db().prepare("SELECT count(*) AS n FROM messages WHERE campaign_id = 2 AND state = 'held'").get(),
    ).toEqual({
      n: 1,
    });
    expect(get(id)).toMatchObject({ state: 'active', expected: 3 });
    expect(get(id).request.leaveOutRepeats).toBeUndefined();
  });
});

describe('a clock that is set', () => {
  it('back repeats nothing', async () => {
    const { begin, order, toNext, until, moved, series, campaigns, restart } = repeating();
    const { id } = await begin(order(3));
    toNext(id);
    await until(id, ({ sent }) => sent === 1);
    moved.advance(-3 * DAY);
    await restart();
    for (let day = 0; day < 3; day++) moved.advance(DAY);
    await series().stop();
    expect(campaigns()).toHaveLength(1);
  });

  it('years ahead and back again goes on as if nothing had been', async () => {
    const { begin, order, series, until, moved, campaigns } = repeating();
    const { id } = await begin(order(3));
    moved.advance(900 * DAY);
    await until(id, ({ state }) => state === 'waiting');
    moved.advance(-900 * DAY);
    expect(await series().resume(id, false)).toMatchObject({
      value: { state: 'active', nextAt: NINE + DAY },
    });
    expect(campaigns()).toEqual([]);
  });
});

describe('at the gateway', () => {
  it('each message arrives once, also when the program is killed before it noted down what it sent', async () => {
    const practice = await startPractice({ delays: 100 });
    onTestFinished(() => practice.close());
    let shift = 0;
    const clock = { ...systemClock, now: () => Date.now() + shift };
    const space = repeating({ url: practice.url, clock, timings: {}, perRequest: 2 });
    const { id, nextAt } = await space.begin(space.order(3));
    const at = nextAt ?? 0;
    shift = at - Date.now();
    space.series().start();
    await space.until(id, ({ sent }) => sent === 1);
    await space.restart(() => space.db().prepare('UPDATE series SET next_at = ?, occurrences = 0').run(at));
    await space.until(id, ({ sent }) => sent === 1);
    await expect.poll(() => space.workspace().campaigns.get(1)?.counts).toEqual({ delivered: 3 });
    expect(acceptedTimes(practice)).toEqual(new Map(numbers(3).map((number) => [number, 1])));
    expect(space.campaigns()).toHaveLength(1);
  });
});
