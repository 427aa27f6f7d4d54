import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { isContractProcedure, type ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostContract } from '#shared/ipc/host.ts';
import {
  shellContract,
  type ChosenFile,
  type EngineStatus,
  type Settings,
  type VaultMode,
} from '#shared/ipc/shell.ts';
import { servePort } from '../../../main/ipc/serve-port.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { chosenFiles } from '../../../main/shell/chosen-files.ts';
import { shellRouter } from '../../../main/shell/router.ts';
import { createWanted } from '../../../main/shell/wanted.ts';
import { watched } from '../../../main/shell/watched.ts';

/** Every call of a contract by its path. */
function callsOf(contract: object, prefix: readonly string[] = []): string[] {
  return Object.entries(contract).flatMap(([name, part]) =>
    isContractProcedure(part) ? [[...prefix, name].join('.')] : callsOf(part, [...prefix, name]),
  );
}

const channel = () => new MessageChannel();
let ports: ReturnType<typeof channel>;
let client: ContractRouterClient<typeof shellContract>;
let opened: string[];
let files: ReturnType<typeof chosenFiles>;
let dropped: ReturnType<typeof watched<ChosenFile | null>>;
let wanted: ReturnType<typeof createWanted>;
let restarts: number;
let status: ReturnType<typeof watched<EngineStatus>>;

beforeEach(() => {
  ports = channel();
  opened = [];
  restarts = 0;
  status = watched<EngineStatus>({ state: 'starting', restarts: 0, code: null, detail: null });
  files = chosenFiles();
  dropped = watched<ChosenFile | null>(null);
  wanted = createWanted();
  const page = watched<Settings>({ language: null, theme: 'system', firstRunDone: false, staysInTray: true });
  let mode: VaultMode = 'keychain';
  const router = shellRouter({
    app: { version: '1.2.3', packaged: false },
    openLink: async (id) => void opened.push(id),
    wanted,
    settings: {
      page,
      update: (change) => {
        page.set({ ...page.get(), ...(change.theme ? { theme: change.theme } : {}) });
        return page.get();
      },
      vaultMode: { get: () => mode, set: (next) => (mode = next) },
      explainsStaying: () => false,
    },
    dialogs: {
      open: async (kind) => (kind === 'import' ? import.meta.filename : null),
      save: async (name, format) => `/somewhere/${name}.${format}`,
    },
    files,
    dropped,
    engine: { status, restart: () => (restarts += 1) },
    vault: { mode: () => mode, setMode: (next) => (mode = next), selfTest: async () => ({ ok: true }) },
  });
  servePort(ports.port1, router, { log: nullLog, maxBytes: 64 * 1024 });
  client = createORPCClient(new RPCLink({ port: ports.port2 }));
  ports.port2.start();
});
afterEach(async () => {
  ports.port2.close();
  await once(ports.port1, 'close');
});

describe('the page’s port to the main process', () => {
  it('answers every call of the contract', async () => {
    expect(await client.app.info()).toMatchObject({ version: '1.2.3', packaged: false });
    expect(await client.app.openLink({ id: 'mimsms-home' })).toBeNull();
    expect(opened).toEqual(['mimsms-home']);
    expect(await client.settings.get()).toMatchObject({ theme: 'system' });
    expect(await client.settings.update({ theme: 'dark' })).toMatchObject({ theme: 'dark' });
    expect(await client.engine.restart()).toBeNull();
    expect(restarts).toBe(1);
    expect(await client.vault.mode()).toBe('keychain');
    expect(await client.vault.setMode({ mode: 'session' })).toBe('session');
    expect(await client.vault.selfTest()).toEqual({ ok: true });
  });

  it('gives handles for the files that the user chose or dropped, and never a path', async () => {
    const chosen = await client.files.choose({ kind: 'import' });
    expect(chosen).toMatchObject({ name: 'page-port.test.ts' });
    expect(files.resolve(chosen?.handle ?? '', 'read')).toMatchObject({ ok: true });
    expect(await client.files.choose({ kind: 'recipients' })).toBeNull();
    const place = await client.files.chooseSave({ name: 'Class 7', format: 'csv' });
    expect(place).toMatchObject({ name: 'Class 7.csv' });
    const stream = await client.files.dropped();
    expect((await stream.next()).value).toMatchObject({ seq: 0, value: null });
    dropped.set(chosen);
    expect((await stream.next()).value).toMatchObject({ seq: 1, value: chosen });
    await stream.return?.();
    expect(JSON.stringify([chosen, place])).not.toContain('/');
  });

  it.each(callsOf(shellContract))('has a handler for %s', async (call) => {
    const asked = new RPCLink({ port: ports.port2 }).call(call.split('.'), 'not an input', { context: {} });
    const code = await asked.then(
      () => 'answered',
      (error: unknown) => (error instanceof ORPCError ? error.code : error),
    );
    expect(['answered', 'INVALID_INPUT']).toContain(code);
  });

  it('shows the engine’s state as it is and as it becomes', async () => {
    const stream = await client.engine.status();
    expect((await stream.next()).value).toMatchObject({ seq: 0, value: { state: 'starting' } });
    status.set({ state: 'failed', restarts: 0, code: 'STORE_NEWER', detail: null });
    expect((await stream.next()).value).toMatchObject({
      seq: 1,
      value: { state: 'failed', code: 'STORE_NEWER' },
    });
    await stream.return?.();
  });

  it('tells the page once what was asked for, also when the page comes later', async () => {
    const stream = await client.app.wanted();
    expect((await stream.next()).value).toMatchObject({ seq: 0, value: null });
    wanted.ask({ kind: 'campaign', space: 'real', id: 7 });
    expect((await stream.next()).value).toMatchObject({ seq: 1, value: { kind: 'campaign', id: 7 } });
    await stream.return?.();

    wanted.ask({ kind: 'repeated', space: 'practice' });
    const later = await client.app.wanted();
    expect((await later.next()).value).toMatchObject({ value: { kind: 'repeated', space: 'practice' } });
    await later.return?.();
    const reloaded = await client.app.wanted();
    expect((await reloaded.next()).value).toMatchObject({ value: null });
    await reloaded.return?.();
  });

  it('has no way to the passwords: the engine’s calls are unknown on it', async () => {
    const hostCalls = callsOf(hostContract);
    expect(hostCalls).toContain('secrets.get');
    const link = new RPCLink({ port: ports.port2 });
    for (const call of hostCalls) {
      const asked = link.call(
        call.split('.'),
        { accountId: 'practice', secret: 'x', on: true },
        { context: {} },
      );
      await expect(asked).rejects.toSatisfy((e) => e instanceof ORPCError && e.code === 'NOT_FOUND');
    }
  });

  it.each([
    ['an address instead of a link’s id', 'app.openLink', { id: 'https://example.com/' }],
    ['a mode that does not exist', 'vault.setMode', { mode: 'plaintext' }],
    ['a setting of the wrong type', 'settings.update', { theme: 7 }],
    ['no input at all', 'vault.setMode', undefined],
  ])('refuses %s', async (_what, call, input) => {
    const asked = new RPCLink({ port: ports.port2 }).call(call.split('.'), input, { context: {} });
    await expect(asked).rejects.toSatisfy((e) => e instanceof ORPCError && e.code === 'INVALID_INPUT');
    expect(opened).toEqual([]);
  });
});
