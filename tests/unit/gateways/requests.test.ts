import { describe, expect, test } from 'vitest';
import { basicAuthorization } from '../../../main/engine/gateways/authorization.ts';
import { inboxPath, logsPath, reportsPath } from '../../../main/engine/gateways/rest/read-paths.ts';

describe('basicAuthorization', () => {
  test.each([
    // The computed value of the document's own example; the document prints it damaged.
    ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    // RFC 7617 §2.1.
    ['test', '123£', 'Basic dGVzdDoxMjPCow=='],
    ['office', 'a:b:c', 'Basic b2ZmaWNlOmE6Yjpj'],
    ['office', 'পাসওয়ার্ড', `Basic ${Buffer.from('office:পাসওয়ার্ড').toString('base64')}`],
  ])('%s and %s', (userName, password, header) => {
    expect(basicAuthorization(userName, password)).toEqual({ ok: true, value: header });
  });

  test('a user name with a colon would be read as another user', () => {
    expect(basicAuthorization('office:dhaka', 'x')).toMatchObject({
      error: { facts: { field: 'userName' } },
    });
  });
});

describe('queries', () => {
  const parametersOf = (path: string): Record<string, string> =>
    Object.fromEntries(new URL(path, 'http://x').searchParams);

  test('without filters there is no query', () => {
    expect(reportsPath({})).toBe('/sms/1/reports');
    expect(logsPath({ bulkIds: [], messageIds: [] })).toBe('/sms/1/logs');
  });

  test('every filter of reports', () => {
    expect(parametersOf(reportsPath({ bulkId: 'b', messageIds: ['m', 'n'], limit: 200 }))).toEqual({
      bulkId: 'b',
      messageId: 'm,n',
      limit: '200',
    });
  });

  test('every filter of logs, as the document names them', () => {
    const path = logsPath({
      from: 'A&B Shop',
      to: '8801613537347',
      bulkIds: ['b1', 'b2'],
      messageIds: ['m1'],
      generalStatus: 'DELIVERED',
      sentSince: Date.UTC(2015, 1, 22, 16, 42, 5, 390),
      sentUntil: Date.UTC(2015, 1, 23),
      limit: 1,
      mcc: '470',
      mnc: '01',
    });
    expect(parametersOf(path)).toEqual({
      from: 'A&B Shop',
      to: '8801613537347',
      bulkId: 'b1,b2',
      messageId: 'm1',
      generalStatus: 'DELIVERED',
      sentSince: '2015-02-22T16:42:05.390+00:00',
      sentUntil: '2015-02-23T00:00:00.000+00:00',
      limit: '1',
      mcc: '470',
      mnc: '01',
    });
  });

  test('the inbox once, and as a log with every filter', () => {
    const query = { keyword: 'PROMO & MORE', to: '8801700', since: 0, until: 1, limit: 5 };
    expect(inboxPath({ ...query, logs: false })).toBe('/sms/1/inbox/reports?limit=5');
    expect(parametersOf(inboxPath({ ...query, logs: true }))).toEqual({
      limit: '5',
      keyword: 'PROMO & MORE',
      to: '8801700',
      receivedSince: '1970-01-01T00:00:00.000+00:00',
      receivedUntil: '1970-01-01T00:00:00.001+00:00',
    });
  });

  test('the plus of an offset is escaped, so that it is not read as a blank', () => {
    expect(logsPath({ sentSince: 0 })).toBe('/sms/1/logs?sentSince=1970-01-01T00%3A00%3A00.000%2B00%3A00');
  });

  test('impossible times and broken text do not throw', () => {
    expect(logsPath({ sentSince: Number.NaN })).toBe('/sms/1/logs');
    expect(logsPath({ sentUntil: Infinity })).toContain('9999-12-31');
    expect(logsPath({ from: '\ud83d' })).toBe('/sms/1/logs?from=%EF%BF%BD');
  });
});
