import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { asIds } from './query-parts.ts';
import { LONGEST_WAIT_MS } from './temporary.ts';

/** A word of the user on all undecided messages of a campaign, and how far it was carried out. */
const Decided = v.object({
  decision: v.picklist(['arrived', 'send-again']),
  /** When it was said (ms since the epoch): it is about what was undecided then. */
  at: v.number(),
  /** The last message that was looked at. */
  upTo: v.number(),
});
/** See {@link Decided}. */
export type Decided = v.InferOutput<typeof Decided>;

/** Messages that are looked at in one step. */
const AT_ONCE = 1_000;

const PREFIX = 'decided ';
const keyOf = (campaignId: number) => `${PREFIX}${campaignId}`;

/** SQL of what the user decides about messages whose fate nobody else can tell. Every statement names the state it moves from. */
export function decisionQueries(db: DatabaseSyncInstance) {
  const cancelledAt = db.prepare('SELECT cancelled_at FROM campaigns WHERE id = ?');
  const reopen = db.prepare('UPDATE campaigns SET cancelled_at = NULL WHERE id = ? AND cancelled_at IS ?');
  const uncertain = db.prepare(`
    SELECT m.id FROM json_each(?) AS asked CROSS JOIN messages m ON m.id = asked.value
    WHERE m.campaign_id = ? AND m.state = 'uncertain'`);
  const reach = db.prepare(`
    SELECT MAX(id) AS id, COUNT(*) AS count FROM (SELECT id FROM messages INDEXED BY messages_campaign_order
      WHERE campaign_id = ? AND id > ? ORDER BY id LIMIT ${AT_ONCE})`);
  const undecided = db.prepare(`
    SELECT id FROM messages INDEXED BY messages_campaign_order
    WHERE campaign_id = :campaign AND id > :after AND id <= :reach AND state = 'uncertain' AND reason = 'undecided'
      AND (changed_at <= :at OR changed_at > :never)`);
  const arrived = db.prepare(`
    UPDATE messages SET state = 'accepted', reason = NULL, not_before = NULL, uncertain_since = NULL, gateway_message_id = NULL,
      status_id = NULL, status_group = NULL, status_name = NULL, sent_at = :sentAt, changed_at = :now
    WHERE +state = 'uncertain' AND id IN (SELECT value FROM json_each(:ids))`);
  const events = db.prepare(
    "INSERT INTO events (message_id, at, state, note) SELECT value, ?, 'accepted', 'user' FROM json_each(?)",
  );
  const read = db.prepare('SELECT value FROM preferences WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO preferences (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const drop = db.prepare('DELETE FROM preferences WHERE key = ?');
  const left = db.prepare("SELECT key FROM preferences WHERE key GLOB ? || '*'");

  return {
    /** When a campaign was last cancelled, ms since the epoch; `null`: it is not. Each cancel has another time. */
    cancelledAt: (campaignId: number) =>
      (cancelledAt.get(campaignId) as { cancelled_at: number | null } | undefined)?.cancelled_at ?? null,
    /**
     * Lets a cancelled campaign send again, because the user asked for some of its messages when the last cancel was that of `then`.
     * Gives whether it still is.
     */
    reopen: (campaignId: number, then: number | null) => reopen.run(campaignId, then).changes > 0,
    /** Those of some messages that are of a campaign and uncertain. */
    uncertainOf: (campaignId: number, ids: readonly number[]) =>
      (uncertain.all(asIds(ids), campaignId) as { id: number }[]).map(({ id }) => id),
    /** How far the next step behind a message reaches, and whether there are messages behind that. */
    lookUpTo(campaignId: number, after: number): { readonly id: number; readonly isEnd: boolean } {
      const { id, count } = reach.get(campaignId, after) as { id: number | null; count: number };
      return { id: id ?? after, isEnd: count < AT_ONCE };
    },
    /**
     * Messages of a campaign behind one and up to another that were undecided at a time; what changed at a time that cannot be, so far
     * is it ahead of now, its clock was wrong, counts as before.
     */
    undecidedUpTo: (campaign: number, after: number, reach: number, at: number, now: number) =>
      (undecided.all({ campaign, after, reach, at, never: now + LONGEST_WAIT_MS }) as { id: number }[]).map(
        ({ id }) => id,
      ),
    /** Uncertain messages have arrived, because the user says so. */
    arrived(ids: readonly number[], now: number, sentAt: number): void {
      const json = asIds(ids);
      arrived.run({ now, sentAt, ids: json });
      events.run(now, json);
    },
    /** What is being carried out of a decision on a whole campaign. */
    decided(campaignId: number): Decided | null {
      const row = read.get(keyOf(campaignId)) as { value: string } | undefined;
      return row ? v.parse(Decided, JSON.parse(row.value)) : null;
    },
    setDecided: (campaignId: number, decided: Decided) =>
      void write.run(keyOf(campaignId), JSON.stringify(decided)),
    /** Such a decision was carried out. */
    endDecided: (campaignId: number) => void drop.run(keyOf(campaignId)),
    /** Campaigns with a decision that was not carried out to its end. */
    halfDecided: () =>
      (left.all(PREFIX) as { key: string }[]).map(({ key }) => Number(key.slice(PREFIX.length))),
  };
}
