import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { Rules } from '#shared/rules/rules.ts';
import type { LaneRow } from './rows.ts';

/** Messages of urgent campaigns that go before the others without a break; then the others have a turn. */
const URGENT_IN_A_ROW = 100;

/**
 * When messages of a campaign may be handed over (ms): `now` or earlier where they may at once, `null` while it is paused or cancelled.
 * What a gateway is to hold until its time leaves that time in the quiet hours no more than it leaves now.
 */
export function opensAt(
  lane: Omit<LaneRow, 'next_at'>,
  rules: Pick<Rules, 'quiet'>,
  now: number,
): number | null {
  if (lane.stopped === 1) return null;
  const sendAt = lane.send_at ?? 0;
  if (sendAt > now && lane.held_by !== 'gateway') return sendAt;
  const reaches = Math.max(sendAt, now);
  return lane.quiet === 1 ? (quietUntil(rules, lane.class, reaches) ?? now) : now;
}

/**
 * The campaigns whose messages may leave now, in the order in which they are to: urgent ones first, then the oldest. After `urgentRun`
 * messages of urgent ones in a row an ordinary one has its turn, so that no number of small campaigns stops a large one.
 */
export function openLanes(
  lanes: readonly LaneRow[],
  rules: Pick<Rules, 'quiet'>,
  now: number,
  urgentRun: number,
): readonly LaneRow[] {
  const open = lanes.filter((lane) => lane.next_at <= now && (opensAt(lane, rules, now) ?? Infinity) <= now);
  const first = urgentRun >= URGENT_IN_A_ROW ? 0 : 1;
  return open.sort((a, b) => Number(b.urgent === first) - Number(a.urgent === first) || a.id - b.id);
}

/** When the next of these campaigns opens that does not now (ms), or null. */
export function nextOpening(
  lanes: readonly LaneRow[],
  rules: Pick<Rules, 'quiet'>,
  now: number,
): number | null {
  let next: number | null = null;
  for (const lane of lanes) {
    const opens = opensAt(lane, rules, now);
    if (opens === null) continue;
    const at = Math.max(opens, lane.next_at);
    if (at > now && (next === null || at < next)) next = at;
  }
  return next;
}

/** Steps (ms) in which the next quiet hours are looked for; shorter ones may be passed over. */
const QUIET_STEP_MS = 15 * 60_000;
/** Quiet hours are those of a day. */
const QUIET_REACH_MS = 24 * 3_600_000;

/** When the first quiet hours end (ms) that a campaign of a class has met from `since` (ms) on; `null`: it meets none. */
export function nextQuietEnd(
  rules: Pick<Rules, 'quiet'>,
  transactionClass: LaneRow['class'],
  since: number,
): number | null {
  for (let at = since; at <= since + QUIET_REACH_MS; at += QUIET_STEP_MS) {
    const end = quietUntil(rules, transactionClass, at);
    if (end !== null) return end;
  }
  return null;
}
