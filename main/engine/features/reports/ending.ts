import { GIVE_UP_AFTER_MS, type CollectorDeps, type Going } from './collector-deps.ts';

/** Messages of which one commit ends the wait: a long one keeps the engine from everything else. */
const AT_ONCE = 2_000;

/**
 * Ends the wait for reports that neither log nor gateway keeps at `now` (ms). A large sending grows too old all at once, so that this is
 * done in several commits.
 */
export async function endOldWaits(
  { account, queries, store, touched }: Pick<CollectorDeps, 'account' | 'queries' | 'store' | 'touched'>,
  going: Going,
  now: number,
): Promise<void> {
  for (let left = AT_ONCE; left === AT_ONCE && going();) {
    const ended = store.transaction(() => queries.tooOld(account, now - GIVE_UP_AFTER_MS, now, AT_ONCE));
    left = ended.length;
    for (const campaignId of new Set(ended)) touched(campaignId);
    if (left === AT_ONCE) await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
