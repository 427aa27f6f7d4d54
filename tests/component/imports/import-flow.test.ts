import { beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ImportPurpose } from '#shared/ipc/imports.ts';
import ImportFlow from '../../../renderer/features/imports/ImportFlow.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { refusal } from '../support/scripted-link.ts';
import { COUNTS, doneImport, FILE, IDS, importLink, preview, readRow, row, state } from './fixtures.ts';

beforeEach(() => page.viewport(1024, 640));

type Link = ReturnType<typeof importLink>;

async function opened(
  link: Link = importLink(),
  purpose: ImportPurpose = 'contacts',
  language: 'en' | 'bn' = 'en',
) {
  const onclose = vi.fn<() => void>();
  const ondone = vi.fn<(done: unknown) => void>();
  const onshow = vi.fn<(id: number) => void>();
  const { screen } = await mount(
    link.scripted,
    ImportFlow,
    { purpose, onclose, ondone, onshow },
    { language },
  );
  return { screen, ...link, onclose, ondone, onshow };
}

/** A panel with the columns of a chosen file. */
async function withColumns(link: Link = importLink(), purpose: ImportPurpose = 'contacts') {
  const panel = await opened(link, purpose);
  await panel.screen.getByRole('button', { name: 'Choose a file' }).click();
  await expect.element(panel.screen.getByRole('table', { name: 'First rows of the file' })).toBeVisible();
  return panel;
}

/** A panel with every row checked. */
async function withResult(link: Link = importLink()) {
  const panel = await withColumns(link);
  await panel.screen.getByRole('button', { name: 'Check all rows' }).click();
  await expect.element(panel.screen.getByText(/^1,00,000 rows =/)).toBeVisible();
  return panel;
}

function paste(text: string): void {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement?.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
  );
}

test('says what each column is, with the rows below it, and checks with what was chosen', async () => {
  const { screen, scripted } = await withColumns();
  const table = screen.getByRole('table', { name: 'First rows of the file' });
  await expect.element(table.getByRole('row', { name: /Rahim Uddin 1712345678 Six/ })).toBeVisible();
  await expectAccessible(document.body);

  // Own fields and new ones; a name belongs to one column only.
  await table.getByRole('combobox', { name: 'What “Class” is' }).click();
  await screen.getByRole('option', { name: 'Name', exact: true }).click();
  await expect
    .element(table.getByRole('combobox', { name: 'What “Guardian” is' }))
    .toHaveTextContent('Leave out');
  await table.getByRole('combobox', { name: 'What “Guardian” is' }).click();
  await screen.getByRole('option', { name: 'New field …' }).click();
  const name = table.getByRole('textbox', { name: 'Name of the new field: Guardian' });
  await expect.element(name).toHaveValue('Guardian');
  await name.fill('');
  await expect.element(screen.getByText('Write a name for each new field.')).toBeVisible();
  await name.fill('Parent');
  await screen.getByRole('checkbox', { name: 'The first row is a heading' }).click();
  await expect.element(table.getByRole('row', { name: /^Guardian Mobile Class$/ })).toBeVisible();
  await screen.getByRole('radio', { name: /^Leave them alone/ }).click();
  await screen.getByRole('combobox', { name: 'Put everybody into' }).click();
  await expect.element(screen.getByRole('option', { name: 'Everybody' })).not.toBeInTheDocument();
  await screen.getByRole('option', { name: 'Guardians' }).click();
  await screen.getByRole('textbox', { name: 'New group' }).fill('Class six ');
  await screen.getByRole('button', { name: 'Check all rows' }).click();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('imports.check')).toEqual([
      {
        space: 'practice',
        id: IDS[0],
        mapping: {
          header: false,
          columns: [{ to: 'new-field', name: 'Parent' }, { to: 'number' }, { to: 'name' }],
        },
        rules: { existing: 'leave', groups: [4], newGroup: 'Class six' },
      },
    ]),
  );
});

