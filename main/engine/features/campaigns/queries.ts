import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { type PauseReason } from '#shared/ipc/campaign-view.ts';
import { SendOptions, SendRequest } from '#shared/ipc/plan.ts';
import type { Money } from '#shared/money.ts';
import { MESSAGE_STATES } from '#shared/sms/message-state.ts';
import { OPEN } from '../../store/open-messages.ts';

/** A campaign as stored. Times are ms since the epoch. */
export type CampaignRow = {
  readonly id: number;
  readonly account_id: string;
  readonly name: string;
  readonly sender: string;
  readonly text: string;
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Parts that most messages have. */
  readonly parts_per_message: number;
  /** `null`: like `parts_per_message`. */
  readonly parts_min: number | null;
  readonly parts_max: number | null;
  /** Parts of all messages that were planned to be sent, less those left out since; `null`: all have the same. */
  readonly parts_planned: number | null;
  readonly merged: 0 | 1;
  readonly planned: number;
  readonly price_micros: number | null;
  readonly price_currency: string | null;
  readonly created_at: number;
  readonly held_until: number;
  readonly pause_reason: PauseReason | null;
  readonly cancelled_at: number | null;
  readonly send_at: number | null;
  readonly held_by: 'here' | 'gateway' | null;
  /** Stands for its words; see `fingerprint.ts`. */
  readonly fingerprint: string | null;
  readonly class: 'transactional' | 'promotional' | null;
  /** 1 while the quiet hours count for it. */
  readonly quiet: 0 | 1;
  /** So many messages go ahead; 0: none. */
  readonly canary: number;
  /** The last one that goes ahead, while the others wait for it. */
  readonly canary_until: number | null;
  readonly urgent: 0 | 1;
  readonly zone: string | null;
  readonly retry_of: number | null;
  readonly series_id: number | null;
  /** 1: it repeats another one by itself. */
  readonly automatic: 0 | 1;
  /** What all its messages were expected to cost, in `price_currency`. */
  readonly estimate_micros: number | null;
};

/** A campaign that was not written to its end. */
export type UnfinishedRow = Pick<CampaignRow, 'id' | 'retry_of'>;

/** A campaign to be written. Times are ms since the epoch. */
export type NewCampaign = {
  readonly token: string;
  readonly request: SendRequest;
  readonly name: string;
  readonly text: string;
  readonly textFolded: string;
  readonly encoding: string;
  readonly partsPerMessage: number;
  readonly partsMin: number;
  readonly partsMax: number;
  readonly partsPlanned: number;
  readonly merged: boolean;
  readonly planned: number;
  readonly price: Money | null;
  readonly createdAt: number;
  readonly heldUntil: number;
  readonly sendAt: number | null;
  readonly heldBy: 'here' | 'gateway' | null;
  readonly fingerprint: string;
  readonly class: 'transactional' | 'promotional' | null;
  /** The quiet hours count for it, should the rules have any for its class. */
  readonly quiet: boolean;
  /** So many messages go ahead; 0: none. */
  readonly canary: number;
  readonly urgent: boolean;
  /** In which its time was chosen; `null` without one. */
  readonly zone: string | null;
  readonly retryOf: number | null;
  /** The series that it is an occurrence of. */
  readonly seriesId: number | null;
  readonly estimateMicros: number | null;
  /** What its chips stood for, for the record. */
  readonly sources: readonly object[];
  /** `writing`: its messages are not all there yet. */
  readonly pause: 'writing' | null;
};

/** Whose a message to be written is, and when that is (ms since the epoch). */
export type MessageHead = { readonly campaignId: number; readonly accountId: string; readonly at: number };

/** What stands in a message to be written. */
export type MessageWords = {
  readonly msisdn: string;
  readonly input: string;
  readonly state: 'held' | 'left-out';
  readonly reason: string | null;
  readonly parts: number | null;
  /** Its own text, and what searches compare, where its campaign has merge fields. */
  readonly ownText: string | null;
  readonly ownFolded: string | null;
  /** What it is expected to cost, in millionths. */
  readonly estimateMicros: number | null;
  /** The failed message that it repeats. */
  readonly retryOf: number | null;
};

