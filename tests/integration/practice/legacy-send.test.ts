import { describe, expect, test } from 'vitest';
import { NUMBER } from './gateway-client.ts';
import { codes, LOGIN, openLegacyBench, readResults, SEND, V1, V3 } from './legacy-client.ts';

describe('the sample addresses of the API document', () => {
  test.each([
    [
      'Short SMS',
      '/api/sendsms/plain?user=practice&password=practice&sender=Friend&SMSText=messagesagetext&GSM=8801613537347',
      'messagesagetext',
      1,
    ],
    [
      'Long SMS',
      '/api/v3/sendsms/plain?user=practice&password=practice&sender=Friend&SMSText=Testinglong&GSM=8801613537347&type=longSMS',
      'Testinglong',
      1,
    ],
    [
      'Unicode SMS',
      '/api/v3/sendsms/plain?user=practice&password=practice&sender=Friend&text=ccš&GSM=38598514674&datacoding=8',
      'ccš',
      1,
    ],
    [
      'Unicode SMS in binary format',
      '/api/v3/sendsms/plain?user=practice&password=practice&sender=Friend&binary=FEFF01610111010D0107&GSM=38598514674&datacoding=8',
      'šđčć',
      1,
    ],
  ])('%s', async (_title, path, text, parts) => {
    const bench = await openLegacyBench();
    const told = await bench.ask(path);
    expect(told.status).toBe(200);
    expect(bench.gateway.journal()).toMatchObject([{ from: 'Friend', text, parts }]);
  });

  test('Send Schedule SMS: sent a day, two hours, five minutes and three seconds later', async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask(
      '/api/v3/sendsms/plain?user=practice&password=practice&sender=Friend&SMSText=messagesagetext&SendDateTime=1d2h5m3s&GSM=8801613537347',
    );
    expect(codes(told)).toEqual(['0']);
    bench.wait(((26 * 60 + 5) * 60 + 3) * 1_000 - 1);
    expect(bench.gateway.journal()).toEqual([]);
    bench.wait(1);
    expect(bench.gateway.journal()).toHaveLength(1);
  });

  test('balance, and delivery reports', async () => {
    const bench = await openLegacyBench();
    expect((await bench.ask('/api/command?username=practice&password=practice&cmd=Credits')).body).toBe(
      '5000.00',
    );
    const path = '/api/v3/dr/pull?user=practice&password=practice&messageid=253021713103442623';
    expect(await bench.ask(path)).toEqual({ status: 200, type: 'text/plain', body: 'NO_DATA' });
  });
});

describe('answers', () => {
  test('v1: a line for each recipient, the message id or a code', async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask(V1, { ...SEND, GSM: `${NUMBER},+8801711000001,88017` });
    expect(told).toMatchObject({ status: 200, type: 'text/plain' });
    const [first = '', second = '', third = '', ...more] = told.body.split('\n');
    expect(first).toMatch(/^[1-9]\d{8,9}$/);
    expect(second).toMatch(/^[1-9]\d{8,9}$/);
    expect(third).toBe('-13');
    expect(more).toEqual([]);
    expect(bench.gateway.journal().map(({ id }) => id)).toEqual([first, second]);
  });

  test('v3: XML with ids of 18 digits and destinations as they were submitted', async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask(V3, { ...SEND, GSM: `${NUMBER},+8801711000001` });
    expect(told).toMatchObject({ status: 200, type: 'application/xml' });
    const results = readResults(told);
    expect(results).toMatchObject([
      { status: '0', destination: NUMBER },
      { status: '0', destination: '+8801711000001' },
    ]);
    for (const { messageid } of results) expect(messageid).toMatch(/^2\d{17}$/);
  });

  test('v3 output=json: all values are texts', async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask(V3, { ...SEND, output: 'JSON', messageid: 'my-1' });
    expect(told.type).toBe('application/json');
    expect(JSON.parse(told.body)).toEqual({
      results: [{ status: '0', messageid: 'my-1', destination: NUMBER }],
    });
  });

  test('v3 output=plain: the lines of v1', async () => {
    const bench = await openLegacyBench();
    const numbers = `${NUMBER},8801711000001,x`;
    const told = await bench.ask(V3, { ...SEND, output: 'plain', GSM: numbers, messageid: 'mine' });
    expect(told.type).toBe('text/plain');
    expect(told.body).toMatch(/^0\n2\d{17}\n-9$/);
  });

  test.each([
    [
      'names in any case',
      { USER: 'practice', Password: 'practice', SENDER: 'Friend', smstext: 'Hi', gsm: NUMBER },
    ],
    ['text for SMSText', { ...LOGIN, sender: 'Friend', text: 'Hi', GSM: NUMBER }],
    ['SMSText before text', { ...LOGIN, sender: 'Friend', text: 'Other', SMSText: 'Hi', GSM: NUMBER }],
  ])('%s, by GET and by form', async (_name, parameters) => {
    const bench = await openLegacyBench();
    expect(codes(await bench.ask(V3, parameters))).toEqual(['0']);
    expect(codes(await bench.form(V3, parameters))).toEqual(['0']);
    expect((await bench.form(V1, parameters)).body).toMatch(/^\d+$/);
    expect(bench.gateway.journal().map(({ text }) => text)).toEqual(['Hi', 'Hi', 'Hi']);
  });

  test('the form wins over the query', async () => {
    const bench = await openLegacyBench();
    expect(codes(await bench.form(`${V3}?SMSText=Query&user=nobody`, SEND))).toEqual(['0']);
    expect(bench.gateway.journal()).toMatchObject([{ text: 'Hello' }]);
  });
});

