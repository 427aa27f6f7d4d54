import { describe, expect, test } from 'vitest';
import { readKeyBalance } from '../../../main/engine/gateways/key/answers.ts';
import { readKeySend } from '../../../main/engine/gateways/key/send-answer.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';

const A = '8801711000001';
const B = '8801911000002';
const messages = (...numbers: readonly string[]) => numbers.map((to) => ({ to, text: 'Hello', ownId: null }));

const answer = (fields: Record<string, unknown>): string =>
  JSON.stringify({ statusCode: '200', status: 'Success', trxnId: 'T1', responseResult: 'x', ...fields });

describe('accepted messages', () => {
  test('the first version: one transaction for all', () => {
    expect(readKeySend(answer({}), messages(A, B))).toMatchObject({
      kind: 'answered',
      bulkId: 'T1',
      messages: [
        { to: A, gatewayMessageId: `T1/${A}`, parts: null, status: { id: 0, groupId: 0 } },
        { to: B, gatewayMessageId: `T1/${B}` },
      ],
    });
  });

  test('the second version: tracking id, parts, and numbers that failed', () => {
    const body = answer({
      statusCode: 200,
      trackingId: 2033247207850523790n.toString(),
      smsCount: 2,
      recipientCount: 1,
      error_Data: [{ mobileNumber: `+${B}`, statusCode: '206', message: 'Invalid mobile number' }],
    });
    expect(readKeySend(body, messages(A, B))).toMatchObject({
      messages: [
        { to: A, gatewayMessageId: `2033247207850523790/${A}`, parts: 2, status: { id: 0 } },
        { to: B, gatewayMessageId: null, status: { id: 52, groupId: 5, name: '206 INVALID_MOBILE_NUMBER' } },
      ],
    });
  });

  test('later answers: an id for each number, failures under other names', () => {
    const body = answer({
      success_Data: [{ mobNumber: A, trackingId: 'K1', sms_Count: 3, lang_Type: 'en' }],
      error_Data: [
        { res_Code: '216', error: 'low balance', failedNumbers: `${B},8801811000003`, errorParm: '' },
        { res_Code: '200', failedNumbers: A },
      ],
    });
    expect(readKeySend(body, messages(A, B, '8801511000004'))).toMatchObject({
      messages: [
        { gatewayMessageId: `K1/${A}`, parts: 3, status: { id: 0 } },
        { gatewayMessageId: null, status: { id: 12, name: '216 LOW_BALANCE' } },
      ],
    });
  });

  test('a failure without a reason is a refusal', () => {
    const body = answer({ error_Data: [{ mobileNumber: B }] });
    expect(readKeySend(body, messages(A, B))).toMatchObject({
      messages: [{ status: { id: 0 } }, { status: { id: null, groupId: 5, name: '221 SEND_FAILED' } }],
    });
  });

  test('a failure with an unclear code is no answer for its message', () => {
    const body = answer({ error_Data: [{ mobileNumber: B, statusCode: '221' }] });
    expect(readKeySend(body, messages(A, B))).toMatchObject({ kind: 'answered', messages: [{ to: A }] });
    const all = answer({ statusCode: '221', error_Data: [{ mobileNumber: B, statusCode: '221' }] });
    expect(readKeySend(all, messages(B))).toEqual({ kind: 'unknown', cause: '221 SEND_FAILED' });
  });

  test('a scheduled one is accepted; failed beside 200 is neither', () => {
    expect(readKeySend(answer({ status: 'Scheduled' }), messages(A))).toMatchObject({
      messages: [{ status: { id: 0 } }],
    });
    expect(readKeySend(answer({ status: 'Failed' }), messages(A))).toMatchObject({ kind: 'unknown' });
  });
});

