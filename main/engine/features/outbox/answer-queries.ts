import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { MessageState } from '#shared/sms/message-state.ts';
import type { GatewayStatus } from '../../gateways/gateway.ts';
import { asIds, BACK, CANCELLED } from './query-parts.ts';

/** What an answer says of a message that was taken; `null` where it says nothing. */
export type TakenAnswer = {
  readonly state: MessageState;
  readonly parts: number | null;
  readonly status: GatewayStatus;
};

/** A message that was taken: its row, what the gateway calls it, and the request that it went with. `sentAt` in ms since the epoch. */
export type TakenRow = {
  readonly id: number;
  readonly gatewayMessageId: string | null;
  readonly bulkId: string | null;
  readonly sentAt: number;
  readonly exchangeId: number | null;
};

/** SQL of what became of messages that were handed over. Every statement names the state it moves from, so that no row can be moved twice. */
export function answerQueries(db: DatabaseSyncInstance) {
  const requeue = db.prepare(`
    UPDATE messages SET ${BACK}, not_before = NULL, looks = 0, changed_at = ?
    WHERE state IN ('submitting', 'uncertain') AND id = ?`);
  const retryLater = db.prepare(`
    UPDATE messages SET ${BACK}, retries = retries + 1, own_id = NULL, looks = 0,
      not_before = CASE WHEN ${CANCELLED} THEN NULL ELSE ? END, changed_at = ?
    WHERE state = 'submitting' AND uncertain_since IS NULL AND id = ?`);
  const doubt = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'undecided', not_before = NULL, changed_at = ?
    WHERE state = 'submitting' AND id = ?`);
  // The plus keeps SQLite from looking for the rows by their state.
  const taken = db.prepare(`
    UPDATE messages SET state = :state, reason = NULL, not_before = NULL, uncertain_since = NULL,
      gateway_message_id = answered.value ->> 1, bulk_id = COALESCE(answered.value ->> 2, bulk_id),
      parts = COALESCE(:parts, parts), status_id = :status, status_group = :group, status_name = :name,
      sent_at = answered.value ->> 3, changed_at = :now, exchange_id = COALESCE(answered.value ->> 4, exchange_id)
    FROM json_each(:rows) AS answered
    WHERE +state IN ('submitting', 'uncertain', 'queued', 'accepted') AND messages.id = answered.value ->> 0`);
  // Reports clear this by themselves; an answer that already says that a message was delivered is no report.
  const reached = db.prepare(`
    DELETE FROM number_health WHERE msisdn IN (
      SELECT m.msisdn FROM json_each(?) AS answered CROSS JOIN messages m ON m.id = answered.value ->> 0)`);
  const refused = db.prepare(`
    UPDATE messages SET state = 'refused', reason = ?, not_before = NULL, uncertain_since = NULL, gateway_message_id = ?,
      status_id = ?, status_group = ?, status_name = ?, changed_at = ?
    WHERE state = 'submitting' AND id = ?`);
  const uncertain = db.prepare(`
    UPDATE messages SET state = 'uncertain', reason = 'checking', looks = 0, not_before = ?, changed_at = ?,
      uncertain_since = COALESCE(uncertain_since, attempt_at)
    WHERE state = 'submitting' AND id = ?`);
  const known = db.prepare(`
    SELECT m.gateway_message_id, m.id, m.campaign_id
    FROM json_each(:ids) AS asked CROSS JOIN messages m ON m.account_id = :account AND m.gateway_message_id = asked.value`);
  const forgetApplied = db.prepare(
    'UPDATE reports SET applied = 0 WHERE account_id = ? AND gateway_message_id = ?',
  );
  const dropEvents = db.prepare('DELETE FROM events WHERE message_id = ?');
  const dropForeign = db.prepare('DELETE FROM messages WHERE id = ? AND campaign_id IS NULL');
  const spent = db.prepare(
    'INSERT OR IGNORE INTO spent_ids (account_id, gateway_message_id, message_id) VALUES (?, ?, ?)',
  );
  const renew = db.prepare('UPDATE messages SET own_id = NULL WHERE id = ?');
  const part = db.prepare(`
    INSERT OR IGNORE INTO message_parts (account_id, gateway_message_id, message_id, part) VALUES (?, ?, ?, ?)`);
  const exchange = db.prepare(
    'UPDATE messages SET exchange_id = ? WHERE id IN (SELECT value FROM json_each(?))',
  );
  const event = db.prepare('INSERT INTO events (message_id, at, state, note) VALUES (?, ?, ?, ?)');
  const events = db.prepare(
    'INSERT INTO events (message_id, at, state, note) SELECT value ->> 0, ?, ?, ? FROM json_each(?)',
  );

  function take(
    rows: readonly TakenRow[],
    now: number,
    answer: TakenAnswer,
  ): { changes: number; json: string } {
    const json = JSON.stringify(
      rows.map((row) => [row.id, row.gatewayMessageId, row.bulkId, row.sentAt, row.exchangeId]),
    );
    const { changes } = taken.run({
      rows: json,
      state: answer.state,
      parts: answer.parts,
      status: answer.status.id,
      group: answer.status.groupId,
      name: answer.status.name,
      now,
    });
    if (answer.state === 'delivered') reached.run(json);
    return { changes: Number(changes), json };
  }

  return {
    /** Puts a message back into the queue; what is unknown of an earlier attempt stays unknown. */
    requeue: (id: number, now: number) => void requeue.run(now, id),
    /**
     * Puts a message back into the queue that was turned down for now; not before `at`. Its next attempt gets a new id of ours: the
     * gateway may remember this one, and its refusal would prove an arrival that never was.
     */
    retryLater: (id: number, now: number, at: number) => void retryLater.run(at, now, id),
    /** Leaves a message to the user: this attempt was refused, an earlier one may have arrived. */
    doubt: (id: number, now: number) => void doubt.run(now, id),
    /** The gateway took it; gives how many rows changed. */
    taken: (
      id: number,
      now: number,
      sentAt: number,
      { gatewayMessageId, bulkId, ...answer }: TakenAnswer & Pick<TakenRow, 'gatewayMessageId' | 'bulkId'>,
    ) => take([{ id, gatewayMessageId, bulkId, sentAt, exchangeId: null }], now, answer).changes,
    /** The gateway took all of these, and said the same of each. */
    takenTogether(rows: readonly TakenRow[], now: number, answer: TakenAnswer): void {
      const { json } = take(rows, now, answer);
      events.run(now, answer.state, answer.status.name, json);
    },
    /** The gateway turned it down. */
    refused: (
      id: number,
      now: number,
      reason: string | null,
      gatewayMessageId: string | null,
      status: GatewayStatus | null,
    ) =>
      void refused.run(
        reason,
        gatewayMessageId,
        status?.id ?? null,
        status?.groupId ?? null,
        status?.name ?? null,
        now,
        id,
      ),
    /** Nobody knows whether it arrived; looked up at `lookAt`. */
    uncertain: (id: number, now: number, lookAt: number) => void uncertain.run(lookAt, now, id),
    /** Remembers the id of an attempt that came to nothing, so that its log entry is not taken for another message. */
    spent: (account: string, gatewayMessageId: string, id: number) =>
      void spent.run(account, gatewayMessageId, id),
    /** The rows that have these gateway ids, by them, and whether each was learned from the log. */
    known(
      account: string,
      gatewayMessageIds: readonly string[],
    ): Map<string, { readonly id: number; readonly foreign: boolean }> {
      const rows = known.all({ account, ids: JSON.stringify(gatewayMessageIds) }) as {
        gateway_message_id: string;
        id: number;
        campaign_id: number | null;
      }[];
      return new Map(
        rows.map((row) => [row.gateway_message_id, { id: row.id, foreign: row.campaign_id === null }]),
      );
    },
    /**
     * Removes a row learned from the log, because it turned out to be one of ours; what was reported about it waits to be
     * applied to ours.
     */
    dropForeign(id: number, account: string, gatewayMessageId: string): void {
      forgetApplied.run(account, gatewayMessageId);
      dropEvents.run(id);
      dropForeign.run(id);
    },
    /** The next attempt of a message gets a new id of ours: this one was used up by an attempt that came to nothing. */
    renewOwnId: (id: number) => void renew.run(id),
    /** Remembers the id of one part of a message whose parts are reported one by one; `part` counts from 1. */
    part: (account: string, gatewayMessageId: string, messageId: number, number: number) =>
      void part.run(account, gatewayMessageId, messageId, number),
    /** Says with which exchange messages left. */
    exchange: (exchangeId: number, ids: readonly number[]) => void exchange.run(exchangeId, asIds(ids)),
    event: (messageId: number, at: number, state: MessageState, note: string | null) =>
      void event.run(messageId, at, state, note),
  };
}
