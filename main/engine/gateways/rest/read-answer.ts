import { type AppError, appError } from '#shared/errors.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { BulkStatus, SubmittedMessage, TextPreview } from '../gateway.ts';
import { entriesOf, readDocument } from '../reading/read-document.ts';
import {
  type Fields,
  idOf,
  instantOf,
  integerOf,
  moneyOf,
  objectOf,
  partsOf,
  statusOf,
  textOf,
} from '../reading/read-fields.ts';

/** What the service says in an error body (facts of the platform, "Errors"). */
export type ServiceException = { readonly messageId: string | null; readonly text: string | null };

/** A readable answer to a submit request; entries that name no recipient are left out. */
export type SubmitAnswer = { readonly bulkId: string | null; readonly messages: readonly SubmittedMessage[] };

/**
 * Reads the answer to a submit call in JSON or XML (API document, "Send SMS response"; facts of the platform, "Single" to "Advanced").
 * `recipients` are those of the request: when there was one, a single entry without `to` is its answer. `null` when the body
 * is no such answer.
 */
export function readSubmitAnswer(body: string, recipients: readonly string[]): SubmitAnswer | null {
  const document = readDocument(body);
  const answer = document.ok ? objectOf(document.value.value) : null;
  if (!document.ok || answer === null || answer['messages'] === undefined) return null;
  const entries = entriesOf(document.value, ['messages']);
  if (entries === null) return null;
  const only = recipients.length === 1 && entries.length === 1 ? (recipients[0] ?? null) : null;
  const messages: SubmittedMessage[] = [];
  for (const entry of entries) {
    const fields = objectOf(entry);
    const to = fields === null ? null : (idOf(fields['to']) ?? only);
    if (fields === null || to === null) continue;
    messages.push({
      to,
      gatewayMessageId: idOf(fields['messageId']),
      parts: partsOf(fields['smsCount']),
      status: statusOf(fields['status']),
    });
  }
  return { bulkId: idOf(answer['bulkId']), messages };
}

/** Reads the answer to `GET /account/1/balance`; `GATEWAY_UNREADABLE` when it holds no amount and currency. */
export function readBalance(body: string): Result<Money, AppError> {
  const fields = fieldsOf(body);
  const money = fields === null ? null : moneyOf(fields['balance'], fields['currency']);
  return money === null ? unreadable('no balance') : ok(money);
}

/** Reads the time of a scheduled sending (facts of the platform, "Bulks & preview"); `GATEWAY_UNREADABLE` when the body is no such answer. */
export function readBulkTime(body: string): Result<{ readonly sendAt: number | null }, AppError> {
  const fields = fieldsOf(body);
  if (fields === null || fields['sendAt'] === undefined) return unreadable('no time of sending');
  return ok({ sendAt: instantOf(fields['sendAt']) });
}

const BULK_STATUSES: readonly BulkStatus[] = [
  'PENDING',
  'PAUSED',
  'PROCESSING',
  'CANCELED',
  'FINISHED',
  'FAILED',
];

/** Reads where a scheduled sending stands; `GATEWAY_UNREADABLE` for a word that is none of {@link BulkStatus}. */
export function readBulkStatus(body: string): Result<BulkStatus, AppError> {
  const word = idOf(fieldsOf(body)?.['status'])?.toUpperCase();
  const status = BULK_STATUSES.find((one) => one === word);
  return status === undefined ? unreadable('no status of a sending') : ok(status);
}

/** Reads the first preview of the answer to `POST /sms/1/preview`; `GATEWAY_UNREADABLE` when there is none. */
export function readPreview(body: string): Result<TextPreview, AppError> {
  const document = readDocument(body);
  const [first] = (document.ok ? entriesOf(document.value, ['previews']) : null) ?? [];
  const fields = objectOf(first);
  const text = fields === null ? null : textOf(fields['textPreview']);
  const parts = fields === null ? null : partsOf(fields['messageCount']);
  if (fields === null || text === null || parts === null) return unreadable('no preview');
  return ok({ text, parts, charactersRemaining: integerOf(fields['charactersRemaining']) });
}

/** Reads `requestError.serviceException` of an error body in JSON or XML; `null` when there is none. */
export function readServiceException(body: string): ServiceException | null {
  const document = readDocument(body);
  if (!document.ok) return null;
  const { root, value } = document.value;
  const outer = objectOf(value);
  const requestError = root === 'requestError' ? outer : objectOf(outer?.['requestError']);
  const exception = objectOf(requestError?.['serviceException']);
  if (exception === null) return null;
  const text = exception['text'];
  return { messageId: idOf(exception['messageId']), text: typeof text === 'string' ? text : null };
}

function fieldsOf(body: string): Fields | null {
  const document = readDocument(body);
  return document.ok ? objectOf(document.value.value) : null;
}

function unreadable(detail: string): Result<never, AppError> {
  return err(appError('GATEWAY_UNREADABLE', { detail }));
}
