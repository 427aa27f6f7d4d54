import { expect, test, vi } from 'vitest';
import SettingsPage from '../../../renderer/features/settings/SettingsPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { receiver } from '../support/samples.ts';
import { feed, REAL_ACCOUNT, refusal, scriptedLink } from '../support/scripted-link.ts';

async function open(answers: Parameters<typeof scriptedLink>[0] = {}, view = receiver()) {
  const watched = feed(view);
  const script = scriptedLink({ 'receiver.watch': () => watched.open(), ...answers });
  const { screen } = await mount(script, SettingsPage, { section: 'receiving' });
  await expect.element(screen.getByRole('checkbox', { name: 'Receive on this computer' })).toBeVisible();
  return { screen, script, watched };
}

test('shows state, what came last, and the exact addresses to register', async () => {
  const { screen, watched } = await open();
  await expect.element(screen.getByText('Listening', { exact: true })).toBeVisible();
  await expect.element(screen.getByText('http://127.0.0.1:4280/r/kq7d2v9x4m1c/inbound')).toBeVisible();
  await expect
    .element(screen.getByRole('button', { name: /Copy the address for Delivery reports, Green Valley/ }))
    .toBeVisible();
  await expect.element(screen.getByText(/Last: a delivery report/)).toBeVisible();
  await expectAccessible(document.body);
  watched.push(receiver({ last: 'refused: wrong address' }));
  await expect.element(screen.getByText(/Last: a refused request \(wrong address\)/)).toBeVisible();
  watched.push(receiver({ state: 'failed', problem: 'port-in-use' }));
  await expect.element(screen.getByText(/Another program uses this port/)).toBeVisible();
});

test('is switched on with checked settings; a wrong port or name asks nobody', async () => {
  const off = receiver({
    state: 'off',
    addresses: [],
    settings: { ...receiver().settings, enabled: false, port: 0 },
  });
  const { screen, script } = await open({ 'receiver.configure': () => receiver() }, off);
  const port = screen.getByRole('textbox', { name: 'Port' });
  await screen.getByRole('checkbox', { name: 'Receive on this computer' }).click();
  await port.fill('70000');
  await expect.element(port).toHaveAccessibleDescription(/from 1 to 65535/);
  await expect.element(screen.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await port.fill('৪২৮০');
  await screen.getByRole('radio', { name: 'Everyone in the network' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/Other computers can then send/);
  await screen.getByText('Names in the address of received messages').click();
  await screen.getByRole('textbox', { name: 'Text', exact: true }).fill('message, text');
  await screen.getByRole('button', { name: 'Apply' }).click();
  await expect.element(screen.getByText('Taken over.')).toBeVisible();
  expect(script.inputsOf('receiver.configure')).toEqual([
    {
      enabled: true,
      everyInterface: true,
      port: 4280,
      publicAddress: '',
      names: { ...receiver().settings.names, text: ['message', 'text'] },
    },
  ]);
});

test('a failure to listen is said, and what was typed stays', async () => {
  const { screen } = await open({
    'receiver.configure': () => {
      throw refusal('RECEIVER_FAILED', { detail: 'port-in-use' });
    },
  });
  await screen.getByRole('textbox', { name: 'Port' }).fill('80');
  await screen.getByRole('button', { name: 'Apply' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/choose another port/i);
  await expect.element(screen.getByRole('textbox', { name: 'Port' })).toHaveValue('80');
});

test('an address is tested as the gateway would call it', async () => {
  const { screen, script } = await open({
    'receiver.test': () => ({ ok: false, detail: 'ECONNREFUSED', ms: 3 }),
  });
  const button = screen.getByRole('button', { name: 'Test the addresses of Green Valley School' });
  await button.click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/did not come through/);
  script.answer('receiver.test', () => ({ ok: true, detail: 'HTTP 200', ms: 12 }));
  await button.click();
  await expect.element(screen.getByText(/came through in 12 ms/)).toBeVisible();
  expect(script.inputsOf('receiver.test').at(-1)).toEqual({ accountId: REAL_ACCOUNT.id });
});

test('new paths are made only after the question', async () => {
  const { screen, script } = await open({ 'receiver.renewPaths': () => receiver() });
  await screen.getByRole('button', { name: 'Make new paths' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Make new paths?' });
  await expect.element(dialog).toHaveAccessibleDescription(/stop working at once/);
  expect(script.inputsOf('receiver.renewPaths')).toEqual([]);
  await dialog.getByRole('button', { name: 'Make new paths' }).click();
  await vi.waitFor(() => expect(script.inputsOf('receiver.renewPaths')).toHaveLength(1));
});
