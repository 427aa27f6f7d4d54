import * as v from 'valibot';
import { AccountId, Space } from '../ids.ts';
import { MessageState } from '../sms/message-state.ts';
import { call, Count, Cursor, Instant, live, PageLimit } from './base.ts';

/** A number as conversations are keyed by it: digits, or a sender's name as it came. */
const Partner = v.pipe(v.string(), v.minLength(1), v.maxLength(40));

/** Everything received from and sent to one number, as one line of the inbox. */
export const Conversation = v.object({
  partner: Partner,
  /** The account that received the newest message; a reply goes out by it. */
  accountId: AccountId,
  lastText: v.string(),
  lastAt: Instant,
  lastIn: v.boolean(),
  /** Received messages that were not opened yet. */
  unread: Count,
  received: Count,
});
export type Conversation = v.InferOutput<typeof Conversation>;

/** One message of a conversation. `state` is `null` for a received one. */
export const ConversationMessage = v.object({
  /** Unique in the conversation: `in-12`, `out-340`. */
  key: v.string(),
  direction: v.picklist(['in', 'out']),
  text: v.string(),
  at: Instant,
  /** Our number or sender. */
  ours: v.nullable(v.string()),
  keyword: v.nullable(v.string()),
  state: v.nullable(MessageState),
});
export type ConversationMessage = v.InferOutput<typeof ConversationMessage>;

/** Head of the inbox: what is unread, when it was last asked for, and which accounts can receive. */
export const InboxHead = v.object({
  unread: Count,
  conversations: Count,
  lastFetch: v.nullable(Instant),
  failed: v.nullable(v.string()),
  receivingAccounts: v.array(AccountId),
});
export type InboxHead = v.InferOutput<typeof InboxHead>;

/** Received messages. */
export const inboxContract = {
  head: call()
    .input(v.object({ space: Space }))
    .output(live(InboxHead)),
  /** Newest first; `search` looks in number and text. */
  conversations: call()
    .input(
      v.object({
        space: Space,
        search: v.optional(v.pipe(v.string(), v.maxLength(200))),
        unreadOnly: v.optional(v.boolean()),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(v.object({ rows: v.array(Conversation), next: v.optional(Cursor) })),
  /** Newest first, received and sent ones together. */
  thread: call()
    .input(v.object({ space: Space, partner: Partner, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(ConversationMessage), next: v.optional(Cursor) })),
  markRead: call()
    .input(v.object({ space: Space, partner: Partner, read: v.boolean() }))
    .output(v.null()),
  /** Asks every account that can receive, now. */
  fetch: call()
    .input(v.object({ space: Space }))
    .output(v.object({ received: Count, failed: v.nullable(v.string()) })),
};
