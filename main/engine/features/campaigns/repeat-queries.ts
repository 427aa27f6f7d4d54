import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { OPEN_STATES, TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';

/** A campaign that may have brought some of the same people the same. */
export type EarlierCampaign = {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly merged: 0 | 1;
  readonly fingerprint: string | null;
  /** When it was to leave (ms). */
  readonly at: number;
  /** It was made later than now: the clock was set back since. */
  readonly ahead: 0 | 1;
};

/** A campaign with what decides when it leaves; `at` in ms. */
type LeavingCampaign = Pick<EarlierCampaign, 'id' | 'at' | 'ahead'> & {
  readonly class: 'transactional' | 'promotional' | null;
  /** Quiet hours count for it. */
  readonly quiet: 0 | 1;
};

/** A message of it that was sent, or still may be. */
export type EarlierMessage = {
  readonly id: number;
  readonly msisdn: string;
  readonly state: MessageState;
  readonly own_text: string | null;
  readonly sent_at: number | null;
};

/** Taken, and not said to have failed for good. */
const FAILED: readonly MessageState[] = ['undeliverable', 'expired', 'rejected'];
const COUNTED = [...OPEN_STATES, ...TAKEN_STATES.filter((state) => !FAILED.includes(state))];
const list = (states: readonly MessageState[]) => states.map((state) => `'${state}'`).join(', ');

// Nothing behind the recipients as typed, which may be megabytes, is read but from an index.
// So when it was made is looked at only of those whose time lies ahead.
const TIME = 'COALESCE(c.send_at, c.created_at)';
const AHEAD = `(${TIME} > :now AND c.created_at > :now)`;
const COLUMNS = `c.id, c.name, c.text, c.merged, c.fingerprint, ${TIME} AS at, ${AHEAD} AS ahead`;

// What a killed program left half written reaches nobody.
const WRITTEN = "c.pause_reason IS NOT 'writing'";

/** SQL of finding what was sent before. Nothing here reads more than the campaigns of the time asked about. */
export function repeatQueries(db: DatabaseSyncInstance) {
  const alike = db.prepare(`
    SELECT ${COLUMNS} FROM campaigns c INDEXED BY campaigns_fingerprint WHERE c.fingerprint = :fingerprint AND (
      ${TIME} BETWEEN :from AND :until OR ${AHEAD}
      OR ${TIME} < :from AND EXISTS (
        SELECT 1 FROM messages m WHERE m.campaign_id = c.id AND m.state IN (${list(OPEN_STATES)})))
    AND ${WRITTEN} ORDER BY c.id DESC`);
  const others = db.prepare(`
    SELECT ${COLUMNS} FROM campaigns c INDEXED BY campaigns_time
    WHERE ${TIME} >= :from AND (${TIME} <= :until OR ${AHEAD}) AND c.fingerprint IS NOT :fingerprint
      AND (c.merged = 1 OR :merged = 1 OR c.text = :words) AND ${WRITTEN}`);
  const ofSeries = db.prepare(`
    WITH RECURSIVE own (id) AS (SELECT id FROM campaigns INDEXED BY campaigns_series WHERE series_id = ?
      UNION SELECT c.id FROM own CROSS JOIN campaigns c INDEXED BY campaigns_retry ON c.retry_of = own.id)
    SELECT id FROM own`);
  const messages = db.prepare(`
    SELECT m.id, m.msisdn, m.state, m.own_text, m.sent_at FROM messages m INDEXED BY messages_campaign_order
    WHERE m.campaign_id = ? AND m.id > ? AND m.state IN (${list(COUNTED)}) ORDER BY m.id LIMIT ?`);
  const leaving = db.prepare(`
    SELECT c.id, c.class, c.quiet, ${TIME} AS at, ${AHEAD} AS ahead FROM campaigns c INDEXED BY campaigns_time
    WHERE ${TIME} >= :from AND (${TIME} < :until OR ${AHEAD}) AND ${WRITTEN}`);
  const count = db.prepare(`
    SELECT COUNT(*) AS count FROM messages m INDEXED BY messages_campaign
    WHERE m.campaign_id = ? AND m.state NOT IN ('left-out', 'cancelled')`);
  // The gateway's clock may run ahead of this one: nobody wrote later than it was received here.
  const wrote = db.prepare(`
    SELECT MIN(i.received_at, COALESCE(j.received_at, i.received_at)) AS at
    FROM inbox i INDEXED BY inbox_partner LEFT JOIN journal j ON j.id = i.journal_id
    WHERE i.partner = ? ORDER BY i.received_at DESC, i.id DESC LIMIT 1`);
  const sentSince = db.prepare(`
    SELECT 1 FROM messages m INDEXED BY messages_msisdn
    WHERE m.msisdn = :msisdn AND m.state IN (${list(COUNTED)})
      AND (m.created_at >= :at OR m.sent_at >= :at OR m.state IN (${list(OPEN_STATES)})) LIMIT 1`);
  return {
    /** Campaigns with these words whose time lies between two, which still have messages to send, or were made later than now; newest first. */
    alike: (asked: {
      readonly fingerprint: string;
      readonly from: number;
      readonly until: number;
      readonly now: number;
    }) => alike.all(asked) as EarlierCampaign[],
    /** Campaigns with other words whose time lies between two, or which were made later than now, and whose messages may have the same text nevertheless. */
    others: (asked: {
      readonly fingerprint: string;
      readonly words: string;
      readonly merged: 0 | 1;
      readonly from: number;
      readonly until: number;
      readonly now: number;
    }) => others.all(asked) as EarlierCampaign[],
    /** Campaigns that are occurrences of a series, and those that sent failures of them again. */
    ofSeries: (series: number) => (ofSeries.all(series) as { id: number }[]).map(({ id }) => id),
    /** Messages of a campaign after one, in order: those that reached somebody, may have, or still may. */
    messages: (campaignId: number, after: number, limit: number) =>
      messages.all(campaignId, after, limit) as EarlierMessage[],
    /** Campaigns whose time lies between two (ms, the second excluded), and those made later than now. */
    leaving: (asked: { readonly from: number; readonly until: number; readonly now: number }) =>
      leaving.all(asked) as LeavingCampaign[],
    /**
     * Whether a number has written by now (ms), and nothing was sent there since it did, or is still to be. What seems to have been written
     * later than now cannot be compared with what was sent.
     */
    isWaitingForAnswer(msisdn: string, now: number): boolean {
      const at = (wrote.get(msisdn) as { at: number } | undefined)?.at;
      return at !== undefined && at <= now && sentSince.get({ msisdn, at }) === undefined;
    },
    /** Messages of a campaign, less those that nobody gets. */
    messagesOf: (campaignId: number) => (count.get(campaignId) as { count: number }).count,
  };
}

/** {@link repeatQueries}, prepared. */
export type RepeatQueries = ReturnType<typeof repeatQueries>;
