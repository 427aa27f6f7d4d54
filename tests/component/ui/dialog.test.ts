import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import '../../../renderer/styles/index.css';
import { expectAccessible } from '../support/axe.ts';
import DialogFixture from './DialogFixture.svelte';

test('opens on its first field, keeps the focus inside, and gives it back on Escape', async () => {
  const screen = await render(DialogFixture, {});
  await screen.getByRole('button', { name: 'Send' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Confirm sending' });
  await expect.element(dialog).toHaveAccessibleDescription('1,240 people');
  await expect.element(screen.getByRole('textbox')).toHaveFocus();
  await expectAccessible(document.body);

  for (let presses = 0; presses < 6; presses += 1) {
    await userEvent.tab();
    expect(dialog.element().contains(document.activeElement)).toBe(true);
  }
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(screen.getByRole('button', { name: 'Send' })).toHaveFocus();
});

test('while something is under way it cannot be closed', async () => {
  const screen = await render(DialogFixture, { locked: true });
  await screen.getByRole('button', { name: 'Send' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Confirm sending' });
  await expect.element(dialog).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).toBeVisible();
  expect(screen.getByRole('button', { name: 'Close' }).elements()).toHaveLength(0);
});
