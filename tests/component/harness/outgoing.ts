import type { CampaignView, FailureGroup, MessageRow } from '#shared/ipc/campaign-view.ts';
import type { CalendarEntry, OutboxView } from '#shared/ipc/outbox.ts';
import type { Recurrence, SeriesView } from '#shared/ipc/series.ts';
import { occurrencesAfter } from '#shared/rules/recurrence.ts';
import { REAL_ACCOUNT, feed } from '../support/scripted-link.ts';

const DAY = 86_400_000;

/** A reminder of every Monday and Thursday. */
const MONDAYS: Recurrence = {
  pattern: { kind: 'weekly', every: 1, days: [1, 4] },
  time: '10:00',
  zone: 'Asia/Dhaka',
  from: '2026-11-01',
  end: { kind: 'until', day: '2027-03-31' },
};

/** A series of the real space; `over` is what is different about it. */
export function series(id: number, over: Partial<SeriesView> = {}): SeriesView {
  return {
    id,
    space: 'real',
    name: 'Attendance notice',
    request: {
      accountId: REAL_ACCOUNT.id,
      sender: 'GVSchool',
      text: 'প্রিয় অভিভাবক, আপনার সন্তান আজ বিদ্যালয়ে উপস্থিত ছিল।',
      recipients: '',
      sources: [{ kind: 'group', id: 3 }],
    },
    recurrence: MONDAYS,
    state: 'active',
    trouble: null,
    nextAt: occurrencesAfter(MONDAYS, Date.now(), 1)[0] ?? null,
    expected: 1240,
    sent: 6,
    lastCampaign: 2,
    createdAt: Date.now() - 20 * DAY,
    ...over,
  };
}

/** One message that failed with an error of the network. */
function failure(errorId: number | null): Omit<FailureGroup, 'key'> {
  return {
    state: 'undeliverable',
    reason: null,
    statusId: 9,
    statusName: null,
    errorId,
    errorName: null,
    permanence: 'temporary',
    messages: 1,
    parts: 1,
    cost: { micros: 350_000, currency: 'BDT' },
    charged: null,
  };
}

/** Why some messages of a sending failed. */
const FAILURES: readonly FailureGroup[] = [
  { ...failure(27), key: 'absent', messages: 3, parts: 6, charged: { micros: 2_100_000, currency: 'BDT' } },
  { ...failure(6), key: 'absent-sm', messages: 2, parts: 3 },
  { ...failure(1), key: 'unknown-number', permanence: 'permanent' },
  { ...failure(null), key: 'dnd', state: 'refused', statusId: 10, permanence: 'permanent' },
];

/** What an office has on its way: calls of the outbox and of repeated sendings. */
export function outgoing(campaigns: readonly CampaignView[], rows: readonly MessageRow[]) {
  const now = Date.now();
  const [sending, finished, paused, scheduled] = campaigns;
  const monthly: Recurrence = {
    ...MONDAYS,
    pattern: { kind: 'monthly', every: 1, day: 31 },
    end: { kind: 'never' },
  };
  const all = [
    series(1),
    series(2, {
      name: 'Monthly fee reminder',
      recurrence: monthly,
      state: 'waiting',
      trouble: { kind: 'more-people', code: null, at: now - DAY, recipients: 480 },
      expected: 320,
      nextAt: occurrencesAfter(monthly, now, 1)[0] ?? null,
    }),
    series(3, {
      name: 'Exam dates',
      state: 'waiting',
      trouble: { kind: 'overdue', code: null, at: now - 3 * 3_600_000, recipients: null },
    }),
  ];
  const nine = new Date(now + DAY).setHours(9, 0, 0, 0);
  const outbox: OutboxView = {
    running: sending ? [sending] : [],
    held: sending
      ? [
          {
            ...sending,
            id: 11,
            name: 'Water supply stops tomorrow from 9 to 12, please store water in time',
            phase: 'held',
            heldUntil: now + 9_000,
            planned: 860,
            counts: { held: 860 },
            quietUntil: nine,
            quietZone: 'Asia/Dhaka',
            ratePerSecond: null,
            timeLeft: null,
            charged: null,
          },
        ]
      : [],
    scheduled: scheduled
      ? [
          {
            ...scheduled,
            id: 14,
            name: 'Winter offer',
            phase: 'quiet',
            sendAt: null,
            heldBy: null,
            counts: { delivered: 120, queued: 200 },
            quietUntil: nine,
            quietZone: 'Asia/Dhaka',
          },
          scheduled,
          {
            ...scheduled,
            id: 12,
            name: 'Results',
            heldBy: 'here',
            zone: 'Asia/Dubai',
            counts: { held: 320 },
          },
        ]
      : [],
    paused: paused ? [paused, { ...paused, id: 13, name: 'Fee reminder', pauseReason: 'overdue' }] : [],
    ended: finished
      ? [
          finished,
          {
            ...finished,
            id: 15,
            name: 'Notice of the guardians’ committee',
            counts: { uncertain: 3, accepted: 394 },
          },
        ]
      : [],
    sendings: { running: 1, held: 1, scheduled: 3, paused: 2, repeated: 3 },
    undecided: 3,
    checking: 4,
    waiting: 2_796,
  };
  const at = (days: number): number => new Date(now + days * DAY).setHours(10, 0, 0, 0);
  const calendar: CalendarEntry[] = [
    { kind: 'campaign', at: at(2), id: 4, name: 'Bill of December', recipients: 320, phase: 'scheduled' },
    ...[1, 2, 3, 8, 10].map((days): CalendarEntry => ({
      kind: 'series',
      at: at(days),
      id: 1,
      name: 'Attendance notice',
      recipients: 1240,
      waiting: days === 8,
    })),
    {
      kind: 'campaign',
      at: at(2) + 3_600_000,
      id: 12,
      name: 'ঈদের ছুটি',
      recipients: 210,
      phase: 'scheduled',
    },
  ];
  const uncertain = rows.filter(({ state }) => state === 'uncertain').slice(0, 3);
  const known = [campaigns, outbox.held, outbox.scheduled, outbox.paused, outbox.ended].flat();
  return {
    'campaigns.watch': ({ id }: { id: number }) => {
      const found = known.find((one) => one.id === id);
      return feed(found ?? known[0]).open();
    },
    'campaigns.failures': () => FAILURES,
    'campaigns.sourceChanges': () => [],
    'outbox.watch': () => feed(outbox).open(),
    'outbox.calendar': () => calendar,
    'outbox.uncertain': () => ({ rows: uncertain }),
    'series.watch': () => feed(all).open(),
    'series.list': () => all,
    'series.pause': () => all[0],
    'series.preview': ({ recurrence, count }: { recurrence: Recurrence; count: number }) =>
      occurrencesAfter(recurrence, now, count),
  };
}
