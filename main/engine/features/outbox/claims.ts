import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { toBatches } from './batches.ts';
import type { JoinedAnswers } from './commits.ts';
import { nextOpening, openLanes } from './lanes.ts';
import { campaignsOf, idsOf, type PumpDeps } from './pump-deps.ts';
import type { Pace } from './pace.ts';
import type { ClaimedRow, LaneRow } from './rows.ts';
import type { Batch } from './settle.ts';

/** For so long (ms) a gateway remembers message ids of ours: as long as its log (API document, "Getting SMS logs"). */
export const REPEATED_FOR_MS = 48 * 3_600_000;

/** What of an account decides how its messages are put into requests. */
export type RequestShape = Pick<
  Capabilities,
  'recipientsPerRequest' | 'ownMessageIds' | 'differentTexts' | 'logs'
>;

/**
 * The messages of one account that are marked as leaving and not handed over yet. They are claimed a few at a time, so that a commit is
 * shared by many and a crash leaves few of them to look up.
 */
export function createClaims(
  deps: Pick<PumpDeps, 'account' | 'store' | 'queries' | 'clock' | 'timings' | 'rules' | 'touched' | 'pause'>,
  pace: Pick<Pace, 'portion'>,
  /** Answers that wait for a commit, which the next claim can share. */
  answers: () => JoinedAnswers | null,
) {
  const { account, store, queries, clock, timings, rules, touched } = deps;
  const ready: Batch[] = [];
  /** Messages of urgent campaigns that were claimed one after the other. */
  let urgentRun = 0;

  /**
   * Where the messages that went ahead were all taken, the others follow; where one was not, their campaign is to be paused; where none
   * of them left after all, others go ahead. Asked of the rows each time, so that a kill at any moment changes nothing. Says whether
   * anything is different now.
   */
  function judgeCanaries(lanes: readonly LaneRow[]): boolean {
    const failed: number[] = [];
    const over: (() => void)[] = [];
    const judged: number[] = [];
    for (const { id, canary_until: until, stopped } of lanes) {
      if (until === null || stopped === 1) continue;
      const fared = queries.canary(id, until);
      if (fared.failed === 0 && fared.open > 0) continue;
      judged.push(id);
      if (fared.failed > 0) failed.push(id);
      else over.push(() => (fared.tried > 0 ? queries.passCanary(id) : queries.nextCanary(id, until)));
    }
    if (over.length > 0) store.transaction(() => over.forEach((write) => write()));
    for (const id of failed) deps.pause(id, 'canary', clock.monotonic());
    for (const id of judged) touched(id);
    return judged.length > 0;
  }

  /** Campaigns with queued messages, as they are after their canaries were looked at. */
  function lanesNow(): readonly LaneRow[] {
    const lanes = queries.lanes(account, clock.now());
    if (lanes.every((lane) => lane.canary_until === null)) return lanes;
    return judgeCanaries(lanes) ? queries.lanes(account, clock.now()) : lanes;
  }

  /** Marks messages as leaving, and writes `joined` in the same commit; `only` takes those of urgent campaigns alone. */
  function claim(
    shape: RequestShape,
    only: 'urgent' | null = null,
    joined: JoinedAnswers | null = null,
  ): Batch[] {
    const { ownMessageIds, differentTexts } = shape;
    const portion = pace.portion ?? Infinity;
    const recipientsPerRequest = Math.min(shape.recipientsPerRequest, portion);
    const now = clock.now();
    const lanes = lanesNow();
    if (lanes.length === 0) return [];
    const open = openLanes(lanes, rules.current(), now, only ? 0 : urgentRun).filter(
      ({ urgent }) => only === null || urgent === 1,
    );
    const [first] = open;
    if (only && !first) return [];
    // Messages that need a request each are marked a few at a time, so that a crash leaves few of them to look up.
    const alone = !differentTexts && recipientsPerRequest > 1 && first?.merged === 1;
    const atOnce = recipientsPerRequest * timings.concurrency;
    // Without a log and without ids of ours a crash leaves them all to the user: no more of them than are under way.
    const isBlind = !shape.logs && !ownMessageIds;
    const few = isBlind ? atOnce : alone ? timings.claim : Math.max(timings.claim, atOnce);
    // What is claimed has to leave within seconds: an account that lets few messages a second leave gets few.
    const limit = Math.min(few, portion);
    const { rows, stranded } = store.transaction(() => {
      joined?.write();
      const left = queries.stranded(account, now, ownMessageIds, now - REPEATED_FOR_MS);
      for (const { id } of left) queries.event(id, now, 'uncertain', 'cannot-repeat');
      const claimed: ClaimedRow[] = [];
      for (const lane of open) {
        // What is urgent does not fill up with what is not: the next claim comes when it is needed.
        if (claimed.length >= limit || (claimed.length > 0 && lane.urgent !== first?.urgent)) break;
        const room = limit - claimed.length;
        const rows = queries.claim(account, lane.id, now, room, ownMessageIds, lane.canary_until);
        if (rows.length > 0) queries.move(lane.id);
        claimed.push(...rows);
      }
      return { rows: claimed, stranded: left };
    });
    urgentRun = first?.urgent === 1 ? urgentRun + rows.length : 0;
    const batches = toBatches(
      rows,
      { perRequest: recipientsPerRequest, differentTexts },
      { startedAt: now, order: clock.monotonic() },
      (campaignId) => ({
        sendAt: queries.sendAt(campaignId),
        urgent: open.some(({ id, urgent }) => id === campaignId && urgent === 1),
      }),
    );
    for (const id of new Set([...rows, ...stranded].map((row) => row.campaign_id))) touched(id);
    return batches;
  }

  /** Puts batches back that were claimed and not handed over. */
  function unclaim(batches: readonly Batch[]): void {
    const ids = idsOf(batches);
    if (ids.length === 0) return;
    store.transaction(() => queries.unclaim(ids, clock.now()));
    for (const campaignId of campaignsOf(batches)) touched(campaignId);
  }

  return {
    /** Whether something is marked and not handed over. */
    get hasReady() {
      return ready.length > 0;
    },
    /** The next batch, already marked as leaving; undefined when there is none. */
    next(shape: RequestShape): Batch | undefined {
      if (ready.length === 0) {
        const joined = answers();
        ready.push(...claim(shape, null, joined));
        // What the answers mean for what was just marked (a pause, a wait) finds it there and puts it back.
        joined?.done();
      }
      return ready.shift();
    },
    /** The next batch where it is an urgent one that {@link letUrgentPass} has found. */
    nextUrgent: () => (ready[0]?.urgent ? ready.shift() : undefined),
    /**
     * Puts what is urgent before everything that is ready: it waits for the requests under way and for nothing else. To be called when
     * something may have been queued.
     */
    letUrgentPass: (shape: RequestShape): void => void ready.unshift(...claim(shape, 'urgent')),
    /** Whether there is anything to hand over now, or a canary to be judged. */
    hasWork: () => openLanes(queries.lanes(account, clock.now()), rules.current(), clock.now(), 0).length > 0,
    /** When queued messages that must wait now may leave (ms since the epoch), or null. */
    nextOpening: (since: number) => nextOpening(queries.lanes(account, since), rules.current(), since),
    unclaim,
    /** Puts everything back that was not handed over. */
    putBack: () => unclaim(ready.splice(0)),
  };
}

/** {@link createClaims}'s value. */
export type Claims = ReturnType<typeof createClaims>;
