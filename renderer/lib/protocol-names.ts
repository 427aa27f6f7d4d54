import type { Protocol, ProtocolChoice } from '#shared/accounts/protocols.ts';
import { i18n } from '../i18n/i18n.svelte.ts';

/** Protocols by the names their documents use; the same in every language. */
const NAMES: Readonly<Record<Protocol, string>> = {
  'rest-json': 'REST (JSON)',
  'rest-xml': 'REST (XML)',
  'key-v2': 'API key V2',
  'key-v1': 'API key V1',
  'plain-v3': 'HTTP plain v3',
  'plain-v1': 'HTTP plain v1',
  'xml-v3': 'XML v3',
  'xml-v1': 'XML v1',
  'json-v3': 'JSON v3',
  smpp: 'SMPP 3.4',
};

/** A protocol, or the automatic choice, as the page calls it. */
export const protocolName = (choice: ProtocolChoice): string =>
  choice === 'auto' ? i18n.t.accounts.automatic : NAMES[choice];
