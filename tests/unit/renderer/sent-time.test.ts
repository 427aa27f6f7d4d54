import { expect, test } from 'vitest';
import { sentTimeOf } from '../../../renderer/lib/sent-time.ts';

const NOW = 1_790_000_000_000;
const LATER = NOW + 60_000;

test.each([
  { state: 'accepted', sentAt: LATER, expected: { sent: null, planned: LATER } },
  { state: 'uncertain', sentAt: LATER, expected: { sent: null, planned: LATER } },
  { state: 'accepted', sentAt: NOW, expected: { sent: NOW, planned: null } },
  { state: 'cancelled', sentAt: LATER, expected: { sent: null, planned: null } },
  { state: 'delivered', sentAt: LATER, expected: { sent: LATER, planned: null } },
  { state: 'queued', sentAt: null, expected: { sent: null, planned: null } },
] as const)('$state at $sentAt', ({ state, sentAt, expected }) => {
  expect(sentTimeOf({ state, sentAt }, NOW)).toEqual(expected);
});
