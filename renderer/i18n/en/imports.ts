import { english as f } from '../format.ts';

const counted = (count: number, one: string, other: string): string =>
  `${f.n(count)} ${f.plural(count, { one, other })}`;
const rows = (count: number): string => counted(count, 'row', 'rows');
const people = (count: number): string => counted(count, 'person', 'people');
const numbers = (count: number): string => counted(count, 'number', 'numbers');
const recipients = (count: number): string => counted(count, 'recipient', 'recipients');

/** Words of importing and its history. */
export const imports = {
  titles: {
    contacts: 'Import people',
    'do-not-message': 'Import do-not-message numbers',
    recipients: 'Recipients from a file',
  },
  purposes: { contacts: 'Contacts', 'do-not-message': 'Do not message', recipients: 'One sending' },
  steps: {
    label: 'Steps of the import',
    source: 'File',
    columns: 'Columns',
    result: 'Check',
    done: 'Done',
  },
  pasted: 'Pasted text',

  source: {
    choose: 'Choose a file',
    drop: 'Drop a file here, or choose one.',
    kinds:
      'CSV and text files, Excel (XLSX, XLS), OpenDocument (ODS), contacts of a phone or mail program (VCF).',
    paste: 'Or paste from a spreadsheet',
    pasteHint: 'Copy the cells in Excel and paste them here, headings too.',
    take: 'Continue with this text',
    opening: 'Opening…',
    notYet: 'Nothing is added before you have seen it and confirmed.',
    tooLong: 'This is too much to paste. Save it as a file and choose that.',
  },
  dropHere: 'Drop the file here',

  reading: {
    label: 'How the file is read',
    encoding: 'Letters',
    encodings: {
      'utf-8': 'UTF-8',
      'utf-16le': 'UTF-16',
      'utf-16be': 'UTF-16, big-endian',
      'windows-1252': 'Windows-1252 (Western)',
    },
    delimiter: 'Columns end with',
    delimiters: { comma: 'Comma', semicolon: 'Semicolon', tab: 'Tab', bar: 'Vertical bar' },
    sheet: 'Sheet',
    header: 'The first row is a heading',
    remembered: 'The columns are set as for the last file with these headings.',
    again: 'Reading again…',
  },

  columns: {
    table: 'First rows of the file',
    first: (count: number) => (count === 1 ? 'The first row' : `The first ${f.n(count)} rows`),
    of: (column: string) => `What “${column}” is`,
    plain: (column: number) => `Column ${f.n(column)}`,
    own: 'Your fields',
    targets: {
      ignore: 'Leave out',
      name: 'Name',
      'first-name': 'First name',
      'last-name': 'Last name',
      number: 'Number',
      note: 'Note',
      group: 'Group',
      new: 'New field …',
    },
    newName: 'Name of the new field',
    newRecipients: 'Field for the text …',
    noNumber: 'Choose the column that has the numbers.',
    noName: 'Write a name for each new field.',
    fixesLost: 'Checking again reads the file anew: cells that you corrected have to be corrected again.',
    check: 'Check all rows',
    again: 'Check again',
  },

  rules: {
    label: 'What happens with the rows',
    existing: 'People who are there already',
    choices: {
      replace: 'Take over what the file says, empty cells not',
      fill: 'Fill empty places only',
      leave: 'Leave them alone; only new people come in',
    },
    group: 'Put everybody into',
    groupPick: 'Choose a group',
    newGroup: 'New group',
    newGroupHint: 'Made with this import, and gone again with it.',
    takeOut: (name: string) => `Not into ${name}`,
  },

  progress: {
    checking: 'Checking the rows',
    committing: 'Importing',
    read: (done: string) => `${done} rows read`,
    of: (facts: { done: number; total: number }) => `${f.n(facts.done)} of ${rows(facts.total)}`,
    rate: (perSecond: string) => `${perSecond} rows a second`,
    left: (time: string) => `about ${time} left`,
    stop: 'Stop',
    stopNote: 'Stopping leaves nothing half done.',
    goesOn: 'You can close this window. The import goes on, and you find it here again.',
  },

  result: {
    identity: (facts: { rows: string; parts: string }) => `${facts.rows} = ${facts.parts}`,
    rows,
    parts: {
      new: (count: number) => `${f.n(count)} new`,
      updated: (count: number) => `${f.n(count)} updated`,
      unchanged: (count: number) => `${f.n(count)} unchanged`,
      duplicate: (count: number) => counted(count, 'duplicate', 'duplicates'),
      rejected: (count: number) => `${f.n(count)} rejected`,
    },
    wrongSum: 'These figures do not add up. Please tell support; nothing has been written yet.',
    repaired: (count: number) => `${numbers(count)} repaired`,
    tabs: 'Rows by what becomes of them',
    tab: (facts: { name: string; count: number }) => `${facts.name} ${f.n(facts.count)}`,
    classes: {
      rejected: 'Rejected',
      new: 'New',
      updated: 'Updated',
      unchanged: 'Unchanged',
      duplicate: 'Duplicates',
    },
    about: {
      rejected: 'These rows cannot come in. Press Enter on a row to correct it here, or leave it.',
      new: 'These come in.',
      updated: 'These are there already and change.',
      unchanged: 'These are there already with the same values.',
      duplicate: 'Their number stands in an earlier row, which counts.',
    },
    none: {
      rejected: 'No row is rejected',
      new: 'No row is new',
      updated: 'Nothing would change',
      unchanged: 'No row is the same as what is there',
      duplicate: 'No number stands there twice',
    },
    columns: {
      row: 'Row',
      name: 'Name',
      number: 'Number',
      wrong: 'What stands there, and why not',
      rest: 'The whole row',
      changes: 'What changes',
      repeats: 'Repeats',
    },
    sameAs: (row: number) => `Same number as row ${f.n(row)}`,
    emptyCell: '(empty)',
    nothing: '(nothing)',
    arrow: (facts: { before: string; after: string }) => `${facts.before} becomes ${facts.after}`,
    fix: (row: number) => `Correct row ${f.n(row)}`,
    fixHint: 'Enter takes it and goes to the next row. Esc leaves it.',
    fixed: (facts: { row: number; name: string }) => `Row ${f.n(facts.row)} is put right: ${facts.name}.`,
    still: (facts: { row: number; why: string }) => `Row ${f.n(facts.row)}: ${facts.why}`,
    right: 'Put right',
    back: 'Change the columns',
    commit: {
      contacts: (count: number) => `Import ${people(count)}`,
      'do-not-message': (count: number) => `Add ${numbers(count)}`,
      recipients: (count: number) => `Use ${recipients(count)}`,
    },
    nobody: 'No row would come in.',
    leftOut: (count: number) =>
      `${rows(count)} ${f.plural(count, { one: 'is', other: 'are' })} left out. You can save ${f.plural(count, { one: 'it', other: 'them' })} to a file.`,
    changed: 'The contacts changed in the meantime. Nothing was written; these are the new figures.',
    saveRejected: 'Save rejected rows',
    saved: (facts: { count: number; file: string }) => `${rows(facts.count)} saved to “${facts.file}”.`,
    rejectedFile: (name: string) => `${name} rejected`,
  },

  problems: {
    'no-number': 'There is no number in this row.',
    'cell-too-long': 'The text in this cell is too long.',
    'too-many-numbers':
      'With these numbers the person would have more than 10. Take some out, or make room in the contact.',
    'several-contacts': 'The numbers of this row belong to several people.',
    'contact-twice':
      'An earlier row has this person already, so the further numbers of this row would be lost.',
  },
  repairs: {
    'lost-zero': 'lost zero put back',
    exponent: 'power of ten written out',
    'trailing-zero': '“.0” taken off',
    digits: 'other digits read',
    marks: 'marks taken off',
  },

  done: {
    title: 'The import is done',
    contacts: (count: number) => `${people(count)} came in or changed.`,
    'do-not-message': (count: number) => `${numbers(count)} will not get messages any more.`,
    recipients: (count: number) => `${recipients(count)} are ready for this sending.`,
    show: 'Show them',
    undo: 'Undo this import',
    another: 'Import another file',
    close: 'Close',
  },

  stopped: (kept: number) =>
    kept === 0
      ? 'Stopped. Nothing was written.'
      : `Stopped. Only ${people(kept)} of it ${f.plural(kept, { one: 'stays', other: 'stay' })}, because you changed them meanwhile.`,
  gone: {
    title: 'This import is no longer open, because the program had to restart a part of itself.',
    text: 'Nothing of it was written. What you said about the columns is kept; corrected cells have to be corrected again.',
    again: 'Open it again',
  },
  busy: {
    title: 'Another import is still open.',
    replace: 'Drop that one and open this',
  },
  open: {
    title: (facts: { purpose: string; name: string }) => `${facts.purpose}: “${facts.name}” is still open.`,
    text: 'One import is prepared at a time. Go on with it, or drop it; nothing of it was written yet.',
    running: (facts: { name: string }) => `“${facts.name}” is being imported.`,
    prepared: (facts: { name: string }) =>
      `The import of “${facts.name}” is prepared, and nothing is written yet.`,
    finished: (facts: { name: string }) => `The import of “${facts.name}” is done.`,
    goOn: 'Go on with it',
    show: 'Show',
    drop: 'Drop it',
  },
  instead: {
    title: (facts: { name: string }) => `Open “${facts.name}” instead?`,
    text: 'What is prepared here is dropped. Nothing of it was written.',
    yes: 'Open it',
    no: 'Keep this one',
  },
  leave: {
    title: 'Close the prepared import?',
    text: 'Nothing has been written yet. You can keep it and go on later, until the program is closed.',
    keep: 'Keep it for later',
    drop: 'Drop it',
    stay: 'Go on here',
  },

  undo: {
    title: (facts: { name: string }) => `Undo the import of “${facts.name}”?`,
    contacts: (facts: { added: number; changed: number }) =>
      facts.changed === 0
        ? `${people(facts.added)} that came with it ${f.plural(facts.added, { one: 'goes', other: 'go' })}.`
        : `${people(facts.added)} that came with it ${f.plural(facts.added, { one: 'goes', other: 'go' })}, and ${people(facts.changed)} ${f.plural(facts.changed, { one: 'is', other: 'are' })} as before.`,
    'do-not-message': (count: number) =>
      count === 0 ? 'No number may get messages again by that.' : `${numbers(count)} may get messages again.`,
    counting: 'Counting the numbers…',
    recipients: (facts: { added: number; changed: number }) =>
      `The list of ${recipients(facts.added + facts.changed)} goes. What was sent to them stays.`,
    kept: {
      contacts: 'Whoever was changed by hand since stays.',
      'do-not-message': 'Numbers that were put there by hand too, or by another import, stay.',
    },
    confirm: 'Undo the import',
    result: (facts: { removed: number; restored: number; kept: number }) =>
      `Undone: ${f.n(facts.removed)} removed, ${f.n(facts.restored)} as before, ${f.n(facts.kept)} kept because they were changed since.`,
  },

  history: {
    label: 'Imports so far',
    empty: {
      title: 'Nothing has been imported yet',
      text: 'Each import is kept here with its figures, and can be taken back as a whole.',
      action: 'Import a file',
    },
    columns: {
      at: 'When',
      file: 'File',
      figures: 'What became of the rows',
      actions: 'Actions',
    },
    undo: 'Undo',
    undone: (age: string) => `Undone ${age}`,
    show: 'Show',
    save: (count: number) => `Save ${f.n(count)} rejected`,
  },
};
