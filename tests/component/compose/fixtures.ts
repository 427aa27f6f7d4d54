import type { Plan, SendRequest } from '#shared/ipc/plan.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { parseMerge } from '#shared/sms/merge-fields.ts';
import { countParts } from '#shared/sms/parts.ts';
import { feed, scriptedLink } from '../support/scripted-link.ts';

/** A Bangla bill notice of 106 units, two parts. */
export const BILL =
  'প্রিয় গ্রাহক, আপনার জুলাই মাসের বিল ১,২৫০ টাকা। অনুগ্রহ করে ২৫ তারিখের মধ্যে পরিশোধ করুন। ধন্যবাদ, সমিতি।';

/** A plan as the engine would give it, at 0.35 BDT a part. */
export function planFor(request: SendRequest, over: Partial<Plan> = {}): Plan {
  const { accepted, duplicates, rejected } = parseRecipients(request.recipients);
  const { encoding, parts } = countParts(request.text);
  const merge = parseMerge(request.text);
  return {
    recipients: accepted.length,
    leftOut: duplicates.length + rejected.length,
    leftOutSample: rejected.map(({ input, reason }) => ({ input, reason })),
    encoding,
    partsPerMessage: parts,
    partsMin: parts,
    partsMax: parts,
    histogram: [{ parts, messages: accepted.length }],
    parts: parts * accepted.length,
    fields: (merge.ok ? merge.value.fields : []).map(({ name, fallback }) => ({
      name,
      known: true,
      empty: 0,
      fallback,
    })),
    emptyRecipients: 0,
    dead: 0,
    pricePerPart: { micros: 350_000, currency: 'BDT' },
    cost: { micros: 350_000 * parts * accepted.length, currency: 'BDT' },
    shares: [],
    leftOutReasons: reasonsOf([...duplicates.map(() => 'duplicate'), ...rejected.map((one) => one.reason)]),
    warnings: [],
    repeated: 0,
    warningsKey: '',
    balance: { micros: 500_000_000, currency: 'BDT' },
    balanceAt: Date.now(),
    needsTypedCount: false,
    heldBy: null,
    ...over,
  };
}

function reasonsOf(reasons: readonly string[]): Plan['leftOutReasons'] {
  return [...new Set(reasons)].map((reason) => ({
    reason,
    count: reasons.filter((one) => one === reason).length,
  }));
}

/** An office in which nothing was drafted and nobody is known; plans are worked out from what is typed. */
export const script = (answers: Parameters<typeof scriptedLink>[0] = {}) =>
  scriptedLink({
    'campaigns.plan': (request: SendRequest) => planFor(request),
    'drafts.list': () => ({ rows: [], total: 0 }),
    'drafts.save': () => ({ changedAt: Date.now() }),
    'drafts.watch': () => feed({ total: 0 }).open(),
    'recipients.describe': () => [],
    'recipients.find': () => [],
    'templates.list': () => [],
    ...answers,
  });
