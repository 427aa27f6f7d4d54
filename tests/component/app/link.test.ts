import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ENGINE_PORT_MESSAGE, PORTS_WANTED_MESSAGE, SHELL_PORT_MESSAGE } from '#shared/ipc/boot.ts';
import { engineContract } from '#shared/ipc/engine.ts';
import { shellContract, type EngineStatus } from '#shared/ipc/shell.ts';
import { connectLink, toAppError, type Link } from '../../../renderer/lib/link.ts';
import { feed, PRACTICE_ACCOUNT, REAL_ACCOUNT } from '../support/scripted-link.ts';

/* Real ports, a real server behind them, and the same window messages that the preload posts. */

const engine = implement(engineContract);
const shell = implement(shellContract);
const status = feed<EngineStatus>({ state: 'running', restarts: 0, code: null, detail: null });
const failedStatus: EngineStatus = { state: 'failed', restarts: 3, code: 'STORE_NEWER', detail: 'schema 40' };

const opened: MessagePort[] = [];
/** The page's ends of the engine ports, in the order of their arrival. */
const arrived: MessagePort[] = [];
const keep = (event: MessageEvent): void => {
  const [port] = event.ports;
  if (port && event.data === ENGINE_PORT_MESSAGE) arrived.push(port);
};
beforeEach(() => {
  arrived.length = 0;
  window.addEventListener('message', keep);
});
afterEach(() => {
  window.removeEventListener('message', keep);
  for (const port of opened.splice(0)) port.close();
});

/** The engine dies. Electron tells the page by a `close` event on its port, which a plain browser does not have. */
function die(port: MessagePort): void {
  port.close();
  arrived.at(-1)?.dispatchEvent(new Event('close'));
}

function post(type: string): MessagePort {
  const { port1, port2 } = new MessageChannel();
  opened.push(port1);
  window.postMessage(type, window.origin, [port2]);
  return port1;
}

function startShell(statuses = status): void {
  const port = post(SHELL_PORT_MESSAGE);
  new RPCHandler({
    engine: { status: shell.engine.status.handler(() => statuses.open()) },
  }).upgrade(port);
  port.start();
}

/** An engine that knows one account; `hang` makes its calls never answer. */
function startEngine(
  name: string,
  options: { hang?: boolean; listed?: string[]; removed?: string[] } = {},
): MessagePort {
  const port = post(ENGINE_PORT_MESSAGE);
  const accounts = [{ ...REAL_ACCOUNT, name }];
  new RPCHandler({
    accounts: {
      list: engine.accounts.list.handler(() => {
        options.listed?.push(name);
        return options.hang ? new Promise<never>(() => undefined) : accounts;
      }),
      remove: engine.accounts.remove.handler(({ input, errors }) => {
        options.removed?.push(input.id);
        if (options.hang) return new Promise<never>(() => undefined);
        throw errors.ACCOUNT_IN_USE({ data: { actual: 3 } });
      }),
      watch: engine.accounts.watch.handler(async function* () {
        yield { seq: 0, value: accounts };
        yield { seq: 1, value: [...accounts, PRACTICE_ACCOUNT] };
        await new Promise<never>(() => undefined);
      }),
    },
  }).upgrade(port);
  port.start();
  return port;
}

async function connect(): Promise<Link> {
  const asked = new Promise<void>((resolve) => {
    const listen = (event: MessageEvent): void => {
      if (event.data !== PORTS_WANTED_MESSAGE) return;
      window.removeEventListener('message', listen);
      resolve();
    };
    window.addEventListener('message', listen);
  });
  const connecting = connectLink();
  await asked;
  startShell();
  return connecting;
}

test('is there with the shell alone; calls to the engine wait for its port', async () => {
  const link = await connect();
  const listing = link.engine.accounts.list();
  startEngine('First');
  expect((await listing).map((one) => one.name)).toEqual(['First']);
});

test('a declared error arrives with its code and facts', async () => {
  const link = await connect();
  startEngine('First');
  const error = await link.engine.accounts.remove({ id: REAL_ACCOUNT.id }).catch(toAppError);
  expect(error).toEqual({ code: 'ACCOUNT_IN_USE', facts: { actual: 3 } });
});

test('a read under way when the engine dies is asked again of the next one', async () => {
  const link = await connect();
  const asked: string[] = [];
  const first = startEngine('First', { hang: true, listed: asked });
  const listing = link.engine.accounts.list();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  die(first);
  startEngine('Second');
  expect((await listing).map((one) => one.name)).toEqual(['Second']);
});

test('a change under way when the engine dies is refused as lost and never repeated', async () => {
  const link = await connect();
  const before: string[] = [];
  const after: string[] = [];
  const first = startEngine('First', { hang: true, removed: before });
  const removing = link.engine.accounts.remove({ id: REAL_ACCOUNT.id }).catch(toAppError);
  await vi.waitFor(() => expect(before).toEqual([REAL_ACCOUNT.id]));
  die(first);
  expect(await removing).toEqual({ code: 'LINK_LOST' });
  startEngine('Second', { removed: after });
  await link.engine.accounts.list();
  expect(after).toEqual([]);
});

test('a followed stream goes on with a fresh snapshot after a restart, until it is stopped', async () => {
  const link = await connect();
  const seen: string[][] = [];
  const first = startEngine('First');
  const stop = link.follow(
    (signal) => link.engine.accounts.watch(undefined, { signal }),
    (accounts) => seen.push(accounts.map((one) => one.name)),
  );
  await vi.waitFor(() => expect(seen).toEqual([['First'], ['First', 'Practice']]));
  die(first);
  const second = startEngine('Second');
  await vi.waitFor(() => expect(seen.slice(2)).toEqual([['Second'], ['Second', 'Practice']]));
  stop();
  die(second);
  startEngine('Third');
  await link.engine.accounts.list();
  expect(seen).toHaveLength(4);
});

test('while the engine cannot start, calls fail with its reason instead of waiting; afterwards they work', async () => {
  const link = await connect();
  const pending = link.engine.accounts.list().catch(toAppError);
  status.push(failedStatus);
  expect(await pending).toEqual({ code: 'STORE_NEWER', facts: { detail: 'schema 40' } });
  expect(link.engineState.current.state).toBe('failed');
  startEngine('Fixed');
  await vi.waitFor(async () => expect((await link.engine.accounts.list())[0]?.name).toBe('Fixed'));
});
