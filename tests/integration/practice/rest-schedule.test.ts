import { describe, expect, test } from 'vitest';
import { openBench, START, type Bench } from './gateway-client.ts';
import { call, exception, HELD, ID, json, refused, xml } from './rest-client.ts';

const ONE = '8801711000001';
const TWO = '8801811000002';
const HOUR = 3_600_000;

/** A time as requests write it, so many ms after the start; answers write it with +0600. */
const iso = (ms: number): string => new Date(START + ms).toISOString();

const schedule = (bench: Bench, more: object = {}, bulkId = 'b-1'): Promise<unknown> =>
  json(bench, {
    path: '/sms/1/text/advanced',
    body: {
      bulkId,
      messages: [
        {
          from: 'Shop',
          destinations: [{ to: ONE, messageId: `${bulkId}-1` }, { to: TWO }],
          text: 'Hi',
          sendAt: iso(HOUR),
          ...more,
        },
      ],
    },
  });

const status = (bench: Bench, bulkId = 'b-1'): Promise<unknown> =>
  json(bench, { path: `/sms/1/bulks/status?bulkId=${bulkId}` });

const put = (bench: Bench, path: string, body: object): Promise<unknown> =>
  json(bench, { method: 'PUT', path, body });

describe('facts of the platform, "Scheduling"', () => {
  test('held: 26, paid at once, not in the logs before its time, then sent with that time', async () => {
    const bench = await openBench();
    expect(await schedule(bench)).toEqual({
      bulkId: 'b-1',
      messages: [
        { to: ONE, status: HELD, smsCount: 1, messageId: 'b-1-1' },
        { to: TWO, status: HELD, smsCount: 1, messageId: ID },
      ],
    });
    expect(await bench.balance()).toBe(4_999.3);
    bench.wait(HOUR - 1);
    expect(await bench.logs()).toEqual([]);
    expect(bench.gateway.journal()).toEqual([]);
    bench.wait(1);
    expect((await bench.logs()).map((log) => [log.to, log.status.id, log.sentAt])).toEqual([
      [TWO, 7, '2016-03-14T13:00:00.000+0600'],
      [ONE, 7, '2016-03-14T13:00:00.000+0600'],
    ]);
    bench.wait(3_000);
    expect(await bench.reports()).toHaveLength(2);
    expect(await bench.balance()).toBe(4_999.3);
  });

  test('seen only long after its time, a message still was sent at its time', async () => {
    const bench = await openBench();
    await schedule(bench);
    bench.wait(2 * HOUR);
    await bench.send(ONE);
    const logs = await bench.logs();
    expect(logs.map((log) => log.sentAt.slice(11, 16))).toEqual(['14:00', '13:00', '13:00']);
    expect(logs[1]?.status.id).toBe(5);
  });

  test('one destination has a bulkId too, made up when none was given', async () => {
    const bench = await openBench();
    const message = { from: 'Shop', destinations: [{ to: ONE }], text: 'Hi', sendAt: iso(HOUR) };
    const body = { messages: [message] };
    expect(await json(bench, { path: '/sms/1/text/advanced', body })).toEqual({
      bulkId: ID,
      messages: [{ to: ONE, status: HELD, smsCount: 1, messageId: ID }],
    });
  });

  test('a time in the past: sent at once', async () => {
    const bench = await openBench();
    expect(await schedule(bench, { sendAt: iso(-HOUR) })).toMatchObject({
      messages: [{ status: { id: 0 } }, { status: { id: 0 } }],
    });
    expect((await bench.logs())[0]?.sentAt).toBe('2016-03-14T12:00:00.000+0600');
  });

  test('a number that is none and an empty balance are told at once; an id that waits counts as used', async () => {
    const bench = await openBench();
    const destinations = [
      { to: 'abc' },
      { to: ONE, messageId: 'x' },
      { to: ONE, messageId: 'x' },
      { to: TWO },
    ];
    bench.gateway.setBalance('practice', 350_000);
    expect(await schedule(bench, { destinations })).toMatchObject({
      messages: [
        { status: { id: 52 } },
        { status: { id: 26 } },
        { status: { id: 23 } },
        { status: { id: 12 } },
      ],
    });
    expect(await schedule(bench, { destinations: [{ to: ONE, messageId: 'x' }] }, 'b-2')).toMatchObject({
      messages: [{ status: { id: 23 } }],
    });
  });
});

