import type { AppError } from '#shared/errors.ts';
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

/** One text to many numbers, as one request. `recipients` are E.164 digits without plus. */
export type SubmitRequest = {
  readonly sender: string;
  readonly text: string;
  readonly recipients: readonly string[];
};

/** The gateway's answer for one recipient of a request. */
export type SubmittedMessage = {
  /** The number as the gateway echoed it. */
  readonly to: string;
  readonly gatewayMessageId: string | null;
  readonly parts: number | null;
  readonly status: GatewayStatus;
};

/**
 * What became of a submit request. Only two of these allow another try: `not-sent` and `refused` with a `retryAfterMs`.
 * Everything that could have been read by the gateway is `unknown` and must be reconciled, never repeated blindly.
 */
export type SubmitOutcome =
  | {
      readonly kind: 'answered';
      readonly bulkId: string | null;
      readonly messages: readonly SubmittedMessage[];
    }
  /** The gateway answered that it took nothing of this request (4xx with or without a `requestError` body). */
  | { readonly kind: 'refused'; readonly error: AppError; readonly retryAfterMs: number | null }
  /** No byte of the body left this computer: refused connection, DNS, TLS handshake. */
  | { readonly kind: 'not-sent'; readonly error: AppError }
  /** Timeout, reset, 5xx, or an unreadable answer after the request could have been read. */
  | { readonly kind: 'unknown'; readonly cause: string };

/** A body exactly as it was received, to be journalled before anything parses it. */
export type RawBody = { readonly body: string; readonly receivedAt: number };

/** One delivery report or log entry. Times are ms since the epoch; `raw` is the whole object with its unknown fields. */
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

/** Filters of the once-only reports (API document, "Getting delivery reports"). */
export type ReportQuery = { readonly bulkId?: string; readonly messageId?: string; readonly limit?: number };

/** What an account's protocol can do; screens and the outbox ask this, never the protocol's name. */
export type Capabilities = {
  /** Recipients that one submit request may carry. */
  readonly recipientsPerRequest: number;
  /** Whether the program may choose message ids, which makes a repeated request safe. */
  readonly ownMessageIds: boolean;
  /** Entries that one page of the log or of the reports holds at most. */
  readonly pageLimit: number;
  /** How far back the log reaches, in ms (API document: 48 hours). */
  readonly logWindowMs: number;
};

/**
 * One account's connection to its gateway. Nothing here throws for a gateway's behaviour: failures are values.
 * Credentials are fetched by the gateway itself when a request needs them and never leave it.
 */
export type Gateway = {
  readonly capabilities: Capabilities;
  submit(request: SubmitRequest, signal?: AbortSignal): Promise<SubmitOutcome>;
  balance(signal?: AbortSignal): Promise<Result<Money, AppError>>;
  /** Takes reports off the gateway: each is handed out once, so the caller must store the body before parsing it. */
  fetchReports(query: ReportQuery, signal?: AbortSignal): Promise<Result<RawBody, AppError>>;
  fetchLogs(query: LogQuery, signal?: AbortSignal): Promise<Result<RawBody, AppError>>;
  /** Reads a body of {@link fetchReports} or {@link fetchLogs}. Entries without an id are counted in `skipped`, never dropped in silence. */
  parseReports(
    body: string,
  ): Result<{ readonly reports: readonly GatewayReport[]; readonly skipped: number }, AppError>;
  /**
   * Gateway clock minus this computer's, in ms, from the `Date` header of the last answer; 0 before the first one.
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
