import type { GatewayStatus } from '../gateway.ts';
import { catalogueStatus } from '../reading/catalogue-entries.ts';

/**
 * What a code of a send answer says. `refused` is about one message and names the catalogue's status where there is an equal
 * one; `login`, `request` and `account` (a setting of the account, or how it is spoken to, which no message can help) say that
 * nothing of the request was taken; after `unclear` it may have been.
 */
export type CodeMeaning =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly statusId: number | null }
  | { readonly kind: 'login' }
  | { readonly kind: 'request' }
  | { readonly kind: 'account' }
  | { readonly kind: 'unclear' };

/** A code with the name that it goes by. */
export type SendCode = { readonly code: number; readonly name: string; readonly meaning: CodeMeaning };

const REJECTED_GROUP = 5;
const MESSAGE_ACCEPTED = 0;

const TAKEN: CodeMeaning = { kind: 'taken' };
const LOGIN: CodeMeaning = { kind: 'login' };
const REQUEST: CodeMeaning = { kind: 'request' };
const ACCOUNT: CodeMeaning = { kind: 'account' };
const UNCLEAR: CodeMeaning = { kind: 'unclear' };
const refused = (statusId: number | null): CodeMeaning => ({ kind: 'refused', statusId });

type Row = readonly [code: number, name: string, meaning: CodeMeaning];

/** Codes of the plain calls and of the v3 ones (facts of the platform, "Status codes of send"). */
const SEND_ROWS: readonly Row[] = [
  [0, 'ALL_RECIPIENTS_PROCESSED', TAKEN],
  [-1, 'SEND_ERROR', UNCLEAR],
  [-2, 'NOT_ENOUGH_CREDITS', refused(12)],
  [-3, 'NETWORK_NOTCOVERED', refused(19)],
  [-4, 'SOCKET_EXCEPTION', UNCLEAR],
  [-5, 'INVALID_USER_OR_PASS', LOGIN],
  [-6, 'MISSING_DESTINATION_ADDRESS', refused(51)],
  [-7, 'MISSING_SMS_TEXT', refused(null)],
  [-8, 'MISSING_SENDER_NAME', refused(11)],
  [-9, 'DESTINATION_ADDRESS_INVALID_FORMAT', refused(52)],
  [-10, 'MISSING_USERNAME', LOGIN],
  [-11, 'MISSING_PASSWORD', LOGIN],
  // Known clients disagree about what is invalid or missing; all agree that nothing was sent.
  [-12, 'INVALID_PARAMETER', refused(null)],
  [-13, 'INVALID_DESTINATION_ADDRESS', refused(52)],
  // What is written here is well formed whatever the text: the server wants another form, and would refuse every message.
  [-22, 'SYNTAX_ERROR', ACCOUNT],
  [-23, 'ERROR_PROCESSING', UNCLEAR],
  [-26, 'COMMUNICATION_ERROR', UNCLEAR],
  [-27, 'INVALID_SENDDATETIME', REQUEST],
  [-28, 'INVALID_DELIVERY_REPORT_PUSH_URL', ACCOUNT],
  [-30, 'INVALID_CLIENT_APPID', ACCOUNT],
  [-33, 'DUPLICATE_MESSAGEID', refused(23)],
  [-34, 'SENDER_NOT_ALLOWED', refused(11)],
  [-99, 'GENERAL_ERROR', UNCLEAR],
];

/** Codes of the first XML call, which mean other things under the same numbers (facts of the platform, "HTTP XML / JSON send"). */
const FIRST_XML_ROWS: readonly Row[] = [
  [-1, 'AUTH_FAILED', LOGIN],
  [-2, 'XML_ERROR', ACCOUNT],
  [-3, 'NOT_ENOUGH_CREDITS', refused(12)],
  [-4, 'NO_RECIPIENTS', refused(51)],
  [-5, 'GENERAL_ERROR', UNCLEAR],
];

const table = (rows: readonly Row[]): ReadonlyMap<number, SendCode> =>
  new Map(rows.map(([code, name, meaning]) => [code, { code, name, meaning }]));

const SEND = table(SEND_ROWS);
const FIRST_XML = table(FIRST_XML_ROWS);

/** A code of a plain or v3 answer; one that no list names is `unclear`. */
export function sendCode(code: number): SendCode {
  return SEND.get(code) ?? unnamed(code);
}

/** A code of the first XML call's answer that is not above zero; one that no list names is `unclear`. */
export function firstXmlCode(code: number): SendCode {
  return FIRST_XML.get(code) ?? unnamed(code);
}

function unnamed(code: number): SendCode {
  return { code, name: 'UNKNOWN_CODE', meaning: UNCLEAR };
}

/** How a code is shown: `-34 SENDER_NOT_ALLOWED`. */
export const wordsOf = ({ code, name }: SendCode): string => `${String(code)} ${name}`;

/**
 * The status of one message for its code. A refusal without an equal in the catalogue has group 5 and no id; an unclear one
 * has neither, so that nobody takes it for an answer.
 */
export function statusOfCode(code: SendCode): GatewayStatus {
  const { meaning } = code;
  if (meaning.kind === 'taken') return catalogueStatus(MESSAGE_ACCEPTED, 0, 'MESSAGE_ACCEPTED');
  if (meaning.kind === 'unclear') return catalogueStatus(null, null, wordsOf(code));
  return catalogueStatus(meaning.kind === 'refused' ? meaning.statusId : null, REJECTED_GROUP, wordsOf(code));
}
