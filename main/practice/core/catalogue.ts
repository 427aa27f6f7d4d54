/**
 * The status and GSM error tables of the API document (chapter "Response codes"), written down a second time on
 * purpose: the practice gateway shares no table with the client, so a slip in either shows up as a difference.
 */

/** The `status` object of an answer. `action` is there only where the document's table has one. */
export type StatusView = {
  readonly id: number;
  readonly groupId: number;
  readonly groupName: string;
  readonly name: string;
  readonly description: string;
  readonly action?: string;
};

/** The `error` object of a report or log entry. */
export type ErrorView = {
  readonly groupId: number;
  readonly groupName: string;
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly permanent: boolean;
};

/** Names of the status groups, by group id (API document, "Statuses groups"). */
export const STATUS_GROUPS = [
  'ACCEPTED',
  'PENDING',
  'UNDELIVERABLE',
  'DELIVERED',
  'EXPIRED',
  'REJECTED',
] as const;

/** Status ids the gateway itself decides on. */
export const STATUS = {
  accepted: 0,
  timeViolation: 1,
  waitingDelivery: 3,
  deliveredToHandset: 5,
  enroute: 7,
  prefixMissing: 8,
  notDelivered: 9,
  invalidSource: 11,
  notEnoughCredits: 12,
  byDestination: 14,
  expired: 15,
  duplicateId: 23,
  invalidUdh: 24,
  messageTooLong: 25,
  pendingAccepted: 26,
  missingTo: 51,
  invalidDestination: 52,
} as const;

type StatusRow = readonly [id: number, groupId: number, name: string, description: string, action?: string];

/** Ids 1 to 25 are the document's table, 0 its samples; 26, 28, 29, 51 and 52 are later ids of the same platform. */
const STATUS_ROWS: readonly StatusRow[] = [
  [0, 0, 'MESSAGE_ACCEPTED', 'Message accepted'],
  [1, 1, 'PENDING_TIME_VIOLATION', 'Time window violation'],
  [2, 3, 'DELIVERED_TO_OPERATOR', 'Message delivered to operator'],
  [3, 1, 'PENDING_WAITING_DELIVERY', 'Message sent, waiting for delivery report'],
  [4, 2, 'UNDELIVERABLE_REJECTED_OPERATOR', 'Message rejected by operator'],
  [5, 3, 'DELIVERED_TO_HANDSET', 'Message delivered to handset'],
  [6, 5, 'REJECTED_NETWORK', 'Network is forbidden', 'Contact account manager'],
  [7, 1, 'PENDING_ENROUTE', 'Message sent to next instance'],
  [8, 5, 'REJECTED_PREFIX_MISSING', 'Number prefix missing'],
  [9, 2, 'UNDELIVERABLE_NOT_DELIVERED', 'Message sent not delivered'],
  [10, 5, 'REJECTED_DND', 'Destination on DND list'],
  [11, 5, 'REJECTED_SOURCE', 'Invalid Source address'],
  [12, 5, 'REJECTED_NOT_ENOUGH_CREDITS', 'Not enough credits'],
  [13, 5, 'REJECTED_SENDER', 'By Sender', 'Remove sender from blacklist'],
  [14, 5, 'REJECTED_DESTINATION', 'By Destination', 'Remove destination from blacklist'],
  [15, 4, 'EXPIRED_EXPIRED', 'Message expired'],
  [16, 5, 'REJECTED_NOT_REACHABLE', 'Network not reachable'],
  [
    17,
    5,
    'REJECTED_PREPAID_PACKAGE_EXPIRED',
    'Prepaid package expired',
    'Top-Up your account to extend the validity period',
  ],
  [18, 5, 'REJECTED_DESTINATION_NOT_REGISTERED', 'Destination not registered'],
  [19, 5, 'REJECTED_ROUTE_NOT_AVAILABLE', 'Route not available', 'Contact account manager'],
  [20, 5, 'REJECTED_FLOODING_FILTER', 'Rejected flooding', 'STOP SPAMMING'],
  [21, 5, 'REJECTED_SYSTEM_ERROR', 'System error'],
  [22, 4, 'EXPIRED_UNKNOWN', 'Unknown Reason'],
  [23, 5, 'REJECTED_DUPLICATE_MESSAGE_ID', 'Rejected duplicate message ID'],
  [24, 5, 'REJECTED_INVALID_UDH', 'Rejected invalid UDH'],
  [25, 5, 'REJECTED_MESSAGE_TOO_LONG', 'Rejected message too long'],
  [26, 1, 'PENDING_ACCEPTED', 'Pending accepted'],
  [28, 5, 'REJECTED_NOT_SENT', 'Message not sent'],
  [29, 4, 'EXPIRED_DLR_UNKNOWN', 'Delivery report expired'],
  [51, 5, 'MISSING_TO', 'Missing destination', 'Check to parameter.'],
  [52, 5, 'REJECTED_DESTINATION', 'Invalid destination address.', 'Check to parameter.'],
];

