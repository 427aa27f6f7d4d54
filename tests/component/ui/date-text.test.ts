import { expect, test } from 'vitest';
import { dateTextOf, readDateText, stepDate } from '../../../renderer/ui/date-text.ts';

const NOW = new Date(2026, 10, 22, 12, 0).getTime();
const read = (text: string): string | null => {
  const at = readDateText(text, 'date-time', NOW);
  return at === null ? null : dateTextOf(at, 'date-time');
};

test('reads a time the way people write it, in either script', () => {
  for (const typed of [
    '29/11/2026 20:00',
    '29.11.26 8 pm',
    '29-11-2026 08:00pm',
    '২৯/১১/২০২৬ ২০:০০',
    '2026-11-29T20:00',
    '29/11 20.00',
  ])
    expect(read(typed), typed).toBe('29/11/2026 20:00');
  expect(read('1/2 9:05')).toBe('01/02/2027 09:05');
  expect(read('1/1/2027 12 am')).toBe('01/01/2027 00:00');
});

test('refuses what is no date instead of guessing', () => {
  for (const typed of [
    '',
    '31/02/2027 10:00',
    '29/11/2026',
    '29/11/2026 24:00',
    '29/11/2026 13 pm',
    '11/29/2026 10:00',
  ])
    expect(read(typed), typed).toBeNull();
  expect(readDateText('29/11/2026', 'date', NOW)).toBe(new Date(2026, 10, 29).getTime());
  expect(readDateText('29/11/2026 10:00', 'date', NOW)).toBeNull();
});

test('an arrow key moves the part at the caret, and keeps to days that exist', () => {
  const at = new Date(2027, 0, 31, 23, 58).getTime();
  const after = (caret: number, by: number): string =>
    dateTextOf(stepDate(at, 'date-time', caret, by).at, 'date-time');
  expect(after(1, 1)).toBe('01/02/2027 23:58');
  expect(after(4, 1)).toBe('28/02/2027 23:58');
  expect(after(8, -1)).toBe('31/01/2026 23:58');
  expect(after(12, 1)).toBe('01/02/2027 00:58');
  expect(after(16, 1)).toBe('01/02/2027 00:03');
  expect(stepDate(at, 'date', 14, 1)).toMatchObject({ start: 6, end: 10 });
});
