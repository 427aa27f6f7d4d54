import { describe, expect, test } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import {
  readBalance,
  readBulkStatus,
  readBulkTime,
  readPreview,
  readServiceException,
  readSubmitAnswer,
} from '../../../main/engine/gateways/rest/read-answer.ts';
import { apiSample } from './api-sample.ts';
import { HUGE_BODIES, hostileBodies } from './hostile-bodies.ts';

const SAMPLES = [
  ...['send-response', 'reports-response', 'logs-response', 'logs-filtered-response'].map(apiSample),
  '{"balance":4782.35,"currency":"BDT"}',
  '{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"[to : empty]"}}}',
  '{"bulkId":"b","sendAt":"2026-01-15T13:00:00.000+0600","status":"PENDING"}',
  '{"originalText":"x","previews":[{"textPreview":"x","messageCount":1,"charactersRemaining":159}]}',
  '{"results":[{"to":"8801711000001","mccMnc":"47001","ported":false,"status":{"groupId":3,"id":5},"error":{"id":0}}]}',
  '{"results":[{"messageId":4073456097323900929,"from":"88017","text":"hi","receivedAt":"2016-10-06T09:28:39.220+0000"}]}',
  '<SMSResponse><bulkId>b</bulkId><messages><messages><to>88017</to><status><id>0</id><groupId>0</groupId></status><smsCount>1</smsCount><messageId>m</messageId></messages></messages></SMSResponse>',
  '<?xml version="1.0" encoding="UTF-8"?><SMSLogsResponse><results><results><messageId>m</messageId><to>88017</to><text>a &amp; b</text><price><pricePerMessage>0.0100</pricePerMessage><currency>EUR</currency></price><status><id>5</id></status></results><results><messageId>n</messageId></results></results></SMSLogsResponse>',
  '<NCResponse><ncResults><ncResults><to>88017</to><ported>true</ported><originalNetwork><networkName>GP</networkName></originalNetwork></ncResults></ncResults></NCResponse>',
  '<MOReportResponse><results><results><messageId>1</messageId><from>88017</from><text>hi</text><keyword/></results></results></MOReportResponse>',
  '<AccountBalance><balance>1.5</balance><currency>BDT</currency></AccountBalance>',
  '<requestError><serviceException><messageId>X</messageId><text>y</text></serviceException></requestError>',
];

const typed = (read: Result<unknown, AppError>): boolean =>
  read.ok || read.error.code === 'GATEWAY_UNREADABLE';

/** Each parser, and whether what it gave is a typed error or a result that it may give. */
const PARSERS: readonly (readonly [name: string, parse: (body: string) => boolean])[] = [
  [
    'submit answers',
    (body) => readSubmitAnswer(body, ['88017'])?.messages.every((one) => one.to !== '') ?? true,
  ],
  [
    'refusals',
    (body) => {
      const read = readServiceException(body);
      return read === null || read.text === null || typeof read.text === 'string';
    },
  ],
  ['balances', (body) => typed(readBalance(body))],
  ['times of bulks', (body) => typed(readBulkTime(body))],
  ['states of bulks', (body) => typed(readBulkStatus(body))],
  ['previews', (body) => typed(readPreview(body))],
  [
    'reports',
    (body) => {
      const read = reading.reports(body);
      return typed(read) && (!read.ok || read.value.reports.every((one) => one.gatewayMessageId !== ''));
    },
  ],
  [
    'received messages',
    (body) => {
      const read = reading.inbox(body);
      return typed(read) && (!read.ok || read.value.messages.every((one) => one.from !== ''));
    },
  ],
  [
    'number context',
    (body) => {
      const read = reading.lookups(body);
      return typed(read) && (!read.ok || read.value.answers.every((one) => one.msisdn !== ''));
    },
  ],
];

describe.each(PARSERS)('%s', (name, parse) => {
  test('a thousand spoilt bodies give a result or a typed error, each at once', () => {
    const times = hostileBodies(SAMPLES, 1_000, name.length * 7_919).map((body) => {
      const started = performance.now();
      expect(parse(body)).toBe(true);
      return performance.now() - started;
    });
    // One in a hundred may have met a pause of the computer.
    times.sort((one, other) => one - other);
    expect(times[989]).toBeLessThan(50);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  test('bodies that are too much are over soon, and are not kept', () => {
    const before = process.memoryUsage().rss;
    for (const [what, body] of HUGE_BODIES) {
      const started = performance.now();
      expect(parse(body), what).toBe(true);
      expect(performance.now() - started, what).toBeLessThan(1_000);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
  });
});
