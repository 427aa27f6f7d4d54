import { createRawSnippet } from 'svelte';
import { expect, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Source } from '#shared/ipc/plan.ts';
import type { Contact, ContactChoice, ContactFilter, Field } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import ContactsPage from '../../../renderer/features/contacts/ContactsPage.svelte';
import type { Route } from '../../../renderer/lib/routes.ts';
import { mount } from '../support/mount.ts';
import { contact, contactNumber, group } from '../support/samples.ts';
import { feed, scriptedLink, type ScriptedLink } from '../support/scripted-link.ts';

/** A school with two people, a list, a smart group and two fields. */
export const RAHIM: Contact = contact({
  fields: { '1': '6', '2': '2014-03-09' },
  groups: [{ id: 1, name: 'Class 6' }],
  note: 'Father of Karim',
});
export const RAHIMA: Contact = contact({
  id: 2,
  name: 'রহিমা খাতুন',
  msisdn: '8801812345679',
  numbers: [
    contactNumber('8801812345679', { doNotMessage: true }),
    contactNumber('8801912345670', { deadSince: 1_790_000_000_000 }),
  ],
  facts: null,
  factsAt: null,
});
export const FIELDS: readonly Field[] = [
  { id: 1, name: 'Class', kind: 'number', used: 40 },
  { id: 2, name: 'Birthday', kind: 'date', used: 31 },
];
export const CLASS_6: Group = group();
export const QUIET: Group = group({
  id: 2,
  name: 'Quiet ones',
  count: 3,
  rule: { match: 'all', of: [{ about: 'received', test: 'never' }] },
});

/** People as the test has them, changed by {@link ContactsWorld.change}. */
export type ContactsWorld = {
  readonly scripted: ScriptedLink;
  people: readonly Contact[];
  fields: readonly Field[];
  groups: readonly Group[];
  /** Tells the page that something changed. */
  change: () => void;
};

const matches =
  ({ search = '', group: wanted, only }: ContactFilter) =>
  (one: Contact): boolean =>
    one.name.includes(search) &&
    (wanted === undefined || one.groups.some(({ id }) => id === wanted)) &&
    (only !== 'no-group' || one.groups.length === 0) &&
    (only !== 'dead' || one.numbers.some(({ deadSince }) => deadSince !== null));

/** A scripted link over people in memory. */
export function contactsWorld(people: readonly Contact[] = [RAHIM, RAHIMA]): ContactsWorld {
  const changes = feed({ count: people.length });
  const ticks = feed(0);
  const world: ContactsWorld = {
    people,
    fields: FIELDS,
    groups: [CLASS_6, QUIET],
    change: () => changes.push({ count: world.people.length }),
    scripted: scriptedLink({
      'contacts.watch': () => changes.open(),
      'messages.changes': () => ticks.open(),
      'contacts.list': ({ filter }: { filter: ContactFilter }) => ({
        rows: world.people.filter(matches(filter)),
      }),
      'contacts.count': ({ filter }: { filter: ContactFilter }) =>
        world.people.filter(matches(filter)).length,
      'contacts.get': ({ id }: { id: number }) => world.people.find((one) => one.id === id),
      'contacts.fields': () => world.fields,
      'contacts.figures': () => ({
        sent: 3,
        delivered: 2,
        failed: 1,
        received: 1,
        parts: 5,
        charged: { micros: 1_750_000, currency: 'BDT' },
        firstAt: 1_780_000_000_000,
        lastAt: 1_790_000_000_000,
      }),
      'contacts.history': () => ({ rows: [] }),
      'contacts.duplicates': () => ({ rows: [] }),
      'groups.list': () => world.groups,
      'groups.preview': () => ({ count: 12, sample: [RAHIM, RAHIMA] }),
      'imports.history': () => ({ rows: [] }),
      'doNotMessage.list': () => ({ rows: [], total: 0 }),
    }),
  };
  return world;
}

const blank = createRawSnippet(() => ({ render: () => '<p>Elsewhere</p>' }));
const lookup = createRawSnippet<[string]>((numbers) => ({
  render: () => `<pre data-testid="lookup">${numbers()}</pre>`,
}));

/** Opens the screen Contacts over a world, in a window of the usual size unless told otherwise. */
export async function openedContacts(
  world: ContactsWorld = contactsWorld(),
  options: {
    language?: 'en' | 'bn';
    width?: number;
    contact?: number;
    importId?: number;
    route?: Route;
  } = {},
) {
  await page.viewport(options.width ?? 1280, 800);
  const onimport = vi.fn<(purpose: 'contacts' | 'do-not-message') => void>();
  const onexport = vi.fn<(choice: ContactChoice) => void>();
  const onwrite = vi.fn<(sources: readonly Source[]) => void>();
  const { screen, router } = await mount(
    world.scripted,
    ContactsPage,
    {
      contact: options.contact,
      importId: options.importId,
      imports: blank,
      known: blank,
      lookup,
      onimport,
      onexport,
      onwrite,
    },
    { language: options.language ?? 'en' },
  );
  // Until the accounts are there, the space is not known.
  await vi.waitFor(() =>
    expect(world.scripted.inputsOf('contacts.list').at(-1)).toMatchObject({ space: 'practice' }),
  );
  return { screen, router, world, scripted: world.scripted, onimport, onexport, onwrite };
}
