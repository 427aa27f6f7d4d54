import { beforeAll, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { ContactFilter } from '#shared/ipc/contacts.ts';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { contact, facts, group } from '../support/samples.ts';
import { refusal } from '../support/scripted-link.ts';
import { CLASS_6, contactsWorld, openedContacts, RAHIM, RAHIMA } from './fixtures.ts';

beforeAll(useWindowHeight);

const ROBI = { name: 'Robi', prefix: '18', country: 'Bangladesh', countryPrefix: '880' };

test('shows people with numbers, groups, fields and remarks, and follows a change', async () => {
  const { screen, world } = await openedContacts();
  const table = screen.getByRole('table', { name: 'Contacts' });
  await expect
    .element(table.getByRole('row', { name: /Rahim Uddin .*1712-345678 Class 6 6 09\/03\/2014/ }))
    .toBeVisible();
  await expect
    .element(
      table.getByRole('row', {
        name: /রহিমা খাতুন .*1812-345679 1 more number .*Do not message ?Dead number/,
      }),
    )
    .toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^Class 6 40$/ })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^Dead numbers 1$/ })).toBeVisible();
  await expectAccessible(document.body);
  world.people = [RAHIM, { ...RAHIMA, facts: facts({ ported: true, portedTo: ROBI }), factsAt: 1 }];
  world.change();
  await expect.element(table.getByRole('row', { name: /রহিমা খাতুন .*Robi Yes/ })).toBeVisible();
});

test('teaches how to begin where nobody is yet', async () => {
  const { screen, onimport } = await openedContacts(contactsWorld([]));
  await expect.element(screen.getByText('Nobody is in the contacts yet')).toBeVisible();
  await screen.getByRole('button', { name: 'Paste from a spreadsheet' }).click();
  await screen.getByRole('button', { name: 'Import', exact: true }).click();
  expect(onimport.mock.calls).toEqual([['contacts'], ['contacts']]);
});

test('shows a group, renames it, removes it and takes that back', async () => {
  const { screen, world, scripted } = await openedContacts();
  await screen.getByRole('button', { name: /^Class 6 40$/ }).click();
  await expect.element(screen.getByRole('row', { name: /রহিমা/ })).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.list').at(-1)).toMatchObject({ filter: { group: 1 } });
  const names = ['Class 7', 'Class six'];
  scripted.answer('groups.update', ({ name }: { name: string }) => {
    if (name === names[0]) throw refusal('GROUP_EXISTS');
    world.groups = [group({ name })];
    return world.groups[0];
  });
  await screen.getByRole('button', { name: 'Rename' }).click();
  const name = screen.getByRole('textbox', { name: 'Group name' });
  await name.fill(names[0] ?? '');
  await userEvent.keyboard('{Enter}');
  await expect.element(name).toHaveAccessibleDescription('Another group already has this name.');
  await name.fill(names[1] ?? '');
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('heading', { name: 'Class six' })).toBeVisible();

  scripted.answer('groups.remove', () => {
    world.groups = [];
    world.change();
    return { id: 1 };
  });
  scripted.answer('groups.restore', () => {
    world.groups = [CLASS_6];
    world.change();
    return CLASS_6;
  });
  await screen.getByRole('button', { name: 'Remove group' }).click();
  await expect.element(screen.getByText('The group “Class six” is removed.')).toBeVisible();
  await expect.element(screen.getByRole('heading', { name: 'All', exact: true })).toBeVisible();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('button', { name: /^Class 6 40$/ })).toBeVisible();
  expect(scripted.inputsOf('groups.restore')).toEqual([{ space: 'practice', id: 1 }]);
});