describe('codes', () => {
  const failed = (statusCode: string | number, more = {}): string =>
    answer({ statusCode, status: 'Failed', trxnId: '', ...more });

  test.each([
    [205, null, 'INVALID_MESSAGE_CONTENT'],
    [206, 52, 'INVALID_MOBILE_NUMBER'],
    [208, 11, 'INVALID_SENDER'],
    [209, 25, 'MESSAGE_TOO_LONG'],
    [216, 12, 'LOW_BALANCE'],
  ])('%s refuses the message', (code, id, name) => {
    expect(readKeySend(failed(String(code)), messages(A))).toMatchObject({
      kind: 'answered',
      messages: [
        { to: A, gatewayMessageId: null, status: { id, groupId: 5, name: `${String(code)} ${name}` } },
      ],
    });
  });

  test.each([[213, 'PARAMETER_MISMATCH']])('%s is about the request', (code, name) => {
    expect(readKeySend(failed(code), messages(A, B))).toEqual({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { httpStatus: 400, detail: `${String(code)} ${name}` } },
      retryAfterMs: null,
    });
  });

  test.each([
    [207, 'INVALID_TRANSACTION_TYPE'],
    [210, 'INVALID_CAMPAIGN'],
  ])('%s is about the account, and refuses no message for good', (code, name) => {
    expect(readKeySend(failed(code), messages(A, B))).toEqual({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { detail: `${String(code)} ${name}` } },
      retryAfterMs: null,
    });
  });

  test('401 is a wrong login', () => {
    expect(readKeySend(failed('401'), messages(A))).toEqual({
      kind: 'refused',
      error: { code: 'GATEWAY_AUTH', facts: { detail: '401 UNAUTHORIZED' } },
      retryAfterMs: null,
    });
  });

  test.each([221, 500, 299, 0])('%s leaves open what happened', (code) => {
    expect(readKeySend(failed(code), messages(A))).toMatchObject({ kind: 'unknown' });
  });

  test('a wrong number among several that nobody names', () => {
    expect(readKeySend(failed(206), messages(A, B))).toEqual({ kind: 'split' });
  });

  test.each([
    { trackingId: 'K1', trxnId: '' },
    { trxnId: 'T1' },
    { recipientCount: 1 },
    { success_Data: [{ mobileNumber: '8801511000004', trackingId: 'K1' }] },
  ])('a wrong number among several, beside a sign that some were taken: %j', (more) => {
    expect(readKeySend(failed(206, more), messages(A, B))).toEqual({
      kind: 'unknown',
      cause: '206 INVALID_MOBILE_NUMBER',
    });
  });

  test('a failing code with a count and an id of nothing is no sign that some were taken', () => {
    const body = failed(206, { trackingId: '', recipientCount: 0, success_Data: [], error_Data: [] });
    expect(readKeySend(body, messages(A, B))).toEqual({ kind: 'split' });
  });

  test.each([205, 206, 208, 216, 213, 207, 401, 221, 500])(
    'who was taken beside the code %s stays taken',
    (code) => {
      const success_Data = [{ mobileNumber: A, trackingId: 'K1' }];
      const error_Data = [{ mobileNumber: B, statusCode: '216' }];
      expect(readKeySend(failed(code, { success_Data, error_Data }), messages(A, B))).toMatchObject({
        kind: 'answered',
        messages: [
          { to: A, gatewayMessageId: `K1/${A}`, status: { id: 0 } },
          { to: B, gatewayMessageId: null, status: { id: 12, name: '216 LOW_BALANCE' } },
        ],
      });
      expect(readKeySend(failed(code, { success_Data }), messages(A, B))).toMatchObject({
        kind: 'answered',
        messages: [{ to: A, gatewayMessageId: `K1/${A}`, status: { id: 0 } }],
      });
    },
  );

  test('who is named among both is in no answer, and a count above zero leaves all open', () => {
    const both = {
      success_Data: [{ mobileNumber: A }],
      error_Data: [{ mobileNumber: A, statusCode: '216' }],
    };
    expect(readKeySend(failed(216, both), messages(A, B))).toMatchObject({ kind: 'unknown' });
    expect(readKeySend(failed(216, { recipientCount: 1 }), messages(A, B))).toMatchObject({
      kind: 'unknown',
    });
  });

  test('a wrong number among several that is named', () => {
    const body = failed(206, { error_Data: [{ mobileNumber: B, statusCode: '206' }] });
    expect(readKeySend(body, messages(A, B))).toMatchObject({ messages: [{ to: B, status: { id: 52 } }] });
  });

  test('an unclear code with named failures refuses those alone', () => {
    const body = failed(221, { error_Data: [{ mobileNumber: B, statusCode: '216' }] });
    expect(readKeySend(body, messages(A, B))).toMatchObject({ messages: [{ to: B, status: { id: 12 } }] });
  });

  test.each(['', 'OK', '[]', '{}', '{"statusCode":"x"}', '<html></html>'])('no answer: %s', (body) => {
    expect(readKeySend(body, messages(A))).toBeNull();
  });
});