describe('facts of the platform, "Bulks & preview": bulks', () => {
  test.each(['/sms/1/bulks', '/sms/1/bulks/'])('GET %s, and its status, in JSON and XML', async (path) => {
    const bench = await openBench();
    await schedule(bench);
    expect(await json(bench, { path: `${path}?bulkId=b-1` })).toEqual({
      bulkId: 'b-1',
      sendAt: '2016-03-14T13:00:00.000+0600',
    });
    expect(await xml(bench, { path: `${path}?bulkId=b-1` })).toBe(
      '<bulkResponse><bulkId>b-1</bulkId><sendAt>2016-03-14T13:00:00.000+0600</sendAt></bulkResponse>',
    );
    const ofStatus = `/sms/1/bulks/status${path.endsWith('/') ? '/' : ''}?bulkId=b-1`;
    expect(await json(bench, { path: ofStatus })).toEqual({ bulkId: 'b-1', status: 'PENDING' });
    expect(await xml(bench, { path: ofStatus })).toBe(
      '<bulkStatusResponse><bulkId>b-1</bulkId><status>PENDING</status></bulkStatusResponse>',
    );
    bench.wait(HOUR);
    expect(await status(bench)).toEqual({ bulkId: 'b-1', status: 'PROCESSING' });
    bench.wait(3_000);
    expect(await status(bench)).toEqual({ bulkId: 'b-1', status: 'FINISHED' });
  });

  test('another time, earlier and later, in JSON and XML', async () => {
    const bench = await openBench();
    await schedule(bench);
    expect(await put(bench, '/sms/1/bulks?bulkId=b-1', { sendAt: iso(2 * HOUR) })).toEqual({
      bulkId: 'b-1',
      sendAt: '2016-03-14T14:00:00.000+0600',
    });
    bench.wait(HOUR);
    expect(await bench.logs()).toEqual([]);
    const answer = await xml(bench, {
      method: 'PUT',
      path: '/sms/1/bulks/?bulkId=b-1',
      body: `<request><sendAt>${iso(HOUR + 60_000).replace('Z', '+00:00')}</sendAt></request>`,
    });
    expect(answer).toContain('<sendAt>2016-03-14T13:01:00.000+0600</sendAt>');
    bench.wait(60_000);
    expect((await bench.logs())[0]?.sentAt).toBe('2016-03-14T13:01:00.000+0600');
    expect(
      await refused(bench, { method: 'PUT', path: '/sms/1/bulks?bulkId=b-1', body: { sendAt: iso(0) } }),
    ).toEqual({ status: 400, body: exception('BAD_REQUEST', '[bulkId : cannot be rescheduled]') });
  });

  test('cancelled: the money comes back, nothing is ever sent, and it stays cancelled', async () => {
    const bench = await openBench();
    await schedule(bench);
    const path = '/sms/1/bulks/status?bulkId=b-1';
    expect(await put(bench, path, { status: 'CANCELED' })).toEqual({ bulkId: 'b-1', status: 'CANCELED' });
    expect(await bench.balance()).toBe(5_000);
    bench.wait(2 * HOUR);
    expect(await bench.logs()).toEqual([]);
    expect(await refused(bench, { method: 'PUT', path, body: { status: 'PENDING' } })).toMatchObject({
      status: 400,
    });
    expect(await status(bench)).toEqual({ bulkId: 'b-1', status: 'CANCELED' });
  });

  test('paused over its time, moved or resumed: sent then', async () => {
    const bench = await openBench();
    await schedule(bench);
    const path = '/sms/1/bulks/status/?bulkId=b-1';
    expect(await put(bench, path, { status: 'PAUSED' })).toEqual({ bulkId: 'b-1', status: 'PAUSED' });
    bench.wait(2 * HOUR);
    expect(await bench.logs()).toEqual([]);
    await put(bench, path, { status: 'PENDING' });
    expect((await bench.logs()).map((log) => log.sentAt)).toEqual([
      '2016-03-14T14:00:00.000+0600',
      '2016-03-14T14:00:00.000+0600',
    ]);
    expect(await refused(bench, { method: 'PUT', path, body: { status: 'CANCELED' } })).toMatchObject({
      status: 400,
    });
  });

  test('a bulk id of several message objects can be neither moved nor stopped; each keeps its time', async () => {
    const bench = await openBench();
    await schedule(bench);
    const body = (at: number): object => ({
      bulkId: 'b-1',
      messages: [{ from: 'Shop', destinations: [{ to: TWO }], text: 'later', sendAt: iso(at) }],
    });
    await json(bench, { path: '/sms/1/text/advanced', body: body(2 * HOUR) });
    for (const [path, change] of [
      ['/sms/1/bulks', { sendAt: iso(5 * HOUR) }],
      ['/sms/1/bulks/status', { status: 'CANCELED' }],
    ] as const) {
      const request = { method: 'PUT', path: `${path}?bulkId=b-1`, body: change } as const;
      expect((await call(bench, request)).status).toBe(400);
    }
    bench.wait(HOUR);
    expect(await bench.logs()).toHaveLength(2);
    bench.wait(HOUR);
    expect(await bench.logs()).toHaveLength(3);
  });

  test.each([
    ['GET', '/sms/1/bulks', undefined, 400, '[bulkId : must not be empty]'],
    ['GET', '/sms/1/bulks?bulkId=none', undefined, 404, 'Bulk not found'],
    ['GET', '/sms/1/bulks/status?bulkId=none', undefined, 404, 'Bulk not found'],
    ['PUT', '/sms/1/bulks?bulkId=b-1', {}, 400, '[sendAt : must not be empty]'],
    [
      'PUT',
      '/sms/1/bulks?bulkId=b-1',
      { sendAt: iso(181 * 24 * HOUR) },
      400,
      '[sendAt : must be within 180 days]',
    ],
    ['PUT', '/sms/1/bulks/status?bulkId=b-1', {}, 400, '[status : must not be empty]'],
    [
      'PUT',
      '/sms/1/bulks/status?bulkId=b-1',
      { status: 'FINISHED' },
      400,
      '[status : must be one of PENDING, PAUSED, CANCELED]',
    ],
  ] as const)('%s %s %j → %i', async (method, path, body, httpStatus, text) => {
    const bench = await openBench();
    await schedule(bench);
    const { status: got, body: answer } = await refused(bench, {
      method,
      path,
      ...(body === undefined ? {} : { body }),
    });
    expect([got, answer]).toEqual([
      httpStatus,
      exception(httpStatus === 404 ? 'NOT_FOUND' : 'BAD_REQUEST', text),
    ]);
    expect(await status(bench)).toEqual({ bulkId: 'b-1', status: 'PENDING' });
  });

  test('users do not see the bulks of others', async () => {
    const login = { password: 'x', balanceMicros: 1_000_000 };
    const users = [
      { user: 'practice', ...login, apiKey: 'mine' },
      { user: 'other', ...login, apiKey: 'theirs' },
    ];
    const bench = await openBench({ users });
    const message = { from: 'Shop', destinations: [{ to: ONE }], text: 'Hi', sendAt: iso(HOUR) };
    const body = { bulkId: 'b-1', messages: [message] };
    await json(bench, { path: '/sms/1/text/advanced', body, authorization: 'App mine' });
    const path = '/sms/1/bulks?bulkId=b-1';
    expect((await call(bench, { path, authorization: 'App theirs' })).status).toBe(404);
    expect((await call(bench, { path, authorization: 'App mine' })).status).toBe(200);
  });
});

