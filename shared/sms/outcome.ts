import { statusById } from './status-catalogue.ts';

/** What a gateway status means for a message; each is a message state of the same name. */
export type Outcome = 'accepted' | 'at-operator' | 'delivered' | 'undeliverable' | 'expired' | 'rejected';

const BY_GROUP: Readonly<Record<number, Outcome>> = {
  0: 'accepted',
  1: 'accepted',
  2: 'undeliverable',
  3: 'delivered',
  4: 'expired',
  5: 'rejected',
};

const DELIVERED_TO_OPERATOR = 2;

/**
 * Reads a status of the gateway. The group it came with decides, because later platforms add ids; when the group is not
 * one of the six, the catalogue's group for the id does. Status 2 is the operator's word, not the handset's.
 *
 * @returns `null` when neither the group nor the id is known: keep what came and wait for a better report
 */
export function outcomeOf(groupId: number, statusId: number): Outcome | null {
  const known = BY_GROUP[groupId] ?? BY_GROUP[statusById(statusId)?.groupId ?? Number.NaN] ?? null;
  return known === 'delivered' && statusId === DELIVERED_TO_OPERATOR ? 'at-operator' : known;
}
