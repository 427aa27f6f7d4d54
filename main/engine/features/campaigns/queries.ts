import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { SendOptions, type PauseReason } from '#shared/ipc/campaigns.ts';
import type { MessageState } from '#shared/sms/message-state.ts';

/** A campaign as stored. Times are ms since the epoch. */
export type CampaignRow = {
  readonly id: number;
  readonly account_id: string;
  readonly name: string;
  readonly sender: string;
  readonly text: string;
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly parts_per_message: number;
  readonly planned: number;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
  readonly created_at: number;
  readonly held_until: number;
  readonly pause_reason: PauseReason | null;
  readonly cancelled_at: number | null;
  readonly send_at: number | null;
  readonly held_by: 'here' | 'gateway' | null;
};

/** Messages of a campaign in one state, with what they were charged. */
export type StateRow = {
  readonly state: MessageState;
  readonly count: number;
  readonly charged: number | null;
  readonly currency: string | null;
};

/** Every column but the recipients as typed, which may be megabytes. */
const COLUMNS = `id, account_id, name, sender, text, encoding, parts_per_message, planned, price_micros, price_currency,
  created_at, held_until, pause_reason, cancelled_at, send_at, held_by`;

/** All SQL of planning: campaigns and the first state of their messages. */
export function campaignQueries(db: DatabaseSyncInstance) {
  const insertCampaign = db.prepare(`
    INSERT INTO campaigns (token, account_id, name, sender, text, text_folded, encoding, parts_per_message,
      recipients_input, planned, price_micros, price_currency, created_at, held_until, send_at, held_by, options)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertMessage = db.prepare(`
    INSERT INTO messages (campaign_id, account_id, msisdn, input, state, reason, parts, not_before, created_at, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const byToken = db.prepare(`SELECT ${COLUMNS} FROM campaigns WHERE token = ?`);
  const byId = db.prepare(`SELECT ${COLUMNS} FROM campaigns WHERE id = ?`);
  const page = db.prepare(`SELECT ${COLUMNS} FROM campaigns WHERE id < ? ORDER BY id DESC LIMIT ?`);
  const typed = db.prepare('SELECT recipients_input AS input, options FROM campaigns WHERE id = ?');
  const schedule = db.prepare('UPDATE campaigns SET send_at = ?, held_by = ? WHERE id = ?');
  const markCancelled = db.prepare('UPDATE campaigns SET cancelled_at = ?, pause_reason = NULL WHERE id = ?');
  const states = db.prepare(`
    SELECT state, COUNT(*) AS count, SUM(price_micros) AS charged, MAX(price_currency) AS currency
    FROM messages WHERE campaign_id = ? GROUP BY state`);
  const setPause = db.prepare('UPDATE campaigns SET pause_reason = ? WHERE id = ?');
  const cancel = db.prepare(`
    UPDATE messages SET state = 'cancelled', reason = ?, not_before = NULL, changed_at = ?
    WHERE campaign_id = ? AND state IN ('held', 'queued') AND uncertain_since IS NULL`);
  const leave = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, changed_at = ?
    WHERE campaign_id = ? AND state = 'queued' AND uncertain_since IS NOT NULL`);
  const takeBack = db.prepare(`
    UPDATE messages SET state = 'cancelled', reason = 'undone', not_before = NULL, changed_at = ?
    WHERE campaign_id = ? AND state = 'held'`);
  const beyondHold = db.prepare(`
    SELECT COUNT(*) AS count FROM messages WHERE campaign_id = ? AND state NOT IN ('held', 'left-out')`);
  const undecided = db.prepare(`
    SELECT COUNT(*) AS count FROM messages WHERE campaign_id = ? AND state = 'uncertain' AND reason = 'undecided'`);

  return {
    insertCampaign(row: {
      token: string;
      accountId: string;
      name: string;
      sender: string;
      text: string;
      textFolded: string;
      encoding: string;
      partsPerMessage: number;
      recipientsInput: string;
      planned: number;
      priceMicros: number | null;
      priceCurrency: string | null;
      createdAt: number;
      heldUntil: number;
      sendAt: number | null;
      heldBy: 'here' | 'gateway' | null;
      options: SendOptions;
    }): number {
      const { lastInsertRowid } = insertCampaign.run(
        row.token,
        row.accountId,
        row.name,
        row.sender,
        row.text,
        row.textFolded,
        row.encoding,
        row.partsPerMessage,
        row.recipientsInput,
        row.planned,
        row.priceMicros,
        row.priceCurrency,
        row.createdAt,
        row.heldUntil,
        row.sendAt,
        row.heldBy,
        JSON.stringify(row.options),
      );
      return Number(lastInsertRowid);
    },
    insertMessage(row: {
      campaignId: number;
      accountId: string;
      msisdn: string;
      input: string;
      state: 'held' | 'left-out';
      reason: string | null;
      parts: number | null;
      notBefore: number | null;
      at: number;
    }): void {
      insertMessage.run(
        row.campaignId,
        row.accountId,
        row.msisdn,
        row.input,
        row.state,
        row.reason,
        row.parts,
        row.notBefore,
        row.at,
        row.at,
      );
    },
    byToken: (token: string) => (byToken.get(token) as CampaignRow | undefined) ?? null,
    byId: (id: number) => (byId.get(id) as CampaignRow | undefined) ?? null,
    /** Newest first, older than `before`. */
    page: (before: number, limit: number) => page.all(before, limit) as CampaignRow[],
    states: (id: number) => states.all(id) as StateRow[],
    /** The recipients as they were typed, and what was asked for beside the text. */
    typed(id: number): { input: string; options: SendOptions } {
      const row = typed.get(id) as { input: string; options: string };
      return { input: row.input, options: v.parse(SendOptions, JSON.parse(row.options)) };
    },
    /** Sets when a campaign goes out and who holds it until then. */
    setSchedule: (id: number, sendAt: number | null, heldBy: 'here' | 'gateway' | null) =>
      void schedule.run(sendAt, heldBy, id),
    /** From now on nothing of the campaign is handed over, and what comes back unsent is cancelled too. */
    markCancelled: (id: number, at: number) => void markCancelled.run(at, id),
    setPause: (id: number, reason: PauseReason | null) => void setPause.run(reason, id),
    /**
     * Cancels what has not left yet and says how many. What was to be sent again, because its first attempt may or may not have
     * arrived, cannot be called off: the user is asked about it.
     */
    cancel(id: number, reason: string, at: number): number {
      leave.run(at, id);
      return Number(cancel.run(reason, at, id).changes);
    },
    takeBack: (id: number, at: number) => Number(takeBack.run(at, id).changes),
    /** Messages that are past the undo window in whatever way. */
    beyondHold: (id: number) => (beyondHold.get(id) as { count: number }).count,
    /** Uncertain messages that no log could decide and that wait for the user. */
    undecided: (id: number) => (undecided.get(id) as { count: number }).count,
  };
}
