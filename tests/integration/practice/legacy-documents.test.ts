import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NUMBER } from './gateway-client.ts';
import { codes, openLegacyBench, readResults, type LegacyBench, type Told } from './legacy-client.ts';

const FIRST = '/api/sendsms/xml';
const XML = '/api/v3/sendsms/xml';
const JSON_PATH = '/api/v3/sendsms/json';

const LOGIN_V3 =
  '<authentication><username>practice</username><password>practice</password></authentication>';
const LOGIN_V1 =
  '<authentification><username>practice</username><password>practice</password></authentification>';

const gsm = (numbers: readonly string[]): string =>
  `<recipients>${numbers.map((number) => `<gsm>${number}</gsm>`).join('')}</recipients>`;

/** A document of the third version with one message of these children. */
const v3 = (children: string): string => `<SMS>${LOGIN_V3}<message>${children}</message></SMS>`;

const v1 = (children: string, numbers: readonly string[] = [NUMBER], login = LOGIN_V1): string =>
  `<SMS>${login}<message>${children}</message>${gsm(numbers)}</SMS>`;

const HELLO = '<sender>Friend</sender><text>Hello</text>';

describe('/api/v3/sendsms/xml', () => {
  test('the sample of the facts, as a form and raw: own id, one message for later', async () => {
    const bench = await openLegacyBench();
    const document = (id: string): string => `<?xml version="1.0" encoding="UTF-8"?>
      <SMS>
        ${LOGIN_V3}
        <message>
          <sender>Friend</sender>
          <text>Hello</text>
          <sendDateTime>1d2h5m3s</sendDateTime>
          <recipients>
            <gsm>8801711000001</gsm>
            <gsm messageId="${id}">8801911000002</gsm>
          </recipients>
        </message>
      </SMS>`;
    const raw = await bench.raw(XML, document('my-0002'));
    expect(raw).toMatchObject({ status: 200, type: 'application/xml' });
    const [first, second] = readResults(raw);
    expect(first?.messageid).toMatch(/^2\d{17}$/);
    expect(second).toEqual({ status: '0', messageid: 'my-0002', destination: '8801911000002' });
    expect(codes(await bench.form(XML, { XML: document('my-0003') }))).toEqual(['0', '0']);
    expect(bench.gateway.journal()).toEqual([]);
    bench.wait(94_000_000);
    expect(bench.gateway.journal()).toHaveLength(4);
  });

  test('several messages with their own recipients; one that is wrong takes no other with it', async () => {
    const bench = await openLegacyBench();
    const told = await bench.raw(
      XML,
      `<SMS>${LOGIN_V3}
        <message>${HELLO}${gsm(['8801711000001', '01711'])}</message>
        <message><sender>Friend</sender>${gsm(['8801711000002', '8801711000003'])}</message>
        <message>${HELLO}</message>
        <message>${HELLO}${gsm(['8801711000004'])}</message>
      </SMS>`,
    );
    expect(codes(told)).toEqual(['0', '-13', '-7', '-7', '-6', '0']);
  });

  test.each([
    [
      'predefined entities',
      '<text>&lt;a&gt; &amp;amp; &quot;b&quot; &apos;c&apos;</text>',
      `<a> &amp; "b" 'c'`,
    ],
    ['numbers of characters', '<text>&#2437;&#x9AE;&#x1F600;</text>', 'অম😀'],
    ['CDATA as it is', '<text><![CDATA[<b>&amp;</b>]]></text>', '<b>&amp;</b>'],
    ['blanks and digits are kept', '<text> 007 </text>', ' 007 '],
    ['a comment is no text', '<text>a<!-- b -->c</text>', 'ac'],
    ['names in any case', '<TEXT>Hi</TEXT>', 'Hi'],
  ])('text: %s', async (_name, element, text) => {
    const bench = await openLegacyBench();
    const told = await bench.raw(XML, v3(`<sender>Friend</sender>${element}${gsm([NUMBER])}`));
    expect(codes(told)).toEqual(['0']);
    expect(bench.gateway.journal()).toMatchObject([{ text }]);
  });

  test('a destination that needs escaping comes back escaped', async () => {
    const bench = await openLegacyBench();
    const told = await bench.raw(XML, v3(`${HELLO}${gsm(['&lt;1&gt;&amp;&quot;'])}`));
    expect(readResults(told)).toEqual([{ status: '-9', messageid: '', destination: '&lt;1&gt;&amp;&quot;' }]);
  });
});

