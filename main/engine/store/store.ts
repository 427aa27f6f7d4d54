import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** An open database: one writer connection in WAL mode with `synchronous=FULL`, so that a returned commit is on the disk. */
export type Store = {
  readonly db: DatabaseSyncInstance;
  /** Path of the database file. */
  readonly file: string;
  /** Runs `work` in one IMMEDIATE transaction: committed when it returns, rolled back when it throws. Not nestable. */
  transaction<T>(work: () => T): T;
  /** Whether the last run ended without a clean close, so that the integrity check was made on opening. */
  readonly checkedAfterCrash: boolean;
  close(): void;
};
