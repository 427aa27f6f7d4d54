import { expect, test } from 'vitest';
import ProgressBar from '../../../renderer/ui/ProgressBar.svelte';
import { roughly, shareDone } from '../../../renderer/features/campaigns/pace.ts';
import { segmentsOf } from '../../../renderer/features/campaigns/state-segments.ts';
import { MESSAGE_STATES } from '#shared/sms/message-state.ts';
import { mount } from '../support/mount.ts';
import { scriptedLink } from '../support/scripted-link.ts';

test('less than all is never 100 %, in words or in the bar', async () => {
  expect(shareDone({ done: 99_999, total: 100_000 })).toBe(0.99);
  expect(shareDone({ done: 100_000, total: 100_000 })).toBe(1);
  const { screen } = await mount(scriptedLink({}), ProgressBar, {
    label: 'Bar',
    value: 99_999,
    max: 100_000,
    segments: segmentsOf({ delivered: 99_999, queued: 1 }),
  });
  const bar = screen.getByRole('progressbar').element();
  const filled = [...bar.querySelectorAll('.segment')].at(-1)?.getBoundingClientRect().right ?? Infinity;
  expect(bar.getBoundingClientRect().right - filled).toBeGreaterThan(3);
});

test('the time left is told as roughly as it is known, and never too short', () => {
  expect([1, 61_000, 90_001, 600_001].map(roughly)).toEqual([5_000, 65_000, 120_000, 660_000]);
});

test('every state that is to be sent has its place in the bar or is its empty end', () => {
  const without = MESSAGE_STATES.filter((state) =>
    segmentsOf({ [state]: 1 }).every(({ value }) => value === 0),
  );
  expect(without).toEqual(['held', 'queued', 'submitting', 'cancelled', 'left-out']);
});
