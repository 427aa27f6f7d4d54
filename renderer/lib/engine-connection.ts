import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { appError, type AppError } from '#shared/errors.ts';
import { CallFailed } from './app-error.ts';

type Context = Record<never, never>;

/** One open port and the calls on it. */
type Connection = { readonly rpc: RPCLink<ClientContext>; readonly lost: Promise<never> };

/** Calls that only read: asking them twice changes nothing, so they survive a restart of the engine unnoticed. */
const READS: ReadonlySet<string> = new Set([
  'accounts.list',
  'campaigns.plan',
  'contacts.list',
  'contacts.count',
  'contacts.numbers',
  'contacts.get',
  'contacts.byNumber',
  'contacts.figures',
  'contacts.history',
  'contacts.duplicates',
  'contacts.fields',
  'groups.list',
  'groups.preview',
  'doNotMessage.list',
  'diagnostics.exchanges',
  'drafts.list',
  'drafts.get',
  'inbox.conversations',
  'inbox.thread',
  'lookups.plan',
  'lookups.list',
  'lookups.rows',
  'lookups.known',
  'practice.status',
  'recipients.describe',
  'recipients.find',
  'recipients.preview',
  'recipients.leftOut',
  'recipients.spilling',
  'templates.list',
  'campaigns.list',
  'campaigns.recipients',
  'messages.list',
  'messages.count',
  'messages.get',
]);

/**
 * The changing line to the engine behind one unchanging client. A call on a port that closes fails with `LINK_LOST`
 * instead of hanging; reads wait for the next port and are asked again; calls that change something are never repeated here,
 * because whether they took effect is unknown.
 */
export class EngineConnection implements ClientLink<Context> {
  #connection: Connection | null = null;
  #failure: AppError | null = null;
  /** Grows with every port, so that a reader can wait for a newer one than it knew. */
  #age = 0;
  #calls: { resolve: (connection: Connection) => void; reject: (reason: CallFailed) => void }[] = [];
  #streams: (() => void)[] = [];

  /** Takes the port of a newly started engine into use. */
  use(port: MessagePort): void {
    const rpc = new RPCLink({ port });
    const lost = new Promise<never>((_, reject) => {
      port.addEventListener('close', () => {
        if (this.#connection === connection) this.#connection = null;
        reject(new CallFailed(appError('LINK_LOST')));
      });
    });
    // A port that closes while nobody waits is no failure of anybody.
    lost.catch(() => undefined);
    const connection: Connection = { rpc, lost };
    this.#connection = connection;
    this.#failure = null;
    this.#age += 1;
    port.start();
    for (const waiter of this.#calls.splice(0)) waiter.resolve(connection);
    for (const resume of this.#streams.splice(0)) resume();
  }

  /** The engine will not come back by itself: nobody shall wait for it. */
  fail(error: AppError): void {
    this.#failure = error;
    for (const waiter of this.#calls.splice(0)) waiter.reject(new CallFailed(error));
  }

  /** The engine is being started again: waiting makes sense again. */
  recovering(): void {
    this.#failure = null;
  }

  /** How many ports have been used so far; for {@link newerThan}. */
  get age(): number {
    return this.#age;
  }

  /** Resolves when a port newer than `age` is in use, however long that takes, or when `signal` aborts. */
  newerThan(age: number, signal: AbortSignal): Promise<void> {
    if (this.#age > age) return Promise.resolve();
    return new Promise((resolve) => {
      this.#streams.push(resolve);
      signal.addEventListener('abort', () => {
        this.#streams = this.#streams.filter((one) => one !== resolve);
        resolve();
      });
    });
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<Context>): Promise<unknown> {
    const isRead = READS.has(path.join('.'));
    const connection = await this.#open(options.signal);
    try {
      return await this.#callOn(connection, path, input, options);
    } catch (thrown) {
      const wasLost = this.#connection !== connection;
      if (!wasLost) throw thrown;
      if (!isRead || options.signal?.aborted) throw new CallFailed(appError('LINK_LOST'));
      return this.#callOn(await this.#open(options.signal), path, input, options);
    }
  }

  #callOn(
    connection: Connection,
    path: readonly string[],
    input: unknown,
    options: ClientOptions<Context>,
  ): Promise<unknown> {
    return Promise.race([connection.rpc.call(path, input, options), connection.lost]);
  }

  #open(signal: AbortSignal | undefined): Promise<Connection> {
    if (this.#connection) return Promise.resolve(this.#connection);
    if (this.#failure) return Promise.reject(new CallFailed(this.#failure));
    return new Promise((resolve, reject) => {
      const waiter = { resolve, reject };
      this.#calls.push(waiter);
      signal?.addEventListener('abort', () => {
        this.#calls = this.#calls.filter((one) => one !== waiter);
        reject(new CallFailed(appError('LINK_LOST')));
      });
    });
  }
}
