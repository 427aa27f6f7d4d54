import * as v from 'valibot';
import { appError, type AppError } from '#shared/errors.ts';
import type { AccountId, MessageId } from '#shared/ids.ts';
import { ExchangeView } from '#shared/ipc/diagnostics.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Exchange } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import { diagnosticsQueries, type ExchangeRow } from './queries.ts';

/** What was said to gateways, in one space. */
export type Diagnostics = ReturnType<typeof createDiagnostics>;

/** Exchanges that are kept. */
const KEPT = 5_000;
/** Exchanges between two looks for those that are over the limit: one for each of them would slow sending down. */
const PRUNE_EVERY = 100;
/** UTF-16 units that are kept of a body. */
const LONGEST_BODY = 16 * 1024;

/** The part of an exchange that has no column of its own. */
const Stored = v.omit(ExchangeView, ['id', 'accountId', 'accountName', 'at', 'messages']);

const cut = (body: string) => (body.length > LONGEST_BODY ? `${body.slice(0, LONGEST_BODY)}…` : body);

/** One per space. */
export function createDiagnostics(deps: { readonly store: Store; readonly accounts: AccountAccess }) {
  const queries = diagnosticsQueries(deps.store.db);

  function view(row: ExchangeRow): ExchangeView {
    return {
      ...v.parse(Stored, JSON.parse(row.json)),
      id: row.id,
      accountId: row.account_id,
      accountName: deps.accounts.get(row.account_id)?.name ?? '',
      at: row.at,
      messages: row.messages,
    };
  }

  return {
    /**
     * Keeps an exchange that carried `messages` messages, as the caller's transaction goes; gives its id, for
     * `messages.exchange_id`. Only about the newest 5,000 stay.
     */
    recordExchange(account: AccountId, exchange: Exchange, messages: number): number {
      const stored: v.InferOutput<typeof Stored> = {
        ms: Math.max(0, Math.round(exchange.ms)),
        method: exchange.method,
        target: exchange.target,
        requestHeaders: exchange.requestHeaders.map(([name, value]) => [name, value]),
        requestBody: cut(exchange.requestBody),
        status: exchange.status,
        answerBody: exchange.answerBody === null ? null : cut(exchange.answerBody),
        outcome: exchange.outcome,
      };
      const id = queries.insert(account, Math.round(exchange.startedAt), messages, JSON.stringify(stored));
      if (id % PRUNE_EVERY === 0) queries.prune(id - KEPT);
      return id;
    },

    /** Newest first; with `messageId` only what carried that message. `cursor` is the `next` of the page before. */
    exchanges(
      messageId: MessageId | undefined,
      cursor: string | undefined,
      limit: number,
    ): Result<{ rows: ExchangeView[]; next?: string }, AppError> {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor);
      if (!Number.isSafeInteger(before)) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const rows =
        messageId === undefined
          ? queries.page(before, limit + 1)
          : queries.ofMessage(messageId, before, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        rows: shown.map(view),
        ...(rows.length > limit && last ? { next: String(last.id) } : {}),
      });
    },
  };
}
