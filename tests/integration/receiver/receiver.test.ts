import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReceiverSettings } from '#shared/ipc/receiver.ts';
import type { RawBody } from '../../../main/engine/gateways/gateway.ts';
import { USUAL_NAMES } from '../../../main/engine/features/receiver/inbound-query.ts';
import { createReceiver } from '../../../main/engine/features/receiver/service.ts';
import { createInbox } from '../../../main/engine/features/inbox/service.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { systemClock, type Clock } from '../../../main/engine/clock.ts';
import { createLog, nullLog } from '../../../main/logging/log.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ACCOUNT, fakeAccounts, featureStore, OTHER, rowsOf } from '../support/feature.ts';

const ON: ReceiverSettings = {
  enabled: true,
  everyInterface: false,
  port: 0,
  publicAddress: '',
  names: USUAL_NAMES,
};

function build(dir = tempFolder(), clock: Clock = systemClock) {
  const store = featureStore(dir, clock);
  const accounts = fakeAccounts({});
  const log = createLog({ dir, name: 'engine', level: 'debug' });
  const inbox = createInbox({ store, accounts: accounts.access, reading, clock, log: nullLog });
  const taken: [kind: string, account: string, body: string][] = [];
  const state = { storeFails: false, serverAddress: 'https://api.mimsms.com' as string | null };
  const take = (kind: string) => (account: string, raw: RawBody) => {
    if (state.storeFails) throw new Error('disk full');
    taken.push([kind, account, raw.body]);
    if (kind === 'inbound') inbox.take(account, raw);
  };
  const receiver = createReceiver({
    store,
    accounts: accounts.access,
    serverAddressOf: () => state.serverAddress,
    clock,
    log,
    take: { reports: take('reports'), inbound: take('inbound'), lookups: take('lookups') },
  });
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await receiver.stop();
    store.close();
  };
  onTestFinished(close);
  const configure = async (settings: Partial<ReceiverSettings> = {}) => {
    const view = await receiver.configure({ ...ON, ...settings });
    if (!view.ok) throw new Error(view.error.code);
    return view.value;
  };
  const addressesOf = (id = ACCOUNT) => {
    const found = receiver.view().addresses.find(({ accountId }) => accountId === id);
    if (!found) throw new Error('no addresses');
    return found;
  };
  return { receiver, inbox, store, accounts, taken, state, configure, addressesOf, close, dir };
}

const post = (url: string, body: string, contentType = 'application/json') =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': contentType } });

