import { type AppError, appError } from '#shared/errors.ts';
import { microsFromDecimal, type Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { type Fields, idOf, integerOf, listOf, objectOf, partsOf } from '../reading/read-fields.ts';
import { readJson } from '../reading/read-json.ts';
import { type KeyCode, keyCode, wordsOfCode } from './codes.ts';
import { numberKey } from './message-ids.ts';

/** What an answer says of one number among several. */
export type NumberEntry = {
  readonly trackingId: string | null;
  readonly parts: number | null;
  readonly code: KeyCode | null;
  /** A word such as `Undelivered`, in answers about delivery. */
  readonly word: string | null;
};

/** An answer of either version; what the first one does not have is `null` or empty. */
export type KeyAnswer = {
  readonly code: KeyCode;
  /** The answer contradicts its own code: `Failed` beside 200. */
  readonly doubtful: boolean;
  /** What delivery is asked by: the tracking id, or the transaction's where there is no other. */
  readonly trackingId: string | null;
  /** Parts of all messages together, and of how many. */
  readonly smsCount: number | null;
  readonly recipientCount: number | null;
  sent(msisdn: string): NumberEntry | null;
  failed(msisdn: string): NumberEntry | null;
  /** Whether the answer names any number that was sent to: then it names all of them. */
  readonly namesSent: boolean;
  /** Whether the answer names any number that failed. */
  readonly namesFailed: boolean;
  readonly fields: Fields;
};

/**
 * Reads an answer (facts of the platform, "MiM SMS today"). Later answers of the second version give each number its own tracking
 * id in `success_Data` and its failure in `error_Data`; both are read where they are. `null` for anything without a code.
 */
export function readKeyAnswer(body: string): KeyAnswer | null {
  const json = readJson(body);
  const fields = json.ok ? objectOf(json.value) : null;
  return fields === null ? null : keyAnswerOf(fields);
}

/** The same for an answer that is already parsed. */
export function keyAnswerOf(fields: Fields): KeyAnswer | null {
  const number = integerOf(fields['statusCode']) ?? integerOf(fields['status_code']);
  if (number === null) return null;
  const code = keyCode(number);
  const sent = entriesIn(fields['success_Data'], () => true);
  // An entry with the code 200 in the list of failures is none.
  const failed = entriesIn(fields['error_Data'], ({ code: own }) => own?.meaning.kind !== 'taken');
  return {
    code,
    doubtful: code.meaning.kind === 'taken' && /^fail/i.test(idOf(fields['status']) ?? ''),
    trackingId: idOf(fields['trackingId']) ?? idOf(fields['trxnId']),
    smsCount: integerOf(fields['smsCount']),
    recipientCount: integerOf(fields['recipientCount']),
    sent: (msisdn) => sent.get(numberKey(msisdn)) ?? null,
    failed: (msisdn) => failed.get(numberKey(msisdn)) ?? null,
    namesSent: sent.size > 0,
    namesFailed: failed.size > 0,
    fields,
  };
}

/** Most entries that are read; a request has at most 1,000 numbers. */
const MAX_ENTRIES = 5_000;

function entriesIn(value: unknown, counts: (entry: NumberEntry) => boolean): Map<string, NumberEntry> {
  const entries = new Map<string, NumberEntry>();
  for (const one of (listOf(value) ?? []).slice(0, MAX_ENTRIES)) {
    const fields = objectOf(one) ?? {};
    const code = integerOf(fields['res_Code']) ?? integerOf(fields['statusCode']);
    const entry: NumberEntry = {
      trackingId: idOf(fields['trackingId']),
      parts: partsOf(fields['sms_Count']) ?? partsOf(fields['smsCount']),
      code: code === null ? null : keyCode(code),
      word: idOf(fields['deliveryStatus']) ?? idOf(fields['operatorStatus']),
    };
    if (!counts(entry)) continue;
    for (const number of numbersIn(fields)) {
      const key = numberKey(number);
      if (!entries.has(key)) entries.set(key, entry);
    }
  }
  return entries;
}

/** Numbers that an entry is about: one, a list, or a text with commas. */
export function numbersIn(fields: Fields): string[] {
  const names = ['mobileNumber', 'mobNumber', 'failedNumbers'];
  return names.flatMap((name) => {
    const value = fields[name];
    const texts = Array.isArray(value) ? value.map(idOf) : [typeof value === 'string' ? value : idOf(value)];
    return texts
      .slice(0, MAX_ENTRIES)
      .flatMap((text) => (text ?? '').split(/[,;\s]+/, MAX_ENTRIES))
      .filter((number) => /^\+?\d{3,20}$/.test(number));
  });
}

/** The error of an answer to a question whose code is not 200; no word of the server stands in it. */
export function keyError(code: KeyCode): AppError {
  const detail = wordsOfCode(code);
  if (code.meaning.kind === 'login') return appError('GATEWAY_AUTH', { detail });
  return appError(code.code === 500 ? 'GATEWAY_BUSY' : 'GATEWAY_REFUSED', { detail });
}

/**
 * Reads the balance: `balance`, the first of `data`, or the number in `responseResult`, none of which names a currency.
 * `GATEWAY_UNREADABLE` when there is no amount.
 */
export function readKeyBalance(body: string, currency: string): Result<Money, AppError> {
  const answer = readKeyAnswer(body);
  if (answer === null) return err(appError('GATEWAY_UNREADABLE', { detail: 'no answer of the API' }));
  if (answer.code.meaning.kind !== 'taken') return err(keyError(answer.code));
  const [first] = listOf(answer.fields['data']) ?? [];
  const text =
    idOf(answer.fields['balance']) ??
    idOf(objectOf(first)?.['balance']) ??
    /[+-]?\d[\d,]*(\.\d+)?/.exec(idOf(answer.fields['responseResult']) ?? '')?.[0] ??
    '';
  const amount = text.replaceAll(',', '');
  const micros = /^[+-]?\d{1,12}(\.\d*)?$/.test(amount) ? microsFromDecimal(amount) : null;
  return micros === null
    ? err(appError('GATEWAY_UNREADABLE', { detail: 'no balance' }))
    : ok({ micros, currency });
}
