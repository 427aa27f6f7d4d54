import http from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { basic, NUMBER, openBench, type Bench } from './gateway-client.ts';
import {
  call,
  DELIVERED_XML,
  json,
  JSON_TYPE,
  NO_ERROR_XML,
  refused,
  typeOf,
  withoutIds,
  xml,
  XML_TYPE,
} from './rest-client.ts';

const SINGLE = '/sms/1/text/single';
const JSON_BODY = JSON.stringify({ from: 'Shop', to: NUMBER, text: 'Hi' });
const XML_BODY = `<request><from>Shop</from><to>${NUMBER}</to><text>Hi</text></request>`;

describe('API document, "Content-Type & Accept header"', () => {
  test.each([
    [JSON_TYPE, XML_TYPE, XML_TYPE],
    [XML_TYPE, JSON_TYPE, JSON_TYPE],
    ['application/xml; charset=utf-8', 'application/xml;q=0.9', XML_TYPE],
    ['Application/JSON', 'application/json;q=0.1, application/xml;q=0.2', XML_TYPE],
    [JSON_TYPE, 'text/html, application/xml;q=0.5, application/json', JSON_TYPE],
    [JSON_TYPE, '*/*', JSON_TYPE],
    [XML_TYPE, '*/*', XML_TYPE],
    [XML_TYPE, 'text/html, application/*;q=0.1', XML_TYPE],
  ])('body as %s, Accept %s → %s', async (type, accept, expected) => {
    const bench = await openBench();
    const body = type.includes('xml') ? XML_BODY : JSON_BODY;
    const response = await call(bench, { path: SINGLE, body, type, accept });
    expect([response.status, typeOf(response)]).toEqual([200, expected]);
    expect(await response.text()).toMatch(
      expected === JSON_TYPE ? /^\{"messages":/ : /<SMSResponse><messages>/,
    );
    expect(bench.gateway.journal()).toMatchObject([{ from: 'Shop', to: NUMBER, text: 'Hi' }]);
  });

  test.each(['text/xml', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    '%s → 415',
    async (type) => {
      const bench = await openBench();
      expect(await refused(bench, { path: SINGLE, body: JSON_BODY, type })).toMatchObject({ status: 415 });
      expect(bench.gateway.journal()).toEqual([]);
    },
  );

  test('neither format wanted → 406, in JSON', async () => {
    const bench = await openBench();
    for (const accept of ['text/csv', 'application/json;q=0, text/html']) {
      const request = { path: SINGLE, body: JSON_BODY, accept };
      expect(await refused(bench, request)).toMatchObject({ status: 406 });
    }
    expect(bench.gateway.journal()).toEqual([]);
  });

  test.each([
    ['Content-Type missing', 500, 'GENERAL_ERROR', 'General error'],
    ['wrong login', 401, 'UNAUTHORIZED', 'Invalid login details'],
    ['unknown path', 404, 'NOT_FOUND', 'Requested URL not found'],
    ['bad body', 400, 'BAD_REQUEST', 'Bad request'],
    ['missing field', 400, 'BAD_REQUEST', '[from : must be a string]'],
  ])('facts of the platform, "Errors", in XML: %s', async (what, status, messageId, text) => {
    const bench = await openBench();
    const response = await fetch(bench.gateway.url + (what === 'unknown path' ? '/sms/1/none' : SINGLE), {
      method: 'POST',
      headers: {
        accept: XML_TYPE,
        authorization: basic('practice', what === 'wrong login' ? 'no' : 'practice'),
        ...(what === 'Content-Type missing' ? {} : { 'content-type': XML_TYPE }),
      },
      body: new TextEncoder().encode(
        what === 'missing field' ? '<request><to>1</to></request>' : '<request>',
      ),
    });
    expect([response.status, typeOf(response), await response.text()]).toEqual([
      status,
      XML_TYPE,
      `<?xml version="1.0" encoding="UTF-8"?><requestError><serviceException><messageId>${messageId}</messageId><text>${text}</text></serviceException></requestError>`,
    ]);
  });
});

describe('XML of reads', () => {
  const entry = (more: string): string =>
    `<bulkId>ID</bulkId><messageId>ID</messageId><to>${NUMBER}</to>${more}<sentAt>2016-03-14T12:00:00.000+0600</sentAt><doneAt>2016-03-14T12:00:03.000+0600</doneAt><smsCount>1</smsCount>`;
  const price = '<price><pricePerMessage>0.3500</pricePerMessage><currency>BDT</currency></price>';

  test('facts of the platform, "Reports": results one after the other', async () => {
    const bench = await openBench();
    await bench.send([NUMBER, NUMBER]);
    bench.wait(3_000);
    const result = `<results>${entry('')}${price}${DELIVERED_XML}${NO_ERROR_XML}</results>`;
    const read = async (): Promise<string> => withoutIds(await xml(bench, { path: '/sms/1/reports' }));
    expect(await read()).toBe(`<SMSReportResponse>${result}${result}</SMSReportResponse>`);
    expect(await read()).toBe('<SMSReportResponse/>');
  });

  test('facts of the platform, "Logs": results in results', async () => {
    const bench = await openBench();
    await bench.send(NUMBER, { text: 'a<b>&"\' \u0001কি' });
    bench.wait(3_000);
    const more = '<from>InfoSMS</from><text>a&lt;b&gt;&amp;&quot;&apos; কি</text>';
    const result = `${entry(more)}<mccmnc>47007</mccmnc>${price}${DELIVERED_XML}${NO_ERROR_XML}`;
    expect(withoutIds(await xml(bench, { path: '/sms/1/logs' }))).toBe(
      `<SMSLogsResponse><results><results>${result}</results></results></SMSLogsResponse>`,
    );
    expect(await xml(bench, { path: '/sms/1/logs?from=other' })).toBe(
      '<SMSLogsResponse><results/></SMSLogsResponse>',
    );
  });

  test('facts of the platform, "Balance"', async () => {
    const bench = await openBench();
    expect(await xml(bench, { path: '/account/1/balance' })).toBe(
      '<AccountBalance><balance>5000</balance><currency>BDT</currency></AccountBalance>',
    );
  });
});

/** What a client sees of one XML send on a connection of its own: a complete answer, half of one, or none. */
function observe(
  bench: Bench,
  to: string,
): Promise<{ status: number | null; body: string; complete: boolean }> {
  return new Promise((resolve) => {
    const request = http.request(bench.gateway.url + SINGLE, {
      method: 'POST',
      agent: false,
      headers: { authorization: basic('practice', 'practice'), 'content-type': XML_TYPE, accept: XML_TYPE },
    });
    let body = '';
    request.on('error', () => resolve({ status: null, body, complete: false }));
    request.on('response', (response) => {
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('error', () => undefined);
      response.on('close', () =>
        resolve({ status: response.statusCode ?? null, body, complete: response.complete }),
      );
    });
    request.end(XML_BODY.replace(NUMBER, to));
  });
}

describe('faults break XML answers too', () => {
  test.each([
    ['0001', { status: null, complete: false, body: '' }, 1],
    ['0004', { status: 500, complete: true, body: expect.stringContaining('<messageId>GENERAL_ERROR<') }, 1],
    [
      '0005',
      { status: 429, complete: true, body: expect.stringContaining('<messageId>TOO_MANY_REQUESTS<') },
      0,
    ],
    [
      '0006',
      { status: 200, complete: false, body: expect.stringMatching(/^<\?xml.*<SMSResponse><messages>/) },
      1,
    ],
    ['0007', { status: null, complete: false, body: '' }, 0],
    ['0008', { status: 200, complete: true, body: expect.stringContaining('<html>') }, 1],
    [
      '0012',
      {
        status: 200,
        complete: true,
        body: expect.stringMatching(/<messageId>\d{19}<.*<trackingProcessKey>/),
      },
      1,
    ],
  ])('%s', async (number, seen, accepted) => {
    const bench = await openBench();
    expect(await observe(bench, `880199902${number}`)).toEqual(seen);
    expect(bench.gateway.journal()).toHaveLength(accepted);
  });

  test.each([
    ['/sms/1/text/multi', { messages: [{ from: 'Shop', to: NUMBER, text: 'x' }] }],
    ['/sms/1/text/advanced', { messages: [{ from: 'Shop', destinations: [{ to: NUMBER }], text: 'x' }] }],
    [
      '/sms/2/binary/advanced',
      { messages: [{ from: 'Shop', destinations: [{ to: NUMBER }], binary: { hex: '00' } }] },
    ],
    ['/sms/1/binary/single', { from: 'Shop', to: NUMBER, binary: { hex: '00' } }],
    ['/sms/1/binary/multi', { messages: [{ from: 'Shop', to: [NUMBER], binary: { hex: '00' } }] }],
  ])('magic numbers and plans hold for %s', async (path, body) => {
    const bench = await openBench();
    const magic = JSON.stringify(body).replace(NUMBER, '8801999020004');
    expect((await call(bench, { path, body: magic })).status).toBe(500);
    expect(bench.gateway.journal()).toHaveLength(1);
    bench.gateway.setFaults({ sendScript: ['http429'] });
    expect((await call(bench, { path, body })).status).toBe(429);
    expect(bench.gateway.journal()).toHaveLength(1);
  });

  test('and for text/query', async () => {
    const bench = await openBench();
    const path = '/sms/1/text/query?from=Shop&text=x&to=8801999020003';
    expect((await call(bench, { path })).status).toBe(500);
    expect(bench.gateway.journal()).toEqual([]);
  });

  test.each(['/sms/1/reports', '/sms/1/logs', '/sms/1/inbox/reports', '/sms/1/inbox/logs', '/number/1/logs'])(
    'a plan for reads holds for %s',
    async (path) => {
      const bench = await openBench({ faults: { readScript: ['http500', 'drop', 'truncate'] } });
      expect((await call(bench, { path })).status).toBe(500);
      await expect(call(bench, { path })).rejects.toThrow(TypeError);
      const cut = await call(bench, { path, accept: XML_TYPE });
      await expect(cut.text()).rejects.toThrow(TypeError);
      expect(await json(bench, { path })).toEqual({ results: [] });
    },
  );
});

describe('size', () => {
  test('more destinations than a gateway can want to answer → 400', async () => {
    const bench = await openBench();
    const body = `{"from":"Shop","to":[${'"",'.repeat(80_000)}"${NUMBER}"],"text":"x"}`;
    expect(await refused(bench, { path: SINGLE, body })).toMatchObject({ status: 400 });
    expect(bench.gateway.journal()).toEqual([]);
  });
});

describe('hostile XML → 400 fast, nothing accepted', () => {
  const laughs = `<!DOCTYPE r [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, level) => `<!ENTITY a${level} "${`&a${level - 1 < 0 ? '' : level - 1};`.repeat(10)}">`).join('')}]>`;
  const inText = (text: string): string => XML_BODY.replace('Hi', text);

  test.each([
    ['nested entities', laughs + inText('&a8;')],
    ['an external entity', `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${inText('&x;')}`],
    ['a document type after a comment', `<?xml version="1.0"?><!-- - --><!DOCTYPE request>${XML_BODY}`],
    ['a document type in the middle', inText('<!DOCTYPE r>')],
    ['an unknown entity', inText('&nbsp;')],
    ['a character that XML forbids', inText('&#0;')],
    ['half of a surrogate pair', inText('&#xD800;')],
    ['a number beyond Unicode', inText('&#x110000;')],
    ['100,000 levels', '<request>'.repeat(100_000)],
    ['100,000 closed levels', `${'<to>'.repeat(100_000)}${'</to>'.repeat(100_000)}`],
    ['40 levels', `<request>${'<to>'.repeat(40)}1${'</to>'.repeat(40)}</request>`],
    ['CDATA that never ends, often', `<request>${'<![CDATA['.repeat(100_000)}`],
    ['comments that never end, often', `<request>${'<!--'.repeat(200_000)}`],
    ['1 MB of <', '<'.repeat(1_000_000)],
    ['1 MB of &', inText('&'.repeat(1_000_000))],
    ['1 MB of attributes', `<request ${'a="1" '.repeat(160_000)}/>`],
    ['a prototype name', '<request><__proto__>1</__proto__></request>'],
    ['another prototype name', inText('<constructor/>')],
    ['another root', XML_BODY.replaceAll('request>', 'order>')],
    ['two roots', XML_BODY + XML_BODY],
    ['nothing', ''],
    ['JSON', JSON_BODY],
    ['tags that cross', '<request><from>Shop</to></request>'],
    ['a field given twice', inText('Hi</text><text>Ho')],
  ])('%s', async (_name, body) => {
    const bench = await openBench();
    const start = performance.now();
    const response = await call(bench, {
      path: SINGLE,
      body,
      type: XML_TYPE,
    });
    expect([response.status, await response.json()]).toMatchObject([400, { requestError: {} }]);
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(bench.gateway.journal()).toEqual([]);
  });

  test('bytes that are no UTF-8', async () => {
    const bench = await openBench();
    const response = await fetch(bench.gateway.url + SINGLE, {
      method: 'POST',
      headers: { authorization: basic('practice', 'practice'), 'content-type': XML_TYPE },
      body: Buffer.from(inText('\xff'), 'latin1'),
    });
    expect(response.status).toBe(400);
  });

  test('any nesting of known and unknown elements gets 200 or a typed 400', async () => {
    const bench = await openBench();
    const name = fc.constantFrom(
      'request',
      'messages',
      'from',
      'to',
      'text',
      'destinations',
      'x',
      'sendAt',
      'flash',
    );
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom(NUMBER, 'Shop', 'true', '&lt;', '<![CDATA[', ']]>', '&#65;'),
    );
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        leaf,
        fc
          .tuple(name, fc.array(tie('tree'), { maxLength: 4 }))
          .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(SINGLE, '/sms/1/text/advanced'), tree, async (path, inner) => {
        const response = await call(bench, { path, body: `<request>${inner}</request>`, type: XML_TYPE });
        const answer: unknown = await response.json();
        if (response.status !== 200) {
          expect([response.status, answer]).toMatchObject([
            400,
            { requestError: { serviceException: { messageId: 'BAD_REQUEST' } } },
          ]);
        }
      }),
      { numRuns: 150, seed: 20_160_314 },
    );
    expect((await bench.send(NUMBER)).messages[0]?.status.id).toBe(0);
  });
});