test('chooses by keyboard and mouse, and acts on those chosen', async () => {
  const { screen, scripted, onwrite, onexport } = await openedContacts();
  const first = screen.getByRole('row', { name: /Rahim Uddin/ });
  await expect.element(first).toBeVisible();
  (first.element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  await expect.element(screen.getByText('1 person chosen')).toBeVisible();
  await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
  await expect.element(screen.getByText('2 people chosen')).toBeVisible();
  await screen.getByRole('checkbox', { name: 'Choose Rahim Uddin' }).click();
  await expect.element(screen.getByText('1 person chosen')).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Write', exact: true }).click();
  await vi.waitFor(() => expect(onwrite).toHaveBeenCalledWith([{ kind: 'contact', id: 2 }]));
  await screen.getByRole('toolbar').getByRole('button', { name: 'Export' }).click();
  expect(onexport).toHaveBeenCalledWith({ ids: [2] });

  scripted.answer('groups.addMembers', () => ({ added: 1 }));
  await screen.getByRole('button', { name: 'Add to group' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Add 1 person to a group' });
  await dialog.getByRole('combobox', { name: 'Group' }).click();
  await screen.getByRole('option', { name: /Class 6/ }).click();
  await dialog.getByRole('button', { name: 'Add to group' }).click();
  await expect.element(screen.getByText('1 person added to “Class 6”.')).toBeVisible();
  expect(scripted.inputsOf('groups.addMembers')).toEqual([
    { space: 'practice', id: 1, choice: { ids: [2] } },
  ]);
  await expect.element(screen.getByRole('toolbar')).not.toBeInTheDocument();
});

test('removes those chosen and takes it back; an undo that fails can be tried again', async () => {
  const { screen, world, scripted } = await openedContacts();
  scripted.answer('contacts.remove', () => {
    world.people = [RAHIMA];
    world.change();
    return { removal: 5, removed: 1 };
  });
  await screen.getByRole('checkbox', { name: 'Choose Rahim Uddin' }).click();
  await screen.getByRole('button', { name: 'Remove' }).click();
  await expect.element(screen.getByText('“Rahim Uddin” is no longer in the contacts.')).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.remove')).toEqual([{ space: 'practice', choice: { ids: [1] } }]);
  scripted.answer('contacts.undo', () => {
    throw refusal('STORE_FULL');
  });
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  scripted.answer('contacts.undo', () => {
    world.people = [RAHIM, RAHIMA];
    world.change();
    return { restored: 1, kept: 0 };
  });
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.undo').at(-1)).toEqual({ space: 'practice', removal: 5 });
});

test('acts on all that are found, asks before many are removed, and needs a group to write to very many', async () => {
  const many = Array.from({ length: 620 }, (_, index) =>
    contact({ id: index + 1, name: `Person ${index}`, msisdn: `88017${10_000_000 + index}` }),
  );
  const world = contactsWorld(many);
  const { screen, scripted, onwrite } = await openedContacts(world);
  scripted.answer('contacts.list', ({ cursor, limit }: { cursor?: string; limit: number }) => {
    const from = Number(cursor ?? 0);
    const rows = many.slice(from, from + limit);
    return { rows, ...(from + limit < many.length && { next: String(from + limit) }) };
  });
  await screen.getByRole('button', { name: /^All 620$/ }).click();
  await screen.getByRole('checkbox', { name: 'Choose Person 1', exact: true }).click();
  await screen.getByRole('button', { name: 'Choose all 620 found' }).click();
  await expect.element(screen.getByText('All 620 found are chosen')).toBeVisible();
  await screen.getByRole('button', { name: 'Remove' }).click();
  await expect
    .element(screen.getByRole('dialog', { name: 'Remove 620 people from the contacts?' }))
    .toBeVisible();
  await screen.getByRole('button', { name: 'Cancel' }).click();
  expect(scripted.inputsOf('contacts.remove')).toEqual([]);

  scripted.answer('groups.add', ({ name }: { name: string }) => group({ id: 9, name }));
  scripted.answer('groups.addMembers', () => ({ added: 620 }));
  await screen.getByRole('button', { name: 'Write', exact: true }).click();
  await expect.element(screen.getByText(/More than 500 people are written to as a group/)).toBeVisible();
  await screen.getByRole('textbox', { name: 'Name of the new group' }).fill('Everybody');
  await screen.getByRole('button', { name: 'Make the group and write' }).click();
  await vi.waitFor(() => expect(onwrite).toHaveBeenCalledWith([{ kind: 'group', id: 9 }]));
  expect(scripted.inputsOf('groups.addMembers')).toEqual([
    { space: 'practice', id: 9, choice: { filter: {} } },
  ]);
});

test('puts all numbers of those chosen into the do-not-message list', async () => {
  const { screen, scripted } = await openedContacts();
  scripted.answer('doNotMessage.add', () => ({
    added: 2,
    known: 1,
    rejectedCount: 0,
    rejected: [],
    atGateway: 3,
  }));
  await screen.getByRole('checkbox', { name: 'Choose all' }).click();
  await screen.getByRole('toolbar').getByRole('button', { name: 'Do not message' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Never write to 2 people again?' });
  await dialog.getByRole('textbox', { name: 'Note' }).fill(' by phone ');
  await dialog.getByRole('button', { name: 'Do not message' }).click();
  await expect
    .element(screen.getByText('2 numbers added to the do-not-message list, 1 were in it.'))
    .toBeVisible();
  await expect
    .element(screen.getByText(/^3 messages to them are already scheduled at MiM SMS/))
    .toBeVisible();
  expect(scripted.inputsOf('doNotMessage.add')).toEqual([
    {
      space: 'practice',
      numbers: '8801712345678\n8801812345679\n8801912345670',
      reason: 'asked',
      note: 'by phone',
    },
  ]);
});

test('searches, drops answers that come too late, and hands the numbers found to a lookup', async () => {
  const { screen, scripted } = await openedContacts();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).toBeVisible();
  const slow: (() => void)[] = [];
  const people = (search: string | undefined) => (search === 'রহিমা' ? [RAHIMA] : [RAHIM]);
  scripted.answer('contacts.list', async ({ filter }: { filter: ContactFilter }) => {
    if (filter.search === 'Rahim') await new Promise<void>((answer) => slow.push(answer));
    return { rows: people(filter.search) };
  });
  const search = screen.getByRole('searchbox', { name: 'Search contacts' });
  await search.fill('Rahim');
  await vi.waitFor(() => expect(slow).toHaveLength(1));
  await search.fill(' রহিমা ');
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).not.toBeInTheDocument();
  slow[0]?.();
  await expect.element(screen.getByText('1 person found')).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /রহিমা/ })).toBeVisible();
  expect(screen.getByRole('row', { name: /Rahim Uddin/ }).query()).toBeNull();

  scripted.answer('contacts.numbers', () => ({ numbers: '8801812345679', count: 1, more: false }));
  await screen.getByRole('checkbox', { name: 'Choose all' }).click();
  await screen.getByRole('button', { name: 'Look up' }).click();
  await expect.element(screen.getByTestId('lookup')).toHaveTextContent('8801812345679');
  expect(scripted.inputsOf('contacts.numbers')).toEqual([{ space: 'practice', filter: { search: 'রহিমা' } }]);
});

