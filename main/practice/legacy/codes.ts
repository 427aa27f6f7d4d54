import { STATUS, statusView } from '../core/catalogue.ts';

/** Codes of the legacy send calls (facts of the platform, "Status codes of send"). */
export const CODE = {
  accepted: 0,
  sendError: -1,
  notEnoughCredits: -2,
  networkNotCovered: -3,
  wrongLogin: -5,
  noDestination: -6,
  noText: -7,
  noSender: -8,
  malformedDestination: -9,
  noUser: -10,
  noPassword: -11,
  invalidDestination: -13,
  syntaxError: -22,
  processingError: -23,
  badSchedule: -27,
  badPushUrl: -28,
  badAppId: -30,
  duplicateId: -33,
  senderNotAllowed: -34,
  generalError: -99,
} as const;

const OF_STATUS: ReadonlyMap<number, number> = new Map<number, number>([
  [6, CODE.networkNotCovered],
  [STATUS.prefixMissing, CODE.invalidDestination],
  [10, CODE.invalidDestination],
  [STATUS.invalidSource, CODE.senderNotAllowed],
  [STATUS.notEnoughCredits, CODE.notEnoughCredits],
  [13, CODE.senderNotAllowed],
  [STATUS.byDestination, CODE.invalidDestination],
  [17, CODE.notEnoughCredits],
  [18, CODE.invalidDestination],
  [19, CODE.networkNotCovered],
  [21, CODE.processingError],
  [STATUS.duplicateId, CODE.duplicateId],
  [STATUS.missingTo, CODE.noDestination],
]);

/** The code for what the gateway decided about one destination. */
export function codeOf(statusId: number, destination: string): number {
  if (statusView(statusId).groupId <= 1) return CODE.accepted;
  if (statusId === STATUS.invalidDestination) {
    return /^\+?\d+$/.test(destination) ? CODE.invalidDestination : CODE.malformedDestination;
  }
  return OF_STATUS.get(statusId) ?? CODE.sendError;
}

const WORD_OF_STATUS: ReadonlyMap<number, string> = new Map([
  [6, 'NOT_ALLOWED'],
  [8, 'INVALID_DESTINATION_ADDRESS'],
  [10, 'NOT_ALLOWED'],
  [11, 'INVALID_SOURCE_ADDRESS'],
  [12, 'NOT_ENOUGH_CREDITS'],
  [13, 'NOT_ALLOWED'],
  [14, 'NOT_ALLOWED'],
  [16, 'NOT_SENT'],
  [17, 'NOT_ENOUGH_CREDITS'],
  [18, 'NOT_ALLOWED'],
  [19, 'ROUTE_NOT_AVAILABLE'],
  [20, 'NOT_ALLOWED'],
  [21, 'NOT_SENT'],
  [24, 'INVALID_MESSAGE_FORMAT'],
  [25, 'INVALID_MESSAGE_FORMAT'],
  [52, 'INVALID_DESTINATION_ADDRESS'],
]);

const WORD_OF_GROUP = ['SENT', 'SENT', 'NOT_DELIVERED', 'DELIVERED', 'NOT_DELIVERED', 'REJECTED'] as const;

/** The word of a delivery report for a status (facts of the platform, "Status words"); an unknown one keeps its name. */
export function statusWord(statusId: number): string {
  const { groupId, name } = statusView(statusId);
  return WORD_OF_STATUS.get(statusId) ?? WORD_OF_GROUP[groupId] ?? name;
}
