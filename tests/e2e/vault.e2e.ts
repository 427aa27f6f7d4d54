import { randomBytes } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import keytar from 'keytar';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launchApp, temporaryFolder } from './support/app.ts';

import { takePorts, type RawPorts } from './support/raw-ports.ts';
import { filesHolding } from './support/secret-search.ts';
import { lockedKeyringBus, NO_KEYCHAIN } from './support/session-bus.ts';

const SERVICE = 'MiM SMS Desktop';
const FORM = {
  name: 'Clinic',
  protocol: 'rest-json',
  options: {},
  serverAddress: 'https://sms.example.com',
  allowHttp: false,
  userName: 'clinic',
  senders: ['CLINIC'],
};

/** A password that stands nowhere else, so that finding it in a file proves a leak. */
const canary = () => `canary-${randomBytes(12).toString('hex')}`;

const login = (password: string) => ({ user: FORM.userName, password });

const addAccount = (ports: RawPorts, password: string, name = FORM.name) =>
  ports.call('engine', '/accounts/add', { form: { ...FORM, name }, password });

/** What the keychain of this session holds for the app, seen from outside it. */
const kept = async () => (await keytar.findCredentials(SERVICE)).map((entry) => entry.password);

function emptyKeychainAfterwards(): void {
  onTestFinished(async () => {
    for (const { account } of await keytar.findCredentials(SERVICE))
      await keytar.deletePassword(SERVICE, account);
  });
}

describe('with a keychain', () => {
  it('a password goes there, can be changed and is removed with its account, and stands in no file', async () => {
    emptyKeychainAfterwards();
    const { page, userData, close } = await launchApp();
    const ports = await takePorts(page);
    const [first, second] = [canary(), canary()];

    const added = await addAccount(ports, first);
    expect(added).toMatchObject({ status: 200, body: { secret: 'present' } });
    expect(JSON.stringify(added)).not.toContain(first);
    expect(await kept()).toEqual([first]);

    const { id } = added?.body as { id: string };
    await ports.call('engine', '/accounts/update', { id, form: FORM, password: second });
    expect(await kept()).toEqual([second]);
    // Uses the password: the address answers nobody, and what is written about that must not hold it.
    await ports.call('engine', '/accounts/refreshBalance', { id });

    expect(await ports.call('engine', '/accounts/remove', { id })).toMatchObject({ status: 200 });
    expect(await kept()).toEqual([]);
    await close();
    expect(filesHolding(userData, login(first))).toEqual([]);
    expect(filesHolding(userData, login(second))).toEqual([]);
    expect(filesHolding(userData, login('sms.example.com'))).not.toEqual([]);
  });

  it('a password is still there after a restart', async () => {
    emptyKeychainAfterwards();
    const userData = temporaryFolder();
    const password = canary();
    const first = await launchApp({ userData });
    const added = await addAccount(await takePorts(first.page), password);
    await first.close();

    const { page } = await launchApp({ userData });
    const ports = await takePorts(page);
    const { id } = added?.body as { id: string };
    // The gateway cannot be reached; without a password the answer would be PASSWORD_MISSING.
    expect(await ports.call('engine', '/accounts/refreshBalance', { id })).toMatchObject({
      body: { code: 'GATEWAY_UNREACHABLE' },
    });
  });

  it('the self-test says so and leaves nothing behind', async () => {
    const { page } = await launchApp();
    const ports = await takePorts(page);
    expect(await ports.call('shell', '/vault/selfTest')).toMatchObject({ body: { ok: true } });
    expect(await kept()).toEqual([]);
  });

  it('is not touched by a start', async () => {
    const running = await launchApp({ env: NO_KEYCHAIN });
    const ports = await takePorts(running.page);
    expect(await ports.call('engine', '/accounts/list')).toMatchObject({ status: 200 });
    expect(running.logs()).not.toContain('VAULT_');
  });
});

describe.runIf(process.platform === 'linux')('without a keychain', () => {
  it('says what is missing and how to get it, and saves no account', async () => {
    const { page, userData, close } = await launchApp({ env: NO_KEYCHAIN });
    const ports = await takePorts(page);
    const password = canary();

    expect(await ports.call('shell', '/vault/selfTest')).toMatchObject({
      body: { ok: false, code: 'VAULT_UNAVAILABLE', fix: 'linux-secret-service' },
    });
    expect(await addAccount(ports, password)).toMatchObject({ body: { code: 'VAULT_UNAVAILABLE' } });
    expect(await ports.call('engine', '/accounts/list')).not.toMatchObject({
      body: [{ name: FORM.name }, {}],
    });
    expect(await ports.call('shell', '/vault/mode')).toMatchObject({ body: 'keychain' });
    await close();
    expect(filesHolding(userData, login(password))).toEqual([]);
  });

  it('keeps a password in memory when the user chooses that, on no disk, and forgets it with the program', async () => {
    const userData = temporaryFolder();
    const password = canary();
    const first = await launchApp({ userData, env: NO_KEYCHAIN });
    const ports = await takePorts(first.page);
    expect(await ports.call('shell', '/vault/setMode', { mode: 'session' })).toMatchObject({
      body: 'session',
    });
    const added = await addAccount(ports, password);
    expect(added).toMatchObject({ status: 200, body: { secret: 'session-only' } });
    const { id } = added?.body as { id: string };
    expect(await ports.call('engine', '/accounts/refreshBalance', { id })).toMatchObject({
      body: { code: 'GATEWAY_UNREACHABLE' },
    });
    await first.close();
    expect(filesHolding(userData, login(password))).toEqual([]);

    const second = await launchApp({ userData, env: NO_KEYCHAIN });
    const later = await takePorts(second.page);
    expect(await later.call('shell', '/vault/mode')).toMatchObject({ body: 'session' });
    expect(await later.call('engine', '/accounts/refreshBalance', { id })).toMatchObject({
      body: { code: 'PASSWORD_MISSING' },
    });
  });

  it('takes a keyring that nobody opens for locked, and still ends at once', async () => {
    const { page, child, close } = await launchApp({ env: await lockedKeyringBus() });
    const ports = await takePorts(page);
    expect(await ports.call('shell', '/vault/selfTest')).toMatchObject({
      body: { ok: false, code: 'VAULT_LOCKED', fix: 'unlock-keyring' },
    });
    const asked = performance.now();
    await close();
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(child.exitCode ?? child.signalCode).not.toBeNull();
  });
});

describe('the search for the canary', () => {
  it('would find it', () => {
    const folder = temporaryFolder();
    const password = canary();
    writeFileSync(path.join(folder, 'plain'), `{"password":"${password}"}`);
    writeFileSync(path.join(folder, 'wide'), Buffer.from(password, 'utf16le'));
    writeFileSync(path.join(folder, 'basic'), Buffer.from(`clinic:${password}`).toString('base64'));
    writeFileSync(path.join(folder, 'nothing'), 'x');
    expect(
      filesHolding(folder, login(password))
        .map((file) => path.basename(file))
        .sort(),
    ).toEqual(['basic', 'plain', 'wide']);
    expect(readdirSync(folder)).toHaveLength(4);
  });
});
