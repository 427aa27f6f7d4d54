import { describe, expect, test } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import {
  dataOf,
  lookupFailure,
  readCredits,
  readTakenLookups,
} from '../../../main/engine/gateways/legacy/read-answers.ts';
import type { SendEndpoint } from '../../../main/engine/gateways/legacy/requests.ts';
import { readSendAnswer } from '../../../main/engine/gateways/legacy/send-answer.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { hostileBodies } from './hostile-bodies.ts';

const SAMPLES = [
  '<?xml version="1.0" encoding="UTF-8"?><results><result><status>0</status><messageid>116031411223344556</messageid><destination>8801711000001</destination></result><result><status>-13</status><messageid/><destination>8801711000002</destination></result></results>',
  '{"results":[{"status":"0","messageid":"116031411223344556","destination":"8801711000001"},{"status":"-5","messageid":"","destination":"8801711000002"}]}',
  '<RESPONSE><status>2</status><credits>47.79</credits></RESPONSE>',
  '5365707795\n-13\n-2',
  '-5',
  '47.79',
  'NO_DATA',
  'FAILED: -5',
  'OK\n8801711000001;0;116031411223344556\n8801711000002;-13;',
  '<DeliveryReport><message id="253021713103442623" sentdate="2014/05/22 08:11:01" donedate="2014/5/2 8:1:9" status="DELIVERED" gsmerror="0" price="17.0000" pducount="1"/><message id="2" status="NOT_SENT"/></DeliveryReport>',
  '{"results":[{"legacy":{"@id":"253021713103442623","@status":"DELIVERED","@sentdate":"2014/05/22 08:11:01"}}]}',
  '{"inboxMessages":[{"externalMessageId":"x","networkName":"GP","from":"88017","messageText":"Yes","receivedDateTime":"2014/05/22 08:11:01"}]}',
  '{"destination":"8801711000001","id":"1","stat":"DELIVRD","IMSI":"47001","err":"0","is_ported":"true","orn":"GP","MSC":"880"}',
];

/** What the readers of JSON and XML do not bound by themselves. */
const HUGE = [
  ['lines', '5365707795\n'.repeat(100_000)],
  ['lines of lookups', `OK\n${'8801711000001;0;1\n'.repeat(200_000)}`],
  ['fields of a line', `OK\n${';'.repeat(1_000_000)}`],
  ['a line of digits', '9'.repeat(1_000_000)],
  ['blanks between digits', `1${' '.repeat(1_000_000)}2`],
  ['blanks before a line end', `${`1${' '.repeat(2_000)}\n`.repeat(2_000)}`],
  ['results', `{"results":[${'{"status":"0"},'.repeat(30_000)}{}]}`],
  ['reports', `<DeliveryReport>${'<message id="1"/>'.repeat(10_000)}</DeliveryReport>`],
  ['a long FAILED', `FAILED ${'-1'.repeat(500_000)}`],
] as const;

const typed = (read: Result<unknown, AppError>): boolean => read.ok || read.error.code.startsWith('GATEWAY_');

const MESSAGES = [
  { to: '8801711000001', ownId: 'a' },
  { to: '8801711000002', ownId: null },
];
const ENDPOINTS: readonly SendEndpoint[] = ['plain-v1', 'plain-v3', 'xml-v1', 'xml-v3', 'json-v3'];

const PARSERS: readonly (readonly [name: string, parse: (body: string) => boolean])[] = [
  ...ENDPOINTS.map((endpoint): readonly [string, (body: string) => boolean] => [
    `answers of ${endpoint}`,
    (body) => {
      const read = readSendAnswer(endpoint, body, MESSAGES);
      if (read?.kind !== 'answered')
        return read === null || read.kind === 'unknown' || read.kind === 'refused';
      // Nothing is taken on the word of a broken answer without success in it.
      return read.messages.every(({ to, status }) => to !== '' && (status.groupId !== 0 || status.id === 0));
    },
  ]),
  ['balances', (body) => typed(readCredits(body, 'BDT'))],
  ['bare codes', (body) => typed(dataOf(body, ''))],
  [
    'lookups that were taken',
    (body) => {
      const read = readTakenLookups(body);
      return typed(read) && (!read.ok || read.value.every((one) => /^\d{3,20}$/.test(one.msisdn)));
    },
  ],
  ['failures of lookups', (body) => lookupFailure(body)?.code.startsWith('GATEWAY_') ?? true],
  [
    'reports',
    (body) => {
      const read = reading.reports(body);
      return typed(read) && (!read.ok || read.value.reports.every((one) => one.gatewayMessageId !== ''));
    },
  ],
  ['received messages', (body) => typed(reading.inbox(body))],
  ['facts about numbers', (body) => typed(reading.lookups(body))],
];

describe.each(PARSERS)('%s', (name, parse) => {
  test('a thousand spoilt bodies give a value or a typed error, each at once', () => {
    const times = hostileBodies(SAMPLES, 1_000, name.length * 6_151).map((body) => {
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
