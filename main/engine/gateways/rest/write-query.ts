import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { SubmitRequest } from '../gateway.ts';
import type { Credentials } from '../http-exchange.ts';
import { withQuery } from '../parameters.ts';
import { requestTime } from './request-time.ts';
import { inUnit, type SubmitStyle } from './write-submit.ts';

/** Writes the path and query of a request once the credentials are known. */
export type WritePath = (credentials: Credentials) => string;

/**
 * A submit request as `GET /sms/1/text/query`, with the credentials in the query (facts of the platform, "text/query"). Error:
 * `NOT_SUPPORTED` for what it cannot carry: different texts, bytes, hours of delivery. Own ids are left out.
 */
export function submitQuery(
  request: SubmitRequest,
  validityUnit: SubmitStyle['validityUnit'],
): Result<WritePath, AppError> {
  const { sender, messages, options = {} } = request;
  const text = messages[0]?.text ?? '';
  if (messages.some((message) => message.text !== text)) return notSupported('messages');
  if (options.binary) return notSupported('binary');
  if (options.deliveryWindow) return notSupported('deliveryWindow');
  const { validityMinutes: minutes } = options;
  return ok(({ userName, password }) =>
    withQuery('/sms/1/text/query', [
      ['username', userName],
      ['password', password],
      ['bulkId', options.bulkId],
      ['from', sender],
      ['to', messages.map((message) => message.to)],
      ['text', text],
      ['flash', options.flash ? 'true' : undefined],
      ['transliteration', options.transliteration],
      ['languageCode', options.languageCode],
      ['notifyUrl', options.notify?.url],
      ['notifyContentType', options.notify?.contentType],
      ['callbackData', options.callbackData],
      ['validityPeriod', minutes === undefined ? undefined : String(inUnit(minutes, validityUnit))],
      ['sendAt', requestTime(options.sendAt)],
    ]),
  );
}

function notSupported(field: string): Result<never, AppError> {
  return err(appError('NOT_SUPPORTED', { field }));
}
