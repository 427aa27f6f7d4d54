import { fateOf } from '../../main/practice/core/magic.ts';
import type { JournalEntry } from '../../main/practice/practice.ts';
import { isTaken, type Ledger, type LedgerRow } from './ledger.ts';

/** What is wrong with a ledger, held against what the gateway itself took. All empty when nothing is. */
export type Verdict = {
  /** Messages that the gateway took more than once for one planned row. */
  readonly duplicates: readonly string[];
  /** Planned rows in no state, and rows that count as taken although the gateway never took them. */
  readonly lost: readonly string[];
  /** Messages that the gateway took although their row says that it did not. */
  readonly unnoticed: readonly string[];
  /**
   * Rows that count as taken, to numbers that this gateway turns down: the answer was lost that said so, and its refusal of the same id
   * proves only that the request arrived. A report would tell, and this gateway gives none for what it turned down.
   */
  readonly refusedUnheard: readonly string[];
  /** Rows left to the user. */
  readonly uncertain: readonly LedgerRow[];
  /** Of those, how many the gateway had taken. */
  readonly uncertainTaken: number;
};

const keyOf = (msisdn: string, text: string) => `${msisdn} ${text}`;

/**
 * Holds the store against the gateway's journal, number and text together. Nothing here asks our store what was sent: what the
 * gateway took is counted there, and compared with the rows that could stand for it.
 */
export function judge(
  { planned, rows }: Ledger,
  journal: readonly Pick<JournalEntry, 'to' | 'text'>[],
): Verdict {
  const taken = new Map<string, number>();
  for (const { to, text } of journal) {
    const key = keyOf(to.replace(/\D/gu, ''), text);
    taken.set(key, (taken.get(key) ?? 0) + 1);
  }
  const planning = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    if (row.state === 'left-out') continue;
    const key = keyOf(row.msisdn, row.text);
    const same = planning.get(key);
    if (same) same.push(row);
    else planning.set(key, [row]);
  }
  const duplicates: string[] = [];
  const lost: string[] = [];
  const unnoticed: string[] = [];
  const refusedUnheard: string[] = [];
  for (let nowhere = rows.length; nowhere < planned; nowhere++) lost.push('planned, and in no state');
  for (const [key, same] of planning) {
    const times = taken.get(key) ?? 0;
    // What a report or the log said to be rejected, the gateway may have turned down before it took it.
    const sent = same.filter(({ state }) => isTaken(state) && state !== 'rejected').length;
    const open = same.filter(({ state }) => ['uncertain', 'submitting', 'rejected'].includes(state)).length;
    for (let i = same.length; i < times; i++) duplicates.push(key);
    const turnedDown = fateOf(same[0]?.msisdn ?? '').kind === 'rejected';
    for (let i = times; i < sent; i++) (turnedDown ? refusedUnheard : lost).push(key);
    for (let i = sent + open; i < Math.min(times, same.length); i++) unnoticed.push(key);
  }
  for (const [key, times] of taken) {
    if (planning.has(key)) continue;
    for (let i = 0; i < times; i++) unnoticed.push(key);
  }
  const uncertain = rows.filter(({ state }) => state === 'uncertain');
  const uncertainTaken = uncertain.filter(({ msisdn, text }) => taken.has(keyOf(msisdn, text))).length;
  return { duplicates, lost, unnoticed, refusedUnheard, uncertain, uncertainTaken };
}

/** States that a row went to although it had left them for good: what was taken is never again to be sent. */
export function wentBack(before: Ledger, after: Ledger): string[] {
  const now = new Map(after.rows.map((row) => [row.id, row]));
  const AWAITING = ['accepted', 'at-operator', 'no-final-report'];
  return before.rows.flatMap((row) => {
    if (!isTaken(row.state)) return [];
    const state = now.get(row.id)?.state;
    const isBack =
      state === undefined || !isTaken(state) || (AWAITING.includes(state) && !AWAITING.includes(row.state));
    return isBack ? [`${row.msisdn}: ${row.state} → ${state ?? 'gone'}`] : [];
  });
}
