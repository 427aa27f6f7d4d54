import * as v from 'valibot';

/**
 * Every reason for which a call may be refused. The face has wording, severity and a next step for each one
 * (`renderer/app/error-table.ts`, a total record over this union), so a new code does not compile without them.
 */
export const ERROR_CODES = [
  // calls
  'INVALID_INPUT',
  'PAYLOAD_TOO_LARGE',
  'NOT_FOUND',
  'LINK_LOST',
  'UNEXPECTED',
  // accounts
  'ACCOUNT_NAME_TAKEN',
  'INVALID_SERVER_ADDRESS',
  'HTTP_NEEDS_CONSENT',
  'INVALID_SENDER',
  'PRACTICE_ACCOUNT_FIXED',
  'ACCOUNT_IN_USE',
  // vault
  'PASSWORD_MISSING',
  'VAULT_UNAVAILABLE',
  'VAULT_LOCKED',
  // gateway
  'GATEWAY_UNREACHABLE',
  'GATEWAY_AUTH',
  'GATEWAY_BUSY',
  'GATEWAY_REFUSED',
  'GATEWAY_UNREADABLE',
  'PRACTICE_NOT_RUNNING',
  'NOT_SUPPORTED',
  'PROTOCOL_NOT_FOUND',
  'RECEIVER_FAILED',
  // sending
  'NOTHING_TO_SEND',
  'TEXT_EMPTY',
  'TEXT_TOO_LONG',
  'TOO_MANY_RECIPIENTS',
  'INVALID_SCHEDULE',
  'CONFIRMATION_NEEDED',
  'PLAN_CHANGED',
  'UNDO_TOO_LATE',
  'NOT_POSSIBLE_NOW',
  'LEFTOVER_PLACEHOLDER',
  'WARNING_NOT_SEEN',
  // words
  'MERGE_BROKEN',
  'UNKNOWN_FIELD',
  'EMPTY_FIELDS',
  'TEMPLATE_EXISTS',
  // contacts
  'CONTACT_EXISTS',
  'FIELD_EXISTS',
  'GROUP_EXISTS',
  'RULE_BROKEN',
  // files
  'FILE_NOT_READ',
  'FILE_TOO_LARGE',
  'FILE_DAMAGED',
  'FILE_EMPTY',
  'FILE_NOT_WRITTEN',
  'IMPORT_BUSY',
  'IMPORT_GONE',
  'IMPORT_CHANGED',
  // store
  'STORE_NEWER',
  'STORE_CORRUPT',
  'STORE_FULL',
  'STORE_READONLY',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * What travels with a code: facts for the wording, never a secret. `detail` is a short technical fact for the
 * diagnostics line, `incident` the id under which an unexpected failure was logged, the rest are parameters of the wording.
 */
export const ErrorFacts = v.object({
  detail: v.optional(v.string()),
  incident: v.optional(v.string()),
  field: v.optional(v.string()),
  limit: v.optional(v.number()),
  actual: v.optional(v.number()),
  httpStatus: v.optional(v.number()),
  /** Seconds after which another try makes sense. */
  retryAfter: v.optional(v.number()),
});

/** Parameters of an error's wording; see {@link ErrorFacts}. */
export type ErrorFacts = v.InferOutput<typeof ErrorFacts>;

/** A typed failure of a domain operation. */
export type AppError = { readonly code: ErrorCode; readonly facts?: ErrorFacts };

/** Builds an {@link AppError}. */
export const appError = (code: ErrorCode, facts?: ErrorFacts): AppError =>
  facts ? { code, facts } : { code };
