import { createHash } from 'node:crypto';
import { appError, type AppError } from '#shared/errors.ts';
import type { Plan, SendRequest, Warning, WarningKind } from '#shared/ipc/plan.ts';
import type { Money } from '#shared/money.ts';
import { unknownField, type Merged } from '../recipients/service.ts';
import type { Considered } from './planning.ts';

/** Messages that one campaign may have, whatever the rules say; more is refused rather than begun. */
const MAX_RECIPIENTS = 200_000;

/** The first of those left out are shown. */
const LEFT_OUT_SAMPLE = 200;

/** Whether the user has to type how many people get a message. */
export function needsTypedCount({ all, costs, rules }: Considered): boolean {
  const { typedCountPeople, typedCountMicros } = rules;
  return (
    (typedCountPeople !== null && all.people.length > typedCountPeople) ||
    (typedCountMicros !== null && costs.total !== null && costs.total.micros > typedCountMicros)
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
export function planOf(considered: Considered): Plan {
  const { account, all, costs, warnings, timing } = considered;
  return {
    recipients: all.people.length,
    leftOut: all.leftOut.length,
    leftOutSample: all.leftOut.slice(0, LEFT_OUT_SAMPLE).map(({ msisdn, ...row }) => ({
      ...row,
      ...(msisdn === '' ? {} : { msisdn }),
    })),
    leftOutReasons: reasonsOf(all),
    ...figuresOf(all),
    histogram: all.tally.histogram.map((bar) => ({ ...bar })),
    parts: all.tally.total,
    fields: all.fields,
    emptyRecipients: all.emptyRecipients,
    dead: all.dead,
    pricePerPart: account.pricePerPart,
    cost: costs.total,
    shares: costs.shares,
    warnings,
    repeated: considered.repeated,
    warningsKey: warningsKeyOf(warnings),
    balance: account.balance.money,
    balanceAt: account.balance.at,
    needsTypedCount: needsTypedCount(considered),
    heldBy: timing.heldBy,
  };
}

/** Names the warnings that stop a sending, with all figures but times, which go on by themselves. Empty when none stops. */
function warningsKeyOf(warnings: readonly Warning[]): string {
  const figures = warnings.filter(({ stops }) => stops).map(figuresIn);
  return figures.length === 0
    ? ''
    : createHash('sha256').update(JSON.stringify(figures)).digest('base64url').slice(0, 16);
}

function figuresIn(warning: Warning): readonly unknown[] {
  switch (warning.kind) {
    case 'same-campaign':
      return [warning.kind, warning.campaignId, warning.overlap, warning.closely?.people ?? 0];
    case 'same-person':
      return [warning.kind, warning.people];
    case 'balance':
      return [warning.kind, warning.missing.micros, warning.waiting.micros, warning.missing.currency];
    case 'over-cap':
      return [warning.kind, warning.which, warning.limit, warning.people];
    case 'quiet-hours':
      return [warning.kind];
  }
}

/** How many are left out, by reason, the most frequent one first. */
function reasonsOf({ leftOut }: Merged): Plan['leftOutReasons'] {
  const counts = new Map<string, number>();
  for (const { reason } of leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

/** Why a request may not be queued by anybody; `null` when it may. */
export function refusalOf(request: SendRequest, { all, account }: Considered): AppError | null {
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

/** What the user saw and said; see the contract for the meaning of the fields. */
type Confirmation = {
  readonly accepted?: readonly WarningKind[] | undefined;
  /** The key of the plan that the user saw; `null`: whatever the figures are. */
  readonly seen?: string | null | undefined;
  readonly expectedCost?: Money | null | undefined;
  readonly expectedRecipients: number;
  readonly expectedParts: number;
  readonly typedCount?: number | undefined;
};

/** Why a request may not be queued on this confirmation; `null` when it may. */
export function notConfirmed(considered: Considered, said: Confirmation): AppError | null {
  const { all, costs, warnings } = considered;
  const recipients = all.people.length;
  if (recipients !== said.expectedRecipients || all.tally.total !== said.expectedParts) {
    return appError('PLAN_CHANGED', { limit: said.expectedRecipients, actual: recipients });
  }
  if (said.expectedCost && costs.total && isDearer(costs.total, said.expectedCost)) {
    return appError('PLAN_CHANGED', { limit: said.expectedRecipients, actual: recipients });
  }
  const accepted = said.seen === null || said.seen === warningsKeyOf(warnings) ? (said.accepted ?? []) : [];
  const unseen = warnings.find(({ kind, stops }) => stops && !accepted.includes(kind));
  if (unseen) return appError('WARNING_NOT_SEEN', { detail: unseen.kind });
  if (needsTypedCount(considered) && said.typedCount !== recipients) {
    return appError('CONFIRMATION_NEEDED', { actual: recipients });
  }
  return null;
}

/** More money, or such as cannot be compared. */
const isDearer = (now: Money, expected: Money): boolean =>
  now.currency !== expected.currency || now.micros > expected.micros;
