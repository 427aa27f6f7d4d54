import { ERROR_FAMILIES, type ErrorFamilyName } from './error-families.ts';
import { words, type Words } from './words.ts';

/** An error the mobile network can give for a message (API document "GSM Error Codes"). */
export type GsmErrorEntry = {
  readonly id: number;
  /**
   * The error group we file it under. The document does not say which code belongs to which group, so a group that comes
   * with a report outranks this one.
   */
  readonly groupId: number;
  /** The name as it is shown. */
  readonly name: string;
  /** The name as the API document prints it; differs where the document has a slip (4096). */
  readonly documentName: string;
  /** The name as plain words. */
  readonly description: string;
  readonly explain: Words;
  readonly next: Words;
  /** Sending the same again is useless; `null` where the document says neither (no error). */
  readonly permanent: boolean | null;
};

/** A group of errors (API document "Errors Groups"). */
export type ErrorGroup = {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly explain: Words;
};

const GROUPS: readonly ErrorGroup[] = [
  {
    id: 0,
    name: 'OK',
    description: 'No error.',
    explain: words('There was no error.', 'কোনো সমস্যা হয়নি।'),
  },
  {
    id: 1,
    name: 'HANDSET_ERRORS',
    description: 'Handset error occurred.',
    explain: words("The fault is with the person's phone or SIM.", 'সমস্যাটি প্রাপকের ফোন বা সিমে।'),
  },
  {
    id: 2,
    name: 'USER_ERRORS',
    description: 'User error occurred.',
    explain: words('The fault is in what was sent or asked for.', 'সমস্যাটি পাঠানোর তথ্য বা নির্দেশে।'),
  },
  {
    id: 3,
    name: 'OPERATOR_ERRORS',
    description: 'Operator error occurred.',
    explain: words('The fault is with the mobile operator.', 'সমস্যাটি মোবাইল অপারেটরের দিকে।'),
  },
];

type Row = readonly [
  id: number,
  groupId: number,
  name: string,
  permanent: boolean | null,
  family: ErrorFamilyName,
];

