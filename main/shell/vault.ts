import type { AccountId } from '#shared/ids.ts';
import type { SecretLookup } from '#shared/ipc/host.ts';
import type { VaultMode, VaultTest } from '#shared/ipc/shell.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Log } from '../logging/log.ts';
import { fixFor, type KeychainFailure } from './keychain-failure.ts';
import type { Keychain } from './keychain.ts';

/** The passwords of the accounts. Only the engine's host port leads here; no page can read one. */
export type Vault = {
  get(accountId: AccountId): Promise<Result<SecretLookup, KeychainFailure>>;
  set(accountId: AccountId, secret: string): Promise<Result<{ readonly kept: VaultMode }, KeychainFailure>>;
  forget(accountId: AccountId): Promise<Result<null, KeychainFailure>>;
  mode(): VaultMode;
  /** Chosen by the user alone. What is kept in one place stays there: nothing is moved to the other. */
  setMode(mode: VaultMode): void;
  /** Tests the keychain, whichever mode is chosen. */
  selfTest(): Promise<VaultTest>;
};

/** How a {@link Vault} is made. */
export type VaultOptions = {
  readonly keychain: Keychain;
  /** Where the chosen mode is remembered. */
  readonly mode: { get(): VaultMode; set(mode: VaultMode): void };
  readonly platform: NodeJS.Platform;
  readonly log: Log;
};

/** Makes the vault. Passwords of the session mode are in memory only and gone with the program. */
export function createVault({ keychain, mode, platform, log }: VaultOptions): Vault {
  const session = new Map<AccountId, string>();

  const fromKeychain = async (accountId: AccountId): Promise<Result<SecretLookup, KeychainFailure>> => {
    const found = await keychain.read(accountId);
    if (!found.ok) return found;
    if (found.value !== null) return ok({ secret: found.value, kept: 'keychain' });
    // A locked keyring on Linux answers like an empty one: only a round trip shows that nothing is kept there.
    const readable = platform === 'linux' ? await keychain.selfTest() : ok(null);
    return readable.ok ? ok({ secret: null, kept: 'nowhere' }) : readable;
  };

  return {
    async get(accountId) {
      if (mode.get() === 'keychain') return fromKeychain(accountId);
      const secret = session.get(accountId);
      return ok(secret === undefined ? { secret: null, kept: 'nowhere' } : { secret, kept: 'session' });
    },
    async set(accountId, secret) {
      if (mode.get() === 'session') {
        session.set(accountId, secret);
        return ok({ kept: 'session' });
      }
      const written = await keychain.write(accountId, secret);
      return written.ok ? ok({ kept: 'keychain' }) : written;
    },
    async forget(accountId) {
      session.delete(accountId);
      const removed = await keychain.remove(accountId);
      if (removed.ok || mode.get() === 'keychain') return removed;
      // An older password may stay in a keychain that is closed now. The user chose to do without it, so that is no
      // reason to keep the account.
      log.warn('vault.keychain-not-asked', { code: removed.error.code });
      return ok(null);
    },
    mode: () => mode.get(),
    setMode(next) {
      mode.set(next);
      log.info('vault.mode', { mode: next });
    },
    async selfTest() {
      const tested = await keychain.selfTest();
      if (tested.ok) return { ok: true };
      log.warn('vault.self-test', { code: tested.error.code, detail: tested.error.detail });
      return { ok: false, ...tested.error, fix: fixFor(tested.error.code, platform) };
    },
  };
}
