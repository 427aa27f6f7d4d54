import { describe, expect, test } from 'vitest';
import { NUMBER } from './gateway-client.ts';
import { LOGIN, openLegacyBench, SEND, V3 } from './legacy-client.ts';

const PULL = '/api/v3/dr/pull';
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The attribute of every report in a document, in order. */
const attributes = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value);

describe('/api/command', () => {
  const ACCOUNT = { username: 'practice', password: 'practice' };
  test.each(['Credits', 'CREDITS', 'credits'])(
    'cmd=%s gives the bare balance, by GET and form',
    async (cmd) => {
      const bench = await openLegacyBench();
      await bench.ask(V3, SEND);
      const told = { status: 200, type: 'text/plain', body: '4999.65' };
      expect(await bench.ask('/api/command', { ...ACCOUNT, cmd })).toEqual(told);
      expect(await bench.form('/api/command', { ...ACCOUNT, cmd })).toEqual(told);
    },
  );

  test.each([
    [5_000_000_000, '5000.00'],
    [0, '0.00'],
    [1, '0.000001'],
    [12_345_600, '12.3456'],
    [100_000, '0.10'],
  ])('%d micros → %s', async (micros, body) => {
    const bench = await openLegacyBench();
    bench.gateway.setBalance('practice', micros);
    expect((await bench.ask('/api/command', { ...ACCOUNT, cmd: 'Credits' })).body).toBe(body);
  });

  test.each<[string, Record<string, string>, string]>([
    ['no user', { cmd: 'Credits' }, '-10'],
    ['user instead of username', { ...LOGIN, cmd: 'Credits' }, '-10'],
    ['no password', { username: 'practice', cmd: 'Credits' }, '-11'],
    ['wrong password', { ...ACCOUNT, password: 'x', cmd: 'Credits' }, '-5'],
    ['no command', ACCOUNT, '-99'],
    ['another command', { ...ACCOUNT, cmd: 'shutdown' }, '-99'],
  ])('%s → %s as text', async (_name, parameters, body) => {
    const bench = await openLegacyBench();
    expect(await bench.ask('/api/command', parameters)).toEqual({ status: 200, type: 'text/plain', body });
  });
});

describe.each([PULL, '/api/dlrpull'])('%s', (path) => {
  test('gives each report once, with every attribute, in padded dates of Dhaka', async () => {
    const bench = await openLegacyBench();
    await bench.ask(V3, { ...SEND, messageid: 'mine', SMSText: 'a'.repeat(161), type: 'longSMS' });
    expect((await bench.ask(path, LOGIN)).body).toBe('NO_DATA');
    bench.wait(3_000);
    const told = await bench.ask(path, LOGIN);
    expect(told).toEqual({
      status: 200,
      type: 'application/xml',
      body:
        `${PROLOG}<DeliveryReport>\n<message id="mine" sentdate="2016/03/14 12:00:00" ` +
        `donedate="2016/03/14 12:00:03" status="DELIVERED" gsmerror="0" price="0.3500" pducount="2" />\n</DeliveryReport>`,
    });
    expect(await bench.form(path, LOGIN)).toEqual({ status: 200, type: 'text/plain', body: 'NO_DATA' });
    expect(bench.gateway.stats().reportsHandedOut).toBe(1);
  });

  test.each<[string, Record<string, string>, string]>([
    ['no user', { password: 'x' }, '10'],
    ['no password', { user: 'practice' }, '11'],
    ['wrong password', { ...LOGIN, password: 'x' }, '5'],
  ])('%s → %s, or its negative when it is set so', async (_name, parameters, body) => {
    const bench = await openLegacyBench();
    expect(await bench.ask(path, parameters)).toEqual({ status: 200, type: 'text/plain', body });
    await bench.control('settings', { drCodes: 'negative' });
    expect((await bench.form(path, parameters)).body).toBe(`-${body}`);
  });

  test('messageid asks for some, by a comma list, in any case of the name; the rest waits', async () => {
    const bench = await openLegacyBench();
    const numbers = '8801711000001,8801711000002,8801711000003';
    await bench.ask(V3, { ...SEND, GSM: numbers, messageid: 'a,b,c' });
    bench.wait(3_000);
    const some = await bench.ask(path, { ...LOGIN, messageId: 'c, a,nothing' });
    expect(attributes(some.body, 'id')).toEqual(['a', 'c']);
    expect((await bench.ask(path, { ...LOGIN, messageid: 'a' })).body).toBe('NO_DATA');
    expect(attributes((await bench.ask(path, LOGIN)).body, 'id')).toEqual(['b']);
  });
});