describe('facts of the platform, "Advanced": validityPeriod', () => {
  const send = (bench: Bench, more: object, to = ONE): Promise<unknown> =>
    json(bench, {
      path: '/sms/1/text/advanced',
      body: { messages: [{ from: 'Shop', destinations: [{ to }], text: 'Hi', ...more }] },
    });
  const slow = { delays: { toOperatorMs: 1_000, toHandsetMs: 100 * HOUR } };

  test.each([
    ['minutes', 60, HOUR],
    ['2,880 minutes', 2_880, 48 * HOUR],
    ['milliseconds above that', 7_200_000, 2 * HOUR],
    ['never more than 48 hours', 864_000_000, 48 * HOUR],
  ])('%s: then 15, with a report', async (_name, validityPeriod, end) => {
    const bench = await openBench({ ...slow, logRetentionMs: 1_000 * HOUR });
    await send(bench, { validityPeriod });
    bench.wait(end - 1);
    expect((await bench.logs())[0]?.status.id).toBe(3);
    expect(await bench.reports()).toEqual([]);
    bench.wait(1);
    expect(await bench.reports()).toMatchObject([
      { status: { id: 15, groupId: 4, name: 'EXPIRED_EXPIRED' }, error: { id: 0 } },
    ]);
    bench.wait(200 * HOUR);
    expect((await bench.logs())[0]?.status.id).toBe(15);
  });

  test('delivered in time stays delivered; a message that would never arrive expires', async () => {
    const bench = await openBench();
    await send(bench, { validityPeriod: 1 });
    await send(bench, { validityPeriod: 1 }, '8801999000007');
    bench.wait(60_000);
    expect((await bench.logs()).map((log) => log.status.id)).toEqual([15, 5]);
    expect(await bench.reports()).toHaveLength(2);
  });

  test('counts from the scheduled time', async () => {
    const bench = await openBench(slow);
    await send(bench, { validityPeriod: 60, sendAt: iso(HOUR) });
    bench.wait(2 * HOUR - 1);
    expect((await bench.logs())[0]?.status.id).toBe(3);
    bench.wait(1);
    expect((await bench.logs())[0]?.status.id).toBe(15);
  });
});

