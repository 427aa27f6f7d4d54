import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A series as stored. Times are ms since the epoch; `request`, `recurrence` and `trouble` are JSON. */
export type SeriesRow = {
  readonly id: number;
  readonly token: string;
  readonly account_id: string;
  readonly name: string;
  readonly request: string;
  readonly recurrence: string;
  readonly expected: number;
  readonly state: 'active' | 'waiting' | 'ended';
  readonly trouble: string | null;
  /** The first occurrence that was not dealt with yet. It only grows, whatever the clock does. */
  readonly next_at: number | null;
  /** Occurrences that were sent. */
  readonly occurrences: number;
  readonly created_at: number;
};

/** A series to be begun; see {@link SeriesRow}. */
type NewSeries = {
  readonly token: string;
  readonly accountId: string;
  readonly name: string;
  readonly request: string;
  readonly recurrence: string;
  readonly expected: number;
  readonly nextAt: number;
  readonly now: number;
};

/** What of a series changes. */
export type SeriesChange = {
  readonly state: SeriesRow['state'];
  readonly trouble: string | null;
  readonly nextAt: number | null;
  readonly expected: number;
  readonly occurrences: number;
};

const COLUMNS =
  'id, token, account_id, name, request, recurrence, expected, state, trouble, next_at, occurrences, created_at';

/** All SQL of sendings that are repeated. */
export function seriesQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare(`
    INSERT INTO series (token, account_id, name, request, recurrence, expected, state, next_at, created_at, changed_at)
    VALUES (:token, :accountId, :name, :request, :recurrence, :expected, 'active', :nextAt, :now, :now)`);
  const byToken = db.prepare(`SELECT ${COLUMNS} FROM series WHERE token = ?`);
  const byId = db.prepare(`SELECT ${COLUMNS} FROM series WHERE id = ?`);
  const all = db.prepare(`SELECT ${COLUMNS} FROM series ORDER BY id DESC`);
  const going = db.prepare(`SELECT ${COLUMNS} FROM series WHERE state <> 'ended' ORDER BY id`);
  const next = db.prepare(
    `SELECT ${COLUMNS} FROM series WHERE state = 'active' AND next_at IS NOT NULL ORDER BY next_at LIMIT 1`,
  );
  const change = db.prepare(`
    UPDATE series SET state = :state, trouble = :trouble, next_at = :nextAt, expected = :expected, occurrences = :occurrences,
      changed_at = :now
    WHERE id = :id`);
  const lastCampaign = db.prepare(
    "SELECT MAX(id) AS id FROM campaigns WHERE series_id = ? AND pause_reason IS NOT 'writing'",
  );

  return {
    insert: (row: NewSeries) => Number(insert.run(row).lastInsertRowid),
    byToken: (token: string) => (byToken.get(token) as SeriesRow | undefined) ?? null,
    byId: (id: number) => (byId.get(id) as SeriesRow | undefined) ?? null,
    /** Newest first. */
    all: () => all.all() as SeriesRow[],
    /** Those that have not ended. */
    going: () => going.all() as SeriesRow[],
    /** The active one whose turn comes first. */
    next: () => (next.get() as SeriesRow | undefined) ?? null,
    change: (id: number, to: SeriesChange, now: number) => void change.run({ ...to, id, now }),
    lastCampaign: (id: number) => (lastCampaign.get(id) as { id: number | null }).id,
  };
}
