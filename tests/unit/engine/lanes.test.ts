import { describe, expect, it } from 'vitest';
import { DEFAULT_RULES } from '#shared/rules/rules.ts';
import { nextOpening, openLanes } from '../../../main/engine/features/outbox/lanes.ts';
import type { LaneRow } from '../../../main/engine/features/outbox/rows.ts';
import { retryDelay } from '../../../main/engine/features/outbox/temporary.ts';

const HOUR = 3_600_000;
/** Eight in the evening in Dhaka; its quiet hours are from nine to nine. */
const EVENING = Date.parse('2026-03-02T14:00:00Z');
const lane = (id: number, more: Partial<LaneRow> = {}): LaneRow => ({
  id,
  stopped: 0,
  send_at: null,
  held_by: null,
  urgent: 0,
  quiet: 1,
  class: 'promotional',
  canary_until: null,
  merged: 0,
  next_at: 0,
  ...more,
});
const order = (lanes: LaneRow[], at: number, urgentRun = 0) =>
  openLanes(lanes, DEFAULT_RULES, at, urgentRun).map(({ id }) => id);

describe('campaigns that may leave', () => {
  it('go urgent ones first, then by age, and have their turn after many urgent ones', () => {
    const lanes = [lane(1), lane(2, { urgent: 1 }), lane(3), lane(4, { urgent: 1 }), lane(5, { stopped: 1 })];
    expect(order(lanes, EVENING)).toEqual([2, 4, 1, 3]);
    expect(order(lanes, EVENING, 100)).toEqual([1, 3, 2, 4]);
  });

  it('stop at the beginning of the quiet hours and are looked at again at their end', () => {
    const lanes = [lane(1), lane(2, { class: 'transactional' }), lane(3, { quiet: 0 })];
    expect(order(lanes, EVENING + HOUR)).toEqual([2, 3]);
    expect(nextOpening(lanes, DEFAULT_RULES, EVENING + HOUR)).toBe(EVENING + 13 * HOUR);
    expect(order(lanes, EVENING + 13 * HOUR)).toEqual([1, 2, 3]);
  });

  it('are not given to a gateway for a time in the quiet hours', () => {
    const later = lane(1, { send_at: EVENING + 2 * HOUR, held_by: 'gateway' });
    expect(order([later], EVENING)).toEqual([]);
    expect(order([{ ...later, send_at: EVENING + HOUR / 2 }], EVENING)).toEqual([1]);
  });

  it('wait for their time here, and for another try', () => {
    const lanes = [lane(1, { send_at: EVENING + 100, held_by: 'here' }), lane(2, { next_at: EVENING + 50 })];
    expect(order(lanes, EVENING)).toEqual([]);
    expect(nextOpening(lanes, DEFAULT_RULES, EVENING)).toBe(EVENING + 50);
    expect(order(lanes, EVENING + 100)).toEqual([1, 2]);
  });
});

describe('a message that is refused for now', () => {
  it('is tried again with growing waits, after an hour where there were too many', () => {
    expect([0, 1, 2].map((retries) => retryDelay(21, retries, 60_000))).toEqual([60_000, 240_000, 960_000]);
    expect(retryDelay(20, 0, 60_000)).toBe(HOUR);
    expect(retryDelay(21, 9, 60_000)).toBe(4 * HOUR);
  });

  it('is not tried again where that would not help', () => {
    expect([12, 19, 23, 9_999, null].map((status) => retryDelay(status, 0, 60_000))).toEqual(
      Array(5).fill(null),
    );
  });
});
