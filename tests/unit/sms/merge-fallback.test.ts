import { expect, it } from 'vitest';
import { suggestFallback } from '#shared/sms/merge-fallback.ts';

it.each([
  ['name', 'Dear {{নাম}}', 'Customer'],
  ['নাম', 'Dear {{নাম}}', 'Customer'],
  ['Name', 'প্রিয় {{Name}}', 'গ্রাহক'],
  ['নাম', '', 'গ্রাহক'],
  ['name', '', 'Customer'],
  ['Student_Name', 'প্রিয়', 'শিক্ষার্থী'],
  ['অভিভাবকের নাম', 'Dear', 'Guardian'],
  ['due date', 'Dear', null],
  ['number', 'Dear', null],
  ['constructor', '', null],
])('for %s in “%s”: %s', (name, text, fallback) => {
  expect(suggestFallback(name, text)).toBe(fallback);
});
