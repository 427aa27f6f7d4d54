import { userEvent } from 'vitest/browser';
import { expect, test, vi } from 'vitest';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { DEFAULT_RULES, type Rules } from '#shared/rules/rules.ts';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { proposedTime } from '../../../renderer/features/compose/later-time.svelte.ts';
import { quickPicks, scheduleFault } from '../../../renderer/lib/schedule-rules.ts';
import { dateTextOf } from '../../../renderer/ui/date-text.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, PRACTICE_ACCOUNT, REST_CAPABILITIES } from '../support/scripted-link.ts';
import { planFor, script as office } from './fixtures.ts';

const DAY = 86_400_000;

function script(can: Partial<Capabilities> = {}, heldBy: 'here' | 'gateway' = 'gateway') {
  const account = {
    ...PRACTICE_ACCOUNT,
    path: { ...PRACTICE_ACCOUNT.path, capabilities: { ...REST_CAPABILITIES, ...can } },
  };
  return office({
    'accounts.watch': () => feed([account]).open(),
    'campaigns.plan': (request: SendRequest) =>
      planFor(request, { heldBy: request.sendAt === undefined ? null : heldBy }),
    'campaigns.send': () => ({ space: 'practice', id: 9, heldUntil: Date.now() + 10_000 }),
  });
}

async function written(scripted = script()) {
  const mounted = await mount(scripted, ComposePage, {});
  await mounted.screen.getByRole('textbox', { name: 'Recipients' }).fill('01712345678');
  await mounted.screen.getByRole('textbox', { name: 'Message' }).fill('Hello');
  return mounted;
}

const later = (screen: Awaited<ReturnType<typeof written>>['screen']) =>
  screen.getByRole('radiogroup', { name: 'When' }).getByRole('radio', { name: 'Later' });

test('a later time goes into the request, and the page says who keeps the messages', async () => {
  const scripted = script();
  const { screen, router } = await written(scripted);
  await later(screen).click();
  await screen.getByRole('combobox', { name: 'Time zone' }).click();
  await screen.getByRole('option', { name: 'Kolkata' }).click();
  const at = new Date(Date.now() + 2 * DAY).setUTCHours(14, 30, 0, 0);
  await screen
    .getByRole('textbox', { name: 'Send date and time' })
    .fill(dateTextOf(at, 'date-time', 'Asia/Kolkata'));
  await expect.element(screen.getByText(/you can switch this computer off/)).toBeVisible();
  await expect.element(screen.getByText(/by this computer’s clock/)).toBeVisible();
  await expectAccessible(document.body);

  await screen.getByRole('button', { name: /^Send 1 later, for practice/ }).click();
  const dialog = screen.getByRole('dialog', { name: 'Confirm sending' });
  await expect.element(dialog).toHaveTextContent(/at 20:00 \(Kolkata\)/);
  await expect.element(dialog).toHaveTextContent(/by this computer’s clock .*switch this computer off/);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  expect(scripted.inputsOf('campaigns.send')).toMatchObject([{ request: { sendAt: at } }]);
});

test('Later begins with the next quarter of an hour outside the quiet hours, so that the review stays', async () => {
  const scripted = script();
  const night = { from: '00:00', until: '23:40', zone: 'UTC' };
  scripted.answer('rules.get', () => ({ ...DEFAULT_RULES, quiet: { applies: 'all', ...night } }));
  const { screen } = await written(scripted);
  await expect.element(screen.getByRole('button', { name: /^Send 1 / })).toBeEnabled();
  await later(screen).click();
  await expect.element(screen.getByRole('button', { name: /^Send 1 later/ })).toBeEnabled();
  const { sendAt = 0 } = scripted.inputsOf('campaigns.plan').at(-1) as SendRequest;
  expect(new Date(sendAt).toISOString()).toMatch(/T23:45:00/);
  // Nobody wrote that hour: in another zone it is the same moment, not the same hour.
  await screen.getByRole('combobox', { name: 'Time zone' }).click();
  await screen.getByRole('option', { name: 'Dhaka' }).click();
  const field = screen.getByRole('textbox', { name: 'Send date and time' });
  await expect.element(field).toHaveValue(dateTextOf(sendAt, 'date-time', 'Asia/Dhaka'));

  // Without a time the numbers stay in view, and nothing can be sent.
  await field.fill('');
  const send = screen.getByRole('button', { name: /^Send later/ });
  await expect.element(send).toHaveAccessibleDescription(/Choose date and time, or Now/);
  await expect.element(send).toBeDisabled();
  await expect.element(screen.getByRole('region', { name: 'Review' })).toHaveTextContent(/People ?1/);
});

