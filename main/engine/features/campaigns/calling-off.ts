import type { CampaignId } from '#shared/ids.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Steps } from '../../steps.ts';
import type { CampaignQueries, CampaignRow } from './queries.ts';

/** Messages that are called off in one commit: a long one keeps the engine from everything else. */
const AT_ONCE = 2_000;

/** Why messages are called off: their campaign was taken back whole, or what was left of it was cancelled. */
type Why = 'undone' | 'user';

/**
 * Calls off campaigns. The first commit marks the campaign as cancelled, which keeps all of it from leaving from then on; the rows follow
 * in steps and count where they are until then. What a killed program left is finished after the next start.
 */
export function createCallingOff(deps: {
  readonly queries: CampaignQueries;
  readonly clock: Pick<Clock, 'now'>;
  readonly steps: Steps;
  readonly changes: Pick<Changes, 'touched'>;
}) {
  const { queries, clock, steps, changes } = deps;

  const some = (id: CampaignId, why: Why) => queries.callOff(id, why, clock.now(), AT_ONCE);

  function touched({ id, retry_of: repeated }: Pick<CampaignRow, 'id' | 'retry_of'>): void {
    changes.touched(id);
    // What it repeated can be sent again.
    if (repeated !== null) changes.touched(repeated);
  }

  /** Calls off what is left; gives how many messages that were. */
  async function rest(row: Pick<CampaignRow, 'id' | 'retry_of'>, why: Why): Promise<number> {
    let off = 0;
    const step = () => {
      const done = some(row.id, why);
      off += done.off;
      return done.rows === AT_ONCE;
    };
    await steps.run(row.id, 'calling-off', step, () => touched(row));
    return off;
  }

  return {
    /**
     * Marks a campaign as cancelled and calls off the first of its messages, inside the caller's transaction; to be followed by
     * {@link goOn}. What is to be sent again, because its first attempt may have arrived, is left to the user. Gives how many messages
     * were called off; taking back marks nothing where there are none.
     */
    begin(id: CampaignId, why: Why): { readonly off: number; readonly isMore: boolean } {
      const { rows, off } = some(id, why);
      if (rows > 0 || why === 'user') queries.markCancelled(id, clock.now());
      return { off, isMore: rows === AT_ONCE };
    },

    /** After the commit of {@link begin}: tells it, and calls off the rest. Gives how many more messages that were. */
    goOn(row: CampaignRow, { isMore }: { readonly isMore: boolean }, why: Why): Promise<number> {
      touched(row);
      return isMore ? rest(row, why) : Promise.resolve(0);
    },

    /** Finishes what the last run left. */
    open(): void {
      for (const row of queries.halfCalledOff()) {
        // It is tried again by itself.
        void rest(row, queries.isTakenBack(row.id) ? 'undone' : 'user').catch(() => undefined);
      }
    },
  };
}
