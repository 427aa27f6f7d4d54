import { describe, expect, test } from 'vitest';
import { openBench } from './gateway-client.ts';
import {
  ACCEPTED,
  ACCEPTED_XML,
  call,
  exception,
  ID,
  json,
  refused,
  withoutIds,
  xml,
} from './rest-client.ts';

const ONE = '8801711000001';
const TWO = '8801811000002';

const message = (to: string, smsCount = 1): object => ({ to, status: ACCEPTED, smsCount, messageId: ID });
const messageXml = (to: string, id = 'ID', smsCount = 1): string =>
  `<messages><to>${to}</to>${ACCEPTED_XML}<smsCount>${smsCount}</smsCount><messageId>${id}</messageId></messages>`;

describe('facts of the platform, "Single"', () => {
  test.each([
    ['one number', '<to>8801711000001</to>', '', [ONE]],
    ['one number, wrapped', '<to><to>8801711000001</to></to>', '', [ONE]],
    ['two, wrapped', `<to><to>${ONE}</to><to>${TWO}</to></to>`, '<bulkId>ID</bulkId>', [ONE, TWO]],
    ['two, side by side', `<to>${ONE}</to><to>${TWO}</to>`, '<bulkId>ID</bulkId>', [ONE, TWO]],
  ])('XML: %s', async (_name, to, bulkId, numbers) => {
    const bench = await openBench();
    const answer = await xml(bench, {
      path: '/sms/1/text/single',
      body: `<request><from>InfoSMS</from>${to}<text>Hi</text></request>`,
    });
    expect(withoutIds(answer)).toBe(
      `<SMSResponse>${bulkId}<messages>${numbers.map((number) => messageXml(number)).join('')}</messages></SMSResponse>`,
    );
    expect(bench.gateway.journal().map((entry) => entry.to)).toEqual(numbers);
  });

  test('XML: entities, character numbers and CDATA of a text arrive as what they stand for, blanks are kept', async () => {
    const bench = await openBench();
    const text = ' a &lt;b&gt; &amp;amp; &quot;&apos;&#2453;&#x99F;<![CDATA[<i> &amp; ]]> ';
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- <!DOCTYPE no> -->\n<request>\n <from>Shop</from><to>${ONE}</to><text>${text}</text>\n</request>`;
    await xml(bench, { path: '/sms/1/text/single', body });
    expect(bench.gateway.journal()[0]?.text).toBe(' a <b> &amp; "\'কট<i> &amp;  ');
  });

  test('XML: a number stays text, and a status has its action', async () => {
    const bench = await openBench();
    const answer = await xml(bench, {
      path: '/sms/1/text/single',
      body: '<request><from>007</from><to><to>+8801999000006</to></to><text>0012</text></request>',
    });
    expect(answer).toContain('<to>+8801999000006</to>');
    expect(answer).toContain('<action>Contact account manager</action></status>');
    await xml(bench, {
      path: '/sms/1/text/single',
      body: `<request><from>007</from><to>${ONE}</to><text>0012</text></request>`,
    });
    expect(bench.gateway.journal()).toMatchObject([{ from: '007', text: '0012' }]);
  });
});

describe('facts of the platform, "Multi"', () => {
  test('JSON: each message object has its own sender and text; to is a string or a list', async () => {
    const bench = await openBench();
    const answer = await json(bench, {
      path: '/sms/1/text/multi',
      body: {
        messages: [
          { from: 'Shop', to: [ONE, TWO], text: 'One' },
          { from: 'Bank', to: ONE, text: 'আ'.repeat(71) },
        ],
      },
    });
    expect(answer).toEqual({ bulkId: ID, messages: [message(ONE), message(TWO), message(ONE, 2)] });
    expect(bench.gateway.journal().map(({ from, to, text }) => [from, to, text.length])).toEqual([
      ['Shop', ONE, 3],
      ['Shop', TWO, 3],
      ['Bank', ONE, 71],
    ]);
    expect(new Set(bench.gateway.journal().map((entry) => entry.bulkId)).size).toBe(1);
  });

  test('JSON: one destination in all has no bulkId', async () => {
    const bench = await openBench();
    const body = { messages: [{ from: 'Shop', to: ONE, text: 'One' }] };
    expect(await json(bench, { path: '/sms/1/text/multi', body })).toEqual({ messages: [message(ONE)] });
  });

  test('XML: messages in messages, answered by SendSMSResponse', async () => {
    const bench = await openBench();
    const answer = await xml(bench, {
      path: '/sms/1/text/multi',
      body: `<request><messages><messages><from>Shop</from><to><to>${ONE}</to><to>${TWO}</to></to><text>One</text></messages><messages><from>Bank</from><to>${ONE}</to><text>Two</text></messages></messages></request>`,
    });
    expect(withoutIds(answer)).toBe(
      `<SendSMSResponse><bulkId>ID</bulkId><messages>${[ONE, TWO, ONE].map((to) => messageXml(to)).join('')}</messages></SendSMSResponse>`,
    );
    expect(bench.gateway.journal().map((entry) => entry.from)).toEqual(['Shop', 'Shop', 'Bank']);
  });
});

describe('facts of the platform, "Advanced"', () => {
  const full = {
    bulkId: 'my-bulk',
    tracking: { track: 'SMS' },
    messages: [
      {
        from: 'Shop',
        destinations: [{ to: ONE, messageId: 'my-1' }, { to: TWO }],
        text: 'Iğdır',
        flash: true,
        language: { languageCode: 'TR', singleShift: true, lockingShift: false },
        transliteration: 'TURKISH',
        intermediateReport: false,
        notifyContentType: 'application/json',
        callbackData: 'order 7',
        validityPeriod: 720,
      },
    ],
  };

  test.each(['/sms/1/text/advanced', '/sms/2/text/advanced'])('JSON: %s', async (path) => {
    const bench = await openBench();
    expect(await json(bench, { path, body: full })).toEqual({
      bulkId: 'my-bulk',
      messages: [{ ...message(ONE), messageId: 'my-1' }, message(TWO)],
    });
    expect(bench.gateway.journal()).toMatchObject([
      { id: 'my-1', bulkId: 'my-bulk', text: 'Igdir', parts: 1 },
      { to: TWO },
    ]);
    bench.wait(3_000);
    const reports = await json(bench, { path: '/sms/1/reports?messageId=my-1' });
    expect(reports).toMatchObject({ results: [{ messageId: 'my-1', callbackData: 'order 7' }] });
  });

  test('XML: one messages after the other, destinations too', async () => {
    const bench = await openBench();
    const answer = await xml(bench, {
      path: '/sms/1/text/advanced',
      body: `<request><bulkId>b-1</bulkId><messages><from>Shop</from><destinations><to>${ONE}</to><messageId>my-1</messageId></destinations><destinations><to>${TWO}</to></destinations><text>Hi</text><flash>true</flash><language><languageCode>TR</languageCode><singleShift>true</singleShift><lockingShift>false</lockingShift></language><transliteration>TURKISH</transliteration><notifyUrl/><notifyContentType/><callbackData>x</callbackData><validityPeriod>720</validityPeriod></messages><messages><from>Bank</from><destinations><to>${ONE}</to></destinations><text>Ho</text></messages></request>`,
    });
    expect(withoutIds(answer)).toBe(
      `<SendSMSResponse><bulkId>b-1</bulkId><messages>${messageXml(ONE, 'my-1')}${messageXml(TWO)}${messageXml(ONE)}</messages></SendSMSResponse>`,
    );
  });

  test('a message id used again: 23 for the second, nothing charged, the first stays', async () => {
    const bench = await openBench();
    const body = (text: string): object => ({
      messages: [{ from: 'Shop', destinations: [{ to: ONE, messageId: 'my-1' }], text }],
    });
    await json(bench, { path: '/sms/1/text/advanced', body: body('first') });
    const again = await json(bench, { path: '/sms/1/text/advanced', body: body('second') });
    expect(again).toMatchObject({
      messages: [
        {
          messageId: 'my-1',
          status: { id: 23, groupId: 5, name: 'REJECTED_DUPLICATE_MESSAGE_ID' },
        },
      ],
    });
    expect(await bench.balance()).toBe(4_999.65);
    expect((await bench.logs('?messageId=my-1')).map((log) => log.text)).toEqual(['first']);
    const destinations = [
      { to: ONE, messageId: 'my-2' },
      { to: TWO, messageId: 'my-2' },
    ];
    const twice = { messages: [{ from: 'Shop', destinations, text: 'x' }] };
    expect(await json(bench, { path: '/sms/1/text/advanced', body: twice })).toMatchObject({
      messages: [{ status: { id: 0 } }, { status: { id: 23 } }],
    });
  });

  test('another account may use the same message id', async () => {
    const login = { password: 'x', balanceMicros: 1_000_000 };
    const bench = await openBench({
      users: [
        { user: 'practice', ...login, apiKey: 'key-1' },
        { user: 'other', ...login, apiKey: 'key-2' },
      ],
    });
    const body = { messages: [{ from: 'Shop', destinations: [{ to: ONE, messageId: 'my-1' }], text: 'x' }] };
    for (const authorization of ['App key-1', 'app key-2']) {
      expect(await json(bench, { path: '/sms/1/text/advanced', body, authorization })).toMatchObject({
        messages: [{ status: { id: 0 } }],
      });
    }
    expect(bench.gateway.journal().map((entry) => entry.user)).toEqual(['practice', 'other']);
    expect((await call(bench, { path: '/account/1/balance', authorization: 'App key-3' })).status).toBe(401);
  });

  test.each([
    ['messages', { messages: [] }, '[messages : must not be empty]'],
    ['messages', { messages: {} }, '[messages : must be a list of objects]'],
    ['destinations', { destinations: [] }, '[destinations : must not be empty]'],
    ['destinations', { destinations: ['8801711000001'] }, '[destinations : must be a list of objects]'],
    ['to', { destinations: [{}] }, '[to : must be a string or a list of strings]'],
    ['messageId', { destinations: [{ to: ONE, messageId: 7 }] }, '[messageId : must be a string]'],
    ['text', { text: '' }, '[text : must not be empty]'],
    ['flash', { flash: 'yes' }, '[flash : must be true or false]'],
    ['notifyUrl', { notifyUrl: 'ftp://127.0.0.1/' }, '[notifyUrl : must be an http or https address]'],
    ['callbackData', { callbackData: 'x'.repeat(201) }, '[callbackData : must have at most 200 characters]'],
    ['validityPeriod', { validityPeriod: -1 }, '[validityPeriod : must be a whole number]'],
    ['sendAt', { sendAt: 'tomorrow' }, "[sendAt : must be yyyy-MM-dd'T'HH:mm:ss.SSSZ]"],
    ['sendAt', { sendAt: '2017-03-14T06:00:00.000Z' }, '[sendAt : must be within 180 days]'],
  ])('a wrong %s → 400, nothing accepted (%#)', async (_name, wrong, text) => {
    const bench = await openBench();
    const usual = { from: 'Shop', destinations: [{ to: ONE }], text: 'x' };
    const body = 'messages' in wrong ? wrong : { messages: [{ ...usual, ...wrong }] };
    expect(await refused(bench, { path: '/sms/1/text/advanced', body })).toEqual({
      status: 400,
      body: exception('BAD_REQUEST', text),
    });
    expect(bench.gateway.journal()).toEqual([]);
  });
});

describe('facts of the platform, "Binary"', () => {
  const binary = { hex: '54 65 73 74', dataCoding: 0, esmClass: 0 };

  test.each([
    ['single', { from: 'Shop', to: [ONE], binary }, { messages: [message(ONE)] }],
    [
      'multi',
      { messages: [{ from: 'Shop', to: [ONE, TWO], binary }] },
      { bulkId: ID, messages: [message(ONE), message(TWO)] },
    ],
    [
      'advanced',
      { messages: [{ from: 'Shop', destinations: [{ to: ONE, messageId: 'b-1' }], binary }] },
      { messages: [{ ...message(ONE), messageId: 'b-1' }] },
    ],
  ])('JSON: %s', async (kind, body, expected) => {
    const bench = await openBench();
    expect(await json(bench, { path: `/sms/1/binary/${kind}`, body })).toEqual(expected);
  });

  test('XML: single; data coding 8 is UCS-2, with or without blanks', async () => {
    const bench = await openBench();
    const body = (hex: string): string =>
      `<request><from>Shop</from><to><to>${ONE}</to></to><binary><hex>${hex}</hex><dataCoding>8</dataCoding><esmClass>0</esmClass></binary></request>`;
    const answer = await xml(bench, { path: '/sms/1/binary/single', body: body('09 95 09 a9') });
    expect(withoutIds(answer)).toBe(`<SMSResponse><messages>${messageXml(ONE)}</messages></SMSResponse>`);
    await xml(bench, { path: '/sms/1/binary/single', body: body('099509A9') });
    expect(bench.gateway.journal().map((entry) => entry.text)).toEqual(['ক\u09a9', 'ক\u09a9']);
  });

  test.each([
    [140, 0, 1, 0],
    [141, 0, 2, 0],
    [268, 0, 2, 0],
    [269, 0, 3, 0],
    [2_161, 0, 17, 25],
    [5, 64, 1, 24],
  ])('%i octets with esmClass %i: %i parts, status %i', async (octets, esmClass, smsCount, id) => {
    const bench = await openBench();
    const body = { from: 'Shop', to: ONE, binary: { hex: '05'.repeat(octets), esmClass } };
    expect(await json(bench, { path: '/sms/1/binary/single', body })).toMatchObject({
      messages: [{ smsCount, status: { id } }],
    });
  });

  test.each([
    [{ hex: '5' }, '[hex : must be pairs of hexadecimal digits]'],
    [{ hex: 'zz' }, '[hex : must be pairs of hexadecimal digits]'],
    [{ hex: '05', dataCoding: 256 }, '[dataCoding : must be from 0 to 255]'],
    ['54', '[binary : must be an object]'],
    [undefined, '[binary : must be an object]'],
  ])('binary %j → 400', async (wrong, text) => {
    const bench = await openBench();
    const body = { from: 'Shop', to: ONE, binary: wrong };
    expect(await refused(bench, { path: '/sms/1/binary/single', body })).toEqual({
      status: 400,
      body: exception('BAD_REQUEST', text),
    });
  });
});

describe('facts of the platform, "text/query"', () => {
  test('login and everything else in the query', async () => {
    const bench = await openBench();
    const query = new URLSearchParams({
      username: 'practice',
      password: 'practice',
      bulkId: 'b'.repeat(120),
      from: 'Shop',
      to: `${ONE},${TWO}`,
      text: 'ঢাকা & co',
      flash: 'true',
      validityPeriod: '60',
      callbackData: 'x',
    });
    const path = `/sms/1/text/query?${query.toString()}`;
    const bulkId = 'b'.repeat(100);
    expect(await json(bench, { path, authorization: '' })).toEqual({
      bulkId,
      messages: [message(ONE), message(TWO)],
    });
    expect(bench.gateway.journal()).toMatchObject([{ text: 'ঢাকা & co', bulkId }, { to: TWO }]);
    expect(withoutIds(await xml(bench, { path: `/sms/1/text/query?from=Shop&to=${ONE}&text=a` }))).toBe(
      `<SMSResponse><messages>${messageXml(ONE)}</messages></SMSResponse>`,
    );
  });

  test.each([
    [`username=practice&password=wrong&from=Shop&to=${ONE}&text=a`, 401],
    [`from=Shop&text=a`, 400],
    [`from=Shop&to=${ONE}`, 400],
    [`from=Shop&from=Shop&to=${ONE}&text=a`, 400],
    [`from=Shop&to=${ONE}&text=a&sendAt=soon`, 400],
  ])('%s → %i', async (query, status) => {
    const bench = await openBench();
    expect((await call(bench, { path: `/sms/1/text/query?${query}` })).status).toBe(status);
    expect(bench.gateway.journal()).toEqual([]);
  });

  test('the journal of requests has the query without its password', async () => {
    const bench = await openBench();
    await call(bench, { path: '/sms/1/text/query?username=u&password=hunter2&text=a' });
    const [entry] = bench.gateway.requests();
    expect(entry).toMatchObject({ protocol: 'rest', query: 'username=u&password=***&text=a', body: null });
  });
});

describe('facts of the platform, "Bulks & preview": preview', () => {
  test('as it is, and as asked for', async () => {
    const bench = await openBench();
    const body = { text: 'Çiğ köfte ş', languageCode: 'TR', transliteration: 'TURKISH' };
    expect(await json(bench, { path: '/sms/1/preview', body })).toEqual({
      originalText: 'Çiğ köfte ş',
      previews: [
        { textPreview: 'Çiğ köfte ş', messageCount: 1, charactersRemaining: 59, configuration: {} },
        {
          textPreview: 'Çig köfte s',
          messageCount: 1,
          charactersRemaining: 149,
          configuration: { language: { languageCode: 'TR' }, transliteration: 'TURKISH' },
        },
      ],
    });
    expect(await bench.balance()).toBe(5_000);
  });

  test('of two parts, in XML; Bangla is never transliterated', async () => {
    const bench = await openBench();
    const text = 'কি'.repeat(40);
    expect(
      await xml(bench, {
        path: '/sms/1/preview',
        body: `<request><text>${text}</text><transliteration>ALL</transliteration></request>`,
      }),
    ).toBe(
      `<previewResponse><originalText>${text}</originalText><previews><previews><textPreview>${text}</textPreview><messageCount>2</messageCount><charactersRemaining>54</charactersRemaining><configuration/></previews><previews><textPreview>${text}</textPreview><messageCount>2</messageCount><charactersRemaining>54</charactersRemaining><configuration><transliteration>ALL</transliteration></configuration></previews></previews></previewResponse>`,
    );
  });
});
