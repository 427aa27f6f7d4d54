import type { AccountId } from '#shared/ids.ts';
import type { SendOptions } from '#shared/ipc/plan.ts';

/** A message that was marked as leaving. */
export type ClaimedRow = {
  readonly id: number;
  readonly campaign_id: number;
  readonly msisdn: string;
  /** Its own text, where its campaign has merge fields. */
  readonly own_text: string | null;
  /** The message id of ours that the gateway is given, where the account takes such; the same at each attempt. */
  readonly own_id: string | null;
  /** Since when an earlier attempt is of unknown fate (ms since the epoch); such a message only goes out under the same id. */
  readonly uncertain_since: number | null;
  /** The bulk that an earlier attempt left in. */
  readonly bulk_id: string | null;
  /** How often it was queued again by itself because a refusal was called temporary. */
  readonly retries: number;
};

/** A campaign with messages that are queued, and what decides whether they may leave. Times are ms since the epoch. */
export type LaneRow = {
  readonly id: number;
  /** 1: paused or cancelled. */
  readonly stopped: 0 | 1;
  readonly send_at: number | null;
  readonly held_by: 'here' | 'gateway' | null;
  /** 1: goes before the others. */
  readonly urgent: 0 | 1;
  /** 1: the quiet hours count for it. */
  readonly quiet: 0 | 1;
  readonly class: 'transactional' | 'promotional' | null;
  /** The last message that goes ahead while the others wait for it. */
  readonly canary_until: number | null;
  /** 1: each message has a text of its own. */
  readonly merged: 0 | 1;
  /** Before this its next message is not to be tried again; 0: at any time, or while some go ahead, which are looked at each time. */
  readonly next_at: number;
};

/** What all messages of a campaign share, and what never changes; a message's own text comes before `text`. */
export type Words = { readonly sender: string; readonly text: string; readonly options: SendOptions };

/** A message whose fate is unknown and whose next look is due. Times are ms since the epoch. */
export type UncertainRow = {
  readonly id: number;
  readonly campaign_id: number;
  readonly account_id: AccountId;
  readonly msisdn: string;
  readonly sender: string;
  readonly text: string;
  readonly attempt_at: number;
  readonly looks: number;
  readonly own_id: string | null;
  readonly uncertain_since: number | null;
  /** How often it was sent again under the same id. */
  readonly repeats: number;
  /** The gateway keeps it until its time, so its log does not show it before. */
  readonly scheduled: number;
};
