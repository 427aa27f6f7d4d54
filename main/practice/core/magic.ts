import { bareNumber } from './addresses.ts';
import { STATUS, statusView } from './catalogue.ts';
import type { SendFault } from './faults.ts';

/**
 * What becomes of a message that the gateway looks at:
 * `rejected` at once, in the answer to the send; `stuck` in a status for good, without a report;
 * `final` after the usual way, with a report.
 */
export type Fate =
  | { readonly kind: 'rejected'; readonly statusId: number }
  | { readonly kind: 'stuck'; readonly statusId: number }
  | { readonly kind: 'final'; readonly statusId: number; readonly errorId: number };

/** What a magic fault number asks for; it holds for every message of its request. */
export type MagicFault = {
  /** How the answer goes wrong. */
  readonly fault?: SendFault;
  /** `fault` hits every odd try with this number only: the second one goes through. */
  readonly everyOtherTry?: true;
  /** The messages arrive, but no report tells so; the logs do. */
  readonly noReport?: true;
  /** The messages stay out of the logs for this long, in ms. */
  readonly hiddenMs?: number;
  /** Ids of 19 digits and fields the document does not know. */
  readonly oddAnswer?: true;
};

const DELIVERED: Fate = { kind: 'final', statusId: STATUS.deliveredToHandset, errorId: 0 };
const LATE_MS = 3_000;

/** `8801999`, a class of two digits, four digits. */
const MAGIC = /^8801999(\d\d)(\d{4})$/;

const FAULTS: ReadonlyMap<string, MagicFault> = new Map<string, MagicFault>([
  ['0001', { fault: 'dropAfter' }],
  ['0002', { fault: 'delay' }],
  ['0003', { fault: 'http500Before' }],
  ['0004', { fault: 'http500After' }],
  ['0005', { fault: 'http429' }],
  ['0006', { fault: 'truncated' }],
  ['0007', { fault: 'resetBefore' }],
  ['0008', { fault: 'notJson' }],
  ['0009', { fault: 'http503Before', everyOtherTry: true }],
  ['0010', { noReport: true }],
  ['0011', { hiddenMs: LATE_MS }],
  ['0012', { oddAnswer: true }],
  ['0013', { fault: 'http429', everyOtherTry: true }],
  ['0014', { fault: 'dropAfter', hiddenMs: LATE_MS }],
]);

/**
 * The fate of a message to a number: class 00 names the final status, class 01 the GSM error of an undelivered
 * message, every other number is delivered.
 */
export function fateOf(to: string): Fate {
  const [, kind, digits] = MAGIC.exec(bareNumber(to)) ?? [];
  if (kind === '01') return { kind: 'final', statusId: STATUS.notDelivered, errorId: Number(digits) };
  if (kind !== '00') return DELIVERED;
  const status = statusView(Number(digits));
  if (status.groupId === 5) return { kind: 'rejected', statusId: status.id };
  if (status.groupId <= 1) return { kind: 'stuck', statusId: status.id };
  return { kind: 'final', statusId: status.id, errorId: 0 };
}

/** The fault a number asks for (class 02), or `null`. */
export function magicFaultOf(to: string): MagicFault | null {
  const [, kind, digits] = MAGIC.exec(bareNumber(to)) ?? [];
  return kind === '02' ? (FAULTS.get(digits ?? '') ?? null) : null;
}

/** What a magic number is to a lookup. `lost`: the lookup is made and paid, but its answer never arrives. */
export type LookupMagic = 'ported' | 'roaming' | 'off' | 'unknown' | 'blacklisted' | 'lost';

const LOOKUPS: ReadonlyMap<string, LookupMagic> = new Map<string, LookupMagic>([
  ['0001', 'ported'],
  ['0002', 'roaming'],
  ['0003', 'off'],
  ['0004', 'unknown'],
  ['0005', 'blacklisted'],
  ['0006', 'lost'],
]);

/** What a number asks of a lookup (class 03), or `null`. Messages to these numbers are simply delivered. */
export function lookupMagicOf(to: string): LookupMagic | null {
  const [, kind, digits] = MAGIC.exec(bareNumber(to)) ?? [];
  return kind === '03' ? (LOOKUPS.get(digits ?? '') ?? null) : null;
}
