import { appError, type AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { Conversation, ConversationMessage, InboxHead } from '#shared/ipc/inbox.ts';
import { foldDigits } from '#shared/phone/digits.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { RawBody, Reading } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import { createFetching } from './fetching.ts';
import { createInboxIngest } from './ingest.ts';
import { inboxQueries, type ConversationRow } from './queries.ts';

/** Received messages of one space. */
export type Inbox = ReturnType<typeof createInbox>;

/** One page of a list; `next` is the cursor of the page after it. */
type Page<T> = { rows: T[]; next?: string };

/** One per space. */
export function createInbox(deps: {
  readonly store: Store;
  readonly accounts: AccountAccess;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly log: Log;
}) {
  const { store, accounts, clock } = deps;
  const queries = inboxQueries(store.db);
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const ingest = createInboxIngest({ ...deps, queries });
  const fetching = createFetching({ ...deps, queries, ingest, changed });

  function conversation(row: ConversationRow): Conversation {
    const sent = queries.lastSent(row.partner, row.last_in_at);
    return {
      partner: row.partner,
      accountId: row.account_id,
      lastText: sent?.text ?? row.text,
      lastAt: sent?.at ?? row.last_in_at,
      lastIn: sent === null,
      unread: row.unread,
      received: row.received,
    };
  }

  return {
    /**
     * Files a body of received messages of any protocol; `received` counts the new ones, `entries` is `null` when the body could
     * not be read (it is kept). Throws when the body could not be stored: the gateway must keep it then.
     */
    take(account: AccountId, raw: RawBody): { readonly entries: number | null; readonly received: number } {
      const taken = ingest.take(account, raw);
      if (taken.received > 0) changed();
      return taken;
    },

    /** Files what an earlier run left, and begins to ask at intervals. Touches no password. */
    start(): void {
      if (ingest.leftOver() > 0) changed();
      fetching.start();
    },

    /** Asks no more and waits for what is under way. */
    stop: (): Promise<void> => fetching.stop(),

    /** Asks every account that can be asked for received messages, now; `failed` is the first failure's code. */
    async fetch(): Promise<{ received: number; failed: string | null }> {
      if (ingest.leftOver() > 0) changed();
      return fetching.fetchAll();
    },

    /** What is unread, when it was last asked for, and who can receive. */
    head(): InboxHead {
      const active = accounts.active().map(({ id }) => ({ id, ...queries.fetchState(id) }));
      const asked = active.flatMap(({ at }) => (at === null ? [] : [at]));
      return {
        unread: queries.unread(),
        conversations: queries.conversationCount(),
        lastFetch: asked.length > 0 ? Math.max(...asked) : null,
        failed: active.find(({ failed }) => failed !== null)?.failed ?? null,
        receivingAccounts: active
          .filter(
            ({ id }) => (accounts.capabilitiesOf(id)?.inbox ?? 'none') !== 'none' || queries.hasReceived(id),
          )
          .map(({ id }) => id),
      };
    },

    /** Newest received first; `cursor` is the `next` of the page before. */
    conversations(
      filter: { readonly search?: string | undefined; readonly unreadOnly?: boolean | undefined },
      cursor: string | undefined,
      limit: number,
    ): Result<Page<Conversation>, AppError> {
      const after = cursor === undefined ? null : /^(\d{1,16}):(.{1,40})$/su.exec(cursor);
      if (cursor !== undefined && !after) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const search = foldForSearch(filter.search ?? '').trim();
      const rows = queries.conversations(
        {
          words: search === '' ? [] : search.split(/\s+/u),
          digits: numberOf(search),
          unreadOnly: filter.unreadOnly ?? false,
        },
        after && { at: Number(after[1]), partner: after[2] ?? '' },
        limit + 1,
      );
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        rows: shown.map(conversation),
        ...(rows.length > limit && last ? { next: `${last.last_in_at}:${last.partner}` } : {}),
      });
    },

    /** Received from and sent to one number, newest first. */
    thread(
      partner: string,
      cursor: string | undefined,
      limit: number,
    ): Result<Page<ConversationMessage>, AppError> {
      const found = cursor === undefined ? null : /^(\d{1,16}):(in|out):(\d{1,16})$/u.exec(cursor);
      if (cursor !== undefined && !found) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const place = found
        ? { at: Number(found[1]), out: found[2] === 'out', id: Number(found[3]) }
        : { at: Number.MAX_SAFE_INTEGER, out: true, id: Number.MAX_SAFE_INTEGER };
      // Within one millisecond sent ones come before received ones, so that both lists can be entered at one place.
      const received = queries.received(
        partner,
        { at: place.at, id: place.out ? Number.MAX_SAFE_INTEGER : place.id },
        limit + 1,
      );
      const sent = queries.sent(partner, { at: place.at, id: place.out ? place.id : 0 }, limit + 1);
      const rows: (ConversationMessage & { id: number })[] = [];
      let [nextIn, nextOut] = [0, 0];
      while (rows.length <= limit) {
        const [inRow, outRow] = [received[nextIn], sent[nextOut]];
        if (outRow && (!inRow || outRow.at >= inRow.at)) {
          const { id, at, text, sender, state } = outRow;
          rows.push({ id, key: `out-${id}`, direction: 'out', text, at, ours: sender, keyword: null, state });
          nextOut++;
        } else if (inRow) {
          const { id, at, text, receiver, keyword } = inRow;
          rows.push({ id, key: `in-${id}`, direction: 'in', text, at, ours: receiver, keyword, state: null });
          nextIn++;
        } else break;
      }
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return ok({
        rows: shown.map(({ id: _, ...row }) => row),
        ...(rows.length > limit && last ? { next: `${last.at}:${last.direction}:${last.id}` } : {}),
      });
    },

    /** Marks all messages of a conversation as read, or its newest one as unread. */
    markRead(partner: string, read: boolean): null {
      store.transaction(() => (read ? queries.read(partner, clock.now()) : queries.unreadLast(partner)));
      changed();
      return null;
    },

    /** Calls `listener` after each change of what {@link head} tells, until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The digits of a search that is a number, without the leading zero of local writing; empty for any other search. */
function numberOf(search: string): string {
  if (!/^[\d\s+()-]+$/u.test(search)) return '';
  return foldDigits(search)
    .replace(/\D/gu, '')
    .replace(/^0+(?=\d)/u, '');
}
