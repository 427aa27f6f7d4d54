import type { GatewayStatus } from '../gateway.ts';
import { catalogueStatus } from '../reading/catalogue-entries.ts';

type Meaning = readonly [id: number | null, groupId: number];

/**
 * What a legacy report's word means in the catalogue of statuses (facts of the platform, "Status words"). Words that stand for
 * several statuses have only the group that those share.
 */
const WORDS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['SENT', [7, 1]],
  ['DELIVERED', [5, 3]],
  ['NOT_DELIVERED', [9, 2]],
  ['NOT_SENT', [28, 5]],
  ['NOT_ALLOWED', [null, 5]],
  ['INVALID_DESTINATION_ADDRESS', [52, 5]],
  ['INVALID_SOURCE_ADDRESS', [11, 5]],
  ['ROUTE_NOT_AVAILABLE', [19, 5]],
  ['NOT_ENOUGH_CREDITS', [12, 5]],
  ['REJECTED', [null, 5]],
  ['INVALID_MESSAGE_FORMAT', [null, 5]],
]);

/** `stat` of a number lookup (facts of the platform, "Number Context / HLR"). */
const STATS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['DELIVRD', [5, 3]],
  ['UNDELIV', [9, 2]],
  ['EXPIRED', [15, 4]],
  ['REJECTD', [null, 5]],
]);

/** The status of a legacy report's word, which stays as its name; an unknown word has neither id nor group. */
export const statusOfWord = (word: string | null): GatewayStatus => statusFrom(WORDS, word);

/** The status of a lookup's `stat`; `UNKNOWN` and unknown ones have neither id nor group. */
export const statusOfStat = (stat: string | null): GatewayStatus => statusFrom(STATS, stat);

function statusFrom(meanings: ReadonlyMap<string, Meaning>, word: string | null): GatewayStatus {
  const key = (word ?? '').toUpperCase().replace(/[\s-]+/g, '_');
  const [id, groupId] = meanings.get(key) ?? [null, null];
  return catalogueStatus(id, groupId, word);
}
