import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { appError, type AppError, type ErrorCode } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, spaceOf, type AccountId, type Space } from '#shared/ids.ts';
import { Protocol, type AccountForm, type AccountView, type BalanceView } from '#shared/ipc/accounts.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import { Secret } from '../../../logging/secret.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { EngineHost } from '../../host.ts';
import type { Store } from '../../store/store.ts';
import { createConnections, type CreateGateway } from './connections.ts';
import { checkForm, originOf } from './form.ts';
import { ensurePracticeAccount } from './practice-account.ts';
import { accountQueries, type AccountRow } from './queries.ts';
import { createSecrets } from './secrets.ts';

/** An account as the other features see it. */
export type AccountRecord = AccountRow;

/** The accounts of both spaces, their passwords and their connections. */
export type Accounts = ReturnType<typeof createAccounts>;

/** What {@link createAccounts} needs. */
export type AccountsDeps = {
  readonly stores: Readonly<Record<Space, Store>>;
  readonly host: EngineHost;
  readonly clock: Clock;
  readonly log: Log;
  readonly createGateway: CreateGateway;
};

/** Builds the accounts feature; the practice account is put into its store when it is not there yet. */
export function createAccounts(deps: AccountsDeps) {
  const { stores, host, clock, log } = deps;
  const real = accountQueries(stores.real.db);
  const practice = accountQueries(stores.practice.db);
  ensurePracticeAccount(stores.practice, practice, clock);
  const queriesOf = (id: AccountId) => (spaceOf(id) === 'practice' ? practice : real);

  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const secrets = createSecrets(host.secrets, clock, changed);
  const connections = createConnections({
    createGateway: deps.createGateway,
    secrets,
    practice: host.practice,
  });
  const refreshing = new Map<AccountId, Promise<Result<BalanceView, AppError>>>();

  const get = (id: AccountId): AccountRecord | null => queriesOf(id).get(id);
  const present = (id: AccountId): AccountRecord | null => {
    const account = get(id);
    return account && account.removedAt === null ? account : null;
  };
  /** Where no real account is the default, practice is: there is always exactly one. */
  const practiceIsDefault = () => !real.active().some((account) => account.isDefault);

  function view(account: AccountRow): AccountView {
    const isPractice = account.id === PRACTICE_ACCOUNT_ID;
    return {
      id: account.id,
      space: spaceOf(account.id),
      name: account.name,
      protocol: v.parse(Protocol, account.protocol),
      serverAddress: account.serverAddress,
      allowHttp: account.allowHttp,
      userName: account.userName,
      senders: [...account.senders],
      isDefault: isPractice ? practiceIsDefault() : account.isDefault,
      secret: isPractice ? 'present' : secrets.state(account.id),
      balance: account.balance,
      pricePerPart: account.pricePerPart,
    };
  }
  /** The view of an account that was just written. */
  function viewOf(id: AccountId): AccountView {
    const account = get(id);
    if (!account) throw new Error('An account that was just written is gone');
    return view(account);
  }

  async function gatewayFor(id: AccountId): Promise<Result<Gateway, AppError>> {
    const account = present(id);
    return account ? connections.open(account) : err(appError('NOT_FOUND'));
  }

  function noteBalance(id: AccountId, outcome: Money | ErrorCode): void {
    if (typeof outcome === 'string') queriesOf(id).setBalanceFailed(id, outcome);
    else queriesOf(id).setBalance(id, outcome, clock.now());
    changed();
  }

  async function askBalance(id: AccountId): Promise<Result<BalanceView, AppError>> {
    if (!present(id)) return err(appError('NOT_FOUND'));
    const gateway = await gatewayFor(id);
    const balance = gateway.ok ? await gateway.value.balance() : gateway;
    noteBalance(id, balance.ok ? balance.value : balance.error.code);
    return balance.ok ? ok(viewOf(id).balance) : balance;
  }

  function refreshBalance(id: AccountId): Promise<Result<BalanceView, AppError>> {
    const running = refreshing.get(id) ?? askBalance(id).finally(() => refreshing.delete(id));
    refreshing.set(id, running);
    return running;
  }

  async function add(form: AccountForm, password: string): Promise<Result<AccountView, AppError>> {
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const { fields } = checked.value;
    if (real.nameTaken(fields.name, null)) return err(appError('ACCOUNT_NAME_TAKEN', { field: 'name' }));
    const id = randomUUID();
    const saved = await secrets.set(id, new Secret(password));
    if (!saved.ok) return saved;
    let added = false;
    try {
      added = stores.real.transaction(() => {
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
    if (!added) return err(appError('ACCOUNT_NAME_TAKEN', { field: 'name' }));
    log.info('accounts.added', { account: id, protocol: fields.protocol });
    changed();
    return ok(viewOf(id));
  }

  async function update(
    id: AccountId,
    form: AccountForm,
    password: string | undefined,
  ): Promise<Result<AccountView, AppError>> {
    if (id === PRACTICE_ACCOUNT_ID) return err(appError('PRACTICE_ACCOUNT_FIXED'));
    const account = present(id);
    if (!account) return err(appError('NOT_FOUND'));
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const { fields, origin } = checked.value;
    if (real.nameTaken(fields.name, id)) return err(appError('ACCOUNT_NAME_TAKEN', { field: 'name' }));
    const refused = passwordNeeded(account, origin, password);
    if (refused) return err(refused);

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
      updated = stores.real.transaction(() => {
        if (real.nameTaken(fields.name, id) || !present(id)) return false;
        real.update(id, fields);
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
    await connections.drop(id);
    log.info('accounts.updated', { account: id, newPassword: password !== undefined });
    changed();
    return ok(viewOf(id));
  }

  async function remove(id: AccountId): Promise<Result<null, AppError>> {
    if (id === PRACTICE_ACCOUNT_ID) return err(appError('PRACTICE_ACCOUNT_FIXED'));
    const account = present(id);
    if (!account) return err(appError('NOT_FOUND'));
    // Removed first, so that no message can be queued while the vault is waited for.
    const openMessages = stores.real.transaction(() => {
      const open = real.openMessages(id);
      if (open === 0) real.setRemoved(id, clock.now());
      return open;
    });
    if (openMessages > 0) return err(appError('ACCOUNT_IN_USE', { actual: openMessages }));
    const forgotten = await secrets.forget(id);
    stores.real.transaction(() => {
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
    stores.real.transaction(() => real.setDefault(id === PRACTICE_ACCOUNT_ID ? null : id));
    changed();
    return ok(null);
  }

  async function test(
    id: AccountId | undefined,
    form: AccountForm,
    password: string | undefined,
  ): Promise<Result<{ balance: Money }, AppError>> {
    if (id === PRACTICE_ACCOUNT_ID) return balanceOf(await gatewayFor(id));
    const account = id === undefined ? null : present(id);
    if (id !== undefined && !account) return err(appError('NOT_FOUND'));
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const refused = passwordNeeded(account, checked.value.origin, password);
    if (refused) return err(refused);
    const { fields } = checked.value;
    const given = password === undefined ? null : new Secret(password);
    const gateway = deps.createGateway(
      {
        serverAddress: fields.serverAddress,
        allowHttp: fields.allowHttp,
        credentials: async () => {
          const secret = given
            ? ok(given)
            : account
              ? await secrets.get(account.id)
              : err(appError('PASSWORD_MISSING'));
          return secret.ok ? ok({ userName: fields.userName, password: secret.value.reveal() }) : secret;
        },
      },
      { protocol: fields.protocol, recipientsPerRequest: null },
    );
    try {
      return await balanceOf(ok(gateway));
    } finally {
      await gateway.close();
    }
  }

  return {
    /** Also answers for a removed account, whose history stays. */
    get,
    /** All accounts that were not removed: real ones oldest first, practice last. */
    list: (): AccountView[] => [...real.active(), ...practice.active()].map(view),
    add,
    update,
    remove,
    setDefault,
    test,
    /** Asks the gateway for the balance and remembers it, or why it could not be had. Calls at the same time ask once. */
    refreshBalance,
    gatewayFor,
    /** Remembers what one part cost. */
    notePrice(id: AccountId, pricePerPart: Money): void {
      const known = get(id)?.pricePerPart;
      if (known?.micros === pricePerPart.micros && known.currency === pricePerPart.currency) return;
      queriesOf(id).setPrice(id, pricePerPart);
      changed();
    },
    /** Remembers a balance that came with something else, or the code of a failure. */
    noteBalance,
    /** Calls `listener` after each change of any account until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** What the other features of one space stand on. */
    accessFor(space: Space): AccountAccess {
      const active = space === 'practice' ? practice.active : real.active;
      return { get, active, gatewayFor, notePrice: this.notePrice, refreshBalance };
    },
    /** Lets connections and passwords go. */
    async close(): Promise<void> {
      secrets.clear();
      await connections.close();
    },
  };
}

/**
 * A stored password is only ever sent to the server that it was typed for: whoever changes the address has to know the
 * password.
 */
function passwordNeeded(
  account: AccountRow | null,
  origin: string,
  password: string | undefined,
): AppError | null {
  if (password !== undefined) return null;
  if (account && originOf(account.serverAddress) === origin) return null;
  return appError(
    'PASSWORD_MISSING',
    account ? { field: 'password', detail: 'server-changed' } : { field: 'password' },
  );
}

async function balanceOf(gateway: Result<Gateway, AppError>): Promise<Result<{ balance: Money }, AppError>> {
  if (!gateway.ok) return gateway;
  const balance = await gateway.value.balance();
  return balance.ok ? ok({ balance: balance.value }) : balance;
}
