import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import CampaignPage from '../../../renderer/features/campaigns/CampaignPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';
import { campaign, pages } from './fixtures.ts';

function group(key: string, over: Partial<FailureGroup>): FailureGroup {
  return {
    key,
    state: 'undeliverable',
    reason: null,
    statusId: null,
    statusName: null,
    errorId: null,
    errorName: null,
    permanence: 'temporary',
    messages: 37,
    parts: 74,
    cost: { micros: 25_900_000, currency: 'BDT' },
    charged: null,
    ...over,
  };
}

const OFF = group('off', { errorId: 27, errorName: 'EC_ABSENT_SUBSCRIBER' });
const UNKNOWN = group('unknown', {
  state: 'no-final-report',
  permanence: 'unknown',
  messages: 3,
  parts: 6,
  cost: { micros: 2_100_000, currency: 'BDT' },
});
const DND = group('dnd', {
  state: 'rejected',
  statusId: 10,
  statusName: 'REJECTED_DND',
  permanence: 'permanent',
  messages: 5,
  parts: 10,
  cost: { micros: 3_500_000, currency: 'BDT' },
});

async function opened(answers: Parameters<typeof scriptedLink>[0], language: 'en' | 'bn' = 'en') {
  await page.viewport(1024, 640);
  const scripted = scriptedLink({
    'campaigns.watch': () =>
      feed(
        campaign({ space: 'real', phase: 'finished', counts: { delivered: 1, refused: 11 }, failed: 45 }),
      ).open(),
    'campaigns.recipients': pages(3),
    'campaigns.failures': () => [DND, UNKNOWN, OFF],
    ...answers,
  });
  const mounted = await mount(scripted, CampaignPage, { space: 'real' as const, id: 7 }, { language });
  return { ...mounted, scripted };
}

test('says what is in the way, and sends all the same on the second press', async () => {
  const { screen, scripted } = await opened({
    'campaigns.retry': () => {
      throw refusal('WARNING_NOT_SEEN', { detail: 'over-cap', limit: 37, actual: 20 });
    },
  });
  await screen.getByRole('button', { name: 'Retry failed' }).click();
  const dialog = screen.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Send 37 again/ }).click();
  await expect.element(dialog).toHaveTextContent(/Only 20 of them go/);
  scripted.answer('campaigns.retry', () => ({ id: 8, heldUntil: Date.now() + 10_000 }));
  await dialog.getByRole('button', { name: /^Send 37 again/ }).click();
  await vi.waitFor(() => expect(scripted.inputsOf('campaigns.retry')).toHaveLength(2));
  expect(scripted.inputsOf('campaigns.retry')[1]).toMatchObject({ accepted: ['over-cap'] });
});

test('says what is known of help and charge, and shows what has the same words as one line', async () => {
  const cost = { micros: 700_000, currency: 'BDT' };
  const same = { permanence: 'temporary', messages: 1, parts: 2, cost } as const;
  const { screen, scripted } = await opened({
    'campaigns.failures': () => [
      group('sm', { ...same, errorId: 6, errorName: 'EC_ABSENT_SUBSCRIBER_SM', charged: cost }),
      group('abs', { ...same, errorId: 27, errorName: 'EC_ABSENT_SUBSCRIBER', charged: cost }),
      group('dnd', { state: 'refused', statusId: 10, permanence: 'permanent', ...{ messages: 5, parts: 5 } }),
      group('gone', { errorId: 1, permanence: 'permanent', messages: 2, parts: 2 }),
    ],
    'campaigns.retry': () => ({ id: 8, heldUntil: Date.now() }),
  });
  await screen.getByRole('button', { name: 'Retry failed' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send again what failed' });
  const boxes = dialog.getByRole('checkbox');
  await expect.element(boxes.nth(0)).toBeChecked();
  expect(boxes.elements()).toHaveLength(3);
  await expect
    .element(boxes.nth(0))
    .toHaveAccessibleDescription(/can help\. The first attempt cost ৳1\.40\./);
  await expect
    .element(boxes.nth(1))
    .toHaveAccessibleDescription(
      /refuse it again, and a refusal costs nothing\. The first attempt was not charged/,
    );
  await expect
    .element(boxes.nth(2))
    .toHaveAccessibleDescription(/hardly help\. The first attempt may have been charged/);
  await boxes.nth(0).click();
  await expect.element(dialog.getByRole('button', { name: 'Choose what to send again' })).toBeDisabled();
  await boxes.nth(0).click();
  await dialog.getByRole('button', { name: 'Send 2 again (4 parts, ৳1.40)' }).click();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('campaigns.retry')).toMatchObject([
      { keys: ['sm', 'abs'], expectedRecipients: 2 },
    ]),
  );
});