/** Codes by what is wrong; v1 tells those below −13 as −1. */
const REFUSED: [name: string, parameters: Record<string, string>, code: number][] = [
  ['no user', { user: '' }, -10],
  ['no password', { password: '' }, -11],
  ['wrong user', { user: 'nobody' }, -5],
  ['wrong password', { password: 'wrong' }, -5],
  ['prototype name as user', { user: '__proto__' }, -5],
  ['no number', { GSM: '' }, -6],
  ['an empty number in a list', { GSM: ',' }, -6],
  ['no text', { SMSText: '' }, -7],
  ['no sender', { sender: '' }, -8],
  ['letters in a number', { GSM: '88017x1000001' }, -9],
  ['national number', { GSM: '01711000001' }, -13],
  ['landline', { GSM: '8802711000001' }, -13],
  ['too short', { GSM: '88017' }, -13],
  ['bad datacoding', { datacoding: '7' }, -22],
  ['bad esmclass', { esmclass: '256', binary: '00', SMSText: '' }, -22],
  ['text and binary', { binary: '0061' }, -22],
  ['odd hex', { binary: '006', SMSText: '' }, -22],
  ['hex with blanks', { binary: '00 61', SMSText: '' }, -22],
  ['bad validity', { ValidityPeriod: '1h' }, -22],
  ['validity of nothing', { ValidityPeriod: '00:00' }, -22],
  ['id with a blank', { messageid: 'a b' }, -22],
  ['unknown encoding', { encoding: 'klingon' }, -22],
  ['schedule in words', { SendDateTime: 'tomorrow' }, -27],
  ['schedule in the wrong order', { SendDateTime: '5m2h' }, -27],
  ['schedule with nothing in it', { SendDateTime: 'd' }, -27],
  ['schedule as a date', { SendDateTime: '2016-03-14T10:00:00' }, -27],
  ['schedule beyond 180 days', { SendDateTime: '180d1s' }, -27],
  ['push URL of another kind', { pushurl: 'ftp://127.0.0.1/x' }, -28],
  ['push URL that is none', { pushurl: 'nowhere' }, -28],
  ['appid with a line break', { appid: 'a\nb' }, -30],
  ['appid too long', { appid: 'a'.repeat(65) }, -30],
  ['sender not allowed', { sender: 'TwelveLetter' }, -34],
  ['161 characters', { SMSText: 'a'.repeat(161) }, -1],
  ['1081 characters', { SMSText: 'a'.repeat(1_081), type: 'longSMS' }, -1],
  ['magic: network forbidden', { GSM: '8801999000006' }, -3],
  ['magic: no credits', { GSM: '8801999000012' }, -2],
  ['magic: no route', { GSM: '8801999000019' }, -3],
  ['magic: do not disturb', { GSM: '8801999000010' }, -13],
  ['magic: system error', { GSM: '8801999000021' }, -23],
  ['magic: flooding', { GSM: '8801999000020' }, -1],
];

