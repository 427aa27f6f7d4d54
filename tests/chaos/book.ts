import type { PracticeGateway } from '../../main/practice/practice.ts';
import { judge, wentBack } from './judge.ts';
import { equationLine, equationOf, readLedger, type Ledger } from './ledger.ts';
import { hasLog, type Variant } from './variants.ts';

/** What a run came to. Everything from `duplicates` to `unreported` has to be 0, but for `refusedUnheard`. */
export type ChaosResult = {
  readonly seed: number;
  readonly protocol: string;
  readonly planned: number;
  readonly leftOut: number;
  readonly cancelled: number;
  /** Accepted, and whatever came after that. */
  readonly accepted: number;
  /** Of those, with a final report. */
  readonly final: number;
  readonly refused: number;
  /** Left to the user because nobody can tell; and how many of those the gateway had taken. */
  readonly uncertain: number;
  readonly uncertainTaken: number;
  readonly duplicates: number;
  readonly lost: number;
  /** Count as accepted although the gateway turned them down: only ids of ours told of them, see {@link judge}. */
  readonly refusedUnheard: number;
  /** Taken by the gateway although the store says otherwise. */
  readonly unnoticed: number;
  /** Times that the equation did not hold after a kill. */
  readonly unequal: number;
  /** Rows that left a state which is for good. */
  readonly wentBack: number;
  /** Left to the user although the protocol could have told. */
  readonly needlesslyUncertain: number;
  /** Without a final report although the gateway's log has it. */
  readonly unreported: number;
  readonly kills: number;
  /** Bad answers that the gateway gave. */
  readonly faults: number;
  readonly seconds: number;
  /** What was wrong, the first of each kind. */
  readonly wrong: readonly string[];
};

/** Nothing lost, nothing twice, and the equation held all the time. */
export const isClean = (result: ChaosResult): boolean =>
  result.wrong.length === 0 &&
  result.duplicates +
    result.lost +
    result.unnoticed +
    result.unequal +
    result.wentBack +
    result.needlesslyUncertain +
    result.unreported ===
    0;

const NOT_SENT: readonly string[] = ['held', 'queued', 'submitting'];
const AWAITED: readonly string[] = ['accepted', 'at-operator'];
/** Of each kind of wrong so many are told. */
const TOLD = 5;

/** Keeps what a run finds in the store `file` after each kill, and draws the line under it. `copies`: a folder to read it from. */
export function openBook(file: string, copies: string, say: (line: string) => void) {
  const startedAt = performance.now();
  const wrong: string[] = [];
  let unequal = 0;
  let back = 0;
  let before: Ledger | null = null;

  return {
    /** Notes that something is wrong which no count shows. */
    note: (what: string) => void wrong.push(what),

    /** Reads the store, says the equation, and holds the rows against those of the last time. */
    look(what: string): void {
      const ledger = readLedger(file, copies);
      if (!ledger) return say(`${what}: no campaign yet`);
      const equation = equationOf(ledger);
      say(`${what}: ${equationLine(equation)}`);
      if (equation.nowhere !== 0) {
        unequal++;
        wrong.push(`${what}: ${equationLine(equation)}`);
      }
      const gone = before === null ? [] : wentBack(before, ledger);
      back += gone.length;
      wrong.push(...gone.slice(0, TOLD).map((row) => `went back at ${what}: ${row}`));
      before = ledger;
    },

    /** Holds what was seen last against the gateway's journal. */
    close(
      of: { readonly seed: number; readonly protocol: string; readonly kills: number },
      variant: Pick<Variant, 'decides' | 'protocol'>,
      gateway: Pick<PracticeGateway, 'journal' | 'stats'>,
    ): ChaosResult {
      const ledger = before ?? { planned: 0, rows: [] };
      const verdict = judge(ledger, gateway.journal());
      const { planned, leftOut, cancelled, refused, accepted } = equationOf(ledger);
      const open = ledger.rows.filter(({ state }) => NOT_SENT.includes(state)).map(({ msisdn }) => msisdn);
      const unheard = verdict.refusedUnheard;
      const lost = [...verdict.lost, ...open, ...(hasLog(variant) ? unheard : [])];
      const awaiting = ledger.rows.filter(({ state }) => AWAITED.includes(state)).map(({ msisdn }) => msisdn);
      const unreported = hasLog(variant) ? awaiting : [];
      const needless = variant.decides === 'nobody' ? [] : verdict.uncertain.map(({ msisdn }) => msisdn);
      const { duplicates, unnoticed } = verdict;
      const kinds = {
        duplicate: duplicates,
        lost,
        unnoticed,
        'needlessly uncertain': needless,
        'its report is still in the log': unreported,
      };
      for (const [name, rows] of Object.entries(kinds)) {
        wrong.push(...rows.slice(0, TOLD).map((row) => `${name}: ${row}`));
      }
      return {
        ...of,
        planned,
        leftOut,
        cancelled,
        accepted,
        final: accepted - awaiting.length,
        refused,
        uncertain: verdict.uncertain.length,
        uncertainTaken: verdict.uncertainTaken,
        duplicates: duplicates.length,
        lost: lost.length,
        refusedUnheard: unheard.length,
        unnoticed: unnoticed.length,
        unequal,
        wentBack: back,
        needlesslyUncertain: needless.length,
        unreported: unreported.length,
        faults: gateway.stats().faults,
        seconds: Math.round((performance.now() - startedAt) / 1000),
        wrong,
      };
    },
  };
}
