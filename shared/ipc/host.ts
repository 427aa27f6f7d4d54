import * as v from 'valibot';
import { AccountId } from '../ids.ts';
import { call, FileHandle } from './base.ts';

/** What a look into the vault found. A locked keyring is an error, never `absent`. */
export const SecretLookup = v.object({
  secret: v.nullable(v.string()),
  kept: v.picklist(['keychain', 'session', 'nowhere']),
});
export type SecretLookup = v.InferOutput<typeof SecretLookup>;

/**
 * What the engine may ask of the main process. This port is never given to a page: it is the only way on which a
 * secret travels.
 */
export const hostContract = {
  secrets: {
    get: call('VAULT_UNAVAILABLE', 'VAULT_LOCKED')
      .input(v.object({ accountId: AccountId }))
      .output(SecretLookup),
    set: call('VAULT_UNAVAILABLE', 'VAULT_LOCKED')
      .input(v.object({ accountId: AccountId, secret: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) }))
      .output(v.object({ kept: v.picklist(['keychain', 'session']) })),
    forget: call('VAULT_UNAVAILABLE', 'VAULT_LOCKED')
      .input(v.object({ accountId: AccountId }))
      .output(v.null()),
  },
  practice: {
    /** Starts the practice gateway when it is not running yet, and says where it listens and with which password. */
    ensure: call('PRACTICE_NOT_RUNNING').output(
      v.object({ url: v.string(), smppUrl: v.string(), userName: v.string(), password: v.string() }),
    ),
  },
  files: {
    /** Where a file is that the user chose. `write` names the place of a file to be made. Never shown to a page. */
    resolve: call('NOT_FOUND')
      .input(v.object({ handle: FileHandle, mode: v.picklist(['read', 'write']) }))
      .output(v.object({ path: v.string(), name: v.string() })),
  },
  power: {
    /** Keeps the computer awake while `on`; said again whenever it changes. */
    keepAwake: call()
      .input(v.object({ on: v.boolean() }))
      .output(v.null()),
  },
};
