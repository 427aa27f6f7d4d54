import { describe, expect, it } from 'vitest';
import { createKeychain } from '../../../main/shell/keychain.ts';
import { fakeKeychain } from './fake-keychain.ts';

const LIMIT_MS = 30;

function open() {
  const fake = fakeKeychain();
  return { fake, keychain: createKeychain({ load: fake.load, service: 'Test', limitMs: LIMIT_MS }) };
}

describe('the keychain', () => {
  it('is not touched before it is asked', async () => {
    const { fake, keychain } = open();
    expect(fake.loads()).toBe(0);
    await keychain.read('a');
    expect(fake.loads()).toBe(1);
  });

  it('keeps, gives and forgets', async () => {
    const { keychain } = open();
    await keychain.write('a', 'পাসওয়ার্ড "quoted"');
    expect(await keychain.read('a')).toEqual({ ok: true, value: 'পাসওয়ার্ড "quoted"' });
    await keychain.remove('a');
    expect(await keychain.read('a')).toEqual({ ok: true, value: null });
    expect(await keychain.remove('a')).toEqual({ ok: true, value: null });
  });

  it('leaves nothing behind after its self-test', async () => {
    const { fake, keychain } = open();
    expect(await keychain.selfTest()).toEqual({ ok: true, value: null });
    expect(fake.entries.size).toBe(0);
  });

  it('says whether it is closed or missing', async () => {
    const { fake, keychain } = open();
    fake.become('locked');
    expect(await keychain.selfTest()).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    fake.become('broken');
    expect(await keychain.selfTest()).toMatchObject({ ok: false, error: { code: 'VAULT_UNAVAILABLE' } });
  });

  it('gives up on a prompt that nobody answers, and occupies no second thread meanwhile', async () => {
    const { fake, keychain } = open();
    fake.become('hanging');
    const [first, second] = await Promise.all([keychain.read('a'), keychain.write('b', 'x')]);
    expect(first).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    expect(second).toMatchObject({ ok: false, error: { code: 'VAULT_LOCKED' } });
    expect(fake.loads()).toBe(1);
    expect(keychain.waits()).toBe(true);

    fake.become('open');
    fake.release();
    await expect.poll(() => keychain.waits()).toBe(false);
    expect(await keychain.read('a')).toEqual({ ok: true, value: null });
  });
});
