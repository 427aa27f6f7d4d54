import { expect, test, vi } from 'vitest';
import type { SettingsSection } from '../../../renderer/lib/routes.ts';
import SettingsPage from '../../../renderer/features/settings/SettingsPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import {
  feed,
  PRACTICE_ACCOUNT,
  REAL_ACCOUNT,
  refusal,
  scriptedLink,
  type ScriptedLink,
} from '../support/scripted-link.ts';

const SECOND = {
  ...REAL_ACCOUNT,
  id: '5f0c8a52-3a5b-4b8e-9d5e-0a4a6a7f1b11',
  name: 'Clinic',
  isDefault: false,
  secret: 'absent' as const,
};

const open = async (script: ScriptedLink, section: SettingsSection) =>
  (await mount(script, SettingsPage, { section })).screen;

function withAccounts(answers: Parameters<typeof scriptedLink>[0] = {}): ScriptedLink {
  const accounts = feed([REAL_ACCOUNT, SECOND, PRACTICE_ACCOUNT]);
  return scriptedLink({ 'accounts.watch': () => accounts.open(), ...answers });
}

test('the list shows what matters of each account; the practice account cannot be changed', async () => {
  const screen = await open(withAccounts(), 'accounts');
  await expect.element(screen.getByText('missing, type it again')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Edit Clinic' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Edit Practice' }).elements()).toHaveLength(0);
  expect(screen.getByRole('button', { name: 'Remove Practice' }).elements()).toHaveLength(0);
  await expectAccessible(document.body);
});

test('an account goes only after the question, and stays with a reason while it still has to send', async () => {
  const script = withAccounts({
    'accounts.remove': () => {
      throw refusal('ACCOUNT_IN_USE');
    },
  });
  const screen = await open(script, 'accounts');
  await screen.getByRole('button', { name: 'Remove Clinic' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Remove “Clinic”?' });
  await expect.element(dialog).toHaveAccessibleDescription(/stay in the archive/);
  expect(script.inputsOf('accounts.remove')).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove account' }).click();
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(/messages that are not settled/);

  script.answer('accounts.remove', () => null);
  await dialog.getByRole('button', { name: 'Remove account' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(screen.getByText('“Clinic” is removed.')).toBeVisible();
  expect(script.inputsOf('accounts.remove')).toEqual([{ id: SECOND.id }, { id: SECOND.id }]);
});

test('an edit without a new password keeps the stored one', async () => {
  const script = withAccounts({ 'accounts.update': () => REAL_ACCOUNT });
  const screen = await open(script, 'accounts');
  await screen.getByRole('button', { name: 'Edit Green Valley School' }).click();
  await screen.getByRole('textbox', { name: 'User name' }).fill('office2');
  await screen.getByRole('button', { name: 'Save account' }).click();
  await vi.waitFor(() => expect(script.inputsOf('accounts.update')).toHaveLength(1));
  const [input] = script.inputsOf('accounts.update');
  expect(input).toMatchObject({
    id: REAL_ACCOUNT.id,
    form: { userName: 'office2', name: REAL_ACCOUNT.name },
  });
  expect(input).not.toHaveProperty('password');
});

test('another account can be made the default', async () => {
  const script = withAccounts({ 'accounts.setDefault': () => null });
  const screen = await open(script, 'accounts');
  await screen.getByRole('button', { name: 'Make Clinic the default' }).click();
  expect(script.inputsOf('accounts.setDefault')).toEqual([{ id: SECOND.id }]);
});

test.for([
  { fix: 'linux-secret-service', code: 'VAULT_UNAVAILABLE', says: /gnome-keyring/ },
  { fix: 'unlock-keyring', code: 'VAULT_LOCKED', says: /unlock the “Login” keyring/ },
  { fix: 'macos-keychain', code: 'VAULT_LOCKED', says: /Keychain Access/ },
  { fix: 'windows-credential-manager', code: 'VAULT_UNAVAILABLE', says: /Credential Manager/ },
])('the keychain check explains how to fix $fix', async ({ fix, code, says }) => {
  const script = scriptedLink({
    'shell.vault.mode': () => 'keychain',
    'shell.vault.selfTest': () => ({ ok: false, code, fix, detail: 'reason from the system' }),
  });
  const screen = await open(script, 'passwords');
  await screen.getByRole('button', { name: 'Check the keychain' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(says);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('reason from the system');
});

test('a working keychain says so', async () => {
  const script = scriptedLink({
    'shell.vault.mode': () => 'keychain',
    'shell.vault.selfTest': () => ({ ok: true }),
  });
  const screen = await open(script, 'passwords');
  await screen.getByRole('button', { name: 'Check the keychain' }).click();
  await expect.element(screen.getByText('The keychain works.')).toBeVisible();
  await expectAccessible(document.body);
});

test('the choice of where passwords are kept takes effect, and goes back when it cannot', async () => {
  const script = scriptedLink({
    'shell.vault.mode': () => 'keychain',
    'shell.vault.setMode': ({ mode }: { mode: string }) => mode,
  });
  const screen = await open(script, 'passwords');
  const session = screen.getByRole('radio', { name: 'Only until the program closes' });
  const keychain = screen.getByRole('radio', { name: 'In the keychain of this computer' });
  await expect.element(keychain).toBeChecked();
  await session.click();
  await expect.element(screen.getByText(/Type the password of each account once more/)).toBeVisible();
  expect(script.inputsOf('shell.vault.setMode')).toEqual([{ mode: 'session' }]);

  script.answer('shell.vault.setMode', () => {
    throw refusal('UNEXPECTED');
  });
  await keychain.click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  await expect.element(session).toBeChecked();
});

test('the about section shows the versions and opens links by id only', async () => {
  const script = scriptedLink({
    'shell.app.info': () => ({
      version: '0.1.0',
      electron: '45.4.1',
      chromium: '146.0',
      platform: 'linux',
      packaged: true,
    }),
    'shell.app.openLink': () => null,
  });
  const screen = await open(script, 'about');
  await expect.element(screen.getByText('MiM SMS Desktop 0.1.0')).toBeVisible();
  await screen.getByRole('button', { name: 'Support' }).click();
  expect(script.inputsOf('shell.app.openLink')).toEqual([{ id: 'mimsms-support' }]);
});

test('staying in the tray can be switched off, and a choice that cannot be kept is taken back', async () => {
  const kept = { language: 'en', theme: 'light', firstRunDone: true, staysInTray: false } as const;
  const script = scriptedLink({ 'shell.settings.update': () => kept });
  const screen = await open(script, 'appearance');
  const box = screen.getByRole('checkbox', {
    name: 'Keep running in the tray while something is to be sent',
  });
  await expect.element(box).toBeChecked();
  await box.click();
  await vi.waitFor(() => expect(script.inputsOf('shell.settings.update')).toEqual([{ staysInTray: false }]));
  await expect.element(box).not.toBeChecked();

  script.answer('shell.settings.update', () => {
    throw refusal('UNEXPECTED', { incident: 'c7' });
  });
  await box.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/incident c7/);
  await expect.element(box).not.toBeChecked();
});
