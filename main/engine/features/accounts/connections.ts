import { appError, type AppError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, type AccountId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { Secret } from '../../../logging/secret.ts';
import type { Gateway, GatewayAddress, GatewayKind } from '../../gateways/gateway.ts';
import type { EngineHost } from '../../host.ts';
import type { AccountRow } from './queries.ts';
import type { Secrets } from './secrets.ts';

/** Builds the connection of an account; the composition root knows the protocols. Touches no network. */
export type CreateGateway = (address: GatewayAddress, kind: GatewayKind) => Gateway;

/** The protocol an account speaks and what it can do there; an automatic one that was never probed has none. */
export function kindOf(account: AccountRow): GatewayKind | null {
  const protocol = account.protocol === 'auto' ? (account.path?.protocol ?? null) : account.protocol;
  if (protocol === null) return null;
  const probed = account.path?.protocol === protocol ? account.path.capabilities : null;
  return {
    protocol,
    options: account.options,
    capabilities: probed,
    recipientsPerRequest: account.recipientsPerRequest,
  };
}

/** One connection for each account, kept while the account stays as it is. */
export type Connections = {
  /** Fails when the password cannot be had or the practice gateway does not start. */
  open(account: AccountRow): Promise<Result<Gateway, AppError>>;
  /** Lets the account's connection go; the next one is built anew. Requests under way end without an answer. */
  drop(id: AccountId): Promise<void>;
  /** Lets all go. */
  close(): Promise<void>;
};

/** `secrets` are asked for each request; the practice gateway brings its own password. */
export function createConnections(deps: {
  readonly createGateway: CreateGateway;
  readonly secrets: Secrets;
  readonly practice: EngineHost['practice'];
  /** The account as it is now; `null` when it was removed. */
  readonly read: (id: AccountId) => AccountRow | null;
}): Connections {
  const { createGateway, secrets } = deps;
  const open = new Map<AccountId, Gateway>();
  const practice = createPracticeConnection(deps.practice, createGateway);

  async function openReal(id: AccountId): Promise<Result<Gateway, AppError>> {
    // Asked before the first request, so that a locked keyring is not mistaken for a failing gateway.
    const secret = await secrets.get(id);
    if (!secret.ok) return secret;
    const known = open.get(id);
    if (known) return ok(known);
    // Read after the vault was waited for: the account may have been changed or removed meanwhile.
    const account = deps.read(id);
    if (!account) return err(appError('NOT_FOUND'));
    const kind = kindOf(account);
    if (kind === null) return err(appError('PROTOCOL_NOT_FOUND'));
    const gateway = createGateway(
      {
        serverAddress: account.serverAddress,
        allowHttp: account.allowHttp,
        credentials: async () => {
          const now = await secrets.get(account.id);
          return now.ok ? ok({ userName: account.userName, password: now.value.reveal() }) : now;
        },
      },
      kind,
    );
    open.set(account.id, gateway);
    return ok(gateway);
  }

  const drop = async (id: AccountId) => {
    const gateway = open.get(id);
    open.delete(id);
    await gateway?.close();
  };

  return {
    open: (account) => (account.id === PRACTICE_ACCOUNT_ID ? practice.open(account) : openReal(account.id)),
    drop,
    async close() {
      await Promise.all([practice.close(), ...[...open.keys()].map(drop)]);
    },
  };
}

/** Where the practice gateway was when it was last asked for. */
type Started = { readonly url: string; readonly userName: string; readonly secret: Secret };

/** The connection to the practice gateway, which is started when needed and may come back at another address. */
function createPracticeConnection(practice: EngineHost['practice'], createGateway: CreateGateway) {
  let current: { readonly started: Started; readonly gateway: Gateway } | null = null;
  /** Nobody listened when it was last used: it was started anew, perhaps elsewhere. */
  let lost = false;
  let opening: Promise<Result<Gateway, AppError>> | null = null;

  async function start(account: AccountRow): Promise<Result<Gateway, AppError>> {
    const ensured = await practice.ensure();
    if (!ensured.ok) return ensured;
    const { url, userName, password } = ensured.value;
    lost = false;
    const known = current?.started;
    if (current && known?.url === url && known.userName === userName && known.secret.reveal() === password) {
      return ok(current.gateway);
    }
    const old = current;
    const secret = new Secret(password);
    const address = {
      serverAddress: url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName, password: secret.reveal() })),
    };
    const kind = kindOf(account);
    if (kind === null) return err(appError('PROTOCOL_NOT_FOUND'));
    const gateway = watchReach(createGateway(address, kind), () => {
      if (current?.gateway === gateway) lost = true;
    });
    current = { started: { url, userName, secret }, gateway };
    await old?.gateway.close();
    return ok(gateway);
  }

  return {
    async open(account: AccountRow): Promise<Result<Gateway, AppError>> {
      if (current && !lost) return ok(current.gateway);
      opening ??= start(account).finally(() => (opening = null));
      return opening;
    },
    async close() {
      const old = current;
      current = null;
      await old?.gateway.close();
    },
  };
}

/** Not there any more, or there again under a new password: both need the practice gateway to be asked for anew. */
const isLost = (error: AppError) => error.code === 'GATEWAY_UNREACHABLE' || error.code === 'GATEWAY_AUTH';

/** The same gateway, telling when it could not be reached. */
function watchReach(gateway: Gateway, onUnreachable: () => void): Gateway {
  const watch = <T>(result: Result<T, AppError>): Result<T, AppError> => {
    if (!result.ok && isLost(result.error)) onUnreachable();
    return result;
  };
  return {
    ...gateway,
    async submit(request, signal) {
      const outcome = await gateway.submit(request, signal);
      if (outcome.kind === 'not-sent' || (outcome.kind === 'refused' && isLost(outcome.error)))
        onUnreachable();
      return outcome;
    },
    balance: async (signal) => watch(await gateway.balance(signal)),
    fetchReports: async (query, signal) => watch(await gateway.fetchReports(query, signal)),
    fetchLogs: async (query, signal) => watch(await gateway.fetchLogs(query, signal)),
    fetchInbox: async (query, signal) => watch(await gateway.fetchInbox(query, signal)),
  };
}
