import { appError, type AppError } from '#shared/errors.ts';
import type { Field } from '#shared/ipc/contacts.ts';
import type { ImportMapping, ImportPurpose } from '#shared/ipc/imports.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { BUILT_IN_FIELDS, fieldKey } from '#shared/sms/merge-fields.ts';
import type { RowsPlan } from '../../file-worker/messages.ts';

/** How the rows of an import are understood, and what has to be made for them. */
export type ImportPlan = {
  readonly rows: RowsPlan;
  /** Names of the fields to be made, by the id that each will get: values are filed under it from the start. */
  readonly newFields: ReadonlyMap<string, string>;
  /** The id of the first of them. */
  readonly nextField: number;
  /** Names of the fields by key, in the order of their columns. */
  readonly names: ReadonlyMap<string, string>;
};

/** Numbers that a contact can have (`WrittenContact`). */
export const MOST_NUMBERS = 10;

/** Name of a column without heading, where one is needed. */
const numbered = (column: number): string => `Column ${column + 1}`;

/**
 * Works a mapping out. `INVALID_INPUT` names the column (`columns.2`) that is mapped to a field which is gone or to a name that no field
 * can have, or `columns` when none holds numbers.
 *
 * @param nextField the id that the next field of contacts gets
 */
export function planImport(
  purpose: ImportPurpose,
  mapping: ImportMapping,
  headings: readonly string[],
  fields: readonly Pick<Field, 'id' | 'name' | 'kind'>[],
  nextField: number,
): Result<ImportPlan, AppError> {
  if (!mapping.columns.some(({ to }) => to === 'number')) return invalid('columns');
  const columns = purpose === 'recipients' ? mapping.columns.map(asField(headings)) : mapping.columns;
  const newFields = new Map<string, string>();
  const names = new Map<string, string>();
  const keys: (string | null)[] = [];
  const dates: boolean[] = [];
  for (const [at, column] of columns.entries()) {
    keys.push(null);
    dates.push(false);
    if (purpose === 'do-not-message' || (column.to !== 'field' && column.to !== 'new-field')) continue;
    const known =
      column.to === 'field'
        ? fields.find(({ id }) => id === column.field)
        : fields.find(({ name }) => fieldKey(name) === fieldKey(column.name));
    if (column.to === 'field' && !known) return invalid(`columns.${at}`);
    const name = known?.name ?? (column.to === 'new-field' ? column.name : '');
    const key = fieldKey(name);
    if (key === '' || Object.hasOwn(BUILT_IN_FIELDS, key)) {
      if (purpose === 'recipients') continue;
      return invalid(`columns.${at}`);
    }
    const filed =
      purpose === 'recipients' ? key : known ? String(known.id) : keyOfNew(newFields, name, nextField);
    keys[at] = filed;
    names.set(filed, names.get(filed) ?? name);
    dates[at] = purpose === 'contacts' && known?.kind === 'date';
  }
  const rows = {
    mapping: { ...mapping, columns },
    keys,
    dates,
    oneNumber: purpose === 'recipients',
    ...(purpose === 'contacts' ? { mostNumbers: MOST_NUMBERS } : {}),
  };
  return ok({ rows, newFields, names, nextField });
}

/** Whether a field of a plan for contacts is gone by now, once those that are made for it are. */
export function fieldsAreGone({ rows }: ImportPlan, fields: readonly { readonly id: number }[]): boolean {
  const known = new Set(fields.map(({ id }) => String(id)));
  return rows.keys.some((key) => key !== null && !known.has(key));
}

/** In a list for one sending, notes and groups are merge fields like every other column. */
const asField =
  (headings: readonly string[]) =>
  (column: ImportMapping['columns'][number], at: number): ImportMapping['columns'][number] =>
    column.to === 'note' || column.to === 'group'
      ? { to: 'new-field', name: headings[at]?.trim().slice(0, 100) || numbered(at) }
      : column;

function keyOfNew(newFields: Map<string, string>, name: string, next: number): string {
  const same = [...newFields].find(([, other]) => fieldKey(other) === fieldKey(name));
  const key = same?.[0] ?? String(next + newFields.size);
  if (!same) newFields.set(key, name);
  return key;
}

const invalid = (field: string) => err(appError('INVALID_INPUT', { field }));
