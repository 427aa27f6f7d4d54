import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { Recurrence } from '#shared/ipc/series.ts';
import { occurrencesAfter } from '#shared/rules/recurrence.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { quickPicks } from '../../../renderer/lib/schedule-rules.ts';
import { localZone } from '../../../renderer/lib/time-zones.ts';
import { wallTime } from '../../../renderer/lib/wall-time.ts';
import { zoneWord } from '../../../renderer/lib/zone-choices.ts';
import { dateTextOf, readDateText, stepDate } from '../../../renderer/ui/date-text.ts';
import { planFor, script as office } from '../compose/fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { refusal } from '../support/scripted-link.ts';

const begun = () => ({ id: 1 });

async function repeated(answers: Parameters<typeof office>[0] = {}) {
  const script = office({
    'series.preview': ({ recurrence, count }: { recurrence: Recurrence; count: number }) =>
      occurrencesAfter(recurrence, Date.now(), count),
    'series.create': begun,
    'drafts.remove': () => null,
    ...answers,
  });
  const mounted = await mount(script, ComposePage, {});
  await mounted.screen.getByRole('textbox', { name: 'Recipients' }).fill('01712345678');
  await mounted.screen.getByRole('textbox', { name: 'Message' }).fill('Fees are due.');
  await mounted.screen
    .getByRole('radiogroup', { name: 'When' })
    .getByRole('radio', { name: 'Repeat' })
    .click();
  const choose = async (day: string, look?: () => Promise<void>): Promise<void> => {
    await mounted.screen.getByRole('button', { name: 'Choose how often' }).click();
    const dialog = mounted.screen.getByRole('dialog', { name: 'How it is repeated' });
    await dialog.getByRole('button', { name: day }).click();
    await look?.();
    await dialog.getByRole('button', { name: 'Done' }).click();
  };
  return { script, choose, ...mounted };
}

test('a weekly sending needs a day, shows its next times, and is begun after the last look', async () => {
  const { screen, script, router, choose } = await repeated();
  const missing = 'Complete how it is repeated, or choose Now.';
  await expect.element(screen.getByRole('button', { name: /^Send/ })).toHaveAccessibleDescription(missing);
  await choose('Monday', async () => {
    const times = screen.getByRole('list', { name: 'Goes out' });
    await vi.waitFor(() => expect(times.getByText(/^Monday/).elements()).toHaveLength(5));
    // The page below, with everything complete, does not answer to its shortcut.
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(screen.getByRole('dialog', { name: 'Confirm repeated sending' }).elements()).toEqual([]);
    await expectAccessible(document.body);
  });
  await expect.element(screen.getByText(`every Monday at 10:00, ${zoneWord(localZone())}`)).toBeVisible();

  await screen.getByRole('button', { name: 'Send to 1 each time, for practice' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Confirm repeated sending' });
  await expect.element(dialog.getByRole('button', { name: 'Back' })).toHaveFocus();
  await expect.element(dialog).toHaveTextContent(/every Monday at 10:00, /);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current).toEqual({ name: 'outbox', tab: 'series' }));
  expect(script.inputsOf('campaigns.send')).toEqual([]);
  expect(script.inputsOf('series.create')).toMatchObject([
    {
      expectedRecipients: 1,
      request: { text: 'Fees are due.' },
      recurrence: { pattern: { kind: 'weekly', every: 1, days: [1] }, time: '10:00', zone: localZone() },
    },
  ]);
});

test('one zone holds for Later and Repeat, and for the next message', async () => {
  const { screen, script, choose } = await repeated();
  const when = screen.getByRole('radiogroup', { name: 'When' });
  await when.getByRole('radio', { name: 'Later' }).click();
  await screen.getByRole('combobox', { name: 'Time zone' }).click();
  await screen.getByRole('option', { name: 'Kolkata' }).click();
  const note = /in the zone chosen last, Kolkata; this computer’s is /;
  await expect.element(screen.getByText(note)).toBeVisible();
  await when.getByRole('radio', { name: 'Repeat' }).click();
  await choose('Monday', async () => {
    await expect.element(screen.getByRole('dialog').getByText(note)).toBeVisible();
  });
  await expect.element(screen.getByText('every Monday at 10:00, Kolkata')).toBeVisible();
  await screen.getByRole('button', { name: 'New message' }).click();
  await screen.getByRole('textbox', { name: 'Message' }).fill('Another one.');
  await vi.waitFor(() =>
    expect(script.inputsOf('drafts.save').at(-1)).toMatchObject({
      content: { text: 'Another one.', zone: 'Asia/Kolkata' },
    }),
  );
});

test('a big one asks for the number of people, and a lost answer keeps the token', async () => {
  const { screen, script, choose } = await repeated({
    'campaigns.plan': (request: SendRequest) => planFor(request, { needsTypedCount: true }),
    'series.create': () => {
      throw refusal('LINK_LOST');
    },
  });
  await choose('Friday');
  await screen.getByRole('button', { name: /^Send to 1/ }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog.getByRole('button', { name: 'Confirm' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Type the number of recipients' }).fill('১');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect.element(dialog.getByRole('alert')).toHaveTextContent(/begun once at most/);
  script.answer('series.create', begun);
  await dialog.getByRole('button', { name: 'Confirm again' }).click();
  await vi.waitFor(() => expect(script.inputsOf('series.create')).toHaveLength(2));
  const [first, second] = script.inputsOf('series.create') as { token: string; typedCount: number }[];
  expect(second).toEqual(first);
  expect(first?.typedCount).toBe(1);
});

test('going back to Now sends once', async () => {
  const { screen, script } = await repeated({
    'campaigns.send': () => ({ space: 'practice', id: 9, heldUntil: Date.now() + 10_000 }),
  });
  await screen.getByRole('radio', { name: 'Now' }).click();
  await screen.getByRole('button', { name: /^Send 1 for practice/ }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(script.inputsOf('campaigns.send')).toHaveLength(1));
  expect(script.inputsOf('series.create')).toEqual([]);
});

test('a written time means the clocks of the chosen zone, also when they are changed', () => {
  const before = Date.UTC(2027, 2, 1);
  /* New York skips 02:30 on 14 March 2027. */
  const skipped = readDateText('14/03/2027 02:30', 'date-time', before, 'America/New_York');
  expect(skipped).toBe(Date.UTC(2027, 2, 14, 7, 30));
  const dhaka = readDateText('14/03/2027 10:00', 'date-time', before, 'Asia/Dhaka');
  expect(dhaka).toBe(Date.UTC(2027, 2, 14, 4));
  expect(dateTextOf(dhaka ?? 0, 'date-time', 'America/New_York')).toBe('13/03/2027 23:00');
  expect(stepDate(dhaka ?? 0, 'date-time', 0, 1, 'America/New_York').at).toBe(Date.UTC(2027, 2, 15, 3));
  expect(quickPicks(Date.UTC(2026, 10, 23, 2), 'Asia/Dhaka')[0]).toEqual({
    key: 'tonight',
    at: Date.UTC(2026, 10, 23, 14),
  });
});

test('a time of day is read as people write it', () => {
  expect(['10:00', '৯.৩০', '8 pm', '12 am'].map(wallTime)).toEqual(['10:00', '09:30', '20:00', '00:00']);
  expect(['', '24:00', '13 pm', '9:61', 'noon'].map(wallTime)).toEqual([null, null, null, null, null]);
});
