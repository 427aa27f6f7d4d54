import { english as f } from '../format.ts';

const people = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'person', other: 'people' })}`;

/** Words of exporting contacts. */
export const exports = {
  title: 'Export contacts',
  format: 'Kind of file',
  formats: { csv: 'CSV', xlsx: 'Excel workbook (XLSX)', vcf: 'vCard (VCF)' },
  hints: {
    csv: 'For spreadsheets and other programs. Numbers keep their zeros and plus signs in Excel.',
    xlsx: 'For Excel and LibreOffice. Every cell is text, so numbers stay whole.',
    vcf: 'For phones and mail programs.',
  },
  columns: 'Columns, in this order',
  parts: 'What goes with each person',
  names: {
    name: 'Name',
    number: 'Number',
    numbers: 'Further numbers',
    note: 'Note',
    groups: 'Groups',
    operator: 'Operator',
    added: 'Added on',
  },
  up: (column: string) => `Move ${column} up`,
  down: (column: string) => `Move ${column} down`,
  none: 'Choose at least one column.',
  choose: 'Choose a place and export',
  fileName: 'Contacts',
  writing: 'Writing the file',
  progress: (facts: { done: number; total: number }) => `${f.n(facts.done)} of ${people(facts.total)}`,
  left: (time: string) => `about ${time} left`,
  stop: 'Stop',
  stopped: 'Stopped. No file was written.',
  done: (facts: { count: number; file: string }) => `${people(facts.count)} written to “${facts.file}”.`,
  again: 'Export once more',
  close: 'Close',
};
