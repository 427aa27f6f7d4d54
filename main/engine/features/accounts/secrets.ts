import { appError, type AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { SecretState } from '#shared/ipc/accounts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { Secret } from '../../../logging/secret.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { EngineHost } from '../../host.ts';

/** How long a password stays in this process's memory after the vault gave it, in ms. A campaign asks once a minute. */
export const SECRET_KEPT_MS = 60_000;

/** Passwords as the engine has them: asked of the vault when a request needs one, kept for a minute, never stored. */
export type Secrets = {
  /** `PASSWORD_MISSING` when none was ever saved; `VAULT_LOCKED`, `VAULT_UNAVAILABLE`. */
  get(id: AccountId): Promise<Result<Secret, AppError>>;
  set(id: AccountId, secret: Secret): Promise<Result<null, AppError>>;
  forget(id: AccountId): Promise<Result<null, AppError>>;
  /** What the last look found; `unasked` before the first. */
  state(id: AccountId): SecretState;
  /** Drops everything that is in memory. */
  clear(): void;
};

/** `onState` is called when {@link Secrets.state} of an account changed. */
export function createSecrets(
  vault: EngineHost['secrets'],
  clock: Clock,
  onState: (id: AccountId) => void,
): Secrets {
  const kept = new Map<AccountId, { readonly secret: Secret; readonly timer: Timer }>();
  const asking = new Map<AccountId, Promise<Result<Secret, AppError>>>();
  const states = new Map<AccountId, SecretState>();

  const setState = (id: AccountId, state: SecretState) => {
    if (states.get(id) === state) return;
    states.set(id, state);
    onState(id);
  };
  const drop = (id: AccountId) => {
    kept.get(id)?.timer.cancel();
    kept.delete(id);
  };
  const keep = (id: AccountId, secret: Secret) => {
    drop(id);
    kept.set(id, { secret, timer: clock.after(SECRET_KEPT_MS, () => drop(id)) });
  };

  async function ask(id: AccountId): Promise<Result<Secret, AppError>> {
    const found = await vault.get(id);
    if (!found.ok) {
      // A locked keyring says nothing about what is in it.
      setState(id, 'unreadable');
      return found;
    }
    if (found.value.secret === null) {
      setState(id, 'absent');
      return err(appError('PASSWORD_MISSING'));
    }
    const secret = new Secret(found.value.secret);
    setState(id, found.value.kept === 'session' ? 'session-only' : 'present');
    keep(id, secret);
    return ok(secret);
  }

  return {
    async get(id) {
      const known = kept.get(id);
      if (known) return ok(known.secret);
      // Requests that start together ask the vault, and perhaps the user, once.
      const running = asking.get(id) ?? ask(id);
      asking.set(id, running);
      try {
        return await running;
      } finally {
        asking.delete(id);
      }
    },
    async set(id, secret) {
      const saved = await vault.set(id, secret.reveal());
      if (!saved.ok) return saved;
      setState(id, saved.value === 'session' ? 'session-only' : 'present');
      keep(id, secret);
      return ok(null);
    },
    async forget(id) {
      const forgotten = await vault.forget(id);
      if (!forgotten.ok) return forgotten;
      drop(id);
      setState(id, 'absent');
      return ok(null);
    },
    state: (id) => states.get(id) ?? 'unasked',
    clear() {
      for (const id of [...kept.keys()]) drop(id);
    },
  };
}