test('needs a column with numbers', async () => {
  const { screen } = await withColumns();
  await screen.getByRole('combobox', { name: 'What “Mobile” is' }).click();
  await screen.getByRole('option', { name: 'Leave out' }).click();
  await expect.element(screen.getByText('Choose the column that has the numbers.')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Check all rows' })).toBeDisabled();
});

test('reads the file in another way at once, and the last wish counts', async () => {
  const { screen, scripted } = await withColumns();
  const answers: ((rows: string[][]) => void)[] = [];
  scripted.answer(
    'imports.reopen',
    () => new Promise((resolve) => answers.push((rows) => resolve(preview({ rows, delimiter: ';' })))),
  );
  await screen.getByRole('combobox', { name: 'Letters' }).click();
  await screen.getByRole('option', { name: 'Windows-1252 (Western)' }).click();
  await screen.getByRole('combobox', { name: 'Columns end with' }).click();
  await screen.getByRole('option', { name: 'Semicolon' }).click();
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(scripted.inputsOf('imports.reopen').at(-1)).toEqual({
    space: 'practice',
    id: IDS[0],
    options: { encoding: 'windows-1252', delimiter: ';' },
  });
  answers[1]?.([
    ['Name', 'Phone', 'Class'],
    ['Second', '01812345679', 'Six'],
  ]);
  await expect.element(screen.getByRole('cell', { name: 'Second' })).toBeVisible();
  answers[0]?.([
    ['Name', 'Phone', 'Class'],
    ['First', '01812345679', 'Six'],
  ]);
  await expect.element(screen.getByText('Reading again…')).not.toBeInTheDocument();
  await expect.element(screen.getByRole('cell', { name: 'Second' })).toBeVisible();
});

test('shows rows, rate and time left while it checks, and stopping leads back to the columns as they were', async () => {
  const link = importLink({ 'imports.check': () => null });
  const { screen, states, scripted } = await withColumns(link);
  await screen.getByRole('combobox', { name: 'What “Class” is' }).click();
  await screen.getByRole('option', { name: 'Note' }).click();
  await screen.getByRole('button', { name: 'Check all rows' }).click();
  states.push(
    state({ phase: 'checking', done: 40_000, fraction: 0.4, ratePerSecond: 25_000.4, timeLeft: 2_400 }),
  );
  await expect
    .element(screen.getByRole('progressbar', { name: 'Checking the rows' }))
    .toHaveAttribute('aria-valuenow', '400');
  await expect.element(screen.getByText('40,000 rows read')).toBeVisible();
  await expect.element(screen.getByText('25,000 rows a second')).toBeVisible();
  await expect.element(screen.getByText('about 2 s left')).toBeVisible();
  scripted.answer('imports.cancel', () => {
    states.push(state({ phase: 'cancelled' }));
    return null;
  });
  await screen.getByRole('button', { name: 'Stop' }).click();
  await expect.element(screen.getByText('Stopped. Nothing was written.')).toBeVisible();
  await expect.element(screen.getByRole('combobox', { name: 'What “Class” is' })).toHaveTextContent('Note');
});

test('adds up, shows every class, and what changes, repeats and was repaired', async () => {
  const { screen, scripted } = await withResult();
  await expect
    .element(
      screen.getByText(
        '1,00,000 rows = 99,200 new + 500 updated + 100 unchanged + 150 duplicates + 50 rejected',
      ),
    )
    .toBeVisible();
  await expect.element(screen.getByText('1,204 numbers repaired')).toBeVisible();
  await expect
    .element(screen.getByRole('tab', { name: 'Rejected 50' }))
    .toHaveAttribute('aria-selected', 'true');
  await expect
    .element(screen.getByRole('row', { name: /3 Person 3 029123456 A landline cannot get SMS/ }))
    .toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('tab', { name: 'New 99,200' }).click();
  await expect
    .element(screen.getByRole('row', { name: /1712345678 lost zero put back \+880 1712-345678/ }))
    .toBeVisible();
  scripted.answer('imports.rows', () => ({
    rows: [
      readRow(5, { class: 'updated', changes: [{ what: 'Name', before: 'Rahim', after: 'Rahim Uddin' }] }),
    ],
  }));
  await screen.getByRole('tab', { name: 'Updated 500' }).click();
  await expect.element(screen.getByRole('row', { name: /Name Rahim Rahim Uddin/ })).toBeVisible();
  scripted.answer('imports.rows', () => ({ rows: [readRow(9, { class: 'duplicate', duplicateOf: 2 })] }));
  await screen.getByRole('tab', { name: 'Duplicates 150' }).click();
  await expect.element(screen.getByRole('row', { name: /Same number as row 2/ })).toBeVisible();
  expect(scripted.inputsOf('imports.rows')).toMatchObject(
    ['rejected', 'new', 'updated', 'duplicate'].map((one) => ({ id: IDS[0], class: one })),
  );
});

test('corrects rejected rows one after the other by keyboard alone', async () => {
  const { screen, scripted } = await withResult();
  let rejected = 50;
  scripted.answer('imports.fix', ({ row: number, value }: { row: number; value: string }) => {
    if (!value.startsWith('017')) return { row: row(number, { problem: 'too-short' }), counts: COUNTS };
    rejected -= 1;
    return { row: readRow(number), counts: { ...COUNTS, rejected, new: COUNTS.rows - 750 - rejected } };
  });
  const table = screen.getByRole('table', { name: 'Rejected' });
  await expect.element(table.getByRole('row', { name: /Person 3/ })).toBeVisible();
  const focusable = table.element().querySelector<HTMLElement>('[data-index="0"]');
  focusable?.focus();
  await userEvent.keyboard('{Enter}');
  const field = (number: number) => screen.getByRole('textbox', { name: `Correct row ${number}` });
  await expect.element(field(3)).toHaveFocus();
  await expect.element(field(3)).toHaveValue('029123456');

  // Escape leaves the row, not the panel.
  await userEvent.keyboard('{Escape}');
  await expect.element(field(3)).not.toBeInTheDocument();
  await expect.poll(() => document.activeElement).toBe(focusable);
  await userEvent.keyboard('{Enter}');
  await expect.element(field(3)).toHaveFocus();

  // Still wrong: it stays, with the new reason. The text is marked, so that typing replaces it.
  await userEvent.keyboard('12{Enter}');
  await expect.element(table.getByRole('row', { name: /The number has too few digits/ })).toBeVisible();
  await expect.element(field(3)).toHaveFocus();
  await userEvent.keyboard('01712345678{Enter}');
  await expect.element(field(8)).toHaveFocus();
  await expect.element(table.getByRole('row', { name: /Person 3 .*Put right: New/ })).toBeVisible();
  await expect.element(screen.getByRole('tab', { name: 'Rejected 49' })).toBeVisible();
  await userEvent.keyboard('01712345679{Enter}');
  await expect.element(field(12)).toHaveFocus();
  await userEvent.keyboard('01712345670{Enter}');
  await expect.element(screen.getByRole('button', { name: /^Import 99,703 people/ })).toHaveFocus();
  await screen.getByRole('button', { name: 'Change the columns' }).click();
  await expect.element(screen.getByText(/cells that you corrected/)).not.toBeInTheDocument();
  await screen.getByRole('checkbox', { name: 'The first row is a heading' }).click();
  await expect.element(screen.getByText(/cells that you corrected/)).toBeVisible();
  expect(scripted.inputsOf('imports.fix').at(-1)).toEqual({
    space: 'practice',
    id: IDS[0],
    row: 12,
    column: 1,
    value: '01712345670',
  });
});

test('writes what was shown, and the end has figures, rejected rows, undo and the people', async () => {
  const { screen, scripted, states, ondone, onshow, onclose } = await withResult();
  scripted.answer('imports.commit', () => {
    states.push(state({ phase: 'committing', done: 10, total: 99_700, fraction: 0.2 }));
    return null;
  });
  await screen.getByRole('button', { name: 'Import 99,700 people' }).click();
  await expect.element(screen.getByRole('progressbar', { name: 'Importing' })).toBeVisible();
  expect(scripted.inputsOf('imports.commit')).toMatchObject([{ id: IDS[0], expected: COUNTS }]);
  states.push(state({ phase: 'done', counts: COUNTS, importId: 7 }));
  await expect.element(screen.getByRole('heading', { name: 'The import is done' })).toBeVisible();
  await expect.element(screen.getByText(/^1,00,000 rows = 99,200 new/)).toBeVisible();
  expect(ondone).toHaveBeenCalledExactlyOnceWith({
    purpose: 'contacts',
    fileName: FILE.name,
    importId: 7,
    listId: null,
    counts: COUNTS,
  });

  scripted.answer('shell.files.chooseSave', () => ({ handle: FILE.handle, name: 'left.csv' }));
  scripted.answer('imports.saveRejected', () => ({ rows: 50 }));
  await screen.getByRole('button', { name: 'Save rejected rows' }).click();
  await expect.element(screen.getByText('50 rows saved to “left.csv”.')).toBeVisible();
  expect(scripted.inputsOf('imports.saveRejected')).toEqual([
    { space: 'practice', of: { done: 7 }, save: FILE.handle },
  ]);
  await screen.getByRole('button', { name: 'Show them' }).click();
  expect(onshow).toHaveBeenCalledExactlyOnceWith(7);

  scripted.answer('imports.undo', () => ({ removed: 99_198, restored: 499, kept: 3 }));
  await screen.getByRole('button', { name: 'Undo this import' }).click();
  const question = screen.getByRole('dialog', { name: 'Undo the import of “parents.csv”?' });
  await expect
    .element(question.getByText('99,200 people that came with it go, and 500 people are as before.'))
    .toBeVisible();
  await question.getByRole('button', { name: 'Undo the import' }).click();
  await expect
    .element(
      screen.getByText('Undone: 99,198 removed, 499 as before, 3 kept because they were changed since.'),
    )
    .toBeVisible();
  await screen.getByRole('button', { name: 'Close' }).last().click();
  expect(onclose).toHaveBeenCalledOnce();
});

test('writes nothing when the contacts changed, and shows the new figures', async () => {
  const { screen, scripted, states } = await withResult();
  const next = { ...COUNTS, new: 99_199, unchanged: 101 };
  scripted.answer('imports.commit', () => {
    states.push(state({ phase: 'checked', counts: next }));
    throw refusal('IMPORT_CHANGED');
  });
  await screen.getByRole('button', { name: 'Import 99,700 people' }).click();
  await expect.element(screen.getByText(/Nothing was written; these are the new figures/)).toBeVisible();
  await screen.getByRole('button', { name: 'Import 99,699 people' }).click();
  await vi.waitFor(() => expect(scripted.inputsOf('imports.commit')).toHaveLength(2));
  const [first, second] = scripted.inputsOf('imports.commit') as { expected: unknown; token: string }[];
  expect(second?.expected).toEqual(next);
  expect(second?.token).not.toBe(first?.token);
});

test('pasted cells are opened wherever the focus is, and offered when something is prepared', async () => {
  const { screen, scripted } = await opened();
  await expect.element(screen.getByRole('button', { name: 'Choose a file' })).toBeVisible();
  paste('Name\tPhone\nRahim\t01712345678\n');
  await expect.element(screen.getByText('Pasted text')).toBeVisible();
  expect(scripted.inputsOf('imports.open')).toMatchObject([
    { purpose: 'contacts', source: { kind: 'text', text: 'Name\tPhone\nRahim\t01712345678\n' } },
  ]);
  await expect.element(screen.getByRole('combobox', { name: 'Letters' })).not.toBeInTheDocument();
  screen.getByRole('button', { name: 'Check all rows' }).element().focus();
  paste('a\tb\nc\td');
  await expect.element(screen.getByText('Open “Pasted text” instead?')).toBeVisible();
  expect(scripted.inputsOf('imports.open')).toHaveLength(1);
  await screen.getByRole('button', { name: 'Open it' }).click();
  await vi.waitFor(() => expect(scripted.inputsOf('imports.open').at(-1)).toMatchObject({ replace: true }));
});

test('a dropped file is opened and nothing more; one from before the panel is not', async () => {
  const link = importLink();
  link.dropped.push(FILE);
  const { screen, scripted, dropped } = await opened(link);
  await expect.element(screen.getByRole('button', { name: 'Choose a file' })).toBeVisible();
  await vi.waitFor(() => expect(scripted.inputsOf('shell.files.dropped')).toHaveLength(1));
  expect(scripted.inputsOf('imports.open')).toEqual([]);
  const panel = screen.getByText('Drop a file here, or choose one.').element();
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['a'], 'other.csv'));
  const over = new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer });
  panel.dispatchEvent(over);
  expect(over.defaultPrevented).toBe(true);
  await expect.element(screen.getByText('Drop the file here')).toBeVisible();
  panel.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  await expect.element(screen.getByText('Drop the file here')).not.toBeInTheDocument();
  dropped.push({ ...FILE, name: 'other.csv' });
  await expect.element(screen.getByRole('table', { name: 'First rows of the file' })).toBeVisible();
  expect(scripted.inputsOf('imports.check')).toEqual([]);
});

