import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { toBatches } from './batches.ts';
import { campaignsOf, idsOf, type PumpDeps } from './pump-deps.ts';
import type { Batch } from './settle.ts';

/** For so long (ms) a gateway remembers message ids of ours: as long as its log (API document, "Getting SMS logs"). */
export const REPEATED_FOR_MS = 48 * 3_600_000;

/** What of an account decides how its messages are put into requests. */
export type RequestShape = Pick<Capabilities, 'recipientsPerRequest' | 'ownMessageIds' | 'differentTexts'>;

/**
 * The messages of one account that are marked as leaving and not handed over yet. They are claimed a few at a time, so that a commit is
 * shared by many and a crash leaves few of them to look up.
 */
export function createClaims(
  deps: Pick<PumpDeps, 'account' | 'store' | 'queries' | 'clock' | 'timings' | 'touched'>,
) {
  const { account, store, queries, clock, timings, touched } = deps;
  let ready: Batch[] = [];

  function claim({ recipientsPerRequest, ownMessageIds, differentTexts }: RequestShape): Batch[] {
    const now = clock.now();
    // Messages that need a request each are marked a few at a time, so that a crash leaves few of them to look up.
    const alone = !differentTexts && recipientsPerRequest > 1 && queries.nextMerged(account, now);
    const limit = alone ? timings.claim : Math.max(timings.claim, recipientsPerRequest * timings.concurrency);
    const { rows, stranded } = store.transaction(() => {
      const left = queries.stranded(account, now, ownMessageIds, now - REPEATED_FOR_MS);
      for (const { id } of left) queries.event(id, now, 'uncertain', 'cannot-repeat');
      return { rows: queries.claim(account, now, limit, ownMessageIds), stranded: left };
    });
    const batches = toBatches(
      rows,
      { perRequest: recipientsPerRequest, differentTexts },
      { startedAt: now, order: clock.monotonic() },
      (campaignId) => queries.sendAt(campaignId),
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
      if (ready.length === 0) ready = claim(shape);
      return ready.shift();
    },
    unclaim,
    /** Puts everything back that was not handed over. */
    putBack: () => unclaim(ready.splice(0)),
  };
}

/** {@link createClaims}'s value. */
export type Claims = ReturnType<typeof createClaims>;
