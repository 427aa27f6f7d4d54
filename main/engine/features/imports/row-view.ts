import type { ImportMapping, ImportRow } from '#shared/ipc/imports.ts';
import type { RowsPlan } from '../../file-worker/messages.ts';
import { understand } from '../../file-worker/understand.ts';
import type { ChangeRow } from './commit-queries.ts';
import { CLASSES, type StagedRow } from './staging-queries.ts';

/** Longest text of a cell that is shown, in UTF-16 units. */
const SHOWN = 200;

/** Cuts a cell to what is shown of it. */
export const shownCell = (cell: string): string => {
  if (cell.length <= SHOWN) return cell;
  const last = cell.charCodeAt(SHOWN - 1);
  // Half of a pair would not survive the way to the page.
  return cell.slice(0, last >= 0xd800 && last < 0xdc00 ? SHOWN - 1 : SHOWN);
};

/** Shows a staged row; what it means is worked out from its cells, as it was when it was staged. */
export function rowView(staged: StagedRow, plan: RowsPlan, changes: () => ImportRow['changes']): ImportRow {
  const cells = JSON.parse(staged.cells) as string[];
  const clean = understand({ row: staged.row, cells }, plan);
  const rowClass = CLASSES[staged.class] ?? 'rejected';
  const several = rowClass === 'rejected' && clean.problem === null;
  return {
    row: staged.row,
    class: rowClass,
    cells: cells.map(shownCell),
    name: clean.name,
    numbers: clean.numbers.map((number) => ({
      input: shownCell(number.input),
      msisdn: number.msisdn,
      repairs: [...number.repairs],
      reason: number.reason,
    })),
    problem: several ? staged.problem : clean.problem,
    column: several ? numberColumn(plan.mapping) : clean.column,
    duplicateOf: staged.duplicate_of,
    changes: rowClass === 'updated' ? changes() : [],
    corrected: staged.corrected === 1,
  };
}

function numberColumn({ columns }: ImportMapping): number | null {
  const at = columns.findIndex(({ to }) => to === 'number');
  return at < 0 ? null : at;
}

/**
 * What an update would change. `what` is `name`, `note`, `numbers`, `groups`, or the name of a field.
 *
 * @param nameOf the name of a field by its key
 */
export function changesOf(
  change: ChangeRow,
  existing: 'replace' | 'fill' | 'leave',
  nameOf: (key: string) => string,
): ImportRow['changes'] {
  const changes: ImportRow['changes'] = [];
  const value = (what: string, before: string, after: string) => {
    if (existing === 'leave' || after === '' || after === before) return;
    if (existing === 'fill' && before !== '') return;
    changes.push({ what, before, after });
  };
  value('name', change.name, change.row_name);
  value('note', change.note, change.row_note);
  const before = JSON.parse(change.fields) as Record<string, string>;
  const after = JSON.parse(change.row_fields) as Record<string, string>;
  for (const [key, text] of Object.entries(after)) value(nameOf(key), before[key] ?? '', text);
  for (const what of ['numbers', 'groups'] as const) {
    const more = JSON.parse(change[what]) as string[];
    if (more.length > 0) changes.push({ what, before: '', after: more.join(', ') });
  }
  return changes;
}
