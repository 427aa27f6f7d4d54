import type { ImportState } from './imports.ts';

/** An import of which nothing but the beginning was read. In a file of its own, so that the page need not load the contract for it. */
export const OPENED_IMPORT: ImportState = {
  phase: 'opened',
  done: 0,
  total: null,
  fraction: null,
  ratePerSecond: null,
  timeLeft: null,
  counts: null,
  repaired: 0,
  importId: null,
  listId: null,
  error: null,
};
