import * as v from 'valibot';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * What an account can do, by its protocol and by what probing found. Screens, the outbox and the collector ask this table,
 * never the protocol's name.
 */
export const Capabilities = v.object({
  /** Messages that one submit request may carry, at least 1. */
  recipientsPerRequest: Count,
  /** Whether one request may carry different texts. */
  differentTexts: v.boolean(),
  /** Whether the program may choose message ids; the gateway refuses a used one, which makes repeating a request safe. */
  ownMessageIds: v.boolean(),
  /** Whether the gateway can hold a message until a given time, and for how long at most (ms; `null`: not documented). */
  schedule: v.nullable(v.object({ horizonMs: v.nullable(Count), cancel: v.boolean() })),
  flash: v.boolean(),
  validity: v.boolean(),
  /** Whether a message is sent as transactional or promotional. */
  transactionClass: v.boolean(),
  /**
   * How delivery reports come: `pull` all at once, each handed out once; `ask` message by message; `stream` over the open
   * connection; `none`.
   */
  reports: v.picklist(['pull', 'ask', 'stream', 'none']),
  /** Whether the gateway keeps a log that can be read as often as wanted. */
  logs: v.boolean(),
  /** Entries that one page of the log or of the reports holds at most. */
  pageLimit: Count,
  /** How far back the log reaches, in ms (API document, "Getting SMS logs": 48 hours); 0 without a log. */
  logWindowMs: Count,
  balance: v.boolean(),
  lookup: v.picklist(['sync', 'sync-and-async', 'none']),
  inbox: v.picklist(['pull', 'stream', 'none']),
  /** Whether the gateway shows how it would split a text. */
  preview: v.boolean(),
});
export type Capabilities = v.InferOutput<typeof Capabilities>;
