import { appError, type AppError } from '#shared/errors.ts';
import type { Contact, Field } from '#shared/ipc/contacts.ts';
import type { ExportColumn } from '#shared/ipc/exports.ts';
import { operatorHint } from '#shared/phone/operators.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { CardToWrite } from '../../files/write-vcf.ts';

/** A column as it is written. `numbers`: a spreadsheet must take its cells for texts. */
type Column = {
  readonly heading: string;
  readonly numbers: boolean;
  readonly valueOf: (contact: Contact) => string;
  readonly of: ExportColumn['column'];
};

/** What is written of every contact. */
export type ColumnPlan = { readonly columns: readonly Column[] };

type Fixed = Exclude<ExportColumn['column'], 'field'>;

/** Headings that our own import knows again. */
const FIXED: Readonly<Record<Fixed, Omit<Column, 'of'>>> = {
  name: { heading: 'Name', numbers: false, valueOf: ({ name }) => name },
  number: { heading: 'Mobile', numbers: true, valueOf: ({ msisdn }) => msisdn },
  numbers: {
    heading: 'Mobile 2',
    numbers: true,
    valueOf: ({ numbers }) =>
      numbers
        .slice(1)
        .map(({ msisdn }) => msisdn)
        .join('; '),
  },
  note: { heading: 'Note', numbers: false, valueOf: ({ note }) => note },
  groups: {
    heading: 'Groups',
    numbers: false,
    valueOf: ({ groups }) => groups.map(({ name }) => name).join('; '),
  },
  operator: { heading: 'Operator', numbers: false, valueOf: ({ msisdn }) => operatorHint(msisdn) ?? '' },
  added: { heading: 'Added', numbers: false, valueOf: ({ createdAt }) => localDate(createdAt) },
};

/** Works columns out; `NOT_FOUND`: a field is gone. */
export function planColumns(
  columns: readonly ExportColumn[],
  fields: readonly Pick<Field, 'id' | 'name' | 'kind'>[],
): Result<ColumnPlan, AppError> {
  const planned: Column[] = [];
  for (const column of columns) {
    if (column.column !== 'field') {
      planned.push({ ...FIXED[column.column], of: column.column });
      continue;
    }
    const field = fields.find(({ id }) => id === column.field);
    if (!field) return err(appError('NOT_FOUND', { field: 'columns' }));
    const key = String(field.id);
    planned.push({
      ...{ heading: field.name, numbers: false, of: 'field' },
      valueOf: (contact) => contact.fields[key] ?? '',
    });
  }
  return ok({ columns: planned });
}

/** A contact for an address book, with what was chosen of it; name and first number always, for a card is nothing without. */
export function cardOf(contact: Contact, { columns }: ColumnPlan): CardToWrite {
  const wanted = new Set(columns.map((column) => column.of));
  const numbers = contact.numbers.map(({ msisdn }) => msisdn);
  return {
    name: contact.name,
    numbers: wanted.has('numbers') ? numbers : [contact.msisdn],
    note: wanted.has('note') ? contact.note : '',
    groups: wanted.has('groups') ? contact.groups.map(({ name }) => name) : [],
    more: columns
      .filter(({ of }) => of === 'field' || of === 'operator' || of === 'added')
      .map(({ heading, valueOf }) => ({ name: heading, value: valueOf(contact) })),
  };
}

/** The day by the computer's calendar, as `2026-11-22`. */
function localDate(at: number): string {
  const day = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
