import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

/** Messages to one number in one state. Times in ms since the epoch. */
export type FiguresRow = {
  readonly state: MessageState;
  readonly count: number;
  readonly parts: number | null;
  readonly charged: number | null;
  readonly currency: string | null;
  readonly first: number;
  readonly last: number;
};

/** A message of the history. What follows `text` is `null` for received ones. */
export type HistoryRow = {
  readonly id: number;
  readonly at: number;
  readonly msisdn: string;
  readonly text: string;
  readonly state: MessageState | null;
  readonly campaign_id: number | null;
  readonly campaign_name: string | null;
  readonly parts: number | null;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
};

/** The SQL of a person's page. */
export function personQueries(db: DatabaseSyncInstance) {
  const taken = TAKEN_STATES.map((state) => `'${state}'`).join(', ');
  const figures = db.prepare(`
    SELECT m.state, COUNT(*) AS count, SUM(CASE WHEN m.state IN (${taken}) THEN COALESCE(m.parts, c.parts_per_message) END) AS parts,
      SUM(m.price_micros) AS charged, MAX(m.price_currency) AS currency, MIN(m.created_at) AS first, MAX(m.created_at) AS last
    FROM messages m INDEXED BY messages_msisdn LEFT JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.msisdn = ? GROUP BY m.state`);
  const received = db.prepare(`
    SELECT COUNT(*) AS count, MIN(r.received_at) AS first, MAX(r.received_at) AS last
    FROM inbox r INDEXED BY inbox_partner WHERE r.partner = ?`);
  const sentPage = db.prepare(`
    SELECT m.id, m.created_at AS at, m.msisdn, COALESCE(m.own_text, c.text, '') AS text, m.state, m.campaign_id,
      c.name AS campaign_name, m.parts, m.price_micros, m.price_currency
    FROM messages m INDEXED BY messages_msisdn LEFT JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.msisdn = ? AND (m.created_at, m.id) < (?, ?) ORDER BY m.created_at DESC, m.id DESC LIMIT ?`);
  const receivedPage = db.prepare(`
    SELECT r.id, r.received_at AS at, r.partner AS msisdn, r.text, NULL AS state, NULL AS campaign_id, NULL AS campaign_name,
      NULL AS parts, NULL AS price_micros, NULL AS price_currency
    FROM inbox r INDEXED BY inbox_partner
    WHERE r.partner = ? AND (r.received_at, r.id) < (?, ?) ORDER BY r.received_at DESC, r.id DESC LIMIT ?`);
  return {
    /** By state. */
    figures: (msisdn: string) => figures.all(msisdn) as FiguresRow[],
    received: (msisdn: string) =>
      received.get(msisdn) as { count: number; first: number | null; last: number | null },
    /** Messages to a number, newest first, before a place. */
    sentPage: (msisdn: string, at: number, id: number, limit: number) =>
      sentPage.all(msisdn, at, id, limit) as HistoryRow[],
    /** Messages from a number, newest first, before a place. */
    receivedPage: (msisdn: string, at: number, id: number, limit: number) =>
      receivedPage.all(msisdn, at, id, limit) as HistoryRow[],
  };
}
