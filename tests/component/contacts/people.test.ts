import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Contact } from '#shared/ipc/contacts.ts';
import PeopleTab from '../../../renderer/features/contacts/PeopleTab.svelte';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { contact, facts } from '../support/samples.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';

const ROBI = { name: 'Robi', prefix: '18', country: 'Bangladesh', countryPrefix: '880' };
const PEOPLE: readonly Contact[] = [
  contact(),
  contact({ id: 2, name: 'রহিমা খাতুন', msisdn: '8801812345679', facts: null, factsAt: null }),
];

beforeAll(useWindowHeight);
beforeEach(() => page.viewport(1280, 800));

async function opened(people: readonly Contact[] = PEOPLE, language: 'en' | 'bn' = 'en') {
  const state = { people };
  const changes = feed({ count: people.length });
  const change = (next: readonly Contact[]): void => {
    state.people = next;
    changes.push({ count: next.length });
  };
  const scripted = scriptedLink({
    'contacts.watch': () => changes.open(),
    'contacts.list': ({ search }: { search?: string }) => ({
      rows: state.people.filter(({ name }) => name.includes(search ?? '')),
    }),
    'contacts.numbers': () => ({ numbers: '8801712345678\n8801812345679', count: 2, more: false }),
  });
  const onlookup = vi.fn<(numbers: string) => void>();
  const { screen } = await mount(scripted, PeopleTab, { onlookup }, { language });
  // Until the accounts are there, the space is not known.
  await vi.waitFor(() =>
    expect(scripted.inputsOf('contacts.list').at(-1)).toMatchObject({ space: 'practice' }),
  );
  return { screen, scripted, change, onlookup };
}

test('shows each contact with what is known of the number, and follows a lookup', async () => {
  const { screen, change } = await opened();
  const table = screen.getByRole('table', { name: 'Contacts' });
  await expect
    .element(table.getByRole('row', { name: /Rahim Uddin .*1712-345678 Grameenphone Yes No/ }))
    .toBeVisible();
  await expect.element(table.getByRole('row', { name: /রহিমা খাতুন .*1812-345679 Not yet/ })).toBeVisible();
  await expect.element(screen.getByRole('status')).toHaveTextContent('2 contacts');
  await expectAccessible(document.body);
  const found = facts({ ported: true, portedTo: ROBI, reachable: false });
  change([contact(), contact({ ...PEOPLE[1], facts: found, factsAt: 1_790_000_000_000 })]);
  await expect
    .element(table.getByRole('row', { name: /রহিমা খাতুন .*1812-345679 Robi No Yes/ }))
    .toBeVisible();
});

test('adds a contact, and says at the field what is wrong', async () => {
  const { screen, scripted, change } = await opened([]);
  await expect.element(screen.getByText('Nobody is in the contacts yet')).toBeVisible();
  const refusals = [
    refusal('INVALID_INPUT', { field: 'name', detail: 'empty' }),
    refusal('INVALID_INPUT', { field: 'number', detail: 'landline' }),
    refusal('INVALID_INPUT', { field: 'number', detail: 'several' }),
    refusal('CONTACT_EXISTS', { field: 'number', detail: 'Karim' }),
  ];
  scripted.answer('contacts.add', () => {
    const refused = refusals.shift();
    if (refused) throw refused;
    change([contact()]);
    return contact();
  });
  await screen.getByRole('button', { name: 'Add contact' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Add contact' });
  const name = dialog.getByRole('textbox', { name: 'Name' });
  const number = dialog.getByRole('textbox', { name: 'Number' });
  const save = dialog.getByRole('button', { name: 'Save' });
  await expect.element(name).toHaveFocus();
  await save.click();
  await expect.element(name).toHaveAccessibleDescription('Write a name.');
  await name.fill('রহিম');
  await number.fill('029551234');
  await save.click();
  await expect.element(number).toHaveAccessibleDescription(/^A landline cannot get SMS\./);
  await expectAccessible(document.body);
  await save.click();
  await expect.element(number).toHaveAccessibleDescription(/^Write one number only\./);
  await save.click();
  await expect.element(number).toHaveAccessibleDescription(/^“Karim” already has this number\./);
  await number.fill('০১৭১২৩৪৫৬৭৮');
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).toBeVisible();
  expect(scripted.inputsOf('contacts.add').at(-1)).toEqual({
    space: 'practice',
    name: 'রহিম',
    number: '০১৭১২৩৪৫৬৭৮',
  });
});

test('edits a contact by keyboard', async () => {
  const { screen, scripted } = await opened();
  scripted.answer('contacts.update', () => contact());
  const row = screen.getByRole('row', { name: /Rahim Uddin/ });
  await expect.element(row).toBeVisible();
  (row.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  const dialog = screen.getByRole('dialog', { name: 'Edit contact' });
  await expect.element(dialog.getByRole('textbox', { name: 'Number' })).toHaveValue('+880 1712-345678');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Abdur Rahim');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.update')).toEqual([
    { space: 'practice', id: 1, name: 'Abdur Rahim', number: '+880 1712-345678' },
  ]);
});

test('removes a contact and takes it back; a failed undo can be tried again', async () => {
  const { screen, scripted, change } = await opened();
  scripted.answer('contacts.remove', () => {
    change(PEOPLE.slice(1));
    return contact();
  });
  scripted.answer('contacts.restore', () => {
    throw refusal('CONTACT_EXISTS', { field: 'number', detail: 'Karim' });
  });
  await screen.getByRole('row', { name: /Rahim Uddin/ }).click();
  await screen.getByRole('button', { name: 'Remove' }).click();
  await expect.element(screen.getByText('“Rahim Uddin” is no longer in the contacts.')).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('“Karim” already has this number.');
  scripted.answer('contacts.restore', () => {
    change(PEOPLE);
    return contact();
  });
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  expect(scripted.inputsOf('contacts.restore').at(-1)).toEqual({
    space: 'practice',
    id: 1,
    name: 'Rahim Uddin',
    number: '8801712345678',
    createdAt: contact().createdAt,
  });
});

test('searches, hands the numbers found to a lookup, and shows everybody again', async () => {
  const { screen, scripted, onlookup } = await opened();
  await screen.getByRole('button', { name: 'Look up all' }).click();
  await vi.waitFor(() => expect(onlookup).toHaveBeenCalledWith('8801712345678\n8801812345679'));
  const search = screen.getByRole('searchbox', { name: 'Search contacts' });
  await search.fill(' রহিমা ');
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).not.toBeInTheDocument();
  await screen.getByRole('button', { name: 'Look up found' }).click();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('contacts.numbers').at(-1)).toEqual({ space: 'practice', search: 'রহিমা' }),
  );
  await search.fill('nobody');
  await expect.element(screen.getByText('Nobody is found')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Look up found' })).toBeDisabled();
  await screen.getByRole('button', { name: 'Show all' }).click();
  await expect.element(screen.getByRole('row', { name: /Rahim Uddin/ })).toBeVisible();
});

test('speaks Bangla', async () => {
  const { screen } = await opened(PEOPLE, 'bn');
  await expect.element(screen.getByRole('table', { name: 'পরিচিতি' })).toBeVisible();
  await expect.element(screen.getByRole('row', { name: /রহিমা খাতুন .*এখনো নয়/ })).toBeVisible();
  await expect.element(screen.getByRole('status')).toHaveTextContent('২ জন');
});
