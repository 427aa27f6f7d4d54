import { page, userEvent } from 'vitest/browser';
import { beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { ERROR_CODES } from '#shared/errors.ts';
import type { SeriesTrouble, SeriesView } from '#shared/ipc/series.ts';
import type { Settings, WantedPlace } from '#shared/ipc/shell.ts';
import App from '../../../renderer/app/App.svelte';
import { describeError } from '../../../renderer/app/error-table.ts';
import { i18n } from '../../../renderer/i18n/i18n.svelte.ts';
import { Router } from '../../../renderer/lib/navigation.svelte.ts';
import type { Route } from '../../../renderer/lib/routes.ts';
import '../../../renderer/styles/index.css';
import { series } from '../harness/outgoing.ts';
import { office, type Scene } from '../harness/world.ts';
import { expectAccessible } from '../support/axe.ts';
import { feed, PRACTICE_ACCOUNT, REAL_ACCOUNT, refusal } from '../support/scripted-link.ts';

const SETTINGS: Settings = { language: 'en', theme: 'light', firstRunDone: true, staysInTray: true };

async function open(
  route: Route,
  scene: Partial<Scene> = {},
  answers: Readonly<Record<string, () => unknown>> = {},
) {
  const settings = scene.settings ?? SETTINGS;
  const script = office({ accounts: 'both', engine: 'running', ...scene, settings });
  for (const [path, answer] of Object.entries(answers)) script.answer(path, answer);
  const router = new Router();
  router.go(route);
  const screen = await render(App, { link: script.link, settings, router });
  return { script, screen, router };
}

beforeEach(() => page.viewport(1280, 800));

test('the rail leads to every screen, by mouse and by number key, in either digits', async () => {
  const { screen } = await open({ name: 'settings' });
  const rail = screen.getByRole('navigation', { name: 'Main' });
  const link = (name: string) => rail.getByRole('link', { name, exact: true });
  await expect.element(link('Settings')).toHaveAttribute('aria-current', 'page');
  await link('Campaigns').click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible();
  await expect.element(link('Campaigns')).toHaveAttribute('aria-current', 'page');

  await userEvent.keyboard('5');
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Messages' })).toBeVisible();
  await userEvent.keyboard('6');
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible();
  await userEvent.keyboard('7');
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible();
  window.dispatchEvent(new KeyboardEvent('keydown', { key: '৮', code: 'Digit8', bubbles: true }));
  await expect.element(screen.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('a digit typed into a field stays in the field', async () => {
  const { screen, router } = await open({ name: 'settings', add: 'account' });
  await screen.getByRole('textbox', { name: 'Account name' }).fill('Class ');
  await userEvent.keyboard('5');
  await expect.element(screen.getByRole('textbox', { name: 'Account name' })).toHaveValue('Class 5');
  expect(router.current.name).toBe('settings');
});

test('a press on a notification opens its campaign, and the news that there was none changes nothing', async () => {
  const wanted = feed<WantedPlace | null>(null);
  const { router, screen } = await open(
    { name: 'settings' },
    {},
    { 'shell.app.wanted': () => wanted.open() },
  );
  await expect.element(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  wanted.push({ kind: 'campaign', space: 'real', id: 1 });
  await vi.waitFor(() => expect(router.current).toEqual({ name: 'campaign', space: 'real', id: 1 }));
  wanted.push({ kind: 'repeated', space: 'practice' });
  await vi.waitFor(() => expect(router.current).toEqual({ name: 'outbox', tab: 'series' }));
  await expect
    .element(screen.getByText('Nothing leaves this computer and nothing is charged.'))
    .toBeVisible();
});

test('a long conversation leaves its reply in the window', async () => {
  await page.viewport(1024, 640);
  const { screen } = await open({ name: 'inbox' });
  await screen.getByRole('row', { name: /1712-345678/ }).click();
  const reply = screen.getByRole('textbox', { name: 'Reply' });
  await expect.element(screen.getByText('Question 7')).toBeVisible();
  expect(reply.element().getBoundingClientRect().bottom).toBeLessThan(640);
});

test('repeated sendings that stopped by themselves mark the outbox', async () => {
  const all = feed<SeriesView[]>([]);
  const because = (kind: SeriesTrouble['kind']) => ({ kind, code: null, at: null, recipients: null });
  const { screen } = await open({ name: 'settings' }, {}, { 'series.watch': () => all.open() });
  const link = screen
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Outbox', exact: true });
  await expect.element(link).not.toHaveAccessibleDescription(/stopped/);
  all.push([
    series(1),
    series(2, { state: 'waiting', trouble: because('user') }),
    series(3, { state: 'waiting', trouble: because('overdue') }),
    series(4, { state: 'waiting', trouble: because('refused') }),
  ]);
  await expect.element(link).toHaveAccessibleDescription('2 repeated sendings have stopped and need you.');
  await expectAccessible(document.body);
});

test('the balance has its age, is asked for on a press, and a failure says what to do', async () => {
  const { script, screen } = await open({ name: 'settings' });
  const balance = screen.getByRole('button', { name: /^Balance/ });
  await expect.element(balance).toHaveAccessibleName('Balance ৳1,868.50, 5 min ago');

  script.answer('accounts.refreshBalance', () => ({
    money: { micros: 20_000_000, currency: 'BDT' },
    at: Date.now(),
    failed: null,
  }));
  await balance.click();
  await expect.element(balance).toHaveAccessibleName('Balance ৳20.00, just now');
  expect(script.inputsOf('accounts.refreshBalance')).toEqual([{ id: REAL_ACCOUNT.id }]);

  script.answer('accounts.refreshBalance', () => {
    throw refusal('GATEWAY_AUTH', { httpStatus: 401 });
  });
  await balance.click();
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent(/does not accept this user name and password/);
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/HTTP 401/);
  await expect.element(balance).toHaveAccessibleName(/last attempt .* failed/);
});

test('practice is marked on every screen and gone when a real account is in use', async () => {
  const { screen } = await open({ name: 'campaigns' }, { accounts: 'practice' });
  const mark = screen.getByRole('region', { name: 'Practice' });
  await expect.element(mark).toHaveTextContent(/nothing is charged/);
  await mark.getByRole('button', { name: 'Connect MiM SMS' }).click();
  await expect.element(screen.getByRole('textbox', { name: 'Account name' })).toBeVisible();
  await expect.element(mark).toBeVisible();
});

test('the account in use decides which messages are asked for', async () => {
  const { script, screen } = await open({ name: 'messages' });
  await vi.waitFor(() => expect(script.inputsOf('messages.syncState')).toContainEqual({ space: 'real' }));
  await screen.getByRole('combobox', { name: 'Account' }).click();
  await screen.getByRole('option', { name: /Practice/ }).click();
  await expect.element(screen.getByRole('region', { name: 'Practice' })).toBeVisible();
  await vi.waitFor(() => expect(script.inputsOf('messages.syncState')).toContainEqual({ space: 'practice' }));
  await vi.waitFor(() =>
    expect(script.inputsOf('messages.list')).toContainEqual(expect.objectContaining({ space: 'practice' })),
  );
});

test('the first real account becomes the one in use by itself', async () => {
  const { script, screen } = await open({ name: 'settings' }, { accounts: 'practice' });
  await expect.element(screen.getByRole('combobox', { name: 'Account' })).toHaveTextContent('Practice');
  const accounts = feed([REAL_ACCOUNT, PRACTICE_ACCOUNT]);
  script.answer('accounts.watch', () => accounts.open());
  const again = await render(App, { link: script.link, settings: SETTINGS });
  await expect
    .element(again.getByRole('combobox', { name: 'Account' }).last())
    .toHaveTextContent('Green Valley School');
});

test('an engine that cannot start says why and what to do, and can be started again', async () => {
  const { script, screen } = await open({ name: 'settings' }, { engine: 'failed' });
  const alert = screen.getByRole('alert');
  await expect.element(alert).toHaveTextContent(/written by a newer version/);
  await expect.element(alert).toHaveTextContent(/Install the newest version/);
  await alert.getByRole('button', { name: 'Start again' }).click();
  expect(script.inputsOf('shell.engine.restart')).toHaveLength(1);
  script.engineState.current = { state: 'running', restarts: 4, code: null, detail: null };
  await expect.element(alert).not.toBeInTheDocument();
});

test('language and colours change at once, without losing what is on the screen', async () => {
  const { script, screen } = await open({ name: 'settings', section: 'appearance' });
  await screen.getByRole('radio', { name: 'বাংলা' }).click();
  await expect.element(screen.getByRole('heading', { level: 1, name: 'সেটিংস' })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^ব্যালেন্স ৳১,৮৬৮.৫০/ })).toBeVisible();
  expect(document.documentElement.lang).toBe('bn');
  await screen.getByRole('radio', { name: 'গাঢ়' }).click();
  await vi.waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
  expect(script.inputsOf('shell.settings.update')).toEqual([{ language: 'bn' }, { theme: 'dark' }]);
  await expectAccessible(document.body);
});

test('a setting that cannot be stored goes back to what it was and says so', async () => {
  const { script, screen } = await open({ name: 'settings', section: 'appearance' });
  script.answer('shell.settings.update', () => {
    throw refusal('UNEXPECTED', { incident: 'a1b2' });
  });
  await screen.getByRole('radio', { name: 'Dark' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/incident a1b2/);
  expect(document.documentElement.dataset['theme']).toBe('light');
});

test.for([
  { width: 1024, height: 640 },
  { width: 512, height: 320 },
])('nothing is cut off at $width × $height', async ({ width, height }) => {
  await page.viewport(width, height);
  const { screen } = await open({ name: 'settings' }, { accounts: 'practice' });
  await expect.element(screen.getByRole('button', { name: /^Balance/ })).toBeVisible();
  expect(document.documentElement.scrollWidth).toBe(width);
  const button = screen
    .getByRole('button', { name: /^Balance/ })
    .element()
    .getBoundingClientRect();
  expect(button.right).toBeLessThanOrEqual(width);
  await expectAccessible(document.body);
});

test('every error code has words and a next step in both languages', () => {
  for (const language of ['en', 'bn'] as const) {
    i18n.use(language);
    for (const code of ERROR_CODES) {
      const { title, next } = describeError({ code, facts: { limit: 5, retryAfter: 90, incident: 'x' } });
      expect(title.length, code).toBeGreaterThan(5);
      expect(next.length, code).toBeGreaterThan(5);
    }
  }
  expect(describeError({ code: 'GATEWAY_BUSY', facts: { retryAfter: 90 } }).next).toBe(
    '১ মিনিট ৩০ সেকেন্ড পরে আবার চেষ্টা করুন।',
  );
});