describe('the journal of requests', () => {
  test('has bodies without credentials, cut at 8,192, of the last 200 requests', async () => {
    const bench = await openBench();
    await call(bench, { path: SINGLE, body: JSON_BODY });
    const secrets = '{"password": "hunter\\"2", "apiKey":"hunter2","user":"u","text":"password is long"}';
    await call(bench, { path: '/none', body: secrets });
    await call(bench, { path: '/none', body: '<r><password>hunter2</password><Apikey>hunter2</Apikey></r>' });
    await call(bench, {
      path: '/none?a=1&Apikey=hunter2&p%61ss=hunter2',
      body: 'user=u&password=hunter2&text=a',
    });
    await call(bench, { path: '/none', body: `XML=${encodeURIComponent('<password>hunter2</password>')}` });
    await call(bench, { path: '/none', body: `${'x'.repeat(8_170)}"password":"hunter2hunter2"` });
    const entries = bench.gateway.requests();
    expect(entries[0]).toMatchObject({
      method: 'POST',
      path: SINGLE,
      query: null,
      body: JSON_BODY,
      status: 200,
    });
    expect(JSON.stringify(entries)).not.toContain('hunter');
    expect(entries[1]?.body).toContain('"user":"u","text":"password is long"');
    expect(entries[3]).toMatchObject({
      query: 'a=1&Apikey=***&p%61ss=***',
      body: 'user=u&password=***&text=a',
    });
    expect(entries[5]?.body?.length).toBeLessThanOrEqual(8_192);
    await Promise.all(Array.from({ length: 200 }, () => call(bench, { path: '/none', body: 'b' })));
    expect(bench.gateway.requests().filter((entry) => entry.body !== null)).toHaveLength(200);
    expect(bench.gateway.requests()[0]?.body).toBe(null);
  });
});
