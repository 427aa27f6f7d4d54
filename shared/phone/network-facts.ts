import * as v from 'valibot';

/** A network as a number context answer names it. */
export const Network = v.object({
  name: v.nullable(v.string()),
  prefix: v.nullable(v.string()),
  country: v.nullable(v.string()),
  countryPrefix: v.nullable(v.string()),
});
export type Network = v.InferOutput<typeof Network>;

/** What the network says about a number (API document, "Number Context"); `null` wherever it said nothing. */
export const NetworkFacts = v.object({
  /** Mobile country code and network code as one text, such as `47001`. */
  mccmnc: v.nullable(v.string()),
  imsi: v.nullable(v.string()),
  original: v.nullable(Network),
  ported: v.nullable(v.boolean()),
  portedTo: v.nullable(Network),
  roaming: v.nullable(v.boolean()),
  roamingIn: v.nullable(Network),
  servingMsc: v.nullable(v.string()),
  /** Whether the phone could be reached: status group 3 yes, 2 no; `null` while unknown. */
  reachable: v.nullable(v.boolean()),
  statusId: v.nullable(v.number()),
  statusName: v.nullable(v.string()),
  errorId: v.nullable(v.number()),
  errorName: v.nullable(v.string()),
  /** The error will not go away by waiting: the number is not in use. */
  permanent: v.nullable(v.boolean()),
});
export type NetworkFacts = v.InferOutput<typeof NetworkFacts>;
