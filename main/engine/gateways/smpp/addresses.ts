import type { SmppOptions } from '#shared/accounts/options.ts';

/** An address with its type and plan (SMPP 3.4 §5.2.5, §5.2.6). */
export type SmppAddress = { readonly ton: number; readonly npi: number; readonly address: string };

/** Longest `source_addr` and `destination_addr` (SMPP 3.4 §4.4.1: 21 octets with the end). */
const LONGEST = 20;
/** Digits that a short code has at most; international numbers have at least seven (E.164). */
const SHORT_CODE = 6;

/**
 * The source address of a sender: a name 5/0, a short code 3/0, a number 1/1, unless the account says otherwise (facts of the
 * platform, "SMPP"). `null` for a sender that the field cannot carry.
 */
export function sourceOf(sender: string, options: SmppOptions): SmppAddress | null {
  const number = /^\+?(\d+)$/.exec(sender)?.[1];
  const address = number ?? sender;
  // An octet of value 0 would end the field and shift all others.
  if (!/^[\x20-\x7e]+$/.test(address) || address.length > LONGEST) return null;
  const [ton, npi] =
    number === undefined ? [5, 0] : number.length <= SHORT_CODE && number === sender ? [3, 0] : [1, 1];
  return { ton: options.sourceTon ?? ton, npi: options.sourceNpi ?? npi, address };
}

/** The destination address of an E.164 number without plus, 1/1 unless the account says otherwise. `null` for anything else. */
export function destinationOf(to: string, options: SmppOptions): SmppAddress | null {
  if (!/^\d+$/.test(to) || to.length > LONGEST) return null;
  return { ton: options.destinationTon ?? 1, npi: options.destinationNpi ?? 1, address: to };
}
