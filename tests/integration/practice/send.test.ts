import { describe, expect, test } from 'vitest';
import { basic, NUMBER, openBench, refusal } from './gateway-client.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('API document, "Send SMS response"', () => {
  test('one destination: accepted with a message id and no bulk id', async () => {
    const bench = await openBench();
    const answer = await bench.send(NUMBER);
    expect(answer).toEqual({
      messages: [
        {
          to: NUMBER,
          status: {
            id: 0,
            groupId: 0,
            groupName: 'ACCEPTED',
            name: 'MESSAGE_ACCEPTED',
            description: 'Message accepted',
          },
          smsCount: 1,
          messageId: expect.stringMatching(UUID),
        },
      ],
    });
    expect(await bench.send([NUMBER])).not.toHaveProperty('bulkId');
  });

  test('several destinations: one bulk id, one message each, in order, repeated ones too', async () => {
    const bench = await openBench();
    const to = ['8801711000001', '+8801911000002', '8801711000001'];
    const answer = await bench.send(to);
    expect(answer.bulkId).toMatch(UUID);
    expect(answer.messages.map((message) => message.to)).toEqual(to);
    expect(new Set(answer.messages.map((message) => message.messageId)).size).toBe(3);
    expect(bench.gateway.journal().map((entry) => [entry.to, entry.bulkId])).toEqual(
      to.map((number) => [number, answer.bulkId]),
    );
  });

  test.each([
    ['160 GSM characters', 'a'.repeat(160), 1],
    ['161 GSM characters', 'a'.repeat(161), 2],
    ['an extension character counts twice', `${'a'.repeat(159)}€`, 2],
    ['an escape pair is not split', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 2],
    ['an escape pair pushed over needs a third part', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['70 Bangla units', 'আ'.repeat(70), 1],
    ['71 Bangla units', 'আ'.repeat(71), 2],
    ['a surrogate pair is not split', `${'আ'.repeat(66)}😀${'আ'.repeat(66)}`, 3],
    ['1,080 characters, the longest text', 'a'.repeat(1_080), 8],
  ])('smsCount: %s', async (_name, text, parts) => {
    const bench = await openBench();
    expect((await bench.send(NUMBER, { text })).messages[0]?.smsCount).toBe(parts);
  });
});

describe('API document, "Send SMS": what is refused for a message', () => {
  test.each([
    ['01613537347', 8],
    ['abc', 52],
    ['88016135', 52],
    ['8801013537347', 52],
    ['880161353734712345', 52],
    ['', 51],
  ])('destination "%s" → 200 with status %i, no id, no cost, not in the logs', async (to, id) => {
    const bench = await openBench();
    const answer = await bench.send([to, NUMBER]);
    expect(answer.messages[0]).toMatchObject({ to, status: { id, groupId: 5, groupName: 'REJECTED' } });
    expect(answer.messages[0]).not.toHaveProperty('messageId');
    expect(answer.messages[1]).toMatchObject({ status: { id: 0 } });
    expect(await bench.balance()).toBe(4_999.65);
    expect((await bench.logs()).map((log) => log.to)).toEqual([NUMBER]);
  });

  test.each(['8801613537347', '+8801613537347', '38598514674', '8801311000001'])(
    'destination "%s" is fine',
    async (to) => {
      const bench = await openBench();
      expect((await bench.send(to)).messages[0]?.status.id).toBe(0);
    },
  );

  test.each([
    ['Abc', 0],
    ['MiM SMS 123', 0],
    ['123', 0],
    ['88096012345678', 0],
    ['Ab', 11],
    ['LongerThan11', 11],
    ['12', 11],
    ['880960123456789', 11],
    ['ঢাকা', 11],
  ])('sender "%s" → status %i', async (from, id) => {
    const bench = await openBench();
    expect((await bench.send(NUMBER, { from })).messages[0]?.status.id).toBe(id);
  });

  test('a text over 1,080 characters → status 25', async () => {
    const bench = await openBench();
    const answer = await bench.send(NUMBER, { text: 'a'.repeat(1_081) });
    expect(answer.messages[0]?.status).toMatchObject({ id: 25, name: 'REJECTED_MESSAGE_TOO_LONG' });
  });
});

