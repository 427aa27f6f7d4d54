import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GatewayReport } from '../../../main/engine/gateways/gateway.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { apiSample } from './api-sample.ts';

const page = (...results: unknown[]): string => JSON.stringify({ results });

function reportsOf(body: string): readonly GatewayReport[] {
  const read = reading.reports(body);
  if (!read.ok) throw new Error(read.error.facts?.detail ?? read.error.code);
  return read.value.reports;
}

function only(body: string): GatewayReport {
  const [report, ...more] = reportsOf(body);
  if (report === undefined || more.length > 0) throw new Error('not exactly one report');
  return report;
}

describe('samples of the API document', () => {
  test('reports', () => {
    const reports = reportsOf(apiSample('reports-response'));
    expect(reports.map((report) => report.gatewayMessageId)).toEqual([
      'bcfb828b-7df9-4e7b-8715-f34f5c61271a',
      '12db39c3-7822-4e72-a3ec-c87442c0ffc5',
    ]);
    expect(reports[0]).toMatchObject({
      bulkId: '80664c0c-e1ca-414d-806a-5caf146463df',
      to: '8801613537347',
      from: null,
      text: null,
      sentAt: Date.UTC(2015, 1, 12, 8, 51, 43, 123),
      doneAt: Date.UTC(2015, 1, 12, 8, 51, 43, 127),
      parts: 1,
      pricePerPart: { micros: 10_000, currency: 'EUR' },
      mccmnc: null,
      status: { id: 5, groupId: 3, groupName: 'DELIVERED', name: 'DELIVERED_TO_HANDSET', action: null },
      error: { id: 0, groupId: 0, groupName: 'OK', name: 'NO_ERROR', permanent: false },
    });
  });

  test('no reports', () => {
    expect(reading.reports(apiSample('reports-empty-response'))).toEqual({
      ok: true,
      value: { reports: [], skipped: 0 },
    });
  });

  test('the report of one message, with its status in another order', () => {
    expect(only(apiSample('reports-one-message-response')).status.id).toBe(5);
  });

  test('logs carry sender, text and network', () => {
    expect(reportsOf(apiSample('logs-response'))[1]).toMatchObject({
      gatewayMessageId: '1f21d8d7-f306-4f53-9f6e-eddfce9849ea',
      from: 'InfoSMS',
      text: 'Test SMS.',
      mccmnc: '22801',
      sentAt: Date.UTC(2015, 1, 23, 16, 40, 31, 773),
    });
  });

  test('a rejected message keeps what to do about it', () => {
    expect(only(apiSample('logs-filtered-response'))).toMatchObject({
      pricePerPart: { micros: 0, currency: 'EUR' },
      status: { id: 6, groupId: 5, name: 'REJECTED_NETWORK', action: 'Contact account manager' },
    });
  });

  test('status and error objects alone', () => {
    const status: unknown = JSON.parse(apiSample('status-object'));
    const error: unknown = JSON.parse(apiSample('error-object'));
    expect(only(page({ messageId: 'a', status, error }))).toMatchObject({ status, error });
  });
});

