import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { NUMBER, openBench, type Bench } from './gateway-client.ts';

const LOGIN = { UserName: 'practice', Apikey: 'practice-key' };

/** Fields of a good send of the first version. */
const FIRST = {
  ...LOGIN,
  MobileNumber: NUMBER,
  CampaignId: null,
  SenderName: 'Friend',
  TransactionType: 'T',
  Message: 'Hello',
};

const SECOND = {
  apiKey: 'practice-key',
  userName: 'practice',
  senderName: 'Friend',
  transactionType: 'T',
  mobileNumber: NUMBER,
  message: 'Hello',
};

const FirstAnswer = v.strictObject({
  statusCode: v.string(),
  status: v.picklist(['Success', 'Failed']),
  trxnId: v.string(),
  responseResult: v.string(),
});

const SecondAnswer = v.strictObject({
  ...FirstAnswer.entries,
  trackingId: v.string(),
  balance: v.string(),
  deliveryStatus: v.string(),
  smsCount: v.number(),
  recipientCount: v.number(),
  error_Data: v.array(v.record(v.string(), v.string())),
});

async function post(bench: Bench, path: string, body: unknown): Promise<Response> {
  return fetch(bench.gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function first(bench: Bench, call: string, body: unknown): Promise<v.InferOutput<typeof FirstAnswer>> {
  const response = await post(bench, `/api/SmsSending/${call}`, body);
  expect(response.status).toBe(200);
  return v.parse(FirstAnswer, await response.json());
}

async function second(
  bench: Bench,
  call: string,
  body: unknown,
): Promise<v.InferOutput<typeof SecondAnswer>> {
  const response = await post(bench, `/api/V2/${call}`, body);
  expect(response.status).toBe(200);
  return v.parse(SecondAnswer, await response.json());
}

const journal = (bench: Bench): string[][] =>
  bench.gateway.journal().map(({ from, to, text }) => [from, to, text]);

describe('sends', () => {
  test('V1 SMS', async () => {
    const bench = await openBench();
    const answer = await first(bench, 'SMS', FIRST);
    expect(answer).toMatchObject({ statusCode: '200', status: 'Success' });
    expect(answer.trxnId).toMatch(/^[0-9a-f-]{36}$/);
    expect(journal(bench)).toEqual([['Friend', NUMBER, 'Hello']]);
  });

  test('V1 OneToMany: a comma list', async () => {
    const bench = await openBench();
    const answer = await first(bench, 'OneToMany', { ...FIRST, MobileNumber: `${NUMBER}, 8801711000001` });
    expect(answer.statusCode).toBe('200');
    expect(journal(bench).map(([, to]) => to)).toEqual([NUMBER, '8801711000001']);
  });

  test('V1 Send: the same names in the query, and none of them in the journal of requests', async () => {
    const bench = await openBench();
    const query = new URLSearchParams({ ...FIRST, CampaignId: 'null' }).toString();
    const response = await bench.get(`/api/SmsSending/Send?${query}`);
    expect(v.parse(FirstAnswer, await response.json()).statusCode).toBe('200');
    expect(journal(bench)).toEqual([['Friend', NUMBER, 'Hello']]);
    const [seen] = bench.gateway.requests();
    expect(seen).toMatchObject({
      path: '/api/SmsSending/Send',
      protocol: 'key-v1',
      user: 'practice',
      accepted: 1,
    });
    expect(JSON.stringify(seen)).not.toContain('practice-key');
  });

  test('V2 SMS', async () => {
    const bench = await openBench();
    const answer = await second(bench, 'SMS', { ...SECOND, message: 'a'.repeat(161) });
    expect(answer).toMatchObject({
      statusCode: '200',
      trackingId: answer.trxnId,
      balance: '4999.30',
      deliveryStatus: 'Pending',
      smsCount: 2,
      recipientCount: 1,
      error_Data: [],
    });
    expect(JSON.stringify(bench.gateway.requests())).not.toContain('practice-key');
  });

  test('V2 OneToMany: bad numbers are told, the others sent', async () => {
    const bench = await openBench();
    const smsData = [{ mobileNumber: NUMBER }, { mobileNumber: '017' }, { mobileNumber: '8801711000001' }];
    const answer = await second(bench, 'OneToMany', { ...SECOND, smsData });
    expect(answer).toMatchObject({ statusCode: '200', recipientCount: 2, smsCount: 2 });
    expect(answer.error_Data).toEqual([
      { mobileNumber: '017', statusCode: '206', message: 'Invalid mobile number' },
    ]);
  });

  test('V2 DSMS: a text each', async () => {
    const bench = await openBench();
    const smsData = [
      { mobileNumber: NUMBER, message: 'One' },
      { mobileNumber: '8801711000001', message: 'Two' },
    ];
    expect((await second(bench, 'DSMS', { ...SECOND, message: undefined, smsData })).statusCode).toBe('200');
    expect(journal(bench).map(([, , text]) => text)).toEqual(['One', 'Two']);
  });

  test('V2: a balance that covers one of two', async () => {
    const bench = await openBench();
    bench.gateway.setBalance('practice', 350_000);
    const smsData = [{ mobileNumber: NUMBER }, { mobileNumber: '8801711000001' }];
    const answer = await second(bench, 'OneToMany', { ...SECOND, smsData });
    expect(answer).toMatchObject({ statusCode: '200', recipientCount: 1, balance: '0.00' });
    expect(answer.error_Data).toMatchObject([{ mobileNumber: '8801711000001', statusCode: '216' }]);
  });

  test('1,000 numbers are taken', async () => {
    const bench = await openBench();
    const smsData = Array.from({ length: 1_000 }, (_, index) => ({
      mobileNumber: String(8801711000000 + index),
    }));
    expect(await second(bench, 'OneToMany', { ...SECOND, smsData })).toMatchObject({ recipientCount: 1_000 });
  });
});

describe('codes', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['wrong key', { Apikey: 'practice' }, '401'],
    ['wrong user', { UserName: 'nobody' }, '401'],
    ['no key', { Apikey: undefined }, '401'],
    ['key a number', { Apikey: 5 }, '401'],
    ['no sender', { SenderName: undefined }, '213'],
    ['no message', { Message: undefined }, '213'],
    ['no number', { MobileNumber: undefined }, '213'],
    ['number as a number', { MobileNumber: 8801711000001 }, '213'],
    ['no type', { TransactionType: undefined }, '213'],
    ['another type', { TransactionType: 'X' }, '207'],
    ['small type', { TransactionType: 't' }, '207'],
    ['promotional without campaign', { TransactionType: 'P' }, '210'],
    ['promotional with the text "null"', { TransactionType: 'P', CampaignId: 'null' }, '210'],
    ['promotional with a campaign', { TransactionType: 'P', CampaignId: 'C-1' }, '200'],
    ['the third type', { TransactionType: 'D' }, '200'],
    ['bad sender', { SenderName: 'TwelveLetter' }, '208'],
    ['empty sender', { SenderName: '' }, '208'],
    ['empty message', { Message: '' }, '205'],
    ['blank message', { Message: ' \n' }, '205'],
    ['1,081 characters', { Message: 'a'.repeat(1_081) }, '209'],
    ['national number', { MobileNumber: '01711000001' }, '206'],
    ['two numbers for one', { MobileNumber: '8801711000001,8801711000002' }, '206'],
    ['magic: no credits', { MobileNumber: '8801999000012' }, '216'],
    ['magic: network forbidden', { MobileNumber: '8801999000006' }, '221'],
  ])('%s → %s in both versions', async (_name, fields, code) => {
    const bench = await openBench();
    const answer = await first(bench, 'SMS', { ...FIRST, ...fields });
    expect(answer).toMatchObject({ statusCode: code, status: code === '200' ? 'Success' : 'Failed' });
    // Names are the same in every case, so the fields of the first version do for the second.
    expect((await second(bench, 'SMS', { ...FIRST, ...fields })).statusCode).toBe(code);
    expect(bench.gateway.journal()).toHaveLength(code === '200' ? 2 : 0);
  });

  test.each<[string, string, Record<string, unknown>, string]>([
    ['no smsData', 'OneToMany', {}, '213'],
    ['smsData an object', 'OneToMany', { smsData: { mobileNumber: NUMBER } }, '213'],
    ['an entry without number', 'OneToMany', { smsData: [{}] }, '213'],
    ['no entry', 'OneToMany', { smsData: [] }, '206'],
    ['all numbers bad', 'OneToMany', { smsData: [{ mobileNumber: 'x' }] }, '206'],
    [
      'promotional without campaign name',
      'OneToMany',
      { transactionType: 'P', smsData: [{ mobileNumber: NUMBER }] },
      '210',
    ],
    [
      'promotional with campaign name',
      'OneToMany',
      { transactionType: 'P', campaignName: 'Eid', smsData: [{ mobileNumber: NUMBER }] },
      '200',
    ],
    [
      '1,001 numbers',
      'OneToMany',
      { smsData: Array.from({ length: 1_001 }, () => ({ mobileNumber: NUMBER })) },
      '213',
    ],
    [
      'a text each, one missing',
      'DSMS',
      { smsData: [{ mobileNumber: NUMBER, message: 'a' }, { mobileNumber: NUMBER }] },
      '213',
    ],
    ['a text each, one empty', 'DSMS', { smsData: [{ mobileNumber: NUMBER, message: '' }] }, '205'],
  ])('V2 %s', async (_name, call, fields, code) => {
    const bench = await openBench();
    expect((await second(bench, call, { ...SECOND, ...fields })).statusCode).toBe(code);
  });

  test('V1 OneToMany with one bad number sends nothing', async () => {
    const bench = await openBench();
    expect((await first(bench, 'OneToMany', { ...FIRST, MobileNumber: `${NUMBER},x` })).statusCode).toBe(
      '206',
    );
    expect(bench.gateway.journal()).toEqual([]);
  });

  test.each([
    ['empty', ''],
    ['no JSON', 'UserName=practice'],
    ['a list', '[]'],
    ['null', 'null'],
    ['deep', '['.repeat(500_000)],
  ])('hostile body: %s → 213', async (_name, body) => {
    const bench = await openBench();
    expect((await first(bench, 'SMS', body)).statusCode).toBe('213');
    expect((await second(bench, 'DlrApi', body)).statusCode).toBe('213');
  });

  test('hostile body: fields on __proto__ → 401; over 1 MiB → 413', async () => {
    const bench = await openBench();
    const hidden = `{"__proto__":${JSON.stringify(FIRST)}}`;
    expect((await first(bench, 'SMS', hidden)).statusCode).toBe('401');
    expect((await post(bench, '/api/V2/SMS', ' '.repeat(1_048_577))).status).toBe(413);
  });
});

