import type { SendRequest, Source } from '#shared/ipc/plan.ts';
import type { DraftContent, DraftView } from '#shared/ipc/drafts.ts';
import type { DescribedSource, Found } from '#shared/ipc/recipients.ts';
import type { Template } from '#shared/ipc/templates.ts';
import { fieldKey, fillMerge, parseMerge } from '#shared/sms/merge-fields.ts';
import { countParts } from '#shared/sms/parts.ts';
import { planFor } from '../compose/fixtures.ts';
import { feed } from '../support/scripted-link.ts';

const FOUND: readonly Found[] = [
  { kind: 'group', id: 3, name: 'অভিভাবক ২০২৬', smart: false, count: 1240 },
  { kind: 'group', id: 4, name: 'Fees not paid', smart: true, count: 96 },
  { kind: 'contact', id: 8, name: 'Rahim Uddin', msisdn: '8801712345678', doNotMessage: false, dead: false },
  { kind: 'contact', id: 9, name: 'রহিমা খাতুন', msisdn: '8801812345679', doNotMessage: true, dead: false },
];

const PEOPLE = [
  { name: 'Rahim Uddin', due: '1,250' },
  { name: 'রহিমা খাতুন', due: '12,500' },
  { name: '', due: '800' },
];

const TEMPLATES: readonly Template[] = [
  {
    id: 1,
    name: 'বেতন বাকি',
    text: 'প্রিয় {{name|অভিভাবক}}, {{due}} টাকা বেতন বাকি আছে। অনুগ্রহ করে এই মাসেই পরিশোধ করুন।',
    category: 'বেতন',
    class: 'transactional',
    approvalId: 'BTRC-2026-118',
    createdAt: 1,
    changedAt: 1,
    used: 14,
    usedAt: 1,
  },
  {
    id: 2,
    name: 'Parents’ meeting',
    text: 'Dear {{name|parent}}, the meeting is on Sunday at 10 am. Please come in time.',
    category: 'Meetings',
    class: null,
    approvalId: '',
    createdAt: 1,
    changedAt: 1,
    used: 0,
    usedAt: null,
  },
];

function describe({ sources }: { sources: Source[] }): DescribedSource[] {
  return sources.map((source) => {
    const found = FOUND.find((one) => one.kind === source.kind && one.id === source.id);
    return {
      source,
      label: found?.name ?? 'fees-november.xlsx',
      detail: found?.kind === 'contact' ? found.msisdn : '',
      count: found?.kind === 'group' ? found.count : found ? 1 : 83,
      gone: source.kind === 'list' && source.id === 99,
      fields: source.kind === 'contact' ? [] : ['due', 'class'],
    };
  });
}

function plan(request: SendRequest) {
  const people = describe({ sources: request.sources ?? [] }).reduce((sum, one) => sum + one.count, 0);
  const typed = planFor(request);
  const merge = parseMerge(request.text);
  const recipients = typed.recipients + people;
  if (!merge.ok || !merge.value.hasFields) {
    const parts = typed.partsPerMessage * recipients;
    return {
      ...typed,
      recipients,
      parts,
      cost: { micros: parts * 350_000, currency: 'BDT' },
      heldBy: request.sendAt === undefined ? null : ('gateway' as const),
    };
  }
  const spilling = Math.min(12, recipients);
  const least = typed.partsPerMessage;
  const parts = least * (recipients - spilling) + (least + 1) * spilling;
  return {
    ...typed,
    recipients,
    partsMax: least + 1,
    histogram: [
      { parts: least, messages: recipients - spilling },
      { parts: least + 1, messages: spilling },
    ],
    parts,
    cost: { micros: parts * 350_000, currency: 'BDT' },
    fields: merge.value.fields.map(({ name, key, fallback }) => ({
      name,
      fallback,
      known: ['name', 'number', 'due', 'class'].includes(key),
      empty: key === 'name' ? 31 : 0,
    })),
    emptyRecipients: merge.value.fields.some((one) => one.key === 'name' && one.fallback === null) ? 31 : 0,
    dead: 3,
    leftOut: 17,
    leftOutSample: Array.from({ length: 17 }, (_, index) => ({
      input: `01712-34500${index}`,
      reason: index < 12 ? 'duplicate' : index < 14 ? 'do-not-message' : 'dead-number',
    })),
  };
}

