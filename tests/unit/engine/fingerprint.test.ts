import { expect, test } from 'vitest';
import { fingerprintOf } from '../../../main/engine/features/campaigns/fingerprint.ts';

test('words are the same in other letter case, blanks, and marks at the ends', () => {
  const same = [
    'School is closed.',
    ' school  IS\nclosed',
    'School is closed!!! 🙂',
    '“School is closed” ❤️',
  ];
  expect(new Set(same.map(fingerprintOf)).size).toBe(1);
  expect(fingerprintOf('কাল স্কুল বন্ধ।')).toBe(fingerprintOf('কাল স্কুল বন্ধ'));
});

test('other words, marks within them, fields and signs alone stay apart', () => {
  const apart = ['কি', 'ক', 'Closed at 1.30', 'Closed at 130', '{{name}}', 'name', '🙂', '👍', '!'];
  expect(new Set(apart.map(fingerprintOf)).size).toBe(apart.length);
});
