import { expect, it } from 'vitest';
import { bangla, english } from '../../../renderer/i18n/format.ts';

const AT = Date.UTC(2026, 10, 24, 3, 0);

it('writes a day with its hour as Bangla is written, in any zone', () => {
  expect(bangla.longDateTime(AT, 'Asia/Dhaka')).toBe('মঙ্গলবার ২৪ নভেম্বর, ০৯:০০');
  expect(english.longDateTime(AT, 'Asia/Dhaka')).toBe('Tuesday 24 November at 09:00');
});
