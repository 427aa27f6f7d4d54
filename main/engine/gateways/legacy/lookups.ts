import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LookupAnswer, Lookups } from '../gateway.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { withQuery } from '../parameters.ts';
import { readJson } from '../reading/read-json.ts';
import { legacyLookup, unknownFacts } from '../reading/read-legacy.ts';
import { lookupFailure, readTakenLookups } from './read-answers.ts';

/** Numbers asked about at the same time: each one is a request of its own. */
const AT_ONCE = 4;
/** Numbers in one asynchronous request, which is a GET: 100 keep its address below 2,000 characters. */
const NUMBERS_PER_REQUEST = 100;

/**
 * Number lookups of the legacy API (facts of the platform, "Number Context / HLR"): one number a call at once, or many whose
 * facts go to the account's own address later; the call has no parameter for that address. When a call fails after others
 * succeeded, the answers so far are given and the rest is missing, because each of them was paid.
 */
export function legacyLookups(exchange: HttpExchange): Lookups {
  async function one(to: string, signal?: AbortSignal): Promise<Result<LookupAnswer, AppError>> {
    const answer = await exchange.read(
      ({ userName, password }) =>
        ok({
          method: 'GET',
          path: withQuery('/api/hlr/sync', [
            ['user', userName],
            ['pass', password],
            ['destination', to],
            ['output', 'json'],
          ]),
        }),
      signal,
    );
    if (!answer.ok) return answer;
    const failure = lookupFailure(answer.value.body);
    if (failure?.code === 'GATEWAY_AUTH') return err(failure);
    if (failure !== null) return ok(unknownFacts(to, null, failure.facts?.detail ?? 'FAILED'));
    const json = readJson(answer.value.body);
    const facts = json.ok ? legacyLookup(json.value) : null;
    if (facts === null) return err(appError('GATEWAY_UNREADABLE', { detail: 'no facts about a number' }));
    return ok({ ...facts, msisdn: to });
  }

  async function some(
    numbers: readonly string[],
    signal?: AbortSignal,
  ): Promise<Result<readonly LookupAnswer[], AppError>> {
    const answer = await exchange.read(
      ({ userName, password }) =>
        ok({
          method: 'GET',
          path: withQuery('/api/hlr', [
            ['user', userName],
            ['pass', password],
            ['destinations', numbers.join(';')],
          ]),
        }),
      signal,
    );
    return answer.ok ? readTakenLookups(answer.value.body) : answer;
  }

  return {
    query: (numbers, signal) =>
      gather(
        numbers.map((number) => [number]),
        AT_ONCE,
        async ([number = '']) => {
          const answer = await one(number, signal);
          return answer.ok ? ok([answer.value]) : answer;
        },
      ),
    notify(numbers, _notifyUrl, signal) {
      const requests: string[][] = [];
      for (let at = 0; at < numbers.length; at += NUMBERS_PER_REQUEST) {
        requests.push(numbers.slice(at, at + NUMBERS_PER_REQUEST));
      }
      return gather(requests, 1, (request) => some(request, signal));
    },
  };
}

/** Runs requests a few at a time until one fails; its error counts when there is nothing else to give. */
async function gather(
  requests: readonly (readonly string[])[],
  atOnce: number,
  ask: (request: readonly string[]) => Promise<Result<readonly LookupAnswer[], AppError>>,
): Promise<Result<readonly LookupAnswer[], AppError>> {
  const answers: LookupAnswer[][] = requests.map(() => []);
  let next = 0;
  let failure: AppError | null = null;
  const work = async (): Promise<void> => {
    for (let at = next++; at < requests.length && failure === null; at = next++) {
      const answer = await ask(requests[at] ?? []);
      if (answer.ok) answers[at] = [...answer.value];
      else failure ??= answer.error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, requests.length) }, work));
  const given = answers.flat();
  return failure !== null && given.length === 0 ? err(failure) : ok(given);
}