describe.each(REFUSED)('%s', (_name, parameters, code) => {
  test(`→ ${String(code)}, HTTP 200, nothing sent`, async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask(V3, { ...SEND, ...parameters });
    expect(told.status).toBe(200);
    expect(new Set(codes(told))).toEqual(new Set([String(code)]));
    const first = await bench.form(V1, { ...SEND, ...parameters });
    expect(first.status).toBe(200);
    expect(new Set(first.body.split('\n'))).toEqual(new Set([String(code < -13 ? -1 : code)]));
    expect(bench.gateway.journal()).toEqual([]);
    expect(await bench.balance()).toBe(5_000);
  });
});

describe('precedence, when several things are wrong', () => {
  test.each([
    ['−10 before −11', { user: '', password: '' }, '-10'],
    ['−11 before −5', { user: 'nobody', password: '' }, '-11'],
    ['−5 before −6', { password: 'wrong', GSM: '' }, '-5'],
    ['−6 before −7', { GSM: '', SMSText: '' }, '-6'],
    ['−7 before −8', { SMSText: '', sender: '' }, '-7'],
    ['−8 before −27', { sender: '', SendDateTime: 'x' }, '-8'],
    ['−27 before −28', { SendDateTime: 'x', pushurl: 'x' }, '-27'],
    ['−28 before −30', { pushurl: 'x', appid: '\n' }, '-28'],
    ['−30 before −9', { appid: '\n', GSM: 'x' }, '-30'],
    ['−9 before −34', { GSM: 'x', sender: 'TwelveLetter' }, '-9'],
  ])('%s', async (_name, parameters, code) => {
    const bench = await openLegacyBench();
    expect(codes(await bench.ask(V3, { ...SEND, ...parameters }))).toEqual([code]);
  });

  test('a wrong password gives −5 for each destination, with an empty id', async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask(V3, { ...SEND, password: 'wrong', GSM: '8801711000001,8801711000002' });
    expect(readResults(told)).toEqual([
      { status: '-5', messageid: '', destination: '8801711000001' },
      { status: '-5', messageid: '', destination: '8801711000002' },
    ]);
  });
});

describe('own message ids', () => {
  test('are echoed in their order; −33 for one that was used, which is not sent', async () => {
    const bench = await openLegacyBench();
    const numbers = '8801711000001,8801711000002,8801711000003';
    const told = await bench.ask(V3, { ...SEND, GSM: numbers, messageid: 'a,,c' });
    const [first, second, third] = readResults(told);
    expect([first?.messageid, third?.messageid]).toEqual(['a', 'c']);
    expect(second?.messageid).toMatch(/^2\d{17}$/);
    const again = await bench.ask(V3, { ...SEND, messageid: 'c' });
    expect(readResults(again)).toEqual([{ status: '-33', messageid: 'c', destination: NUMBER }]);
    expect(bench.gateway.journal()).toHaveLength(3);
  });

  test('v1 tells an id that is a number, and 1 for any other', async () => {
    const bench = await openLegacyBench();
    const numbers = '8801711000001,8801711000002';
    expect((await bench.ask(V1, { ...SEND, GSM: numbers, messageid: '77,mine' })).body).toBe('77\n1');
    expect((await bench.ask(V1, { ...SEND, messageid: '77' })).body).toBe('-1');
  });
});

