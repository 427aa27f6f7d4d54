import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { MESSAGE_STATES } from '#shared/sms/message-state.ts';
import { i18n } from '../../../renderer/i18n/i18n.svelte.ts';
import '../../../renderer/styles/index.css';
import StateBadge from '../../../renderer/ui/StateBadge.svelte';
import { STATE_LOOK } from '../../../renderer/ui/state-look.ts';

test('no two states have the same mark in the same colour', () => {
  const looks = MESSAGE_STATES.map((state) => `${STATE_LOOK[state].shape}/${STATE_LOOK[state].tone}`);
  expect(new Set(looks).size).toBe(MESSAGE_STATES.length);
});

test('shows count, word and explanation, and follows a change of language', async () => {
  i18n.use('en');
  const screen = await render(StateBadge, { state: 'uncertain', count: 1240 });
  await expect.element(screen.getByText('Uncertain')).toBeVisible();
  await expect.element(screen.getByText('1,240')).toBeVisible();
  await expect.element(screen.getByTitle(i18n.t.states.uncertain.explain)).toBeVisible();
  i18n.use('bn');
  await expect.element(screen.getByText('অনিশ্চিত')).toBeVisible();
  await expect.element(screen.getByText('১,২৪০')).toBeVisible();
  expect(document.documentElement.lang).toBe('bn');
});
