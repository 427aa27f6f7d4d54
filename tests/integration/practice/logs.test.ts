import { describe, expect, test } from 'vitest';
import { NUMBER, openBench, refusal, type Bench } from './gateway-client.ts';

const HOUR = 3_600_000;

const numbers = async (bench: Bench, query: string): Promise<string[]> =>
  (await bench.logs(query)).map((log) => log.to);

describe('API document, "Getting SMS logs"', () => {
  test('the sample, field by field', async () => {
    const bench = await openBench();
    const answer = await bench.send(NUMBER);
    bench.wait(3_000);
    expect(await bench.logs()).toEqual([
      {
        bulkId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        messageId: answer.messages[0]?.messageId,
        to: NUMBER,
        from: 'InfoSMS',
        text: 'Test SMS.',
        sentAt: '2016-03-14T12:00:00.000+0600',
        doneAt: '2016-03-14T12:00:03.000+0600',
        smsCount: 1,
        mccmnc: '47007',
        price: { pricePerMessage: 0.35, currency: 'BDT' },
        status: {
          groupId: 3,
          groupName: 'DELIVERED',
          id: 5,
          name: 'DELIVERED_TO_HANDSET',
          description: 'Message delivered to handset',
        },
        error: {
          groupId: 0,
          groupName: 'OK',
          id: 0,
          name: 'NO_ERROR',
          description: 'No Error',
          permanent: false,
        },
      },
    ]);
  });

  test('the rejected sample: price 0, done when sent, a status with its action', async () => {
    const bench = await openBench();
    await bench.send('8801999000006');
    expect(await bench.logs()).toMatchObject([
      {
        sentAt: '2016-03-14T12:00:00.000+0600',
        doneAt: '2016-03-14T12:00:00.000+0600',
        price: { pricePerMessage: 0 },
        status: {
          groupId: 5,
          groupName: 'REJECTED',
          id: 6,
          name: 'REJECTED_NETWORK',
          description: 'Network is forbidden',
          action: 'Contact account manager',
        },
        error: { id: 0 },
      },
    ]);
  });

  test('statuses over time: 7, then 3, then 5; no doneAt while on the way', async () => {
    const bench = await openBench();
    await bench.send(NUMBER);
    const seen: unknown[] = [];
    for (const ms of [0, 999, 1, 1_999, 1]) {
      bench.wait(ms);
      const [log] = await bench.logs();
      seen.push([log?.status.id, log?.doneAt === undefined]);
    }
    expect(seen).toEqual([
      [7, true],
      [7, true],
      [3, true],
      [3, true],
      [5, false],
    ]);
  });

  test('"can be requested as many times as you want", newest first', async () => {
    const bench = await openBench();
    for (const to of ['8801711000001', '8801711000002', '8801711000003']) {
      await bench.send(to);
      bench.wait(10);
    }
    const expected = ['8801711000003', '8801711000002', '8801711000001'];
    expect(await numbers(bench, '')).toEqual(expected);
    expect(await numbers(bench, '')).toEqual(expected);
  });

  test('"available for the last 48 hours", and memory is let go of', async () => {
    const bench = await openBench();
    await bench.send(['8801711000001', '8801711000002']);
    bench.wait(48 * HOUR);
    expect(await bench.logs()).toHaveLength(2);
    bench.wait(1);
    await bench.send('8801711000003');
    expect(bench.gateway.stats().messagesHeld).toBe(1);
    expect(await numbers(bench, '')).toEqual(['8801711000003']);
    expect(bench.gateway.journal().map((entry) => entry.to)).toEqual(['8801711000003']);
  });

  test('a cap on messages lets the oldest go', async () => {
    const bench = await openBench({ maxMessages: 2 });
    await bench.send(['8801711000001', '8801711000002', '8801711000003']);
    bench.wait(3_000);
    expect(await numbers(bench, '')).toEqual(['8801711000003', '8801711000002']);
    expect(await bench.reports()).toHaveLength(2);
  });
});

