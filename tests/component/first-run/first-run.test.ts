import { page } from 'vitest/browser';
import { beforeEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Settings } from '#shared/ipc/shell.ts';
import App from '../../../renderer/app/App.svelte';
import { Router } from '../../../renderer/lib/navigation.svelte.ts';
import '../../../renderer/styles/index.css';
import { office } from '../harness/world.ts';
import { expectAccessible } from '../support/axe.ts';
import { refusal } from '../support/scripted-link.ts';

async function firstStart(settings: Settings) {
  const script = office({ accounts: 'practice', engine: 'running', settings });
  const router = new Router();
  const screen = await render(App, { link: script.link, settings, router });
  return { script, router, screen };
}

beforeEach(() => page.viewport(1024, 640));

test('language, then the safe door: Compose opens with the practice sample and the program remembers', async () => {
  const { script, router, screen } = await firstStart({
    language: null,
    theme: 'system',
    firstRunDone: false,
    staysInTray: true,
  });
  await expectAccessible(document.body);
  expect(screen.getByRole('navigation').elements()).toHaveLength(0);
  await screen.getByRole('button', { name: 'English' }).click();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Try it safely' }).click();

  await expect.element(screen.getByRole('heading', { level: 1, name: 'Compose' })).toBeVisible();
  expect(router.current).toEqual({ name: 'compose', prefill: 'practice-sample' });
  await expect.element(screen.getByRole('region', { name: 'Practice' })).toBeVisible();
  await vi.waitFor(() =>
    expect(script.inputsOf('shell.settings.update')).toEqual([{ language: 'en' }, { firstRunDone: true }]),
  );
});

test('the choice of Bangla shows the doors in Bangla, and the other door opens the account form', async () => {
  const { screen } = await firstStart({
    language: null,
    theme: 'system',
    firstRunDone: false,
    staysInTray: true,
  });
  await screen.getByRole('button', { name: 'বাংলা' }).click();
  await screen.getByRole('button', { name: 'MiM SMS যুক্ত করুন' }).click();
  await expect.element(screen.getByRole('textbox', { name: 'অ্যাকাউন্টের নাম' })).toBeVisible();
});

test('who closed the program between the two questions meets the second one, and may go back', async () => {
  const { screen } = await firstStart({
    language: 'en',
    theme: 'system',
    firstRunDone: false,
    staysInTray: true,
  });
  await expect.element(screen.getByRole('button', { name: 'Connect MiM SMS' })).toBeVisible();
  await screen.getByRole('button', { name: 'Change language' }).click();
  await expect.element(screen.getByRole('button', { name: 'বাংলা' })).toBeVisible();
});

test('a choice that cannot be stored is not taken, and says so', async () => {
  const { script, screen } = await firstStart({
    language: null,
    theme: 'system',
    firstRunDone: false,
    staysInTray: true,
  });
  script.answer('shell.settings.update', () => {
    throw refusal('UNEXPECTED', { incident: 'c3' });
  });
  await screen.getByRole('button', { name: 'English' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/incident c3/);
  await expect.element(screen.getByRole('button', { name: 'বাংলা' })).toBeVisible();
});
