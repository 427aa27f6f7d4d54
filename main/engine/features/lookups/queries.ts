import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Lookup } from '#shared/ipc/lookups.ts';

/** A lookup with its counters. */
export type LookupTableRow = {
  readonly id: number;
  readonly account_id: string;
  readonly mode: Lookup['mode'];
  readonly created_at: number;
  readonly state: Lookup['state'];
  readonly problem: string | null;
  readonly total: number;
  readonly answered: number;
  readonly failed: number;
};

/** A number that is to be asked about. */
export type OpenNumber = { readonly position: number; readonly msisdn: string };

/** A number of a lookup as it is shown. */
export type NumberRow = {
  readonly position: number;
  readonly msisdn: string;
  readonly facts: string | null;
  readonly problem: string | null;
  readonly at: number | null;
};

/** Where the answer to a number belongs. */
export type RowKey = { readonly lookup_id: number; readonly position: number; readonly msisdn: string };

/** All SQL of number lookups. Lists are paged by key, never by offset. */
export function lookupQueries(db: DatabaseSyncInstance) {
  const insert = db.prepare(
    "INSERT INTO lookups (account_id, mode, created_at, state, total) VALUES (?, ?, ?, 'running', ?)",
  );
  const insertRow = db.prepare('INSERT INTO lookup_rows (lookup_id, position, msisdn) VALUES (?, ?, ?)');
  const get = db.prepare('SELECT * FROM lookups WHERE id = ?');
  const page = db.prepare('SELECT * FROM lookups WHERE id < ? ORDER BY id DESC LIMIT ?');
  const state = db.prepare('UPDATE lookups SET state = ?, problem = ? WHERE id = ?');
  const interrupted = db.prepare(
    "UPDATE lookups SET state = 'stopped', problem = 'interrupted' WHERE state = 'running'",
  );
  const count = db.prepare('UPDATE lookups SET answered = answered + ?, failed = failed + ? WHERE id = ?');
  const open = db.prepare(`
    SELECT position, msisdn FROM lookup_rows
    WHERE lookup_id = ? AND position > ? AND facts IS NULL AND problem IS NULL AND gateway_id IS NULL
    ORDER BY position LIMIT ?`);
  const asked = db.prepare('UPDATE lookup_rows SET asked_at = ? WHERE lookup_id = ? AND position = ?');
  const awaited = db.prepare('UPDATE lookup_rows SET gateway_id = ? WHERE lookup_id = ? AND position = ?');
  const answer = db.prepare(
    'UPDATE lookup_rows SET facts = ?, at = ? WHERE lookup_id = ? AND position = ? AND facts IS NULL',
  );
  const forgive = db.prepare(
    'UPDATE lookup_rows SET problem = NULL WHERE lookup_id = ? AND position = ? AND problem IS NOT NULL',
  );
  const fail = db.prepare(
    'UPDATE lookup_rows SET problem = ?, at = ? WHERE lookup_id = ? AND position = ? AND facts IS NULL',
  );
  const clearProblems = db.prepare(
    'UPDATE lookup_rows SET problem = NULL, at = NULL, gateway_id = NULL WHERE lookup_id = ? AND facts IS NULL AND problem IS NOT NULL',
  );
  const clearFailed = db.prepare('UPDATE lookups SET failed = 0 WHERE id = ?');
  const askAgain = db.prepare(
    'UPDATE lookup_rows SET gateway_id = NULL WHERE lookup_id = ? AND facts IS NULL',
  );
  const byGatewayId = db.prepare(`
    SELECT r.lookup_id, r.position, r.msisdn FROM lookup_rows r JOIN lookups l ON l.id = r.lookup_id
    WHERE r.gateway_id = ? AND r.facts IS NULL AND l.account_id = ?`);
  const byNumber = db.prepare(`
    SELECT r.lookup_id, r.position, r.msisdn FROM lookup_rows r JOIN lookups l ON l.id = r.lookup_id
    WHERE r.msisdn = ? AND r.facts IS NULL AND r.asked_at IS NOT NULL AND l.account_id = ? AND l.mode = 'async'
    ORDER BY r.lookup_id LIMIT 1`);
  const rows = db.prepare(`
    SELECT position, msisdn, facts, problem, at FROM lookup_rows
    WHERE lookup_id = ? AND position > ? ORDER BY position LIMIT ?`);
  const remember = db.prepare(`
    INSERT INTO numbers (msisdn, facts, at) VALUES (?, ?, ?)
    ON CONFLICT (msisdn) DO UPDATE SET facts = excluded.facts, at = excluded.at WHERE excluded.at >= numbers.at`);
  const known = db.prepare('SELECT msisdn, facts, at FROM numbers WHERE msisdn > ? ORDER BY msisdn LIMIT ?');
  const networks = db.prepare(`
    SELECT n.msisdn, json_extract(n.facts, '$.mccmnc') AS mccmnc, n.at FROM json_each(?) j CROSS JOIN numbers n ON n.msisdn = j.value
    WHERE json_extract(n.facts, '$.mccmnc') IS NOT NULL`);
  const knownLike = db.prepare(
    'SELECT msisdn, facts, at FROM numbers WHERE msisdn > ? AND msisdn LIKE ? ORDER BY msisdn LIMIT ?',
  );
  const journal = db.prepare(
    "INSERT INTO journal (account_id, source, body, received_at) VALUES (?, 'lookup', ?, ?)",
  );
  const parsed = db.prepare('UPDATE journal SET parsed_at = ?, problem = NULL WHERE id = ?');
  const problem = db.prepare('UPDATE journal SET parsed_at = NULL, problem = ? WHERE id = ?');
  const unparsed = db.prepare(`
    SELECT id, account_id, body, received_at FROM journal
    WHERE parsed_at IS NULL AND problem IS NULL AND source = 'lookup' ORDER BY id`);

  return {
    /** Files a lookup that begins now; gives its id. */
    insert(account: string, mode: Lookup['mode'], at: number, numbers: readonly string[]): number {
      const id = Number(insert.run(account, mode, at, numbers.length).lastInsertRowid);
      for (const [position, msisdn] of numbers.entries()) insertRow.run(id, position, msisdn);
      return id;
    },
    /** Networks (`mccmnc`) that answers named for these numbers, and when (ms). */
    networks: (msisdns: readonly string[]) =>
      networks.all(JSON.stringify(msisdns)) as { msisdn: string; mccmnc: string; at: number }[],
    get: (id: number) => (get.get(id) as LookupTableRow | undefined) ?? null,
    /** Older than `before`, newest first. */
    page: (before: number, limit: number) => page.all(before, limit) as LookupTableRow[],
    setState: (id: number, to: Lookup['state'], why: string | null) => void state.run(to, why, id),
    /** Marks what an earlier run left running. */
    interrupted: () => void interrupted.run(),
    /** Numbers after a position that were not asked about, or got no answer. */
    open: (id: number, after: number, limit: number) => open.all(id, after, limit) as OpenNumber[],
    asked: (id: number, position: number, at: number) => void asked.run(at, id, position),
    /** Notes that the answer to a number is to be pushed. */
    awaited: (id: number, position: number, gatewayId: string) => void awaited.run(gatewayId, id, position),
    /** Files an answer; later ones to the same number change nothing. */
    answer(key: RowKey, facts: string, at: number): void {
      if (Number(answer.run(facts, at, key.lookup_id, key.position).changes) === 0) return;
      const forgiven = Number(forgive.run(key.lookup_id, key.position).changes);
      count.run(1, -forgiven, key.lookup_id);
      remember.run(key.msisdn, facts, at);
    },
    /** Files why there is no answer. */
    fail(id: number, position: number, why: string, at: number): void {
      if (Number(fail.run(why, at, id, position).changes) === 1) count.run(0, 1, id);
    },
    /** Gives numbers without an answer another turn: failed ones, and with `awaited` those whose answer never came. */
    openAgain(id: number, also: 'failed' | 'awaited'): void {
      clearProblems.run(id);
      clearFailed.run(id);
      if (also === 'awaited') askAgain.run(id);
    },
    /** The number that a pushed answer is about, by the gateway's id or else by the number itself. */
    find: (account: string, gatewayId: string | null, msisdn: string) =>
      ((gatewayId === null ? undefined : byGatewayId.get(gatewayId, account)) ??
        byNumber.get(msisdn, account) ??
        null) as RowKey | null,
    rows: (id: number, after: number, limit: number) => rows.all(id, after, limit) as NumberRow[],
    /** Numbers that were ever looked up, by number. `digits` may be empty. */
    known: (after: string, digits: string, limit: number) =>
      (digits === '' ? known.all(after, limit) : knownLike.all(after, `%${digits}%`, limit)) as {
        msisdn: string;
        facts: string;
        at: number;
      }[],
    /** Stores a pushed body as it came; gives its id. */
    journal: (account: string, body: string, receivedAt: number) =>
      Number(journal.run(account, body, receivedAt).lastInsertRowid),
    parsed: (id: number, at: number) => void parsed.run(at, id),
    problem: (id: number, what: string) => void problem.run(what, id),
    /** Bodies that were stored but not read when the program ended. */
    unparsed: () => unparsed.all() as { id: number; account_id: string; body: string; received_at: number }[],
  };
}

/** {@link lookupQueries}, prepared. */
export type LookupQueries = ReturnType<typeof lookupQueries>;
