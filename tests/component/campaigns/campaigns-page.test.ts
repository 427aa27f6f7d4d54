import { page } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import CampaignsPage from '../../../renderer/features/campaigns/CampaignsPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';
import { campaign } from './fixtures.ts';

const changes = () => feed(1).open();

test('lists campaigns with phase, people and cost, and opens one', async () => {
  await page.viewport(1024, 640);
  const rows = [
    campaign(),
    campaign({ id: 6, name: 'Fees', phase: 'finished', planned: 1240, charged: null }),
  ];
  const { screen, router } = await mount(
    scriptedLink({ 'campaigns.list': () => ({ rows }), 'messages.changes': changes }),
    CampaignsPage,
    {},
  );
  const row = screen.getByRole('row', { name: /Fees/ });
  await expect.element(row).toHaveTextContent(/Finished.*1,240.*about ৳4.20/);
  await expectAccessible(document.body);
  await row.click();
  await vi.waitFor(() => expect(router.current).toEqual({ name: 'campaign', space: 'practice', id: 6 }));
});

test('what was called off is neither finished nor has it an estimated cost', async () => {
  const over = { phase: 'finished', charged: null } as const;
  const rows = [
    campaign({ ...over, id: 8, name: 'Back', planned: 2, counts: { cancelled: 2 }, takenBack: true }),
    campaign({ ...over, id: 7, name: 'Off', planned: 2, counts: { cancelled: 1, 'left-out': 1 } }),
    campaign({ ...over, id: 6, name: 'Part', planned: 300, counts: { delivered: 5, cancelled: 295 } }),
  ];
  const { screen } = await mount(
    scriptedLink({ 'campaigns.list': () => ({ rows }), 'messages.changes': changes }),
    CampaignsPage,
    {},
  );
  const row = (name: RegExp) => screen.getByRole('row', { name });
  await expect.element(row(/Back/)).toHaveTextContent(/Undone.*Nothing was sent/);
  await expect.element(row(/Off/)).toHaveTextContent(/Cancelled.*Nothing was sent/);
  await expect.element(row(/Part/)).toHaveTextContent(/Cancelled.*300/);
  await expect.element(row(/Part/).getByRole('progressbar')).toHaveAttribute('aria-valuemax', '300');
  for (const one of [/Back/, /Off/, /Part/])
    await expect.element(row(one)).not.toHaveTextContent(/৳|Finished/);
});

test('teaches the next step when there are none', async () => {
  const { screen, router } = await mount(
    scriptedLink({ 'campaigns.list': () => ({ rows: [] }), 'messages.changes': changes }),
    CampaignsPage,
    {},
  );
  await expect.element(screen.getByText('Nothing has been sent yet')).toBeVisible();
  await screen.getByRole('button', { name: 'Write a message' }).click();
  expect(router.current.name).toBe('compose');
});

test('keeps the place of a failed list and reads it again on request', async () => {
  const scripted = scriptedLink({
    'campaigns.list': () => {
      throw refusal('UNEXPECTED', { incident: 'B7' });
    },
    'messages.changes': changes,
  });
  const { screen } = await mount(scripted, CampaignsPage, {});
  await expect.element(screen.getByText(/incident B7/)).toBeVisible();
  scripted.answer('campaigns.list', () => ({ rows: [campaign()] }));
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('row', { name: /Parents meeting/ })).toBeVisible();
});

test('refreshes while messages change', async () => {
  const ticks = feed(1);
  const scripted = scriptedLink({
    'campaigns.list': () => ({ rows: [campaign()] }),
    'messages.changes': () => ticks.open(),
  });
  const { screen } = await mount(scripted, CampaignsPage, {});
  await expect.element(screen.getByText('Sending', { exact: true })).toBeVisible();
  scripted.answer('campaigns.list', () => ({ rows: [campaign({ phase: 'awaiting-reports' })] }));
  ticks.push(2);
  await expect.element(screen.getByText('Awaiting reports')).toBeVisible();
});
