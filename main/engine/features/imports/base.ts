import type { AppError } from '#shared/errors.ts';
import type { ImportMapping, ImportPurpose } from '#shared/ipc/imports.ts';
import type { Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { FileWorker } from '../../file-worker/client.ts';
import type { Store } from '../../store/store.ts';
import type { Contacts, DoNotMessage, Groups } from '../contacts/service.ts';
import type { Staging } from './staging-queries.ts';

/** What imports ask of contacts. */
export type ContactsForImports = Pick<Contacts, 'fields' | 'addField' | 'revision' | 'touched'>;

/** What imports ask of groups. */
export type GroupsForImports = Pick<Groups, 'names' | 'add'>;

/** What imports stand on. */
export type ImportsDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly files: FileWorker;
  /** Where a file is that the user chose. */
  readonly resolveFile: (
    handle: string,
    mode: 'read' | 'write',
  ) => Promise<Result<{ readonly path: string; readonly name: string }, AppError>>;
  readonly contacts: ContactsForImports;
  readonly groups: GroupsForImports;
  readonly doNotMessage: Pick<DoNotMessage, 'ofImport' | 'keepAdded'>;
};

/** What the parts of imports share. */
export type ImportsBase = ImportsDeps & {
  readonly staging: Staging;
  /** The remembered mapping of a file with these first rows, or a guess. */
  readonly mappingFor: (
    purpose: ImportPurpose,
    rows: readonly (readonly string[])[],
  ) => { readonly mapping: ImportMapping; readonly remembered: boolean };
};
