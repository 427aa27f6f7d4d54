import type { Protocol } from '#shared/accounts/protocols.ts';

/** One way of talking to a gateway that chaos is tried on. */
export type Variant = {
  readonly name: string;
  readonly protocol: Protocol;
  /** Messages that one request may carry. */
  readonly perRequest: number;
  /** REST: the server has the calls that take message ids of ours and several texts at once. */
  readonly advanced: boolean;
  /**
   * How a message of unknown fate is cleared up: by the gateway's log, by an id of ours that is refused when it comes twice, or by nobody
   * but the user.
   */
  readonly decides: 'log' | 'own-id' | 'nobody';
};

/** Whether the gateway keeps a log, from which reports that were lost on the way can be had again. */
export const hasLog = ({ protocol }: Pick<Variant, 'protocol'>): boolean => protocol.startsWith('rest');

const variant = (
  name: string,
  protocol: Protocol,
  perRequest: number,
  decides: Variant['decides'],
  advanced = false,
): Variant => ({ name, protocol, perRequest, decides, advanced });

/** Every protocol an account can have, in the shapes of request that it has. */
export const VARIANTS: readonly Variant[] = [
  variant('rest-json', 'rest-json', 1, 'log'),
  variant('rest-json-many', 'rest-json', 20, 'log'),
  variant('rest-json-advanced', 'rest-json', 20, 'own-id', true),
  variant('rest-xml', 'rest-xml', 1, 'log'),
  variant('rest-xml-advanced', 'rest-xml', 20, 'own-id', true),
  variant('plain-v1', 'plain-v1', 1, 'nobody'),
  variant('plain-v3', 'plain-v3', 1, 'own-id'),
  variant('xml-v1', 'xml-v1', 1, 'nobody'),
  variant('xml-v3', 'xml-v3', 20, 'own-id'),
  variant('json-v3', 'json-v3', 20, 'own-id'),
  variant('smpp', 'smpp', 1, 'nobody'),
  variant('key-v1', 'key-v1', 1, 'nobody'),
  variant('key-v2', 'key-v2', 1, 'nobody'),
  variant('key-v2-many', 'key-v2', 10, 'nobody'),
];

/** The variant of a name; for the name of a protocol, its first one. Throws a `RangeError` for one there is not. */
export function variantOf(name: string): Variant {
  const found = VARIANTS.find((one) => one.name === name);
  if (!found)
    throw new RangeError(`There is no “${name}”; there are ${VARIANTS.map((one) => one.name).join(', ')}`);
  return found;
}
