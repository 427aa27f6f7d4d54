import * as v from 'valibot';

/**
 * How an account talks to its gateway. `plain-v1` sends short texts by the document's first address and everything else by
 * the v3 one; the others are one address family each. `key-v1` and `key-v2` are MiM's present-day key API, `smpp` is SMPP 3.4.
 */
export const PROTOCOLS = [
  'rest-json',
  'rest-xml',
  'plain-v1',
  'plain-v3',
  'xml-v1',
  'xml-v3',
  'json-v3',
  'smpp',
  'key-v1',
  'key-v2',
] as const;

/** One of {@link PROTOCOLS}. */
export const Protocol = v.picklist(PROTOCOLS);
export type Protocol = v.InferOutput<typeof Protocol>;

/** What an account's form may say: a protocol, or that the program finds out which ones the server answers. */
export const ProtocolChoice = v.picklist(['auto', ...PROTOCOLS]);
export type ProtocolChoice = v.InferOutput<typeof ProtocolChoice>;

/** Whether the account's password is an API key, which the form then calls so. */
export const usesKey = (protocol: ProtocolChoice): boolean => protocol === 'key-v1' || protocol === 'key-v2';
