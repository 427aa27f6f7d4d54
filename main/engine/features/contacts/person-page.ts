import { appError, type AppError } from '#shared/errors.ts';
import type { PersonFigures, PersonMessage } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import type { Store } from '../../store/store.ts';
import type { Page } from './listing.ts';
import { personQueries, type HistoryRow } from './person-queries.ts';
import type { ContactQueries } from './queries.ts';

const TAKEN: readonly MessageState[] = TAKEN_STATES;
const FAILED: readonly MessageState[] = ['undeliverable', 'expired', 'rejected', 'refused'];
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

/** A place in a history, newest first; of one moment the sent messages come first. */
type Place = { readonly at: number; readonly direction: 'in' | 'out'; readonly id: number };

const NEWEST: Place = { at: AFTER_ALL, direction: 'out', id: AFTER_ALL };

/** What is told of a person beside the contact: all their numbers together. */
export function createPersonPage(deps: { readonly store: Store; readonly queries: ContactQueries }) {
  const queries = personQueries(deps.store.db);
  const numbersOf = (id: number) => deps.queries.numbersOf([id]).map(({ msisdn }) => msisdn);

  return {
    /** Messages that the gateway took count as sent; refused ones as failed only. `NOT_FOUND`: the contact is gone. */
    figures(id: number): Result<PersonFigures, AppError> {
      const numbers = numbersOf(id);
      if (numbers.length === 0) return err(appError('NOT_FOUND'));
      const states = numbers.flatMap((number) => queries.figures(number));
      const received = numbers.map((number) => queries.received(number));
      const sum = (wanted: readonly MessageState[]) =>
        states.reduce((total, { state, count }) => total + (wanted.includes(state) ? count : 0), 0);
      const charged = states.filter((state) => state.charged !== null);
      const times = [...states, ...received]
        .flatMap(({ first, last }) => [first, last])
        .filter((at) => at !== null);
      return ok({
        sent: sum(TAKEN),
        delivered: sum(['delivered']),
        failed: sum(FAILED),
        received: received.reduce((total, { count }) => total + count, 0),
        parts: states.reduce((total, { parts }) => total + (parts ?? 0), 0),
        charged:
          charged.length === 0
            ? null
            : {
                micros: charged.reduce((total, state) => total + (state.charged ?? 0), 0),
                currency: charged[0]?.currency ?? '',
              },
        firstAt: times.length === 0 ? null : Math.min(...times),
        lastAt: times.length === 0 ? null : Math.max(...times),
      });
    },

    /** Every message to and from all numbers, newest first; `cursor` is the `next` of the page before. */
    history(id: number, cursor: string | undefined, limit: number): Result<Page<PersonMessage>, AppError> {
      const before = cursor === undefined ? NEWEST : placeOf(cursor);
      if (!before) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const numbers = numbersOf(id);
      if (numbers.length === 0) return err(appError('NOT_FOUND'));
      // What has the other direction and the moment of the place comes wholly after it, or wholly before.
      const sentBefore = before.direction === 'out' ? before.id : 0;
      const receivedBefore = before.direction === 'out' ? AFTER_ALL : before.id;
      const rows = numbers
        .flatMap((number) => [
          ...queries.sentPage(number, before.at, sentBefore, limit + 1),
          ...queries.receivedPage(number, before.at, receivedBefore, limit + 1),
        ])
        .sort((a, b) => b.at - a.at || Number(a.state === null) - Number(b.state === null) || b.id - a.id);
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return ok({
        rows: rows.slice(0, limit).map(messageView),
        ...(last ? { next: `${last.at}:${last.state === null ? 'in' : 'out'}:${last.id}` } : {}),
      });
    },
  };
}

function placeOf(cursor: string): Place | null {
  const found = /^(\d{1,16}):(in|out):(\d{1,16})$/u.exec(cursor);
  return found && { at: Number(found[1]), direction: found[2] === 'in' ? 'in' : 'out', id: Number(found[3]) };
}

const messageView = (row: HistoryRow): PersonMessage => ({
  direction: row.state === null ? 'in' : 'out',
  at: row.at,
  msisdn: row.msisdn,
  text: row.text,
  state: row.state,
  messageId: row.state === null ? null : row.id,
  campaignId: row.campaign_id,
  campaignName: row.campaign_name,
  parts: row.parts,
  price:
    row.price_micros === null || row.price_currency === null
      ? null
      : { micros: row.price_micros, currency: row.price_currency },
});
