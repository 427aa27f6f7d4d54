import { isContractProcedure } from '@orpc/contract';
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { engineContract } from '#shared/ipc/engine.ts';
import { shellContract } from '#shared/ipc/shell.ts';
import { enterAccountForm, saveAccount, send } from './pages/journeys.ts';
import { screens } from './pages/screens.ts';
import { launchApp } from './support/app.ts';
import { eventually } from './support/eventually.ts';
import { emptyKeychainAfterwards } from './support/keychain.ts';
import { nosyServer } from './support/nosy-server.ts';
import { processTree } from './support/processes.ts';
import { takePorts, type PortName } from './support/raw-ports.ts';
import { filesBelow, filesHolding, holds } from './support/secret-search.ts';
import { LOGIN, testGateway } from './support/test-gateway.ts';

/** Stands nowhere else, so that finding it proves a leak. With signs that forms escape. */
const canary = { user: LOGIN.user, password: `canary+${randomBytes(9).toString('base64')}/ü&` };

declare global {
  interface Window {
    mimHeard: string[];
  }
}

describe('a password', () => {
  it('stands in no file, no log and no command line, and no call gives it to the page', async () => {
    emptyKeychainAfterwards();
    const gateway = await testGateway({ password: canary.password });
    const running = await launchApp();
    const { page, userData } = running;
    const ui = screens(page);
    await enterAccountForm(ui);
    await saveAccount(ui, {
      name: 'Our school',
      serverAddress: gateway.url,
      userName: canary.user,
      password: canary.password,
      senders: 'MIMSCHOOL',
    });
    await send(ui, '01712345678\n8801999000010', 'Classes begin at 10 tomorrow.');
    await ui.campaign.stands('finished').waitFor({ timeout: 60_000 });
    expect(gateway.journal()).toHaveLength(1);

    // While it runs, with the write-ahead logs and caches as they are.
    expect(filesHolding(userData, canary)).toEqual([]);
    expect(filesBelow(userData).filter((file) => file.endsWith('.sqlite-wal'))).not.toEqual([]);
    expect(holds(running.logs(), canary)).toBe(false);
    const processes = processTree(running.child.pid ?? 0);
    expect(processes.length).toBeGreaterThan(3);
    for (const { pid, commandLine, environment } of processes) {
      expect(holds(commandLine, canary), `command line of ${pid}`).toBe(false);
      expect(holds(environment, canary), `environment of ${pid}`).toBe(false);
    }
    expect(holds(await page.content(), canary)).toBe(false);

    const { id, name } = await callEverything(page, gateway.url);
    expect(name).toBe('Our school');
    expect(id).not.toBe('');
    await running.close();
    expect(filesHolding(userData, canary)).toEqual([]);
  });
});

/**
 * Calls every call of both contracts with input that is right, and looks for the password in all that comes back. A call
 * that has no input here fails the test: whoever adds one says what it answers to a page in hostile hands.
 */