describe('balance', () => {
  test('V1 by POST, V2 by GET', async () => {
    const bench = await openBench();
    expect(await first(bench, 'balanceCheck', LOGIN)).toMatchObject({
      statusCode: '200',
      responseResult: '5000.00',
    });
    const response = await bench.get('/api/V2/BalanceCheck?apiKey=practice-key&userName=practice');
    expect(v.parse(SecondAnswer, await response.json())).toMatchObject({
      statusCode: '200',
      balance: '5000.00',
    });
  });

  test('wrong key → 401; a query that cannot be read → 213', async () => {
    const bench = await openBench();
    expect((await first(bench, 'balanceCheck', { UserName: 'practice' })).statusCode).toBe('401');
    const read = async (query: string): Promise<string> => {
      const response = await bench.get(`/api/V2/BalanceCheck?${query}`);
      return v.parse(SecondAnswer, await response.json()).statusCode;
    };
    expect(await read('apiKey=x&userName=practice')).toBe('401');
    expect(await read('apiKey=%ff')).toBe('213');
  });
});

describe('DlrApi', () => {
  const track = (bench: Bench, trackingId: string): ReturnType<typeof second> =>
    second(bench, 'DlrApi', { apiKey: 'practice-key', userName: 'practice', trackingId });

  test('Pending, then Delivered, as often as asked', async () => {
    const bench = await openBench();
    const { trackingId } = await second(bench, 'SMS', SECOND);
    expect(await track(bench, trackingId)).toMatchObject({
      statusCode: '200',
      trackingId,
      deliveryStatus: 'Pending',
    });
    bench.wait(3_000);
    const done = { deliveryStatus: 'Delivered', smsCount: 1, recipientCount: 1, error_Data: [] };
    expect(await track(bench, trackingId)).toMatchObject(done);
    expect(await track(bench, trackingId)).toMatchObject(done);
  });

  test.each([
    ['8801999010027', 'Undelivered'],
    ['8801999000015', 'Expired'],
    ['8801999000003', 'Pending'],
  ])('magic number %s → %s', async (mobileNumber, deliveryStatus) => {
    const bench = await openBench();
    const { trackingId } = await second(bench, 'SMS', { ...SECOND, mobileNumber });
    bench.wait(60_000);
    expect(await track(bench, trackingId)).toMatchObject({ deliveryStatus });
  });

  test('several ends → Partial, and which did not arrive', async () => {
    const bench = await openBench();
    const smsData = [{ mobileNumber: NUMBER }, { mobileNumber: '8801999010001' }];
    const { trackingId } = await second(bench, 'OneToMany', { ...SECOND, smsData });
    bench.wait(3_000);
    expect(await track(bench, trackingId)).toMatchObject({
      deliveryStatus: 'Partial',
      recipientCount: 2,
      error_Data: [{ mobileNumber: '8801999010001', deliveryStatus: 'Undelivered' }],
    });
  });

  test('an id that nobody gave → 213', async () => {
    const bench = await openBench();
    expect((await track(bench, 'nothing')).statusCode).toBe('213');
  });
});