describe('/api/v3/sendsms/json', () => {
  const body = (message: Record<string, unknown>): string =>
    JSON.stringify({
      authentication: { username: 'practice', password: 'practice' },
      messages: [{ sender: 'Friend', text: 'Hello', recipients: [{ gsm: NUMBER }], ...message }],
    });

  test('answers with texts, and echoes own ids', async () => {
    const bench = await openLegacyBench();
    const recipients = [{ gsm: NUMBER, messageId: 'mine' }, { gsm: 'x' }];
    const told = await bench.raw(JSON_PATH, body({ recipients }), 'application/json');
    expect(JSON.parse(told.body)).toEqual({
      results: [
        { status: '0', messageid: 'mine', destination: NUMBER },
        { status: '-9', messageid: '', destination: 'x' },
      ],
    });
  });

  test.each([
    ['datacoding as a number', { datacoding: 8, text: 'a'.repeat(71) }, 0],
    ['longSMS', { type: 'longSMS', text: 'a'.repeat(200) }, 0],
    ['validity', { ValidityPeriod: '01:00' }, 0],
    ['flash as a truth', { flash: true }, 0],
    ['schedule', { sendDateTime: '0d0h5m0s' }, 0],
    ['bad schedule', { sendDateTime: 'now' }, -27],
    ['bad drPushUrl', { drPushUrl: 'x' }, -28],
    ['null stands for nothing', { sender: null }, -8],
    ['no recipients', { recipients: [] }, -6],
    ['recipients as texts', { recipients: [NUMBER] }, -22],
    ['recipients no list', { recipients: { gsm: NUMBER } }, -22],
    ['text an object', { text: {} }, -22],
  ])('%s', async (_name, message, code) => {
    const bench = await openLegacyBench();
    const told = await bench.raw(JSON_PATH, body(message), 'application/json');
    expect(JSON.parse(told.body)).toMatchObject({ results: [{ status: String(code) }] });
  });

  test.each([
    ['empty', '', '-22'],
    ['cut off', '{"authentication":', '-22'],
    ['a list', '[]', '-22'],
    ['messages no list', '{"messages":{}}', '-22'],
    ['login a text', '{"authentication":"practice"}', '-22'],
    ['no login', '{}', '-10'],
    ['deep', '['.repeat(500_000), '-22'],
    [
      'login on __proto__',
      '{"__proto__":{"authentication":{"username":"practice","password":"practice"}}}',
      '-10',
    ],
  ])('hostile: %s', async (_name, text, code) => {
    const bench = await openLegacyBench();
    const told = await bench.raw(JSON_PATH, text, 'application/json');
    expect(told).toMatchObject({ status: 200, type: 'application/json' });
    expect(JSON.parse(told.body)).toEqual({
      results: [{ status: code, messageid: '', destination: '' }],
    });
    expect(bench.gateway.journal()).toEqual([]);
  });
});