describe('reports', () => {
  test('appid asks for the reports of its messages only', async () => {
    const bench = await openLegacyBench();
    await bench.ask(V3, { ...SEND, messageid: 'a', appid: 'shop' });
    await bench.ask(V3, { ...SEND, messageid: 'b', appid: 'office' });
    await bench.ask(V3, { ...SEND, messageid: 'c' });
    bench.wait(3_000);
    expect(attributes((await bench.ask(PULL, { ...LOGIN, appid: 'office' })).body, 'id')).toEqual(['b']);
    expect(attributes((await bench.ask(PULL, LOGIN)).body, 'id')).toEqual(['a', 'c']);
  });

  test('a validity that ends first gives NOT_DELIVERED', async () => {
    const bench = await openLegacyBench({ delays: { toOperatorMs: 1_000, toHandsetMs: 120_000 } });
    await bench.ask(V3, { ...SEND, ValidityPeriod: '00:01' });
    bench.wait(60_000);
    const told = await bench.ask(PULL, LOGIN);
    expect(attributes(told.body, 'status')).toEqual(['NOT_DELIVERED']);
    expect(attributes(told.body, 'donedate')).toEqual(['2016/03/14 12:01:00']);
  });

  test("the document's own style: four attributes, dates without zeros", async () => {
    const bench = await openLegacyBench({
      now: () => Date.UTC(2005, 6, 19, 16, 0, 0),
      delays: { toOperatorMs: 0, toHandsetMs: 0 },
    });
    await bench.control('settings', { drDates: 'document', drAttributes: 'document' });
    await bench.ask(V3, { ...SEND, messageid: '1023012301' });
    expect((await bench.ask(PULL, LOGIN)).body).toBe(
      `${PROLOG}<DeliveryReport>\n<message id="1023012301" sentdate="2005/7/19 22:0:0" donedate="2005/7/19 22:0:0" status="DELIVERED" />\n</DeliveryReport>`,
    );
  });

  test.each([
    ['8801999000002', 'DELIVERED', '0'],
    ['8801999000004', 'NOT_DELIVERED', '0'],
    ['8801999000009', 'NOT_DELIVERED', '0'],
    ['8801999000015', 'NOT_DELIVERED', '0'],
    ['8801999000022', 'NOT_DELIVERED', '0'],
    ['8801999010001', 'NOT_DELIVERED', '1'],
    ['8801999010027', 'NOT_DELIVERED', '27'],
    ['8801999014096', 'NOT_DELIVERED', '4096'],
  ])('magic number %s → %s, gsmerror %s', async (GSM, status, gsmerror) => {
    const bench = await openLegacyBench();
    await bench.ask(V3, { ...SEND, GSM });
    bench.wait(3_000);
    const { body } = await bench.ask(PULL, LOGIN);
    expect(attributes(body, 'status')).toEqual([status]);
    expect(attributes(body, 'gsmerror')).toEqual([gsmerror]);
  });

  test('ids are escaped', async () => {
    const bench = await openLegacyBench();
    await bench.ask(V3, { ...SEND, messageid: '<&">' });
    bench.wait(3_000);
    expect(attributes((await bench.ask(PULL, LOGIN)).body, 'id')).toEqual(['&lt;&amp;&quot;&gt;']);
  });
});

describe.each(['/api/v3/command/inbox', '/api/v2/command/inbox'])('%s', (path) => {
  const ids = (body: string): string[] => {
    const { inboxMessages }: { inboxMessages: { messageText: string }[] } = JSON.parse(body);
    return inboxMessages.map(({ messageText }) => messageText);
  };

  test('gives all messages, newest first, as often as asked', async () => {
    const bench = await openLegacyBench();
    const { id } = bench.gateway.receive('practice', {
      from: '8801711000001',
      to: '8809601000000',
      text: 'হ্যালো',
    });
    const told = await bench.ask(path, { ...LOGIN, limit: '0', output: 'json' });
    expect(told).toMatchObject({ status: 200, type: 'application/json' });
    expect(JSON.parse(told.body)).toEqual({
      inboxMessages: [
        {
          externalMessageId: id,
          networkName: 'Grameenphone',
          from: '8801711000001',
          messageText: 'হ্যালো',
          receivedDateTime: '2016/03/14 12:00:00',
        },
      ],
    });
    expect(await bench.form(path, LOGIN)).toEqual(told);
  });

  test('limit and ReceivedDateTime', async () => {
    const bench = await openLegacyBench();
    for (const text of ['one', 'two', 'three']) {
      bench.gateway.receive('practice', { from: '8801711000001', to: '8809601000000', text });
      bench.wait(60_000);
    }
    expect(ids((await bench.ask(path, { ...LOGIN, limit: '2' })).body)).toEqual(['three', 'two']);
    const since = { ...LOGIN, ReceivedDateTime: '2016-3-14 12:1:0' };
    expect(ids((await bench.ask(path, since)).body)).toEqual(['three', 'two']);
  });

  test.each<[string, Record<string, string>, string]>([
    ['no user', {}, '-10'],
    ['no password', { user: 'practice' }, '-11'],
    ['wrong password', { ...LOGIN, password: 'x' }, '-5'],
    ['bad limit', { ...LOGIN, limit: '-1' }, '-22'],
    ['bad date', { ...LOGIN, ReceivedDateTime: '2016/02/31 00:00:00' }, '-22'],
  ])('%s → %s as text', async (_name, parameters, body) => {
    const bench = await openLegacyBench();
    expect(await bench.ask(path, parameters)).toEqual({ status: 200, type: 'text/plain', body });
  });
});

