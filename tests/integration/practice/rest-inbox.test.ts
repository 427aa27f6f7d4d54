import { describe, expect, test } from 'vitest';
import { openBench, START } from './gateway-client.ts';
import { call, json, refused, xml } from './rest-client.ts';

const PHONE = '8801711000001';
const LINE = '8809601000000';
const DIGITS_19 = expect.stringMatching(/^\d{19}$/);

const ids = (body: unknown): string[] => JSON.stringify(body).match(/"messageId":"\d+"/g) ?? [];

describe('facts of the platform, "Inbound (MO)"', () => {
  test('reports: every field, each message once; logs have it as often as wanted', async () => {
    const bench = await openBench();
    bench.gateway.receive('practice', { from: PHONE, to: LINE, text: 'Vote  yes আ', keyword: 'VOTE' });
    const expected = {
      results: [
        {
          messageId: DIGITS_19,
          from: PHONE,
          to: LINE,
          text: 'Vote  yes আ',
          cleanText: 'yes আ',
          keyword: 'VOTE',
          receivedAt: '2016-03-14T12:00:00.000+0600',
          smsCount: 1,
        },
      ],
    };
    expect(await json(bench, { path: '/sms/1/inbox/logs' })).toEqual(expected);
    expect(await json(bench, { path: '/sms/1/inbox/reports' })).toEqual(expected);
    expect(await json(bench, { path: '/sms/1/inbox/reports' })).toEqual({ results: [] });
    expect(await json(bench, { path: '/sms/1/inbox/logs' })).toEqual(expected);
  });

  test('XML: results in results; an empty keyword is an empty element', async () => {
    const bench = await openBench();
    bench.gateway.receive('practice', { from: PHONE, to: LINE, text: 'a<b & c', keyword: 'VOTE' });
    const results = `<results><results><messageId>ID</messageId><from>${PHONE}</from><to>${LINE}</to><text>a&lt;b &amp; c</text><cleanText>a&lt;b &amp; c</cleanText><keyword/><receivedAt>2016-03-14T12:00:00.000+0600</receivedAt><smsCount>1</smsCount></results></results>`;
    const read = async (path: string): Promise<string> =>
      (await xml(bench, { path })).replace(/\d{19}/, 'ID');
    expect(await read('/sms/1/inbox/logs')).toBe(`<MOLogsResponse>${results}</MOLogsResponse>`);
    expect(await read('/sms/1/inbox/reports')).toBe(`<MOReportResponse>${results}</MOReportResponse>`);
    expect(await read('/sms/1/inbox/reports')).toBe('<MOReportResponse><results/></MOReportResponse>');
  });

  test('limit: oldest first in reports, newest first in logs', async () => {
    const bench = await openBench();
    for (const text of ['1', '2', '3']) bench.gateway.receive('practice', { from: PHONE, to: LINE, text });
    expect(await json(bench, { path: '/sms/1/inbox/logs?limit=2' })).toMatchObject({
      results: [{ text: '3' }, { text: '2' }],
    });
    expect(await json(bench, { path: '/sms/1/inbox/reports?limit=2' })).toMatchObject({
      results: [{ text: '1' }, { text: '2' }],
    });
    expect(await json(bench, { path: '/sms/1/inbox/reports?limit=2' })).toMatchObject({
      results: [{ text: '3' }],
    });
  });

  test('filters of the logs', async () => {
    const bench = await openBench();
    bench.gateway.receive('practice', { from: PHONE, to: LINE, text: 'win it', keyword: 'Win' });
    bench.wait(60_000);
    bench.gateway.receive('practice', { from: PHONE, to: '2929', text: 'hello' });
    const count = async (query: string): Promise<number> =>
      ids(await json(bench, { path: `/sms/1/inbox/logs?${query}` })).length;
    const minute = encodeURIComponent(new Date(START + 60_000).toISOString().replace('Z', '+00:00'));
    expect(await count('keyword=WIN')).toBe(1);
    expect(await count('keyword=NO_KEYWORD')).toBe(1);
    expect(await count('keyword=other')).toBe(0);
    expect(await count('to=2929')).toBe(1);
    expect(await count(`receivedSince=${minute}`)).toBe(1);
    expect(await count(`receivedUntil=${minute}`)).toBe(2);
    expect(await refused(bench, { path: '/sms/1/inbox/logs?receivedSince=now' })).toMatchObject({
      status: 400,
    });
    expect(await refused(bench, { path: '/sms/1/inbox/reports?limit=none' })).toMatchObject({ status: 400 });
  });

  test('48 hours, then gone', async () => {
    const bench = await openBench();
    bench.gateway.receive('practice', { from: PHONE, to: LINE, text: 'hello' });
    bench.wait(48 * 3_600_000 + 1);
    expect(await json(bench, { path: '/sms/1/inbox/logs' })).toEqual({ results: [] });
    expect(await json(bench, { path: '/sms/1/inbox/reports' })).toEqual({ results: [] });
  });

  test('a lost answer uses the messages up, the logs still have them; users do not see those of others', async () => {
    const login = { password: 'x', balanceMicros: 0 };
    const users = [
      { user: 'practice', ...login, apiKey: 'mine' },
      { user: 'other', ...login, apiKey: 'theirs' },
    ];
    const bench = await openBench({ users });
    const authorization = 'App mine';
    bench.gateway.receive('practice', { from: PHONE, to: LINE, text: 'hello' });
    expect(await json(bench, { path: '/sms/1/inbox/logs', authorization: 'App theirs' })).toEqual({
      results: [],
    });
    bench.gateway.setFaults({ readScript: ['http500', 'drop'] });
    const path = '/sms/1/inbox/reports';
    expect((await call(bench, { path, authorization })).status).toBe(500);
    await expect(call(bench, { path, authorization })).rejects.toThrow(TypeError);
    expect(await json(bench, { path, authorization })).toEqual({ results: [] });
    expect(ids(await json(bench, { path: '/sms/1/inbox/logs', authorization }))).toHaveLength(1);
    expect(() => bench.gateway.receive('nobody', { from: PHONE, to: LINE, text: 'x' })).toThrow(RangeError);
  });
});
