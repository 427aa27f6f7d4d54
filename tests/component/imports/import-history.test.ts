import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import ImportHistory from '../../../renderer/features/imports/ImportHistory.svelte';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { refusal, scriptedLink } from '../support/scripted-link.ts';
import { doneImport, FILE } from './fixtures.ts';

beforeAll(useWindowHeight);
beforeEach(() => page.viewport(1280, 700));

test('lists imports with their figures, takes one back and saves what did not come in', async () => {
  let undoneAt: number | null = null;
  const scripted = scriptedLink({
    'imports.history': () => ({
      rows: [
        doneImport({ undoneAt }),
        doneImport({ id: 6, fileName: '', purpose: 'do-not-message', rejectedKept: 0 }),
      ],
    }),
    'imports.undo': () => {
      undoneAt = Date.now();
      return { removed: 99_200, restored: 500, kept: 0 };
    },
    'imports.saveRejected': () => ({ rows: 50 }),
    'shell.files.chooseSave': () => ({ handle: FILE.handle, name: 'left.csv' }),
  });
  const onshow = vi.fn<(id: number) => void>();
  const { screen } = await mount(scripted, ImportHistory, { onshow });
  const table = screen.getByRole('table', { name: 'Imports so far' });
  const first = table.getByRole('row', {
    name: /parents\.csv Contacts 1,00,000 rows = 99,200 new \+ 500 updated/,
  });
  await expect.element(first).toBeVisible();
  await expect.element(table.getByRole('row', { name: /Pasted text Do not message/ })).toBeVisible();
  await expectAccessible(document.body);

  await first.getByRole('button', { name: 'Save 50 rejected' }).click();
  await expect.element(screen.getByText('50 rows saved to “left.csv”.')).toBeVisible();
  expect(scripted.inputsOf('shell.files.chooseSave')).toEqual([
    { name: 'parents rejected.csv', format: 'csv' },
  ]);
  expect(scripted.inputsOf('imports.saveRejected')).toMatchObject([{ of: { done: 7 }, save: FILE.handle }]);
  await first.getByRole('button', { name: 'Show' }).click();
  expect(onshow).toHaveBeenCalledExactlyOnceWith(7);

  await first.getByRole('button', { name: 'Undo' }).click();
  await screen.getByRole('button', { name: 'Undo the import' }).click();
  await expect.element(screen.getByText(/^Undone: 99,200 removed, 500 as before, 0 kept/)).toBeVisible();
  await expect.element(first.getByText('Undone just now')).toBeVisible();
  await expect.element(first.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
});

test('says how many numbers an undo allows again, before it does', async () => {
  let answered: (answer: { numbers: number }) => void = () => undefined;
  const answer = new Promise<{ numbers: number }>((resolve) => {
    answered = resolve;
  });
  const scripted = scriptedLink({
    'imports.history': () => ({ rows: [doneImport({ purpose: 'do-not-message' })] }),
    'imports.frees': () => answer,
    'imports.undo': () => ({ removed: 96, restored: 0, kept: 0 }),
  });
  const { screen } = await mount(scripted, ImportHistory, {});
  await screen.getByRole('button', { name: 'Undo', exact: true }).click();
  const question = screen.getByRole('dialog', { name: /^Undo the import of/ });
  const confirm = question.getByRole('button', { name: 'Undo the import' });
  await expect.element(question.getByText('Counting the numbers…')).toBeVisible();
  await expect.element(confirm).toBeDisabled();
  answered({ numbers: 96 });
  await expect.element(question.getByText('96 numbers may get messages again.')).toBeVisible();
  expect(scripted.inputsOf('imports.frees')).toEqual([{ space: 'practice', id: 7 }]);
  await confirm.click();
  await expect.element(screen.getByText(/^Undone: 96 removed/)).toBeVisible();
});

test('an import that cannot be taken back now says so; without any there is a way to begin', async () => {
  const scripted = scriptedLink({
    'imports.history': () => ({ rows: [doneImport()] }),
    'imports.undo': () => {
      throw refusal('NOT_POSSIBLE_NOW');
    },
  });
  const { screen } = await mount(scripted, ImportHistory, {});
  await screen.getByRole('button', { name: 'Undo', exact: true }).click();
  const question = screen.getByRole('dialog', { name: /^Undo the import of/ });
  await question.getByRole('button', { name: 'Undo the import' }).click();
  await expect.element(question.getByText('This is not possible at the moment.')).toBeVisible();
  await screen.unmount();

  const empty = scriptedLink({ 'imports.history': () => ({ rows: [] }) });
  const onimport = vi.fn<() => void>();
  const { screen: none } = await mount(empty, ImportHistory, { onimport });
  await none.getByRole('button', { name: 'Import a file' }).click();
  expect(onimport).toHaveBeenCalledOnce();
});
