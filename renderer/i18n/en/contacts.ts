import { english as f } from '../format.ts';

const contactsOf = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'contact', other: 'contacts' })}`;

const people = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'person', other: 'people' })}`;

/** Words of the people in the contacts. */
export const contacts = {
  tabs: { duplicates: 'Possible duplicates', doNotMessage: 'Do not message', imports: 'Imports' },
  table: 'Contacts',
  search: 'Search contacts',
  searchPlaceholder: 'Name, number or field',
  count: contactsOf,
  import: 'Import',
  add: 'Add contact',
  columns: { name: 'Name', number: 'Number', groups: 'Groups', flags: 'Remarks' },
  choose: (facts: { name: string }) => `Choose ${facts.name}`,
  chooseAll: 'Choose all',
  moreNumbers: (count: number) =>
    `${f.n(count)} more ${f.plural(count, { one: 'number', other: 'numbers' })}`,
  flags: { blocked: 'Do not message', dead: 'Dead number' },

  bar: {
    label: 'Chosen people',
    chosen: (count: number) => `${people(count)} chosen`,
    allChosen: (count: number) => `All ${f.n(count)} found are chosen`,
    chooseAll: (count: number) => `Choose all ${f.n(count)} found`,
    chooseNone: 'Choose nobody',
    write: 'Write a message',
    join: 'Add to group',
    leave: 'Take out of this group',
    block: 'Do not message',
    lookUp: 'Look up',
    export: 'Export',
    remove: 'Remove',
  },

  addTitle: 'Add contact',
  editTitle: 'Edit contact',
  name: 'Name',
  number: 'Number',
  furtherNumber: (place: number) => `Number ${f.n(place)}`,
  numberHint: 'Any usual writing: 01712345678, ০১৭১২৩৪৫৬৭৮, +880 1712-345678.',
  addNumber: 'Add another number',
  moveUp: (place: number) => `Move number ${f.n(place)} up`,
  dropNumber: (place: number) => `Take number ${f.n(place)} away`,
  firstIsUsed: 'Messages go to the first number.',
  groups: 'Groups',
  note: 'Note',
  save: 'Save',
  nameMissing: 'Write a name.',
  numberWrong: 'This is not a number that can get SMS.',
  severalNumbers: 'Write one number only.',
  numberTwice: 'This number stands here twice.',
  valueWrong: 'This value does not fit the field.',
  notADate: 'This is no date yet. Written like 29/11/2026 it becomes one.',
  unsaved: {
    title: 'What you changed is not saved.',
    keep: 'Keep editing',
    drop: 'Drop changes',
  },

  done: {
    removed: (facts: { name: string }) => `“${facts.name}” is no longer in the contacts.`,
    removedMany: (count: number) =>
      `${people(count)} ${f.plural(count, { one: 'is', other: 'are' })} no longer in the contacts.`,
    merged: (facts: { count: number; name: string }) =>
      `${contactsOf(facts.count)} became one: “${facts.name}”.`,
    groupRemoved: (facts: { name: string }) =>
      `The group “${facts.name}” is removed. Its people are still here.`,
    joined: (facts: { count: number; name: string }) => `${people(facts.count)} added to “${facts.name}”.`,
    left: (facts: { count: number; name: string }) => `${people(facts.count)} taken out of “${facts.name}”.`,
    blocked: (facts: { added: number; known: number }) =>
      `${f.n(facts.added)} ${f.plural(facts.added, { one: 'number', other: 'numbers' })} added to the do-not-message list, ${f.n(facts.known)} were in it.`,
    restored: (facts: { count: number; kept: number }) =>
      `${people(facts.count)} came back. ${f.n(facts.kept)} could not: somebody else has the number by now.`,
    undo: 'Undo',
  },
  removeMany: {
    title: (count: number) => `Remove ${people(count)} from the contacts?`,
    text: 'What was sent to them stays, and so does the do-not-message list. You can undo this for as long as the line that says so is shown.',
    remove: (count: number) => `Remove ${f.n(count)}`,
  },

  empty: {
    title: 'Nobody is in the contacts yet',
    text: 'Bring the list that you have: a file from Excel, a phone’s contacts, or rows copied from a spreadsheet. Damaged numbers are repaired, and you see everything before it is kept.',
    import: 'Import a file',
    paste: 'Paste from a spreadsheet',
    add: 'Add one person',
  },
  none: {
    title: 'Nobody is found',
    text: 'Search for a part of the name, the number or a field, in Bangla or English.',
    clear: 'Show all',
  },

  person: {
    label: 'Person',
    back: 'All people',
    reading: 'Reading…',
    write: 'Write',
    edit: 'Edit',
    allow: 'Allow again',
    facts: 'What is known',
    numbers: 'Numbers',
    first: 'used for messages',
    operatorHint: (facts: { operator: string }) =>
      `Given out by ${facts.operator}; may have changed operator since.`,
    lookedUp: (facts: { operator: string; when: string }) => `${facts.operator}, looked up ${facts.when}`,
    deadSince: (when: string) => `Messages have failed for good since ${when}.`,
    fields: 'Fields',
    groups: 'Groups',
    noGroups: 'In no group',
    note: 'Note',
    figures: 'Figures',
    sent: 'Sent',
    delivered: 'Delivered',
    failed: 'Failed',
    received: 'Received',
    parts: 'Parts',
    charged: 'Charged',
    last: 'Last message',
    added: 'Added',
    history: 'Messages with this person',
    in: 'Received',
    columns: { at: 'Time', state: 'State', text: 'Text', price: 'Price' },
    noHistory: {
      title: 'No message yet',
      text: 'Everything sent to this person and received from them will be here.',
    },
  },

  fields: {
    open: 'Fields',
    title: 'Your own fields',
    text: 'What you want to know about people, for example class, roll number or birthday. The first two are columns of the table; all of them can stand in a message.',
    none: 'No field yet.',
    name: 'Field name',
    newName: 'New field',
    nameMissing: 'Write a name.',
    kind: 'Kind',
    kinds: { text: 'Text', number: 'Number', date: 'Date' },
    kindNotes: { text: 'Any words', number: 'Can be compared', date: 'Day, month, year' },
    used: (count: number) =>
      count === 0
        ? 'nobody has a value'
        : `${people(count)} ${f.plural(count, { one: 'has', other: 'have' })} a value`,
    add: 'Add',
    up: (facts: { name: string }) => `Move ${facts.name} up`,
    down: (facts: { name: string }) => `Move ${facts.name} down`,
    edit: (facts: { name: string }) => `Change ${facts.name}`,
    remove: (facts: { name: string }) => `Remove ${facts.name}`,
    lose: (facts: { name: string; count: number }) =>
      `${people(facts.count)} ${f.plural(facts.count, { one: 'has', other: 'have' })} a value in “${facts.name}”. It is lost for good.`,
    removeNow: 'Remove for good',
  },

  duplicates: {
    about:
      'Contacts with the same name and different numbers. A number never belongs to two contacts, so only names can be double.',
    table: 'Names that several contacts have',
    name: 'Name',
    howMany: 'Contacts',
    none: {
      title: 'No name is there twice',
      text: 'As soon as two contacts have the same name, they are shown here.',
    },
    pick: {
      title: 'The same person?',
      text: 'Choose a name to see its contacts side by side and make them one.',
    },
    compare: 'Contacts side by side',
    take: 'Same person',
    first: 'Number for messages',
    allNumbers: 'All numbers',
    added: 'Added',
    keep: (facts: { label: string; value: string }) => `Keep ${facts.label}: ${facts.value}`,
    comeAlong: 'All numbers and groups come along. You can undo this.',
    merge: (count: number) => `Make ${contactsOf(count)} one`,
  },
};