describe('faults', () => {
  const fault = (digits: string): string => `880199902${digits}`;

  test.each([
    ['0003', 500, 0],
    ['0004', 500, 1],
    ['0005', 429, 0],
    ['0009', 503, 0],
  ])('magic number %s → HTTP %d in its own words, %d accepted', async (digits, status, count) => {
    const bench = await openBench();
    const response = await post(bench, '/api/V2/SMS', { ...SECOND, mobileNumber: fault(digits) });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ statusCode: String(status), status: 'Failed' });
    expect(bench.gateway.journal()).toHaveLength(count);
  });

  test.each([
    ['0001', 1],
    ['0006', 1],
    ['0007', 0],
  ])('magic number %s: no whole answer, %d accepted', async (digits, count) => {
    const bench = await openBench();
    const send = post(bench, '/api/SmsSending/SMS', { ...FIRST, MobileNumber: fault(digits) });
    await expect(send.then((response) => response.text())).rejects.toThrow(TypeError);
    expect(bench.gateway.journal()).toHaveLength(count);
  });

  test('magic number 0008: HTML; 0012: what no document knows', async () => {
    const bench = await openBench();
    const html = await post(bench, '/api/V2/SMS', { ...SECOND, mobileNumber: fault('0008') });
    expect(html.headers.get('content-type')).toContain('text/html');
    const odd = await post(bench, '/api/V2/SMS', { ...SECOND, mobileNumber: fault('0012') });
    expect(await odd.json()).toMatchObject({ statusCode: '200', nested: { of: ['no', 1, null] } });
  });

  test('a plan hits sends and DlrApi, never the balance', async () => {
    const bench = await openBench({ faults: { send: { http429: 1 }, read: { http500: 1 } } });
    expect(
      (await post(bench, '/api/V2/DSMS', { ...SECOND, smsData: [{ mobileNumber: NUMBER, message: 'a' }] }))
        .status,
    ).toBe(429);
    expect((await post(bench, '/api/V2/DlrApi', { ...SECOND, trackingId: 'x' })).status).toBe(500);
    expect((await first(bench, 'balanceCheck', LOGIN)).statusCode).toBe('200');
  });
});
