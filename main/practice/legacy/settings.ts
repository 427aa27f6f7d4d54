import type { DateStyle } from './times.ts';

/** The parameter names under which inbound messages are forwarded (facts of the platform, "Inbound (MO)"). */
export type InboundNames = {
  readonly sender: string;
  readonly receiver: string;
  readonly text: string;
  readonly datetime: string;
};

/**
 * How the legacy API behaves where the document and the real platform differ, and the addresses that an account has
 * registered. It holds for all users and can be changed while the gateway runs.
 */
export type LegacySettings = {
  /** Error codes of the pull: `5` as the document has them, or `-5`. */
  drCodes: 'document' | 'negative';
  drDates: DateStyle;
  /** Attributes of a report: those of the document's sample, or with `gsmerror`, `price` and `pducount`. */
  drAttributes: 'all' | 'document';
  /** Where reports go that name no `pushurl`; `null`: nowhere, they wait to be pulled. */
  pushUrl: string | null;
  /** Where results of asynchronous number lookups go. */
  hlrPushUrl: string | null;
  /** Where inbound messages are forwarded to. */
  inboundUrl: string | null;
  inboundNames: InboundNames;
};

/** The settings of a gateway that was just started. */
export function usualSettings(): LegacySettings {
  return {
    drCodes: 'document',
    drDates: 'padded',
    drAttributes: 'all',
    pushUrl: null,
    hlrPushUrl: null,
    inboundUrl: null,
    inboundNames: { sender: 'sender', receiver: 'receiver', text: 'text', datetime: 'datetime' },
  };
}