test('a proposed time is a full quarter of an hour, a quarter away at least', () => {
  const at = (time: string) => Date.parse(`2026-11-23T${time}Z`);
  const quiet = (change: Partial<Rules['quiet']>) => ({ quiet: { ...DEFAULT_RULES.quiet, ...change } });
  expect(proposedTime(at('06:00'), DEFAULT_RULES, null)).toBe(at('06:15'));
  expect(proposedTime(at('06:01'), DEFAULT_RULES, 'promotional')).toBe(at('06:30'));
  // 20:50 in Dhaka, where the quiet hours begin at nine and end at nine.
  expect(proposedTime(at('14:50'), DEFAULT_RULES, 'promotional')).toBe(Date.parse('2026-11-24T03:00Z'));
  expect(proposedTime(at('14:50'), DEFAULT_RULES, null)).toBe(at('15:15'));
  expect(proposedTime(at('14:50'), quiet({ applies: 'all', until: '09:10' }), null)).toBe(
    Date.parse('2026-11-24T03:15Z'),
  );
});

test('a time in the past or too far away is refused at the field and asks nobody', async () => {
  const scripted = script({}, 'here');
  const { screen } = await written(scripted);
  await later(screen).click();
  const field = screen.getByRole('textbox', { name: 'Send date and time' });
  await field.fill(dateTextOf(Date.now() - 3_600_000, 'date-time'));
  await expect.element(field).toHaveAccessibleDescription(/This time is over/);
  await field.fill(dateTextOf(Date.now() + 181 * DAY, 'date-time'));
  await expect.element(field).toHaveAccessibleDescription(/At most 180 days/);
  await field.fill('31/02/2027 10:00');
  await userEvent.tab();
  await expect.element(field).toHaveAccessibleDescription(/This is no date/);
  await expect.element(screen.getByRole('button', { name: /^Send later/ })).toBeDisabled();
  expect(
    (scripted.inputsOf('campaigns.plan') as SendRequest[])
      .map(({ sendAt = Date.now() + 1 }) => sendAt - Date.now())
      .filter((ahead) => ahead <= -60_000 || ahead > 180 * DAY),
  ).toEqual([]);
  await screen.getByRole('button', { name: 'Tomorrow 9 am' }).click();
  await expect
    .element(field)
    .toHaveValue(dateTextOf(new Date(Date.now() + DAY).setHours(9, 0, 0, 0), 'date-time'));
  await expect.element(screen.getByText(/it must be on and the program running/)).toBeVisible();
});

test('going back to Now sends at once', async () => {
  const scripted = script();
  const { screen } = await written(scripted);
  await later(screen).click();
  await screen.getByRole('button', { name: 'Next Sunday 9 am' }).click();
  await screen.getByRole('radio', { name: 'Now' }).click();
  await screen.getByRole('button', { name: /^Send 1 for practice/ }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(scripted.inputsOf('campaigns.send')).toHaveLength(1));
  const [order] = scripted.inputsOf('campaigns.send') as { request: SendRequest }[];
  expect(order?.request.sendAt).toBeUndefined();
});

test('options are offered only where the account can do them, and go along, seen at the last look', async () => {
  const scripted = script({ validity: false });
  const { screen } = await written(scripted);
  await screen.getByText('Options').click();
  await screen.getByRole('checkbox', { name: 'Flash message' }).click();
  expect(screen.getByRole('combobox', { name: 'Keep trying for' }).elements()).toHaveLength(0);
  await vi.waitFor(() =>
    expect((scripted.inputsOf('campaigns.plan') as SendRequest[]).at(-1)?.options).toEqual({ flash: true }),
  );
  await screen.getByRole('button', { name: /^Send 1 / }).click();
  await expect.element(screen.getByRole('dialog')).toHaveTextContent(/Flash message\s*yes/);
});

test('without any such ability there are no options', async () => {
  const { screen } = await written(script({ flash: false, validity: false }));
  await expect.element(screen.getByRole('button', { name: /^Send 1 / })).toBeEnabled();
  expect(screen.getByText('Options').elements()).toHaveLength(0);
});

test('quick picks are never in the past, and a Sunday offers the next one', () => {
  const sunday = new Date(2026, 10, 22, 21, 0).getTime();
  expect(quickPicks(sunday)).toEqual([
    { key: 'tomorrow', at: new Date(2026, 10, 23, 9).getTime() },
    { key: 'sunday', at: new Date(2026, 10, 29, 9).getTime() },
  ]);
  expect(scheduleFault(sunday + 180 * DAY, sunday)).toBeNull();
  expect(scheduleFault(sunday, sunday)).toBe('past');
});
