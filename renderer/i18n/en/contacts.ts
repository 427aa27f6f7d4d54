import { english as f } from '../format.ts';

const contactsOf = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'contact', other: 'contacts' })}`;

/** Words of the people in the contacts. */
export const contacts = {
  table: 'Contacts',
  search: 'Search contacts',
  searchPlaceholder: 'Name or number',
  count: contactsOf,
  add: 'Add contact',
  lookUp: 'Look up all',
  lookUpFound: 'Look up found',
  columns: { name: 'Name' },
  notLookedUp: 'Not yet',

  addTitle: 'Add contact',
  editTitle: 'Edit contact',
  name: 'Name',
  number: 'Number',
  numberHint: 'Any usual writing: 01712345678, ০১৭১২৩৪৫৬৭৮, +880 1712-345678.',
  save: 'Save',
  remove: 'Remove',
  nameMissing: 'Write a name.',
  numberWrong: 'This is not a number that can get SMS.',
  severalNumbers: 'Write one number only.',

  removed: (facts: { name: string }) => `“${facts.name}” is no longer in the contacts.`,
  undo: 'Undo',

  empty: {
    title: 'Nobody is in the contacts yet',
    text: 'Add people with name and number. A lookup then shows beside each whether the number is in use and with which operator.',
  },
  none: {
    title: 'Nobody is found',
    text: 'Search for a part of the name or of the number.',
    clear: 'Show all',
  },
};
