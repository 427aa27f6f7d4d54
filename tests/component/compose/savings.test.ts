import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { BILL, script } from './fixtures.ts';

const CZECH = 'Vážený rodiči, schůzka je v neděli v 10 hodin v naší škole. Přijďte prosím včas. Děkujeme.';

async function written(text: string) {
  const { screen } = await mount(script(), ComposePage, {});
  const field = screen.getByRole('textbox', { name: 'Message', exact: true });
  await field.fill(text);
  return { screen, field };
}

test('plain letters are offered with each change, taken one by one, and undone', async () => {
  const { screen, field } = await written(CZECH);
  await screen.getByRole('button', { name: 'Save parts…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Save parts' });
  await expect.element(dialog.getByText('2 parts before, 1 part after')).toBeVisible();
  expect(dialog.element().querySelector('del')?.textContent).toBe('áž');
  await expectAccessible(document.body);
  await dialog.getByRole('checkbox', { name: /^ů →/ }).click();
  await expect.element(dialog.getByText('2 parts before, 2 parts after')).toBeVisible();
  expect((field.element() as HTMLTextAreaElement).value).toBe(CZECH);
  await dialog.getByRole('checkbox', { name: /^ů →/ }).click();
  await dialog.getByRole('button', { name: 'Change the text' }).click();
  await vi.waitFor(() =>
    expect((field.element() as HTMLTextAreaElement).value).toContain('schuzka je v nedeli v 10 hodin'),
  );
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(field).toHaveValue(CZECH);
});

test('Bangla is offered the same words in fewer units, and is left alone where nothing is saved', async () => {
  const spread = 'সময়ে  আসুন। '.repeat(6).trim().replaceAll('য়', 'য\u09bc');
  const { screen, field } = await written(spread);
  await screen.getByRole('button', { name: 'Save parts…' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Save parts' });
  await expect.element(dialog.getByRole('checkbox', { name: /␣␣ → ␣/ })).toBeChecked();
  await userEvent.keyboard('{Escape}');
  await expect.element(field).toHaveValue(spread);
  await field.fill(BILL);
  await expect.element(screen.getByRole('button', { name: 'Save parts…' })).not.toBeInTheDocument();
});
