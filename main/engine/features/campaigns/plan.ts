import { appError, type AppError } from '#shared/errors.ts';
import type { Plan, SendRequest } from '#shared/ipc/campaigns.ts';
import type { Money } from '#shared/money.ts';
import type { SendingAccount } from '../../account-access.ts';
import { unknownField, type Merged } from '../recipients/service.ts';

/** Above so many people, or so much money, the user types the recipient count. */
const TYPED_COUNT_OVER = { recipients: 500, micros: 1_000_000_000 };

/** Messages that one campaign may have; more is refused rather than begun. */
const MAX_RECIPIENTS = 100_000;

/** The first of those left out are shown. */
const LEFT_OUT_SAMPLE = 200;

/** What everybody's message together costs; `null` while no price is known. */
export function costOf({ tally }: Merged, { pricePerPart }: SendingAccount): Money | null {
  return pricePerPart && { micros: pricePerPart.micros * tally.total, currency: pricePerPart.currency };
}

/** Whether the user has to type how many people get a message. */
export function needsTypedCount(all: Merged, account: SendingAccount): boolean {
  const cost = costOf(all, account);
  return (
    all.people.length > TYPED_COUNT_OVER.recipients ||
    (cost !== null && cost.micros > TYPED_COUNT_OVER.micros)
  );
}

/** What messages of a sending have in common: how they are sent, and how many parts they take. */
export function figuresOf({ people, tally, bare }: Merged) {
  // Without recipients there is only the text to go by.
  return people.length === 0
    ? { encoding: bare.encoding, partsPerMessage: bare.parts, partsMin: bare.parts, partsMax: bare.parts }
    : {
        encoding: tally.encoding,
        partsPerMessage: tally.typical,
        partsMin: tally.min,
        partsMax: tally.max,
      };
}

/** What sending would mean, as the user sees it. */
export function planOf(all: Merged, account: SendingAccount, heldBy: Plan['heldBy']): Plan {
  return {
    recipients: all.people.length,
    leftOut: all.leftOut.length,
    leftOutSample: all.leftOut.slice(0, LEFT_OUT_SAMPLE).map(({ msisdn, ...row }) => ({
      ...row,
      ...(msisdn === '' ? {} : { msisdn }),
    })),
    ...figuresOf(all),
    histogram: all.tally.histogram.map((bar) => ({ ...bar })),
    parts: all.tally.total,
    fields: all.fields,
    emptyRecipients: all.emptyRecipients,
    dead: all.dead,
    pricePerPart: account.pricePerPart,
    cost: costOf(all, account),
    balance: account.balance.money,
    balanceAt: account.balance.at,
    needsTypedCount: needsTypedCount(all, account),
    heldBy,
  };
}

/** Why a sending may not be queued; `null` when it may. */
export function refusalOf(request: SendRequest, all: Merged, account: SendingAccount): AppError | null {
  if (request.text.trim() === '') return appError('TEXT_EMPTY');
  const unknown = unknownField(all);
  if (unknown) return unknown;
  if (all.emptyRecipients > 0 && request.emptyFields !== 'leave-out') {
    return appError('EMPTY_FIELDS', { actual: all.emptyRecipients });
  }
  if (all.unsendable) return all.unsendable;
  if (!account.senders.includes(request.sender)) return appError('INVALID_SENDER', { field: 'sender' });
  const recipients = all.people.length;
  if (recipients === 0) return appError('NOTHING_TO_SEND');
  if (recipients > MAX_RECIPIENTS) {
    return appError('TOO_MANY_RECIPIENTS', { limit: MAX_RECIPIENTS, actual: recipients });
  }
  return null;
}
