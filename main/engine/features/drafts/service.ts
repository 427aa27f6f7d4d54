import * as v from 'valibot';
import { appError, type AppError } from '#shared/errors.ts';
import type { DraftId } from '#shared/ids.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { DraftView, type DraftContent } from '#shared/ipc/drafts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { contentOf, isEmpty, outlineOf, readContent } from './content.ts';
import { draftQueries, type DraftPlace, type DraftRow, type StoredDraft } from './queries.ts';

/** What is being written in one space. */
export type Drafts = ReturnType<typeof createDrafts>;

const TOP: DraftPlace = { changedAt: Number.MAX_SAFE_INTEGER, id: '' };
/** Removed drafts that can be restored, the newest ones; each may hold megabytes. */
const RESTORABLE = 20;

/** One per space. */
export function createDrafts(deps: { readonly store: Store; readonly clock: Clock }) {
  const { store, clock } = deps;
  const queries = draftQueries(store.db);
  const listeners = new Set<() => void>();
  /** Last revisions of drafts that are gone, so that an overtaken save does not bring one back. */
  const goneAt = new Map<DraftId, number>();
  const removed = new Map<DraftId, StoredDraft>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  function drop(id: DraftId, revision: number): void {
    store.transaction(() => queries.remove(id));
    goneAt.set(id, revision);
    changed();
  }

  function write(id: DraftId, content: DraftContent, revision: number, now: number): void {
    const { sendAt, ...outline } = outlineOf(content);
    queries.write({
      ...outline,
      id,
      content: JSON.stringify(content),
      send_at: sendAt,
      revision,
      created_at: now,
      changed_at: now,
    });
  }

  return {
    /**
     * Writes a draft whole, in a commit of its own; an empty one is removed. A save whose `revision` is not above the last one's was
     * overtaken and changes nothing. Gives when the draft changed last; `null`: there is none. `sent`: see {@link Drafts.takeSent}.
     */
    save(id: DraftId, content: DraftContent, revision: number): { changedAt: number | null; sent?: true } {
      if (queries.isSent(id)) return { changedAt: null, sent: true };
      const stored = queries.revision(id);
      if (revision <= Math.max(stored?.revision ?? -1, goneAt.get(id) ?? -1))
        return { changedAt: stored?.changed_at ?? null };
      if (isEmpty(content)) {
        if (stored) drop(id, revision);
        else goneAt.set(id, revision);
        return { changedAt: null };
      }
      const now = clock.now();
      store.transaction(() => write(id, content, revision, now));
      changed();
      return { changedAt: now };
    },

    get(
      id: DraftId,
    ): Result<{ id: DraftId; content: DraftContent; changedAt: number; revision: number }, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      const content = readContent(row.content, row.beginning);
      return ok({ id, content, changedAt: row.changed_at, revision: row.revision });
    },

    /** Last changed first; `cursor` is the `next` of the page before. A row that cannot be shown is passed over. */
    list(
      cursor: string | undefined,
      limit: number,
    ): Result<{ rows: DraftView[]; next?: string; total: number }, AppError> {
      const after = cursor === undefined ? TOP : placeOf(cursor);
      if (!after) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const rows = queries.page(after, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        rows: shown.flatMap((row) => view(row) ?? []),
        ...(rows.length > limit && last ? { next: `${last.changed_at}:${last.id}` } : {}),
        total: queries.total(),
      });
    },

    /** Removes a draft; it can be restored while the program runs. */
    remove(id: DraftId): Result<null, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      drop(id, row.revision);
      removed.set(id, row);
      for (const oldest of [...removed.keys()].slice(0, -RESTORABLE)) removed.delete(oldest);
      return ok(null);
    },

    /** Undoes a removal, unless the same draft was written again since. */
    restore(id: DraftId): Result<DraftView, AppError> {
      const row = removed.get(id);
      const shown = row ? view(row) : null;
      if (!row || !shown || queries.revision(id) || queries.isSent(id)) return err(appError('NOT_FOUND'));
      store.transaction(() => queries.write(row));
      removed.delete(id);
      goneAt.delete(id);
      changed();
      return ok(shown);
    },

    /**
     * Removes a draft because its message goes out, and keeps its id from ever being saved again. Belongs into the transaction that
     * queues the message; {@link Drafts.tell} belongs behind its commit.
     */
    takeSent(id: DraftId): void {
      queries.remove(id);
      queries.markSent(id);
    },

    /**
     * Keeps what was to be sent as a new draft, unless its id is in use. Belongs into the transaction that takes the message back;
     * {@link Drafts.tell} belongs behind its commit.
     */
    takeBack(id: DraftId, request: SendRequest): void {
      if (!queries.revision(id) && !queries.isSent(id)) write(id, contentOf(request), 0, clock.now());
    },

    /** The message of this draft went out, and its id takes nothing any more. */
    isSent: (id: DraftId) => queries.isSent(id),

    /** Says that there are others now. */
    tell: () => changed(),

    total: () => queries.total(),

    /** Calls `listener` after each change, until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function placeOf(cursor: string): DraftPlace | null {
  const [, changedAt, id] = /^(\d{1,16}):(.+)$/u.exec(cursor) ?? [];
  return changedAt && id ? { changedAt: Number(changedAt), id } : null;
}

function view(row: DraftRow): DraftView | null {
  const shown = v.safeParse(DraftView, {
    id: row.id,
    beginning: row.beginning,
    sources: row.sources,
    typed: row.typed,
    sendAt: row.send_at,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  });
  return shown.success ? shown.output : null;
}
