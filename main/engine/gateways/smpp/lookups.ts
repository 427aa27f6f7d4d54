import type { SmppOptions } from '#shared/accounts/options.ts';
import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { LookupAnswer, Lookups } from '../gateway.ts';
import { destinationOf } from './addresses.ts';
import type { SmppFacts } from './facts.ts';
import type { Link } from './link.ts';
import { contextOf, nothingKnown } from './number-context.ts';
import { receiptOf } from './receipt.ts';
import { submitOne } from './submit.ts';

/** `service_type` of a number context request (facts of the platform, "Number Context"). */
const NUMBER_QUERY = 'NQ';
/** Numbers of one question (facts of the platform, "REST"). */
const MOST_NUMBERS = 1_000;
/** Receipts that are remembered while it is not known yet which requests they answer. */
const MOST_EARLY = 1_000;
/** Status groups that are not the end: accepted and pending (API document, "Statuses groups"). */
const UNDECIDED: readonly (number | null)[] = [0, 1];

/** What {@link createLookups} stands on. */
export type LookupDeps = {
  readonly clock: Clock;
  readonly options: SmppOptions;
  /** Carries the requests. */
  readonly link: Link;
  /** Brings the receipts; the same link where one session does both. */
  readonly receiver: Link;
  /** How long a receipt is waited for, in ms. */
  readonly waitMs: number;
};

/** Number context requests, and the receipts that belong to them. */
export type SmppLookups = Lookups & {
  /** Gets each receipt; `true` when it answers a request, and nobody else needs it. */
  claim(facts: SmppFacts): boolean;
};

type Asked = { answer: LookupAnswer } | { error: AppError };

/**
 * Asks by `submit_sm` with the service type `NQ` and waits for the receipts, whose facts stand in parameters of the vendor. A number
 * whose receipt does not come in time is left out of the answer; when no number could be asked, the reason is the result.
 */
export function createLookups({ clock, options, link, receiver, waitMs }: LookupDeps): SmppLookups {
  const waiting = new Map<string, (facts: SmppFacts) => void>();
  /** Receipts that came before the response which tells their id. */
  const early = new Map<string, SmppFacts>();
  let unanswered = 0;

  async function ask(number: string, signal: AbortSignal | undefined): Promise<Asked | null> {
    const destination = destinationOf(number, options);
    if (destination === null) return { error: appError('INVALID_INPUT', { field: 'numbers' }) };
    unanswered += 1;
    const sent = await submitOne(
      link,
      {
        service_type: NUMBER_QUERY,
        dest_addr_ton: destination.ton,
        dest_addr_npi: destination.npi,
        destination_addr: destination.address,
        registered_delivery: 1,
      },
      signal,
    );
    unanswered -= 1;
    if (sent.kind === 'unknown') return { error: appError('GATEWAY_UNREACHABLE', { detail: sent.cause }) };
    if (sent.kind !== 'answered') return { error: sent.error };
    if (sent.status.groupId !== 0) {
      const { id, name } = sent.status;
      return { answer: { ...nothingKnown(number), statusId: id, statusName: name } };
    }
    const facts = sent.id === null ? null : await receipt(sent.id, signal);
    const context = facts === null ? null : contextOf(facts, options.contextTags ?? {});
    return context === null ? null : { answer: { ...context, msisdn: number, lookupId: sent.id } };
  }

  function receipt(id: string, signal: AbortSignal | undefined): Promise<SmppFacts | null> {
    const already = early.get(id);
    if (unanswered === 0) early.clear();
    if (already) return Promise.resolve(already);
    if (signal?.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const settle = (facts: SmppFacts | null): void => {
        timer.cancel();
        waiting.delete(id);
        signal?.removeEventListener('abort', giveUp);
        resolve(facts);
      };
      const giveUp = (): void => settle(null);
      const timer = clock.after(waitMs, giveUp);
      signal?.addEventListener('abort', giveUp);
      waiting.set(id, settle);
    });
  }

  return {
    async query(numbers, signal): Promise<Result<readonly LookupAnswer[], AppError>> {
      if (numbers.length > MOST_NUMBERS) {
        return err(appError('TOO_MANY_RECIPIENTS', { limit: MOST_NUMBERS, actual: numbers.length }));
      }
      const release = receiver.hold();
      try {
        const asked = await Promise.all(numbers.map((number) => ask(number, signal)));
        const answers = asked.flatMap((one) => (one !== null && 'answer' in one ? [one.answer] : []));
        const failed = asked.find((one) => one !== null && 'error' in one);
        return answers.length === 0 && failed !== undefined && failed !== null && 'error' in failed
          ? err(failed.error)
          : ok(answers);
      } finally {
        release();
      }
    },
    notify: null,
    claim(facts) {
      const { id, status } = receiptOf(facts);
      if (id === null) return false;
      const settle = waiting.get(id);
      if (settle === undefined) {
        if (unanswered > 0 && early.size < MOST_EARLY && !UNDECIDED.includes(status.groupId))
          early.set(id, facts);
        return false;
      }
      if (!UNDECIDED.includes(status.groupId)) settle(facts);
      return true;
    },
  };
}