const ROWS: readonly Row[] = [
  [0, 0, 'NO_ERROR', null, 'none'],
  [1, 1, 'EC_UNKNOWN_SUBSCRIBER', true, 'unknownNumber'],
  [5, 1, 'EC_UNIDENTIFIED_SUBSCRIBER', false, 'unidentified'],
  [6, 1, 'EC_ABSENT_SUBSCRIBER_SM', false, 'switchedOff'],
  [9, 1, 'EC_ILLEGAL_SUBSCRIBER', true, 'notAllowedOnNetwork'],
  [10, 1, 'EC_BEARER_SERVICE_NOT_PROVISIONED', false, 'noSmsService'],
  [11, 1, 'EC_TELESERVICE_NOT_PROVISIONED', true, 'noSmsService'],
  [12, 1, 'EC_ILLEGAL_EQUIPMENT', true, 'notAllowedOnNetwork'],
  [13, 1, 'EC_CALL_BARRED', false, 'barred'],
  [20, 1, 'EC_SS_INCOMPATIBILITY', false, 'notSupported'],
  [21, 1, 'EC_FACILITY_NOT_SUPPORTED', false, 'notSupported'],
  [27, 1, 'EC_ABSENT_SUBSCRIBER', false, 'switchedOff'],
  [31, 1, 'EC_SUBSCRIBER_BUSY_FOR_MT_SMS', false, 'busy'],
  [32, 1, 'EC_SM_DELIVERY_FAILURE', false, 'handsetFailure'],
  [33, 3, 'EC_MESSAGE_WAITING_LIST_FULL', false, 'tooManyWaiting'],
  [34, 3, 'EC_SYSTEM_FAILURE', false, 'networkFault'],
  [35, 3, 'EC_DATA_MISSING', true, 'badRequest'],
  [36, 3, 'EC_UNEXPECTED_DATA_VALUE', true, 'badRequest'],
  [51, 3, 'EC_RESOURCE_LIMITATION', false, 'networkBusy'],
  [71, 3, 'EC_UNKNOWN_ALPHABET', true, 'unknownAlphabet'],
  [72, 3, 'EC_USSD_BUSY', true, 'busy'],
  [255, 3, 'EC_UNKNOWN_ERROR', true, 'unknown'],
  [256, 1, 'EC_SM_DF_memoryCapacityExceeded', false, 'memoryFull'],
  [257, 1, 'EC_SM_DF_equipmentProtocolError', false, 'handsetFailure'],
  [258, 1, 'EC_SM_DF_equipmentNotSM_Equipped', false, 'handsetWithoutSms'],
  [259, 3, 'EC_SM_DF_unknownServiceCentre', false, 'messageCentre'],
  [260, 3, 'EC_SM_DF_sc_Congestion', false, 'networkBusy'],
  [261, 3, 'EC_SM_DF_invalidSME_Address', false, 'messageCentre'],
  [262, 3, 'EC_SM_DF_subscriberNotSC_Subscriber', false, 'messageCentre'],
  [500, 3, 'EC_PROVIDER_GENERAL_ERROR', false, 'networkFault'],
  [502, 3, 'EC_NO_RESPONSE', false, 'noAnswer'],
  [503, 3, 'EC_SERVICE_COMPLETION_FAILURE', false, 'networkFault'],
  [504, 3, 'EC_UNEXPECTED_RESPONSE_FROM_PEER', false, 'networkFault'],
  [507, 3, 'EC_MISTYPED_PARAMETER', false, 'incompatible'],
  [508, 3, 'EC_NOT_SUPPORTED_SERVICE', false, 'notSupported'],
  [509, 3, 'EC_DUPLICATED_INVOKE_ID', false, 'networkFault'],
  [511, 3, 'EC_INITIATING_RELEASE', false, 'networkFault'],
  [1024, 3, 'EC_OR_appContextNotSupported', false, 'incompatible'],
  [1025, 3, 'EC_OR_invalidDestinationReference', false, 'noRouteToNumber'],
  [1026, 3, 'EC_OR_invalidOriginatingReference', false, 'messageCentre'],
  [1027, 3, 'EC_OR_encapsulatedAC_NotSupported', false, 'incompatible'],
  [1028, 3, 'EC_OR_transportProtectionNotAdequate', false, 'incompatible'],
  [1029, 3, 'EC_OR_noReasonGiven', false, 'unknown'],
  [1030, 3, 'EC_OR_potentialVersionIncompatibility', false, 'incompatible'],
  [1031, 3, 'EC_OR_remoteNodeNotReachable', false, 'unreachableNetwork'],
  [1152, 3, 'EC_NNR_noTranslationForAnAddressOfSuchNature', false, 'noRouteToNumber'],
  [1153, 3, 'EC_NNR_noTranslationForThisSpecificAddress', false, 'noRouteToNumber'],
  [1154, 3, 'EC_NNR_subsystemCongestion', false, 'networkBusy'],
  [1155, 3, 'EC_NNR_subsystemFailure', false, 'networkFault'],
  [1156, 3, 'EC_NNR_unequippedUser', false, 'unreachableNetwork'],
  [1157, 3, 'EC_NNR_MTPfailure', false, 'unreachableNetwork'],
  [1158, 3, 'EC_NNR_networkCongestion', false, 'networkBusy'],
  [1159, 3, 'EC_NNR_unqualified', false, 'unreachableNetwork'],
  [1160, 3, 'EC_NNR_errorInMessageTransportXUDT', false, 'networkFault'],
  [1161, 3, 'EC_NNR_errorInLocalProcessingXUDT', false, 'networkFault'],
  [1162, 3, 'EC_NNR_destinationCannotPerformReassemblyXUDT', false, 'incompatible'],
  [1163, 3, 'EC_NNR_SCCPfailure', false, 'unreachableNetwork'],
  [1164, 3, 'EC_NNR_hopCounterViolation', false, 'unreachableNetwork'],
  [1165, 3, 'EC_NNR_segmentationNotSupported', false, 'incompatible'],
  [1166, 3, 'EC_NNR_segmentationFailure', false, 'networkFault'],
  [1281, 3, 'EC_UA_userSpecificReason', false, 'networkFault'],
  [1282, 3, 'EC_UA_userResourceLimitation', false, 'networkBusy'],
  [1283, 3, 'EC_UA_resourceUnavailable', false, 'networkBusy'],
  [1284, 3, 'EC_UA_applicationProcedureCancellation', false, 'networkFault'],
  [1536, 3, 'EC_PA_providerMalfunction', false, 'networkFault'],
  [1537, 3, 'EC_PA_supportingDialogOrTransactionReleased', false, 'networkFault'],
  [1538, 3, 'EC_PA_ressourceLimitation', false, 'networkBusy'],
  [1539, 3, 'EC_PA_maintenanceActivity', false, 'maintenance'],
  [1540, 3, 'EC_PA_versionIncompatibility', false, 'incompatible'],
  [1541, 3, 'EC_PA_abnormalMapDialog', false, 'networkFault'],
  [1792, 3, 'EC_NC_abnormalEventDetectedByPeer', false, 'networkFault'],
  [1793, 3, 'EC_NC_responseRejectedByPeer', false, 'networkFault'],
  [1794, 3, 'EC_NC_abnormalEventReceivedFromPeer', false, 'networkFault'],
  [1795, 3, 'EC_NC_messageCannotBeDeliveredToPeer', false, 'unreachableNetwork'],
  [1796, 3, 'EC_NC_providerOutOfInvoke', false, 'networkBusy'],
  [2048, 3, 'EC_TIME_OUT', false, 'noAnswer'],
  [2049, 2, 'EC_IMSI_BLACKLISTED', true, 'blacklisted'],
  [2050, 2, 'EC_DEST_ADDRESS_BLACKLISTED', true, 'blacklisted'],
  [2051, 3, 'EC_InvalidMscAddress', false, 'unreachableNetwork'],
  [4096, 2, 'EC_invalidPduFormat', true, 'badRequest'],
  [4097, 2, 'EC_NotSubmittedToGMSC', true, 'notSubmitted'],
  [4100, 2, 'EC_Cancelled', true, 'cancelled'],
  [4101, 2, 'EC_ValidityExpired', true, 'validityExpired'],
  [4102, 2, 'EC_NotSubmittedToSmppChannel', false, 'notSubmitted'],
];

