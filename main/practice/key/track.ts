import type { Account } from '../core/account.ts';
import { standingAt } from '../core/message.ts';
import { creditsOf } from '../legacy/credits.ts';
import type { KeyOutcome } from './answers.ts';
import { KEY_CODE } from './codes.ts';

const WORDS = ['Pending', 'Pending', 'Undelivered', 'Delivered', 'Expired', 'Rejected'] as const;

/**
 * What became of the messages of a request, by the tracking id that its answer gave, as often as asked. One word
 * stands for all: `Pending` while one of them is, otherwise the word that all share, or `Partial`.
 */
export function track(account: Account, trackingId: string, now: number): KeyOutcome {
  const found = [...account.shelf.newestFirst(now)].filter(
    ({ bulkId, visibleAt }) => bulkId === trackingId && now >= visibleAt,
  );
  if (found.length === 0) return { code: KEY_CODE.mismatch, text: 'No such tracking id' };
  const items = found.reverse().map((message) => {
    const { status } = standingAt(message, now);
    return {
      mobileNumber: message.to,
      parts: message.parts,
      word: WORDS[status.groupId] ?? status.groupName,
    };
  });
  const words = new Set(items.map(({ word }) => word));
  const [only = ''] = words;
  return {
    code: KEY_CODE.ok,
    trxnId: trackingId,
    text: 'Delivery status',
    details: {
      trackingId,
      balance: creditsOf(account),
      deliveryStatus: words.has('Pending') ? 'Pending' : words.size === 1 ? only : 'Partial',
      smsCount: items.reduce((sum, { parts }) => sum + parts, 0),
      recipientCount: items.length,
      errors: items
        .filter(({ word }) => word !== 'Delivered' && word !== 'Pending')
        .map(({ mobileNumber, word }) => ({ mobileNumber, deliveryStatus: word })),
    },
  };
}
