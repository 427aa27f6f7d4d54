import { describe, expect, test } from 'vitest';
import { NUMBER, openBench, refusal } from './gateway-client.ts';

const HOUR = 3_600_000;

describe('API document, "Getting delivery reports"', () => {
  test('the sample, field by field; dates at +0600 without a colon', async () => {
    const bench = await openBench();
    const answer = await bench.send(NUMBER);
    bench.wait(3_000);
    const [report, ...others] = await bench.reports();
    expect(others).toEqual([]);
    expect(report).toEqual({
      bulkId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      messageId: answer.messages[0]?.messageId,
      to: NUMBER,
      sentAt: '2016-03-14T12:00:00.000+0600',
      doneAt: '2016-03-14T12:00:03.000+0600',
      smsCount: 1,
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
    });
  });

  test('"can only be retrieved one time"', async () => {
    const bench = await openBench();
    await bench.send([NUMBER, NUMBER]);
    bench.wait(3_000);
    expect(await bench.reports()).toHaveLength(2);
    expect(await bench.reports()).toEqual([]);
    expect(await bench.logs()).toHaveLength(2);
  });

  test('none before the message is done, none for a rejected one', async () => {
    const bench = await openBench();
    await bench.send([NUMBER, '8801999000010']);
    bench.wait(2_999);
    expect(await bench.reports()).toEqual([]);
    bench.wait(1);
    expect((await bench.reports()).map((report) => report.to)).toEqual([NUMBER]);
  });

  test('messageId and bulkId choose, and leave the other reports unread', async () => {
    const bench = await openBench();
    const single = await bench.send(NUMBER);
    const bulk = await bench.send(['8801711000001', '8801711000002']);
    bench.wait(3_000);
    const chosen = single.messages[0]?.messageId ?? '';
    expect(await bench.reports('?messageId=ff4804ef-6ab6-4abd-984d-ab3b1387e852')).toEqual([]);
    expect(await bench.reports(`?messageId=${chosen}&bulkId=${bulk.bulkId}`)).toEqual([]);
    expect((await bench.reports(`?messageId=${chosen}`)).map((report) => report.messageId)).toEqual([chosen]);
    expect(await bench.reports(`?messageId=${chosen}`)).toEqual([]);
    expect((await bench.reports(`?bulkId=${bulk.bulkId}&limit=1`)).map((report) => report.to)).toEqual([
      '8801711000001',
    ]);
    expect((await bench.reports()).map((report) => report.to)).toEqual(['8801711000002']);
  });

  test('limit: 50 when left out, 1,000 at most, the rest stays for the next call', async () => {
    const bench = await openBench();
    const numbers = Array.from({ length: 1_100 }, (_, index) => `88017${String(index).padStart(8, '0')}`);
    await bench.send(numbers);
    bench.wait(3_000);
    expect(await bench.reports('?limit=7')).toHaveLength(7);
    expect(await bench.reports()).toHaveLength(50);
    expect(await bench.reports('?limit=5000')).toHaveLength(1_000);
    expect((await bench.reports('?limit=1000')).map((report) => report.to)).toEqual(numbers.slice(1_057));
  });

  test.each(['0', '-1', 'ten', '1.5', '1&limit=2'])('limit=%s → 400', async (limit) => {
    const bench = await openBench();
    await bench.send(NUMBER);
    bench.wait(3_000);
    expect(await refusal(await bench.get(`/sms/1/reports?limit=${limit}`))).toMatchObject({
      status: 400,
      messageId: 'BAD_REQUEST',
    });
    expect(await bench.reports()).toHaveLength(1);
  });

  test('a report nobody took is gone after 48 hours', async () => {
    const bench = await openBench();
    await bench.send(NUMBER);
    bench.wait(24 * HOUR);
    await bench.send('8801711000001');
    bench.wait(24 * HOUR + 1);
    expect((await bench.reports()).map((report) => report.to)).toEqual(['8801711000001']);
  });

  test('asking with HEAD or another method uses nothing up', async () => {
    const bench = await openBench();
    await bench.send(NUMBER);
    bench.wait(3_000);
    const headers = { authorization: 'Basic cHJhY3RpY2U6cHJhY3RpY2U=' };
    expect((await fetch(`${bench.gateway.url}/sms/1/reports`, { method: 'HEAD', headers })).status).toBe(404);
    expect((await fetch(`${bench.gateway.url}/sms/1/reports`, { method: 'POST', headers })).status).toBe(404);
    expect(await bench.reports()).toHaveLength(1);
  });
});