function messageAt(request: SendRequest, index: number) {
  const person = PEOPLE[index % PEOPLE.length] ?? { name: '', due: '' };
  const merge = parseMerge(request.text);
  const filled = merge.ok
    ? fillMerge(merge.value, {
        [fieldKey('name')]: person.name,
        due: person.due,
        number: '8801712345678',
        class: '7',
      })
    : { text: request.text, fallbacks: [] };
  const { encoding, units, parts } = countParts(filled.text);
  return {
    index,
    name: person.name,
    msisdn: `88017123456${String(index).padStart(2, '0')}`,
    text: filled.text,
    encoding,
    units,
    parts,
    fallbacks: [...filled.fallbacks],
  };
}

const DRAFTS: readonly (DraftView & { readonly content: DraftContent })[] = [
  {
    id: '3b0f5a3c-6f2e-4a53-9f55-0d1f0a7b9c01',
    beginning: 'প্রিয় {{name}}, আপনার সন্তানের {{due}} টাকা বেতন বাকি আছে।',
    sources: 2,
    typed: 3,
    sendAt: null,
    createdAt: Date.now() - 86_400_000,
    changedAt: Date.now() - 5 * 60_000,
    content: {
      accountId: null,
      sender: '',
      text: 'প্রিয় {{name}}, আপনার সন্তানের {{due}} টাকা বেতন বাকি আছে। অনুগ্রহ করে পরিশোধ করুন।',
      recipients: '01712345678, ০১৮১২৩৪৫৬৭৮\n123',
      sources: [
        { kind: 'group', id: 3 },
        { kind: 'contact', id: 8 },
        { kind: 'list', id: 7 },
        { kind: 'list', id: 99 },
      ],
      when: 'now',
      sendAt: null,
      includeDead: false,
      emptyFields: 'block',
    },
  },
  {
    id: '3b0f5a3c-6f2e-4a53-9f55-0d1f0a7b9c02',
    beginning: 'Dear parents, the school is closed on Thursday.',
    sources: 0,
    typed: 40,
    sendAt: Date.now() + 86_400_000,
    createdAt: Date.now() - 90_000_000,
    changedAt: Date.now() - 80_000_000,
    content: {
      accountId: null,
      sender: '',
      text: 'Dear parents, the school is closed on Thursday.',
      recipients: '01712345678',
      sources: [],
      when: 'now',
      sendAt: null,
      includeDead: false,
      emptyFields: 'block',
    },
  },
];

/**
 * What the engine of the office answers to whoever writes: people, groups, templates, and the drafts that lie about (the desk is
 * empty unless `drafts` is asked for).
 */
export const writing = (drafts: boolean) => ({
  'campaigns.plan': plan,
  'recipients.find': ({ search }: { search: string }) =>
    FOUND.filter((one) => one.name.toLowerCase().includes(search.toLowerCase())),
  'recipients.describe': describe,
  'recipients.preview': ({ request, index }: { request: SendRequest; index: number }) => ({
    message: messageAt(request, index),
    total: plan(request).recipients,
  }),
  'recipients.spilling': ({ request }: { request: SendRequest }) => ({
    rows: Array.from({ length: 12 }, (_, index) => messageAt(request, index * 3 + 1)),
  }),
  'drafts.list': () => ({ rows: drafts ? DRAFTS : [], total: drafts ? DRAFTS.length : 0 }),
  'drafts.get': ({ id }: { id: string }) => {
    const kept = DRAFTS.find((one) => one.id === id);
    return { id, content: kept?.content, changedAt: kept?.changedAt ?? 0 };
  },
  'drafts.save': () => ({ changedAt: Date.now() }),
  'drafts.remove': () => null,
  'drafts.restore': () => DRAFTS[0],
  'drafts.watch': () => feed({ total: drafts ? DRAFTS.length : 0 }).open(),
  'templates.list': () => TEMPLATES,
});
