import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recurrence } from '#shared/ipc/series.ts';
import { nextAfter, occurrencesAfter, recurrenceFault } from '#shared/rules/recurrence.ts';

const DAY = 86_400_000;
const daily = { kind: 'daily', every: 1 } as const;

const recurrence = (more: Partial<Recurrence> = {}): Recurrence => ({
  pattern: daily,
  time: '09:00',
  zone: 'Asia/Dhaka',
  from: '2026-03-01',
  end: { kind: 'never' },
  ...more,
});

/** The first times after a moment, as ISO texts without seconds. */
const times = (of: Recurrence, count: number, after = '2000-01-01T00:00Z') =>
  occurrencesAfter(of, Date.parse(after), count).map((at) => new Date(at).toISOString().slice(0, 16));

/** What clocks on the walls of a zone show. */
function wallOf(at: number, zone: string) {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at);
  const [day = '', time = ''] = parts.split(', ');
  return { day, time };
}

describe('every n days', () => {
  it('keeps its hour in Dhaka, which does not change its clocks', () =>
    expect(times(recurrence(), 3)).toEqual(['2026-03-01T03:00', '2026-03-02T03:00', '2026-03-03T03:00']));
  it('counts from the first day', () =>
    expect(times(recurrence({ pattern: { kind: 'daily', every: 3 } }), 2, '2026-03-02T00:00Z')).toEqual([
      '2026-03-04T03:00',
      '2026-03-07T03:00',
    ]));
  it('gives what comes after a moment, not at it', () => {
    const at = Date.parse('2026-03-05T03:00Z');
    expect(nextAfter(recurrence(), at)).toBe(at + DAY);
    expect(nextAfter(recurrence(), at - 1)).toBe(at);
  });
});

describe('every n weeks', () => {
  it('takes several days of a week, Monday first, in whatever order they were given', () =>
    expect(
      // 2026-03-04 is a Wednesday.
      times(recurrence({ pattern: { kind: 'weekly', every: 1, days: [7, 1, 3, 3] }, from: '2026-03-04' }), 4),
    ).toEqual(['2026-03-04T03:00', '2026-03-08T03:00', '2026-03-09T03:00', '2026-03-11T03:00']));
  it('counts weeks from that of the first day, also where none of its days is left', () =>
    expect(
      // 2026-03-07 is a Saturday; its week began on 2026-03-02.
      times(recurrence({ pattern: { kind: 'weekly', every: 2, days: [1, 4] }, from: '2026-03-07' }), 3),
    ).toEqual(['2026-03-16T03:00', '2026-03-19T03:00', '2026-03-30T03:00']));
});

describe('every n months', () => {
  it('takes the last day of a month that does not have the day, and the 29th in a leap year', () =>
    expect(
      times(recurrence({ pattern: { kind: 'monthly', every: 1, day: 31 }, from: '2028-01-31' }), 5),
    ).toEqual([
      '2028-01-31T03:00',
      '2028-02-29T03:00',
      '2028-03-31T03:00',
      '2028-04-30T03:00',
      '2028-05-31T03:00',
    ]));
  it('begins in the next month that counts when the day has passed', () =>
    expect(
      times(recurrence({ pattern: { kind: 'monthly', every: 3, day: 5 }, from: '2026-11-06' }), 2),
    ).toEqual(['2027-02-05T03:00', '2027-05-05T03:00']));
  it('finds its place years later', () =>
    expect(
      times(
        recurrence({ pattern: { kind: 'monthly', every: 12, day: 29 }, from: '2024-02-29' }),
        2,
        '2031-03-01',
      ),
    ).toEqual(['2032-02-29T03:00', '2033-02-28T03:00']));
});