const STATUSES: ReadonlyMap<number, StatusView> = new Map(
  STATUS_ROWS.map(([id, groupId, name, description, action]) => [
    id,
    {
      groupId,
      groupName: STATUS_GROUPS[groupId] ?? 'UNKNOWN',
      id,
      name,
      description,
      ...(action === undefined ? {} : { action }),
    },
  ]),
);

/**
 * The status object for an id. An id that is in no table gives a status in a group that no client can know
 * (group 9): the document may grow, and a client must keep what it does not understand.
 */
export function statusView(id: number): StatusView {
  return (
    STATUSES.get(id) ?? {
      groupId: 9,
      groupName: 'PRACTICE_UNKNOWN',
      id,
      name: `PRACTICE_UNKNOWN_${id}`,
      description: 'A status that is in no published table',
    }
  );
}

/** "GSM Error Codes" of the API document, in its spelling; a trailing `!` marks the permanent ones. */
const GSM_ERRORS = `
0 NO_ERROR
1 EC_UNKNOWN_SUBSCRIBER!
5 EC_UNIDENTIFIED_SUBSCRIBER
6 EC_ABSENT_SUBSCRIBER_SM
9 EC_ILLEGAL_SUBSCRIBER!
10 EC_BEARER_SERVICE_NOT_PROVISIONED
11 EC_TELESERVICE_NOT_PROVISIONED!
12 EC_ILLEGAL_EQUIPMENT!
13 EC_CALL_BARRED
20 EC_SS_INCOMPATIBILITY
21 EC_FACILITY_NOT_SUPPORTED
27 EC_ABSENT_SUBSCRIBER
31 EC_SUBSCRIBER_BUSY_FOR_MT_SMS
32 EC_SM_DELIVERY_FAILURE
33 EC_MESSAGE_WAITING_LIST_FULL
34 EC_SYSTEM_FAILURE
35 EC_DATA_MISSING!
36 EC_UNEXPECTED_DATA_VALUE!
51 EC_RESOURCE_LIMITATION
71 EC_UNKNOWN_ALPHABET!
72 EC_USSD_BUSY!
255 EC_UNKNOWN_ERROR!
256 EC_SM_DF_memoryCapacityExceeded
257 EC_SM_DF_equipmentProtocolError
258 EC_SM_DF_equipmentNotSM_Equipped
259 EC_SM_DF_unknownServiceCentre
260 EC_SM_DF_sc_Congestion
261 EC_SM_DF_invalidSME_Address
262 EC_SM_DF_subscriberNotSC_Subscriber
500 EC_PROVIDER_GENERAL_ERROR
502 EC_NO_RESPONSE
503 EC_SERVICE_COMPLETION_FAILURE
504 EC_UNEXPECTED_RESPONSE_FROM_PEER
507 EC_MISTYPED_PARAMETER
508 EC_NOT_SUPPORTED_SERVICE
509 EC_DUPLICATED_INVOKE_ID
511 EC_INITIATING_RELEASE
1024 EC_OR_appContextNotSupported
1025 EC_OR_invalidDestinationReference
1026 EC_OR_invalidOriginatingReference
1027 EC_OR_encapsulatedAC_NotSupported
1028 EC_OR_transportProtectionNotAdequate
1029 EC_OR_noReasonGiven
1030 EC_OR_potentialVersionIncompatibility
1031 EC_OR_remoteNodeNotReachable
1152 EC_NNR_noTranslationForAnAddressOfSuchNature
1153 EC_NNR_noTranslationForThisSpecificAddress
1154 EC_NNR_subsystemCongestion
1155 EC_NNR_subsystemFailure
1156 EC_NNR_unequippedUser
1157 EC_NNR_MTPfailure
1158 EC_NNR_networkCongestion
1159 EC_NNR_unqualified
1160 EC_NNR_errorInMessageTransportXUDT
1161 EC_NNR_errorInLocalProcessingXUDT
1162 EC_NNR_destinationCannotPerformReassemblyXUDT
1163 EC_NNR_SCCPfailure
1164 EC_NNR_hopCounterViolation
1165 EC_NNR_segmentationNotSupported
1166 EC_NNR_segmentationFailure
1281 EC_UA_userSpecificReason
1282 EC_UA_userResourceLimitation
1283 EC_UA_resourceUnavailable
1284 EC_UA_applicationProcedureCancellation
1536 EC_PA_providerMalfunction
1537 EC_PA_supportingDialogOrTransactionReleased
1538 EC_PA_ressourceLimitation
1539 EC_PA_maintenanceActivity
1540 EC_PA_versionIncompatibility
1541 EC_PA_abnormalMapDialog
1792 EC_NC_abnormalEventDetectedByPeer
1793 EC_NC_responseRejectedByPeer
1794 EC_NC_abnormalEventReceivedFromPeer
1795 EC_NC_messageCannotBeDeliveredToPeer
1796 EC_NC_providerOutOfInvoke
2048 EC_TIME_OUT
2049 EC_IMSI_BLACKLISTED!
2050 EC_DEST_ADDRESS_BLACKLISTED!
2051 EC_InvalidMscAddress
4096 EC_invalidPduFurmat!
4097 EC_NotSubmittedToGMSC!
4100 EC_Cancelled!
4101 EC_ValidityExpired!
4102 EC_NotSubmittedToSmppChannel
`;

