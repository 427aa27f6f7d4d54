import type { Capabilities } from '#shared/accounts/capabilities.ts';

/** Recipients in one request unless the account says otherwise; the document names no limit. */
const RECIPIENTS_PER_REQUEST = 100;
/** Entries of one page at most (facts of the platform, "Reports" and "Logs"). */
const PAGE_LIMIT = 1_000;
/** "SMS logs are available for the last 48 hours" (API document, "Getting SMS logs"). */
const LOG_WINDOW_MS = 48 * 3_600_000;
/** How far ahead a message may be scheduled (facts of the platform, "Scheduling"). */
const SCHEDULE_HORIZON_MS = 180 * 24 * 3_600_000;

/** Calls that a server of the REST API has beside those that the API document promises. */
export type RestAbilities = {
  /** `multi`, `advanced`, the calls for scheduled sendings and the preview. */
  readonly advanced: boolean;
  readonly logs: boolean;
  readonly inbox: boolean;
  readonly lookup: boolean;
};

/** What the API document itself promises: single texts, reports and logs. */
export const DOCUMENT_ABILITIES: RestAbilities = { advanced: false, logs: true, inbox: false, lookup: false };

/** What decides the capabilities of a REST account. */
export type RestCapabilityOptions = {
  /** Recipients that one submit request may carry; `null` or absent for 100. */
  readonly recipientsPerRequest?: number | null;
  /** {@link DOCUMENT_ABILITIES} when absent. */
  readonly abilities?: RestAbilities;
  /** Sends with `GET /sms/1/text/query`, for servers that refuse POST: one text a request and no own ids. */
  readonly useGet?: boolean;
};

/** The capability table of a REST account; the same in JSON and XML. */
export function restCapabilities(options: RestCapabilityOptions): Capabilities {
  const { advanced, logs, inbox, lookup } = options.abilities ?? DOCUMENT_ABILITIES;
  const special = advanced || options.useGet === true;
  return {
    recipientsPerRequest: options.recipientsPerRequest ?? RECIPIENTS_PER_REQUEST,
    differentTexts: advanced && !options.useGet,
    ownMessageIds: advanced && !options.useGet,
    schedule: special ? { horizonMs: SCHEDULE_HORIZON_MS, cancel: advanced } : null,
    flash: special,
    validity: special,
    transactionClass: false,
    reports: 'pull',
    logs,
    pageLimit: PAGE_LIMIT,
    logWindowMs: logs ? LOG_WINDOW_MS : 0,
    balance: true,
    lookup: lookup ? 'sync-and-async' : 'none',
    inbox: inbox ? 'pull' : 'none',
    preview: advanced,
  };
}