describe('a change of the clocks in London', () => {
  const london = (time: string, from: string) => recurrence({ zone: 'Europe/London', time, from });
  it('leaves the hour as it is', () => {
    expect(times(london('09:00', '2026-03-28'), 2)).toEqual(['2026-03-28T09:00', '2026-03-29T08:00']);
    expect(times(london('09:00', '2026-10-24'), 2)).toEqual(['2026-10-24T08:00', '2026-10-25T09:00']);
  });
  it('makes a time that the day does not have the next one that it has', () =>
    expect(times(london('01:20', '2026-03-28'), 3)).toEqual([
      '2026-03-28T01:20',
      '2026-03-29T01:00',
      '2026-03-30T00:20',
    ]));
  it('takes a time that the day has twice once, the first', () =>
    expect(times(london('01:30', '2026-10-24'), 3)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]));
  it('sends once where a zone left out a whole day', () =>
    // Apia went over 30 December 2011.
    expect(times(recurrence({ zone: 'Pacific/Apia', time: '00:00', from: '2011-12-29' }), 3)).toEqual([
      '2011-12-29T10:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ]));
});

describe('an end', () => {
  it('includes its day', () =>
    expect(times(recurrence({ end: { kind: 'until', day: '2026-03-02' } }), 9)).toHaveLength(2));
  it('comes after so many times, wherever one looks from', () => {
    const three = recurrence({ end: { kind: 'times', times: 3 } });
    expect(times(three, 9)).toHaveLength(3);
    expect(times(three, 9, '2026-03-02T00:00Z')).toHaveLength(2);
    expect(times(three, 9, '2026-03-04T00:00Z')).toEqual([]);
  });
  it('does not count times from before the series was begun', () => {
    const begun = Date.parse('2026-03-01T12:00Z');
    const three = recurrence({ end: { kind: 'times', times: 3 } });
    expect(occurrencesAfter(three, begun, 9, begun)).toHaveLength(3);
    expect(occurrencesAfter(three, begun + 2 * DAY, 9, begun)).toHaveLength(1);
  });
});

describe('a recurrence that cannot be', () => {
  const now = Date.parse('2026-03-10T00:00Z');
  const detailOf = (more: Partial<Recurrence>) => recurrenceFault(recurrence(more), now)?.facts?.detail;
  it.each([
    ['a day that its month does not have', { from: '2026-02-30' }, 'no-such-day'],
    ['a last day that does not exist', { end: { kind: 'until', day: '2026-04-31' } }, 'no-such-day'],
    ['an end before the beginning', { end: { kind: 'until', day: '2026-02-01' } }, 'never'],
    [
      'an end before its first day',
      {
        pattern: { kind: 'monthly', every: 1, day: 20 },
        end: { kind: 'until', day: '2026-03-19' },
      },
      'never',
    ],
    ['an end that has passed', { end: { kind: 'until', day: '2026-03-09' } }, 'past'],
  ] satisfies [string, Partial<Recurrence>, string][])('%s', (_, more, detail) =>
    expect(detailOf(more)).toBe(detail),
  );
  it('is one beyond the calendar', () => expect(detailOf({ from: '9999-12-31' })).toBe('never'));
  it('is not one that still happens once', () =>
    expect(detailOf({ end: { kind: 'until', day: '2026-03-10' } })).toBeUndefined());
});

const every = fc.integer({ min: 1, max: 99 });
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyRecurrence: fc.Arbitrary<Recurrence> = fc.record({
  pattern: fc.oneof(
    fc.record({ kind: fc.constant('daily' as const), every }),
    fc.record({
      kind: fc.constant('weekly' as const),
      every,
      days: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    }),
    fc.record({ kind: fc.constant('monthly' as const), every, day: fc.integer({ min: 1, max: 31 }) }),
  ),
  time: fc
    .integer({ min: 0, max: 1439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`),
  zone: fc.constantFrom('Asia/Dhaka', 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'UTC'),
  from: day,
  end: fc.oneof(
    fc.constant({ kind: 'never' as const }),
    fc.record({ kind: fc.constant('until' as const), day }),
    fc.record({ kind: fc.constant('times' as const), times: fc.integer({ min: 1, max: 8 }) }),
  ),
});

describe('any recurrence', () => {
  it('grows, keeps its wall time, begins with its first day and ends when it should', () =>
    fc.assert(
      fc.property(anyRecurrence, (of) => {
        const found = occurrencesAfter(of, Number.NEGATIVE_INFINITY, 10);
        for (const [index, at] of found.entries()) {
          const wall = wallOf(at, of.zone);
          expect(at).toBeGreaterThan(found[index - 1] ?? Number.NEGATIVE_INFINITY);
          expect(wall.day >= of.from).toBe(true);
          // Only a time that the clocks go over is another one, the first after it.
          if (wall.time !== of.time) {
            expect(wall.time > of.time).toBe(true);
            expect(wallOf(at - 60_000, of.zone).time < of.time).toBe(true);
          }
          if (of.end.kind === 'until') expect(wall.day <= of.end.day).toBe(true);
        }
        if (of.end.kind === 'times') expect(found).toHaveLength(of.end.times);
      }),
      { numRuns: 100 },
    ));
  it('is the same seen from any moment', () =>
    fc.assert(
      fc.property(anyRecurrence, fc.nat(5), (of, skip) => {
        const found = occurrencesAfter(of, Number.NEGATIVE_INFINITY, 8);
        const from = found[skip];
        if (from !== undefined) {
          expect(occurrencesAfter(of, from, 7 - skip)).toEqual(found.slice(skip + 1));
          expect(nextAfter(of, from - 1)).toBe(from);
        }
      }),
      { numRuns: 60 },
    ));
});
