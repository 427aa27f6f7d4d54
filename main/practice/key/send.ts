import { accept } from '../core/accept.ts';
import type { Account } from '../core/account.ts';
import { STATUS, statusView } from '../core/catalogue.ts';
import type { MagicFault } from '../core/magic.ts';
import type { PracticeState, RequestEntry } from '../core/state.ts';
import { LONGEST_TEXT, type Receipt } from '../core/submission.ts';
import { creditsOf } from '../legacy/credits.ts';
import type { KeyOutcome } from './answers.ts';
import { KEY_CODE, KEY_TEXT, type KeyCode } from './codes.ts';
import type { KeySend } from './requests.ts';

/** Makes the account take the messages. The request counts as sent when one of them was accepted. */
export function sendAll(
  state: PracticeState,
  account: Account,
  { sender, messages }: KeySend,
  traits: MagicFault,
  entry: RequestEntry,
): KeyOutcome {
  const submission = {
    from: sender,
    items: messages.map(({ number, text }) => ({ to: number, text, ownId: null, binary: null })),
    bulkId: null,
    sendAt: null,
    validityMs: null,
    flash: false,
    unicode: null,
    notify: null,
    callbackData: null,
    appId: null,
    longest: LONGEST_TEXT,
    noReport: false,
    hiddenMs: 0,
    ids: 'digits19',
  } as const;
  const { bulkId, receipts } = accept(state, account, submission, traits, entry);
  const sent = receipts.filter(isAccepted);
  const refused = receipts.filter((receipt) => !isAccepted(receipt));
  const errors = refused.map(({ to, statusId }) => ({
    mobileNumber: to,
    statusCode: codeOf(statusId),
    message: KEY_TEXT[codeOf(statusId)],
  }));
  const balance = creditsOf(account);
  const [first] = refused;
  if (sent.length === 0) {
    const code = first === undefined ? KEY_CODE.sendFailed : codeOf(first.statusId);
    return { code, details: { balance, errors } };
  }
  return {
    code: KEY_CODE.ok,
    trxnId: bulkId,
    details: {
      trackingId: bulkId,
      balance,
      deliveryStatus: 'Pending',
      smsCount: sent.reduce((sum, { parts }) => sum + parts, 0),
      recipientCount: sent.length,
      errors,
    },
  };
}

function isAccepted({ statusId }: Receipt): boolean {
  return statusView(statusId).groupId <= 1;
}

function codeOf(statusId: number): KeyCode {
  switch (statusId) {
    case STATUS.notEnoughCredits:
      return KEY_CODE.lowBalance;
    case STATUS.invalidSource:
      return KEY_CODE.badSender;
    case STATUS.messageTooLong:
      return KEY_CODE.tooLong;
    case STATUS.missingTo:
    case STATUS.prefixMissing:
    case STATUS.invalidDestination:
      return KEY_CODE.badNumber;
    default:
      return KEY_CODE.sendFailed;
  }
}