/** Slips of the document, by id. */
const PRINTED_AS: ReadonlyMap<number, string> = new Map([[4096, 'EC_invalidPduFurmat']]);

/** `EC_SM_DF_memoryCapacityExceeded` as `SM DF memory capacity exceeded`, `EC_ABSENT_SUBSCRIBER` as `Absent subscriber`. */
function plainName(name: string): string {
  const bare = name.replace(/^EC_/, '').replaceAll('_', ' ');
  const plain = /[a-z]/.test(bare)
    ? bare.replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
    : bare.toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** Every GSM error known, by id. */
export const ALL_GSM_ERRORS: readonly GsmErrorEntry[] = ROWS.map(
  ([id, groupId, name, permanent, family]) => ({
    id,
    groupId,
    name,
    documentName: PRINTED_AS.get(id) ?? name,
    description: plainName(name),
    ...ERROR_FAMILIES[family],
    permanent,
  }),
);

/** Every error group of the API document, by id. */
export const ALL_ERROR_GROUPS: readonly ErrorGroup[] = GROUPS;

const ERROR_BY_ID: ReadonlyMap<number, GsmErrorEntry> = new Map(ALL_GSM_ERRORS.map((one) => [one.id, one]));
const GROUP_BY_ID: ReadonlyMap<number, ErrorGroup> = new Map(GROUPS.map((one) => [one.id, one]));

/** The GSM error with this id, or `null` for one the catalogue does not know: show such an id as it came. */
export function gsmErrorById(id: number): GsmErrorEntry | null {
  return ERROR_BY_ID.get(id) ?? null;
}

/** The error group with this id, or `null` for one the catalogue does not know. */
export function errorGroupById(id: number): ErrorGroup | null {
  return GROUP_BY_ID.get(id) ?? null;
}
