import type { Field } from '#shared/ipc/contacts.ts';
import type { ExportColumn } from '#shared/ipc/exports.ts';
import type { Link } from '../../lib/link.ts';

/** Kinds of file. */
export type ExportFormat = 'csv' | 'xlsx' | 'vcf';

type PlainColumn = Exclude<ExportColumn['column'], 'field'>;

/** A column that may go into a file. */
export type OfferedColumn = {
  readonly key: string;
  readonly column: ExportColumn;
  readonly isWanted: boolean;
};

const plain = (column: PlainColumn, isWanted: boolean): OfferedColumn => ({
  key: column,
  column: { column },
  isWanted,
});

/** Format and columns as they were chosen last, for as long as the page lives. */
export class ExportColumns {
  format: ExportFormat = $state('csv');
  all: readonly OfferedColumn[] = $state.raw([
    plain('name', true),
    plain('number', true),
    plain('numbers', true),
    plain('note', true),
    plain('groups', true),
    plain('operator', false),
    plain('added', false),
  ]);

  /** The columns that go into the file, in their order. */
  get wanted(): ExportColumn[] {
    return this.all.filter(({ isWanted }) => isWanted).map(({ column }) => column);
  }

  /** Adds the user's fields that are not offered yet, and takes out those that are gone. */
  offer(fields: readonly Field[]): void {
    const known = new Set(fields.map(({ id }) => `field:${id}`));
    const kept = this.all.filter(({ key, column }) => column.column !== 'field' || known.has(key));
    const fresh = fields
      .map(({ id }) => ({
        key: `field:${id}`,
        column: { column: 'field' as const, field: id },
        isWanted: true,
      }))
      .filter(({ key }) => !kept.some((one) => one.key === key));
    this.all = [...kept, ...fresh];
  }

  /** Says whether a column goes into the file. */
  want(key: string, isWanted: boolean): void {
    this.all = this.all.map((one) => (one.key === key ? { ...one, isWanted } : one));
  }

  /** Moves a column by one place. */
  move(key: string, by: -1 | 1): void {
    const from = this.all.findIndex((one) => one.key === key);
    const to = from + by;
    const [moved, other] = [this.all[from], this.all[to]];
    if (!moved || !other) return;
    this.all = this.all.map((one, index) => (index === from ? other : index === to ? moved : one));
  }
}

const CHOSEN = new WeakMap<Link, ExportColumns>();

/** What was chosen last in this session. */
export function exportColumnsOf(link: Link): ExportColumns {
  let columns = CHOSEN.get(link);
  if (!columns) {
    columns = new ExportColumns();
    CHOSEN.set(link, columns);
  }
  return columns;
}