describe('facts of the platform, "Advanced": deliveryTimeWindow', () => {
  // The gateway's clock starts on Monday, 14 March 2016, 12:00 in Dhaka.
  test.each([
    ['open', { hour: 9, minute: 0 }, { hour: 21, minute: 0 }, ['MONDAY'], 0],
    ['opens later today', { hour: 12, minute: 30 }, { hour: 21, minute: 0 }, ['MONDAY'], 0.5],
    ['closed for today', { hour: 9, minute: 0 }, { hour: 12, minute: 0 }, ['MONDAY', 'TUESDAY'], 21],
    ['only on another day', { hour: 12, minute: 0 }, { hour: 13, minute: 0 }, ['WEDNESDAY'], 48],
    ['over midnight, open since Sunday', { hour: 20, minute: 0 }, { hour: 13, minute: 0 }, ['SUNDAY'], 0],
    ['over midnight, opens tonight', { hour: 20, minute: 0 }, { hour: 6, minute: 0 }, ['MONDAY'], 8],
  ])('%s', async (_name, from, to, days, hours) => {
    const bench = await openBench({ logRetentionMs: 1_000 * HOUR });
    const deliveryTimeWindow = { from, to, days };
    const body = { messages: [{ from: 'Shop', destinations: [{ to: ONE }], text: 'x', deliveryTimeWindow }] };
    const answer = await json(bench, { path: '/sms/1/text/advanced', body });
    expect(answer).toMatchObject({ messages: [{ status: { id: hours === 0 ? 0 : 1 } }] });
    if (hours > 0) {
      bench.wait(hours * HOUR - 1);
      expect((await bench.logs())[0]?.status.name).toBe('PENDING_TIME_VIOLATION');
      bench.wait(1);
    }
    expect((await bench.logs())[0]?.status.id).toBe(7);
    bench.wait(3_000);
    expect(await bench.reports()).toMatchObject([{ status: { id: 5 } }]);
  });

  test.each([
    [{ days: [] }, '[days : must not be empty]'],
    [{ days: ['FUNDAY'] }, /^\[days : must be of SUNDAY/],
    [{ days: ['MONDAY'], from: { hour: 24, minute: 0 } }, '[from : must be a time of day]'],
    [{ days: ['MONDAY'], to: 'noon' }, '[to : must be an object]'],
  ])('%j → 400', async (deliveryTimeWindow, text) => {
    const bench = await openBench();
    const body = { messages: [{ from: 'Shop', destinations: [{ to: ONE }], text: 'x', deliveryTimeWindow }] };
    const { status: got, body: answer } = await refused(bench, { path: '/sms/1/text/advanced', body });
    expect(got).toBe(400);
    expect(answer).toMatchObject(
      exception('BAD_REQUEST', typeof text === 'string' ? text : expect.stringMatching(text)),
    );
  });
});
