import { page, userEvent } from 'vitest/browser';
import { beforeAll, expect, test } from 'vitest';
import type { Plan } from '#shared/ipc/plan.ts';
import type { SeriesView } from '#shared/ipc/series.ts';
import OutboxPage from '../../../renderer/features/outbox/OutboxPage.svelte';
import { planFor } from '../compose/fixtures.ts';
import { series } from '../harness/outgoing.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';

const NOTHING = {
  ...{ running: [], held: [], scheduled: [], paused: [], ended: [] },
  sendings: { running: 0, held: 0, scheduled: 0, paused: 0, repeated: 0 },
  ...{ undecided: 0, checking: 0, waiting: 0 },
};

const refused = (code: string): SeriesView =>
  series(3, {
    name: 'Fees',
    state: 'waiting',
    trouble: { kind: 'refused', code, at: Date.now(), recipients: null },
  });

/** A plan to three people of whom two got the text from another sending ten minutes ago. */
function repeated(row: SeriesView, leaveOutRepeats: boolean): Plan {
  return planFor(row.request, {
    recipients: leaveOutRepeats ? 1 : 3,
    leftOutReasons: leaveOutRepeats ? [{ reason: 'repeat', count: 2 }] : [],
    warnings: [
      {
        ...{ kind: 'same-campaign', stops: !leaveOutRepeats, campaignId: 9, name: 'Fees by hand' },
        ...{ at: Date.now() - 600_000, overlap: 2, waiting: 0, closely: null },
      },
    ],
    repeated: 2,
    warningsKey: leaveOutRepeats ? '' : 'key',
  });
}

async function open(row: SeriesView, answers = {}) {
  const script = scriptedLink({
    'outbox.watch': () => feed(NOTHING).open(),
    'series.watch': () => feed([row]).open(),
    'series.planMissed': ({ leaveOutRepeats }: { leaveOutRepeats?: boolean }) =>
      repeated(row, leaveOutRepeats === true),
    'series.sendMissed': () => ({ campaignId: 12 }),
    ...answers,
  });
  return { script, ...(await mount(script, OutboxPage, { tab: 'series' })) };
}

beforeAll(() => page.viewport(1024, 640));

test('a series that stopped because people got the text says so, and sends it again only when that is chosen', async () => {
  const { screen, script, router } = await open(refused('same-campaign'));
  const skip = screen.getByRole('button', { name: 'Skip it and go on: Fees' });
  await expect.element(skip).toHaveClass(/primary/);
  expect(screen.getByText(/missed/).elements()).toEqual([]);
  await screen.getByRole('button', { name: 'Send this one now: Fees' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog.getByText(/2 of 3 people got “Fees by hand” 10 min/)).toBeVisible();
  await expect.element(dialog.getByRole('button', { name: 'Back' })).toHaveFocus();
  await expect.element(dialog.getByRole('radio', { checked: true })).not.toBeInTheDocument();
  const send = dialog.getByRole('button', { name: 'Send it now' });
  await expect.element(send).toBeDisabled();
  expect(dialog.getByText(/missed/).elements()).toEqual([]);
  await expectAccessible(document.body);
  await dialog.getByRole('radio', { name: 'Leave them out' }).click();
  await expect.element(dialog.getByText(/“Fees” goes to 1 person now/)).toBeVisible();
  await dialog.getByRole('radio', { name: 'Send it again to 2 people' }).click();
  await expect.element(dialog.getByText(/“Fees” goes to 3 people now/)).toBeVisible();
  await send.click();
  await expect.poll(() => router.current).toMatchObject({ name: 'campaign', id: 12 });
  expect(script.inputsOf('series.sendMissed')).toEqual([
    { space: 'real', id: 3, expectedRecipients: 3, accepted: ['same-campaign'], seen: 'key' },
  ]);
});

test('nobody left, or something else than was decided about, is said and asked again', async () => {
  const row = refused('same-person');
  const { screen, script } = await open(row, {
    'series.sendMissed': () => {
      throw refusal('WARNING_NOT_SEEN', { detail: 'same-campaign' });
    },
  });
  await screen.getByRole('button', { name: 'Send this one now: Fees' }).click();
  const dialog = screen.getByRole('dialog');
  const send = dialog.getByRole('button', { name: 'Send it now' });
  await dialog.getByRole('radio', { name: 'Send it again to 2 people' }).click();
  await send.click();
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('Something has come up since you looked');
  await expect.element(send).toBeDisabled();
  await expect.element(dialog.getByRole('radio', { checked: true })).not.toBeInTheDocument();
  script.answer('series.planMissed', () => ({ ...repeated(row, true), recipients: 0 }));
  await dialog.getByRole('radio', { name: 'Leave them out' }).click();
  await expect.element(dialog.getByText(/Nobody is left/)).toBeVisible();
  await expect.element(send).toBeDisabled();
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});

test('a time that was missed is called so, and goes on in spite of a low balance only when that is said', async () => {
  const row = { ...refused(''), trouble: { kind: 'overdue' as const, code: null, at: 1, recipients: null } };
  const money = { micros: 2_000_000, currency: 'BDT' as const };
  const { screen, script } = await open(row, {
    'series.planMissed': () =>
      planFor(row.request, {
        recipients: 3,
        warnings: [{ kind: 'balance', stops: true, missing: money, waiting: { ...money, micros: 0 } }],
        warningsKey: 'poor',
      }),
  });
  await screen.getByRole('button', { name: 'Send the missed one now: Fees' }).click();
  const dialog = screen.getByRole('dialog');
  const send = dialog.getByRole('button', { name: 'Send it now' });
  await expect.element(send).toBeDisabled();
  await dialog.getByRole('checkbox', { name: /^Send although/ }).click();
  await send.click();
  await expect
    .poll(() => script.inputsOf('series.sendMissed'))
    .toEqual([{ space: 'real', id: 3, expectedRecipients: 3, accepted: ['balance'], seen: 'poor' }]);
});
