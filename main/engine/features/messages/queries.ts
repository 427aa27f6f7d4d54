import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { MessageFilter } from '#shared/ipc/messages.ts';
import { foldDigits } from '#shared/phone/digits.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { MessageState } from '#shared/sms/message-state.ts';

/** A message with the words of its campaign. */
export type StoredMessage = {
  readonly id: number;
  readonly campaign_id: number | null;
  readonly account_id: string;
  readonly msisdn: string;
  readonly input: string | null;
  readonly sender: string;
  readonly text: string;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly status_id: number | null;
  readonly status_name: string | null;
  readonly error_id: number | null;
  readonly error_name: string | null;
  readonly parts: number | null;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
  readonly gateway_message_id: string | null;
  readonly mccmnc: string | null;
  readonly created_at: number;
  readonly sent_at: number | null;
  readonly done_at: number | null;
  readonly changed_at: number;
};

/** A place in the archive. */
export type ArchivePlace = { readonly createdAt: number; readonly id: number };

/** Matches counted at most: beyond it nobody reads the number, and counting would take longer than the page. */
export const COUNT_CAP = 100_000;

const COLUMNS = `m.id, m.campaign_id, m.account_id, m.msisdn, m.input, COALESCE(m.own_sender, c.sender, '') AS sender,
  COALESCE(m.own_text, c.text, '') AS text, m.state, m.reason, m.status_id, m.status_name, m.error_id, m.error_name,
  m.parts, m.price_micros, m.price_currency, m.gateway_message_id, m.mccmnc, m.created_at, m.sent_at, m.done_at, m.changed_at`;
const FROM = 'FROM messages m LEFT JOIN campaigns c ON c.id = m.campaign_id';

type Condition = { readonly sql: string; readonly values: readonly (string | number)[] };

const like = (text: string) => `%${text.replace(/[\\%_]/gu, '\\$&')}%`;

/** Each condition is one fixed piece of SQL; values are always bound. */
function conditionsOf(filter: MessageFilter): Condition[] {
  // Messages of a campaign that is still being written are nobody's yet.
  const conditions: Condition[] = [{ sql: "c.pause_reason IS NOT 'writing'", values: [] }];
  const add = (sql: string, ...values: (string | number)[]) => void conditions.push({ sql, values });
  if (filter.states && filter.states.length > 0) {
    add('m.state IN (SELECT value FROM json_each(?))', JSON.stringify(filter.states));
  }
  if (filter.campaignId !== undefined) add('m.campaign_id = ?', filter.campaignId);
  if (filter.accountId !== undefined) add('m.account_id = ?', filter.accountId);
  if (filter.since !== undefined) add('m.created_at >= ?', filter.since);
  if (filter.until !== undefined) add('m.created_at < ?', filter.until);
  const number = foldDigits(filter.number ?? '').replace(/\D/gu, '');
  if (number !== '') add("m.msisdn LIKE ? ESCAPE '\\'", like(withoutTrunk(number)));
  if (filter.sender) add("COALESCE(m.own_sender, c.sender, '') LIKE ? ESCAPE '\\'", like(filter.sender));
  const search = foldForSearch(filter.search ?? '').trim();
  if (search !== '') {
    const digits = search.replace(/[^\d]/gu, '');
    const inText =
      "(c.text_folded LIKE ? ESCAPE '\\' OR COALESCE(m.own_folded, m.own_text) LIKE ? ESCAPE '\\')";
    if (digits.length >= 3 && /^[\d\s+()-]+$/u.test(search)) {
      add(
        `(m.msisdn LIKE ? ESCAPE '\\' OR ${inText})`,
        like(withoutTrunk(digits)),
        like(search),
        like(search),
      );
    } else {
      for (const word of search.split(/\s+/u)) add(inText, like(word), like(word));
    }
  }
  return conditions;
}

/** Numbers are stored as 8801…; a user types 01… just as well. */
const withoutTrunk = (digits: string) => digits.replace(/^0+(?=\d)/u, '');

/** All SQL of reading the archive. Lists are paged by key, never by offset. */
export function messageQueries(db: DatabaseSyncInstance) {
  const byId = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE m.id = ?`);
  const events = db.prepare('SELECT at, state, note FROM events WHERE message_id = ? ORDER BY id');
  const reports = db.prepare(
    'SELECT received_at AS at, source, json FROM reports WHERE account_id = ? AND gateway_message_id = ? ORDER BY id LIMIT 100',
  );
  const ofCampaign = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE m.campaign_id = ? AND m.id > ? ORDER BY m.id LIMIT ?`,
  );
  const ofCampaignIn = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE m.campaign_id = ? AND m.id > ? AND m.state IN (SELECT value FROM json_each(?)) ORDER BY m.id LIMIT ?`,
  );
  const uncertain = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE m.state = 'uncertain' AND (m.created_at, m.id) > (?, ?) AND (m.reason IS 'undecided') = ?
      ORDER BY m.created_at, m.id LIMIT ?`,
  );
  const campaignName = db.prepare('SELECT name FROM campaigns WHERE id = ?');

  return {
    /** Newest first, older than `after`. */
    page(filter: MessageFilter, after: ArchivePlace | null, limit: number): StoredMessage[] {
      const conditions = conditionsOf(filter);
      if (after)
        conditions.push({ sql: '(m.created_at, m.id) < (?, ?)', values: [after.createdAt, after.id] });
      const where = conditions.length > 0 ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '';
      const statement = db.prepare(
        `SELECT ${COLUMNS} ${FROM} ${where} ORDER BY m.created_at DESC, m.id DESC LIMIT ?`,
      );
      return statement.all(...conditions.flatMap(({ values }) => values), limit) as StoredMessage[];
    },
    /** Matches, counted to {@link COUNT_CAP} and one more. */
    count(filter: MessageFilter): number {
      const conditions = conditionsOf(filter);
      const where = conditions.length > 0 ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '';
      const statement = db.prepare(
        `SELECT COUNT(*) AS count FROM (SELECT 1 ${FROM} ${where} LIMIT ${COUNT_CAP + 1})`,
      );
      return (statement.get(...conditions.flatMap(({ values }) => values)) as { count: number }).count;
    },
    byId: (id: number) => (byId.get(id) as StoredMessage | undefined) ?? null,
    events: (id: number) => events.all(id) as { at: number; state: MessageState; note: string | null }[],
    reports: (account: string, gatewayMessageId: string) =>
      reports.all(account, gatewayMessageId) as { at: number; source: 'report' | 'log'; json: string }[],
    /** A campaign's messages in the order of planning, after a message id. */
    ofCampaign: (id: number, after: number, states: readonly MessageState[] | null, limit: number) =>
      (states
        ? ofCampaignIn.all(id, after, JSON.stringify(states), limit)
        : ofCampaign.all(id, after, limit)) as StoredMessage[],
    /** Uncertain messages, oldest first, after a place: those that wait for the user, or those that are being looked up. */
    uncertain: (undecided: boolean, after: ArchivePlace, limit: number) =>
      uncertain.all(after.createdAt, after.id, undecided ? 1 : 0, limit) as StoredMessage[],
    campaignName: (id: number) => (campaignName.get(id) as { name: string } | undefined)?.name ?? null,
  };
}