test('an import that is gone is opened again with the columns as they were chosen', async () => {
  const { screen, scripted } = await withColumns();
  await screen.getByRole('combobox', { name: 'What “Class” is' }).click();
  await screen.getByRole('option', { name: 'Note' }).click();
  scripted.answer('imports.check', () => {
    throw refusal('IMPORT_GONE');
  });
  await screen.getByRole('button', { name: 'Check all rows' }).click();
  await expect.element(screen.getByText(/no longer open, because the program had to restart/)).toBeVisible();
  await screen.getByRole('button', { name: 'Open it again' }).click();
  await expect.element(screen.getByRole('combobox', { name: 'What “Class” is' })).toHaveTextContent('Note');
});

test('an import that was finished while the engine restarted is found in the history', async () => {
  const link = importLink();
  const { screen, scripted } = await withResult(link);
  scripted.answer('imports.history', () => ({ rows: [doneImport({ at: Date.now() + 1000 })] }));
  scripted.answer('imports.commit', () => {
    throw refusal('LINK_LOST');
  });
  await screen.getByRole('button', { name: 'Import 99,700 people' }).click();
  await expect.element(screen.getByText(/restarted while this was going on/)).toBeVisible();
  scripted.answer('imports.commit', () => {
    throw refusal('IMPORT_GONE');
  });
  await screen.getByRole('button', { name: 'Import 99,700 people' }).click();
  await expect.element(screen.getByRole('heading', { name: 'The import is done' })).toBeVisible();
  const tokens = scripted.inputsOf('imports.commit').map((one) => (one as { token: string }).token);
  expect(new Set(tokens).size).toBe(1);
});

