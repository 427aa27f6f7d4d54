import { expect, test, vi } from 'vitest';
import type { AccountView } from '#shared/ipc/accounts.ts';
import SettingsPage from '../../../renderer/features/settings/SettingsPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import {
  feed,
  PRACTICE_ACCOUNT,
  REAL_ACCOUNT,
  refusal,
  REST_PATH,
  scriptedLink,
  type ScriptedLink,
} from '../support/scripted-link.ts';

async function openForm(script: ScriptedLink) {
  const { screen, session } = await mount(script, SettingsPage, { add: 'account' as const });
  const box = (name: string) => screen.getByRole('textbox', { name, exact: true });
  const press = (name: string) => screen.getByRole('button', { name, exact: true }).click();
  const fill = async (): Promise<void> => {
    await box('Account name').fill(' Green Valley ');
    await box('User name').fill('greenvalley');
    await box('Password').fill('s3cret');
    await box('Sender IDs').fill('GVSchool, 8809617000000\n');
  };
  return { screen, session, box, press, fill };
}

const FORM = {
  name: ' Green Valley ',
  protocol: 'auto',
  options: {},
  serverAddress: 'https://api.mimsms.com',
  allowHttp: false,
  userName: 'greenvalley',
  senders: ['GVSchool', '8809617000000'],
};

test('has the names that screen readers and tests rely on, and is accessible', async () => {
  const { screen, box } = await openForm(scriptedLink());
  for (const name of ['Account name', 'Server address', 'User name', 'Password', 'Sender IDs']) {
    await expect.element(box(name)).toBeVisible();
  }
  await expect.element(box('Server address')).toHaveValue('https://api.mimsms.com');
  await expect.element(screen.getByRole('combobox', { name: 'Protocol' })).toHaveTextContent('Automatic');
  await expect.element(screen.getByRole('checkbox', { name: 'Allow unencrypted HTTP' })).not.toBeChecked();
  await expectAccessible(document.body);
});

test('the password is hidden until the eye is pressed', async () => {
  const { box, press } = await openForm(scriptedLink());
  await box('Password').fill('s3cret');
  await expect.element(box('Password')).toHaveAttribute('type', 'password');
  await press('Show');
  await expect.element(box('Password')).toHaveAttribute('type', 'text');
});

test('an empty form asks nobody and marks every field that is missing', async () => {
  const script = scriptedLink();
  const { screen, box, press } = await openForm(script);
  await press('Save account');
  for (const name of ['Account name', 'User name', 'Password']) {
    await expect.element(box(name)).toHaveAccessibleDescription(/Fill in this field/);
    await expect.element(box(name)).toHaveAttribute('aria-invalid', 'true');
  }
  expect(screen.getByRole('alert').elements()).toHaveLength(0);
  expect(script.inputsOf('accounts.add')).toEqual([]);
});

test('a sender that breaks a rule is named while it is typed', async () => {
  const { box } = await openForm(scriptedLink());
  await box('Sender IDs').fill('GVSchool, AB');
  await expect.element(box('Sender IDs')).toHaveAccessibleDescription(/“AB”: at least 3 characters/);
  await box('Sender IDs').fill('GVSchool, ABC');
  await expect.element(box('Sender IDs')).not.toHaveAttribute('aria-invalid');
});

test('an address without encryption needs the tick, which warns in plain words', async () => {
  const script = scriptedLink({
    'accounts.test': () => ({ balance: { micros: 0, currency: 'BDT' }, path: REST_PATH }),
  });
  const { screen, box, press, fill } = await openForm(script);
  await fill();
  await box('Server address').fill('http://10.0.0.5');
  await press('Test connection');
  await expect.element(box('Server address')).toHaveAccessibleDescription(/has no encryption/);
  expect(script.inputsOf('accounts.test')).toEqual([]);

  await screen.getByRole('checkbox', { name: 'Allow unencrypted HTTP' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/travel unprotected/);
  await press('Test connection');
  await vi.waitFor(() => expect(script.inputsOf('accounts.test')).toHaveLength(1));
});

test('the test shows the balance, and the exact problem when there is one', async () => {
  const script = scriptedLink({
    'accounts.test': () => ({ balance: { micros: 1_868_500_000, currency: 'BDT' }, path: REST_PATH }),
  });
  const { screen, box, press, fill } = await openForm(script);
  await fill();
  await press('Test connection');
  await expect
    .element(screen.getByRole('status').filter({ hasText: 'works' }))
    .toHaveTextContent('৳1,868.50');
  expect(script.inputsOf('accounts.test')).toEqual([{ form: FORM, password: 's3cret' }]);

  script.answer('accounts.test', () => {
    throw refusal('GATEWAY_AUTH');
  });
  await box('Password').fill('wrong');
  expect(screen.getByText('The connection works.').elements()).toHaveLength(0);
  await press('Test connection');
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/Type them again/);
});