test('chooses what may pass, says what will hardly help, and goes to the new sending', async () => {
  const { screen, scripted, router } = await opened({
    'campaigns.retry': () => ({ id: 8, heldUntil: Date.now() }),
  });
  await screen.getByRole('button', { name: 'Retry failed' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send again what failed' });
  const boxes = dialog.getByRole('checkbox');
  await expect.element(boxes.nth(0)).toBeChecked();
  await expect.element(boxes.nth(0)).toHaveAccessibleName(/switched off/);
  await expect.element(boxes.nth(1)).not.toBeChecked();
  await expect.element(boxes.nth(2)).not.toBeChecked();
  await expect.element(boxes.nth(2)).toHaveAccessibleDescription(/sending again will hardly help/);
  await expect
    .element(dialog.getByRole('button', { name: 'Send 37 again (74 parts, ৳25.90)' }))
    .toBeEnabled();
  await expectAccessible(document.body);
  await boxes.nth(1).click();
  await dialog.getByRole('button', { name: 'Send 40 again (80 parts, ৳28.00)' }).click();
  await vi.waitFor(() => expect(router.current).toEqual({ name: 'campaign', space: 'real', id: 8 }));
  expect(scripted.inputsOf('campaigns.retry')).toMatchObject([
    { space: 'real', id: 7, keys: ['off', 'unknown'], expectedRecipients: 40 },
  ]);
});

test('asks for the number when the engine wants it, and a lost answer is asked again under the same token', async () => {
  const { screen, scripted } = await opened({
    'campaigns.retry': () => {
      throw refusal('CONFIRMATION_NEEDED', { actual: 37 });
    },
  });
  await screen.getByRole('button', { name: 'Retry failed' }).click();
  const send = screen.getByRole('button', { name: /^Send 37 again/ });
  await send.click();
  const field = screen.getByRole('textbox', { name: 'Type the number of recipients' });
  await expect.element(field).toBeVisible();
  await expect.element(send).toBeDisabled();
  await field.fill('37');
  scripted.answer('campaigns.retry', () => {
    throw refusal('LINK_LOST');
  });
  await send.click();
  await expect.element(screen.getByText(/nothing is sent twice/)).toBeVisible();
  await send.click();
  const asked = scripted.inputsOf('campaigns.retry') as { token: string; typedCount?: number }[];
  expect(asked.map(({ typedCount }) => typedCount)).toEqual([undefined, 37, 37]);
  expect(new Set(asked.map(({ token }) => token)).size).toBe(1);
});

test('shows the new numbers when something changed meanwhile, and sends nothing', async () => {
  const { screen, scripted, router } = await opened({
    'campaigns.retry': () => {
      throw refusal('PLAN_CHANGED');
    },
  });
  await screen.getByRole('button', { name: 'Retry failed' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 37 again/ })).toBeEnabled();
  scripted.answer('campaigns.failures', () => [{ ...OFF, messages: 36, parts: 72, cost: null }, DND]);
  await screen.getByRole('button', { name: /^Send 37 again/ }).click();
  await expect.element(screen.getByText(/Meanwhile something changed/)).toBeVisible();
  const send = screen.getByRole('button', { name: 'Send 36 again (72 parts)' });
  await expect.element(send).toBeEnabled();
  scripted.answer('campaigns.retry', () => {
    throw refusal('NOTHING_TO_SEND');
  });
  await send.click();
  await expect
    .element(screen.getByRole('dialog').getByRole('alert'))
    .not.toHaveTextContent(/something changed/);
  expect(router.current.name).not.toBe('campaign');
});

test('a sending that repeats leads back to the one that it repeats, and that one to it, with counts', async () => {
  const retries = [{ id: 12, createdAt: Date.now(), messages: 37 }];
  const { screen, router } = await opened({
    'campaigns.watch': ({ id }: { id: number }) =>
      feed(id === 7 ? campaign({ retryOf: 3, retries }) : campaign({ id: 3, name: 'Fees of May' })).open(),
  });
  await expect.element(screen.getByText('· 12 messages')).toBeVisible();
  await screen.getByRole('button', { name: /^37 messages, / }).click();
  expect(router.current).toMatchObject({ name: 'campaign', id: 12 });
  await screen.getByRole('button', { name: 'Sends again what failed in Fees of May' }).click();
  await vi.waitFor(() => expect(router.current).toMatchObject({ name: 'campaign', id: 3 }));
});
