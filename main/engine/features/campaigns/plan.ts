import type { AppError } from '#shared/errors.ts';
import { appError } from '#shared/errors.ts';
import type { SendRequest } from '#shared/ipc/campaigns.ts';
import type { Money } from '#shared/money.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { countParts, type Encoding } from '#shared/sms/parts.ts';
import { textLimits } from '#shared/sms/text-limits.ts';
import type { SendingAccount } from '../../account-access.ts';

/** Above so many people, or so much money, the user types the recipient count. */
export const TYPED_COUNT_OVER = { recipients: 500, micros: 1_000_000_000 };

/** Messages that one campaign may have; more is refused rather than begun. */
export const MAX_RECIPIENTS = 100_000;

/** A recipient as planned: to be sent, or left out with a reason word. */
export type PlannedRow = {
  readonly msisdn: string;
  readonly input: string;
  readonly leftOut: string | null;
};

/** Everything that sending would mean. */
export type CampaignPlan = {
  readonly rows: readonly PlannedRow[];
  readonly recipients: number;
  readonly encoding: Encoding;
  readonly partsPerMessage: number;
  readonly parts: number;
  readonly cost: Money | null;
  readonly needsTypedCount: boolean;
};

/**
 * Works out who gets the text and what it costs. Numbers are compared in their cleaned form, so a person who stands
 * twice in the list, in whatever spelling, gets one message; the second is left out and says so.
 */
export function planCampaign(request: SendRequest, account: SendingAccount): CampaignPlan {
  const parsed = parseRecipients(request.recipients);
  const { encoding, parts } = countParts(request.text);
  const recipients = parsed.accepted.length;
  const price = account.pricePerPart;
  const cost = price ? { micros: price.micros * parts * recipients, currency: price.currency } : null;
  return {
    rows: [
      ...parsed.accepted.map(({ msisdn, input }) => ({ msisdn, input, leftOut: null })),
      ...parsed.duplicates.map(({ msisdn, input }) => ({ msisdn, input, leftOut: 'duplicate' })),
      ...parsed.rejected.map(({ input, reason }) => ({ msisdn: '', input, leftOut: reason })),
    ],
    recipients,
    encoding,
    partsPerMessage: parts,
    parts: parts * recipients,
    cost,
    needsTypedCount:
      recipients > TYPED_COUNT_OVER.recipients || (cost !== null && cost.micros > TYPED_COUNT_OVER.micros),
  };
}

/** Why a plan may not be sent; `null` when it may. */
export function refusalOf(
  request: SendRequest,
  plan: CampaignPlan,
  account: SendingAccount,
): AppError | null {
  if (request.text.trim() === '') return appError('TEXT_EMPTY');
  const length = textLimits(request.text);
  if (!length.ok)
    return appError('TEXT_TOO_LONG', { limit: length.error.limit, actual: length.error.length });
  if (!account.senders.includes(request.sender)) return appError('INVALID_SENDER', { field: 'sender' });
  if (plan.recipients === 0) return appError('NOTHING_TO_SEND');
  if (plan.recipients > MAX_RECIPIENTS) {
    return appError('TOO_MANY_RECIPIENTS', { limit: MAX_RECIPIENTS, actual: plan.recipients });
  }
  return null;
}
