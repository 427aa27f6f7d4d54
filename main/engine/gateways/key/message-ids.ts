/**
 * The id that a message of the key API has here: the gateway's own id of the sending and the number, because one sending to many
 * numbers has one id for all of them.
 */
export const messageIdOf = (trackingId: string, msisdn: string): string => `${trackingId}/${msisdn}`;

/** Takes an id of {@link messageIdOf} apart; one without a number is a tracking id alone. */
export function splitMessageId(id: string): { readonly trackingId: string; readonly msisdn: string | null } {
  const slash = id.lastIndexOf('/');
  const msisdn = id.slice(slash + 1);
  if (slash < 1 || !/^\d{3,20}$/.test(msisdn)) return { trackingId: id, msisdn: null };
  return { trackingId: id.slice(0, slash), msisdn };
}

/** What two spellings of a number have in common: gateways echo them with or without plus and country code. */
export const numberKey = (number: string): string => number.replace(/\D/g, '').slice(-10);
