import { beforeAll, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { refusal } from '../support/scripted-link.ts';
import { contactsWorld, openedContacts, RAHIM } from './fixtures.ts';

beforeAll(useWindowHeight);

test('adds a contact, and says at the field what is wrong', async () => {
  const world = contactsWorld([]);
  const { screen, scripted } = await openedContacts(world);
  const refusals = [
    refusal('INVALID_INPUT', { field: 'name', detail: 'empty' }),
    refusal('INVALID_INPUT', { field: 'numbers.0', detail: 'landline' }),
    refusal('INVALID_INPUT', { field: 'numbers.1', detail: 'several' }),
    refusal('CONTACT_EXISTS', { field: 'numbers.1', detail: 'Karim' }),
    refusal('INVALID_INPUT', { field: 'fields.1', detail: 'too-long' }),
  ];
  scripted.answer('contacts.add', () => {
    const refused = refusals.shift();
    if (refused) throw refused;
    world.people = [RAHIM];
    world.change();
    return RAHIM;
  });
  await screen.getByRole('button', { name: 'Add contact' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Add contact' });
  const name = dialog.getByRole('textbox', { name: 'Name' });
  const number = dialog.getByRole('textbox', { name: 'Number', exact: true });
  const save = dialog.getByRole('button', { name: 'Save' });
  await expect.element(name).toHaveFocus();
  await save.click();
  await expect.element(name).toHaveAccessibleDescription('Write a name.');
  await name.fill('রহিম');
  await number.fill('029551234');
  await save.click();
  await expect.element(number).toHaveAccessibleDescription(/^A landline cannot get SMS\./);
  await dialog.getByRole('button', { name: 'Add another number' }).click();
  const second = dialog.getByRole('textbox', { name: 'Number 2' });
  await second.fill('০১৭১২৩৪৫৬৭৮');
  await expectAccessible(document.body);
  await save.click();
  await expect.element(second).toHaveAccessibleDescription('Write one number only.');
  await save.click();
  await expect.element(second).toHaveAccessibleDescription('“Karim” already has this number.');
  await dialog.getByRole('button', { name: 'Move number 2 up' }).click();
  await expect.element(number).toHaveValue('০১৭১২৩৪৫৬৭৮');
  const roll = dialog.getByRole('textbox', { name: 'Class' });
  await roll.fill('6');
  await save.click();
  await expect.element(roll).toHaveAccessibleDescription('This value does not fit the field.');
  await dialog.getByRole('textbox', { name: 'Birthday' }).fill('9/3/2014');
  await dialog.getByRole('checkbox', { name: 'Class 6' }).click();
  await dialog.getByRole('textbox', { name: 'Note' }).fill('Father of Karim');
  await save.click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).toBeVisible();
  expect(scripted.inputsOf('contacts.add').at(-1)).toEqual({
    space: 'practice',
    name: 'রহিম',
    numbers: ['০১৭১২৩৪৫৬৭৮', '029551234'],
    note: 'Father of Karim',
    fields: { '1': '6', '2': '2014-03-09' },
    groups: [1],
  });
});

test('asks before changes are lost, and does not take a date that is none for an empty one', async () => {
  const { screen, scripted } = await openedContacts(contactsWorld(), { contact: 1 });
  scripted.answer('contacts.update', () => RAHIM);
  await screen.getByRole('button', { name: 'Edit' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Edit contact' });
  const birthday = dialog.getByRole('textbox', { name: 'Birthday' });
  await expect.element(birthday).toHaveValue('09/03/2014');
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();

  await screen.getByRole('button', { name: 'Edit' }).click();
  await birthday.fill('in spring');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(birthday).toHaveAccessibleDescription(/This is no date/);
  expect(scripted.inputsOf('contacts.update')).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByText('What you changed is not saved.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await birthday.fill('10/03/2014');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.update')).toMatchObject([
    { id: 1, fields: { '1': '6', '2': '2014-03-10' }, numbers: ['+880 1712-345678'] },
  ]);
});

test('keeps the user’s fields: adds, moves and renames one, and says what a removal loses', async () => {
  const world = contactsWorld();
  const { screen, scripted } = await openedContacts(world);
  scripted.answer('contacts.addField', () => {
    world.fields = [...world.fields, { id: 3, name: 'Roll', kind: 'number', used: 0 }];
    return world.fields[2];
  });
  scripted.answer('contacts.updateField', ({ name }: { name: string }) => {
    if (name === 'Roll') throw refusal('FIELD_EXISTS');
    return world.fields[0];
  });
  scripted.answer('contacts.removeField', () => {
    world.fields = world.fields.filter(({ id }) => id !== 1);
    return null;
  });
  await screen.getByRole('button', { name: 'Fields' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Your own fields' });
  await dialog.getByRole('textbox', { name: 'New field' }).fill('Roll');
  await dialog.getByRole('combobox', { name: 'Kind' }).click();
  await screen.getByRole('option', { name: /^Number/ }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect.element(dialog.getByText('Roll', { exact: true })).toBeVisible();
  await expectAccessible(document.body);
  await dialog.getByRole('button', { name: 'Move Birthday up' }).click();
  await dialog.getByRole('button', { name: 'Change Class' }).click();
  const name = dialog.getByRole('textbox', { name: 'Field name' });
  await name.fill('Roll');
  await userEvent.keyboard('{Enter}');
  await expect.element(name).toHaveAccessibleDescription('Another field already has this name.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Remove Class' }).click();
  await expect
    .element(dialog.getByText('40 people have a value in “Class”. It is lost for good.'))
    .toBeVisible();
  await dialog.getByRole('button', { name: 'Remove for good' }).click();
  await expect.element(dialog.getByText('Class', { exact: true })).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.updateField').slice(0, 1)).toEqual([
    { space: 'practice', id: 2, name: 'Birthday', kind: 'date', place: 0 },
  ]);
  expect(scripted.inputsOf('contacts.removeField')).toEqual([{ space: 'practice', id: 1, used: 40 }]);
});
