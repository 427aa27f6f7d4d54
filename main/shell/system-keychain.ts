import { createKeychain, type Keychain } from './keychain.ts';

/** The name under which the system lists the passwords of this program. */
const SERVICE = 'MiM SMS Desktop';

/** Time for one question, in ms: the user may have to answer a prompt of the system. */
const LIMIT_MS = 20_000;

/** The keychain of this computer: Credential Manager, Keychain or a Secret Service. Its native module is loaded at the first question. */
export const systemKeychain = (): Keychain =>
  createKeychain({
    load: async () => (await import('keytar')).default,
    service: SERVICE,
    limitMs: LIMIT_MS,
  });
