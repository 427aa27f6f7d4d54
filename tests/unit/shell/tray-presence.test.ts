import { expect, it } from 'vitest';
import { hasTray } from '../../../main/shell/tray-presence.ts';

it.each([
  ['a tray that shows icons', '(<true>,)\n', true],
  ['a watcher with nobody to show them', '(<false>,)\n', false],
  ['no watcher, no bus, or no program to ask it', null, false],
])('on Linux with %s', async (_what, answer, there) => {
  expect(await hasTray('linux', async () => answer)).toBe(there);
});

it.each(['win32', 'darwin'] as const)('asks nobody on %s', async (platform) => {
  expect(await hasTray(platform, () => Promise.reject(new Error('asked')))).toBe(true);
});