describe('balance', () => {
  test.each([
    [answer({ responseResult: '4782.35' }), 4_782_350_000],
    [answer({ responseResult: 'Your balance is 4,782.35 BDT' }), 4_782_350_000],
    [answer({ balance: 12.5, responseResult: 'x' }), 12_500_000],
    [answer({ data: [{ balance: '7.00', expair_Date: '2026-12-31' }] }), 7_000_000],
  ])('%s', (body, micros) => {
    expect(readKeyBalance(body, 'BDT')).toEqual({ ok: true, value: { micros, currency: 'BDT' } });
  });

  test.each([
    [answer({ statusCode: '401', responseResult: '5' }), 'GATEWAY_AUTH'],
    [answer({ statusCode: '213', responseResult: '5' }), 'GATEWAY_REFUSED'],
    [answer({ statusCode: '500', responseResult: '5' }), 'GATEWAY_BUSY'],
    [answer({ responseResult: 'none' }), 'GATEWAY_UNREADABLE'],
    ['7', 'GATEWAY_UNREADABLE'],
  ])('%s fails', (body, code) => {
    expect(readKeyBalance(body, 'BDT')).toMatchObject({ error: { code } });
  });
});

describe('answers about delivery', () => {
  const kept = (fields: Record<string, unknown>, id = `T1/${A}`): string =>
    JSON.stringify({ results: [{ key: { id, answer: { statusCode: '200', ...fields } } }] });
  const only = (body: string) => {
    const read = reading.reports(body);
    return read.ok ? read.value.reports[0] : undefined;
  };

  test.each([
    ['Delivered', 5, 3, undefined],
    ['DELIVRD', 5, 3, undefined],
    ['Pending', 3, 1, undefined],
    ['SENT', 3, 1, undefined],
    ['Undelivered', 9, 2, undefined],
    ['Not Delivered', 9, 2, undefined],
    ['SMS Failed', 9, 2, undefined],
    ['Expired', 15, 4, undefined],
    ['Rejected', null, 5, undefined],
    ['Absent Subscriber', 9, 2, 27],
    ['SUBSCRIBER_BUSY', 9, 2, 31],
    ['Call Barred', 9, 2, 13],
    ['Unidentified Subscriber', 9, 2, 5],
    ['System Failure', 9, 2, 34],
    ['SMSC Timeout', 9, 2, 2048],
    ['Partial', null, null, undefined],
    ['Something new', null, null, undefined],
  ])('the word %s', (word, id, groupId, errorId) => {
    const report = only(kept({ deliveryStatus: word, smsCount: 2, recipientCount: 1 }));
    expect(report).toMatchObject({
      gatewayMessageId: `T1/${A}`,
      bulkId: 'T1',
      to: A,
      parts: 2,
      status: { id, groupId, name: word },
    });
    expect(report?.error?.id).toBe(errorId);
  });

  test('the operator’s word where there is no other', () => {
    expect(only(kept({ operatorStatus: 'Delivered', dlrCode: '000' }))?.status.id).toBe(5);
  });

  test('partly delivered: who is named failed, the others arrived', () => {
    const fields = {
      deliveryStatus: 'Partial',
      recipientCount: 2,
      error_Data: [{ mobileNumber: B, deliveryStatus: 'Expired' }],
    };
    expect(only(kept(fields))).toMatchObject({ parts: null, status: { id: 5 } });
    expect(only(kept(fields, `T1/${B}`))).toMatchObject({ status: { id: 15, name: 'Expired' } });
    expect(only(kept({ ...fields, error_Data: [], othersFailed: true }))).toMatchObject({
      status: { id: 5 },
    });
  });

  test('what is kept of a report is read as the same report again', () => {
    const first = only(kept({ deliveryStatus: 'Delivered', x: 1 }));
    expect(only(JSON.stringify({ results: [first?.raw] }))).toEqual(first);
  });

  test.each([{ statusCode: '213', deliveryStatus: 'Delivered' }, { deliveryStatus: '' }, {}])(
    'an answer without a word is skipped: %o',
    (fields) => {
      expect(reading.reports(kept(fields))).toEqual({ ok: true, value: { reports: [], skipped: 1 } });
    },
  );
});
