import type { Field } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type { DoneImport, ImportCounts, ImportPreview, ImportRow, ImportState } from '#shared/ipc/imports.ts';
import { OPENED_IMPORT } from '#shared/ipc/opened-import.ts';
import type { ChosenFile } from '#shared/ipc/shell.ts';
import { feed, scriptedLink } from '../support/scripted-link.ts';

/** Ids of prepared imports in the order they are opened. */
export const IDS = [
  'f6f1a6a2-6d0c-4c55-8a54-0d6a4f6c0a01',
  'f6f1a6a2-6d0c-4c55-8a54-0d6a4f6c0a02',
  'f6f1a6a2-6d0c-4c55-8a54-0d6a4f6c0a03',
] as const;

/** A file that the user chose. */
export const FILE: ChosenFile = {
  handle: '0b6ba8c5-2a70-4a2e-b1a9-9d4c2e2f7a11',
  name: 'parents.csv',
  size: 4_200_000,
};

/** Figures that add up. */
export const COUNTS: ImportCounts = {
  rows: 100_000,
  new: 99_200,
  updated: 500,
  unchanged: 100,
  duplicate: 150,
  rejected: 50,
};

/** The beginning of a file with three columns. */
export const preview = (over: Partial<ImportPreview> = {}): ImportPreview => ({
  id: IDS[0],
  purpose: 'contacts',
  fileName: FILE.name,
  format: 'text',
  encoding: 'utf-8',
  delimiter: ',',
  sheet: null,
  sheets: [],
  rows: [
    ['Guardian', 'Mobile', 'Class'],
    ['Rahim Uddin', '1712345678', 'Six'],
    ['রহিমা খাতুন', '০১৮১২৩৪৫৬৭৯', 'Seven'],
  ],
  mapping: {
    header: true,
    columns: [{ to: 'name' }, { to: 'number' }, { to: 'new-field', name: 'Class' }],
  },
  remembered: false,
  ...over,
});

/** Where an import stands. */
export const state = (over: Partial<ImportState> = {}): ImportState => ({
  ...OPENED_IMPORT,
  ...over,
});

/** A rejected row, a landline. */
export const row = (number: number, over: Partial<ImportRow> = {}): ImportRow => ({
  row: number,
  class: 'rejected',
  cells: [`Person ${number}`, '029123456', 'Six'],
  name: `Person ${number}`,
  numbers: [{ input: '029123456', msisdn: null, repairs: [], reason: 'landline' }],
  problem: 'landline',
  column: 1,
  duplicateOf: null,
  changes: [],
  corrected: false,
  ...over,
});

/** A row whose number was read after a lost zero was put back. */
export const readRow = (number: number, over: Partial<ImportRow> = {}): ImportRow =>
  row(number, {
    class: 'new',
    numbers: [{ input: '1712345678', msisdn: '8801712345678', repairs: ['lost-zero'], reason: null }],
    cells: [`Person ${number}`, '1712345678', 'Six'],
    problem: null,
    column: null,
    ...over,
  });

/** An import in the history. */
export const doneImport = (over: Partial<DoneImport> = {}): DoneImport => ({
  id: 7,
  at: 1_790_000_000_000,
  purpose: 'contacts',
  fileName: FILE.name,
  counts: COUNTS,
  undoneAt: null,
  rejectedKept: 50,
  ...over,
});

const FIELDS: readonly Field[] = [{ id: 3, name: 'Class', kind: 'text', used: 40 }];
const GROUP: Group = { id: 4, name: 'Guardians', rule: null, count: 12, createdAt: 1, changedAt: 1 };

/** A link whose engine prepares imports; `states` is what `imports.watch` tells. */
export function importLink(answers: Parameters<typeof scriptedLink>[0] = {}) {
  const states = feed(state());
  const dropped = feed<ChosenFile | null>(null);
  let opened = 0;
  const scripted = scriptedLink({
    'imports.open': ({
      source,
      purpose,
    }: {
      source: { kind: string };
      purpose: ImportPreview['purpose'];
    }) => {
      states.push(state());
      const id = IDS[opened++] ?? IDS[2];
      return preview({ id, purpose, fileName: source.kind === 'file' ? FILE.name : '' });
    },
    'imports.watch': () => states.open(),
    'imports.cancel': () => null,
    'imports.check': () => {
      states.push(state({ phase: 'checked', counts: COUNTS, repaired: 1204 }));
      return null;
    },
    'imports.rows': ({ class: wanted }: { class: string }) => ({
      rows: wanted === 'rejected' ? [row(3), row(8), row(12, { problem: 'no-number' })] : [readRow(2)],
    }),
    'contacts.fields': () => FIELDS,
    'groups.list': () => [GROUP, { ...GROUP, id: 5, name: 'Everybody', rule: { match: 'all', of: [] } }],
    'shell.files.dropped': () => dropped.open(),
    'shell.files.choose': () => FILE,
    ...answers,
  });
  return { scripted, states, dropped };
}