describe('number lookup', () => {
  const HLR = { user: 'practice', pass: 'practice' };
  const SYNC = '/api/hlr/sync';

  test.each([
    [
      NUMBER,
      {
        stat: 'DELIVRD',
        err: '0',
        orn: 'Airtel',
        mccmnc: '47007',
        is_ported: 'false',
        ocp: '880',
        onp: '16',
      },
    ],
    [
      '8801999030001',
      { stat: 'DELIVRD', is_ported: 'true', orn: 'Banglalink', pon: 'Grameenphone', pnp: '17' },
    ],
    ['8801999030002', { stat: 'DELIVRD', is_roaming: 'true', ron: 'Vodafone', rcn: 'India' }],
    ['8801999030003', { stat: 'UNDELIV', err: '27', MSC: '' }],
    ['8801999030004', { stat: 'UNDELIV', err: '1', 'error.description': 'Unknown Subscriber' }],
    ['8801999030005', { stat: 'REJECTD', IMSI: '', id: '' }],
    ['no number', { stat: 'REJECTD', ppm: '0.0000', id: '' }],
  ])('sync %s', async (destination, fields) => {
    const bench = await openLegacyBench();
    const told = await bench.ask(SYNC, { ...HLR, destination, output: 'json' });
    expect(told).toMatchObject({ status: 200, type: 'application/json' });
    expect(JSON.parse(told.body)).toMatchObject({ destination, ...fields });
  });

  test('a lookup is paid', async () => {
    const bench = await openLegacyBench();
    await bench.form(SYNC, { ...HLR, destination: NUMBER });
    expect(await bench.balance()).toBe(4_999.9);
    bench.gateway.setBalance('practice', 1);
    expect(JSON.parse((await bench.ask(SYNC, { ...HLR, destination: NUMBER })).body)).toMatchObject({
      stat: 'REJECTD',
      id: '',
    });
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['no user', SYNC, {}, 'FAILED: -10'],
    ['password instead of pass', SYNC, { ...LOGIN, destination: NUMBER }, 'FAILED: -11'],
    ['wrong password', SYNC, { ...HLR, pass: 'x', destination: NUMBER }, 'FAILED: -5'],
    ['no destination', SYNC, HLR, 'FAILED: -6'],
    ['no destinations', '/api/hlr', HLR, 'FAILED: -6'],
    ['only separators', '/api/hlr', { ...HLR, destinations: ';;' }, 'FAILED: -6'],
    ['1,001 destinations', '/api/hlr', { ...HLR, destinations: `${NUMBER};`.repeat(1_001) }, 'FAILED: -6'],
  ])('%s %s', async (_name, path, parameters, body) => {
    const bench = await openLegacyBench();
    expect(await bench.form(path, parameters)).toEqual({ status: 200, type: 'text/plain', body });
  });

  test('async: OK, then a line for each number', async () => {
    const bench = await openLegacyBench();
    const told = await bench.ask('/api/hlr', { ...HLR, destinations: `${NUMBER};x; 8801711000001` });
    const [ok, first = '', second, third = '', ...more] = told.body.split('\n');
    expect([ok, second, more]).toEqual(['OK', 'x;-9;', []]);
    expect(first).toMatch(/^8801613537347;0;[0-9a-f-]{36}$/);
    expect(third).toMatch(/^8801711000001;0;[0-9a-f-]{36}$/);
  });
});
