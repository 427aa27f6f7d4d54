import type { Network, NetworkFacts } from '#shared/phone/network-facts.ts';

/** The network that serves a number now: where it was ported to, else where it belongs. */
const servingNetwork = (facts: NetworkFacts): Network | null =>
  facts.ported ? (facts.portedTo ?? facts.original) : (facts.original ?? facts.portedTo);

/** The operator by name, else by its code; empty while nothing is known. */
export const operatorOf = (facts: NetworkFacts | null): string =>
  facts ? (servingNetwork(facts)?.name ?? facts.mccmnc ?? '') : '';

/** The country of the number's network; empty while unknown. */
export const countryOf = (facts: NetworkFacts | null): string =>
  facts ? (servingNetwork(facts)?.country ?? '') : '';
