import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basic, NUMBER, openBench } from './gateway-client.ts';
import { call, exception, json, refused, XML_TYPE } from './rest-client.ts';

const READS = [
  '/sms/1/reports',
  '/sms/1/logs',
  '/sms/1/inbox/reports',
  '/sms/1/inbox/logs',
  '/sms/1/bulks?bulkId=b-1',
  '/sms/1/bulks/?bulkId=b-1',
  '/sms/1/bulks/status?bulkId=b-1',
  '/sms/1/bulks/status/?bulkId=b-1',
  '/sms/1/text/query?from=Shop&to=8801711000001&text=x',
  '/number/1/logs',
  '/account/1/balance',
];

const WRITES = [
  '/sms/1/text/single',
  '/sms/1/text/multi',
  '/sms/1/text/advanced',
  '/sms/2/text/advanced',
  '/sms/1/binary/single',
  '/sms/1/binary/multi',
  '/sms/1/binary/advanced',
  '/sms/2/binary/advanced',
  '/sms/1/preview',
  '/number/1/query',
  '/number/1/notify',
];

const CHANGES = ['/sms/1/bulks?bulkId=b-1', '/sms/1/bulks/status?bulkId=b-1'];

const CALLS = [
  ...READS.map((path) => ['GET', path] as const),
  ...WRITES.map((path) => ['POST', path] as const),
  ...CHANGES.map((path) => ['PUT', path] as const),
];

const INVALID_LOGIN = exception('UNAUTHORIZED', 'Invalid login details');

describe('facts of the platform, "Errors", for every call', () => {
  test('a wrong login → 401 before anything else', async () => {
    const bench = await openBench();
    for (const [method, path] of CALLS) {
      const body = method === 'GET' ? {} : { body: '{' };
      for (const authorization of [basic('practice', 'wrong'), 'App wrong', 'Basic', '']) {
        const answer = await refused(bench, { method, path, authorization, ...body });
        expect([method, path, answer]).toEqual([method, path, { status: 401, body: INVALID_LOGIN }]);
      }
      const inXml = await call(bench, { method, path, authorization: '', accept: XML_TYPE });
      expect([method, path, inXml.status]).toEqual([method, path, 401]);
      expect(await inXml.text()).toContain('<messageId>UNAUTHORIZED</messageId>');
    }
    expect(new Set(bench.gateway.requests().map((entry) => entry.user))).toEqual(new Set([null]));
  });

  test.each(WRITES)('POST %s: what cannot be read → 400, without a type → General error', async (path) => {
    const bench = await openBench();
    for (const body of ['', '{', '[]', '"text"', 'null', '{}', '{"messages":[{}]}']) {
      expect(await refused(bench, { path, body })).toMatchObject({ status: 400 });
    }
    for (const body of ['', '<request>', '<request/>', '<request><messages/></request>', '<other/>']) {
      expect(await refused(bench, { path, body, type: XML_TYPE })).toMatchObject({ status: 400 });
    }
    const bare = { authorization: basic('practice', 'practice') };
    const untyped = await fetch(bench.gateway.url + path, {
      method: 'POST',
      headers: bare,
      body: new TextEncoder().encode('{}'),
    });
    expect([untyped.status, await untyped.json()]).toEqual([
      500,
      exception('GENERAL_ERROR', 'General error'),
    ]);
    expect(bench.gateway.journal()).toEqual([]);
  });

  test('another method → 404', async () => {
    const bench = await openBench();
    for (const [method, path] of CALLS) {
      const other = path.includes('bulks') ? 'DELETE' : method === 'GET' ? 'POST' : 'GET';
      const response = await fetch(bench.gateway.url + path, {
        method: other,
        headers: { authorization: basic('practice', 'practice') },
      });
      expect([other, path, response.status, await response.json()]).toEqual([
        other,
        path,
        404,
        exception('NOT_FOUND', 'Requested URL not found'),
      ]);
    }
  });
});

describe('any JSON gets 200 or a typed 4xx', () => {
  const name = fc.constantFrom(
    ...[
      'messages',
      'from',
      'to',
      'text',
      'destinations',
      'binary',
      'hex',
      'sendAt',
      'validityPeriod',
      'flash',
    ],
    ...['deliveryTimeWindow', 'days', 'notifyUrl', 'bulkId', 'messageId', 'language', 'status', '__proto__'],
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>(NUMBER, 'Shop', '', 0, -1, 1e21, 1.5, true, null, '2016-03-14T06:00:00.000Z'),
      fc.string(),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 6 }),
    ),
  }));
  const advanced = tree.map((value) => ({
    messages: [{ from: 'Shop', destinations: [{ to: NUMBER }], text: 'x', ...Object(value) }],
  }));

  test.each([
    ...WRITES.map((path) => ['POST', path] as const),
    ...CHANGES.map((path) => ['PUT', path] as const),
  ])('%s %s', async (method, path) => {
    const bench = await openBench();
    const held = {
      from: 'Shop',
      destinations: [{ to: NUMBER }],
      text: 'x',
      sendAt: '2016-03-15T06:00:00.000Z',
    };
    await json(bench, { path: '/sms/1/text/advanced', body: { bulkId: 'b-1', messages: [held] } });
    await fc.assert(
      fc.asyncProperty(fc.oneof(tree, advanced), async (value) => {
        const response = await call(bench, { method, path, body: JSON.stringify(value) });
        const answer: unknown = await response.json();
        if (response.status === 200) return;
        expect([response.status, answer]).toMatchObject([400, { requestError: { serviceException: {} } }]);
      }),
      { numRuns: 40, seed: 20_160_314 },
    );
  });
});