test('an import that another page left open can be dropped; other errors say what to do', async () => {
  const { screen, scripted } = await opened();
  const fails = [
    refusal('FILE_DAMAGED'),
    refusal('FILE_TOO_LARGE', { limit: 100 }),
    refusal('FILE_TOO_LARGE', { limit: 150, actual: 310, detail: 'unpacked' }),
    refusal('IMPORT_BUSY'),
  ];
  scripted.answer('imports.open', () => {
    const fail = fails.shift();
    if (fail) throw fail;
    return preview();
  });
  const choose = screen.getByRole('button', { name: 'Choose a file' });
  await choose.click();
  await expect.element(screen.getByText(/save it again as CSV or XLSX/)).toBeVisible();
  await choose.click();
  await expect.element(screen.getByText('This file is too large: the limit is 100 MB.')).toBeVisible();
  await choose.click();
  await expect
    .element(screen.getByText('This workbook takes 310 MB unpacked, and the limit is 150 MB.'))
    .toBeVisible();
  await choose.click();
  await screen.getByRole('button', { name: 'Drop that one and open this' }).click();
  await expect.element(screen.getByRole('table', { name: 'First rows of the file' })).toBeVisible();
  expect(scripted.inputsOf('imports.open').at(-1)).toMatchObject({ replace: true });
});

