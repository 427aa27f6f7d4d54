import http from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openBench, type Bench } from './gateway-client.ts';
import { call, DELIVERED, ID, json, NO_ERROR, withoutIds } from './rest-client.ts';

const ONE = '8801711000001';

type Arrival = {
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
};

type Receiver = { readonly url: string; readonly arrivals: Arrival[] };

/** A program that reports are pushed to; it answers with the statuses in turn, the last one for good. */
async function openReceiver(...statuses: number[]): Promise<Receiver> {
  const arrivals: Arrival[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      arrivals.push({ path: request.url, type: request.headers['content-type'], body });
      const status = statuses[Math.min(arrivals.length, statuses.length) - 1] ?? 200;
      response.writeHead(status, status === 307 ? { location: '/elsewhere' } : {});
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/reports`, arrivals };
}

const sendWith = async (bench: Bench, more: object): Promise<void> => {
  const message = { from: 'Shop', destinations: [{ to: ONE, messageId: 'm-1' }], text: 'Hi', ...more };
  await json(bench, { path: '/sms/1/text/advanced', body: { bulkId: 'b-1', messages: [message] } });
};

const REPORT = {
  results: [
    {
      bulkId: 'b-1',
      messageId: 'm-1',
      to: ONE,
      sentAt: '2016-03-14T12:00:00.000+0600',
      doneAt: '2016-03-14T12:00:03.000+0600',
      smsCount: 1,
      price: { pricePerMessage: 0.35, currency: 'BDT' },
      callbackData: 'order 7',
      status: DELIVERED,
      error: NO_ERROR,
    },
  ],
};

describe('facts of the platform, "Push": notifyUrl', () => {
  test('JSON: the report, as reports have it, when it is there; it cannot be pulled any more', async () => {
    const [bench, receiver] = [await openBench(), await openReceiver(200)];
    await sendWith(bench, { notifyUrl: receiver.url, callbackData: 'order 7' });
    bench.wait(3_000);
    await expect.poll(() => receiver.arrivals).toHaveLength(1);
    const [arrival] = receiver.arrivals;
    expect(arrival?.type).toBe('application/json');
    expect(JSON.parse(arrival?.body ?? '')).toEqual(REPORT);
    expect(await bench.reports()).toEqual([]);
    expect(await bench.logs()).toHaveLength(1);
  });

  test('XML: the flat document of the reports', async () => {
    const [bench, receiver] = [await openBench(), await openReceiver(204)];
    await sendWith(bench, { notifyUrl: receiver.url, notifyContentType: 'application/xml' });
    bench.wait(3_000);
    await expect.poll(() => receiver.arrivals).toHaveLength(1);
    expect(receiver.arrivals[0]?.type).toBe('application/xml');
    expect(receiver.arrivals[0]?.body).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?><SMSReportResponse><results><bulkId>b-1<\/bulkId><messageId>m-1</,
    );
  });

  test('intermediateReport: first that it waits for the handset, then the final one', async () => {
    const [bench, receiver] = [await openBench(), await openReceiver(200)];
    await sendWith(bench, { notifyUrl: receiver.url, intermediateReport: true });
    bench.wait(1_000);
    await expect.poll(() => receiver.arrivals).toHaveLength(1);
    bench.wait(2_000);
    await expect.poll(() => receiver.arrivals).toHaveLength(2);
    const ids = receiver.arrivals.map(({ body }) => /"name":"(\w+)","description":"Message/.exec(body)?.[1]);
    expect(ids).toEqual(['PENDING_WAITING_DELIVERY', 'DELIVERED_TO_HANDSET']);
  });

  test('scheduled: pushed after its time, though nobody asks for it', async () => {
    const [bench, receiver] = [await openBench(), await openReceiver(200)];
    await sendWith(bench, { notifyUrl: receiver.url, sendAt: '2016-03-14T13:00:00.000+06:00' });
    bench.wait(3_603_000);
    await expect.poll(() => receiver.arrivals).toHaveLength(1);
    expect(receiver.arrivals[0]?.body).toContain('2016-03-14T13:00:03.000+0600');
  });

  test('refused: again after 2 and then 5 minutes, the same body', async () => {
    const [bench, receiver] = [await openBench(), await openReceiver(500, 404, 200)];
    await sendWith(bench, { notifyUrl: receiver.url });
    bench.wait(3_000);
    await expect.poll(() => receiver.arrivals.length).toBe(1);
    bench.wait(119_000);
    await json(bench, { path: '/account/1/balance' });
    expect(receiver.arrivals).toHaveLength(1);
    bench.wait(1_000);
    await expect.poll(() => receiver.arrivals.length).toBe(2);
    bench.wait(300_000);
    await expect.poll(() => receiver.arrivals.length).toBe(3);
    expect(new Set(receiver.arrivals.map(({ body }) => body)).size).toBe(1);
  });

  test('a gateway 60,000 times as fast gives up within a second; then the report can be pulled', async () => {
    const receiver = await openReceiver(500);
    const bench = await openBench({ delays: 60_000, now: Date.now });
    await sendWith(bench, { notifyUrl: receiver.url });
    await expect.poll(() => receiver.arrivals.length).toBe(6);
    await expect.poll(async () => (await bench.reports()).length).toBe(1);
  });

  test.each(['http://192.0.2.1/', 'https://example.invalid/', 'http://127.0.0.1.example.invalid/'])(
    '%s is never contacted: the report can be pulled at once',
    async (notifyUrl) => {
      const bench = await openBench();
      await sendWith(bench, { notifyUrl });
      bench.wait(3_000);
      expect(await bench.reports()).toMatchObject([{ messageId: 'm-1' }]);
    },
  );

  test('a redirect is not followed: it counts as refused', async () => {
    const [bench, receiver] = [await openBench(), await openReceiver(307, 200)];
    await sendWith(bench, { notifyUrl: receiver.url });
    bench.wait(3_000);
    await expect.poll(() => receiver.arrivals.length).toBe(1);
    bench.wait(120_000);
    await expect.poll(() => receiver.arrivals.length).toBe(2);
    expect(receiver.arrivals.map(({ path }) => path)).toEqual(['/reports', '/reports']);
  });
});

describe('facts of the platform, "Number Context / HLR": notifyUrl of a lookup', () => {
  test.each([
    ['application/json', '{"bulkId":"ID","results":[{"to":"8801711000001","mccMnc":"47001"'],
    ['application/xml', '<NCResponse><bulkId>ID</bulkId><ncResults><ncResults><to>8801711000001</to>'],
  ])(
    '%s: the results of what was taken; 0006 and what is no number are left out',
    async (type, beginning) => {
      const [bench, receiver] = [await openBench(), await openReceiver(200)];
      const to = [ONE, '8801999030004', '8801999030006', 'abc'];
      const body = { to, notifyUrl: receiver.url, notifyContentType: type };
      expect(await json(bench, { path: '/number/1/notify', body })).toMatchObject({ bulkId: ID });
      bench.wait(2_999);
      await call(bench, { path: '/account/1/balance' });
      expect(receiver.arrivals).toEqual([]);
      bench.wait(1);
      await expect.poll(() => receiver.arrivals).toHaveLength(1);
      const [arrival] = receiver.arrivals;
      expect(arrival?.type).toBe(type);
      expect(withoutIds(arrival?.body ?? '').replace(/^<\?xml[^>]*\?>/, '')).toContain(beginning);
      expect(arrival?.body).toContain('8801999030004');
      expect(arrival?.body).not.toContain('8801999030006');
      // The ids are hexadecimal.
      expect(withoutIds(arrival?.body ?? '')).not.toContain('abc');
    },
  );
});
