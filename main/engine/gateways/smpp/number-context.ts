import type { SmppOptions } from '#shared/accounts/options.ts';
import type { LookupAnswer } from '../gateway.ts';
import { type SmppFacts, tlvOf } from './facts.ts';
import { receiptOf } from './receipt.ts';

/** Tags of the vendor's parameters that the facts stand in; absent ones take the usual value. */
export type ContextTags = NonNullable<SmppOptions['contextTags']>;

/** Often quoted for this use, but confirmed by no document (facts of the platform, "SMPP"); an account can name others. */
const UNCONFIRMED_TAGS = { imsi: 0x1403, mccmnc: 0x1416 } as const;

/** Status groups that say whether the phone could be reached (API document, "Statuses groups"). */
const UNDELIVERABLE = 2;
const DELIVERED = 3;

/** What the receipt of a number context request says. `null` when it names no number. */
export function contextOf(facts: SmppFacts, tags: ContextTags): LookupAnswer | null {
  if (facts.source_addr.trim() === '') return null;
  const { id, status, error } = receiptOf(facts);
  return {
    ...nothingKnown(facts.source_addr.trim()),
    lookupId: id,
    imsi: digitsOf(tlvOf(facts, tags.imsi ?? UNCONFIRMED_TAGS.imsi), /^\d{6,16}$/),
    mccmnc: digitsOf(tlvOf(facts, tags.mccmnc ?? UNCONFIRMED_TAGS.mccmnc), /^\d{5,6}$/),
    reachable: status.groupId === DELIVERED ? true : status.groupId === UNDELIVERABLE ? false : null,
    statusId: status.id,
    statusName: status.name,
    errorId: error?.id ?? null,
    errorName: error?.name ?? null,
    permanent: error?.permanent ?? null,
  };
}

/** An answer that says nothing about a number. */
export function nothingKnown(msisdn: string): LookupAnswer {
  return {
    msisdn,
    lookupId: null,
    mccmnc: null,
    imsi: null,
    original: null,
    ported: null,
    portedTo: null,
    roaming: null,
    roamingIn: null,
    servingMsc: null,
    reachable: null,
    statusId: null,
    statusName: null,
    errorId: null,
    errorName: null,
    permanent: null,
  };
}

/** Digits in an octet string, which may end with a zero; `null` where the vendor uses the tag for something else. */
function digitsOf(octets: Buffer | null, form: RegExp): string | null {
  const text = octets?.toString('latin1').replace(/\0+$/, '') ?? '';
  return form.test(text) ? text : null;
}