test('a saved account is the one in use and is said to be saved', async () => {
  const saved: AccountView = { ...REAL_ACCOUNT, name: 'Green Valley' };
  const accounts = feed([PRACTICE_ACCOUNT]);
  const script = scriptedLink({
    'accounts.watch': () => accounts.open(),
    'accounts.add': () => {
      accounts.push([saved, PRACTICE_ACCOUNT]);
      return saved;
    },
  });
  const { screen, session, press, fill } = await openForm(script);
  await fill();
  await press('Save account');
  await expect.element(screen.getByText('“Green Valley” is saved.')).toBeVisible();
  expect(script.inputsOf('accounts.add')).toEqual([{ form: FORM, password: 's3cret' }]);
  expect(session.active?.id).toBe(saved.id);
});

test('a name that is taken is said at the name', async () => {
  const script = scriptedLink({
    'accounts.add': () => {
      throw refusal('ACCOUNT_NAME_TAKEN');
    },
  });
  const { box, press, fill } = await openForm(script);
  await fill();
  await press('Save account');
  await expect.element(box('Account name')).toHaveAccessibleDescription(/already has this name/);
  await box('Account name').fill('Another');
  await expect.element(box('Account name')).not.toHaveAttribute('aria-invalid');
});

test('without a keychain the fix is shown; keeping the password for the session only is a choice of the user', async () => {
  let mode = 'keychain';
  const script = scriptedLink({
    'accounts.add': () => {
      if (mode === 'keychain') throw refusal('VAULT_UNAVAILABLE', { detail: 'no secret service' });
      return REAL_ACCOUNT;
    },
    'shell.vault.selfTest': () => ({
      ok: false,
      code: 'VAULT_UNAVAILABLE',
      fix: 'linux-secret-service',
      detail: 'no secret service',
    }),
    'shell.vault.setMode': (input: { mode: string }) => {
      mode = input.mode;
      return mode;
    },
  });
  const { screen, press, fill } = await openForm(script);
  await fill();
  await press('Save account');
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/gnome-keyring/);
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/after every start/);
  expect(script.inputsOf('shell.vault.setMode')).toEqual([]);

  await press('Continue without keychain and save');
  await expect.element(screen.getByText('“Green Valley School” is saved.')).toBeVisible();
  expect(script.inputsOf('shell.vault.setMode')).toEqual([{ mode: 'session' }]);
});

test('pace and a shared login are saved with the account, and what is out of bounds is not', async () => {
  const script = scriptedLink({ 'accounts.add': () => REAL_ACCOUNT });
  const { screen, box, press, fill } = await openForm(script);
  await fill();
  await screen.getByText('Pace and other computers').click();
  await box('Messages per second at most').fill('০.5');
  await box('Requests at once at most').fill('33');
  await screen.getByRole('checkbox', { name: 'Another computer sends with this login too' }).click();
  await press('Save account');
  await expect.element(box('Requests at once at most')).toHaveAccessibleDescription(/from 1 to 32/);
  expect(script.inputsOf('accounts.add')).toEqual([]);
  await box('Requests at once at most').fill('4');
  await press('Save account');
  await vi.waitFor(() => expect(script.inputsOf('accounts.add')).toHaveLength(1));
  expect(script.inputsOf('accounts.add')[0]).toMatchObject({
    form: { options: { perSecond: 0.5, atOnce: 4, isShared: true } },
  });
});
