import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { AccountOptions } from '#shared/accounts/options.ts';
import type { Protocol } from '#shared/accounts/protocols.ts';
import type { AppError } from '#shared/errors.ts';
import type { NetworkFacts } from '#shared/phone/network-facts.ts';
import type { Money } from '#shared/money.ts';
import type { Result } from '#shared/result.ts';

/** A status as the gateway gave it; ids outside the catalogue are kept as they came (API document, "Statuses"). */
export type GatewayStatus = {
  readonly id: number | null;
  readonly groupId: number | null;
  readonly groupName: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly action: string | null;
};

/** An error object as the gateway gave it (API document, "Error object example"). */
export type GatewayError = {
  readonly id: number | null;
  readonly groupId: number | null;
  readonly groupName: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly permanent: boolean | null;
};

/** One text to one number. `to` are E.164 digits without plus; `ownId` is ours where the account accepts own message ids. */
export type OutgoingMessage = {
  readonly to: string;
  readonly text: string;
  readonly ownId: string | null;
};

/** Hours of a day and days between which a message may be delivered (REST `deliveryTimeWindow`). */
export type DeliveryWindow = {
  readonly from: { readonly hour: number; readonly minute: number };
  readonly to: { readonly hour: number; readonly minute: number };
  readonly days: readonly (
    'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY'
  )[];
};

/** What may be asked for beside sender and text; a protocol leaves out what its capabilities do not name. */
export type SubmitOptions = {
  readonly flash?: boolean;
  /** ms since the epoch; the gateway holds the messages until then. */
  readonly sendAt?: number;
  readonly validityMinutes?: number;
  readonly transliteration?: string;
  readonly languageCode?: string;
  readonly deliveryWindow?: DeliveryWindow;
  /** Where reports are pushed to, and in which format. */
  readonly notify?: { readonly url: string; readonly contentType: 'application/json' | 'application/xml' };
  readonly callbackData?: string;
  readonly bulkId?: string;
  readonly transactionClass?: 'transactional' | 'promotional';
  /** Sends the texts' bytes as they are: hex without blanks, `data_coding` and `esm_class` (facts of the platform, "Binary"). */
  readonly binary?: { readonly hex: string; readonly dataCoding: number; readonly esmClass: number };
};

/** Messages that leave in one request; never more, nor more different, than the capabilities allow. */
export type SubmitRequest = {
  readonly sender: string;
  readonly messages: readonly OutgoingMessage[];
  readonly options?: SubmitOptions;
};

/** The gateway's answer for one message of a request. */
export type SubmittedMessage = {
  /** The number as the gateway echoed it. */
  readonly to: string;
  readonly gatewayMessageId: string | null;
  /** Ids of the further parts where each part has its own (SMPP with a header of our own), in their order. */
  readonly partIds?: readonly string[];
  readonly parts: number | null;
  readonly status: GatewayStatus;
};

/** One request and its answer for the diagnostics, secrets already taken out. Times in ms. */
export type Exchange = {
  readonly startedAt: number;
  readonly ms: number;
  /** `POST`, `GET`, `submit_sm`. */
  readonly method: string;
  /** Address without credentials. */
  readonly target: string;
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody: string;
  /** HTTP status or SMPP command_status; `null` when no answer came. */
  readonly status: number | null;
  readonly answerBody: string | null;
  /** `answered`, or in a word why not. */
  readonly outcome: string;
};

/**
 * What became of a submit request. Only two of these allow another try: `not-sent` and `refused` with a `retryAfterMs`.
 * Everything that could have been read by the gateway is `unknown` and must be reconciled, never repeated blindly.
 */
