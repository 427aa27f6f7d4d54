import { randomInt, randomUUID } from 'node:crypto';
import type { Submission } from './submission.ts';

/** Makes up a message id of a kind; unique over restarts for all but `short`, which the caller must check. */
export function makeId(kind: Submission['ids']): string {
  switch (kind) {
    case 'uuid':
      return randomUUID();
    case 'digits19':
      return `2${digits(9)}${digits(9)}`;
    case 'digits18':
      return `2${digits(9)}${digits(8)}`;
    case 'short':
      return String(randomInt(100_000_000, 2_147_483_647));
  }
}

function digits(count: number): string {
  return String(randomInt(10 ** count)).padStart(count, '0');
}
