import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** An open database: one writer connection in WAL mode with `synchronous=FULL`, so that a returned commit is on the disk. */
export type Store = {
  readonly db: DatabaseSyncInstance;
  /** Path of the database file. */
  readonly file: string;
  /** Runs `work` in one IMMEDIATE transaction: committed when it returns, rolled back when it throws. Not nestable. */
  transaction<T>(work: () => T): T;
  /**
   * As {@link transaction}, for a step whose loss costs nothing, because the next start takes it back or does it again: what it wrote is
   * on the disk only once a later transaction is, and never without what was written before it.
   */
  step<T>(work: () => T): T;
  /** Whether the last run ended without a clean close, so that the integrity check was made on opening. */
  readonly checkedAfterCrash: boolean;
  close(): void;
};