describe('API document, "Content-Type & Accept header" and "Authorization"', () => {
  test('without Content-Type: General error, nothing accepted', async () => {
    const bench = await openBench();
    const body = new TextEncoder().encode(JSON.stringify({ from: 'InfoSMS', to: NUMBER, text: 'Hi' }));
    const response = await fetch(`${bench.gateway.url}/sms/1/text/single`, {
      method: 'POST',
      headers: { authorization: basic('practice', 'practice') },
      body,
    });
    expect(await refusal(response)).toEqual({
      status: 500,
      messageId: 'GENERAL_ERROR',
      text: 'General error',
    });
    expect(bench.gateway.journal()).toEqual([]);
  });

  test('a Content-Type and an Accept that cannot be served are refused; a charset and a wildcard are not', async () => {
    const bench = await openBench();
    const body = JSON.stringify({ from: 'InfoSMS', to: NUMBER, text: 'Hi' });
    expect(await refusal(await bench.post(body, { 'content-type': 'text/plain' }))).toMatchObject({
      status: 415,
    });
    expect(await refusal(await bench.post(body, { accept: 'text/csv' }))).toMatchObject({ status: 406 });
    const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'text/html, */*;q=0.1' };
    expect((await bench.post(body, headers)).status).toBe(200);
  });

  test.each([
    ['wrong password', basic('practice', 'wrong')],
    ['unknown user', basic('__proto__', 'practice')],
    ['no colon', `Basic ${Buffer.from('practice').toString('base64')}`],
    ['another scheme', 'Bearer practice'],
    ['not Base64', 'Basic *'],
    ['nothing', ''],
  ])('%s → 401 for every call', async (_name, authorization) => {
    const bench = await openBench();
    const expected = { status: 401, messageId: 'UNAUTHORIZED', text: 'Invalid login details' };
    for (const path of ['/sms/1/reports', '/sms/1/logs', '/account/1/balance']) {
      expect(await refusal(await bench.get(path, { authorization }))).toEqual(expected);
    }
    expect(await refusal(await bench.post('{}', { authorization }))).toEqual(expected);
  });

  test('a password with colons and Bangla letters works, and users do not see each other', async () => {
    const users = [
      { user: 'practice', password: 'practice', balanceMicros: 1_000_000 },
      { user: 'ঢাকা', password: 'a:b:গ', balanceMicros: 2_000_000 },
    ];
    const bench = await openBench({ users });
    const authorization = basic('ঢাকা', 'a:b:গ');
    await bench.post(JSON.stringify({ from: 'Dhaka', to: NUMBER, text: 'Hi' }), { authorization });
    bench.wait(3_000);
    expect(await bench.logs()).toEqual([]);
    expect(await bench.reports()).toEqual([]);
    expect(await bench.balance()).toBe(1);
    const balance = await bench.get('/account/1/balance', { authorization });
    expect(await balance.json()).toEqual({ balance: 1.65, currency: 'BDT' });
    expect(bench.gateway.journal()).toMatchObject([{ user: 'ঢাকা', from: 'Dhaka' }]);
  });
});

describe('Money: price of a part times parts, taken when a message is accepted', () => {
  test('parts, destinations and rejected ones add up', async () => {
    const bench = await openBench();
    await bench.send([NUMBER, '8801999000010'], { text: 'আ'.repeat(71) });
    expect(await bench.balance()).toBe(4_999.3);
    expect(bench.gateway.journal()).toMatchObject([{ to: NUMBER, parts: 2, priceMicros: 700_000 }]);
    expect((await bench.logs()).map((log) => [log.to, log.smsCount, log.price.pricePerMessage])).toEqual([
      ['8801999000010', 2, 0],
      [NUMBER, 2, 0.35],
    ]);
    expect(bench.gateway.stats()).toMatchObject({ accepted: 1, rejected: 1, chargedMicros: 700_000 });
  });

  test('status 12 for each message the balance does not cover, in order, cheaper ones still go', async () => {
    const bench = await openBench();
    bench.gateway.setBalance('practice', 1_000_000);
    const answer = await bench.send([NUMBER, NUMBER, NUMBER, NUMBER]);
    expect(answer.messages.map((message) => message.status.id)).toEqual([0, 0, 12, 12]);
    expect(await bench.balance()).toBe(0.3);
    bench.gateway.setBalance('practice', 350_000);
    expect((await bench.send(NUMBER, { text: 'a'.repeat(161) })).messages[0]?.status).toEqual({
      id: 12,
      groupId: 5,
      groupName: 'REJECTED',
      name: 'REJECTED_NOT_ENOUGH_CREDITS',
      description: 'Not enough credits',
    });
    expect((await bench.send(NUMBER)).messages[0]?.status.id).toBe(0);
    expect(await bench.balance()).toBe(0);
    expect(() => bench.gateway.setBalance('nobody', 1)).toThrow(RangeError);
  });
});
