import type { Migration } from '../migrate.ts';
import { firstLight } from './0010-first-light.ts';
import { wholeGateway } from './0020-whole-gateway.ts';
import { peopleAndWords } from './0030-people-and-words.ts';
import { ledgerUnderFire } from './0040-ledger-under-fire.ts';
import { quickRows } from './0060-quick-rows.ts';

/** Every step of the schema, in order. A released step is never changed: add the next one, numbered by 10. */
export const MIGRATIONS: readonly Migration[] = [
  firstLight,
  wholeGateway,
  peopleAndWords,
  ledgerUnderFire,
  quickRows,
];
