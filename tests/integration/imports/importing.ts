import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { appError } from '#shared/errors.ts';
import type {
  ImportMapping,
  ImportPurpose,
  ImportRules,
  ImportState,
  RowClass,
} from '#shared/ipc/imports.ts';
import { err, ok } from '#shared/result.ts';
import { createFileWorker } from '../../../main/engine/file-worker/client.ts';
import { createPeople } from '../../../main/engine/features/contacts/service.ts';
import { createImports, type Imports } from '../../../main/engine/features/imports/service.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { valueOf } from '../contacts/people.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { featureStore } from '../support/feature.ts';

/** Names of files, which stand for handles here. */
export const RULES: ImportRules = { existing: 'replace', groups: [] };

/** A store with people and imports. `reopen` lets go of everything without finishing it, as a kill does. */
export function build(dir = tempFolder()) {
  const clock = manualClock();
  const files = createFileWorker({ script: null });
  onTestFinished(() => files.close());
  const resolveFile = (handle: string) =>
    Promise.resolve(
      handle === 'gone' ? err(appError('NOT_FOUND')) : ok({ path: path.join(dir, handle), name: handle }),
    );

  function open() {
    const store = featureStore(dir, clock);
    onTestFinished(() => store.close());
    const people = createPeople({ store, clock });
    const imports = createImports({ store, clock, log: nullLog, files, resolveFile, ...people });
    return { ...people, store, imports };
  }
  const opened = open();
  return {
    ...opened,
    dir,
    clock,
    files,
    reopen: open,
    file(name: string, content: string | Uint8Array) {
      writeFileSync(path.join(dir, name), content);
      return name;
    },
  };
}

/** What a test works with. */
export type Built = ReturnType<typeof build>;

/** Waits until a prepared import is in one of the phases. */
export function phase(imports: Imports, id: string, ...phases: ImportState['phase'][]): Promise<ImportState> {
  const prepared = valueOf(imports.watch(id));
  return new Promise((resolve) => {
    const look = () => {
      const state = prepared.state();
      if (!phases.includes(state.phase)) return;
      stop();
      resolve(state);
    };
    const stop = prepared.onChange(look);
    look();
  });
}

let tokens = 0;
/** A token that was never used. */
export const token = () => `00000000-0000-4000-8000-${String(++tokens).padStart(12, '0')}`;

/** Opens pasted text and checks it. */
export async function check(
  imports: Imports,
  text: string,
  more: { purpose?: ImportPurpose; rules?: Partial<ImportRules>; mapping?: ImportMapping } = {},
) {
  const purpose = more.purpose ?? 'contacts';
  const preview = valueOf(await imports.open({ purpose, source: { kind: 'text', text }, replace: true }));
  valueOf(await imports.check(preview.id, more.mapping ?? preview.mapping, { ...RULES, ...more.rules }));
  const state = await phase(imports, preview.id, 'checked', 'failed');
  if (!state.counts) throw new Error(`check: ${state.error?.code} ${JSON.stringify(state.error?.facts)}`);
  const { counts } = state;
  const sum = counts.new + counts.updated + counts.unchanged + counts.duplicate + counts.rejected;
  if (sum !== counts.rows) throw new Error('The identity does not add up');
  return { id: preview.id, preview, state, counts };
}

/** Checks and commits pasted text; gives the state at the end. */
export async function bring(...asked: Parameters<typeof check>): Promise<ImportState> {
  const [imports] = asked;
  const { id, counts } = await check(...asked);
  valueOf(await imports.commit(id, counts, token()));
  return phase(imports, id, 'done');
}

/** Numbers of the rows of a class. */
export const rowsOf = (imports: Imports, id: string, rowClass: RowClass): number[] =>
  valueOf(imports.rows(id, rowClass, undefined, 500)).rows.map(({ row }) => row);

/** Counts in short: new, updated, unchanged, duplicate, rejected. */
export const short = (state: ImportState): number[] => {
  const { counts } = state;
  return counts ? [counts.new, counts.updated, counts.unchanged, counts.duplicate, counts.rejected] : [];
};

/** Everything an import could change, with nothing left out. */
export function everything({ store }: Pick<Built, 'store'>): unknown {
  const all = (sql: string) => store.db.prepare(sql).all();
  return {
    contacts: all('SELECT id, name, name_folded, msisdn, changed_at, note, fields FROM contacts ORDER BY id'),
    numbers: all('SELECT msisdn, contact_id FROM contact_numbers ORDER BY msisdn'),
    members: all('SELECT * FROM group_members ORDER BY group_id, contact_id'),
    groups: all('SELECT id, name, rule FROM contact_groups ORDER BY id'),
    fields: all('SELECT id, name, kind FROM contact_fields ORDER BY id'),
    blocked: all('SELECT * FROM do_not_message ORDER BY msisdn'),
    lists: all('SELECT * FROM lists ORDER BY id'),
  };
}
