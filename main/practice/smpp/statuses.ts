import { STATUS } from '../core/catalogue.ts';

/** Values of `command_status` that the gateway answers with (SMPP 3.4 §5.1.3; `invalidCoding` is a later addition). */
export const ESME = {
  ok: 0x00,
  messageLength: 0x01,
  commandLength: 0x02,
  commandId: 0x03,
  bindStatus: 0x04,
  alreadyBound: 0x05,
  priority: 0x06,
  registeredDelivery: 0x07,
  systemError: 0x08,
  sourceAddress: 0x0a,
  destinationAddress: 0x0b,
  bindFailed: 0x0d,
  password: 0x0e,
  queueFull: 0x14,
  esmClass: 0x43,
  sourceTon: 0x48,
  sourceNpi: 0x49,
  destinationTon: 0x50,
  destinationNpi: 0x51,
  throttled: 0x58,
  schedule: 0x61,
  expiry: 0x62,
  parameterValue: 0xc4,
  invalidCoding: 0x0104,
} as const;

/** First value of the range that the standard leaves to vendors. */
const VENDOR = 0x0400;

const STANDARD: ReadonlyMap<number, number> = new Map([
  [STATUS.prefixMissing, ESME.destinationAddress],
  [STATUS.missingTo, ESME.destinationAddress],
  [STATUS.invalidDestination, ESME.destinationAddress],
  [STATUS.invalidSource, ESME.sourceAddress],
  [STATUS.messageTooLong, ESME.messageLength],
]);

/**
 * The `command_status` for a message that was rejected with a status of group 5: a standard one for addresses and
 * lengths, otherwise the status id in the vendors' range, for example 0x040C for not enough credits (12).
 */
export function refusalOf(statusId: number): number {
  return STANDARD.get(statusId) ?? VENDOR + statusId;
}

/** How a receipt names the end of a message (SMPP 3.4 appendix B, and §5.2.28 for the number). */
export type EndState = { readonly stat: string; readonly state: number };

const UNKNOWN: EndState = { stat: 'UNKNOWN', state: 7 };

/** By status group; group 3 is delivered, but for the status that never gets beyond the operator. */
const BY_GROUP: ReadonlyMap<number, EndState> = new Map([
  [2, { stat: 'UNDELIV', state: 5 }],
  [3, { stat: 'DELIVRD', state: 2 }],
  [4, { stat: 'EXPIRED', state: 3 }],
  [5, { stat: 'REJECTD', state: 8 }],
]);

/** The end that a receipt tells for a status of the platform. */
export function endStateOf(status: { readonly id: number; readonly groupId: number }): EndState {
  if (status.id === DELIVERED_TO_OPERATOR) return { stat: 'ACCEPTD', state: 6 };
  return BY_GROUP.get(status.groupId) ?? UNKNOWN;
}

const DELIVERED_TO_OPERATOR = 2;
