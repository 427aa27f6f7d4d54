import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import * as v from 'valibot';
import { appError, type AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { ReceiverSettings, type ReceiverView } from '#shared/ipc/receiver.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { RawBody } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import { isAddress, isOwnComputer, ownAddress, portOf, problemOf } from './addresses.ts';
import { inboundBody, USUAL_NAMES } from './inbound-query.ts';
import { createPaths } from './paths.ts';
import { receiverQueries } from './queries.ts';
import { openServer, type Kind, type Received, type Verdict } from './server.ts';
import { tryAddress, type Tried } from './try-address.ts';

/** The optional receiver for pushes of the real accounts. */
export type Receiver = ReturnType<typeof createReceiver>;

/** Takes a pushed body: stores it before it returns and throws when it could not. */
export type TakePush = (account: AccountId, raw: RawBody) => unknown;

const OFF: ReceiverSettings = {
  enabled: false,
  everyInterface: false,
  port: 0,
  publicAddress: '',
  names: USUAL_NAMES,
};

/** How the user is told of what came. */
const NOTES: Readonly<Record<Kind, string>> = { reports: 'report', inbound: 'inbound', lookups: 'lookup' };
/** Tries to listen again after this while the port is taken, in ms. */
const AGAIN_MS = 60_000;

/**
 * Receives pushed reports, inbound SMS and lookup answers over HTTP when the user wants it. `accounts` and `store` are those of the
 * real space. The unguessable paths are secrets: they stand in the view of the user's own page and nowhere else.
 */
export function createReceiver(deps: {
  readonly store: Store;
  readonly accounts: AccountAccess;
  /** The address of an account's gateway; `null` for an account that is gone. */
  readonly serverAddressOf: (account: AccountId) => string | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly take: Readonly<Record<Kind, TakePush>>;
}) {
  const { store, accounts, clock, log } = deps;
  const queries = receiverQueries(store.db);
  const paths = createPaths({ store, queries, accounts });
  const listeners = new Set<() => void>();
  const seen = { accepted: 0, refused: 0, lastAt: null as number | null, last: null as string | null };
  let settings = readSettings(queries.settings());
  let server: Server | null = null;
  let problem: string | null = null;
  let again: Timer | null = null;
  let lastTest: string | null = null;
  let closed = false;
  let chain: Promise<unknown> = Promise.resolve();

  const changed = () => {
    for (const listener of listeners) listener();
  };

  function receive(request: Received): Verdict {
    const { kind, account } = request;
    const note = NOTES[kind];
    let { body } = request;
    if (request.method === 'GET' && request.query.has('receiver-test')) {
      lastTest = request.query.get('receiver-test');
      return { status: 200, accepted: true, note: 'test' };
    }
    if (request.method === 'GET') {
      const inbound = inboundBody(request.query, settings.names);
      if (!inbound.ok) return { status: 400, accepted: false, note: `${note}: ${inbound.error}` };
      body = inbound.value;
    } else if (body.trim() === '') {
      return { status: 200, accepted: true, note: `${note}: empty` };
    }
    try {
      deps.take[kind](account, { body, receivedAt: clock.now() });
    } catch (error) {
      log.error('receiver.not-stored', error, { kind });
      throw error;
    }
    log.debug('receiver.accepted', { kind });
    return { status: 200, accepted: true, note };
  }

  function answered(accepted: boolean, note: string): void {
    if (accepted) seen.accepted++;
    else seen.refused++;
    seen.lastAt = clock.now();
    seen.last = accepted ? note : `refused: ${note}`;
    changed();
  }

  async function listen(): Promise<void> {
    const host = settings.everyInterface ? '0.0.0.0' : '127.0.0.1';
    const { port } = settings;
    const monotonic = () => clock.monotonic();
    paths.ensure();
    try {
      server = await openServer({ host, port, monotonic, accountOf: paths.accountOf, receive, answered });
      problem = null;
      const listened = portOf(server);
      if (port === 0 && listened !== null) save({ ...settings, port: listened });
      log.info('receiver.listening', { everyInterface: settings.everyInterface, port: listened });
    } catch (error) {
      problem = problemOf(error);
      log.warn('receiver.failed', { problem });
      again = clock.after(AGAIN_MS, () => void serially(() => (settings.enabled ? listen() : undefined)));
    }
    changed();
  }

  async function unlisten(): Promise<void> {
    again?.cancel();
    again = null;
    problem = null;
    const open = server;
    server = null;
    if (!open) return;
    await new Promise<void>((resolve) => {
      open.close(() => resolve());
      open.closeAllConnections();
    });
  }

  /** One change of what is listened on at a time. */
  function serially(work: () => Promise<void> | undefined): Promise<void> {
    const next = chain.then(async () => {
      if (!closed) await work();
    });
    chain = next.catch((error: unknown) => log.error('receiver.unexpected', error));
    return next;
  }

  function save(next: ReceiverSettings): void {
    store.transaction(() => queries.setSettings(JSON.stringify(next)));
    settings = next;
  }

  /** The address before the path, without a slash at its end; `null` while it is not known. */
  function base(): string | null {
    if (settings.publicAddress !== '') return settings.publicAddress.replace(/\/+$/, '');
    const port = server ? portOf(server) : settings.port;
    if (!port) return null;
    return `http://${settings.everyInterface ? ownAddress() : '127.0.0.1'}:${port}`;
  }

  /** An account's address as the view shows it, while the receiver listens. */
  function addressAt(account: AccountId, kind: Kind): string | null {
    const address = base();
    const path = server && address !== null ? paths.ensure().get(account) : undefined;
    return path === undefined ? null : `${address}/${path}/${kind}`;
  }

  function view(): ReceiverView {
    const address = base();
    const known = address === null ? new Map<AccountId, string>() : paths.ensure();
    return {
      settings,
      state: server ? 'listening' : settings.enabled ? 'failed' : 'off',
      problem,
      addresses: accounts.active().flatMap(({ id, name }) => {
        const path = known.get(id);
        if (address === null || path === undefined) return [];
        const at = (kind: Kind) => `${address}/${path}/${kind}`;
        return [
          {
            accountId: id,
            accountName: name,
            reports: at('reports'),
            inbound: at('inbound'),
            lookups: at('lookups'),
          },
        ];
      }),
      ...seen,
    };
  }

  return {
    /** Listens when the user wants it. Touches no account's gateway and never rejects. */
    start: (): Promise<void> =>
      serially(() => (settings.enabled ? listen() : undefined)).catch((error: unknown) => {
        problem = problemOf(error);
        changed();
      }),

    /** Listens no more. */
    async stop(): Promise<void> {
      await serially(unlisten);
      closed = true;
    },

    view,

    /** Keeps the settings and follows them. Fails for a public address that is none; a taken port shows in the view. */
    async configure(next: ReceiverSettings): Promise<Result<ReceiverView, AppError>> {
      if (next.publicAddress !== '' && !isAddress(next.publicAddress))
        return err(appError('RECEIVER_FAILED', { field: 'publicAddress' }));
      await serially(async () => {
        save(next);
        await unlisten();
        if (next.enabled) await listen();
      });
      changed();
      return ok(view());
    },

    /** Makes new unguessable paths; the old ones stop working at once. */
    renewPaths(): ReceiverView {
      paths.ensure(true);
      changed();
      return view();
    },

    /**
     * The address to be told to an account's gateway, while the receiver listens. `null` otherwise, and without a public
     * address unless the gateway runs on this computer too: no other could reach this one, and pushes would be lost.
     */
    addressOf(account: AccountId, kind: Kind): string | null {
      const reachable = settings.publicAddress !== '' || isOwnComputer(deps.serverAddressOf(account));
      return reachable ? addressAt(account, kind) : null;
    },

    /** Asks the receiver by its own address, as the gateway would. Stores nothing. */
    async test(account: AccountId): Promise<Tried> {
      const address = addressAt(account, 'inbound');
      if (address === null) return { ok: false, detail: 'off', ms: 0 };
      const nonce = randomBytes(16).toString('hex');
      const startedAt = clock.monotonic();
      return tryAddress(`${address}?receiver-test=${nonce}`, {
        arrived: () => lastTest === nonce,
        ms: () => Math.round(clock.monotonic() - startedAt),
      });
    },

    /** Calls `listener` after each change of the view, until the returned function is called. */
    onChange(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readSettings(json: string | null): ReceiverSettings {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), ReceiverSettings), json);
  return read.success ? read.output : OFF;
}
