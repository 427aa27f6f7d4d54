import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { AccountId } from '#shared/ids.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import { ACCOUNTS_OF_LOGIN } from '../../store/same-login.ts';
import { OPEN } from '../../store/open-messages.ts';
import { asIds, back, BACK } from './query-parts.ts';
import type { UncertainRow } from './rows.ts';
import { LONGEST_WAIT_MS } from './temporary.ts';

/** SQL of messages whose fate is unknown, and of what decides it. Every statement names the state it moves from, so that no row can be moved twice. */
export function reconcileQueries(db: DatabaseSyncInstance) {
  // The plus keeps SQLite from looking for the rows by their state.
  const requeueFresh = db.prepare(`
    UPDATE messages SET ${back('NULL')}, uncertain_since = NULL, repeats = 0, not_before = NULL, looks = 0, changed_at = ?
    WHERE +state IN ('submitting', 'uncertain') AND id IN (SELECT value FROM json_each(?))
    RETURNING id, state`);
  const events = db.prepare(
    'INSERT INTO events (message_id, at, state, note) SELECT value, ?, ?, ? FROM json_each(?)',
  );
  const repeat = db.prepare(`
    UPDATE messages SET ${BACK}, repeats = repeats + 1, not_before = NULL, looks = 0, changed_at = ?
    WHERE state = 'uncertain' AND id = ?`);
  const interrupted = db.prepare(`
    UPDATE messages AS m SET state = 'uncertain', reason = 'checking', looks = 0, not_before = :look, changed_at = :now,
      uncertain_since = COALESCE(uncertain_since, attempt_at)
    WHERE ${OPEN} AND m.state = 'submitting' RETURNING id`);
  const due = db.prepare(`
    SELECT m.id, m.campaign_id, m.account_id, m.msisdn, c.sender, COALESCE(m.own_text, c.text) AS text, m.attempt_at, m.looks, m.own_id, m.uncertain_since, m.repeats,
      COALESCE(c.held_by = 'gateway', 0) AS scheduled
    FROM messages m INDEXED BY messages_looks JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.account_id = :account AND m.state = 'uncertain' AND (m.not_before <= :now OR m.not_before > :never) ORDER BY m.not_before, m.id LIMIT 1000`);
  const looked = db.prepare(`
    UPDATE messages SET looks = looks + 1, not_before = ?, changed_at = ? WHERE state = 'uncertain' AND id = ?`);
  const undecided = db.prepare(`
    UPDATE messages SET reason = 'undecided', not_before = NULL, changed_at = ? WHERE state = 'uncertain' AND id = ?`);
  const candidates = db.prepare(`
    SELECT m.id, m.campaign_id, m.account_id, m.state, m.attempt_at FROM messages m JOIN campaigns c ON c.id = m.campaign_id
    WHERE m.msisdn = :msisdn AND m.account_id IN ${ACCOUNTS_OF_LOGIN} AND m.gateway_message_id IS NULL AND m.attempts > 0
      AND m.state IN ('submitting', 'uncertain', 'queued', 'accepted')
      AND (:sender IS NULL OR c.sender = :sender) AND (:text IS NULL OR COALESCE(m.own_text, c.text) = :text)`);
  const seenSince = db.prepare(
    `SELECT 1 FROM messages
     WHERE msisdn = :msisdn AND account_id IN ${ACCOUNTS_OF_LOGIN} AND campaign_id IS NULL AND id > :id`,
  );
  const nextLook = db.prepare(`
    SELECT CASE WHEN (SELECT MAX(m.not_before) FROM messages m INDEXED BY messages_looks
        WHERE m.account_id = :account AND m.state = 'uncertain') > :never THEN 0
      ELSE (SELECT MIN(m.not_before) FROM messages m INDEXED BY messages_looks
        WHERE m.account_id = :account AND m.state = 'uncertain' AND m.not_before IS NOT NULL) END AS at`);
  const byOwnId = db.prepare(`
    SELECT id, campaign_id, state FROM messages
    WHERE account_id IN ${ACCOUNTS_OF_LOGIN} AND own_id = :ownId AND gateway_message_id IS NULL`);

  return {
    /** Messages that were leaving when the program ended. */
    interrupted: (now: number, look: number) =>
      (interrupted.all({ now, look }) as { id: number }[]).map(({ id }) => id),
    /** Uncertain messages whose next look is due, at most 1,000. */
    due: (account: string, now: number) =>
      due.all({ account, now, never: now + LONGEST_WAIT_MS }) as UncertainRow[],
    looked: (id: number, now: number, nextLookAt: number) => void looked.run(nextLookAt, now, id),
    undecided: (id: number, now: number) => void undecided.run(now, id),
    /**
     * Rows that a log entry could belong to: same number, sender and text (where the entry has them), handed over at least
     * once, by any account of the login, and without an id of the gateway.
     */
    candidates: (account: string, msisdn: string, sender: string | null, text: string | null) =>
      candidates.all({ msisdn, account, sender, text }) as {
        id: number;
        campaign_id: number;
        account_id: AccountId;
        state: 'submitting' | 'uncertain' | 'queued' | 'accepted';
        attempt_at: number;
      }[],
    /** Whether the log has shown a message to this number, after the row was made, that belongs to no campaign of ours. */
    seenSince: (account: string, msisdn: string, id: number) =>
      seenSince.get({ msisdn, account, id }) !== undefined,
    /** The message that carries this id of ours and has no id of the gateway yet. */
    byOwnId: (account: string, ownId: string) =>
      (byOwnId.get({ account, ownId }) as
        { id: number; campaign_id: number; state: MessageState } | undefined) ?? null,
    /**
     * Puts messages back into the queue that are known, or were decided, not to have arrived; `note` says why. Those of a campaign that
     * the user has cancelled are cancelled instead.
     */
    requeueFresh(ids: readonly number[], now: number, note: string): void {
      const rows = requeueFresh.all(now, asIds(ids)) as { id: number; state: 'queued' | 'cancelled' }[];
      for (const state of ['queued', 'cancelled'] as const) {
        const moved = rows.filter((row) => row.state === state).map(({ id }) => id);
        if (moved.length > 0) events.run(now, state, note, asIds(moved));
      }
    },
    /** Sends a message of unknown fate again under its id. */
    repeat: (id: number, now: number) => void repeat.run(now, id),
    /** When the next look for an uncertain message is due, or null; 0 where one waits for a time that cannot be. */
    nextLook: (account: string, now: number) =>
      (nextLook.get({ account, never: now + LONGEST_WAIT_MS }) as { at: number | null }).at,
  };
}
