import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { dayStart } from '#shared/rules/day-start.ts';
import { openMinutes, quietUntil } from '#shared/rules/quiet-hours.ts';
import { DEFAULT_RULES, Rules } from '#shared/rules/rules.ts';

const withQuiet = (quiet: Partial<Rules['quiet']>): Rules => ({
  ...DEFAULT_RULES,
  quiet: { ...DEFAULT_RULES.quiet, applies: 'all', ...quiet },
});
const at = (iso: string) => Date.parse(iso);
const iso = (moment: number | null) => moment && new Date(moment).toISOString();

describe('quiet hours', () => {
  test('cover the night in Dhaka for advertising alone, unless they are for everything', () => {
    const evening = at('2026-03-01T21:00:00+06:00');
    expect(quietUntil(DEFAULT_RULES, 'promotional', evening)).toBe(at('2026-03-02T09:00:00+06:00'));
    expect(quietUntil(DEFAULT_RULES, 'promotional', evening - 1)).toBeNull();
    expect(quietUntil(DEFAULT_RULES, 'promotional', at('2026-03-02T08:59:59.999+06:00'))).toBe(
      at('2026-03-02T09:00:00+06:00'),
    );
    expect(quietUntil(DEFAULT_RULES, 'promotional', at('2026-03-02T09:00:00+06:00'))).toBeNull();
    expect(quietUntil(DEFAULT_RULES, 'transactional', evening)).toBeNull();
    expect(quietUntil(DEFAULT_RULES, null, evening)).toBeNull();
    expect(quietUntil(withQuiet({}), null, evening)).toBe(at('2026-03-02T09:00:00+06:00'));
    expect(quietUntil(withQuiet({ applies: 'none' }), 'promotional', evening)).toBeNull();
  });

  test('may lie within a day, and are none when they end as they begin', () => {
    const noon = withQuiet({ from: '12:00', until: '13:30' });
    expect(quietUntil(noon, null, at('2026-03-01T12:20:00+06:00'))).toBe(at('2026-03-01T13:30:00+06:00'));
    expect(quietUntil(noon, null, at('2026-03-01T13:30:00+06:00'))).toBeNull();
    expect(
      quietUntil(withQuiet({ from: '12:00', until: '12:00' }), null, at('2026-03-01T12:00:00+06:00')),
    ).toBe(null);
  });

  test('leave the rest of the day, and are never the whole of it', () => {
    expect(openMinutes({ from: '21:00', until: '09:00' })).toBe(720);
    expect(openMinutes({ from: '21:00', until: '20:45' })).toBe(15);
    expect(openMinutes({ from: '00:00', until: '23:59' })).toBe(1);
    const set = (from: string, until: string) => v.is(Rules, withQuiet({ from, until }));
    expect(set('21:00', '20:59')).toBe(true);
    expect(set('21:00', '21:00')).toBe(false);
  });

  test('follow the clock on the wall when it is set forward or back', () => {
    const berlin = (from: string, until: string) => withQuiet({ from, until, zone: 'Europe/Berlin' });
    // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
    expect(iso(quietUntil(berlin('21:00', '09:00'), null, at('2026-03-28T22:00:00Z')))).toBe(
      '2026-03-29T07:00:00.000Z',
    );
    expect(iso(quietUntil(berlin('21:00', '09:00'), null, at('2026-10-24T22:00:00Z')))).toBe(
      '2026-10-25T08:00:00.000Z',
    );
    // 02:30 does not come: it is over when the clock shows 03:00.
    expect(iso(quietUntil(berlin('21:00', '02:30'), null, at('2026-03-28T22:00:00Z')))).toBe(
      '2026-03-29T01:00:00.000Z',
    );
    // A quarter past two comes twice, and both are in the quiet period.
    expect(iso(quietUntil(berlin('02:00', '02:30'), null, at('2026-10-25T00:15:00Z')))).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(iso(quietUntil(berlin('02:00', '02:30'), null, at('2026-10-25T01:15:00Z')))).toBe(
      '2026-10-25T01:30:00.000Z',
    );
  });

  const clock = fc
    .integer({ min: 0, max: 1_439 })
    .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
  const zone = fc.constantFrom(
    'Asia/Dhaka',
    'Europe/London',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
  );
  const moment = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') });

  test('end at the first minute that is not quiet any more, at most a day and a shift later', () => {
    fc.assert(
      fc.property(clock, clock, zone, moment, (from, until, name, now) => {
        const rules = withQuiet({ from, until, zone: name });
        const end = quietUntil(rules, null, now);
        if (end === null) return;
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(25 * 3_600_000);
        expect(quietUntil(rules, null, end)).toBeNull();
        expect(quietUntil(rules, null, end - 1)).toBe(end);
        const between = now + Math.floor((end - now) / 2);
        expect(quietUntil(rules, null, between)).not.toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

test('a day begins where its zone says', () => {
  expect(iso(dayStart('Asia/Dhaka', at('2026-03-01T20:00:00Z')))).toBe('2026-03-01T18:00:00.000Z');
  expect(iso(dayStart('Asia/Dhaka', at('2026-03-01T17:59:59Z')))).toBe('2026-02-28T18:00:00.000Z');
  expect(iso(dayStart('Europe/Berlin', at('2026-03-29T20:00:00Z')))).toBe('2026-03-28T23:00:00.000Z');
});