test('shows the people of one import, then everybody', async () => {
  const { screen, scripted } = await openedContacts(contactsWorld(), { importId: 4 });
  await expect.element(screen.getByRole('heading', { name: 'From one import' })).toBeVisible();
  expect(scripted.inputsOf('contacts.list').at(-1)).toMatchObject({ filter: { import: 4 } });
  await screen.getByRole('button', { name: 'Show all' }).click();
  await expect.element(screen.getByRole('heading', { name: 'All', exact: true })).toBeVisible();
});

test('speaks Bangla and fits the smallest window', async () => {
  const { screen } = await openedContacts(contactsWorld(), { language: 'bn', width: 832 });
  await expect.element(screen.getByRole('table', { name: 'পরিচিতি' })).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /রহিমা খাতুন .*আরও ১টি নম্বর/ })).toBeVisible();
  await screen.getByRole('checkbox', { name: 'সবাইকে বাছুন' }).click();
  await expect.element(screen.getByText('পাওয়া ২ জন সবাই বাছাই করা')).toBeVisible();
  const page = document.querySelector('.page');
  expect(page?.scrollWidth).toBe(page?.clientWidth);
  const table = document.querySelector('[role="table"]');
  expect(table?.scrollWidth).toBe(table?.clientWidth);
  expect(table?.clientHeight).toBeGreaterThan(240);
});