/** Names of the error groups, by group id (API document, "Errors Groups"). */
const ERROR_GROUPS = ['OK', 'HANDSET_ERRORS', 'USER_ERRORS', 'OPERATOR_ERRORS'] as const;

/** The document does not say which error belongs to which group; this split follows what the names speak of. */
function errorGroup(id: number): number {
  if (id === 0) return 0;
  if (id < 500) return 1;
  if (id >= 2049 && id <= 2050) return 2;
  if (id >= 4096 && id <= 4101) return 2;
  return 3;
}

const ERRORS: ReadonlyMap<number, ErrorView> = new Map(
  GSM_ERRORS.trim()
    .split('\n')
    .map((line) => {
      const [digits = '', marked = ''] = line.split(' ');
      const name = marked.replace('!', '');
      return [Number(digits), errorView(Number(digits), name, marked.endsWith('!'))];
    }),
);

function errorView(id: number, name: string, permanent: boolean): ErrorView {
  const groupId = errorGroup(id);
  return {
    groupId,
    groupName: ERROR_GROUPS[groupId] ?? 'UNKNOWN',
    id,
    name,
    description: describe(name),
    permanent,
  };
}

/** `EC_ABSENT_SUBSCRIBER` → `Absent Subscriber`: the document gives a description only for id 0, "No Error". */
function describe(name: string): string {
  return name
    .replace(/^EC_/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[_ ]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(' ');
}

/** The error object for a GSM error id; an id that is in no table is given under a made-up name, not permanent. */
export function gsmErrorView(id: number): ErrorView {
  return ERRORS.get(id) ?? errorView(id, `EC_PRACTICE_UNKNOWN_${id}`, false);
}
