import { beforeAll, expect, test } from 'vitest';
import type { DoNotMessageEntry } from '#shared/ipc/do-not-message.ts';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { contact, contactNumber } from '../support/samples.ts';
import { contactsWorld, openedContacts, RAHIM } from './fixtures.ts';

beforeAll(useWindowHeight);

test('keeps the do-not-message list: adds numbers with what became of them, allows one again, takes that back', async () => {
  const world = contactsWorld();
  const entry: DoNotMessageEntry = {
    msisdn: '8801812345679',
    name: 'রহিমা খাতুন',
    reason: 'complained',
    note: 'by phone',
    addedAt: 1_790_000_000_000,
  };
  let rows = [entry];
  world.scripted.answer('doNotMessage.list', () => ({ rows, total: rows.length }));
  const { screen, scripted, onimport } = await openedContacts(world);
  await screen.getByRole('tab', { name: 'Do not message' }).click();
  await expect.element(screen.getByText(/again right before each message leaves/)).toBeVisible();
  const row = screen.getByRole('row', { name: /1812-345679 রহিমা খাতুন Complained by phone 21\/09\/2026/ });
  await expect.element(row).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Import numbers' }).click();
  expect(onimport).toHaveBeenCalledWith('do-not-message');

  scripted.answer('doNotMessage.remove', () => {
    rows = [];
    return entry;
  });
  await screen.getByRole('button', { name: /^Allow .* again$/ }).click();
  await expect.element(screen.getByText('Nobody is on the list')).toBeVisible();
  scripted.answer('doNotMessage.add', () => {
    rows = [entry];
    return { added: 1, known: 0, rejectedCount: 0, rejected: [], atGateway: 0 };
  });
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(row).toBeVisible();
  expect(scripted.inputsOf('doNotMessage.add')).toEqual([
    { space: 'practice', numbers: '8801812345679', reason: 'complained', note: 'by phone' },
  ]);

  scripted.answer('doNotMessage.add', () => ({
    added: 2,
    addition: 4,
    known: 1,
    rejectedCount: 1,
    rejected: [{ input: '029551234', reason: 'landline' }],
    atGateway: 1,
  }));
  await screen.getByRole('button', { name: 'Add numbers' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add to the list' }).click();
  const numbers = dialog.getByRole('textbox', { name: 'Numbers' });
  await expect.element(numbers).toHaveAccessibleDescription(/^Write at least one number\./);
  await numbers.fill('01712345678, 01812345679, 029551234');
  await dialog.getByRole('button', { name: 'Add to the list' }).click();
  await expect.element(dialog.getByText('2 numbers added, 1 in the list already.')).toBeVisible();
  await expect.element(dialog.getByText(/^1 message to them is already scheduled/)).toBeVisible();
  await expect.element(dialog.getByText('A landline cannot get SMS.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  scripted.answer('doNotMessage.undoAdd', () => ({ removed: 2 }));
  await expect.element(screen.getByText('2 numbers added, 1 in the list already.')).toBeVisible();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByText('2 numbers may get messages again.')).toBeVisible();
  expect(scripted.inputsOf('doNotMessage.undoAdd')).toEqual([{ space: 'practice', addition: 4 }]);
});

test('makes contacts of one name one, with a choice where they differ', async () => {
  const twin = contact({
    id: 5,
    msisdn: '8801912345670',
    numbers: [contactNumber('8801912345670')],
    fields: { '1': '7' },
    note: 'Pays in cash',
    groups: [],
  });
  const stranger = contact({ id: 6, msisdn: '8801512345670', numbers: [contactNumber('8801512345670')] });
  const world = contactsWorld();
  let found = [{ name: 'Rahim Uddin', contacts: [RAHIM, twin, stranger] }];
  world.scripted.answer('contacts.duplicates', () => ({ rows: found }));
  const { screen, scripted } = await openedContacts(world);
  await screen.getByRole('tab', { name: 'Possible duplicates' }).click();
  await screen.getByRole('row', { name: /Rahim Uddin 3/ }).click();
  await screen.getByRole('checkbox', { name: 'Same person' }).nth(2).click();
  await screen.getByRole('radio', { name: 'Keep Class: 7' }).click();
  await screen.getByRole('radio', { name: 'Keep Number for messages: +880 1912-345670' }).click();
  await expectAccessible(document.body);
  scripted.answer('contacts.merge', () => {
    found = [];
    world.change();
    return { contact: RAHIM, removal: 8, removed: 1 };
  });
  scripted.answer('contacts.undo', () => ({ restored: 2, kept: 0 }));
  await screen.getByRole('button', { name: 'Make 2 contacts one' }).click();
  await expect.element(screen.getByText('2 contacts became one: “Rahim Uddin”.')).toBeVisible();
  await expect.element(screen.getByText('No name is there twice')).toBeVisible();
  expect(scripted.inputsOf('contacts.merge')).toEqual([
    {
      space: 'practice',
      keep: 1,
      others: [5],
      contact: {
        name: 'Rahim Uddin',
        note: 'Father of Karim\nPays in cash',
        fields: { '1': '7', '2': '2014-03-09' },
        first: '8801912345670',
      },
    },
  ]);
  await screen.getByRole('button', { name: 'Undo' }).click();
  expect(scripted.inputsOf('contacts.undo')).toEqual([{ space: 'practice', removal: 8 }]);
});

test('has a place for imports and for what is known of numbers', async () => {
  const { screen } = await openedContacts();
  for (const name of ['Imports', 'Known numbers']) {
    await screen.getByRole('tab', { name }).click();
    await expect.element(screen.getByText('Elsewhere')).toBeVisible();
  }
});
