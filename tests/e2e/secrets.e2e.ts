import { isContractProcedure } from '@orpc/contract';
import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { engineContract } from '#shared/ipc/engine.ts';
import { shellContract } from '#shared/ipc/shell.ts';
import { DEFAULT_RULES } from '#shared/rules/rules.ts';
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

    // The dialogs of the system belong to the system: here the user thinks better of each one.
    await running.app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: true, filePaths: [] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
    });
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
  const merged = { name: 'Karim', note: '', fields: {}, first: '8801712345678' };
  const pasted = { kind: 'text', text: 'Name\tNumber\nRahim\t01712345678' };
  const mapping = { header: true, columns: [{ to: 'name' }, { to: 'number' }] };
  const counts = { rows: 1, new: 1, updated: 0, unchanged: 0, duplicate: 0, rejected: 0 };
  const template = { name: 'Holiday', text: 'x', category: '', class: null, approvalId: '' };
  const recurrence = {
    pattern: { kind: 'daily', every: 1 },
    time: '09:00',
    zone: 'Asia/Dhaka',
    from: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    end: { kind: 'times', times: 1 },
  };
  const token = () => crypto.randomUUID();
  const draft = {
    id: crypto.randomUUID(),
    revision: 1,
    content: {
      accountId: id,
      sender: 'MIMSCHOOL',
      text: 'x',
      recipients: '',
      sources: [],
      when: 'now',
      sendAt: null,
      includeDead: false,
      emptyFields: 'block',
    },
  };
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
    ['engine', '/campaigns/ignoreQuiet', campaign],
    ['engine', '/campaigns/failures', campaign],
    ['engine', '/campaigns/retry', { ...campaign, keys: ['none'], expectedRecipients: 1, token: token() }],
    ['engine', '/campaigns/sourceChanges', campaign],
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
    ['engine', '/contacts/add', { space, name: 'Rahim', numbers: ['01712345678'] }],
    ['engine', '/contacts/list', { space, filter: {}, limit: 100 }],
    ['engine', '/contacts/count', { space, filter: { search: canary.password } }],
    ['engine', '/contacts/numbers', { space, filter: {} }],
    ['engine', '/contacts/get', { space, id: 1 }],
    ['engine', '/contacts/byNumber', { space, number: '01712345678' }],
    ['engine', '/contacts/update', { space, id: 1, name: 'Karim', numbers: ['01712345678'] }],
    ['engine', '/contacts/figures', { space, id: 1 }],
    ['engine', '/contacts/history', { space, id: 1, limit: 100 }],
    ['engine', '/contacts/duplicates', { space, limit: 100 }],
    ['engine', '/contacts/merge', { space, keep: 1, others: [2], contact: merged }],
    ['engine', '/contacts/revive', { space, msisdn: '8801712345678' }],
    ['engine', '/contacts/addField', { space, name: 'Class', kind: 'text' }],
    ['engine', '/contacts/fields', { space }],
    ['engine', '/contacts/updateField', { space, id: 1, name: 'Class', kind: 'text' }],
    ['engine', '/contacts/removeField', { space, id: 1, used: 0 }],
    ['engine', '/contacts/watch', { space }],
    ['engine', '/groups/add', { space, name: 'Parents', rule: null }],
    ['engine', '/groups/list', { space }],
    ['engine', '/groups/update', { space, id: 1, name: 'Parents', rule: null }],
    ['engine', '/groups/addMembers', { space, id: 1, choice: { ids: [1] } }],
    ['engine', '/groups/removeMembers', { space, id: 1, choice: { ids: [1] } }],
    ['engine', '/groups/preview', { space, rule: { match: 'all', of: [] } }],
    ['engine', '/groups/remove', { space, id: 1 }],
    ['engine', '/groups/restore', { space, id: 1 }],
    ['engine', '/doNotMessage/add', { space, numbers: '01812345678', reason: 'asked', note: '' }],
    ['engine', '/doNotMessage/list', { space, limit: 100 }],
    ['engine', '/doNotMessage/undoAdd', { space, addition: 1 }],
    ['engine', '/doNotMessage/remove', { space, msisdn: '8801812345678' }],
    ['engine', '/rules/get', { space }],
    ['engine', '/rules/watch', { space }],
    ['engine', '/rules/update', { space, rules: { canary: 6 } }],
    ['engine', '/series/preview', { recurrence, count: 3 }],
    ['engine', '/series/create', { request, recurrence, expectedRecipients: 1, token: token() }],
    ['engine', '/series/list', { space }],
    ['engine', '/series/watch', { space }],
    ['engine', '/series/pause', campaign],
    ['engine', '/series/resume', campaign],
    ['engine', '/series/planMissed', campaign],
    ['engine', '/series/sendMissed', { ...campaign, expectedRecipients: 1 }],
    ['engine', '/series/end', campaign],
    ['engine', '/outbox/watch', { space }],
    ['engine', '/outbox/calendar', { space, from: Date.now(), until: Date.now() + 86_400_000 }],
    ['engine', '/outbox/leavingSooner', { space, quiet: DEFAULT_RULES.quiet }],
    ['engine', '/outbox/uncertain', { space, undecided: true, limit: 100 }],
    ['engine', '/recipients/find', { space, search: 'ka', limit: 10 }],
    ['engine', '/recipients/describe', { space, sources: [{ kind: 'contact', id: 1 }] }],
    ['engine', '/recipients/preview', { request, index: 0 }],
    ['engine', '/recipients/spilling', { request, parts: 1, limit: 100 }],
    ['engine', '/recipients/leftOut', { request, limit: 100 }],
    ['engine', '/recipients/saveLeftOut', { request, save: draft.id }],
    ['engine', '/recipients/removeList', { space, id: 1 }],
    ['engine', '/imports/open', { space, purpose: 'contacts', source: pasted }],
    ['engine', '/imports/reopen', { space, id: draft.id, options: {} }],
    ['engine', '/imports/check', { space, id: draft.id, mapping, rules: { existing: 'fill', groups: [] } }],
    ['engine', '/imports/watch', { space, id: draft.id }],
    ['engine', '/imports/rows', { space, id: draft.id, limit: 100 }],
    ['engine', '/imports/fix', { space, id: draft.id, row: 1, column: 0, value: 'x' }],
    ['engine', '/imports/commit', { space, id: draft.id, expected: counts, token: crypto.randomUUID() }],
    ['engine', '/imports/cancel', { space, id: draft.id }],
    ['engine', '/imports/saveRejected', { space, of: { done: 1 }, save: draft.id }],
    ['engine', '/imports/history', { space, limit: 100 }],
    ['engine', '/imports/frees', { space, id: 1 }],
    ['engine', '/imports/undo', { space, id: 1 }],
    [
      'engine',
      '/exports/start',
      { space, choice: { filter: {} }, format: 'csv', columns: [{ column: 'name' }], save: draft.id },
    ],
    ['engine', '/exports/watch', { id: draft.id }],
    ['engine', '/exports/cancel', { id: draft.id }],
    ['engine', '/templates/add', { space, ...template }],
    ['engine', '/templates/list', { space }],
    ['engine', '/templates/update', { space, id: 1, ...template }],
    ['engine', '/templates/remove', { space, id: 1 }],
    ['engine', '/templates/restore', { space, id: 1 }],
    ['engine', '/drafts/save', { space, ...draft }],
    ['engine', '/drafts/list', { space, limit: 100 }],
    ['engine', '/drafts/get', { space, id: draft.id }],
    ['engine', '/drafts/watch', { space }],
    ['engine', '/drafts/remove', { space, id: draft.id }],
    ['engine', '/drafts/restore', { space, id: draft.id }],
    ['engine', '/contacts/remove', { space, choice: { ids: [1] } }],
    ['engine', '/contacts/undo', { space, removal: 1 }],
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
    ['shell', '/app/wanted'],
    ['shell', '/app/openLink', { id: 'nothing' }],
    ['shell', '/settings/get'],
    ['shell', '/settings/update', {}],
    ['shell', '/settings/watch'],
    ['shell', '/engine/status'],
    ['shell', '/engine/restart'],
    ['shell', '/files/choose', { kind: 'import' }],
    ['shell', '/files/chooseSave', { name: 'x', format: 'csv' }],
    ['shell', '/files/dropped'],
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
    'engine /contacts/add': 200,
    'engine /groups/list': 200,
    'engine /imports/open': 200,
    'engine /templates/add': 200,
    'engine /drafts/save': 200,
    'engine /recipients/preview': 200,
    'engine /rules/update': 200,
    'engine /series/create': 200,
    'engine /outbox/calendar': 200,
    'shell /files/chooseSave': 200,
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
