import { CODES } from './codes.ts';
import { LEGACY } from './legacy.ts';
import { OVERVIEW } from './overview.ts';
import { PLATFORM_LEGACY } from './platform-legacy.ts';
import { PLATFORM_MORE } from './platform-more.ts';
import { PLATFORM_REST } from './platform-rest.ts';
import { PLATFORM_SMPP } from './platform-smpp.ts';
import { REST_READS } from './rest-reads.ts';
import { REST_SEND } from './rest-send.ts';
import type { Row } from './row.ts';

/** Everything that the API document says, in its order. */
export const DOCUMENT_ROWS: readonly Row[] = [...OVERVIEW, ...LEGACY, ...REST_SEND, ...REST_READS, ...CODES];

/** What the platform is known to do beside the document. */
export const PLATFORM_ROWS: readonly Row[] = [
  ...PLATFORM_LEGACY,
  ...PLATFORM_REST,
  ...PLATFORM_MORE,
  ...PLATFORM_SMPP,
];
