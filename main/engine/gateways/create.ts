import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { Log } from '../../logging/log.ts';
import type { Clock } from '../clock.ts';
import type { Gateway, GatewayAddress, GatewayKind } from './gateway.ts';
import type { HttpTimeouts } from './http.ts';
import { createKeyGateway } from './key/key-gateway.ts';
import { createLegacyGateway } from './legacy/legacy-gateway.ts';
import { createRestGateway } from './rest/rest-gateway.ts';
import { createSmppGateway } from './smpp/smpp-gateway.ts';

/** What every protocol may be told. */
export type GatewayOptions = {
  readonly clock: Clock;
  readonly log?: Log;
  readonly timeouts?: Partial<HttpTimeouts>;
  /** Connections kept open at most. */
  readonly connections?: number;
};

/** The one place that knows which folder speaks which protocol. Touches no network. */
export function createGateway(address: GatewayAddress, kind: GatewayKind, options: GatewayOptions): Gateway {
  const { protocol } = kind;
  const { recipientsPerRequest } = kind;
  switch (protocol) {
    case 'rest-json':
    case 'rest-xml':
      return createRestGateway(address, {
        ...options,
        format: protocol === 'rest-json' ? 'json' : 'xml',
        recipientsPerRequest,
        abilities: restAbilities(kind.capabilities),
        useGet: kind.options.useGet === true,
        ...(kind.options.validityUnit && { validityUnit: kind.options.validityUnit }),
      });
    case 'plain-v1':
    case 'plain-v3':
    case 'xml-v1':
    case 'xml-v3':
    case 'json-v3':
      return createLegacyGateway(address, {
        ...options,
        variant: protocol,
        options: kind.options,
        recipientsPerRequest,
      });
    case 'key-v1':
    case 'key-v2':
      return createKeyGateway(address, {
        ...options,
        version: protocol === 'key-v1' ? 'v1' : 'v2',
        options: kind.options,
        recipientsPerRequest,
      });
    case 'smpp':
      return createSmppGateway(address, { ...options, options: kind.options.smpp ?? {} });
  }
}

/** Leads nowhere: a gateway is made with it only to read what its protocol can do. */
const NOWHERE: GatewayAddress = {
  serverAddress: 'https://127.0.0.1:1',
  allowHttp: false,
  credentials: () => Promise.reject(new Error('nobody connects here')),
};

/** What an account can do, without connecting to anything. */
export function capabilitiesOf(kind: GatewayKind, options: GatewayOptions): Capabilities {
  const gateway = createGateway(NOWHERE, kind, options);
  const { capabilities } = gateway;
  void gateway.close();
  return capabilities;
}

/** What probing found of a REST server, in the words of its client. */
function restAbilities(found: Capabilities | null) {
  return {
    advanced: found?.ownMessageIds ?? false,
    logs: found?.logs ?? true,
    inbox: found === null || found.inbox !== 'none',
    lookup: found === null || found.lookup !== 'none',
  };
}
