import type { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { Clock } from '../../clock.ts';
import type { Exchange, SubmitOutcome } from '../../gateways/gateway.ts';
import type { Timings } from '../../timings.ts';
import type { RulesService } from '../rules/service.ts';
import { verdictsOf, type Verdict } from './answers.ts';
import type { TakenAnswer, TakenRow } from './answer-queries.ts';
import type { OutboxQueries } from './queries.ts';
import type { ClaimedRow } from './rows.ts';
import { retryDelay } from './temporary.ts';

/**
 * One request's worth of messages: one campaign, distinct numbers. `startedAt` is when they were claimed, ms since the epoch;
 * `order` the same moment in monotonic ms, which a changed wall clock leaves alone.
 */
export type Batch = {
  readonly campaignId: number;
  /** Its campaign goes before others. */
  readonly urgent: boolean;
  /** When the gateway is to send them, ms since the epoch; `null`: at once. */
  readonly sendAt: number | null;
  /** The bulk that the gateway is told to hold them in. */
  readonly bulkId: string;
  readonly rows: readonly ClaimedRow[];
  readonly startedAt: number;
  readonly order: number;
};

/** What settling a batch showed about the account, for the pump to act on. */
export type Findings = {
  /** Messages whose fate was decided by an answer. */
  readonly answered: number;
  readonly refused: number;
  readonly taken: number;
  readonly noCredits: boolean;
};

/** What nothing was decided by shows. */
const NOTHING: Findings = { answered: 0, refused: 0, taken: 0, noCredits: false };

/** Writes what became of requests. Runs inside the caller's transaction. */
export function createSettler(deps: {
  readonly queries: OutboxQueries;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly rules: Pick<RulesService, 'current'>;
  /** Keeps an exchange for the diagnostics and gives its id. */
  readonly recordExchange: (account: AccountId, exchange: Exchange, messages: number) => number;
}) {
  const { queries, clock, timings, rules } = deps;

  function uncertain(row: ClaimedRow, now: number, cause: string): void {
    queries.uncertain(row.id, now, now + timings.firstLook);
    queries.event(row.id, now, 'uncertain', cause);
  }

  /** Says which gateway ids of answers may be used, each by one row; a row that a log sweep had filed as sent elsewhere gives way. */
  function createGatewayIds(account: AccountId, verdicts: readonly Verdict[]) {
    const ids = verdicts.flatMap((verdict) =>
      verdict.kind === 'missing' || verdict.gatewayMessageId === null ? [] : [verdict.gatewayMessageId],
    );
    const known = queries.known(account, ids);
    return (gatewayMessageId: string | null, rowId: number): string | null => {
      if (gatewayMessageId === null) return null;
      const owner = known.get(gatewayMessageId);
      if (owner && owner.id !== rowId) {
        if (!owner.foreign) return null;
        queries.dropForeign(owner.id, account, gatewayMessageId);
      }
      known.set(gatewayMessageId, { id: rowId, foreign: false });
      return gatewayMessageId;
    };
  }

  /** Collects messages that were taken with the same words, so that one statement writes what became of all of them. */
  function createTaken() {
    const groups = new Map<string, { readonly answer: TakenAnswer; readonly rows: TakenRow[] }>();
    return {
      add(row: TakenRow, answer: TakenAnswer): void {
        const { state, parts, status } = answer;
        const key = JSON.stringify([state, parts, status.id, status.groupId, status.name]);
        const group = groups.get(key);
        if (group) group.rows.push(row);
        else groups.set(key, { answer, rows: [row] });
      },
      write(now: number): void {
        for (const { answer, rows } of groups.values()) queries.takenTogether(rows, now, answer);
      },
    };
  }

  /**
   * Queues a message again that was turned down for now, as often as the rules allow; says whether it did. Not one whose earlier attempt
   * may have arrived: a new id could make two of it, and the old one could prove what never was.
   */
  function triesAgain(
    account: AccountId,
    row: ClaimedRow,
    { gatewayMessageId, status }: Extract<Verdict, { kind: 'refused' }>,
    now: number,
  ): boolean {
    const wait = retryDelay(status.id, row.retries, timings.retryAfter);
    if (wait === null || row.uncertain_since !== null || row.retries >= rules.current().retryRefused)
      return false;
    queries.retryLater(row.id, now, now + wait);
    if (gatewayMessageId !== null) queries.spent(account, gatewayMessageId, row.id);
    queries.event(row.id, now, 'queued', status.name ?? 'temporary');
    return true;
  }

  /** A request that was not answered, or refused as a whole. */
  function settleWhole(
    { rows }: Batch,
    outcome: Exclude<SubmitOutcome, { kind: 'answered' }>,
    now: number,
  ): Findings {
    if (outcome.kind === 'unknown') {
      for (const row of rows) uncertain(row, now, outcome.cause);
      return NOTHING;
    }
    // Only the service's own word about the request refuses messages. A wrong path, a redirect or a portal's page says nothing about them.
    const isRefusal =
      outcome.kind === 'refused' &&
      outcome.retryAfterMs === null &&
      outcome.error.code !== 'GATEWAY_AUTH' &&
      isAboutTheRequest(outcome.error);
    if (!isRefusal) {
      for (const row of rows) queries.requeue(row.id, now);
      return NOTHING;
    }
    const why = outcome.error.facts?.detail ?? outcome.error.code;
    for (const row of rows) {
      if (row.uncertain_since === null) queries.refused(row.id, now, why, null, null);
      else queries.doubt(row.id, now);
      queries.event(row.id, now, row.uncertain_since === null ? 'refused' : 'uncertain', why);
    }
    return { ...NOTHING, answered: rows.length, refused: rows.length };
  }

  /** The gateway's word about each message of a request; those that were taken are only added to `taken`. */
  function settleEach(
    account: AccountId,
    batch: Batch,
    { bulkId }: Extract<SubmitOutcome, { kind: 'answered' }>,
    verdicts: readonly Verdict[],
    common: {
      readonly now: number;
      readonly exchangeId: number | null;
      readonly freeGatewayId: ReturnType<typeof createGatewayIds>;
      readonly taken: ReturnType<typeof createTaken>;
    },
  ): Findings {
    const { now, exchangeId, freeGatewayId, taken } = common;
    const findings = { answered: 0, refused: 0, taken: 0, noCredits: false };
    batch.rows.forEach((row, index) => {
      const verdict = verdicts[index] ?? { kind: 'missing' };
      if (verdict.kind === 'missing') return uncertain(row, now, 'missing-in-answer');
      if (verdict.kind === 'no-credits') {
        findings.noCredits = true;
        queries.requeue(row.id, now);
        // An earlier attempt under this id may have arrived: then the id is the only proof of it, and stays.
        if (row.uncertain_since !== null) return queries.event(row.id, now, 'queued', 'no-credits');
        queries.renewOwnId(row.id);
        if (verdict.gatewayMessageId !== null) queries.spent(account, verdict.gatewayMessageId, row.id);
        return queries.event(row.id, now, 'queued', 'no-credits');
      }
      if (verdict.kind === 'refused' && triesAgain(account, row, verdict, now)) {
        findings.refused++;
        return;
      }
      findings.answered++;
      const gatewayMessageId = freeGatewayId(verdict.gatewayMessageId, row.id);
      if (verdict.kind === 'refused') {
        findings.refused++;
        if (row.uncertain_since !== null) {
          queries.doubt(row.id, now);
          return queries.event(row.id, now, 'uncertain', verdict.status.name);
        }
        queries.refused(row.id, now, null, gatewayMessageId, verdict.status);
        return queries.event(row.id, now, 'refused', verdict.status.name);
      }
      findings.taken++;
      if (verdict.partIds.length > 0 && gatewayMessageId !== null) {
        [gatewayMessageId, ...verdict.partIds].forEach((id, part) =>
          queries.part(account, id, row.id, part + 1),
        );
      }
      const { state, parts, status, earlier } = verdict;
      const sentAt = Math.max(batch.startedAt, batch.sendAt ?? 0);
      // An earlier request took it, in the bulk that the row remembers.
      const bulk = earlier ? null : bulkId;
      taken.add({ id: row.id, gatewayMessageId, bulkId: bulk, sentAt, exchangeId }, { state, parts, status });
    });
    return findings;
  }

  return {
    /**
     * Applies outcomes to the rows of their batches, which have none in common.
     *
     * @returns what each of them showed, in their order
     */
    settle(
      account: AccountId,
      answers: readonly { readonly batch: Batch; readonly outcome: SubmitOutcome }[],
    ): Findings[] {
      const now = clock.now();
      const taken = createTaken();
      const verdicts = answers.map(({ batch, outcome }) =>
        outcome.kind === 'answered' ? verdictsOf(batch.rows, outcome.messages) : [],
      );
      const freeGatewayId = createGatewayIds(account, verdicts.flat());
      const findings = answers.map(({ batch, outcome }, index) => {
        const { rows } = batch;
        const exchangeId = outcome.exchange
          ? deps.recordExchange(account, outcome.exchange, rows.length)
          : null;
        const each = verdicts[index] ?? [];
        // Those that were taken learn with which exchange they left when that is written.
        const others = rows.filter((_, row) => each[row]?.kind !== 'taken').map(({ id }) => id);
        if (exchangeId !== null && others.length > 0) queries.exchange(exchangeId, others);
        if (outcome.kind !== 'answered') return settleWhole(batch, outcome, now);
        return settleEach(account, batch, outcome, each, { now, exchangeId, freeGatewayId, taken });
      });
      taken.write(now);
      return findings;
    },
  };
}

/**
 * 400 and 422 are answers to what was asked; other refusals are about where or by whom (RFC 9110 §15.5). What could not even
 * be written is about the text.
 */
const isAboutTheRequest = (error: AppError) =>
  error.code === 'INVALID_INPUT' ||
  error.code === 'TEXT_TOO_LONG' ||
  error.facts?.httpStatus === 400 ||
  error.facts?.httpStatus === 422;

/** {@link createSettler}'s value. */
export type Settler = ReturnType<typeof createSettler>;
