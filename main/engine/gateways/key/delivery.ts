import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { RawBody } from '../gateway.ts';
import type { HttpExchange } from '../http-exchange.ts';
import { type Fields, listOf, objectOf } from '../reading/read-fields.ts';
import { type KeyAnswer, keyError, numbersIn, readKeyAnswer } from './answers.ts';
import { numberKey, splitMessageId } from './message-ids.ts';

const JSON_TYPE = 'application/json';

/** A message that is asked about: its id here, and the number in it. */
type Asked = { readonly id: string; readonly msisdn: string | null };

/**
 * Asks `DlrApi` about messages, once for each sending, and gives the answers as one body of entries `{"key":{"id":…,"answer":{…}}}`
 * that are read message by message. An answer to many numbers is kept for each of them without the entries of the others. What
 * the gateway does not know yet is left out and can be asked again. When a call fails after others were answered, those are
 * given; otherwise its error is.
 */
export async function askDelivery(
  exchange: HttpExchange,
  messageIds: readonly string[],
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Result<RawBody, AppError>> {
  const entries: unknown[] = [];
  let failure: AppError | null = null;
  for (const [trackingId, asked] of byTrackingId(messageIds)) {
    const answer = await askOne(exchange, trackingId, asked, signal);
    if (answer.ok) entries.push(...entriesFor(answer.value, asked));
    else if (!isNotKnownYet(answer.error)) {
      failure = answer.error;
      break;
    }
  }
  if (entries.length === 0 && failure !== null) return err(failure);
  return ok({ body: JSON.stringify({ results: entries }), receivedAt: clock.now() });
}

/** A refusal by the API's own code, and not by HTTP: it has no word about this sending. */
const isNotKnownYet = ({ code, facts }: AppError): boolean =>
  code === 'GATEWAY_REFUSED' && facts?.httpStatus === undefined;

function byTrackingId(messageIds: readonly string[]): Map<string, Asked[]> {
  const sendings = new Map<string, Asked[]>();
  for (const id of messageIds) {
    const { trackingId, msisdn } = splitMessageId(id);
    const known = sendings.get(trackingId);
    if (known) known.push({ id, msisdn });
    else sendings.set(trackingId, [{ id, msisdn }]);
  }
  return sendings;
}

async function askOne(
  exchange: HttpExchange,
  trackingId: string,
  asked: readonly Asked[],
  signal: AbortSignal | undefined,
): Promise<Result<KeyAnswer, AppError>> {
  const [only] = asked;
  const number = asked.length === 1 ? (only?.msisdn ?? null) : null;
  const response = await exchange.read(
    ({ userName, password }) =>
      ok({
        method: 'POST',
        path: '/api/V2/DlrApi',
        accept: JSON_TYPE,
        contentType: JSON_TYPE,
        body: JSON.stringify({
          apiKey: password,
          userName,
          trackingId,
          ...(number !== null && { mobileNumber: number }),
        }),
      }),
    signal,
  );
  if (!response.ok) return response;
  const answer = readKeyAnswer(response.value.body);
  if (answer === null) return err(appError('GATEWAY_UNREADABLE', { detail: 'no answer of the API' }));
  return answer.code.meaning.kind === 'taken' ? ok(answer) : err(keyError(answer.code));
}

function entriesFor({ fields }: KeyAnswer, asked: readonly Asked[]): unknown[] {
  return asked.map(({ id, msisdn }) => ({
    key: { id, answer: asked.length > 1 ? about(fields, msisdn) : fields },
  }));
}

/** An answer with the failures of one number only; that others failed stays visible in `othersFailed`. */
function about(fields: Fields, msisdn: string | null): Fields {
  const failures = listOf(fields['error_Data']);
  if (failures === null || failures.length === 0) return fields;
  const own = failures.filter((failure) => {
    const numbers = numbersIn(objectOf(failure) ?? {});
    return msisdn !== null && numbers.some((number) => numberKey(number) === numberKey(msisdn));
  });
  return { ...fields, error_Data: own, othersFailed: own.length < failures.length };
}
