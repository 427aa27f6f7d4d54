import { statusById } from '#shared/sms/status-catalogue.ts';
import type { GatewayError, GatewayStatus } from '../gateway.ts';
import { catalogueError, catalogueStatus } from '../reading/catalogue-entries.ts';
import { decodeText } from './encode-text.ts';
import { type SmppFacts, TLV, tlvOf, userDataOf } from './facts.ts';

/** What a receipt says; times in ms since the epoch. */
export type Receipt = {
  readonly id: string | null;
  readonly submittedAt: number | null;
  readonly doneAt: number | null;
  readonly status: GatewayStatus;
  readonly error: GatewayError | null;
};

/** Longest receipt text that is looked at, in UTF-16 units. */
const LONGEST_TEXT = 2_000;
/** Longest id and word that are believed. */
const LONGEST_ID = 200;
const LONGEST_WORD = 40;
const UCS2 = 0x08;

/** `message_state` (SMPP 3.4 §5.2.28; 0 and 9 are of later versions) as the words of a receipt's text (appendix B). */
const STATES: readonly string[] = [
  'SCHEDULED',
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
  'SKIPPED',
];

/**
 * Nearest entries of the status catalogue. The standard reserves ACCEPTD for messages that an operator's clerk read out; gateways
 * use it for those that the operator has.
 */
const STATUS_IDS: Readonly<Record<string, number>> = {
  SCHEDULED: 26,
  ENROUTE: 7,
  DELIVRD: 5,
  EXPIRED: 15,
  DELETED: 28,
  UNDELIV: 9,
  ACCEPTD: 2,
  UNKNOWN: 22,
  REJECTD: 4,
  SKIPPED: 28,
};

/**
 * Reads a receipt: the text of SMPP 3.4 appendix B, in any order, with any keys missing and in any case, and the optional
 * parameters, which win over it. Ids stay as they came, decimal or hexadecimal.
 */
export function receiptOf(facts: SmppFacts): Receipt {
  const { octets } = userDataOf(facts);
  // Receipts are written in ASCII; where one is in the GSM alphabet, letters and digits are the same.
  const text = facts.data_coding === UCS2 ? decodeText(octets, UCS2) : octets.toString('latin1');
  const fields = fieldsOf(text.slice(0, LONGEST_TEXT));
  return {
    id: wordOf(tlvOf(facts, TLV.receiptedMessageId), LONGEST_ID) ?? cut(fields.get('id'), LONGEST_ID),
    submittedAt: dateOf(fields.get('submit date')),
    doneAt: dateOf(fields.get('done date')),
    status: stateOf(facts, fields.get('stat')),
    error: errorOf(facts, fields.get('err')),
  };
}

const KEYS = /(?:^|\s)(id|sub|dlvrd|submit[ _]date|done[ _]date|stat|err|text)\s{0,9}:/gi;

/** The values by their keys in lower case. `text` is the last: what follows it is of the message itself. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let key = '';
  let start = 0;
  for (const match of text.matchAll(KEYS)) {
    if (key !== '' && !fields.has(key)) fields.set(key, text.slice(start, match.index).trim());
    key = (match[1] ?? '').toLowerCase().replace('_', ' ');
    start = match.index + match[0].length;
    if (key === 'text') return fields;
  }
  if (key !== '' && !fields.has(key)) fields.set(key, text.slice(start).trim());
  return fields;
}

function cut(value: string | undefined, longest: number): string | null {
  const word = value?.split(/[\s\0]/, 1)[0] ?? '';
  return word === '' || word.length > longest ? null : word;
}

/** The text of an octet string that may end with a zero. */
function wordOf(octets: Buffer | null, longest: number): string | null {
  return cut(octets?.toString('latin1').replace(/\0.*$/s, '').trim(), longest);
}

/** The gateway's clock (facts of the platform, "Bangladesh"): receipts say no time zone. */
const GATEWAY_OFFSET_MS = 6 * 3_600_000;

/** A date `YYMMDDhhmm`, with seconds or without, of the gateway's clock; `null` for anything else. */
function dateOf(value: string | undefined): number | null {
  const match = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(value ?? '');
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits) => Number(digits ?? 0));
  const local = Date.UTC(2_000 + year, month - 1, day, hour, minute, second);
  const rolled = new Date(local);
  const real = rolled.getUTCMonth() === month - 1 && rolled.getUTCDate() === day;
  return real && hour <= 23 && minute <= 59 && second <= 59 ? local - GATEWAY_OFFSET_MS : null;
}

function stateOf(facts: SmppFacts, stat: string | undefined): GatewayStatus {
  const state = tlvOf(facts, TLV.messageState)?.[0];
  const word = (state === undefined ? undefined : STATES[state]) ?? cut(stat, LONGEST_WORD);
  const key = word === null ? '' : word.toUpperCase();
  const id = Object.hasOwn(STATUS_IDS, key) ? (STATUS_IDS[key] ?? null) : null;
  const entry = id === null ? null : statusById(id);
  return catalogueStatus(id, entry?.groupId ?? null, entry?.name ?? word);
}

/** Type of network in `network_error_code`: GSM (SMPP 3.4 §5.3.2.31). */
const GSM = 3;

function errorOf(facts: SmppFacts, err: string | undefined): GatewayError | null {
  const code = tlvOf(facts, TLV.networkErrorCode);
  if (code?.length === 3) {
    const value = code.readUInt16BE(1);
    return code[0] === GSM ? catalogueError(value) : bareError(value, `network type ${code[0] ?? 0}`);
  }
  const word = cut(err, LONGEST_WORD);
  if (word === null) return null;
  return /^\d{1,9}$/.test(word) ? catalogueError(Number(word)) : bareError(null, word);
}

function bareError(id: number | null, name: string | null): GatewayError {
  return { id, groupId: null, groupName: null, name, description: null, permanent: null };
}
