import type { Timer } from '../../clock.ts';
import { campaignsOf, type Answered, type PumpDeps } from './pump-deps.ts';
import type { Findings } from './settle.ts';

/** Answers that are committed together at most. */
const FLUSH_AT = 64;

/** Answers on their way into a transaction. */
export type JoinedAnswers = { readonly write: () => void; readonly done: () => void };

/**
 * The answers of one account that are not committed yet: several go into one commit. `react` is told of each one that was, `stuck` when
 * the store could not be written (the answers stay and are tried again at the next {@link flush}).
 */
export function createCommits(
  deps: Pick<
    PumpDeps,
    'account' | 'store' | 'settler' | 'sending' | 'clock' | 'timings' | 'touched' | 'onSettled'
  >,
  more: {
    readonly react: (answered: Answered, found: Findings) => void;
    readonly stuck: (event: string, error: unknown) => void;
    readonly isStuck: () => boolean;
  },
) {
  const { account, store, settler, sending, clock, timings, touched } = deps;
  let answers: Answered[] = [];
  let timer: Timer | null = null;

  /**
   * Lets the answers go into one transaction with what somebody else writes: `write` inside it, `done` after its commit (nothing is done
   * where nothing was written). `null` while there are none.
   */
  function join(forced = false): JoinedAnswers | null {
    const settled = answers;
    if (settled.length === 0 || (more.isStuck() && !forced)) return null;
    let findings: Findings[] | null = null;
    return {
      write() {
        findings = settler.settle(account, settled);
      },
      done() {
        if (findings === null) return;
        timer?.cancel();
        timer = null;
        answers = [];
        tell(settled, findings);
      },
    };
  }

  /** The answers are committed: whoever has to do with them is told. */
  function tell(settled: readonly Answered[], findings: readonly Findings[]): void {
    try {
      settled.forEach((answered, index) => {
        const found = findings[index];
        if (found && found.answered > 0) sending.answered(answered.batch.campaignId, found.answered);
        if (found) more.react(answered, found);
      });
    } catch (error) {
      more.stuck('reaction-failed', error);
    }
    for (const campaignId of campaignsOf(settled.map(({ batch }) => batch))) touched(campaignId);
    deps.onSettled(account);
  }

  /** Commits what waits; `forced`: also while the store could not be written a moment ago. */
  function flush({ forced = false } = {}): void {
    timer?.cancel();
    timer = null;
    const joined = join(forced);
    if (!joined) return;
    try {
      store.transaction(() => joined.write());
    } catch (error) {
      return more.stuck('answers-not-stored', error);
    }
    joined.done();
  }

  return {
    /** Answers that are not committed. */
    get waiting() {
      return answers.length;
    },
    /** Takes an answer in (`null`: there was none); `last`: no request is under way any more, so nothing else will come. */
    add(answered: Answered | null, last: boolean): void {
      if (answered) answers.push(answered);
      // What was not answered, or refused as a whole, may stop the others: that is not put off.
      const isTrouble = answered !== null && answered.outcome.kind !== 'answered';
      if (answers.length >= FLUSH_AT || last || isTrouble) flush();
      else timer ??= clock.after(timings.flush, () => flush());
    },
    flush,
    join: () => join(),
  };
}
