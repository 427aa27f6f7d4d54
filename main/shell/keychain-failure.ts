import type { VaultTest } from '#shared/ipc/shell.ts';

/** Why the keychain cannot be used now. `detail` is what the system said; it holds no secret. */
export type KeychainFailure = {
  readonly code: 'VAULT_UNAVAILABLE' | 'VAULT_LOCKED';
  readonly detail: string;
};

/**
 * What a keychain says when it is there but closed: libsecret and gnome-keyring (`locked`, a dismissed prompt), macOS
 * (`errSecInteractionNotAllowed`, `errSecAuthFailed`, `userCanceled`), or a service without any keyring that
 * could be opened. Everything else means that there is none to talk to.
 */
const LOCKED =
  /locked|dismissed|cancell?ed|interaction is not allowed|passphrase you entered|timed? ?out|Object does not exist at path/iu;

/** Tells a closed keychain from a missing one by what the system said. */
export function classifyKeychainError(error: unknown): KeychainFailure {
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  return { code: LOCKED.test(detail) ? 'VAULT_LOCKED' : 'VAULT_UNAVAILABLE', detail };
}

type Fix = Extract<VaultTest, { ok: false }>['fix'];

/** The help text that says what to install or to unlock on this system. */
export function fixFor(code: KeychainFailure['code'], platform: NodeJS.Platform): Fix {
  if (platform === 'darwin') return 'macos-keychain';
  if (platform === 'win32') return 'windows-credential-manager';
  return code === 'VAULT_LOCKED' ? 'unlock-keyring' : 'linux-secret-service';
}
