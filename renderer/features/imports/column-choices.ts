import type { FieldId } from '#shared/ipc/contacts.ts';
import type { ColumnTarget, ImportMapping, ImportPreview, ImportPurpose } from '#shared/ipc/imports.ts';

type PlainTarget = Exclude<ColumnTarget['to'], 'field' | 'new-field'>;

/** What a column may be, as one text for a list of choices. */
export type ColumnChoice = PlainTarget | 'new' | `field:${FieldId}`;

/** Targets with a meaning of their own, in the order they are offered. */
export const PLAIN_TARGETS: Readonly<Record<ImportPurpose, readonly PlainTarget[]>> = {
  contacts: ['number', 'name', 'first-name', 'last-name', 'note', 'group'],
  'do-not-message': ['number', 'note'],
  recipients: ['number', 'name', 'first-name', 'last-name'],
};

/** Purposes whose columns may be fields. */
export const takesFields = (purpose: ImportPurpose): boolean => purpose !== 'do-not-message';

/** The choice that stands for a target. */
export const choiceOf = (target: ColumnTarget): ColumnChoice =>
  target.to === 'field' ? `field:${target.field}` : target.to === 'new-field' ? 'new' : target.to;

/** The target of a choice; a new field gets the heading of its column as its name. */
export function targetOf(choice: ColumnChoice, heading: string): ColumnTarget {
  if (choice === 'new') return { to: 'new-field', name: heading.trim().slice(0, 100) };
  if (choice.startsWith('field:')) return { to: 'field', field: Number(choice.slice('field:'.length)) };
  return { to: choice as PlainTarget };
}

/** Targets that only one column can be; numbers, notes and groups may stand in several. */
const isSingle = ({ to }: ColumnTarget): boolean =>
  to === 'name' || to === 'first-name' || to === 'last-name' || to === 'field';

/**
 * The mapping with another target for the column at `index`. What only one column can be is taken from the column that was it, which
 * is left out then.
 */
export function withTarget(mapping: ImportMapping, index: number, target: ColumnTarget): ImportMapping {
  const choice = choiceOf(target);
  const columns = mapping.columns.map((one, at): ColumnTarget => {
    if (at === index) return target;
    return isSingle(target) && choiceOf(one) === choice ? { to: 'ignore' } : one;
  });
  return { ...mapping, columns };
}

/** Why a mapping cannot be checked: no column has numbers, or a new field has no name. */
export function faultOf(mapping: ImportMapping): 'no-number' | 'no-name' | null {
  if (!mapping.columns.some(({ to }) => to === 'number')) return 'no-number';
  const isUnnamed = mapping.columns.some((one) => one.to === 'new-field' && one.name.trim() === '');
  return isUnnamed ? 'no-name' : null;
}

/** How a column is called: its heading, or `plain(number)` where it has none. Columns count from 1. */
export function columnNames(
  preview: ImportPreview,
  mapping: ImportMapping,
  plain: (column: number) => string,
): readonly string[] {
  const headings = mapping.header ? preview.rows[0] : undefined;
  return mapping.columns.map((_, index) => headings?.[index]?.trim() || plain(index + 1));
}

/** Whether two files begin with the same row and have as many columns, so that a mapping of one fits the other. */
export function isSameShape(a: ImportPreview, b: ImportPreview): boolean {
  const [first, second] = [a.rows[0] ?? [], b.rows[0] ?? []];
  return (
    a.mapping.columns.length === b.mapping.columns.length &&
    first.length === second.length &&
    first.every((cell, index) => cell === second[index])
  );
}

/** Index of the column that has the number; 0 where none is said to. */
export const numberColumnOf = (mapping: ImportMapping): number =>
  Math.max(
    0,
    mapping.columns.findIndex(({ to }) => to === 'number'),
  );
