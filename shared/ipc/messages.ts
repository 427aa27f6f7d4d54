import * as v from 'valibot';
import { AccountId, CampaignId, MessageId, Space } from '../ids.ts';
import { MessageState } from '../sms/message-state.ts';
import { call, Count, Cursor, Instant, live, PageLimit } from './base.ts';
import { MessagePage, MessageRow } from './campaign-view.ts';

/** Conditions on the archive; absent ones do not restrict. Numbers and senders match as typed prefixes or inner digits. */
export const MessageFilter = v.object({
  states: v.optional(v.pipe(v.array(MessageState), v.maxLength(20))),
  /** Digits (Latin or Bangla) that the number contains. */
  number: v.optional(v.pipe(v.string(), v.maxLength(40))),
  sender: v.optional(v.pipe(v.string(), v.maxLength(40))),
  /** Words of the text. */
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Created at or after. */
  since: v.optional(Instant),
  /** Created before. */
  until: v.optional(Instant),
  campaignId: v.optional(CampaignId),
  accountId: v.optional(AccountId),
});
export type MessageFilter = v.InferOutput<typeof MessageFilter>;

/** One step in the life of a message. */
export const MessageEvent = v.object({ at: Instant, state: MessageState, note: v.nullable(v.string()) });
export type MessageEvent = v.InferOutput<typeof MessageEvent>;

/** A message with its history and the raw reports that were received about it (pretty JSON, secrets never in them). */
export const MessageDetail = v.object({
  row: MessageRow,
  campaignName: v.nullable(v.string()),
  accountName: v.string(),
  events: v.array(MessageEvent),
  rawReports: v.array(v.object({ at: Instant, source: v.picklist(['report', 'log']), json: v.string() })),
});
export type MessageDetail = v.InferOutput<typeof MessageDetail>;

/** What the archive covers: how fresh the reports are and when the gateway's log was last swept. */
export const SyncView = v.object({
  running: v.boolean(),
  lastReportPull: v.nullable(Instant),
  lastLogSweep: v.nullable(Instant),
  /** Periods of the last 90 days that no sweep covered, that the log has forgotten, and from which final reports are missing. */
  gaps: v.array(v.object({ from: Instant, until: Instant })),
  /** Bodies that could not be parsed and are kept for inspection. */
  unreadable: Count,
  /** The code of the last failure, until the next success. */
  failed: v.nullable(v.string()),
});
export type SyncView = v.InferOutput<typeof SyncView>;

/** The archive of messages, and keeping it up to date. */
export const messagesContract = {
  /** Newest first. */
  list: call()
    .input(v.object({ space: Space, filter: MessageFilter, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(MessagePage),
  /** How many match, counted to at most 100,000 (`capped` then). */
  count: call()
    .input(v.object({ space: Space, filter: MessageFilter }))
    .output(v.object({ count: Count, capped: v.boolean() })),
  get: call('NOT_FOUND')
    .input(v.object({ space: Space, id: MessageId }))
    .output(MessageDetail),
  /** Ticks when rows of a space changed, so that an open list can ask again. The value is the time of the last change. */
  changes: call()
    .input(v.object({ space: Space }))
    .output(live(Instant)),
  /** Pulls reports and sweeps the log of every account of the space now. */
  sync: call()
    .input(v.object({ space: Space }))
    .output(SyncView),
  syncState: call()
    .input(v.object({ space: Space }))
    .output(live(SyncView)),
};
