import { appError, type AppError } from '#shared/errors.ts';
import type { DoNotMessageEntry, DoNotMessageReason } from '#shared/ipc/do-not-message.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { PeopleChanges } from './changes.ts';
import { doNotMessageQueries, NEWEST, type EntryPlace, type EntryRow } from './do-not-message-queries.ts';
import { chunksOf } from './for-sending.ts';
import type { Page } from './listing.ts';
import { searchWords } from './search-queries.ts';
import { readText } from './written.ts';

/** The do-not-message list of one space. */
export type DoNotMessage = ReturnType<typeof createDoNotMessage>;

/** Rejected pieces that are told one by one. */
const MOST_REJECTED = 200;

/** One per space. Nothing but {@link createDoNotMessage.remove} shortens the list: numbers stay when their contact goes. */
export function createDoNotMessage(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly changes: PeopleChanges;
}) {
  const { store, clock, changes } = deps;
  const queries = doNotMessageQueries(store.db);
  let additions = 0;
  /** What was added last, as long as it can be taken back. */
  let last: { readonly addition: number; readonly at: number; readonly msisdns: readonly string[] } | null =
    null;

  return {
    /** Those of the numbers (E.164 digits without plus) that must not be written to. Quick for 100,000. */
    among(msisdns: readonly string[]): Set<string> {
      const listed = new Set<string>();
      for (const chunk of chunksOf(msisdns)) {
        for (const { msisdn } of queries.among(chunk)) listed.add(msisdn);
      }
      return listed;
    },

    /** Newest first, with the names of the contacts that have the numbers; `total` is how many a search finds. */
    list(
      search: string | undefined,
      cursor: string | undefined,
      limit: number,
    ): Result<Page<DoNotMessageEntry> & { total: number }, AppError> {
      const after = cursor === undefined ? NEWEST : placeOf(cursor);
      if (!after) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const words = searchWords(search ?? '');
      const rows = queries.page(words, after, limit + 1);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return ok({
        rows: rows.slice(0, limit).map(view),
        ...(last ? { next: `${last.added_at}:${last.msisdn}` } : {}),
        total: queries.count(words),
      });
    },

    /**
     * Reads numbers as Compose does and adds them. Numbers that were typed before keep their reason and note; those that an import
     * brought become the user's own with the reason and note that were typed, and stay when the import is taken back. `atGateway`:
     * messages to them that were handed over for a later time, which no list here can stop. `addition`: for {@link DoNotMessage.undoAdd}.
     */
    add(written: { readonly numbers: string; readonly reason: DoNotMessageReason; readonly note: string }) {
      const { accepted, rejected } = parseRecipients(written.numbers);
      const note = readText(written.note);
      const now = clock.now();
      const { msisdns, claimed, atGateway } = store.transaction(() => {
        const count = { msisdns: [] as string[], claimed: 0, atGateway: 0 };
        for (const chunk of chunksOf(accepted.map(({ msisdn }) => msisdn))) {
          count.claimed += queries.claim(chunk, written.reason, note);
          for (const { msisdn } of queries.add(chunk, written.reason, note, now)) count.msisdns.push(msisdn);
          count.atGateway += queries.atGateway(chunk, now);
        }
        return count;
      });
      const added = msisdns.length;
      if (added + claimed > 0) changes.changed();
      // What was written twice stays when the first time is taken back.
      last = added > 0 ? { addition: ++additions, at: now, msisdns } : null;
      return {
        added,
        ...(last && { addition: last.addition }),
        known: accepted.length - added,
        rejectedCount: rejected.length,
        rejected: rejected.slice(0, MOST_REJECTED).map(({ input, reason }) => ({ input, reason })),
        atGateway,
      };
    },

    /**
     * Takes the last adding back: the numbers that it added and that are still as it left them. `NOT_FOUND`: something was added since, by
     * hand or by an import, or the program was restarted.
     */
    undoAdd(addition: number): Result<{ removed: number }, AppError> {
      const undone = last;
      if (undone?.addition !== addition) return err(appError('NOT_FOUND'));
      const removed = store.transaction(() => {
        let count = 0;
        for (const chunk of chunksOf(undone.msisdns)) count += queries.takeBack(chunk, undone.at);
        return count;
      });
      last = null;
      changes.changed();
      return ok({ removed });
    },

    /** Numbers came in from elsewhere, maybe the same: what was added last stays. */
    keepAdded(): void {
      last = null;
    },

    /**
     * Numbers that an import put there and that its undo frees: neither allowed again since, nor made the user's own. `atGateway`: as for
     * {@link DoNotMessage.add}.
     */
    ofImport: (id: number) => ({
      numbers: queries.ofImport(id),
      atGateway: queries.atGatewayOfImport(id, clock.now()),
    }),

    /** Allows a number again; gives the entry, so that it can be added again. */
    remove(msisdn: string): Result<DoNotMessageEntry, AppError> {
      const row = queries.get(msisdn);
      if (!row) return err(appError('NOT_FOUND'));
      queries.remove(msisdn);
      changes.changed();
      return ok(view(row));
    },
  };
}

const view = (row: EntryRow): DoNotMessageEntry => ({
  msisdn: row.msisdn,
  name: row.name,
  reason: row.reason,
  note: row.note,
  addedAt: row.added_at,
});

function placeOf(cursor: string): EntryPlace | null {
  const found = /^(\d{1,16}):(\d{1,20})$/u.exec(cursor);
  return found ? { added_at: Number(found[1]), msisdn: found[2] ?? '' } : null;
}
