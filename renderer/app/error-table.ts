import type { AppError, ErrorCode, ErrorFacts } from '#shared/errors.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import type { ErrorText, Severity } from '../lib/error-words.ts';

/** How each error looks. Total: a new code without an entry here and words in every language does not compile. */
const SEVERITY: Readonly<Record<ErrorCode, Severity>> = {
  INVALID_INPUT: 'warn',
  PAYLOAD_TOO_LARGE: 'warn',
  NOT_FOUND: 'warn',
  LINK_LOST: 'warn',
  UNEXPECTED: 'error',
  ACCOUNT_NAME_TAKEN: 'warn',
  INVALID_SERVER_ADDRESS: 'warn',
  HTTP_NEEDS_CONSENT: 'warn',
  INVALID_SENDER: 'warn',
  PRACTICE_ACCOUNT_FIXED: 'warn',
  ACCOUNT_IN_USE: 'warn',
  PASSWORD_MISSING: 'warn',
  VAULT_UNAVAILABLE: 'error',
  VAULT_LOCKED: 'error',
  GATEWAY_UNREACHABLE: 'error',
  GATEWAY_AUTH: 'error',
  GATEWAY_BUSY: 'warn',
  GATEWAY_REFUSED: 'error',
  GATEWAY_UNREADABLE: 'error',
  PRACTICE_NOT_RUNNING: 'error',
  NOT_SUPPORTED: 'warn',
  PROTOCOL_NOT_FOUND: 'error',
  RECEIVER_FAILED: 'error',
  NOTHING_TO_SEND: 'warn',
  TEXT_EMPTY: 'warn',
  TEXT_TOO_LONG: 'warn',
  TOO_MANY_RECIPIENTS: 'warn',
  INVALID_SCHEDULE: 'warn',
  CONFIRMATION_NEEDED: 'warn',
  PLAN_CHANGED: 'warn',
  UNDO_TOO_LATE: 'warn',
  NOT_POSSIBLE_NOW: 'warn',
  LEFTOVER_PLACEHOLDER: 'warn',
  WARNING_NOT_SEEN: 'warn',
  CONTACT_EXISTS: 'warn',
  MERGE_BROKEN: 'warn',
  UNKNOWN_FIELD: 'warn',
  EMPTY_FIELDS: 'warn',
  TEMPLATE_EXISTS: 'warn',
  FIELD_EXISTS: 'warn',
  GROUP_EXISTS: 'warn',
  RULE_BROKEN: 'warn',
  FILE_NOT_READ: 'warn',
  FILE_TOO_LARGE: 'warn',
  FILE_DAMAGED: 'error',
  FILE_EMPTY: 'warn',
  FILE_NOT_WRITTEN: 'error',
  IMPORT_BUSY: 'warn',
  IMPORT_GONE: 'warn',
  IMPORT_CHANGED: 'warn',
  STORE_NEWER: 'danger',
  STORE_CORRUPT: 'danger',
  STORE_FULL: 'danger',
  STORE_READONLY: 'danger',
};

const wordsOf = (entry: string | ((facts: ErrorFacts) => string), facts: ErrorFacts): string =>
  typeof entry === 'string' ? entry : entry(facts);

/** What to show for an error, in the language in use. The technical line is for support; a slip needs none. */
export function describeError({ code, facts = {} }: AppError): ErrorText {
  const words = i18n.t.errors[code];
  const severity = SEVERITY[code];
  const technical = [
    facts.httpStatus === undefined ? null : `HTTP ${facts.httpStatus}`,
    facts.detail ?? null,
  ];
  return {
    title: wordsOf(words.title, facts),
    next: wordsOf(words.next, facts),
    severity,
    detail: severity === 'warn' ? null : technical.filter((one) => one !== null).join(' · ') || null,
  };
}
