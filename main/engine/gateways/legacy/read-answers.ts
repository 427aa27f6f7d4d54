import { type AppError, appError } from '#shared/errors.ts';
import { microsFromDecimal, type Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { LookupAnswer } from '../gateway.ts';
import { printable } from '../http-outcome.ts';
import { readDocument } from '../reading/read-document.ts';
import { idOf, objectOf } from '../reading/read-fields.ts';
import { unknownFacts } from '../reading/read-legacy.ts';
import { sendCode, wordsOf } from './codes.ts';
import { linesOf } from './lines.ts';

/** Most numbers that are read of an asynchronous lookup; a request has at most 1,000. */
const MAX_LOOKUPS = 1_000;

/** The logins' codes; the API document has them without their sign ("To check Delivery Reports"), real traffic with it. */
const LOGIN_CODES: ReadonlySet<number> = new Set([5, 10, 11]);

/**
 * Whether the answer to a read is data. A bare 5, 10 or 11 of either sign is `GATEWAY_AUTH`, any other bare number
 * `GATEWAY_REFUSED`; `NO_DATA` becomes `empty`, which reads as nothing (facts of the platform, "Pull").
 */
export function dataOf(body: string, empty: string): Result<string, AppError> {
  const text = body.trim();
  if (/^NO_?DATA\b/i.test(text)) return ok(empty);
  return /^[+-]?\d{1,9}$/.test(text) ? err(codeError(Number(text))) : ok(body);
}

function codeError(code: number): AppError {
  const loginCode = LOGIN_CODES.has(Math.abs(code));
  const known = sendCode(loginCode ? -Math.abs(code) : code);
  const detail = wordsOf({ ...known, code });
  return appError(loginCode ? 'GATEWAY_AUTH' : 'GATEWAY_REFUSED', { detail });
}

/**
 * Reads the answer to `cmd=Credits`: a bare decimal without currency (facts of the platform, "Balance"). A whole negative
 * number that is a code of the send calls is that code, not a debt. `GATEWAY_UNREADABLE` when there is no amount.
 */
export function readCredits(body: string, currency: string): Result<Money, AppError> {
  const text = body.trim();
  if (/^-\d{1,3}$/.test(text) && sendCode(Number(text)).name !== 'UNKNOWN_CODE') {
    return err(codeError(Number(text)));
  }
  const amount = /^[{<]/.test(text) ? amountIn(text) : text;
  const micros = amount !== null && /^[+-]?\d{1,12}(\.\d*)?$/.test(amount) ? microsFromDecimal(amount) : null;
  return micros === null
    ? err(appError('GATEWAY_UNREADABLE', { detail: 'no balance' }))
    : ok({ micros, currency });
}

/** The JSON shape of the call is not documented; these names are what the platform calls it elsewhere. */
function amountIn(text: string): string | null {
  const document = readDocument(text);
  const fields = document.ok ? objectOf(document.value.value) : null;
  if (fields === null) return null;
  return idOf(fields['balance']) ?? idOf(fields['credits']) ?? idOf(fields['Credits']);
}

/**
 * The error in an answer to a number lookup, which begins with `FAILED` and may hold a code; `null` when it did not fail.
 * A wrong login is `GATEWAY_AUTH`, everything else `GATEWAY_REFUSED`.
 */
export function lookupFailure(body: string): AppError | null {
  const text = body.trim();
  const bare = /^-\d{1,3}$/.test(text);
  if (!bare && !/^FAILED\b/i.test(text)) return null;
  const code = /(?<![\w-])-\d{1,3}(?!\d)/.exec(text)?.[0];
  if (code !== undefined) return codeError(Number(code));
  return appError('GATEWAY_REFUSED', { detail: printable(text) });
}

/**
 * Reads what an asynchronous lookup took: `OK`, then `destination;status;messageid` for each number (facts of the platform,
 * "Number Context / HLR"). Numbers that were not taken have the code as their error; lines that name no number are left out.
 * `GATEWAY_UNREADABLE` when it does not begin with `OK`.
 */
export function readTakenLookups(body: string): Result<readonly LookupAnswer[], AppError> {
  const failure = lookupFailure(body);
  if (failure !== null) return err(failure);
  const [first = '', ...lines] = linesOf(body);
  if (!/^OK\b/i.test(first)) return err(appError('GATEWAY_UNREADABLE', { detail: 'not OK' }));
  return ok(
    lines.slice(0, MAX_LOOKUPS).flatMap((line) => {
      const [to = '', status = '', id = ''] = line.split(';', 3).map((field) => field.trim());
      if (!/^\+?\d{3,20}$/.test(to)) return [];
      const taken = status === '' || /^(0|OK)$/i.test(status);
      const error = taken ? null : /^-\d{1,3}$/.test(status) ? wordsOf(sendCode(Number(status))) : status;
      return [unknownFacts(to.replace('+', ''), idOf(id), error)];
    }),
  );
}