test('closing asks while something is prepared, and what was kept is found again', async () => {
  const link = importLink();
  const first = await withColumns(link);
  await userEvent.keyboard('{Escape}');
  const question = first.screen.getByRole('dialog', { name: 'Close the prepared import?' });
  await question.getByRole('button', { name: 'Go on here' }).click();
  expect(first.onclose).not.toHaveBeenCalled();
  await first.screen.getByRole('button', { name: 'Close' }).click();
  await question.getByRole('button', { name: 'Keep it for later' }).click();
  expect(first.onclose).toHaveBeenCalledOnce();
  expect(link.scripted.inputsOf('imports.cancel')).toEqual([]);
  await first.screen.unmount();

  // Another screen wants recipients: it is asked what becomes of the open one.
  const second = await opened(link, 'recipients');
  await expect.element(second.screen.getByText('Contacts: “parents.csv” is still open.')).toBeVisible();
  await second.screen.getByRole('button', { name: 'Go on with it' }).click();
  await expect.element(second.screen.getByRole('heading', { name: 'Import people' })).toBeVisible();
  await second.screen.unmount();
  const third = await opened(link, 'recipients');
  await third.screen.getByRole('button', { name: 'Drop it' }).click();
  await vi.waitFor(() =>
    expect(link.scripted.inputsOf('imports.cancel')).toEqual([{ space: 'practice', id: IDS[0] }]),
  );
  await expect.element(third.screen.getByRole('heading', { name: 'Recipients from a file' })).toBeVisible();
  await expect.element(third.screen.getByRole('button', { name: 'Choose a file' })).toBeVisible();
});

