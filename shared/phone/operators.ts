/**
 * Bangladesh operators by the two digits after the country code (BTRC numbering plan; 011 is Citycell's, closed in 2016,
 * and belongs to nobody).
 */
const BY_PREFIX: Readonly<Record<string, string>> = {
  '13': 'Grameenphone',
  '14': 'Banglalink',
  '15': 'Teletalk',
  '16': 'Airtel',
  '17': 'Grameenphone',
  '18': 'Robi',
  '19': 'Banglalink',
};

/** Mobile network codes of Bangladesh (ITU-T E.212, country code 470), by the brand that numbers of the network are known under. */
const BY_NETWORK: Readonly<Record<string, string>> = {
  '47001': 'Grameenphone',
  '47002': 'Robi',
  '47003': 'Banglalink',
  '47004': 'Teletalk',
  '47007': 'Airtel',
};

/** The operator of a network, or `null` for one that is not known here. `mccmnc` is country and network code as one text. */
export const operatorOfNetwork = (mccmnc: string): string | null => BY_NETWORK[mccmnc] ?? null;

/**
 * The operator a Bangladesh number was first given out by, or `null` for any other number. Only a hint: since 2018 people
 * keep their number when they change operator, so never route or price by it alone.
 *
 * @param msisdn E.164 digits without plus
 */
export function operatorHint(msisdn: string): string | null {
  return msisdn.startsWith('880') && msisdn.length === 13 ? (BY_PREFIX[msisdn.slice(3, 5)] ?? null) : null;
}
