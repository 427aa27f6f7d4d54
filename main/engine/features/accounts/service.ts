import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { appError, type AppError, type ErrorCode } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, spaceOf, type AccountId, type Space } from '#shared/ids.ts';
import type { AccountForm, AccountPath, AccountView, BalanceView } from '#shared/ipc/accounts.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess, LearnedPrice } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { Gateway, GatewayKind } from '../../gateways/gateway.ts';
import type { EngineHost } from '../../host.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import { createConnections, kindOf, type CreateGateway } from './connections.ts';
import { ensurePracticeAccount } from './practice-account.ts';
import { accountQueries, type AccountRow } from './queries.ts';
import { createRegister } from './register.ts';
import { createSecrets } from './secrets.ts';
import { createTrial } from './trial.ts';

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
  /** What a protocol can do by itself, with what probing found; touches no network. */
  readonly capabilitiesOf: (kind: GatewayKind) => Capabilities;
};

/** Builds the accounts feature; the practice account is put into its store when it is not there yet. */
export function createAccounts(deps: AccountsDeps) {
  const { stores, host, clock, log } = deps;
  const real = accountQueries(stores.real.db);
  const practice = accountQueries(stores.practice.db);
  const plainRest: GatewayKind = {
    protocol: 'rest-json',
    options: {},
    capabilities: null,
    recipientsPerRequest: 1,
  };
  ensurePracticeAccount(stores.practice, practice, clock, deps.capabilitiesOf(plainRest));
  const queriesOf = (id: AccountId) => (spaceOf(id) === 'practice' ? practice : real);

  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  // A new account's password is kept before the account is: a list without it must not follow its answer to the page.
  const secrets = createSecrets(host.secrets, clock, (id) => {
    if (present(id)) changed();
  });
  const connections = createConnections({
    createGateway: deps.createGateway,
    secrets,
    practice: host.practice,
    read: (id) => present(id),
  });
  const closing = new AbortController();
  const unexpected = (error: unknown) =>
    appError('UNEXPECTED', { incident: log.error('accounts.balance-failed', error) });
  const probing = new Map<AccountId, Promise<Result<AccountView, AppError>>>();
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
      protocol: account.protocol,
      options: account.options,
      path: pathOf(account),
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

  function pathOf(account: AccountRow): AccountPath {
    const kind = kindOf(account);
    return {
      protocol: kind?.protocol ?? null,
      capabilities: kind && deps.capabilitiesOf(kind),
      probedAt: account.path?.probedAt ?? null,
      steps: account.path?.steps ?? [],
    };
  }

  /** The account's connection. An automatic account is probed first when nobody knows yet how its server is spoken to. */
  async function gatewayFor(id: AccountId): Promise<Result<Gateway, AppError>> {
    const account = present(id);
    if (!account) return err(appError('NOT_FOUND'));
    if (kindOf(account) !== null) return connections.open(account);
    const probed = await probe(id);
    const now = present(id);
    if (!now) return err(appError('NOT_FOUND'));
    return probed.ok ? connections.open(now) : probed;
  }

  async function lookAgain(id: AccountId): Promise<Result<AccountView, AppError>> {
    const account = present(id);
    if (!account) return err(appError('NOT_FOUND'));
    const looked = await trial.again(account);
    if (closing.signal.aborted) return err(appError('NOT_POSSIBLE_NOW'));
    const now = present(id);
    if (!now) return err(appError('NOT_FOUND'));
    // Changed while its old server was looked at: what was found is about another one.
    if (now.serverAddress !== account.serverAddress || now.protocol !== account.protocol)
      return ok(view(now));
    if (!looked.ok) {
      noteBalance(id, looked.error.code);
      return looked;
    }
    if (looked.value.balance) noteBalance(id, looked.value.balance);
    // While messages are on their way the account stays as it is: they went by what it could do then.
    if (queriesOf(id).unsettledMessages(id) > 0) return ok(viewOf(id));
    const before = JSON.stringify(kindOf(now));
    queriesOf(id).setPath(id, looked.value.path);
    changed();
    const after = viewOf(id);
    const isOther = JSON.stringify(kindOf(present(id) ?? now)) !== before;
    if (isOther && id !== PRACTICE_ACCOUNT_ID) await connections.drop(id);
    return ok(after);
  }

  /** Never rejects: it is also called with nobody waiting for it. Calls at the same time look once. */
  function probe(id: AccountId): Promise<Result<AccountView, AppError>> {
    const running =
      probing.get(id) ??
      lookAgain(id)
        .catch((error: unknown) => err(classifySqliteError(error) ?? unexpected(error)))
        .finally(() => probing.delete(id));
    probing.set(id, running);
    return running;
  }

  function noteBalance(id: AccountId, outcome: Money | ErrorCode): void {
    if (typeof outcome === 'string') queriesOf(id).setBalanceFailed(id, outcome);
    else queriesOf(id).setBalance(id, outcome, clock.now());
    changed();
  }

  /** Remembers what one part cost. Each operator and each class is remembered for itself too, for when the other is not known. */
  function notePrice(id: AccountId, learned: LearnedPrice): void {
    const { operator, class: of, pricePerPart } = learned;
    const known = get(id)?.pricePerPart;
    if (known?.micros !== pricePerPart.micros || known.currency !== pricePerPart.currency) {
      queriesOf(id).setPrice(id, pricePerPart);
      changed();
    }
    const narrower: LearnedPrice[] = [];
    if (operator !== null) narrower.push({ ...learned, class: null });
    if (of !== null) narrower.push({ ...learned, operator: null });
    if (operator !== null && of !== null) narrower.push(learned);
    for (const one of narrower) queriesOf(id).learnPrice(id, one, clock.now());
  }

  async function askBalance(id: AccountId): Promise<Result<BalanceView, AppError>> {
    if (!present(id)) return err(appError('NOT_FOUND'));
    const gateway = await gatewayFor(id);
    if (gateway.ok && !gateway.value.capabilities.balance) return err(appError('NOT_SUPPORTED'));
    const balance = gateway.ok ? await gateway.value.balance(closing.signal) : gateway;
    if (closing.signal.aborted) return err(appError('NOT_POSSIBLE_NOW'));
    noteBalance(id, balance.ok ? balance.value : balance.error.code);
    return balance.ok ? ok(viewOf(id).balance) : balance;
  }

  /** Never rejects: it is also called with nobody waiting for it. */
  function refreshBalance(id: AccountId): Promise<Result<BalanceView, AppError>> {
    const running =
      refreshing.get(id) ??
      askBalance(id)
        .catch((error: unknown) => err(classifySqliteError(error) ?? unexpected(error)))
        .finally(() => refreshing.delete(id));
    refreshing.set(id, running);
    return running;
  }

  const trial = createTrial({
    present,
    secrets,
    createGateway: deps.createGateway,
    gatewayFor,
    clock,
    signal: closing.signal,
  });
  const register = createRegister({
    ...deps,
    store: stores.real,
    queries: real,
    present,
    secrets,
    connections,
    changed,
  });

  return {
    /** Also answers for a removed account, whose history stays. */
    get,
    /** All accounts that were not removed: real ones oldest first, practice last. */
    list: (): AccountView[] => [...real.active(), ...practice.active()].map(view),
    /** Saves an account and its password. */
    async add(form: AccountForm, password: string): Promise<Result<AccountView, AppError>> {
      const added = await register.add(form, password);
      if (added.ok) void probe(added.value);
      return added.ok ? ok(viewOf(added.value)) : added;
    },
    /** Changes an account, and its password when one is given. */
    async update(
      id: AccountId,
      form: AccountForm,
      password: string | undefined,
    ): Promise<Result<AccountView, AppError>> {
      const updated = await register.update(id, form, password);
      // The password is in memory now: asking for it later could open a keychain dialog out of the blue. A new name is no reason
      // to look, and a look beside requests under way can end them (SMPP providers that allow one session).
      const news = updated.ok && (updated.value.reconnects || password !== undefined);
      if (news && real.unsettledMessages(id) === 0) void probe(id);
      return updated.ok ? ok(viewOf(id)) : updated;
    },
    remove: register.remove,
    setDefault: register.setDefault,
    /** Tries form values without saving them. */
    test: trial.test,
    /** Finds out how the account's server is spoken to and what it can do there, and remembers it with the balance. */
    probe,
    /** Asks the gateway for the balance and remembers it, or why it could not be had. Calls at the same time ask once. */
    refreshBalance,
    gatewayFor,
    notePrice,
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
      return {
        get,
        active,
        gatewayFor,
        notePrice,
        prices: (id) => queriesOf(id).prices(id),
        refreshBalance,
        capabilitiesOf(id) {
          const account = present(id);
          const kind = account && kindOf(account);
          return kind ? deps.capabilitiesOf(kind) : null;
        },
        secretKnown: (id) => {
          const state = secrets.state(id);
          return id === PRACTICE_ACCOUNT_ID || state === 'present' || state === 'session-only';
        },
      };
    },
    /** Gives up what is being asked, and lets connections and passwords go. The stores may be closed then. */
    async close(): Promise<void> {
      closing.abort();
      await Promise.all([...refreshing.values(), ...probing.values()]);
      secrets.clear();
      await connections.close();
    },
  };
}