const COLUMNS = `id, account_id, name, sender, text, encoding, parts_per_message, parts_min, parts_max, parts_planned, merged,
  planned, price_micros, price_currency, created_at, held_until, pause_reason, cancelled_at, send_at, held_by, fingerprint,
  class, quiet, canary, canary_until, urgent, zone, retry_of, series_id, estimate_micros,
  token GLOB 'again *' AS automatic`;

/** Not one whose messages are still being written. */
const WRITTEN = "pause_reason IS NOT 'writing'";

/** States of messages that are held no more; one step in the index for each, however many messages there are. */
const BEYOND_HOLD = MESSAGE_STATES.filter((state) => state !== 'held' && state !== 'left-out')
  .map((state) => `'${state}'`)
  .join(', ');

/** All SQL of planning: campaigns and the first state of their messages. */
export function campaignQueries(db: DatabaseSyncInstance) {
  const insertCampaign = db.prepare(`
    INSERT INTO campaigns (token, account_id, name, sender, text, text_folded, encoding, parts_per_message, parts_min, parts_max,
      parts_planned, merged, planned, price_micros, price_currency, created_at, held_until, send_at, held_by,
      options, sources, template_id, request, series_id, pause_reason, fingerprint, class, quiet, canary, urgent, zone, retry_of,
      estimate_micros)
    VALUES (:token, :accountId, :name, :sender, :text, :textFolded, :encoding, :partsPerMessage, :partsMin, :partsMax,
      :partsPlanned, :merged, :planned, :priceMicros, :priceCurrency, :createdAt, :heldUntil, :sendAt, :heldBy,
      :options, :sources, :templateId, :request, :seriesId, :pause, :fingerprint, :class, :quiet, :canary, :urgent, :zone, :retryOf,
      :estimateMicros)`);
  const insertTyped = db.prepare('INSERT INTO campaign_recipients (campaign_id, typed) VALUES (?, ?)');
  const insertMessage = db.prepare(`
    INSERT INTO messages (campaign_id, account_id, msisdn, input, state, reason, parts, own_text, own_folded, not_before,
      estimate_micros, retry_of, created_at, changed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const unfinished = db.prepare("SELECT id, retry_of FROM campaigns WHERE pause_reason = 'writing'");
  const freeToken = db.prepare(
    "UPDATE campaigns SET token = 'unfinished ' || id WHERE id = ? AND pause_reason = 'writing'",
  );
  const freeLeft = db.prepare(
    "UPDATE campaigns SET token = 'unfinished ' || id WHERE token = ? AND pause_reason = 'writing'",
  );
  const finish = db.prepare(
    "UPDATE campaigns SET pause_reason = NULL, held_until = ?, canary_until = ? WHERE id = ? AND pause_reason = 'writing'",
  );
  const setCanary = db.prepare('UPDATE campaigns SET canary_until = ? WHERE id = ?');
  const canaryBegan = db.prepare(`
    SELECT 1 FROM messages INDEXED BY messages_campaign_order
    WHERE campaign_id = ? AND id <= ?
      AND (state NOT IN ('held', 'queued', 'left-out', 'cancelled') OR state = 'queued' AND retries > 0) LIMIT 1`);
  const hasUnsent = db.prepare(
    "SELECT 1 FROM messages WHERE campaign_id = ? AND state IN ('held', 'queued') LIMIT 1",
  );
  const setQuiet = db.prepare('UPDATE campaigns SET quiet = ? WHERE id = ?');
  const dropMessages = db.prepare(
    'DELETE FROM messages WHERE id IN (SELECT id FROM messages WHERE campaign_id = ? LIMIT ?)',
  );
  const dropCampaign = db.prepare("DELETE FROM campaigns WHERE id = ? AND pause_reason = 'writing'");
  const byToken = db.prepare(`SELECT ${COLUMNS} FROM campaigns WHERE token = ? AND ${WRITTEN}`);
  const byId = db.prepare(`SELECT ${COLUMNS} FROM campaigns WHERE id = ? AND ${WRITTEN}`);
  const page = db.prepare(
    `SELECT ${COLUMNS} FROM campaigns WHERE id < ? AND ${WRITTEN} ORDER BY id DESC LIMIT ?`,
  );
  const typed = db.prepare(`
    SELECT account_id, sender, text, send_at, typed AS input, options, request
    FROM campaigns JOIN campaign_recipients ON campaign_id = id WHERE id = ?`);
  const leavesFrom = db.prepare('UPDATE campaigns SET held_until = MAX(held_until, ?) WHERE id = ?');
  const schedule = db.prepare('UPDATE campaigns SET send_at = ?, held_by = ? WHERE id = ?');
  // No two cancels of a campaign have the same time: which of them one was is told by it.
  const markCancelled = db.prepare(`
    UPDATE campaigns SET cancelled_at = MAX(?, COALESCE(cancelled_at + 1, 0)), pause_reason = NULL, retry_when_over = 0
    WHERE id = ?`);
  const setPause = db.prepare('UPDATE campaigns SET pause_reason = ? WHERE id = ?');
  const callOff = db.prepare(`
    UPDATE messages SET state = CASE WHEN uncertain_since IS NULL THEN 'cancelled' ELSE 'uncertain' END,
      reason = CASE WHEN uncertain_since IS NULL THEN :why ELSE 'undecided' END, not_before = NULL, changed_at = :at
    WHERE id IN (SELECT m.id FROM messages m INDEXED BY messages_campaign
      WHERE m.campaign_id = :id AND m.state IN ('held', 'queued') LIMIT :limit)
    RETURNING state = 'cancelled' AS off`);
  const halfCalledOff = db.prepare(`
    WITH RECURSIVE states (state) AS (VALUES ('held'), ('queued')), unsent (account, state, campaign) AS (
      SELECT a.id, s.state, (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = a.id AND ${OPEN} AND m.state = s.state)
      FROM accounts a CROSS JOIN states s
      UNION ALL SELECT u.account, u.state, (SELECT MIN(m.campaign_id) FROM messages m INDEXED BY messages_lane
        WHERE m.account_id = u.account AND ${OPEN} AND m.state = u.state AND m.campaign_id > u.campaign)
      FROM unsent u WHERE u.campaign IS NOT NULL)
    SELECT DISTINCT c.id, c.retry_of FROM unsent u CROSS JOIN campaigns c ON c.id = u.campaign WHERE c.cancelled_at IS NOT NULL`);
  const whyCalledOff = db.prepare(`
    SELECT reason FROM messages INDEXED BY messages_campaign WHERE campaign_id = ? AND state = 'cancelled' LIMIT 1`);
  const beyondHold = db.prepare(`
    SELECT 1 FROM messages INDEXED BY messages_campaign WHERE campaign_id = ? AND state IN (${BEYOND_HOLD}) LIMIT 1`);

  return {
    /** Writes a campaign; gives its id. */
    insertCampaign({ request, merged, quiet, urgent, sources, price, pause, ...row }: NewCampaign): number {
      // The typed numbers may be megabytes, and have a table of their own.
      const { recipients, ...rest } = request;
      const { lastInsertRowid } = insertCampaign.run({
        ...row,
        accountId: request.accountId,
        sender: request.sender,
        merged: merged ? 1 : 0,
        quiet: quiet ? 1 : 0,
        urgent: urgent ? 1 : 0,
        priceMicros: price?.micros ?? null,
        priceCurrency: price?.currency ?? null,
        options: JSON.stringify(request.options ?? {}),
        sources: JSON.stringify(sources),
        templateId: request.templateId ?? null,
        request: JSON.stringify(rest),
        pause,
      });
      const id = Number(lastInsertRowid);
      insertTyped.run(id, recipients);
      return id;
    },
    /**
     * Writes a message, which leaves not before `notBefore` (ms since the epoch); gives its id. Its parts come as they are: putting
     * them into one object first took three kilobytes a message.
     */
    insertMessage(
      { campaignId, accountId, at }: MessageHead,
      row: MessageWords,
      notBefore: number | null,
    ): number {
      const { lastInsertRowid } = insertMessage.run(
        campaignId,
        accountId,
        row.msisdn,
        row.input,
        row.state,
        row.reason,
        row.parts,
        row.ownText,
        row.ownFolded,
        notBefore,
        row.estimateMicros,
        row.retryOf,
        at,
        at,
      );
      return Number(lastInsertRowid);
    },
    /** Campaigns that were not written to their end. */
    unfinished: () => unfinished.all() as UnfinishedRow[],
    /** All messages of a campaign are there; it is held from now on. */
    finish: (id: number, heldUntil: number, canaryUntil: number | null) =>
      void finish.run(heldUntil, canaryUntil, id),
    /** The last message that goes ahead; `null`: the others wait no longer. */
    setCanary: (id: number, until: number | null) => void setCanary.run(until, id),
    /** Whether one of those messages has left that go ahead of the others. */
    canaryBegan: ({ id, canary_until: until }: Pick<CampaignRow, 'id' | 'canary_until'>) =>
      until !== null && canaryBegan.get(id, until) !== undefined,
    /** Whether something of a campaign is still to be handed over. */
    hasUnsent: (id: number) => hasUnsent.get(id) !== undefined,
    /** Whether the quiet hours count for a campaign. */
    setQuiet: (id: number, counts: boolean) => void setQuiet.run(counts ? 1 : 0, id),
    /** Lets a campaign that is not written to its end be asked for again. */
    freeToken: (id: number) => void freeToken.run(id),
    /** Takes a token from what is left of a campaign that was not written to its end. Only while none is being written under it. */
    freeLeft: (token: string) => void freeLeft.run(token),
    /** Removes some messages of a campaign that was not written to its end; says how many. */
    dropMessages: (id: number, limit: number) => Number(dropMessages.run(id, limit).changes),
    dropCampaign: (id: number) => void dropCampaign.run(id),
    byToken: (token: string) => (byToken.get(token) as CampaignRow | undefined) ?? null,
    byId: (id: number) => (byId.get(id) as CampaignRow | undefined) ?? null,
    /** Newest first, older than `before`. */
    page: (before: number, limit: number) => page.all(before, limit) as CampaignRow[],
    /** What Compose had asked for, whole, at the time that holds now. */
    request(id: number): SendRequest {
      const row = typed.get(id) as {
        account_id: string;
        sender: string;
        text: string;
        send_at: number | null;
        input: string;
        options: string;
        request: string | null;
      };
      const whole = v.safeParse(SendRequest, {
        ...(row.request === null ? {} : (JSON.parse(row.request) as object)),
        recipients: row.input,
      });
      const { sendAt: _, ...request } = whole.success
        ? whole.output
        : {
            accountId: row.account_id,
            sender: row.sender,
            text: row.text,
            recipients: row.input,
            options: v.parse(SendOptions, JSON.parse(row.options)),
          };
      return row.send_at === null ? request : { ...request, sendAt: row.send_at };
    },
    /** Sets when a campaign goes out and who holds it until then. */
    setSchedule: (id: number, sendAt: number | null, heldBy: 'here' | 'gateway' | null) =>
      void schedule.run(sendAt, heldBy, id),
    /** The user lets the campaign go on at `now` (ms): it is late only as seen from then. */
    leavesFrom: (id: number, now: number) => void leavesFrom.run(now, id),
    /** From now on nothing of the campaign is handed over, and what comes back unsent is cancelled too. */
    markCancelled: (id: number, at: number) => void markCancelled.run(at, id),
    setPause: (id: number, reason: PauseReason | null) => void setPause.run(reason, id),
    /**
     * Calls off up to `limit` messages that have not left, and says how many it looked at and called `off`. What was to be sent again,
     * because its first attempt may or may not have arrived, cannot be called off: the user is asked about it.
     */
    callOff(
      id: number,
      why: string,
      at: number,
      limit: number,
    ): { readonly rows: number; readonly off: number } {
      const rows = callOff.all({ id, why, at, limit }) as { off: 0 | 1 }[];
      return { rows: rows.length, off: rows.filter(({ off }) => off === 1).length };
    },
    /** Cancelled campaigns of which something is still to be called off. */
    halfCalledOff: () => halfCalledOff.all() as Pick<CampaignRow, 'id' | 'retry_of'>[],
    /** Whether what was called off of a campaign was taken back whole, rather than cancelled. */
    isTakenBack: (id: number) =>
      (whyCalledOff.get(id) as { reason: string | null } | undefined)?.reason === 'undone',
    /** Whether a message is past the undo window in whatever way. */
    isBeyondHold: (id: number) => beyondHold.get(id) !== undefined,
  };
}

/** {@link campaignQueries}, prepared. */
export type CampaignQueries = ReturnType<typeof campaignQueries>;
