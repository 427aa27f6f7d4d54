import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A draft as it stands in the list. Times are ms since the epoch. */
export type DraftRow = {
  readonly id: string;
  readonly beginning: string;
  readonly sources: number;
  readonly typed: number;
  readonly send_at: number | null;
  readonly created_at: number;
  readonly changed_at: number;
};

/** A draft with everything; `content` is JSON. */
export type StoredDraft = DraftRow & { readonly content: string; readonly revision: number };

/** A place in the list, newest first. */
export type DraftPlace = { readonly changedAt: number; readonly id: string };

const LISTED = 'id, beginning, sources, typed, send_at, created_at, changed_at';

/** All SQL of drafts. */
export function draftQueries(db: DatabaseSyncInstance) {
  const write = db.prepare(`
    INSERT INTO drafts (id, content, beginning, sources, typed, send_at, revision, created_at, changed_at)
    VALUES (:id, :content, :beginning, :sources, :typed, :send_at, :revision, :created_at, :changed_at)
    ON CONFLICT (id) DO UPDATE SET content = excluded.content, beginning = excluded.beginning,
      sources = excluded.sources, typed = excluded.typed, send_at = excluded.send_at, revision = excluded.revision,
      changed_at = excluded.changed_at`);
  const byId = db.prepare(`SELECT ${LISTED}, content, revision FROM drafts WHERE id = ?`);
  const revision = db.prepare('SELECT revision, changed_at FROM drafts WHERE id = ?');
  const remove = db.prepare('DELETE FROM drafts WHERE id = ?');
  const markSent = db.prepare('INSERT OR IGNORE INTO sent_drafts (id) VALUES (?)');
  const isSent = db.prepare('SELECT 1 FROM sent_drafts WHERE id = ?');
  const page = db.prepare(
    `SELECT ${LISTED} FROM drafts WHERE (changed_at, id) < (?, ?) ORDER BY changed_at DESC, id DESC LIMIT ?`,
  );
  const total = db.prepare('SELECT COUNT(*) AS count FROM drafts');

  return {
    write: (row: StoredDraft) => void write.run(row),
    byId: (id: string) => (byId.get(id) as StoredDraft | undefined) ?? null,
    /** Which save of a draft is stored, and since when. */
    revision: (id: string) =>
      (revision.get(id) as { revision: number; changed_at: number } | undefined) ?? null,
    remove: (id: string) => void remove.run(id),
    /** From now on no draft has this id. */
    markSent: (id: string) => void markSent.run(id),
    isSent: (id: string) => isSent.get(id) !== undefined,
    /** Last changed first, after a place. */
    page: (after: DraftPlace, limit: number) => page.all(after.changedAt, after.id, limit) as DraftRow[],
    total: () => (total.get() as { count: number }).count,
  };
}
