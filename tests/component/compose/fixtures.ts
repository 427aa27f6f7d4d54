import type { Plan, SendRequest } from '#shared/ipc/campaigns.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { countParts } from '#shared/sms/parts.ts';

/** A Bangla bill notice of 106 units, two parts. */
export const BILL =
  'প্রিয় গ্রাহক, আপনার জুলাই মাসের বিল ১,২৫০ টাকা। অনুগ্রহ করে ২৫ তারিখের মধ্যে পরিশোধ করুন। ধন্যবাদ, সমিতি।';

/** A plan as the engine would give it, at 0.35 BDT a part. */
export function planFor(request: SendRequest, over: Partial<Plan> = {}): Plan {
  const { accepted, duplicates, rejected } = parseRecipients(request.recipients);
  const { encoding, parts } = countParts(request.text);
  return {
    recipients: accepted.length,
    leftOut: duplicates.length + rejected.length,
    leftOutSample: rejected.map(({ input, reason }) => ({ input, reason })),
    encoding,
    partsPerMessage: parts,
    parts: parts * accepted.length,
    pricePerPart: { micros: 350_000, currency: 'BDT' },
    cost: { micros: 350_000 * parts * accepted.length, currency: 'BDT' },
    balance: { micros: 500_000_000, currency: 'BDT' },
    balanceAt: Date.now(),
    needsTypedCount: false,
    heldBy: null,
    ...over,
  };
}
