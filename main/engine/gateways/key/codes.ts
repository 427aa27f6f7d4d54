import type { GatewayStatus } from '../gateway.ts';
import { catalogueStatus } from '../reading/catalogue-entries.ts';

/**
 * What a code of the key API says. `refused` names the catalogue's status where there is an equal one; `login`, `request` and
 * `account` (a setting of the account, which no message can help) say that nothing was taken; after `unclear` it may have been.
 */
export type KeyMeaning =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly statusId: number | null }
  | { readonly kind: 'login' }
  | { readonly kind: 'request' }
  | { readonly kind: 'account' }
  | { readonly kind: 'unclear' };

/** A code with the name that it is shown under. */
export type KeyCode = { readonly code: number; readonly name: string; readonly meaning: KeyMeaning };

/** The number in a request with several is wrong, and the answer does not always say which. */
export const BAD_NUMBER = 206;
/** Not sent, without a reason. */
export const SEND_FAILED = 221;

const refused = (statusId: number | null): KeyMeaning => ({ kind: 'refused', statusId });
const UNCLEAR: KeyMeaning = { kind: 'unclear' };
const REQUEST: KeyMeaning = { kind: 'request' };
const ACCOUNT: KeyMeaning = { kind: 'account' };

/** The code table (facts of the platform, "MiM SMS today"). */
const CODES: ReadonlyMap<number, readonly [name: string, meaning: KeyMeaning]> = new Map<
  number,
  readonly [string, KeyMeaning]
>([
  [200, ['SUCCESS', { kind: 'taken' }]],
  [205, ['INVALID_MESSAGE_CONTENT', refused(null)]],
  [BAD_NUMBER, ['INVALID_MOBILE_NUMBER', refused(52)]],
  [207, ['INVALID_TRANSACTION_TYPE', ACCOUNT]],
  [208, ['INVALID_SENDER', refused(11)]],
  [209, ['MESSAGE_TOO_LONG', refused(25)]],
  [210, ['INVALID_CAMPAIGN', ACCOUNT]],
  [213, ['PARAMETER_MISMATCH', REQUEST]],
  [216, ['LOW_BALANCE', refused(12)]],
  [SEND_FAILED, ['SEND_FAILED', UNCLEAR]],
  [401, ['UNAUTHORIZED', { kind: 'login' }]],
  [500, ['SERVER_ERROR', UNCLEAR]],
]);

/** A code of the table; one that it does not have is `unclear`. */
export function keyCode(code: number | null): KeyCode {
  const [name, meaning] = (code === null ? undefined : CODES.get(code)) ?? ['UNKNOWN_CODE', UNCLEAR];
  return { code: code ?? 0, name, meaning };
}

/** How a code is shown: `206 INVALID_MOBILE_NUMBER`. */
export const wordsOfCode = ({ code, name }: KeyCode): string => `${String(code)} ${name}`;

/** The status of a message that was taken. */
export const TAKEN: GatewayStatus = catalogueStatus(0, 0, 'MESSAGE_ACCEPTED');

/** The status of a message that the answer says was not sent, under the code's own name. */
export function refusedStatus(code: KeyCode): GatewayStatus {
  return catalogueStatus(
    code.meaning.kind === 'refused' ? code.meaning.statusId : null,
    5,
    wordsOfCode(code),
  );
}