async function callEverything(page: Page, url: string): Promise<{ id: string; name: string }> {
  const ports = await takePorts(page);
  await page.evaluate(() => {
    window.mimHeard = [];
    for (const port of Object.values(window.mimRaw.ports).flat())
      port.addEventListener('message', (event) => window.mimHeard.push(String(event.data)));
  });
  const listed = await ports.call('engine', '/accounts/list');
  const [account] = listed?.body as { id: string; name: string }[];
  if (!account) throw new Error('there is no account');
  const { id, name } = account;

  const nosy = await nosyServer();
  const form = {
    name,
    protocol: 'rest-json',
    options: {},
    serverAddress: url,
    allowHttp: true,
    userName: canary.user,
    senders: ['MIMSCHOOL'],
  };
  const elsewhere = { ...form, serverAddress: nosy.url };
  const space = 'real';
  const campaign = { space, id: 1 };
  const request = { accountId: id, sender: 'MIMSCHOOL', text: 'x', recipients: '01712345678' };
  const calls: readonly (readonly [PortName, string, unknown?])[] = [
    ['engine', '/accounts/list'],
    ['engine', '/accounts/watch'],
    ['engine', '/accounts/test', { id, form }],
    ['engine', '/accounts/test', { id, form: elsewhere }],
    ['engine', '/accounts/update', { id, form: elsewhere }],
    ['engine', '/accounts/probe', { id }],
    ['engine', '/accounts/refreshBalance', { id }],
    ['engine', '/accounts/setDefault', { id }],
    ['engine', '/campaigns/plan', request],
    ['engine', '/campaigns/list', { space, limit: 100 }],
    ['engine', '/campaigns/watch', campaign],
    ['engine', '/campaigns/recipients', { ...campaign, limit: 100 }],
    ['engine', '/campaigns/undo', campaign],
    ['engine', '/campaigns/pause', campaign],
    ['engine', '/campaigns/resume', campaign],
    ['engine', '/campaigns/reschedule', { ...campaign, sendAt: null }],
    ['engine', '/campaigns/cancelRest', campaign],
    ['engine', '/campaigns/settleUncertain', { ...campaign, decision: 'arrived' }],
    [
      'engine',
      '/campaigns/send',
      { request, expectedRecipients: 1, expectedParts: 1, token: crypto.randomUUID() },
    ],
    ['engine', '/messages/list', { space, filter: {}, limit: 100 }],
    ['engine', '/messages/count', { space, filter: { search: canary.password } }],
    ['engine', '/messages/get', { space, id: 1 }],
    ['engine', '/messages/changes', { space }],
    ['engine', '/messages/sync', { space }],
    ['engine', '/messages/syncState', { space }],
    ['engine', '/contacts/add', { space, name: 'Rahim', number: '01712345678' }],
    ['engine', '/contacts/list', { space, limit: 100 }],
    ['engine', '/contacts/count', { space }],
    ['engine', '/contacts/numbers', { space }],
    ['engine', '/contacts/update', { space, id: 1, name: 'Karim', number: '01712345678' }],
    ['engine', '/contacts/watch', { space }],
    ['engine', '/contacts/remove', { space, id: 1 }],
    ['engine', '/contacts/restore', { space, id: 1, name: 'Karim', number: '01712345678', createdAt: 1 }],
    ['engine', '/diagnostics/exchanges', { space, limit: 100 }],
    ['engine', '/inbox/head', { space }],
    ['engine', '/inbox/conversations', { space, limit: 100 }],
    ['engine', '/inbox/thread', { space, partner: '8801712345678', limit: 100 }],
    ['engine', '/inbox/markRead', { space, partner: '8801712345678', read: true }],
    ['engine', '/inbox/fetch', { space }],
    ['engine', '/lookups/plan', { numbers: '01712345678' }],
    ['engine', '/lookups/start', { accountId: id, numbers: '01712345678', mode: 'sync' }],
    ['engine', '/lookups/list', { space, limit: 100 }],
    ['engine', '/lookups/watch', { space, id: 1 }],
    ['engine', '/lookups/rows', { space, id: 1, limit: 100 }],
    ['engine', '/lookups/known', { space, limit: 100 }],
    ['engine', '/lookups/stop', { space, id: 1 }],
    ['engine', '/lookups/resume', { space, id: 1 }],
    ['engine', '/practice/status'],
    ['engine', '/practice/simulateInbound', { from: '8801712345678', text: 'x' }],
    ['engine', '/receiver/watch'],
    ['engine', '/receiver/test', { accountId: id }],
    ['engine', '/receiver/renewPaths'],
    ['engine', '/receiver/configure', {}],
    ['engine', '/accounts/add', { form: { ...elsewhere, name: 'Copy' }, password: 'another' }],
    ['shell', '/app/info'],
    ['shell', '/app/openLink', { id: 'nothing' }],
    ['shell', '/settings/get'],
    ['shell', '/settings/update', {}],
    ['shell', '/settings/watch'],
    ['shell', '/engine/status'],
    ['shell', '/engine/restart'],
    ['shell', '/vault/mode'],
    ['shell', '/vault/selfTest'],
    ['shell', '/vault/setMode', { mode: 'session' }],
    ['engine', '/accounts/remove', { id }],
  ];
  expect([...new Set(calls.map(([port, path]) => `${port} ${path}`))].sort()).toEqual(
    [...pathsOf('engine', engineContract), ...pathsOf('shell', shellContract)].sort(),
  );

  const statuses: Record<string, number> = {};
  for (const [port, path, input] of calls) {
    const answer = await ports.call(port, path, input);
    statuses[`${port} ${path}`] = answer?.status ?? 0;
  }
  expect(statuses).toMatchObject({
    'engine /accounts/list': 200,
    'engine /accounts/refreshBalance': 200,
    'engine /campaigns/list': 200,
    'engine /messages/get': 200,
    'engine /accounts/probe': 200,
    'engine /diagnostics/exchanges': 200,
    'engine /lookups/start': 200,
    'engine /contacts/list': 200,
    'engine /practice/status': 200,
    'shell /settings/get': 200,
  });
  // Streams have said something, too.
  await eventually(() => page.evaluate(() => window.mimHeard.length)).toBeGreaterThan(calls.length);
  const heard = await page.evaluate(() => window.mimHeard.join('\n'));
  expect(heard).toContain('Our school');
  // What the page itself has sent comes back in no form; its own search above is in no answer either.
  expect(holds(heard, canary)).toBe(false);
  expect(holds(nosy.heard(), canary), 'another server was told the password').toBe(false);
  return { id, name };
}

function pathsOf(port: PortName, node: object, path = ''): string[] {
  if (isContractProcedure(node)) return [`${port} ${path}`];
  return Object.entries(node).flatMap(([key, child]) => pathsOf(port, child as object, `${path}/${key}`));
}
