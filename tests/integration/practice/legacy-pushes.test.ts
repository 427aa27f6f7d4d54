import { describe, expect, test } from 'vitest';
import { NUMBER } from './gateway-client.ts';
import { codes, LOGIN, openLegacyBench, openListener, SEND, V3 } from './legacy-client.ts';

const PULL = '/api/v3/dr/pull';

describe('reports pushed by POST', () => {
  test('to the pushurl of the message, as the raw document, and then there is nothing to pull', async () => {
    const bench = await openLegacyBench();
    const listener = await openListener();
    await bench.ask(V3, { ...SEND, messageid: 'mine', pushurl: `${listener.url}/dr?key=1` });
    expect(listener.heard).toEqual([]);
    bench.wait(3_000);
    await expect.poll(() => listener.heard).toHaveLength(1);
    expect(listener.heard[0]).toEqual({
      method: 'POST',
      path: '/dr',
      query: { key: '1' },
      type: 'application/xml',
      body:
        '<DeliveryReport>\n<message id="mine" sentdate="2016/03/14 12:00:00" donedate="2016/03/14 12:00:03" ' +
        'status="DELIVERED" gsmerror="0" price="0.3500" pducount="1" />\n</DeliveryReport>',
    });
    await expect.poll(async () => (await bench.ask(PULL, LOGIN)).body).toBe('NO_DATA');
    expect(listener.heard).toHaveLength(1);
  });

  test("to the account's address in the style that is set; pushurl wins; nopush keeps them for the pull", async () => {
    const bench = await openLegacyBench();
    const [own, other] = [await openListener(), await openListener()];
    await bench.control('settings', {
      pushUrl: `${own.url}/own`,
      drAttributes: 'document',
      drDates: 'document',
    });
    await bench.ask(V3, { ...SEND, messageid: 'a' });
    await bench.ask(V3, { ...SEND, messageid: 'b', pushurl: `${other.url}/other` });
    await bench.ask(V3, { ...SEND, messageid: 'c', nopush: '1', pushurl: `${other.url}/other` });
    bench.wait(3_000);
    await expect.poll(() => own.heard.length + other.heard.length).toBe(2);
    expect(own.heard[0]?.body).toBe(
      '<DeliveryReport>\n<message id="a" sentdate="2016/3/14 12:0:0" donedate="2016/3/14 12:0:3" status="DELIVERED" />\n</DeliveryReport>',
    );
    expect(other.heard[0]?.body).toContain('id="b"');
    expect((await bench.ask(PULL, LOGIN)).body).toContain('id="c"');
  });

  test('again after two minutes when the address answers with an error', async () => {
    const bench = await openLegacyBench();
    const listener = await openListener();
    listener.answer = 500;
    await bench.ask(V3, { ...SEND, pushurl: listener.url });
    bench.wait(3_000);
    await expect.poll(() => listener.heard).toHaveLength(1);
    listener.answer = 204;
    bench.wait(120_000);
    await expect.poll(() => listener.heard).toHaveLength(2);
    expect(listener.heard[1]?.body).toBe(listener.heard[0]?.body);
  });

  test('nothing but this computer is contacted: such reports wait to be pulled', async () => {
    const bench = await openLegacyBench();
    expect(
      codes(await bench.ask(V3, { ...SEND, messageid: 'mine', pushurl: 'https://example.org/dr' })),
    ).toEqual(['0']);
    bench.wait(3_000);
    expect((await bench.ask(PULL, LOGIN)).body).toContain('id="mine"');
  });
});

describe('inbound messages forwarded by GET', () => {
  const TEXT = 'হ্যাঁ & +1 = yes?';

  test('under the usual names, and kept in the inbox', async () => {
    const bench = await openLegacyBench();
    const listener = await openListener();
    await bench.control('settings', { inboundUrl: `${listener.url}/sms?token=t` });
    await bench.control('inbound', { from: '8801711000001', text: TEXT });
    await expect.poll(() => listener.heard).toHaveLength(1);
    expect(listener.heard[0]).toEqual({
      method: 'GET',
      path: '/sms',
      query: {
        token: 't',
        sender: '8801711000001',
        receiver: '8809601000000',
        text: TEXT,
        datetime: '2016/03/14 12:00:00',
      },
      type: '',
      body: '',
    });
    const inbox = await bench.ask('/api/v3/command/inbox', LOGIN);
    expect(JSON.parse(inbox.body)).toMatchObject({ inboxMessages: [{ messageText: TEXT }] });
  });

  test('under other names', async () => {
    const bench = await openLegacyBench();
    const listener = await openListener();
    await bench.control('settings', {
      inboundUrl: listener.url,
      inboundNames: { sender: 'from', receiver: 'to', text: 'message', datetime: 'timestamp' },
    });
    await bench.control('inbound', { from: '8801711000001', to: '8809601000009', text: 'Hi' });
    await expect.poll(() => listener.heard).toHaveLength(1);
    expect(listener.heard[0]?.query).toEqual({
      from: '8801711000001',
      to: '8809601000009',
      message: 'Hi',
      timestamp: '2016/03/14 12:00:00',
    });
  });

  test('an address where nobody listens loses nothing', async () => {
    const bench = await openLegacyBench();
    await bench.control('settings', { inboundUrl: 'http://127.0.0.1:9/' });
    await bench.control('inbound', { from: '8801711000001', text: 'Hi' });
    const inbox = await bench.ask('/api/v2/command/inbox', LOGIN);
    expect(JSON.parse(inbox.body)).toMatchObject({ inboxMessages: [{ messageText: 'Hi' }] });
  });
});

describe('asynchronous number lookups', () => {
  test('push the fields of the synchronous one, but for the number whose answer is lost', async () => {
    const bench = await openLegacyBench();
    const listener = await openListener();
    await bench.control('settings', { hlrPushUrl: `${listener.url}/hlr` });
    const told = await bench.ask('/api/hlr', {
      user: 'practice',
      pass: 'practice',
      destinations: `8801999030006;${NUMBER}`,
    });
    const [, , line = ''] = told.body.split('\n');
    const [, , id] = line.split(';');
    bench.wait(1_000);
    await expect.poll(() => listener.heard).toHaveLength(1);
    expect(listener.heard[0]).toMatchObject({ method: 'POST', path: '/hlr', type: 'application/json' });
    expect(JSON.parse(listener.heard[0]?.body ?? '')).toMatchObject({
      destination: NUMBER,
      id,
      stat: 'DELIVRD',
    });
  });
});
