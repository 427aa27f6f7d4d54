import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { beforeAll, afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { appError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { AccountForm } from '#shared/ipc/accounts.ts';
import { systemClock, type Clock } from '../../../main/engine/clock.ts';
import { SECRET_KEPT_MS } from '../../../main/engine/features/accounts/secrets.ts';
import { createAccounts } from '../../../main/engine/features/accounts/service.ts';
import { capabilitiesOf, createGateway } from '../../../main/engine/gateways/create.ts';
import { openStore } from '../../../main/engine/store/open.ts';
import { createLog } from '../../../main/logging/log.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { fakeHost } from './fake-host.ts';
import { manualClock } from './manual-clock.ts';

/** The password of the gateway's login; must be found nowhere but in the vault and in requests. */
const PASSWORD = 'practice';
const CANARY = 'canary-9d2c-password';

let gateway: PracticeGateway;
beforeAll(async () => void (gateway = await startPractice()));
afterAll(() => gateway.close());

const form = (more: Partial<AccountForm> = {}): AccountForm => ({
  name: 'School',
  protocol: 'rest-json',
  options: {},
  serverAddress: gateway.url,
  allowHttp: true,
  userName: 'practice',
  senders: ['School'],
  ...more,
});

function setUp(clock: Clock = systemClock) {
  const dir = tempFolder();
  const log = createLog({ dir, name: 'engine', level: 'debug' });
  const open = (name: string) => {
    const store = openStore({ file: path.join(dir, `${name}.sqlite`), clock, log });
    if (!store.ok) throw new Error(store.error.code);
    return store.value;
  };
  const stores = { real: open('real'), practice: open('practice') };
  const { host, state } = fakeHost();
  state.practiceUrl = gateway.url;
  const options = { clock, log, timeouts: { connect: 500, headers: 20_000 } };
  const accounts = createAccounts({
    stores,
    host,
    clock,
    log,
    createGateway: (address, kind) => createGateway(address, kind, options),
    capabilitiesOf: (kind) => capabilitiesOf(kind, options),
  });
  onTestFinished(async () => {
    await accounts.close();
    stores.real.close();
    stores.practice.close();
  });
  const added = async (more: Partial<AccountForm> = {}, password = PASSWORD) => {
    const result = await accounts.add(form(more), password);
    if (!result.ok) throw new Error(result.error.code);
    return result.value;
  };
  const queue = (id: string, messageState: string) =>
    stores.real.db
      .prepare(
        'INSERT INTO messages (account_id, msisdn, state, created_at, changed_at) VALUES (?, ?, ?, 0, 0)',
      )
      .run(id, '8801700000001', messageState);
  return { accounts, stores, host: state, dir, added, queue };
}

const code = (result: { ok: true } | { ok: false; error: { code: string } }) =>
  result.ok ? 'ok' : result.error.code;
const paths = () => gateway.requests().map((request) => request.path);

describe('the practice account', () => {
  it('is there from the start, is offered while there is no other, and needs no vault', async () => {
    const { accounts, host } = setUp();
    const [practice, ...others] = accounts.list();
    expect(others).toEqual([]);
    expect(practice).toMatchObject({
      id: PRACTICE_ACCOUNT_ID,
      space: 'practice',
      isDefault: true,
      pricePerPart: { micros: 350_000, currency: 'BDT' },
    });
    expect(await accounts.refreshBalance(PRACTICE_ACCOUNT_ID)).toMatchObject({ ok: true });
    expect(host.asked).toBe(0);
  });

  it('cannot be changed or removed', async () => {
    const { accounts } = setUp();
    expect(code(await accounts.update(PRACTICE_ACCOUNT_ID, form(), undefined))).toBe(
      'PRACTICE_ACCOUNT_FIXED',
    );
    expect(code(await accounts.remove(PRACTICE_ACCOUNT_ID))).toBe('PRACTICE_ACCOUNT_FIXED');
  });

  it('is found again when its gateway came back somewhere else', async () => {
    const { accounts, host } = setUp();
    const first = await startPractice();
    host.practiceUrl = first.url;
    expect(code(await accounts.refreshBalance(PRACTICE_ACCOUNT_ID))).toBe('ok');
    await first.close();
    host.practiceUrl = gateway.url;
    expect(code(await accounts.refreshBalance(PRACTICE_ACCOUNT_ID))).toBe('GATEWAY_UNREACHABLE');
    expect(code(await accounts.refreshBalance(PRACTICE_ACCOUNT_ID))).toBe('ok');
    expect(host.ensured).toBe(2);
  });

  it('says so when its gateway does not start', async () => {
    const { accounts, host } = setUp();
    host.practiceUrl = null;
    expect(code(await accounts.refreshBalance(PRACTICE_ACCOUNT_ID))).toBe('PRACTICE_NOT_RUNNING');
    expect(accounts.list()[0]?.balance.failed).toBe('PRACTICE_NOT_RUNNING');
  });
});

describe('adding', () => {
  it('saves the account, puts the password into the vault and nowhere else', async () => {
    const { accounts, host, dir, stores } = setUp();
    const result = await accounts.add(
      form({ serverAddress: `${gateway.url}/`, senders: [' School', '+123'] }),
      CANARY,
    );
    const view = result.ok ? result.value : null;
    expect(view).toMatchObject({
      serverAddress: gateway.url,
      senders: ['School', '123'],
      isDefault: true,
      secret: 'present',
    });
    expect([...host.secrets.values()]).toEqual([CANARY]);
    expect(code(await accounts.refreshBalance(view?.id ?? ''))).toBe('GATEWAY_AUTH');
    stores.real.close();
    expect(JSON.stringify(view) + JSON.stringify(accounts.list)).not.toContain(CANARY);
    for (const file of readdirSync(dir))
      expect(readFileSync(path.join(dir, file)).includes(CANARY), file).toBe(false);
    expect(readFileSync(path.join(dir, 'engine.log'), 'utf8')).toContain('accounts.added');
  });

  it('saves nothing when the vault refuses', async () => {
    const { accounts, host } = setUp();
    host.refuses = appError('VAULT_LOCKED');
    expect(code(await accounts.add(form(), PASSWORD))).toBe('VAULT_LOCKED');
    host.refuses = null;
    expect(accounts.list()).toHaveLength(1);
    expect(code(await accounts.add(form(), PASSWORD))).toBe('ok');
  });

  it('forgets the password again when the account cannot be stored', async () => {
    const { accounts, host, stores } = setUp();
    stores.real.db.exec('PRAGMA query_only = 1');
    await expect(accounts.add(form(), PASSWORD)).rejects.toThrow();
    expect(host.secrets.size).toBe(0);
    stores.real.db.exec('PRAGMA query_only = 0');
    expect(accounts.list()).toHaveLength(1);
  });

  it('takes a name once, whatever its case, even when two calls race', async () => {
    const { accounts, host, added } = setUp();
    await added({ name: 'Clinic' });
    expect(code(await accounts.add(form({ name: 'CLINIC' }), PASSWORD))).toBe('ACCOUNT_NAME_TAKEN');
    const both = await Promise.all([accounts.add(form(), PASSWORD), accounts.add(form(), PASSWORD)]);
    expect(both.map(code).sort()).toEqual(['ACCOUNT_NAME_TAKEN', 'ok']);
    expect(host.secrets.size).toBe(2);
    expect(accounts.list().filter((account) => account.isDefault)).toMatchObject([{ name: 'Clinic' }]);
  });

  it('refuses a wrong form before it touches the vault', async () => {
    const { accounts, host } = setUp();
    expect(await accounts.add(form({ senders: ['School', 'no'] }), PASSWORD)).toMatchObject({
      error: { code: 'INVALID_SENDER', facts: { field: 'senders.1', detail: 'too-short' } },
    });
    expect(code(await accounts.add(form({ serverAddress: 'ftp://x' }), PASSWORD))).toBe(
      'INVALID_SERVER_ADDRESS',
    );
    expect(code(await accounts.add(form({ allowHttp: false }), PASSWORD))).toBe('HTTP_NEEDS_CONSENT');
    expect(host.secrets.size).toBe(0);
  });

  it('says when the password lasts for this session only', async () => {
    const { host, added } = setUp();
    host.sessionOnly = true;
    expect(await added()).toMatchObject({ secret: 'session-only' });
  });
});

describe('testing a connection', () => {
  it('asks for the balance and nothing else', async () => {
    const { accounts, host } = setUp();
    const before = paths().length;
    const result = await accounts.test(undefined, form(), PASSWORD);
    expect(result).toMatchObject({ ok: true, value: { balance: { currency: 'BDT' } } });
    // Nothing of this sends, books or takes anything: the last one is a request for nobody.
    expect(paths().slice(before)).toEqual([
      '/account/1/balance',
      '/sms/1/logs',
      '/sms/1/inbox/logs',
      '/sms/1/text/advanced',
    ]);
    expect(gateway.stats()).toMatchObject({ accepted: 0, reportsHandedOut: 0 });
    expect(host.secrets.size).toBe(0);
    expect(accounts.list()).toHaveLength(1);
  });

  it('tells a wrong password, a missing one, a dead server and an unknown account apart', async () => {
    const { accounts } = setUp();
    const nobody = form({ serverAddress: 'http://127.0.0.1:9' });
    expect(code(await accounts.test(undefined, form(), 'wrong'))).toBe('GATEWAY_AUTH');
    expect(code(await accounts.test(undefined, form(), undefined))).toBe('PASSWORD_MISSING');
    expect(code(await accounts.test(undefined, nobody, PASSWORD))).toBe('GATEWAY_UNREACHABLE');
    expect(code(await accounts.test('00000000-0000-4000-8000-000000000000', form(), PASSWORD))).toBe(
      'NOT_FOUND',
    );
  });

  it('uses the stored password, but never sends it to another server', async () => {
    const { accounts, added } = setUp();
    const { id } = await added();
    const other = await startPractice();
    onTestFinished(() => other.close());
    expect(code(await accounts.test(id, form({ name: 'Renamed' }), undefined))).toBe('ok');
    expect(await accounts.test(id, form({ serverAddress: other.url }), undefined)).toMatchObject({
      error: { code: 'PASSWORD_MISSING', facts: { detail: 'server-changed' } },
    });
    expect(code(await accounts.update(id, form({ serverAddress: other.url }), undefined))).toBe(
      'PASSWORD_MISSING',
    );
    expect(other.requests()).toEqual([]);
    expect(code(await accounts.update(id, form({ serverAddress: other.url }), PASSWORD))).toBe('ok');
    expect(code(await accounts.refreshBalance(id))).toBe('ok');
    expect(new Set(other.requests().map(({ user }) => user))).toEqual(new Set(['practice']));
  });
});

describe('changing', () => {
  it('keeps the password when none is given and speaks with the new values at once', async () => {
    const { accounts, added, host } = setUp();
    const { id } = await added({ userName: 'nobody' });
    expect(code(await accounts.refreshBalance(id))).toBe('GATEWAY_AUTH');
    expect(code(await accounts.update(id, form({ name: 'New', senders: ['Other'] }), undefined))).toBe('ok');
    expect(code(await accounts.refreshBalance(id))).toBe('ok');
    expect(accounts.get(id)).toMatchObject({ name: 'New', senders: ['Other'] });
    expect(host.secrets.get(id)).toBe(PASSWORD);
  });

  it('gives the old password back when the change cannot be stored', async () => {
    const { accounts, added, host, stores } = setUp();
    const { id } = await added();
    stores.real.db.exec('PRAGMA query_only = 1');
    await expect(accounts.update(id, form({ name: 'New' }), 'next')).rejects.toThrow();
    stores.real.db.exec('PRAGMA query_only = 0');
    expect(host.secrets.get(id)).toBe(PASSWORD);
    expect(accounts.get(id)?.name).toBe('School');
    expect(code(await accounts.refreshBalance(id))).toBe('ok');
  });

  it('refuses unknown and removed accounts', async () => {
    const { accounts, added } = setUp();
    const { id } = await added();
    await accounts.remove(id);
    expect(code(await accounts.update(id, form(), undefined))).toBe('NOT_FOUND');
    expect(code(await accounts.refreshBalance(id))).toBe('NOT_FOUND');
    expect(code(accounts.setDefault(id))).toBe('NOT_FOUND');
  });
});

describe('removing', () => {
  it.each(['held', 'queued', 'submitting', 'uncertain'])('waits for %s messages', async (messageState) => {
    const { accounts, added, queue, host } = setUp();
    const { id } = await added();
    queue(id, messageState);
    expect(await accounts.remove(id)).toMatchObject({
      error: { code: 'ACCOUNT_IN_USE', facts: { actual: 1 } },
    });
    expect(host.secrets.has(id)).toBe(true);
    expect(accounts.list()[0]?.id).toBe(id);
  });

  it('forgets the password, keeps the history and passes the default on', async () => {
    const { accounts, added, queue, host } = setUp();
    const first = await added({ name: 'First' });
    const second = await added({ name: 'Second' });
    queue(first.id, 'delivered');
    expect(code(await accounts.remove(first.id))).toBe('ok');
    expect(host.secrets.has(first.id)).toBe(false);
    expect(accounts.list()).toMatchObject([
      { id: second.id, isDefault: true },
      { id: PRACTICE_ACCOUNT_ID, isDefault: false },
    ]);
    expect(accounts.get(first.id)?.name).toBe('First');
    expect(code(await accounts.gatewayFor(first.id))).toBe('NOT_FOUND');
    expect(await added({ name: 'first' })).toMatchObject({ isDefault: false });
  });

  it('changes nothing when the vault refuses', async () => {
    const { accounts, added, host } = setUp();
    const { id } = await added();
    host.refuses = appError('VAULT_UNAVAILABLE');
    expect(code(await accounts.remove(id))).toBe('VAULT_UNAVAILABLE');
    expect(accounts.list()[0]).toMatchObject({ id, isDefault: true });
  });
});

describe('the default', () => {
  it('is exactly one account, practice included', async () => {
    const { accounts, added } = setUp();
    const first = await added({ name: 'First' });
    const second = await added({ name: 'Second' });
    for (const id of [second.id, PRACTICE_ACCOUNT_ID, first.id]) {
      expect(code(accounts.setDefault(id))).toBe('ok');
      expect(accounts.list().filter((account) => account.isDefault)).toMatchObject([{ id }]);
    }
  });
});

describe('passwords in memory', () => {
  it('are asked for once by requests that start together, and dropped after a minute', async () => {
    const clock = manualClock();
    const { accounts, added, host } = setUp(clock);
    const { id } = await added();
    clock.advance(SECRET_KEPT_MS);
    const asked = host.asked;
    const opened = await Promise.all([
      accounts.gatewayFor(id),
      accounts.gatewayFor(id),
      accounts.gatewayFor(id),
    ]);
    expect(opened.map(code)).toEqual(['ok', 'ok', 'ok']);
    expect(host.asked).toBe(asked + 1);
    clock.advance(SECRET_KEPT_MS - 1);
    await accounts.gatewayFor(id);
    expect(host.asked).toBe(asked + 1);
    clock.advance(1);
    await accounts.gatewayFor(id);
    expect(host.asked).toBe(asked + 2);
  });

  it('tell a locked keyring from a password that is gone', async () => {
    const clock = manualClock();
    const { accounts, added, host } = setUp(clock);
    const { id } = await added();
    clock.advance(SECRET_KEPT_MS);
    host.refuses = appError('VAULT_LOCKED');
    expect(code(await accounts.gatewayFor(id))).toBe('VAULT_LOCKED');
    expect(accounts.list()[0]?.secret).toBe('unreadable');
    host.refuses = null;
    expect(code(await accounts.gatewayFor(id))).toBe('ok');
    host.secrets.clear();
    clock.advance(SECRET_KEPT_MS);
    expect(code(await accounts.refreshBalance(id))).toBe('PASSWORD_MISSING');
    expect(accounts.list()[0]).toMatchObject({ secret: 'absent', balance: { failed: 'PASSWORD_MISSING' } });
  });
});

describe('what is remembered', () => {
  it('keeps the last balance beside a newer failure, and the time of the balance', async () => {
    const { accounts, added, host } = setUp();
    const { id } = await added();
    const first = await accounts.refreshBalance(id);
    const balance = first.ok ? first.value : null;
    expect(balance).toMatchObject({ failed: null, money: { currency: 'BDT' } });
    expect(Math.abs((balance?.at ?? 0) - Date.now())).toBeLessThan(10_000);
    host.secrets.set(id, 'wrong');
    await accounts.update(id, form(), 'wrong');
    expect(code(await accounts.refreshBalance(id))).toBe('GATEWAY_AUTH');
    expect(accounts.list()[0]?.balance).toEqual({ ...balance, failed: 'GATEWAY_AUTH' });
  });

  it('tells listeners of a new price once', async () => {
    const { accounts, added } = setUp();
    const { id } = await added();
    let told = 0;
    onTestFinished(accounts.onChange(() => told++));
    const learned = { operator: null, class: null, pricePerPart: { micros: 250_000, currency: 'BDT' } };
    accounts.notePrice(id, learned);
    accounts.notePrice(id, learned);
    expect(told).toBe(1);
    expect(accounts.get(id)?.pricePerPart).toEqual({ micros: 250_000, currency: 'BDT' });
  });

  it('remembers what a part cost by operator and by class', async () => {
    const { accounts, added } = setUp();
    const { id } = await added();
    const price = (micros: number) => ({ micros, currency: 'BDT' });
    accounts.notePrice(id, { operator: 'Robi', class: 'promotional', pricePerPart: price(300_000) });
    accounts.notePrice(id, { operator: 'Robi', class: null, pricePerPart: price(200_000) });
    accounts.notePrice(id, { operator: null, class: 'transactional', pricePerPart: price(100_000) });
    expect(accounts.accessFor('real').prices(id)).toEqual([
      { operator: null, class: 'promotional', pricePerPart: price(300_000) },
      { operator: null, class: 'transactional', pricePerPart: price(100_000) },
      { operator: 'Robi', class: null, pricePerPart: price(200_000) },
      { operator: 'Robi', class: 'promotional', pricePerPart: price(300_000) },
    ]);
    expect(accounts.get(id)?.pricePerPart).toEqual(price(100_000));
  });

  it('shows each space its own accounts', async () => {
    const { accounts, added } = setUp();
    const { id } = await added();
    expect(accounts.accessFor('real').active()).toMatchObject([{ id }]);
    expect(accounts.accessFor('practice').active()).toMatchObject([{ id: PRACTICE_ACCOUNT_ID }]);
  });

  it('does not bring the engine down when the disk is full', async () => {
    const { accounts, added, stores } = setUp();
    const { id } = await added();
    stores.real.db.exec('PRAGMA query_only = 1');
    expect(code(await accounts.refreshBalance(id))).toBe('STORE_READONLY');
    stores.real.db.exec('PRAGMA query_only = 0');
    expect(code(await accounts.refreshBalance(id))).toBe('ok');
  });

  it('stops at once while a gateway keeps it waiting', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.closeAllConnections());
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : null;
    const { accounts, added } = setUp();
    const { id } = await added({ serverAddress: `http://127.0.0.1:${port}` });
    const asked = new Promise((resolve) => silent.once('request', resolve));
    const waiting = accounts.refreshBalance(id);
    await asked;
    await accounts.close();
    expect(code(await waiting)).toBe('NOT_POSSIBLE_NOW');
    expect(accounts.get(id)?.balance.failed).toBeNull();
  });
});
