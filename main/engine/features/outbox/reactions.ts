import type { PauseReason } from '#shared/ipc/campaign-view.ts';
import type { Answered, PumpDeps } from './pump-deps.ts';
import type { Findings } from './settle.ts';
import { boundedWait, type Wait } from './waits.ts';

/** Wait (ms) before a gateway that was busy before anything was sent is asked again. */
const BUSY_WAIT_MS = 5_000;
/** Refusals in a row after which sending stops and asks. */
const REFUSALS_IN_A_ROW = 20;
/** Requests without an answer, one after the other, after which sending waits for the network. */
const UNANSWERED_IN_A_ROW = 3;

/**
 * What the answers of one account's gateway mean for its other messages: waiting, pausing, going slowly. `putBack` lets go of what was
 * claimed and is not on its way yet.
 */
export function createReactions(
  deps: Pick<PumpDeps, 'account' | 'queries' | 'timings' | 'sending' | 'touched' | 'pause'>,
  { wait, putBack }: { readonly wait: Wait; readonly putBack: () => void },
) {
  const { account, queries, timings, sending, touched } = deps;
  let refusalsInARow = 0;
  let unansweredInARow = 0;
  let backoffStep = 0;

  function waitBefore(ms: number): void {
    putBack();
    wait.atLeast(ms);
  }

  function pauseAll(reason: PauseReason, order: number): void {
    putBack();
    for (const id of queries.openCampaigns(account)) deps.pause(id, reason, order);
  }

  /** Whoever looks at a campaign of the account is told: it may wait although nothing of it was claimed. */
  function setNetworkGone(gone: boolean): void {
    if (sending.networkGone(account) === gone) return;
    sending.setNetworkGone(account, gone);
    for (const id of queries.openCampaigns(account)) touched(id);
  }

  function networkGone(): void {
    if (wait.isOn) return;
    const { networkBackoff } = timings;
    const ms = networkBackoff[Math.min(backoffStep++, networkBackoff.length - 1)] ?? 0;
    setNetworkGone(true);
    waitBefore(ms);
  }

  /** One lost answer is bad luck; several in a row mean that each further message would only become uncertain too. */
  function noAnswer(): void {
    unansweredInARow++;
    if (unansweredInARow >= UNANSWERED_IN_A_ROW) networkGone();
  }

  function networkIsBack(): void {
    backoffStep = 0;
    unansweredInARow = 0;
    setNetworkGone(false);
  }

  /** Nothing could be sent, and why; `order` is when that was tried, monotonic ms. */
  function notSent(code: string, order: number): void {
    if (code === 'VAULT_UNAVAILABLE' || code === 'VAULT_LOCKED') return pauseAll('vault', order);
    if (code === 'GATEWAY_UNREACHABLE' || code === 'PRACTICE_NOT_RUNNING') return networkGone();
    // No password, a wrong address, no consent: only the account's form can help.
    pauseAll('credentials', order);
  }

  return {
    notSent,
    /** Whether the last request had no answer: then one at a time, so that a dead gateway takes few messages with it. */
    get isUnanswered() {
      return unansweredInARow > 0;
    },
    /** Acts on an answer that was committed. */
    to({ batch, outcome }: Answered, found: Findings): void {
      if (outcome.kind === 'not-sent') {
        const { code, facts } = outcome.error;
        if (code !== 'GATEWAY_BUSY') return notSent(code, batch.order);
        return waitBefore(
          boundedWait(facts?.retryAfter === undefined ? BUSY_WAIT_MS : facts.retryAfter * 1_000),
        );
      }
      if (outcome.kind === 'unknown') return noAnswer();
      networkIsBack();
      if (found.noCredits) pauseAll('credits', batch.order);
      if (outcome.kind === 'refused') {
        if (outcome.error.code === 'GATEWAY_AUTH') return pauseAll('credentials', batch.order);
        if (outcome.retryAfterMs !== null) return waitBefore(boundedWait(outcome.retryAfterMs));
        if (found.answered === 0) return pauseAll('refusals', batch.order);
      }
      if (found.taken > 0) refusalsInARow = 0;
      else refusalsInARow += found.refused;
      if (refusalsInARow >= REFUSALS_IN_A_ROW) {
        refusalsInARow = 0;
        deps.pause(batch.campaignId, 'refusals', batch.order);
      }
    },
  };
}
