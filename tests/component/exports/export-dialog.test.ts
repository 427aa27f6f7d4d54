import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ExportState } from '#shared/ipc/exports.ts';
import ExportDialog from '../../../renderer/features/exports/ExportDialog.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';

beforeEach(() => page.viewport(1024, 640));

const ID = '4c1ed2c0-5b0a-4c3e-8f0e-6e0d5a1a2b03';
const PLACE = { handle: '0b6ba8c5-2a70-4a2e-b1a9-9d4c2e2f7a11', name: 'office.xlsx' };
const choice = { filter: { search: 'rahim' } };

function exporting() {
  const states = feed<ExportState>({ phase: 'writing', done: 0, total: 2_000, timeLeft: null, error: null });
  const scripted = scriptedLink({
    'contacts.fields': () => [{ id: 3, name: 'Class', kind: 'text', used: 4 }],
    'shell.files.chooseSave': () => PLACE,
    'exports.start': () => ({ id: ID }),
    'exports.watch': () => states.open(),
    'exports.cancel': () => {
      states.push({ phase: 'cancelled', done: 900, total: 2_000, timeLeft: null, error: null });
      return null;
    },
  });
  return { states, scripted };
}

test('writes the chosen columns in the chosen order, and remembers them', async () => {
  const { states, scripted } = exporting();
  const onclose = vi.fn<() => void>();
  const { screen } = await mount(scripted, ExportDialog, { choice, onclose });
  await expect.element(screen.getByRole('checkbox', { name: 'Class' })).toBeChecked();
  await expectAccessible(document.body);
  await screen.getByRole('radio', { name: /^Excel/ }).click();
  await screen.getByRole('checkbox', { name: 'Note' }).click();
  await screen.getByRole('checkbox', { name: 'Groups' }).click();
  const up = screen.getByRole('button', { name: 'Move Number up' });
  await up.click();
  // The first one cannot go higher: the focus stays with the row.
  await expect.element(screen.getByRole('button', { name: 'Move Number down' })).toHaveFocus();
  await screen.getByRole('button', { name: 'Choose a place and export' }).click();
  await expect.element(screen.getByRole('progressbar', { name: 'Writing the file' })).toBeVisible();
  expect(scripted.inputsOf('shell.files.chooseSave')).toEqual([{ name: 'Contacts.xlsx', format: 'xlsx' }]);
  expect(scripted.inputsOf('exports.start')).toEqual([
    {
      space: 'practice',
      choice,
      format: 'xlsx',
      columns: [
        { column: 'number' },
        { column: 'name' },
        { column: 'numbers' },
        { column: 'field', field: 3 },
      ],
      save: PLACE.handle,
    },
  ]);
  states.push({ phase: 'writing', done: 500, total: 2_000, timeLeft: 3_000, error: null });
  await expect.element(screen.getByText('500 of 2,000 people')).toBeVisible();
  await expect.element(screen.getByText('about 3 s left')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(onclose).not.toHaveBeenCalled();
  states.push({ phase: 'done', done: 2_000, total: 2_000, timeLeft: null, error: null });
  await expect.element(screen.getByText('2,000 people written to “office.xlsx”.')).toBeVisible();
  await screen.getByRole('button', { name: 'Close' }).last().click();
  expect(onclose).toHaveBeenCalledOnce();
  await screen.unmount();

  const again = await mount(scripted, ExportDialog, { choice, onclose });
  await expect.element(again.screen.getByRole('radio', { name: /^Excel/ })).toBeChecked();
  await expect.element(again.screen.getByRole('checkbox', { name: 'Note' })).not.toBeChecked();
});

test('stops, says what failed, and needs a column', async () => {
  const { scripted } = exporting();
  const { screen } = await mount(scripted, ExportDialog, { choice, onclose: () => undefined });
  const start = screen.getByRole('button', { name: 'Choose a place and export' });
  await start.click();
  await screen.getByRole('button', { name: 'Stop' }).click();
  await expect.element(screen.getByText('Stopped. No file was written.')).toBeVisible();

  scripted.answer('exports.start', () => {
    throw refusal('FILE_NOT_WRITTEN');
  });
  await start.click();
  await expect.element(screen.getByText('The file could not be written.')).toBeVisible();

  // Nothing is asked of the engine when no place was chosen.
  scripted.answer('shell.files.chooseSave', () => null);
  await start.click();
  expect(scripted.inputsOf('exports.start')).toHaveLength(2);

  for (const name of ['Name', 'Number', 'Further numbers', 'Note', 'Groups', 'Class']) {
    await screen.getByRole('checkbox', { name, exact: true }).click();
  }
  await expect.element(screen.getByText('Choose at least one column.')).toBeVisible();
  await expect.element(start).toBeDisabled();
});
