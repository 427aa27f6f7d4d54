import { expect, test, vi } from 'vitest';
import SettingsPage from '../../../renderer/features/settings/SettingsPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { exchange, practiceStatus } from '../support/samples.ts';
import { refusal, scriptedLink } from '../support/scripted-link.ts';

test('shows request and answer of an exchange, readable', async () => {
  const script = scriptedLink({
    'diagnostics.exchanges': () => ({
      rows: [
        exchange(2),
        exchange(1, {
          status: null,
          answerBody: null,
          outcome: 'timeout',
          method: 'submit_sm',
          target: 'smpp',
        }),
      ],
    }),
  });
  const { screen } = await mount(script, SettingsPage, { section: 'diagnostics' });
  await screen.getByRole('row', { name: /POST \/restapi/ }).click();
  const panel = screen.getByRole('complementary', { name: 'Request and answer' });
  await expect.element(panel).toHaveTextContent(/authorization: Basic ••••••/);
  await expect.element(panel.getByText(/"name": "PENDING_ACCEPTED"/)).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Close request and answer' }).click();
  await screen.getByRole('row', { name: /submit_sm/ }).click();
  await expect.element(panel.getByText('There was no answer: timeout.')).toBeVisible();
});

test('asks for one message only when it was opened from that message, until all are wanted', async () => {
  const script = scriptedLink({ 'diagnostics.exchanges': () => ({ rows: [] }) });
  const { screen } = await mount(script, SettingsPage, { section: 'diagnostics', messageId: 17 });
  await expect.element(screen.getByText('Only what was said about one message.')).toBeVisible();
  await screen.getByRole('button', { name: 'Show all' }).click();
  const asked = (): unknown[] => script.inputsOf('diagnostics.exchanges');
  expect(asked()[0]).toMatchObject({ messageId: 17 });
  await vi.waitFor(() => expect(asked().at(-1)).not.toHaveProperty('messageId'));
});

test('the practice gateway says what it received, and lets a message arrive', async () => {
  const script = scriptedLink({
    'practice.status': () => practiceStatus(),
    'practice.simulateInbound': () => null,
  });
  const { screen, router } = await mount(script, SettingsPage, { section: 'practice' });
  await expect.element(screen.getByText(/smpp:\/\/127.0.0.1:4011/)).toBeVisible();
  await expect.element(screen.getByRole('row', { name: 'SMPP 3 2' })).toBeVisible();
  await expect.element(screen.getByText('fault: drop-answer')).toBeVisible();
  await expectAccessible(document.body);
  const from = screen.getByRole('textbox', { name: 'From number' });
  await from.fill('12');
  await expect.element(from).toHaveAccessibleDescription(/3 to 15 digits/);
  await from.fill('+৮৮০ ১৭১২-৩৪৫৬৭৮');
  await screen.getByRole('textbox', { name: 'Received text' }).fill('কখন সভা?');
  await screen.getByRole('button', { name: 'Let it arrive' }).click();
  await screen.getByRole('button', { name: 'Open Inbox' }).click();
  expect(router.current).toEqual({ name: 'inbox' });
  expect(script.inputsOf('practice.simulateInbound')).toEqual([{ from: '+8801712345678', text: 'কখন সভা?' }]);
});

test('a practice gateway that does not run is said', async () => {
  const script = scriptedLink({
    'practice.status': () => {
      throw refusal('PRACTICE_NOT_RUNNING');
    },
  });
  const { screen } = await mount(script, SettingsPage, { section: 'practice' });
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/practice server did not start/);
});