test('an import goes on after its panel is closed, and the list of recipients is given back later', async () => {
  const link = importLink();
  const first = await withColumns(link, 'recipients');
  await expect
    .element(first.screen.getByRole('radio', { name: /^Leave them alone/ }))
    .not.toBeInTheDocument();
  await first.screen.getByRole('button', { name: 'Check all rows' }).click();
  link.scripted.answer('imports.commit', () => {
    link.states.push(state({ phase: 'committing', done: 1, total: 10, fraction: 0.1 }));
    return null;
  });
  await first.screen.getByRole('button', { name: 'Use 99,700 recipients' }).click();
  await expect.element(first.screen.getByRole('progressbar', { name: 'Importing' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(first.onclose).toHaveBeenCalledOnce();
  await first.screen.unmount();
  link.states.push(state({ phase: 'done', counts: COUNTS, listId: 9 }));
  const second = await opened(link, 'recipients');
  await vi.waitFor(() => expect(second.ondone).toHaveBeenCalledOnce());
  expect(second.ondone.mock.calls[0]?.[0]).toMatchObject({ purpose: 'recipients', listId: 9 });
  expect(link.scripted.inputsOf('imports.cancel')).toEqual([]);
});

test('a file that opens late, after it was dropped, does not come back', async () => {
  const { screen, scripted, onclose } = await opened();
  const answers: (() => void)[] = [];
  scripted.answer('imports.open', () => new Promise((resolve) => answers.push(() => resolve(preview()))));
  paste('a\tb\n1\t2');
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  scripted.answer('imports.open', () => preview({ id: IDS[1], fileName: 'second.csv' }));
  paste('c\td\n3\t4');
  await expect.element(screen.getByText('second.csv')).toBeVisible();
  answers[0]?.();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('imports.cancel')).toEqual([{ space: 'practice', id: IDS[0] }]),
  );
  await expect.element(screen.getByText('second.csv')).toBeVisible();
  expect(onclose).not.toHaveBeenCalled();
});

test('tells of messages to blocked numbers that lie at the gateway already', async () => {
  const { screen, states } = await withResult();
  await screen.getByRole('button', { name: 'Import 99,700 people' }).click();
  states.push(state({ phase: 'done', importId: 7, counts: COUNTS, atGateway: 3 }));
  await expect.element(screen.getByRole('heading', { name: 'The import is done' })).toBeVisible();
  await expect
    .element(screen.getByText('3 messages to them are already scheduled at MiM SMS and will go out.'))
    .toBeVisible();
});

test('tells whom a stopped import leaves behind', async () => {
  const { screen, states, scripted } = await withResult();
  await screen.getByRole('button', { name: 'Import 99,700 people' }).click();
  states.push(state({ phase: 'committing', done: 10, total: 99_700, fraction: 0.2 }));
  scripted.answer('imports.cancel', () => {
    states.push(state({ phase: 'cancelled', kept: 2 }));
    return null;
  });
  await screen.getByRole('button', { name: 'Stop' }).click();
  await expect
    .element(screen.getByText('Stopped. Only 2 people of it stay, because you changed them meanwhile.'))
    .toBeVisible();
});