describe('/api/sendsms/xml', () => {
  const answer = (status: number, credits: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<RESPONSE><status>${String(status)}</status><credits>${credits}</credits></RESPONSE>`;

  test('counts what was taken, and says what is left', async () => {
    const bench = await openLegacyBench();
    const told = await bench.form(FIRST, { XML: v1(HELLO, [NUMBER, '8801711000001', 'x']) });
    expect(told).toEqual({ status: 200, type: 'application/xml', body: answer(2, '4999.30') });
  });

  test('a number that is there twice is sent to once', async () => {
    const bench = await openLegacyBench();
    expect((await bench.raw(FIRST, v1(HELLO, [NUMBER, NUMBER]))).body).toBe(answer(1, '4999.65'));
    expect(bench.gateway.journal()).toHaveLength(1);
  });

  test.each<[string, string, number, string]>([
    ['wrong password', v1(HELLO, [NUMBER], LOGIN_V1.replace('<password>p', '<password>P')), -1, '0'],
    ['no login', v1(HELLO, [NUMBER], ''), -1, '0'],
    ['the spelling of v3', v1(HELLO, [NUMBER], LOGIN_V3), -1, '0'],
    ['no XML', 'Hello', -2, '0'],
    ['another root', v1(HELLO).replaceAll('SMS>', 'MMS>'), -2, '0'],
    ['no recipients', v1(HELLO, []), -4, '5000.00'],
    ['recipients inside the message', v1(HELLO + gsm([NUMBER]), []), -4, '5000.00'],
    ['no message', `<SMS>${LOGIN_V1}${gsm([NUMBER])}</SMS>`, -5, '5000.00'],
    ['no text', v1('<sender>Friend</sender>'), -5, '5000.00'],
    ['bad number', v1(HELLO, ['x']), -5, '5000.00'],
  ])('%s', async (_name, document, status, credits) => {
    const bench = await openLegacyBench();
    expect(await bench.raw(FIRST, document)).toEqual({
      status: 200,
      type: 'application/xml',
      body: answer(status, credits),
    });
  });

  test('not enough credits', async () => {
    const bench = await openLegacyBench();
    bench.gateway.setBalance('practice', 349_999);
    expect((await bench.raw(FIRST, v1(HELLO))).body).toBe(answer(-3, '0.349999'));
  });
});

/** Told −22 for the document as a whole, and nothing was taken. */
async function expectUnread(bench: LegacyBench, told: Told): Promise<void> {
  expect(told.status).toBe(200);
  expect(readResults(told)).toEqual([{ status: '-22', messageid: '', destination: '' }]);
  expect(bench.gateway.journal()).toEqual([]);
  expect(await bench.balance()).toBe(5_000);
}

describe('hostile XML → −22', () => {
  const laughs = Array.from(
    { length: 9 },
    (_, level) => `<!ENTITY l${String(level + 1)} "${`&l${String(level)};`.repeat(10)}">`,
  ).join('');
  test.each([
    ['empty', ''],
    ['blank', ' '],
    ['no XML', 'Hello'],
    ['not closed', '<SMS>'],
    ['crossed', '<SMS><a><b></a></b></SMS>'],
    ['two roots', `${v3('')}${v3('')}`],
    ['text around the root', `x${v3('')}`],
    ['another root', '<MMS/>'],
    ['a document type', `<!DOCTYPE SMS>${v3('')}`],
    ['a document type in small letters', `<!doctype SMS>${v3('')}`],
    ['a billion laughs', `<!DOCTYPE SMS [<!ENTITY l0 "ha">${laughs}]><SMS>&l9;</SMS>`],
    ['a file', `<!DOCTYPE SMS [<!ENTITY f SYSTEM "file:///etc/passwd">]>${v3('<text>&f;</text>')}`],
    ['an entity that nobody declared', v3('<text>&nbsp;</text>')],
    ['half an entity', v3('<text>a & b</text>')],
    ['a character XML cannot hold', v3('<text>&#0;</text>')],
    ['a surrogate by number', v3('<text>&#xD800;</text>')],
    ['a number beyond Unicode', v3('<text>&#x110000;</text>')],
    ['open CDATA', v3('<text><![CDATA[ x</text>')],
    ['an attribute without quotes', v3('<recipients><gsm messageId=x>1</gsm></recipients>')],
    ['100,000 elements deep', '<a>'.repeat(100_000)],
    ['150 elements deep and closed', `${'<a>'.repeat(150)}${'</a>'.repeat(150)}`],
    ['an element __proto__', v3('<__proto__><username>x</username></__proto__>')],
  ])('%s', async (_name, document) => {
    const bench = await openLegacyBench();
    await expectUnread(bench, await bench.raw(XML, document));
    await expectUnread(bench, await bench.form(XML, { XML: document }));
  });

  test('bytes that are no UTF-8', async () => {
    const bench = await openLegacyBench();
    const bytes = Buffer.from(v3('<text>\xff\xfe</text>'), 'latin1');
    await expectUnread(bench, await bench.raw(XML, new Uint8Array(bytes)));
  });

  test('a form without XML', async () => {
    const bench = await openLegacyBench();
    await expectUnread(bench, await bench.form(XML, { XLM: v3(HELLO) }));
  });

  test('a document of nearly 1 MiB is read in bounded time', async () => {
    const bench = await openLegacyBench();
    const numbers = Array.from({ length: 35_000 }, (_, index) => `88017${String(index).padStart(8, '0')}`);
    bench.gateway.setBalance('practice', 0);
    const started = performance.now();
    const told = await bench.raw(XML, v3(`${HELLO}${gsm(numbers)}`));
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(readResults(told)).toHaveLength(35_000);
  });

  test('any bytes get 200 and a results document', async () => {
    const bench = await openLegacyBench();
    const document = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '<SMS>',
            '</SMS>',
            '<message>',
            '</message>',
            '<![CDATA[',
            ']]>',
            '<!--',
            '&amp;',
            '<gsm a="',
            '"/>',
            'x',
          ),
        )
        .map((pieces) => pieces.join('')),
      fc.string({ unit: 'grapheme' }).map((text) => v3(`<text>${text}</text>`)),
    );
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        expect(readResults(await bench.raw(XML, text)).length).toBeGreaterThan(0);
      }),
      { numRuns: 300, seed: 20_160_314 },
    );
    expect(bench.gateway.journal()).toEqual([]);
  });
});

describe('hostile forms → −22', () => {
  const V3 = '/api/v3/sendsms/plain';
  test.each([
    ['a name twice', 'user=practice&USER=other'],
    ['101 names', Array.from({ length: 101 }, (_, index) => `n${String(index)}=1`).join('&')],
    ['bytes that are no UTF-8', 'user=%ff%fe'],
    ['half a surrogate pair', 'user=%ED%A0%80'],
  ])('%s', async (_name, form) => {
    const bench = await openLegacyBench();
    await expectUnread(bench, await bench.raw(V3, form, 'application/x-www-form-urlencoded'));
    await expectUnread(bench, await bench.ask(`${V3}?${form}`));
  });

  test.each([
    [
      'a damaged percent sign stands for itself',
      'user=%zz&password=%',
      'application/x-www-form-urlencoded',
      '-5',
    ],
    ['nothing', '', 'application/x-www-form-urlencoded', '-10'],
    ['only separators', '&&==&', 'application/x-www-form-urlencoded', '-10'],
    ['JSON', '{"user":"practice","password":"practice"}', 'application/json', '-10'],
  ])('%s', async (_name, form, type, code) => {
    const bench = await openLegacyBench();
    expect(codes(await bench.raw(V3, form, type))).toEqual([code]);
  });

  test('1 MiB is read, one byte more is 413 without a word of it', async () => {
    const bench = await openLegacyBench();
    const form = 'user=practice&password=wrong&GSM=';
    const type = 'application/x-www-form-urlencoded';
    expect(codes(await bench.raw(V3, form.padEnd(1_048_576, '1'), type))).toEqual(['-5']);
    const large = await bench.raw(V3, form.padEnd(1_048_577, '1'), type);
    expect(large).toEqual({ status: 413, type: 'text/plain', body: 'Request body is larger than 1 MiB' });
  });
});
