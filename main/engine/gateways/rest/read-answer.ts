import { type AppError, appError } from '#shared/errors.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { SubmittedMessage } from '../gateway.ts';
import { idOf, listOf, moneyOf, partsOf, objectOf, statusOf } from '../reading/read-fields.ts';
import { readJson } from '../reading/read-json.ts';

/** What the service says in an error body (facts of the platform, "Errors"). */
export type ServiceException = { readonly messageId: string | null; readonly text: string | null };

/** A readable answer to a submit request; entries that name no recipient are left out. */
export type SubmitAnswer = { readonly bulkId: string | null; readonly messages: readonly SubmittedMessage[] };

/**
 * Reads the answer to `POST /sms/1/text/single` (API document, "Send SMS response"). `recipients` are those of the request:
 * when there was one, a single entry without `to` is its answer. `null` when the body is no such answer.
 */
export function readSubmitAnswer(body: string, recipients: readonly string[]): SubmitAnswer | null {
  const json = readJson(body);
  const answer = json.ok ? objectOf(json.value) : null;
  const entries = answer === null ? null : listOf(answer['messages']);
  if (answer === null || entries === null) return null;
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
  const json = readJson(body);
  const fields = json.ok ? objectOf(json.value) : null;
  const money = fields === null ? null : moneyOf(fields['balance'], fields['currency']);
  return money === null ? err(appError('GATEWAY_UNREADABLE', { detail: 'no balance' })) : ok(money);
}

/** Reads `requestError.serviceException` of an error body; `null` when there is none. */
export function readServiceException(body: string): ServiceException | null {
  const json = readJson(body);
  const root = json.ok ? objectOf(json.value) : null;
  const requestError = root === null ? null : objectOf(root['requestError']);
  const exception = requestError === null ? null : objectOf(requestError['serviceException']);
  if (exception === null) return null;
  const text = exception['text'];
  return { messageId: idOf(exception['messageId']), text: typeof text === 'string' ? text : null };
}
