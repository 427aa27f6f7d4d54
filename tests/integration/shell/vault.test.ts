import { describe, expect, it } from 'vitest';
import type { VaultMode } from '#shared/ipc/shell.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { createKeychain } from '../../../main/shell/keychain.ts';
import { createVault } from '../../../main/shell/vault.ts';
import { fakeKeychain } from './fake-keychain.ts';

const ACCOUNT = '7d3f8a52-4b57-4f6e-9c1d-2a60b7f0c111';

function open(platform: NodeJS.Platform = 'linux') {
  const fake = fakeKeychain();
  let chosen: VaultMode = 'keychain';
  const vault = createVault({
    keychain: createKeychain({ load: fake.load, service: 'Test', limitMs: 50 }),
    mode: { get: () => chosen, set: (mode) => (chosen = mode) },
    platform,
    log: nullLog,
  });
  return { fake, vault };
}

describe('the vault', () => {
  it('keeps a password in the keychain and says so', async () => {
    const { vault } = open();
    expect(await vault.set(ACCOUNT, 's3cret')).toEqual({ ok: true, value: { kept: 'keychain' } });
    expect(await vault.get(ACCOUNT)).toEqual({ ok: true, value: { secret: 's3cret', kept: 'keychain' } });
    await vault.forget(ACCOUNT);
    expect(await vault.get(ACCOUNT)).toEqual({ ok: true, value: { secret: null, kept: 'nowhere' } });
  });

  it('does not take the silence of a locked keyring for a password that was removed', async () => {
    const { fake, vault } = open('linux');
    await vault.set(ACCOUNT, 's3cret');
    fake.become('locked');
    expect(await vault.get(ACCOUNT)).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
  });

  it('never falls back to memory by itself', async () => {
    const { fake, vault } = open();
    fake.become('broken');
    expect(await vault.set(ACCOUNT, 's3cret')).toMatchObject({
      ok: false,
      error: { code: 'VAULT_UNAVAILABLE' },
    });
    fake.become('open');
    expect(await vault.get(ACCOUNT)).toEqual({ ok: true, value: { secret: null, kept: 'nowhere' } });
  });

  it('leaves the keychain alone in session mode', async () => {
    const { fake, vault } = open();
    vault.setMode('session');
    expect(await vault.set(ACCOUNT, 's3cret')).toEqual({ ok: true, value: { kept: 'session' } });
    expect(await vault.get(ACCOUNT)).toEqual({ ok: true, value: { secret: 's3cret', kept: 'session' } });
    expect(fake.loads()).toBe(0);
  });

  it('moves no password when the mode changes', async () => {
    const { fake, vault } = open();
    await vault.set(ACCOUNT, 'in the keychain');
    vault.setMode('session');
    expect(await vault.get(ACCOUNT)).toEqual({ ok: true, value: { secret: null, kept: 'nowhere' } });
    await vault.set(ACCOUNT, 'in memory');
    vault.setMode('keychain');
    expect(await vault.get(ACCOUNT)).toEqual({
      ok: true,
      value: { secret: 'in the keychain', kept: 'keychain' },
    });
    expect([...fake.entries.values()]).toEqual(['in the keychain']);
  });

  it('forgets a password in both places', async () => {
    const { fake, vault } = open();
    await vault.set(ACCOUNT, 'older');
    vault.setMode('session');
    await vault.set(ACCOUNT, 'newer');
    await vault.forget(ACCOUNT);
    expect(fake.entries.size).toBe(0);
    expect(await vault.get(ACCOUNT)).toEqual({ ok: true, value: { secret: null, kept: 'nowhere' } });
  });

  it('lets an account go in session mode where there is no keychain', async () => {
    const { fake, vault } = open();
    vault.setMode('session');
    fake.become('broken');
    expect(await vault.forget(ACCOUNT)).toEqual({ ok: true, value: null });
  });

  it('names the fix when the self-test fails', async () => {
    const { fake, vault } = open('linux');
    expect(await vault.selfTest()).toEqual({ ok: true });
    fake.become('broken');
    expect(await vault.selfTest()).toMatchObject({
      ok: false,
      code: 'VAULT_UNAVAILABLE',
      fix: 'linux-secret-service',
    });
  });
});