describe('what comes in', () => {
  it('reaches the account and the feature that it is for, and is answered once it is stored', async () => {
    const { configure, addressesOf, taken, receiver } = build();
    await configure();
    const xml = '<DeliveryReport><message id="1" status="DELIVERED"/></DeliveryReport>';
    const answer = await post(addressesOf().reports, xml, 'application/xml');
    expect([answer.status, await answer.text()]).toEqual([200, 'OK']);
    await post(addressesOf(OTHER).reports, '{"results":[]}');
    await post(addressesOf().lookups, '{"results":[{"to":"1"}]}');
    await post(addressesOf().inbound, '{"results":[{"from":"1","text":"x"}]}');
    expect(taken).toEqual([
      ['reports', ACCOUNT, xml],
      ['reports', OTHER, '{"results":[]}'],
      ['lookups', ACCOUNT, '{"results":[{"to":"1"}]}'],
      ['inbound', ACCOUNT, '{"results":[{"from":"1","text":"x"}]}'],
    ]);
    expect(receiver.view()).toMatchObject({ accepted: 4, refused: 0, last: 'inbound' });
  });

  it('by GET becomes a message of the inbox under whatever names the gateway uses', async () => {
    const { configure, addressesOf, inbox } = build();
    await configure({ names: { ...USUAL_NAMES, from: ['who'], text: ['What', 'msg'], id: ['ref'] } });
    const query =
      'who=%2B8801712345678&WHAT=%E0%A6%B9%E0%A7%8D%E0%A6%AF%E0%A6%BE%E0%A6%81+100%25&receiver=4600&timestamp=1795000000&ref=r1';
    for (let turn = 0; turn < 2; turn++) {
      expect((await fetch(`${addressesOf().inbound}?${query}`)).status).toBe(200);
    }
    const thread = inbox.thread('8801712345678', undefined, 10);
    expect(thread.ok && thread.value.rows).toMatchObject([
      { text: 'হ্যাঁ 100%', ours: '4600', at: 1_795_000_000_000, direction: 'in' },
    ]);
    expect(thread.ok && thread.value.rows).toHaveLength(1);
  });

  it('by GET without a sender or text is refused by the names that came, never their values', async () => {
    const { configure, addressesOf, receiver, taken } = build();
    await configure();
    const answer = await fetch(`${addressesOf().inbound}?von=01712345678&text=hello`);
    expect(answer.status).toBe(400);
    expect(receiver.view().last).toBe('refused: inbound: no sender among: von, text');
    expect(taken).toEqual([]);
  });

  it('is read in the charset it names', async () => {
    const { configure, addressesOf, taken } = build();
    await configure();
    const body = Buffer.from('caf\u00e9', 'latin1');
    await fetch(addressesOf().reports, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/xml; charset=ISO-8859-1' },
    });
    await fetch(addressesOf().reports, {
      method: 'POST',
      body: 'é',
      headers: { 'content-type': 'x; charset=nope' },
    });
    expect(taken.map(([, , text]) => text)).toEqual(['café', 'é']);
  });

  it('is left with the gateway when it cannot be stored', async () => {
    const { configure, addressesOf, state, receiver } = build();
    await configure();
    state.storeFails = true;
    const answer = await post(addressesOf().reports, '{"results":[]}');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(receiver.view().last).toBe('refused: not stored');
    state.storeFails = false;
    expect((await post(addressesOf().reports, '{"results":[]}')).status).toBe(200);
  });

  it('is kept once the store can take it again', async () => {
    const { configure, addressesOf, inbox, store } = build();
    await configure();
    const push = () => fetch(`${addressesOf().inbound}?sender=8801712345678&text=hello&id=1`);
    store.db.exec('PRAGMA query_only = 1');
    expect((await push()).status).toBe(503);
    store.db.exec('PRAGMA query_only = 0');
    expect([(await push()).status, (await push()).status]).toEqual([200, 200]);
    expect(inbox.head()).toMatchObject({ unread: 1, receivingAccounts: [ACCOUNT] });
  });

  it('leaves no path and no text in the log', async () => {
    const { configure, addressesOf, state, dir } = build();
    await configure();
    const secret = new URL(addressesOf().reports).pathname.split('/')[1] ?? '';
    expect(secret).toMatch(/^[\w-]{43}$/);
    await post(addressesOf().reports, 'PRIVATE-BODY');
    state.storeFails = true;
    await post(addressesOf().reports, 'PRIVATE-BODY');
    await fetch(`${addressesOf().inbound}?sender=1&text=PRIVATE-BODY`);
    const log = readFileSync(path.join(dir, 'engine.log'), 'utf8');
    expect(log).toContain('receiver.accepted');
    expect(log).toContain('receiver.not-stored');
    expect(log).not.toContain(secret);
    expect(log).not.toContain('PRIVATE-BODY');
  });
});

