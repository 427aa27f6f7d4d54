import type { SendingEnd } from '#shared/ipc/host.ts';
import type { StandRow, WatchQueries } from './watch-queries.ts';

/** What is to be told of a campaign: nothing yet, its end, that it stands still, or nothing although it has ended. */
function newsOf(row: StandRow): SendingEnd['kind'] | 'silent' | null {
  if (row.unsent === 1) {
    if (row.cancelled === 1 || row.pause_reason === null) return null;
    // The user knows of a pause of their own; `writing` is none.
    return row.pause_reason === 'user' || row.pause_reason === 'writing' ? null : 'paused';
  }
  if (row.checking === 1) return null;
  return row.cancelled === 1 ? 'silent' : 'sent';
}

/**
 * Looks whether campaigns have nothing left to hand over, or stand still and need somebody, and remembers in the store that this was told:
 * once for each end, also when the program is killed in between. A pause is told again when the campaign has moved since.
 */
export function createEnds(deps: {
  readonly queries: WatchQueries;
  readonly transaction: <T>(work: () => T) => T;
  readonly tell: (end: Omit<SendingEnd, 'space'>) => void;
}) {
  const { queries } = deps;
  return {
    /** Campaigns that may have ended while nobody looked. */
    untold: () => queries.untold(),
    /** Tells what there is to tell of these campaigns; `now` in ms. */
    look(campaigns: Iterable<number>, now: number): void {
      for (const id of campaigns) {
        const row = queries.stand(id);
        const kind = row && newsOf(row);
        if (!row || kind === null) continue;
        const counts = queries.endCounts(id);
        const nobody = counts.sent + counts.failed + counts.uncertain === 0;
        // A few messages that all went well are seen where they were written.
        const small = row.urgent === 1 && kind === 'sent' && counts.failed + counts.uncertain === 0;
        if (!deps.transaction(() => queries.told(id, now))) continue;
        if (kind === 'silent' || nobody || small) continue;
        deps.tell({ campaignId: id, name: row.name, kind, ...counts });
      }
    },
  };
}
