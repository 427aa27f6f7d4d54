import { expect, test, vi } from 'vitest';
import type { AccountForm, AccountPath, AccountView } from '#shared/ipc/accounts.ts';
import SettingsPage from '../../../renderer/features/settings/SettingsPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import {
  feed,
  REAL_ACCOUNT,
  refusal,
  REST_CAPABILITIES,
  scriptedLink,
  type ScriptedLink,
} from '../support/scripted-link.ts';

const SMPP_PATH: AccountPath = {
  protocol: 'smpp',
  capabilities: {
    ...REST_CAPABILITIES,
    recipientsPerRequest: 1,
    ownMessageIds: false,
    reports: 'stream',
    logs: false,
    balance: false,
    inbox: 'stream',
  },
  probedAt: Date.now(),
  steps: [
    { protocol: 'rest-json', what: 'balance', ok: false, code: 'GATEWAY_UNREADABLE' },
    { protocol: 'smpp', what: 'bind', ok: true, code: null },
  ],
};

async function openForm(script: ScriptedLink) {
  const { screen } = await mount(script, SettingsPage, { add: 'account' as const });
  const box = (name: string) => screen.getByRole('textbox', { name, exact: true });
  const choose = async (name: RegExp): Promise<void> => {
    await screen.getByRole('combobox', { name: 'Protocol' }).click();
    await screen.getByRole('option', { name }).click();
  };
  const fill = async (secret: string): Promise<void> => {
    await box('Account name').fill('Green Valley');
    await box('User name').fill('greenvalley');
    await box(secret).fill('s3cret');
  };
  const save = () => screen.getByRole('button', { name: 'Save account' }).click();
  const formsOf = (path: string) =>
    (script.inputsOf(path) as { form: AccountForm }[]).map((input) => input.form);
  return { screen, box, choose, fill, save, formsOf };
}

test('offers automatic first, then every protocol by its family, each with a sentence', async () => {
  const { screen } = await openForm(scriptedLink());
  await screen.getByRole('combobox', { name: 'Protocol' }).click();
  await expect.element(screen.getByRole('option', { name: /Automatic/ })).toBeVisible();
  const options = screen
    .getByRole('option')
    .elements()
    .map((one) => one.textContent.replace(/\s+/g, ' ').trim());
  expect(options).toHaveLength(11);
  expect(options[0]).toMatch(/^Automatic \(recommended\) Finds out/);
  expect(options.filter((one) => /^SMPP 3\.4 A standing connection/.test(one))).toHaveLength(1);
  await expect.element(screen.getByRole('group', { name: 'Older HTTP' })).toBeVisible();
  await expectAccessible(document.body);
});

test('a key protocol asks for the key, and sends its campaign id', async () => {
  const script = scriptedLink({ 'accounts.add': () => REAL_ACCOUNT });
  const { screen, box, choose, fill, save, formsOf } = await openForm(script);
  await choose(/^API key V2/);
  expect(screen.getByRole('textbox', { name: 'Password', exact: true }).elements()).toHaveLength(0);
  await fill('API key');
  await box('Campaign ID').fill(' 4711 ');
  await save();
  await vi.waitFor(() =>
    expect(formsOf('accounts.add')).toMatchObject([{ protocol: 'key-v2', options: { campaignId: '4711' } }]),
  );
});

test('SMPP takes its own address and settings; a wrong number is said at its field and asks nobody', async () => {
  const script = scriptedLink({ 'accounts.add': () => REAL_ACCOUNT });
  const { screen, box, choose, fill, save, formsOf } = await openForm(script);
  await choose(/^SMPP/);
  await expect.element(box('Server address')).toHaveValue('');
  await fill('Password');
  await box('Server address').fill('smpp://10.0.0.5:2775');
  await screen.getByRole('checkbox', { name: 'Allow unencrypted HTTP' }).click();
  await screen.getByText('SMPP settings').click();
  await box('Requests under way at once').fill('500');
  await expect
    .element(box('Requests under way at once'))
    .toHaveAccessibleDescription('A whole number from 1 to 100.');
  await save();
  expect(formsOf('accounts.add')).toEqual([]);
  await box('Requests under way at once').fill('২০');
  await box('IMSI tag').fill('0x1403');
  await expectAccessible(document.body);
  await save();
  await vi.waitFor(() =>
    expect(formsOf('accounts.add')).toMatchObject([
      {
        protocol: 'smpp',
        serverAddress: 'smpp://10.0.0.5:2775',
        options: { smpp: { window: 20, contextTags: { imsi: 0x1403 } } },
      },
    ]),
  );
});

test('settings of another protocol are not sent along', async () => {
  const script = scriptedLink({ 'accounts.add': () => REAL_ACCOUNT });
  const { screen, box, choose, fill, save, formsOf } = await openForm(script);
  await choose(/^HTTP plain v3/);
  await box('App ID').fill('office-1');
  await screen.getByRole('checkbox', { name: 'Use GET' }).click();
  await choose(/^REST \(XML\)/);
  await fill('Password');
  await save();
  await vi.waitFor(() =>
    expect(formsOf('accounts.add')).toMatchObject([{ protocol: 'rest-xml', options: {} }]),
  );
  await vi.waitFor(() => expect(formsOf('accounts.add')[0]?.options).toEqual({}));
});

test('the test says what the account can do, also without a balance', async () => {
  const script = scriptedLink({ 'accounts.test': () => ({ balance: null, path: SMPP_PATH }) });
  const { screen, fill } = await openForm(script);
  await fill('Password');
  await screen.getByRole('button', { name: 'Test connection' }).click();
  const found = screen.getByRole('status').filter({ hasText: 'works' });
  await expect.element(found).toHaveTextContent('No balance call on this protocol. · Uses SMPP 3.4');
  await expect.element(found).toHaveTextContent(/cannot: ?Own message ids/);
  await expect.element(found).toHaveTextContent(/can: ?Delivery reports arrive by themselves/);
  await found.getByText('How this was found out').click();
  await expect.element(found.getByText('SMPP 3.4 · Sign-in (bind): answered')).toBeVisible();
});

test('an account is looked at again from the list, and a failure is said', async () => {
  const unknown: AccountView = {
    ...REAL_ACCOUNT,
    protocol: 'auto',
    path: { protocol: null, capabilities: null, probedAt: null, steps: [] },
  };
  const accounts = feed([unknown]);
  const script = scriptedLink({
    'accounts.watch': () => accounts.open(),
    'accounts.probe': () => {
      throw refusal('PROTOCOL_NOT_FOUND');
    },
  });
  const { screen } = await mount(script, SettingsPage, { section: 'accounts' });
  await screen.getByText('What this account can do').click();
  await expect.element(screen.getByText(/Not looked at yet/)).toBeVisible();
  const again = screen.getByRole('button', { name: 'Check again what Green Valley School can do' });
  await again.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/None of the known protocols/);
  script.answer('accounts.probe', () => {
    const found = { ...unknown, path: { ...SMPP_PATH, protocol: 'rest-json' as const } };
    accounts.push([found]);
    return found;
  });
  await again.click();
  await expect.element(screen.getByText('REST (JSON) (found automatically)')).toBeVisible();
  expect(script.inputsOf('accounts.probe')).toEqual([{ id: unknown.id }, { id: unknown.id }]);
});
