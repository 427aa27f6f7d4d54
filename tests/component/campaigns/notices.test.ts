import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import CampaignPage from '../../../renderer/features/campaigns/CampaignPage.svelte';
import { mount } from '../support/mount.ts';
import { feed, scriptedLink } from '../support/scripted-link.ts';
import { campaign, pages } from './fixtures.ts';

const ONE = { space: 'practice', id: 7 } as const;

async function opened(
  over: Parameters<typeof campaign>[0],
  answers: Parameters<typeof scriptedLink>[0] = {},
) {
  await page.viewport(1024, 640);
  const head = feed(campaign(over));
  const scripted = scriptedLink({
    'campaigns.watch': () => head.open(),
    'campaigns.recipients': pages(3),
    'campaigns.sourceChanges': () => [],
    ...answers,
  });
  const mounted = await mount(scripted, CampaignPage, { ...ONE });
  return { ...mounted, scripted, head };
}

test('quiet hours say until when, and are overridden only after a look at the numbers', async () => {
  const { screen, scripted } = await opened(
    {
      phase: 'quiet',
      counts: { queued: 12 },
      quietUntil: Date.UTC(2026, 10, 23, 3),
      quietZone: 'Asia/Dhaka',
      ratePerSecond: null,
    },
    { 'campaigns.ignoreQuiet': () => null },
  );
  await expect.element(screen.getByText(/^Quiet hours until .*09:00 \(Dhaka\)$/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Pause' })).toBeVisible();
  await screen.getByRole('button', { name: 'Send now all the same' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send in the quiet hours?' });
  await expect.element(dialog).toHaveAccessibleDescription(/^12 messages leave at once/);
  expect(scripted.inputsOf('campaigns.ignoreQuiet')).toEqual([]);
  await dialog.getByRole('button', { name: 'Send 12 messages now' }).click();
  await vi.waitFor(() => expect(scripted.inputsOf('campaigns.ignoreQuiet')).toEqual([ONE]));
  await expect.element(screen.getByText('It goes out now, in the quiet hours.')).toBeVisible();
});

test('the first few go ahead, and a refusal among them leads to the reason', async () => {
  const { screen, scripted, head } = await opened({
    planned: 200,
    counts: { submitting: 5, queued: 195 },
    canary: { size: 5, state: 'waiting' },
  });
  await expect.element(screen.getByText('The first 5 go ahead')).toBeVisible();
  await expect.element(screen.getByText(/^195 messages wait until/)).toBeVisible();
  const stopped = { planned: 200, counts: { accepted: 4, refused: 1, queued: 195 } };
  head.push(
    campaign({ ...stopped, phase: 'paused', pauseReason: 'canary', canary: { size: 5, state: 'stopped' } }),
  );
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/one of the first messages was refused/);
  await screen.getByRole('button', { name: 'Show what failed' }).click();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('campaigns.recipients').at(-1)).toMatchObject({
      states: ['refused', 'rejected', 'undeliverable', 'expired'],
    }),
  );
  head.push(campaign({ ...stopped, canary: { size: 5, state: 'passed' } }));
  await expect.element(screen.getByText('The first 5 were taken; the others follow.')).toBeVisible();
});

test('a group that changed since is told, and what this computer holds goes back to Compose', async () => {
  const request = { accountId: 'practice', sender: 'Practice', text: 'Hi', recipients: '' };
  const { screen, router } = await opened(
    {
      phase: 'scheduled',
      sendAt: Date.now() + 86_400_000,
      heldBy: 'here',
      counts: { held: 11, 'left-out': 1 },
    },
    {
      'campaigns.sourceChanges': () => [{ label: 'Class 6', added: 14, removed: 2 }],
      'campaigns.undo': () => request,
    },
  );
  await expect.element(screen.getByText('14 new people, 2 gone since it was planned')).toBeVisible();
  await screen.getByRole('button', { name: 'Take it back to Compose' }).click();
  await vi.waitFor(() => expect(router.current).toMatchObject({ name: 'compose', prefill: request }));
});

test('what the gateway holds already cannot be taken back whole', async () => {
  const { screen } = await opened(
    { phase: 'scheduled', sendAt: Date.now() + 86_400_000, heldBy: 'gateway', counts: { accepted: 12 } },
    { 'campaigns.sourceChanges': () => [{ label: 'Class 6', added: 1, removed: 0 }] },
  );
  await expect.element(screen.getByText('1 new person since it was planned')).toBeVisible();
  await expect.element(screen.getByText(/call it back and write it anew/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Take it back to Compose' }).elements()).toHaveLength(0);
});

test('an equation that does not hold is said loudly, a share of the bar shows its rows, the cost is explained', async () => {
  const { screen, scripted } = await opened({
    counts: { delivered: 6, accepted: 3, refused: 1, queued: 1 },
    equationHolds: false,
  });
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/12 planned, 11 found/);
  const legend = screen.getByRole('group', { name: 'What became of them' });
  await legend.getByRole('button', { name: 'Failed 1' }).click();
  const asked = () => scripted.inputsOf('campaigns.recipients').at(-1);
  await vi.waitFor(() =>
    expect(asked()).toMatchObject({ states: ['refused', 'rejected', 'undeliverable', 'expired'] }),
  );
  await expect.element(screen.getByText('Estimate of what is charged')).toBeVisible();
  await screen.getByRole('button', { name: 'Why it differs' }).click();
  const dialog = screen.getByRole('dialog');
  await expect
    .element(dialog.getByRole('row', { name: /Not charged, or not yet/ }))
    .toHaveTextContent(/no charge for these yet, .* the estimate of the others\.\s*−৳0\.70/);
  await expect
    .element(dialog.getByRole('row', { name: /Other parts or another price/ }))
    .toHaveTextContent('−৳0.35');
  await dialog.getByRole('button', { name: 'Queued 1' }).click();
  await vi.waitFor(() => expect(asked()).toMatchObject({ states: ['queued'] }));
  await screen.unmount();
  const unpriced = await opened({ estimated: null });
  await expect.element(unpriced.screen.getByText(/as no price was known when it was planned/)).toBeVisible();
});
