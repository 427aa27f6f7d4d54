import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { LookupAnswer, Lookups as LookupCalls } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import { answeredNumber, awaitsPush, factsJson } from './facts.ts';
import type { LookupQueries, LookupTableRow, OpenNumber } from './queries.ts';

/** Numbers in one request at most, so that progress is seen (the platform takes 1,000). */
const LARGEST_CHUNK = 100;
/** A request that took less than this may carry more numbers next time; one that took longer, fewer. Ms. */
const QUICK_MS = 1_000;
const SLOW_MS = 3_000;
/** Waits for a busy gateway before the user is asked, and how long when it does not say, in ms. */
const MOST_WAITS = 5;
const BUSY_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 120_000;

/** What a runner stands on. */
export type RunnerDeps = {
  readonly store: Store;
  readonly queries: LookupQueries;
  readonly accounts: AccountAccess;
  readonly clock: Clock;
  /** `count` numbers of a lookup were answered or failed just now. */
  readonly progressed: (id: number, count: number) => void;
};

/**
 * Asks about the open numbers of a lookup, a chunk at a time, until none is left. Some protocols ask for each number of a chunk
 * on its own, so chunks begin with one number and grow as long as answers come quickly.
 *
 * Fails with what the gateway said. A failed request is not repeated unless the gateway said that it took none (HTTP 429): after
 * anything else, a 5xx or 408 too, it may have been charged for, so that is the user's decision.
 *
 * @param notifyUrl where answers are pushed to; `null` waits for them
 */
export async function runLookup(
  deps: RunnerDeps,
  lookup: LookupTableRow,
  notifyUrl: string | null,
  signal: AbortSignal,
): Promise<Result<null, AppError>> {
  const { store, queries, accounts, clock } = deps;
  const gateway = await accounts.gatewayFor(lookup.account_id);
  if (!gateway.ok) return gateway;
  const calls = gateway.value.lookups;
  if (!calls || (notifyUrl !== null && !calls.notify)) return err(appError('NOT_SUPPORTED'));

  let chunk = 1;
  let after = -1;
  let waits = 0;
  while (!signal.aborted) {
    const numbers = queries.open(lookup.id, after, chunk);
    const last = numbers.at(-1);
    if (!last) return ok(null);
    // Written before asking: what cannot be stored must not be paid for.
    store.transaction(() => {
      for (const { position } of numbers) queries.asked(lookup.id, position, clock.now());
    });
    const startedAt = clock.monotonic();
    const answers = await ask(calls, numbers, notifyUrl, signal);
    if (!answers.ok) {
      if (signal.aborted) break;
      if (!tookNothing(answers.error) || ++waits > MOST_WAITS) return answers;
      const wanted = (answers.error.facts?.retryAfter ?? 0) * 1_000 || BUSY_WAIT_MS;
      await sleep(clock, Math.min(Math.max(wanted, 1_000), LONGEST_WAIT_MS), signal);
      continue;
    }
    waits = 0;
    const done = file(deps, lookup.id, numbers, answers.value, notifyUrl !== null);
    deps.progressed(lookup.id, done);
    after = last.position;
    const took = clock.monotonic() - startedAt;
    if (took < QUICK_MS) chunk = Math.min(chunk * 2, LARGEST_CHUNK);
    else if (took > SLOW_MS) chunk = Math.max(1, Math.floor(chunk / 2));
  }
  return ok(null);
}

const tookNothing = ({ code, facts }: AppError): boolean =>
  code === 'GATEWAY_BUSY' && facts?.httpStatus === 429;

function ask(
  calls: LookupCalls,
  numbers: readonly OpenNumber[],
  notifyUrl: string | null,
  signal: AbortSignal,
): Promise<Result<readonly LookupAnswer[], AppError>> {
  const asked = numbers.map(({ msisdn }) => msisdn);
  if (notifyUrl === null) return calls.query(asked, signal);
  return calls.notify?.(asked, notifyUrl, signal) ?? Promise.resolve(err(appError('NOT_SUPPORTED')));
}

/** Files the answers to one request in one transaction; gives how many numbers are done with. */
function file(
  deps: RunnerDeps,
  id: number,
  numbers: readonly OpenNumber[],
  answers: readonly LookupAnswer[],
  pushed: boolean,
): number {
  const { store, queries, clock } = deps;
  const byNumber = new Map(answers.map((answer) => [answeredNumber(answer), answer]));
  const at = clock.now();
  let done = 0;
  store.transaction(() => {
    for (const { position, msisdn } of numbers) {
      const answer = byNumber.get(msisdn);
      if (pushed && answer && awaitsPush(answer)) {
        queries.awaited(id, position, answer.lookupId ?? '');
        continue;
      }
      done++;
      if (answer) queries.answer({ lookup_id: id, position, msisdn }, factsJson(answer), at);
      else queries.fail(id, position, 'no-answer', at);
    }
  });
  return done;
}

function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
}