export type SubmitOutcome = (
  | {
      readonly kind: 'answered';
      readonly bulkId: string | null;
      readonly messages: readonly SubmittedMessage[];
    }
  /** The gateway answered that it took nothing of this request (4xx with or without a `requestError` body, a negative code). */
  | { readonly kind: 'refused'; readonly error: AppError; readonly retryAfterMs: number | null }
  /** No byte of the body left this computer: refused connection, DNS, TLS handshake. */
  | { readonly kind: 'not-sent'; readonly error: AppError }
  /** Timeout, reset, 5xx, or an unreadable answer after the request could have been read. */
  | { readonly kind: 'unknown'; readonly cause: string }
) & { readonly exchange?: Exchange };

/** A body exactly as it was received, to be journalled before anything parses it. */
export type RawBody = { readonly body: string; readonly receivedAt: number };

/**
 * One delivery report or log entry. Times are ms since the epoch; `raw` is the whole object with its unknown fields, such that
 * `{"results":[raw]}` is read as the same report again.
 */
export type GatewayReport = {
  readonly gatewayMessageId: string;
  readonly bulkId: string | null;
  readonly to: string | null;
  readonly from: string | null;
  readonly text: string | null;
  readonly sentAt: number | null;
  readonly doneAt: number | null;
  readonly parts: number | null;
  /** Price of one part (`price.pricePerMessage`: the platform charges it once for each part). */
  readonly pricePerPart: Money | null;
  readonly mccmnc: string | null;
  readonly status: GatewayStatus;
  readonly error: GatewayError | null;
  readonly raw: unknown;
};

/** An SMS that a phone sent to one of the account's numbers. `receivedAt` in ms since the epoch, `null` when not told. */
export type InboundMessage = {
  readonly gatewayMessageId: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  readonly keyword: string | null;
  readonly receivedAt: number | null;
};

/** Filters of the log (API document, "Getting SMS logs"). Times are ms since the epoch. */
export type LogQuery = {
  readonly from?: string;
  readonly to?: string;
  readonly bulkIds?: readonly string[];
  readonly messageIds?: readonly string[];
  readonly generalStatus?: string;
  readonly sentSince?: number;
  readonly sentUntil?: number;
  readonly limit?: number;
  readonly mcc?: string;
  readonly mnc?: string;
};

/** Filters of the reports (API document, "Getting delivery reports"); `messageIds` is what `ask` accounts are asked about. */
export type ReportQuery = {
  readonly bulkId?: string;
  readonly messageIds?: readonly string[];
  readonly limit?: number;
};

/** Filters of received messages; `logs` reads repeatably, otherwise each message is handed out once. Times in ms. */
export type InboxQuery = {
  readonly logs?: boolean;
  readonly limit?: number;
  readonly to?: string;
  readonly keyword?: string;
  readonly since?: number;
  readonly until?: number;
};

/** What the network says about one number. */
export type LookupAnswer = NetworkFacts & { readonly msisdn: string; readonly lookupId: string | null };

/** Number context requests. */
export type Lookups = {
  /** Asks and waits for the facts; at most 1,000 numbers (facts of the platform, "REST"). */
  query(numbers: readonly string[], signal?: AbortSignal): Promise<Result<readonly LookupAnswer[], AppError>>;
  /** Asks for facts that come later to `notifyUrl`; gives what was taken. `null` where the protocol has no such call. */
  readonly notify:
    | ((
        numbers: readonly string[],
        notifyUrl: string,
        signal?: AbortSignal,
      ) => Promise<Result<readonly LookupAnswer[], AppError>>)
    | null;
};

/** A scheduled sending at the gateway (facts of the platform, "Bulks"). Times in ms since the epoch. */
export type Bulks = {
  get(bulkId: string): Promise<Result<{ readonly sendAt: number | null }, AppError>>;
  reschedule(bulkId: string, sendAt: number): Promise<Result<{ readonly sendAt: number | null }, AppError>>;
  status(bulkId: string): Promise<Result<BulkStatus, AppError>>;
  setStatus(bulkId: string, status: BulkStatus): Promise<Result<BulkStatus, AppError>>;
};

/** Where a scheduled sending stands. */
export type BulkStatus = 'PENDING' | 'PAUSED' | 'PROCESSING' | 'CANCELED' | 'FINISHED' | 'FAILED';