describe('API document, "Getting SMS logs", the table of filters', () => {
  test('from and to', async () => {
    const bench = await openBench();
    await bench.send(NUMBER, { from: 'Shop' });
    await bench.send('8801711000001', { from: 'Shop' });
    await bench.send('8801711000001', { from: 'School' });
    expect(await bench.logs('?from=Shop')).toHaveLength(2);
    expect(await bench.logs('?to=8801711000001')).toHaveLength(2);
    expect(await bench.logs('?to=%2B8801711000001')).toHaveLength(2);
    expect(await bench.logs('?from=School&to=8801711000001&limit=1')).toHaveLength(1);
    expect(await bench.logs(`?from=School&to=${NUMBER}`)).toEqual([]);
    expect(await bench.logs('?from=shop')).toEqual([]);
  });

  test('bulkId and messageId as String[]: a comma list, a repeated name, or both', async () => {
    const bench = await openBench();
    const first = await bench.send(['8801711000001', '8801711000002']);
    const second = await bench.send(['8801711000003', '8801711000004']);
    await bench.send('8801711000005');
    const [one, two] = first.messages.map((message) => message.messageId);
    const [three] = second.messages.map((message) => message.messageId);
    expect(await bench.logs(`?bulkId=${first.bulkId}`)).toHaveLength(2);
    expect(await bench.logs(`?bulkId=${first.bulkId},${second.bulkId}`)).toHaveLength(4);
    expect(await bench.logs(`?bulkId=${first.bulkId}&bulkId=${second.bulkId}`)).toHaveLength(4);
    expect(await numbers(bench, `?messageId=${one}`)).toEqual(['8801711000001']);
    expect(await bench.logs(`?messageId=${one},${two}&messageId=${three}`)).toHaveLength(3);
    expect(await numbers(bench, `?messageId=${one},${three}&bulkId=${second.bulkId}`)).toEqual([
      '8801711000003',
    ]);
    expect(await bench.logs('?messageId=none')).toEqual([]);
  });

  test('generalStatus is the name of a status group', async () => {
    const bench = await openBench();
    await bench.send(['8801711000001', '8801999010027', '8801999000015', '8801999000010', '8801999000003']);
    bench.wait(3_000);
    expect(await numbers(bench, '?generalStatus=DELIVERED')).toEqual(['8801711000001']);
    expect(await numbers(bench, '?generalStatus=UNDELIVERABLE')).toEqual(['8801999010027']);
    expect(await numbers(bench, '?generalStatus=EXPIRED')).toEqual(['8801999000015']);
    expect(await numbers(bench, '?generalStatus=REJECTED')).toEqual(['8801999000010']);
    expect(await numbers(bench, '?generalStatus=PENDING')).toEqual(['8801999000003']);
    expect(await numbers(bench, '?generalStatus=ACCEPTED')).toEqual([]);
    for (const wrong of ['delivered', '5', '__proto__']) {
      expect(await refusal(await bench.get(`/sms/1/logs?generalStatus=${wrong}`))).toMatchObject({
        status: 400,
      });
    }
  });

  test('sentSince and sentUntil, both inclusive, with any offset, with and without its colon', async () => {
    const bench = await openBench();
    await bench.send('8801711000001');
    bench.wait(1_000);
    await bench.send('8801711000002');
    bench.wait(1_000);
    await bench.send('8801711000003');
    expect(await bench.logs('?sentSince=2016-03-14T12:00:01.000%2B0600')).toHaveLength(2);
    expect(await bench.logs('?sentSince=2016-03-14T12:00:01.001%2B06:00')).toHaveLength(1);
    expect(await bench.logs('?sentUntil=2016-03-14T06:00:01Z')).toHaveLength(2);
    expect(
      await numbers(
        bench,
        '?sentSince=2016-03-14T01:00:01.000-05:00&sentUntil=2016-03-14T12:00:01.000%2B06:00',
      ),
    ).toEqual(['8801711000002']);
  });

  test.each([
    'yesterday',
    '2016-03-14',
    '2016-03-14T12:00:00.000+06:00',
    '2016-03-14T12:00:00',
    '2016-13-14T12:00:00Z',
  ])('sentSince=%s → 400 (a bare plus sign is a blank in a query)', async (date) => {
    const bench = await openBench();
    expect(await refusal(await bench.get(`/sms/1/logs?sentSince=${date}`))).toMatchObject({
      status: 400,
      messageId: 'BAD_REQUEST',
      text: expect.stringContaining('sentSince'),
    });
  });

  test('limit: 50 when left out, 1,000 at most', async () => {
    const bench = await openBench();
    await bench.send(Array.from({ length: 1_010 }, (_, index) => `88017${String(index).padStart(8, '0')}`));
    expect(await bench.logs()).toHaveLength(50);
    expect(await bench.logs('?limit=60')).toHaveLength(60);
    expect(await bench.logs('?limit=9999')).toHaveLength(1_000);
  });

  test('mcc and mnc, by the prefix of the operator', async () => {
    const bench = await openBench();
    const networks = {
      '8801311000000': '47001',
      '8801711000000': '47001',
      '8801811000000': '47002',
      '8801411000000': '47003',
      '8801911000000': '47003',
      '8801511000000': '47004',
      '8801611000000': '47007',
    };
    await bench.send([...Object.keys(networks), '38598514674']);
    const logs = await bench.logs();
    expect(Object.fromEntries(logs.map((log) => [log.to, log.mccmnc]))).toEqual({
      ...networks,
      '38598514674': undefined,
    });
    expect(await bench.logs('?mcc=470')).toHaveLength(7);
    expect(await bench.logs('?mcc=470&mnc=03')).toHaveLength(2);
    expect(await bench.logs('?mnc=04')).toHaveLength(1);
    expect(await bench.logs('?mcc=228')).toEqual([]);
  });
});
