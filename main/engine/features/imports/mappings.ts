import * as v from 'valibot';
import { ImportMapping, type ImportPurpose } from '#shared/ipc/imports.ts';
import { guessMapping } from '../../files/mapping.ts';
import { mappingFingerprint } from '../../files/headings.ts';
import type { Clock } from '../../clock.ts';
import type { ContactsForImports } from './base.ts';
import type { History } from './history-queries.ts';

/** Remembers what the columns of a file meant, by its headings, and guesses where it was never seen. */
export function createMappings(deps: {
  readonly history: History;
  readonly contacts: ContactsForImports;
  readonly clock: Clock;
}) {
  const { history, contacts, clock } = deps;
  const keyOf = (purpose: ImportPurpose, firstRow: readonly string[]) =>
    `${purpose}:${mappingFingerprint(firstRow)}`;

  function remembered(purpose: ImportPurpose, firstRow: readonly string[]): ImportMapping | null {
    const json = history.mapping(keyOf(purpose, firstRow));
    const read = json === null ? null : v.safeParse(ImportMapping, JSON.parse(json));
    if (!read?.success) return null;
    const known = new Set(contacts.fields().map(({ id }) => id));
    const columns = read.output.columns.map((column, at) => {
      if (column.to !== 'field' || known.has(column.field)) return column;
      const name = firstRow[at]?.trim().slice(0, 100) ?? '';
      return name === '' ? ({ to: 'ignore' } as const) : ({ to: 'new-field', name } as const);
    });
    return { ...read.output, columns };
  }

  return {
    /** See `ImportsBase.mappingFor`. */
    mappingFor(purpose: ImportPurpose, rows: readonly (readonly string[])[]) {
      const known = remembered(purpose, rows[0] ?? []);
      if (known) return { mapping: known, remembered: true };
      return { mapping: guessMapping(rows, contacts.fields()), remembered: false };
    },
    /** Without headings there is nothing to know a file by. */
    remember(purpose: ImportPurpose, firstRow: readonly string[], mapping: ImportMapping) {
      if (!mapping.header) return;
      history.remember(keyOf(purpose, firstRow), JSON.stringify(mapping), clock.now());
    },
  };
}
