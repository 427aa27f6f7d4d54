import { randomBytes, randomUUID } from 'node:crypto';
import { err, ok, type Result } from '#shared/result.ts';
import { classifyKeychainError, type KeychainFailure } from './keychain-failure.ts';

/** The three calls of `keytar` that are used. `service` and `account` name an entry. */
export type KeychainCalls = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

/** The system's keychain with one entry for each account. No call throws. */
export type Keychain = {
  /** `null` means that nothing came back: on Linux that may also be a locked keyring. */
  read(account: string): Promise<Result<string | null, KeychainFailure>>;
  write(account: string, secret: string): Promise<Result<null, KeychainFailure>>;
  /** Removing what is not there is a success. */
  remove(account: string): Promise<Result<null, KeychainFailure>>;
  /** Writes, reads back and deletes a random entry: only this shows that the keychain is there and open. */
  selfTest(): Promise<Result<null, KeychainFailure>>;
  /** Whether a question is with the system right now. Such a process cannot end by itself: a thread of it waits. */
  waits(): boolean;
};

/** How a {@link Keychain} is made. */
export type KeychainOptions = {
  /** Loads the native module. Called when a secret is first needed, not before. */
  readonly load: () => Promise<KeychainCalls>;
  /** The name under which the system shows the entries. */
  readonly service: string;
  /** Time for one call, in ms. A keyring may show a prompt that nobody answers. */
  readonly limitMs: number;
};

/**
 * Makes a {@link Keychain} that asks one thing at a time. A call that runs out of time is still under way inside the
 * system and occupies a thread of the process; until it ends, every further one is refused instead of occupying the next.
 */
export function createKeychain({ load, service, limitMs }: KeychainOptions): Keychain {
  let underway: Promise<unknown> = Promise.resolve();
  let asked = 0;
  let hangs = false;

  const ask = <T>(question: (calls: KeychainCalls) => Promise<T>): Promise<Result<T, KeychainFailure>> => {
    const turn = underway.then(async (): Promise<Result<T, KeychainFailure>> => {
      if (hangs)
        return err({ code: 'VAULT_LOCKED', detail: 'an earlier request still waits for the keychain' });
      asked += 1;
      return withinLimit(
        load()
          .then(question)
          .finally(() => (asked -= 1)),
      );
    });
    underway = turn;
    return turn;
  };

  const withinLimit = async <T>(answer: Promise<T>): Promise<Result<T, KeychainFailure>> => {
    const settled = answer.then<Result<T, KeychainFailure>, Result<T, KeychainFailure>>(
      ok,
      (error: unknown) => err(classifyKeychainError(error)),
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Result<T, KeychainFailure>>((resolve) => {
      timer = setTimeout(() => {
        hangs = true;
        void settled.then(() => (hangs = false));
        resolve(err({ code: 'VAULT_LOCKED', detail: `no answer from the keychain in ${limitMs / 1000} s` }));
      }, limitMs);
    });
    try {
      return await Promise.race([settled, late]);
    } finally {
      clearTimeout(timer);
    }
  };

  const read: Keychain['read'] = (account) => ask((calls) => calls.getPassword(service, account));
  const write: Keychain['write'] = (account, secret) =>
    ask((calls) => calls.setPassword(service, account, secret).then(() => null));
  const remove: Keychain['remove'] = (account) =>
    ask((calls) => calls.deletePassword(service, account).then(() => null));

  return {
    read,
    write,
    remove,
    waits: () => asked > 0,
    async selfTest() {
      const account = `self-test-${randomUUID()}`;
      const canary = randomBytes(16).toString('hex');
      const written = await write(account, canary);
      if (!written.ok) return written;
      const found = await read(account);
      const removed = await remove(account);
      if (!found.ok) return found;
      if (found.value === null)
        return err({ code: 'VAULT_LOCKED', detail: 'a written entry cannot be read back' });
      if (found.value !== canary)
        return err({ code: 'VAULT_UNAVAILABLE', detail: 'another value came back' });
      return removed;
    },
  };
}