describe('content', () => {
  test.each([
    ['160 characters', { SMSText: 'a'.repeat(160) }, 1],
    ['longSMS in any case', { SMSText: 'a'.repeat(161), type: 'LONGsms' }, 2],
    ['1080 characters', { SMSText: 'a'.repeat(1_080), type: 'longSMS' }, 8],
    ['Bangla finds its own coding', { SMSText: 'আ'.repeat(71) }, 2],
    ['datacoding 8 with ASCII', { SMSText: 'a'.repeat(71), datacoding: '8' }, 2],
    ['datacoding 24', { SMSText: 'a'.repeat(71), datacoding: '24' }, 2],
    ['datacoding 1', { SMSText: 'a'.repeat(71), datacoding: '1' }, 1],
    ['datacoding 240', { SMSText: 'a'.repeat(71), datacoding: '240' }, 1],
    ['binary', { SMSText: '', binary: '00ff'.repeat(70), datacoding: '4' }, 1],
    [
      'binary with a header',
      { SMSText: '', binary: '0605040b8423f000', datacoding: '245', esmclass: '64' },
      1,
    ],
    [
      '70 units and a byte order mark',
      { SMSText: '', binary: `FEFF${'0061'.repeat(70)}`, datacoding: '8' },
      1,
    ],
    ['bookmark', { type: 'bookmark', bookmark: 'http://example.org/x' }, 1],
    ['a validity above 48 hours is cut', { ValidityPeriod: '99:00' }, 1],
    ['flash', { IsFlash: '1' }, 1],
    ['TON and NPI', { srcton: '5', srcnpi: '0', destton: '1', destnpi: '1' }, 1],
  ])('%s', async (_name, parameters, parts) => {
    const bench = await openLegacyBench();
    expect(codes(await bench.form(V3, { ...SEND, ...parameters }))).toEqual(['0']);
    expect(bench.gateway.journal()).toMatchObject([{ parts }]);
  });

  test.each([
    ['h', '2h', 7_200_000],
    ['m and s', '30m1s', 1_801_000],
    ['zeros', '0d0h5m0s', 300_000],
    ['in capitals', '1D', 86_400_000],
  ])('SendDateTime %s', async (_name, delay, ms) => {
    const bench = await openLegacyBench();
    expect(codes(await bench.ask(V3, { ...SEND, SendDateTime: delay }))).toEqual(['0']);
    bench.wait(ms - 1);
    expect(bench.gateway.journal()).toEqual([]);
    bench.wait(1);
    expect(bench.gateway.journal()).toHaveLength(1);
  });

  test('SendDateTime of nothing is now', async () => {
    const bench = await openLegacyBench();
    expect(codes(await bench.ask(V3, { ...SEND, SendDateTime: '0s' }))).toEqual(['0']);
    expect(bench.gateway.journal()).toHaveLength(1);
  });

  test('a text in the charset of encoding', async () => {
    const bench = await openLegacyBench();
    const query = 'user=practice&password=practice&sender=Friend&SMSText=na%EFve&GSM=8801613537347';
    expect(codes(await bench.ask(`${V3}?${query}&encoding=ISO-8859-1`))).toEqual(['0']);
    expect(bench.gateway.journal()).toMatchObject([{ text: 'naïve' }]);
    expect(codes(await bench.ask(`${V3}?${query}`))).toEqual(['-22']);
  });

  test('a balance that covers one of two: 0 and −2', async () => {
    const bench = await openLegacyBench();
    bench.gateway.setBalance('practice', 350_000);
    expect(codes(await bench.ask(V3, { ...SEND, GSM: `${NUMBER},8801711000001` }))).toEqual(['0', '-2']);
    expect(await bench.balance()).toBe(0);
  });

  test('no password stays in the journal of requests', async () => {
    const bench = await openLegacyBench();
    const secret = { ...SEND, password: 'S3cret-word' };
    await bench.ask(V3, secret);
    await bench.form(V1, secret);
    await bench.form('/api/v3/sendsms/xml', {
      XML: '<SMS><authentication><username>practice</username><password>S3cret-word</password></authentication></SMS>',
    });
    const inCdata = `<SMS><authentication><username>practice</username><password><![CDATA[S3cret-word]]></password></authentication></SMS>`;
    await bench.raw('/api/v3/sendsms/xml', inCdata);
    await bench.form('/api/v3/sendsms/xml', { XML: inCdata });
    await bench.ask(`${V3}?user=practice&p%61ssword=S3cret-word`);
    const seen = bench.gateway.requests();
    expect(JSON.stringify(seen)).not.toContain('S3cret');
    expect(seen.map(({ path, protocol }) => [path, protocol])).toEqual([
      [V3, 'plain-v3'],
      [V1, 'plain-v1'],
      ['/api/v3/sendsms/xml', 'xml-v3'],
      ['/api/v3/sendsms/xml', 'xml-v3'],
      ['/api/v3/sendsms/xml', 'xml-v3'],
      [V3, 'plain-v3'],
    ]);
  });
});
