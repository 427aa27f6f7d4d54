import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId, MessageId } from '#shared/ids.ts';
import type { MessagePage, MessageRow } from '#shared/ipc/campaign-view.ts';
import type { MessageDetail, MessageFilter } from '#shared/ipc/messages.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Store } from '../../store/store.ts';
import { COUNT_CAP, messageQueries, type ArchivePlace, type StoredMessage } from './queries.ts';

/** Reading the archive. */
export type Messages = ReturnType<typeof createMessages>;

/** One per space. */
export function createMessages(deps: { readonly store: Store; readonly accounts: AccountAccess }) {
  const queries = messageQueries(deps.store.db);

  return {
    /** Newest first. `cursor` is the `next` of the page before. */
    list(filter: MessageFilter, cursor: string | undefined, limit: number): Result<MessagePage, AppError> {
      const after = cursor === undefined ? null : placeOf(cursor);
      if (cursor !== undefined && after === null) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const rows = queries.page(filter, after, limit + 1);
      return ok(pageOf(rows, limit, (last) => `${last.created_at}:${last.id}`));
    },

    count(filter: MessageFilter): { count: number; capped: boolean } {
      const count = queries.count(filter);
      return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
    },

    /** A message with its history and what the gateway said about it, word for word. */
    get(id: MessageId): Result<MessageDetail, AppError> {
      const stored = queries.byId(id);
      if (!stored) return err(appError('NOT_FOUND'));
      const raw =
        stored.gateway_message_id === null
          ? []
          : queries.reports(stored.account_id, stored.gateway_message_id);
      return ok({
        row: rowOf(stored),
        campaignName: stored.campaign_id === null ? null : queries.campaignName(stored.campaign_id),
        accountName: deps.accounts.get(stored.account_id)?.name ?? '',
        events: queries.events(id),
        rawReports: raw.map(({ at, source, json }) => ({ at, source, json: pretty(json) })),
      });
    },

    /** A campaign's messages in the order of planning. */
    ofCampaign(
      id: CampaignId,
      states: readonly MessageState[] | undefined,
      cursor: string | undefined,
      limit: number,
    ): Result<MessagePage, AppError> {
      const after = cursor === undefined ? 0 : Number(cursor);
      if (!Number.isSafeInteger(after)) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const rows = queries.ofCampaign(id, after, states ?? null, limit + 1);
      return ok(pageOf(rows, limit, (last) => String(last.id)));
    },

    /** Uncertain messages of all campaigns, oldest first: those that wait for the user, or those that are still being looked up. */
    uncertain(undecided: boolean, cursor: string | undefined, limit: number): Result<MessagePage, AppError> {
      const after = cursor === undefined ? { createdAt: 0, id: 0 } : placeOf(cursor);
      if (!after) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const rows = queries.uncertain(undecided, after, limit + 1);
      return ok(pageOf(rows, limit, (last) => `${last.created_at}:${last.id}`));
    },
  };
}

function pageOf(
  rows: StoredMessage[],
  limit: number,
  cursorOf: (last: StoredMessage) => string,
): MessagePage {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(rowOf),
    ...(rows.length > limit && last ? { next: cursorOf(last) } : {}),
  };
}

function placeOf(cursor: string): ArchivePlace | null {
  const [, createdAt, id] = /^(\d{1,16}):(\d{1,16})$/u.exec(cursor) ?? [];
  return createdAt && id ? { createdAt: Number(createdAt), id: Number(id) } : null;
}

function pretty(json: string): string {
  return JSON.stringify(JSON.parse(json), null, 2);
}

function rowOf(row: StoredMessage): MessageRow {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    origin: row.campaign_id === null ? 'elsewhere' : 'here',
    msisdn: row.msisdn,
    input: row.input,
    sender: row.sender,
    text: row.text,
    state: row.state,
    reason: row.reason,
    statusId: row.status_id,
    statusName: row.status_name,
    errorId: row.error_id,
    errorName: row.error_name,
    parts: row.parts,
    price:
      row.price_micros === null || row.price_currency === null
        ? null
        : { micros: row.price_micros, currency: row.price_currency },
    gatewayMessageId: row.gateway_message_id,
    mccmnc: row.mccmnc,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    doneAt: row.done_at,
    changedAt: row.changed_at,
  };
}
