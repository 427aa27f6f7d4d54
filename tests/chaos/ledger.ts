import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MESSAGE_STATES, TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

/** A message as the store has it. */
export type LedgerRow = {
  readonly id: number;
  readonly msisdn: string;
  readonly text: string;
  readonly state: MessageState;
  readonly reason: string | null;
};

/** What stands in a store: the campaigns that are written to their end, and their messages. */
export type Ledger = { readonly planned: number; readonly rows: readonly LedgerRow[] };

const STATES: readonly string[] = MESSAGE_STATES;
const TAKEN: readonly string[] = TAKEN_STATES;

/** Whether the gateway took it, as the store believes. */
export const isTaken = (state: MessageState): boolean => TAKEN.includes(state);

/**
 * Reads the store that a killed engine left behind, from a copy: reading the files themselves would fold the write-ahead log in
 * and take that work from the engine's next start. `null` while there is no store yet.
 */
export function readLedger(file: string, copyTo: string): Ledger | null {
  if (!existsSync(file)) return null;
  mkdirSync(copyTo, { recursive: true });
  const copy = path.join(copyTo, 'copy.sqlite');
  for (const suffix of ['', '-wal']) {
    rmSync(copy + suffix, { force: true });
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  }
  const db = new DatabaseSync(copy);
  try {
    if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'messages'").get()) return null;
    return rowsOf(db);
  } finally {
    db.close();
  }
}

/** Reads a store that is open. Campaigns whose messages are still being written do not count: nobody was told of them. */
export function rowsOf(db: DatabaseSyncInstance): Ledger {
  const planned = db
    .prepare("SELECT COALESCE(SUM(planned), 0) AS planned FROM campaigns WHERE pause_reason IS NOT 'writing'")
    .get();
  const rows = db
    .prepare(
      `SELECT m.id, m.msisdn, COALESCE(m.own_text, c.text) AS text, m.state, m.reason
       FROM messages m JOIN campaigns c ON c.id = m.campaign_id WHERE c.pause_reason IS NOT 'writing' ORDER BY m.id`,
    )
    .all() as LedgerRow[];
  return { planned: Number(planned?.['planned'] ?? 0), rows };
}

/** The equation of a ledger: each planned message is in one state. `accepted` is accepted and all that comes later. */
export type Equation = Readonly<
  Record<
    | 'planned'
    | 'leftOut'
    | 'cancelled'
    | 'held'
    | 'queued'
    | 'submitting'
    | 'uncertain'
    | 'refused'
    | 'accepted'
    | 'nowhere',
    number
  >
>;

/** Counts a ledger. `nowhere`: planned, and in none of the states there are; anything but 0 is a lost message. */
export function equationOf({ planned, rows }: Ledger): Equation {
  const count = (...states: MessageState[]) => rows.filter((row) => states.includes(row.state)).length;
  return {
    planned,
    leftOut: count('left-out'),
    cancelled: count('cancelled'),
    held: count('held'),
    queued: count('queued'),
    submitting: count('submitting'),
    uncertain: count('uncertain'),
    refused: count('refused'),
    accepted: count(...TAKEN_STATES),
    nowhere: planned - rows.filter(({ state }) => STATES.includes(state)).length,
  };
}

/** The equation as a line for reading. */
export function equationLine(equation: Equation): string {
  const { planned, leftOut, cancelled, held, queued, submitting, uncertain, refused, accepted } = equation;
  return (
    `${planned} planned = ${leftOut} left out + ${cancelled} cancelled + ${held} held + ${queued} queued + ` +
    `${submitting} submitting + ${uncertain} uncertain + ${refused} refused + ${accepted} accepted and later` +
    (equation.nowhere === 0 ? '' : `   BROKEN: ${equation.nowhere} are nowhere`)
  );
}