describe('forms that differ between accounts', () => {
  test.each([
    ['2015-02-12T09:51:43.123+0100', Date.UTC(2015, 1, 12, 8, 51, 43, 123)],
    ['2015-02-12T09:51:43.123+01:00', Date.UTC(2015, 1, 12, 8, 51, 43, 123)],
    ['2015-02-12T14:51:43.5+0600', Date.UTC(2015, 1, 12, 8, 51, 43, 500)],
    ['2015-02-12T08:51:43Z', Date.UTC(2015, 1, 12, 8, 51, 43)],
    ['2015-02-12T05:21:43.123-0330', Date.UTC(2015, 1, 12, 8, 51, 43, 123)],
    ['2016-02-29 23:59:59.999999+0000', Date.UTC(2016, 1, 29, 23, 59, 59, 999)],
    ['2015-02-29T00:00:00.000+0000', null],
    ['2015-13-01T00:00:00.000+0000', null],
    ['2015-02-12T24:00:00.000+0000', null],
    ['2015-02-12T09:51:43.123', null],
    ['0001-01-01T00:00:00.000+0000', null],
    ['yesterday', null],
    ['', null],
    [1_423_731_103_123, null],
    [null, null],
  ])('the time %s', (doneAt, expected) => {
    expect(only(page({ messageId: 'a', doneAt })).doneAt).toBe(expected);
  });

  test.each([
    [
      { pricePerMessage: 0.35, currency: 'BDT' },
      { micros: 350_000, currency: 'BDT' },
    ],
    [
      { pricePerMessage: '0.3500', currency: 'bdt' },
      { micros: 350_000, currency: 'BDT' },
    ],
    [
      { pricePerMessage: 0, currency: 'EUR' },
      { micros: 0, currency: 'EUR' },
    ],
    [{ pricePerMessage: 0.35 }, null],
    [{ pricePerMessage: '', currency: 'BDT' }, null],
    [{ pricePerMessage: '0x10', currency: 'BDT' }, null],
    [{ pricePerMessage: 1e300, currency: 'BDT' }, null],
    [{ currency: 'BDT' }, null],
    ['0.35', null],
    [null, null],
    [undefined, null],
  ])('the price %j', (price, expected) => {
    expect(only(page({ messageId: 'a', price })).pricePerPart).toEqual(expected);
  });

  test.each([
    ['{"messageId":2033247207850523790}', '2033247207850523790'],
    ['{"messageId":"2033247207850523790"}', '2033247207850523790'],
    ['{"messageId":116031411223344556}', '116031411223344556'],
    ['{"messageId":42}', '42'],
  ])('the message id of %s', (entry, id) => {
    expect(only(`{"results":[${entry}]}`).gatewayMessageId).toBe(id);
  });

  test('the network, in both spellings and as a number', () => {
    expect(only(page({ messageId: 'a', mccMnc: '47001' })).mccmnc).toBe('47001');
    expect(only(page({ messageId: 'a', mccmnc: 47001 })).mccmnc).toBe('47001');
  });

  test('an error object that is missing, and permanence in the words of the table', () => {
    expect(only(page({ messageId: 'a' })).error).toBeNull();
    const permanence = (permanent: unknown): unknown =>
      only(page({ messageId: 'a', error: { id: 1, permanent } })).error?.permanent;
    expect([1, '1', 'true', true].map(permanence)).toEqual([true, true, true, true]);
    expect([0, '0', 'false', false].map(permanence)).toEqual([false, false, false, false]);
    expect([null, 'NULL', 2, {}].map(permanence)).toEqual([null, null, null, null]);
  });

  test('ids given as text, and ids and names that no catalogue knows', () => {
    const status = { id: '977', groupId: '9', name: 'SOMETHING_NEW', description: 'New' };
    expect(only(page({ messageId: 'a', status })).status).toMatchObject({
      id: 977,
      groupId: 9,
      name: 'SOMETHING_NEW',
      groupName: null,
    });
  });

  test('one entry outside a list', () => {
    expect(only('{"results":{"messageId":"a"}}').gatewayMessageId).toBe('a');
  });
});

describe('what is odd is counted, not lost', () => {
  test('entries without an id', () => {
    const read = reading.reports(
      page({ messageId: 'a' }, { to: '8801' }, null, 7, 'x', [], { messageId: '  ' }),
    );
    expect(read).toMatchObject({ ok: true, value: { skipped: 6, reports: [{ gatewayMessageId: 'a' }] } });
  });

  test('an id longer than any id', () => {
    expect(reading.reports(page({ messageId: 'x'.repeat(201) }))).toMatchObject({ value: { skipped: 1 } });
  });

  test('two reports about one message stay two, in order', () => {
    const body = page({ messageId: 'a', status: { id: 3 } }, { messageId: 'a', status: { id: 5 } });
    expect(reportsOf(body).map((report) => report.status.id)).toEqual([3, 5]);
  });

  test.each([
    ['no results', '{}'],
    ['null results', '{"results":null}'],
    ['results of another type', '{"results":"none"}'],
    ['a list', '[]'],
    ['an error body', '{"requestError":{"serviceException":{"messageId":"GENERAL_ERROR","text":"x"}}}'],
    ['a cut body', apiSample('reports-response').slice(0, 400)],
    ['a web page', '<!DOCTYPE html><title>Sign in</title>'],
    ['nothing', ''],
    ['null', 'null'],
  ])('%s is unreadable', (_, body) => {
    expect(reading.reports(body)).toMatchObject({ ok: false, error: { code: 'GATEWAY_UNREADABLE' } });
  });

  test('any JSON gives a page or a typed error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, wrapped) => {
        const read = reading.reports(JSON.stringify(wrapped ? { results: value } : value));
        expect(read.ok || read.error.code === 'GATEWAY_UNREADABLE').toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('fields of any type never hide the id, and unknown fields stay in raw', () => {
    const known = [
      'bulkId',
      'to',
      'from',
      'text',
      'sentAt',
      'smsCount',
      'price',
      'status',
      'error',
      'mccmnc',
    ];
    const entry = fc.tuple(
      fc.stringMatching(/^[A-Za-z0-9-]{1,40}$/),
      fc.dictionary(fc.oneof(fc.constantFrom(...known), fc.string()), fc.jsonValue()),
    );
    fc.assert(
      fc.property(entry, ([messageId, fields]) => {
        const report = only(JSON.stringify({ results: [{ ...fields, messageId }] }));
        expect(report.gatewayMessageId).toBe(messageId);
        const raw = Object.keys(report.raw as object);
        expect(raw).toEqual(Object.keys(JSON.parse(JSON.stringify({ ...fields, messageId })) as object));
      }),
      { numRuns: 500 },
    );
  });

  test('a body of ten million characters is read in bounded time', () => {
    const started = performance.now();
    const text = 'ক'.repeat(10_000_000);
    expect(only(page({ messageId: 'a', text })).text?.length).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