/** How the gateway would send a text: its own count of parts. */
export type TextPreview = {
  readonly text: string;
  readonly parts: number;
  readonly charactersRemaining: number | null;
};

/** What an open connection hands over unasked. */
export type Stream = {
  /**
   * Opens the connection and keeps it open, with reconnecting, until the returned function is called. `onBody` stores a body
   * before it returns; only then is it acknowledged to the gateway, and when it throws the gateway keeps it.
   */
  open(onBody: (kind: 'report' | 'inbox', raw: RawBody) => void): () => void;
};

/**
 * One account's connection to its gateway. Nothing here throws for a gateway's behaviour: failures are values.
 * Credentials are fetched by the gateway itself when a request needs them and never leave it. A call that the capabilities
 * do not name fails with `NOT_SUPPORTED`.
 */
export type Gateway = {
  readonly capabilities: Capabilities;
  submit(request: SubmitRequest, signal?: AbortSignal): Promise<SubmitOutcome>;
  balance(signal?: AbortSignal): Promise<Result<Money, AppError>>;
  /** Logs in and out again, where the protocol has no balance call to try a password with. */
  check?(signal?: AbortSignal): Promise<Result<null, AppError>>;
  /**
   * Finds out without sending anything whether this server has the call that takes message ids of ours (REST advanced); absent
   * where the protocol itself says so.
   */
  acceptsOwnIds?(signal?: AbortSignal): Promise<Result<boolean, AppError>>;
  /** Takes reports off the gateway: each is handed out once, so the caller must store the body before parsing it. */
  fetchReports(query: ReportQuery, signal?: AbortSignal): Promise<Result<RawBody, AppError>>;
  fetchLogs(query: LogQuery, signal?: AbortSignal): Promise<Result<RawBody, AppError>>;
  fetchInbox(query: InboxQuery, signal?: AbortSignal): Promise<Result<RawBody, AppError>>;
  readonly lookups: Lookups | null;
  readonly bulks: Bulks | null;
  preview(text: string, signal?: AbortSignal): Promise<Result<TextPreview, AppError>>;
  readonly stream: Stream | null;
  /**
   * Gateway clock minus this computer's, in ms, from the last answer that told its time; 0 before the first one.
   * Time windows of log queries are shifted by it, so that a wrong clock here finds its messages nevertheless.
   */
  clockOffsetMs(): number;
  close(): Promise<void>;
};

/** How to reach an account's gateway; `credentials` is asked for each time they are needed and may fail. */
export type GatewayAddress = {
  readonly serverAddress: string;
  readonly allowHttp: boolean;
  readonly credentials: () => Promise<
    Result<{ readonly userName: string; readonly password: string }, AppError>
  >;
};

/**
 * How bodies of every protocol are read, by what stands in them: a body may be read long after it came, when its account
 * speaks another protocol. Entries without an id are counted in `skipped`, never dropped in silence.
 */
export type Reading = {
  reports(
    body: string,
  ): Result<{ readonly reports: readonly GatewayReport[]; readonly skipped: number }, AppError>;
  inbox(
    body: string,
  ): Result<{ readonly messages: readonly InboundMessage[]; readonly skipped: number }, AppError>;
  /** Facts about numbers that were pushed or answered. */
  lookups(
    body: string,
  ): Result<{ readonly answers: readonly LookupAnswer[]; readonly skipped: number }, AppError>;
};

/** What of an account decides how its gateway is spoken to. */
export type GatewayKind = {
  readonly protocol: Protocol;
  readonly options: AccountOptions;
  /** What probing found; `null` takes what the protocol promises by itself. */
  readonly capabilities: Capabilities | null;
  /** Messages that one request may carry; `null` for the protocol's own number. */
  readonly recipientsPerRequest: number | null;
};

/** The `detail` of an error whose answer came from a web site and not from the API. */
export const A_WEB_PAGE = 'a web page';
