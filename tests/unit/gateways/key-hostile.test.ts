import { describe, expect, test } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { readKeyBalance } from '../../../main/engine/gateways/key/answers.ts';
import { readKeySend } from '../../../main/engine/gateways/key/send-answer.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { hostileBodies } from './hostile-bodies.ts';

const SAMPLES = [
  '{"statusCode":"200","status":"Success","trxnId":"2033247207850523790","responseResult":"SMS sent"}',
  '{"statusCode":"200","status":"Success","trxnId":"T","trackingId":"K","balance":"12.5","deliveryStatus":"Partial","smsCount":3,"recipientCount":2,"responseResult":"x","error_Data":[{"mobileNumber":"8801911000002","statusCode":"206","message":"Invalid"}]}',
  '{"statusCode":"200","success_Data":[{"mobNumber":"8801711000001","trackingId":"K1","sms_Count":1}],"error_Data":[{"res_Code":"216","failedNumbers":"8801911000002,8801811000003"}]}',
  '{"statusCode":"206","status":"Failed","trxnId":"","responseResult":"Invalid mobile number"}',
  '{"statusCode":"200","data":[{"balance":"7.00","expair_Date":"2026-12-31"}]}',
  '{"results":[{"key":{"id":"K/8801711000001","answer":{"statusCode":"200","deliveryStatus":"Delivered","smsCount":1,"recipientCount":1}}}]}',
];

const HUGE = [
  ['failures', `{"statusCode":200,"error_Data":[${'{"mobileNumber":"8801711000009"},'.repeat(30_000)}{}]}`],
  [
    'numbers of one failure',
    `{"statusCode":200,"error_Data":[{"failedNumbers":"${'8801711000009,'.repeat(100_000)}"}]}`,
  ],
  [
    'lists of numbers',
    `{"statusCode":200,"error_Data":[{"failedNumbers":[${'"88017",'.repeat(100_000)}1]}]}`,
  ],
  [
    'a long word',
    `{"results":[{"key":{"id":"K/88017","answer":{"statusCode":200,"deliveryStatus":"${'not '.repeat(250_000)}"}}}]}`,
  ],
  ['a long result', `{"statusCode":200,"responseResult":"${'9,'.repeat(500_000)}"}`],
] as const;

const MESSAGES = ['8801711000001', '8801911000002'].map((to) => ({ to, text: 'Hello', ownId: null }));
const typed = (read: Result<unknown, AppError>): boolean => read.ok || read.error.code.startsWith('GATEWAY_');

const PARSERS: readonly (readonly [name: string, parse: (body: string) => boolean])[] = [
  [
    'answers to sendings',
    (body) => {
      const read = readKeySend(body, MESSAGES);
      if (read?.kind !== 'answered') return true;
      return read.messages.every(({ to, gatewayMessageId }) => gatewayMessageId?.endsWith(`/${to}`) ?? true);
    },
  ],
  ['balances', (body) => typed(readKeyBalance(body, 'BDT'))],
  [
    'answers about delivery',
    (body) => {
      const read = reading.reports(body);
      return typed(read) && (!read.ok || read.value.reports.every((one) => one.gatewayMessageId !== ''));
    },
  ],
];

describe.each(PARSERS)('%s', (name, parse) => {
  test('a thousand spoilt bodies give a value or a typed error, each at once', () => {
    const times = hostileBodies(SAMPLES, 1_000, name.length * 5_003).map((body) => {
      const started = performance.now();
      expect(parse(body)).toBe(true);
      return performance.now() - started;
    });
    // One in a hundred may have met a pause of the computer.
    times.sort((one, other) => one - other);
    expect(times[989]).toBeLessThan(50);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test('bodies that are too much are over soon', () => {
    for (const [what, body] of HUGE) {
      const started = performance.now();
      expect(parse(body), what).toBe(true);
      expect(performance.now() - started, what).toBeLessThan(1_500);
    }
  });
});
