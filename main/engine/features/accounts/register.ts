import { randomUUID } from 'node:crypto';
import { appError, type AppError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, type AccountId } from '#shared/ids.ts';
import type { AccountForm } from '#shared/ipc/accounts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import { Secret } from '../../../logging/secret.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { Connections } from './connections.ts';
import { checkForm, passwordNeeded } from './form.ts';
import type { AccountQueries, AccountRow } from './queries.ts';
import type { Secrets } from './secrets.ts';

/** What {@link createRegister} stands on. `present` gives an account of any space that was not removed. */
type RegisterDeps = {
  readonly store: Store;
  readonly queries: AccountQueries;
  readonly present: (id: AccountId) => AccountRow | null;
  readonly secrets: Secrets;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: () => void;
};

const nameTaken = () => err(appError('ACCOUNT_NAME_TAKEN', { field: 'name' }));

/**
 * The changes that a user makes to real accounts. A row and its password change together or not at all, although one is in the
 * store and the other in the vault.
 */
export function createRegister(deps: RegisterDeps) {
  const { store, queries: real, present, secrets, connections, clock, log, changed } = deps;

  async function add(form: AccountForm, password: string): Promise<Result<AccountId, AppError>> {
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const { fields } = checked.value;
    if (real.nameTaken(fields.name, null)) return nameTaken();
    const id = randomUUID();
    const saved = await secrets.set(id, new Secret(password));
    if (!saved.ok) return saved;
    let added = false;
    try {
      added = store.transaction(() => {
        // Asked again: another call may have taken the name while the vault was waited for.
        if (real.nameTaken(fields.name, null)) return false;
        const isFirst = real.active().length === 0;
        real.insert(id, fields, clock.now());
        if (isFirst) real.setDefault(id);
        return true;
      });
    } finally {
      // A password without its account would stay behind unseen.
      if (!added) await secrets.forget(id);
    }
    if (!added) return nameTaken();
    log.info('accounts.added', { account: id, protocol: fields.protocol });
    changed();
    return ok(id);
  }

  async function update(
    id: AccountId,
    form: AccountForm,
    password: string | undefined,
  ): Promise<Result<{ readonly reconnects: boolean }, AppError>> {
    if (id === PRACTICE_ACCOUNT_ID) return err(appError('PRACTICE_ACCOUNT_FIXED'));
    const account = present(id);
    if (!account) return err(appError('NOT_FOUND'));
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const { fields, origin } = checked.value;
    if (real.nameTaken(fields.name, id)) return nameTaken();
    const refused = passwordNeeded(account, origin, password);
    if (refused) return err(refused);

    // Requests under way, and messages whose fate only the present server can tell, stay with the server, the user and the
    // protocol they went by.
    const reconnects =
      fields.serverAddress !== account.serverAddress ||
      fields.userName !== account.userName ||
      fields.allowHttp !== account.allowHttp ||
      fields.protocol !== account.protocol ||
      JSON.stringify(fields.options) !== JSON.stringify(account.options);
    const onTheirWay = reconnects ? real.unsettledMessages(id) : 0;
    if (onTheirWay > 0) return err(appError('ACCOUNT_IN_USE', { actual: onTheirWay }));
    // Let go before the password changes, so that the new one can never go to the old server.
    if (reconnects) await connections.drop(id);

    let before: Secret | null = null;
    if (password !== undefined) {
      const known = await secrets.get(id);
      if (!known.ok && known.error.code !== 'PASSWORD_MISSING') return known;
      before = known.ok ? known.value : null;
      const saved = await secrets.set(id, new Secret(password));
      if (!saved.ok) return saved;
    }
    let updated = false;
    try {
      updated = store.transaction(() => {
        if (real.nameTaken(fields.name, id) || !present(id)) return false;
        real.update(id, fields);
        if (reconnects) real.setPath(id, null);
        return true;
      });
    } finally {
      // The account stayed as it was, so its password does too.
      if (!updated && password !== undefined) {
        await (before && present(id) ? secrets.set(id, before) : secrets.forget(id));
      }
    }
    if (!updated)
      return err(present(id) ? appError('ACCOUNT_NAME_TAKEN', { field: 'name' }) : appError('NOT_FOUND'));
    if (reconnects) await connections.drop(id);
    log.info('accounts.updated', { account: id, newPassword: password !== undefined });
    changed();
    return ok({ reconnects });
  }

  async function remove(id: AccountId): Promise<Result<null, AppError>> {
    if (id === PRACTICE_ACCOUNT_ID) return err(appError('PRACTICE_ACCOUNT_FIXED'));
    const account = present(id);
    if (!account) return err(appError('NOT_FOUND'));
    // Removed first, so that no message can be queued while the vault is waited for.
    const openMessages = store.transaction(() => {
      const open = real.openMessages(id);
      if (open === 0) real.setRemoved(id, clock.now());
      return open;
    });
    if (openMessages > 0) return err(appError('ACCOUNT_IN_USE', { actual: openMessages }));
    const forgotten = await secrets.forget(id);
    store.transaction(() => {
      if (!forgotten.ok) real.setRemoved(id, null);
      const next = forgotten.ok ? real.active()[0] : account;
      if (account.isDefault) real.setDefault(next?.id ?? null);
    });
    if (!forgotten.ok) return forgotten;
    await connections.drop(id);
    log.info('accounts.removed', { account: id });
    changed();
    return ok(null);
  }

  function setDefault(id: AccountId): Result<null, AppError> {
    if (!present(id)) return err(appError('NOT_FOUND'));
    store.transaction(() => real.setDefault(id === PRACTICE_ACCOUNT_ID ? null : id));
    changed();
    return ok(null);
  }

  return { add, update, remove, setDefault };
}