describe('settings', () => {
  it('are off until the user wants it, and nothing listens then', async () => {
    const { receiver, configure, addressesOf } = build();
    await receiver.start();
    expect(receiver.view()).toMatchObject({ state: 'off', problem: null, addresses: [] });
    expect(receiver.addressOf(ACCOUNT, 'lookups')).toBeNull();
    await configure();
    const { reports } = addressesOf();
    await configure({ enabled: false });
    await expect(post(reports, 'x')).rejects.toThrow();
    expect(await receiver.test(ACCOUNT)).toMatchObject({ ok: false, detail: 'off' });
  });

  it('keep a port that was picked, and the paths, over a restart', async () => {
    const first = build();
    const { settings } = await first.configure();
    expect(settings.port).toBeGreaterThan(0);
    const before = first.addressesOf();
    expect(before.reports).toContain(`http://127.0.0.1:${settings.port}/`);
    await first.close();
    const second = build(first.dir);
    await second.receiver.start();
    expect(second.receiver.view().state).toBe('listening');
    expect(second.addressesOf()).toEqual(before);
    expect((await post(before.reports, 'x')).status).toBe(200);
  });

  it('say that a port is taken, and listen as soon as it is free', async () => {
    const clock = manualClock();
    const { configure, receiver } = build(tempFolder(), clock);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await configure({ port })).toMatchObject({ state: 'failed', problem: 'port-in-use' });
    await new Promise((resolve) => other.close(resolve));
    const listening = new Promise<void>((resolve) => receiver.onChange(resolve));
    clock.advance(60_000);
    await listening;
    expect(receiver.view()).toMatchObject({ state: 'listening', problem: null });
  });

  it('refuse a public address that is none', async () => {
    const { receiver } = build();
    for (const publicAddress of [
      'example.com',
      'ftp://example.com',
      'https://u@example.com',
      'https://x/?a=b',
    ]) {
      expect(await receiver.configure({ ...ON, publicAddress })).toMatchObject({
        ok: false,
        error: { code: 'RECEIVER_FAILED', facts: { field: 'publicAddress' } },
      });
    }
  });

  it('show the public address with the secret path of each account', async () => {
    const { configure, addressesOf } = build();
    await configure({ publicAddress: 'https://sms.example.com/in/' });
    expect(addressesOf().inbound).toMatch(/^https:\/\/sms\.example\.com\/in\/[\w-]{43}\/inbound$/);
    expect(addressesOf().inbound).not.toBe(addressesOf(OTHER).inbound);
  });

  it('renew the paths so that the old ones stop working at once', async () => {
    const { configure, addressesOf, receiver, accounts } = build();
    await configure();
    const old = addressesOf().reports;
    receiver.renewPaths();
    expect((await post(old, 'x')).status).toBe(404);
    expect((await post(addressesOf().reports, 'x')).status).toBe(200);
    const removed = addressesOf(OTHER).reports;
    accounts.state.active = [ACCOUNT];
    expect((await post(removed, 'x')).status).toBe(404);
  });
});

describe('the address that a gateway is told', () => {
  it('is the public one, and none while there is no public one or nothing listens', async () => {
    const { configure, receiver, addressesOf } = build();
    for (const everyInterface of [false, true]) {
      const { settings } = await configure({ everyInterface });
      expect(addressesOf().reports).toContain(`:${String(settings.port)}/`);
      expect(receiver.addressOf(ACCOUNT, 'reports')).toBeNull();
    }
    await configure({ publicAddress: 'https://sms.example.com/in' });
    expect(receiver.addressOf(ACCOUNT, 'reports')).toBe(addressesOf().reports);
    await configure({ publicAddress: 'https://sms.example.com/in', enabled: false });
    expect(receiver.addressOf(ACCOUNT, 'reports')).toBeNull();
  });

  it.each([
    ['http://127.0.0.1:8080/restapi', true],
    ['http://localhost:8080', true],
    ['https://[::1]', true],
    ['https://127.0.0.1.example.com', false],
    ['https://192.168.1.10', false],
    ['https://localhost.example.com', false],
    [null, false],
  ])('is this computer’s own for a gateway at %s: %s', async (serverAddress, told) => {
    const { configure, receiver, addressesOf, state } = build();
    await configure();
    state.serverAddress = serverAddress;
    expect(receiver.addressOf(ACCOUNT, 'lookups')).toBe(told ? addressesOf().lookups : null);
  });
});

describe('the live test', () => {
  it('proves that the public address leads here, and stores nothing', async () => {
    const { configure, receiver, taken, store } = build();
    const { settings } = await configure();
    expect(await receiver.test(ACCOUNT)).toMatchObject({ ok: true, detail: 'ok' });
    // As through a proxy that puts a folder before the path.
    await configure({ port: settings.port, publicAddress: `http://127.0.0.1:${settings.port}/folder` });
    expect(await receiver.test(ACCOUNT)).toMatchObject({ ok: true });
    expect(taken).toEqual([]);
    expect(rowsOf(store.db, 'SELECT id FROM journal')).toEqual([]);
  });

  it('tells when somebody else answers, refuses, or nobody does', async () => {
    const { configure, receiver } = build();
    let status = 200;
    const other = createServer((_, response) => response.writeHead(status).end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await configure({ publicAddress: `http://127.0.0.1:${port}` });
    expect(await receiver.test(ACCOUNT)).toMatchObject({ ok: false, detail: 'elsewhere' });
    status = 502;
    expect(await receiver.test(ACCOUNT)).toMatchObject({ ok: false, detail: 'http 502' });
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    expect(await receiver.test(ACCOUNT)).toMatchObject({ ok: false, detail: 'ECONNREFUSED' });
  });
});
