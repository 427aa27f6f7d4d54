import { expect, test, vi } from 'vitest';
import CampaignPage from '../../../renderer/features/campaigns/CampaignPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';
import { campaign, pages } from './fixtures.ts';

const AT = new Date(Date.now() + 3 * 86_400_000).setHours(9, 0, 0, 0);

async function open(over: Parameters<typeof campaign>[0], answers: Parameters<typeof scriptedLink>[0] = {}) {
  const script = scriptedLink({
    'campaigns.watch': () => feed(campaign({ ratePerSecond: null, timeLeft: null, ...over })).open(),
    'campaigns.recipients': pages(3),
    ...answers,
  });
  const { screen } = await mount(script, CampaignPage, { space: 'practice' as const, id: 7 });
  return { script, screen };
}

const SCHEDULED = {
  phase: 'scheduled',
  sendAt: AT,
  heldBy: 'gateway',
  planned: 12,
  counts: { accepted: 10, queued: 2 },
} as const;

test('a scheduled sending says when and who holds it, and what it can still do', async () => {
  const { screen, script } = await open(SCHEDULED, { 'campaigns.reschedule': () => null });
  await expect.element(screen.getByText(/^Goes out /)).toBeVisible();
  await expect.element(screen.getByText(/you can switch this computer off/)).toBeVisible();
  await expect.element(screen.getByText(/Nothing has gone to a phone yet/)).toBeVisible();
  await expect.element(screen.getByText('10 of 12 handed over to be sent later')).toBeVisible();
  await screen.getByRole('button', { name: 'Call it back' }).click();
  const back = screen.getByRole('dialog', { name: 'Call the sending back?' });
  await expect.element(back.getByRole('button', { name: 'Call back 12 messages' })).toBeVisible();
  await back.getByRole('button', { name: 'Leave it as it is' }).click();
  await expect.element(screen.getByRole('table').getByText('+880 1710-000001')).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Send now' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send now?' });
  await expect.element(dialog).toHaveAccessibleDescription(/^12 messages will go out at once/);
  await dialog.getByRole('button', { name: 'Send now' }).click();
  await expect.element(screen.getByText('It goes out now.')).toBeVisible();
  expect(script.inputsOf('campaigns.reschedule')).toEqual([{ space: 'practice', id: 7, sendAt: null }]);
});

test('says when it really goes: in the zone that was chosen, or when the quiet hours are over', async () => {
  const sendAt = Date.UTC(2026, 10, 29, 16, 30);
  const chosen = { sendAt, zone: 'Asia/Kolkata', phase: 'scheduled', heldBy: 'here' } as const;
  const first = await open({ ...chosen, counts: { held: 12 } });
  await expect.element(first.screen.getByText(/^Goes out Sunday.*22:00 \(Kolkata\)\.$/)).toBeVisible();
  await first.screen.getByRole('button', { name: 'Change time' }).click();
  await expect.element(first.screen.getByRole('textbox')).toHaveValue('29/11/2026 22:00');
  await expect
    .element(first.screen.getByText('The time is the one that clocks in Kolkata show.'))
    .toBeVisible();
  await first.screen.unmount();
  const quiet = { quietUntil: Date.UTC(2026, 10, 30, 3), quietZone: 'Asia/Dhaka' };
  const second = await open({ ...chosen, ...quiet, counts: { held: 12 } });
  await expect.element(second.screen.getByText(/^Goes out Monday.*09:00 \(Dhaka\)\.$/)).toBeVisible();
  await expect.element(second.screen.getByText(/22:00 \(Kolkata\), is in the quiet hours/)).toBeVisible();
  await second.screen.unmount();
  const held = { phase: 'held', heldUntil: Date.now() + 9_000, counts: { held: 12 } } as const;
  const third = await open({ ...held, ...quiet });
  await expect.element(third.screen.getByText(/^Can be undone for \d+ seconds$/)).toBeVisible();
  await expect.element(third.screen.getByText(/^Goes out Monday.*09:00 \(Dhaka\)\.$/)).toBeVisible();
  expect(third.screen.getByText(/^Sending in/).elements()).toHaveLength(0);
  await third.screen.unmount();
  const later = await open({ ...held, sendAt, heldBy: 'gateway' });
  await expect.element(later.screen.getByText(/Keep this computer on until MiM SMS has it/)).toBeVisible();
});

test('opens with the question for another time where that was asked for', async () => {
  const head = feed(campaign(SCHEDULED));
  const script = scriptedLink({
    'campaigns.watch': () => head.open(),
    'campaigns.recipients': pages(12),
    'campaigns.sourceChanges': () => [],
  });
  const { screen } = await mount(script, CampaignPage, {
    space: 'practice' as const,
    id: 7,
    asks: 'time' as const,
  });
  const dialog = screen.getByRole('dialog', { name: 'Send at another time' });
  await expect.element(dialog.getByRole('textbox')).not.toHaveValue('');
});

test('what is to go out now but has to wait for the end of the quiet hours says so', async () => {
  const { screen } = await open(SCHEDULED, { 'campaigns.reschedule': () => AT });
  await screen.getByRole('button', { name: 'Send now' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
  await expect.element(screen.getByText('It goes out when the quiet hours are over.')).toBeVisible();
  await screen.unmount();
  const head = feed(campaign({ ...SCHEDULED, heldBy: 'here', counts: { held: 12 } }));
  const here = await open({}, { 'campaigns.watch': () => head.open(), 'campaigns.reschedule': () => null });
  await here.screen.getByRole('button', { name: 'Send now' }).click();
  await here.screen.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
  await expect.element(here.screen.getByText('It goes out now.')).toBeVisible();
  head.push(campaign({ phase: 'quiet', counts: { queued: 12 }, quietUntil: AT, quietZone: 'Asia/Dhaka' }));
  await expect.element(here.screen.getByText('It goes out when the quiet hours are over.')).toBeVisible();
});

test('the time is changed in a dialog that stays open while the gateway refuses', async () => {
  const { screen, script } = await open(SCHEDULED, {
    'campaigns.reschedule': () => {
      throw refusal('GATEWAY_UNREACHABLE');
    },
  });
  await screen.getByRole('button', { name: 'Change time' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send at another time' });
  await dialog.getByRole('button', { name: 'Tomorrow 9 am' }).click();
  await dialog.getByRole('button', { name: 'Change time' }).click();
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(/cannot be reached/);
  script.answer('campaigns.reschedule', () => null);
  await dialog.getByRole('button', { name: 'Change time' }).click();
  await expect.element(screen.getByText('The time is changed.')).toBeVisible();
  expect(script.inputsOf('campaigns.reschedule')).toHaveLength(2);
});

test('a time that passed while the program was off asks what to do', async () => {
  const { screen } = await open({
    phase: 'paused',
    pauseReason: 'overdue',
    sendAt: Date.now() - 3_600_000,
    heldBy: 'here',
    counts: { queued: 12 },
  });
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/program was not running/);
  for (const name of ['Send now', 'Change time', 'Cancel the sending']) {
    await expect.element(screen.getByRole('button', { name })).toBeVisible();
  }
  await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Resume' }).elements()).toHaveLength(0));
});
