import { page, userEvent } from 'vitest/browser';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import type { OutboxView } from '#shared/ipc/outbox.ts';
import type { SeriesView } from '#shared/ipc/series.ts';
import OutboxPage from '../../../renderer/features/outbox/OutboxPage.svelte';
import type { OutboxTab } from '../../../renderer/lib/routes.ts';
import { campaign, message } from '../campaigns/fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, PRACTICE_ACCOUNT, REAL_ACCOUNT, scriptedLink } from '../support/scripted-link.ts';

const NOTHING: OutboxView = {
  running: [],
  held: [],
  scheduled: [],
  paused: [],
  ended: [],
  sendings: { running: 0, held: 0, scheduled: 0, paused: 0, repeated: 0 },
  undecided: 0,
  checking: 0,
  waiting: 0,
};

async function open(view: Partial<OutboxView>, answers = {}, tab?: OutboxTab) {
  const script = scriptedLink({
    'outbox.watch': () => feed({ ...NOTHING, ...view }).open(),
    ...answers,
  });
  return { script, ...(await mount(script, OutboxPage, { tab })) };
}

beforeAll(() => page.viewport(1024, 640));

const AT = new Date(2026, 10, 25, 10).getTime();

const SERIES: SeriesView = {
  id: 3,
  space: 'practice',
  name: 'Fees',
  request: { accountId: 'practice', sender: 'Practice', text: 'Fees are due.', recipients: '01712345678' },
  recurrence: {
    pattern: { kind: 'weekly', every: 1, days: [4, 1] },
    time: '10:00',
    zone: 'Asia/Dhaka',
    from: '2026-11-01',
    end: { kind: 'until', day: '2027-03-31' },
  },
  state: 'waiting',
  trouble: { kind: 'more-people', code: null, at: AT, recipients: 480 },
  nextAt: AT,
  expected: 320,
  sent: 2,
  lastCampaign: null,
  createdAt: AT - 86_400_000,
};

test('an empty outbox teaches the next step', async () => {
  const { screen, router } = await open({});
  await expect.element(screen.getByText('Nothing is on its way')).toBeVisible();
  await screen.getByRole('button', { name: 'Write a message' }).click();
  expect(router.current).toEqual({ name: 'compose' });
});

test('sendings are stopped, let go on, undone and cancelled in their rows', async () => {
  const held = campaign({ id: 1, name: 'Held one', phase: 'held', heldUntil: Date.now() + 60_000 });
  const paused = campaign({ id: 3, name: 'Empty purse', phase: 'paused', pauseReason: 'credits' });
  const { screen, script, router } = await open(
    { held: [held], running: [campaign({ id: 2, name: 'Going' })], paused: [paused], waiting: 2_796 },
    {
      'campaigns.pause': () => null,
      'campaigns.resume': () => null,
      'campaigns.cancelRest': () => ({ cancelled: 2 }),
      'campaigns.undo': () => ({ accountId: 'practice', sender: 'Practice', text: 'Hi', recipients: '1' }),
    },
  );
  await expect.element(screen.getByText('2,796 messages to go')).toBeVisible();
  await expect.element(screen.getByText(/seconds to undo/)).toBeVisible();
  await expect.element(screen.getByText(/The balance is used up/)).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Pause: Going' }).click();
  await screen.getByRole('button', { name: 'Resume: Empty purse' }).click();
  await screen.getByRole('button', { name: 'Cancel the rest: Going' }).click();
  expect(script.inputsOf('campaigns.cancelRest')).toEqual([]);
  await screen.getByRole('dialog').getByRole('button', { name: 'Cancel 2 messages' }).click();
  await expect.element(screen.getByText('2 messages cancelled.')).toBeVisible();
  expect(script.inputsOf('campaigns.pause')).toEqual([{ space: 'practice', id: 2 }]);
  expect(script.inputsOf('campaigns.resume')).toEqual([{ space: 'practice', id: 3 }]);
  await screen.getByRole('button', { name: 'Undo: Held one' }).click();
  await vi.waitFor(() => expect(router.current).toMatchObject({ name: 'compose', prefill: { text: 'Hi' } }));
});

test('buttons follow what there is to stop, and cancelling what there is to cancel', async () => {
  const checking = campaign({ id: 2, name: 'Looked up', planned: 3, counts: { uncertain: 3 } });
  const { screen } = await open({ running: [checking], checking: 3 });
  await expect.element(screen.getByText('3 being looked up in the log').first()).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Open: Looked up' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Pause: Looked up' }).elements()).toHaveLength(0);
  expect(screen.getByRole('button', { name: /^Cancel/ }).elements()).toHaveLength(0);
});

test('what is scheduled is told where nothing is on its way, and how much there is stands on the tabs', async () => {
  const { screen } = await open({
    scheduled: [campaign({ phase: 'scheduled', sendAt: AT, heldBy: 'gateway', counts: { accepted: 8 } })],
    sendings: { running: 0, held: 0, scheduled: 2, paused: 0, repeated: 3 },
    undecided: 1,
    checking: 2,
    waiting: 8,
  });
  await expect.element(screen.getByText('8 messages to go')).toBeVisible();
  await expect.element(screen.getByText(/^2 sendings are scheduled, the next one: .*10:00\.$/)).toBeVisible();
  for (const name of ['On its way', 'Calendar', 'Repeated (3)', 'Uncertain (3)'])
    await expect.element(screen.getByRole('tab', { name, exact: true })).toBeVisible();
  await screen.getByRole('button', { name: 'Show what is scheduled' }).click();
  await expect
    .element(screen.getByRole('tab', { name: 'Scheduled (2)' }))
    .toHaveAttribute('aria-selected', 'true');
});

test('what waits for its time says when it really goes, in the zone that counts', async () => {
  const quiet = campaign({
    id: 2,
    name: 'Offer',
    phase: 'quiet',
    planned: 12,
    counts: { queued: 12 },
    quietUntil: Date.UTC(2026, 10, 24, 3),
    quietZone: 'Asia/Dhaka',
  });
  const later = campaign({
    id: 3,
    name: 'Bill',
    phase: 'scheduled',
    sendAt: Date.UTC(2026, 10, 25, 6),
    zone: 'Asia/Kolkata',
    heldBy: 'gateway',
    planned: 12,
    counts: { accepted: 12 },
  });
  vi.setSystemTime(Date.UTC(2026, 10, 23, 3));
  onTestFinished(() => void vi.useRealTimers());
  const { screen, script } = await open(
    { scheduled: [quiet, later] },
    { 'campaigns.ignoreQuiet': () => null, 'campaigns.cancelRest': () => ({ cancelled: 12 }) },
    'planned',
  );
  await expect.element(screen.getByText(/^Tuesday.* 09:00 \(Dhaka\)$/)).toBeVisible();
  await expect.element(screen.getByText(/^Wednesday.* 11:30 \(Kolkata\)$/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Pause: Offer' })).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: 'Send now: Offer' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send in the quiet hours?' });
  await dialog.getByRole('button', { name: 'Send now' }).click();
  await vi.waitFor(() =>
    expect(script.inputsOf('campaigns.ignoreQuiet')).toEqual([{ space: 'practice', id: 2 }]),
  );
  await screen.getByRole('button', { name: 'Call back: Bill' }).click();
  const back = screen.getByRole('dialog', { name: 'Call the sending back?' });
  await expect.element(back).toHaveAccessibleDescription(/12 messages will be called back and not be sent/);
  await back.getByRole('button', { name: 'Call back 12 messages' }).click();
  await expect.element(screen.getByText('12 messages cancelled.')).toBeVisible();
});

test('what was done with lately stays with its three numbers and leads to its page', async () => {
  const ended = campaign({
    id: 9,
    name: 'Fees',
    phase: 'review',
    counts: { delivered: 6, accepted: 3, refused: 1, expired: 1, uncertain: 1 },
  });
  const cut = campaign({
    id: 10,
    name: 'Cut short',
    phase: 'finished',
    planned: 300,
    counts: { delivered: 5, cancelled: 295 },
  });
  const { screen, router } = await open({ ended: [ended, cut] });
  const group = screen.getByRole('region', { name: 'Just finished 2' });
  for (const number of ['9 sent', '2 failed', '1 uncertain'])
    await expect.element(group.getByText(number, { exact: true })).toBeVisible();
  await expect
    .element(group.getByRole('progressbar', { name: 'Progress of Cut short' }))
    .toHaveAttribute('aria-valuetext', '5 of 300 sent, 295 cancelled, ৳3.15 charged');
  await expect.element(screen.getByText('Nothing is on its way')).toBeVisible();
  await group.getByRole('button', { name: 'Open: Fees' }).click();
  expect(router.current).toEqual({ name: 'campaign', space: 'practice', id: 9 });
});

test('the uncertain ones open on those that there are', async () => {
  const { screen, script } = await open(
    { checking: 2 },
    { 'outbox.uncertain': () => ({ rows: [message(1, 'uncertain'), message(2, 'uncertain')] }) },
    'uncertain',
  );
  await expect
    .element(screen.getByRole('button', { name: /^Being looked up/ }))
    .toHaveAttribute('aria-pressed', 'true');
  await vi.waitFor(() => expect(script.inputsOf('outbox.uncertain')).toMatchObject([{ undecided: false }]));
});

test('uncertain messages are decided one by one or together, each campaign with its own call', async () => {
  const rows = [
    message(1, 'uncertain', { campaignId: 7 }),
    message(2, 'uncertain', { campaignId: 8 }),
    message(3, 'uncertain', { campaignId: 7 }),
  ];
  const { screen, script } = await open(
    { undecided: 3 },
    { 'outbox.uncertain': () => ({ rows }), 'campaigns.settleUncertain': () => ({ settled: 1 }) },
    'uncertain',
  );
  await screen.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
  await screen.getByRole('button', { name: 'Send again' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Send 3 messages again?' });
  await expect.element(dialog).toHaveAccessibleDescription(/gets it twice, and it is charged twice/);
  expect(script.inputsOf('campaigns.settleUncertain')).toEqual([]);
  await dialog.getByRole('button', { name: 'Send 3 messages again' }).click();
  await expect.element(screen.getByText('2 messages settled.')).toBeVisible();
  expect(script.inputsOf('campaigns.settleUncertain')).toEqual([
    { space: 'practice', id: 7, messageIds: [1, 3], decision: 'send-again' },
    { space: 'practice', id: 8, messageIds: [2], decision: 'send-again' },
  ]);
});

test('what is planned stands in its day, and the arrow keys go from day to day', async () => {
  const today = new Date().setHours(10, 0, 0, 0);
  const { screen, script, router } = await open(
    {},
    {
      'outbox.calendar': () => [
        { kind: 'campaign', at: today, id: 4, name: 'Bill', recipients: 320, phase: 'scheduled' },
      ],
    },
    'calendar',
  );
  const day = screen.getByRole('button', { name: /, 1 planned$/ });
  await expect.element(day).toHaveTextContent('Bill');
  const [asked] = script.inputsOf('outbox.calendar') as { from: number; until: number }[];
  expect((asked?.until ?? 0) - (asked?.from ?? 0)).toBeGreaterThan(40 * 86_400_000);
  await day.click();
  await userEvent.keyboard('{ArrowRight}{Enter}');
  await expect.element(screen.getByText('Nothing is planned for this day.')).toBeVisible();
  await userEvent.keyboard('{ArrowLeft}{Enter}');
  await expect.element(screen.getByRole('button', { name: /10:00 Bill/ })).toBeVisible();
  const height = () => screen.getByRole('grid').element().getBoundingClientRect().height;
  const before = height();
  await screen.getByRole('button', { name: 'Month after' }).click();
  await expect.element(screen.getByRole('button', { name: /10:00 Bill/ })).not.toBeInTheDocument();
  expect(screen.getByRole('grid').element().querySelectorAll('td')).toHaveLength(42);
  expect(height()).toBe(before);
  await screen.getByRole('button', { name: 'Month before' }).click();
  await screen.getByRole('button', { name: 'Today' }).click();
  await screen.getByRole('button', { name: /10:00 Bill/ }).click();
  expect(router.current).toEqual({ name: 'campaign', space: 'practice', id: 4 });
});

test('a series that stopped says why and asks before it sends to more people', async () => {
  const { screen, script } = await open(
    {},
    { 'series.watch': () => feed([SERIES]).open(), 'series.resume': () => ({ ...SERIES, state: 'active' }) },
    'series',
  );
  await expect
    .element(screen.getByText(/every Monday and Thursday at 10:00, Dhaka, until 31 March 2027/))
    .toBeVisible();
  await expect
    .element(screen.getByText(/would go to 480 people now; you confirmed 320 people/))
    .toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('button', { name: /^Accept 480 people/ }).click();
  expect(script.inputsOf('series.resume')).toEqual([]);
  await screen.getByRole('dialog').getByRole('button', { name: 'Accept and go on' }).click();
  await expect.element(screen.getByText('It goes on.')).toBeVisible();
  expect(script.inputsOf('series.resume')).toEqual([{ space: 'practice', id: 3, accept: true }]);
});

test('another time is asked for on the page of the sending, and an unknown password is called that', async () => {
  const scheduled = campaign({ id: 5, name: 'Bill', phase: 'scheduled', sendAt: AT, counts: { held: 12 } });
  const first = await open({ scheduled: [scheduled] }, {}, 'planned');
  await first.screen.getByRole('button', { name: 'Change time: Bill' }).click();
  expect(first.router.current).toEqual({ name: 'campaign', space: 'practice', id: 5, asks: 'time' });
  await first.screen.unmount();
  const stopped = campaign({ phase: 'paused', pauseReason: 'credentials', accountId: REAL_ACCOUNT.id });
  const { screen } = await open(
    { paused: [stopped] },
    {
      'accounts.watch': () => feed([PRACTICE_ACCOUNT, { ...REAL_ACCOUNT, secret: 'absent' as const }]).open(),
    },
  );
  await expect.element(screen.getByText(/password is not known since the restart/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Open Accounts' })).toBeVisible();
});

test('a sending that waits for its time is sent now only after the question', async () => {
  const row: CampaignView = campaign({
    id: 5,
    name: 'Bill',
    phase: 'scheduled',
    sendAt: AT,
    heldBy: 'here',
    planned: 12,
    counts: { queued: 12 },
  });
  const { screen, script } = await open(
    { scheduled: [row] },
    { 'campaigns.reschedule': () => null },
    'planned',
  );
  await screen.getByRole('button', { name: 'Send now: Bill' }).click();
  await screen.getByRole('dialog').getByRole('button', { name: 'Send now' }).click();
  await vi.waitFor(() =>
    expect(script.inputsOf('campaigns.reschedule')).toEqual([{ space: 'practice', id: 5, sendAt: null }]),
  );
});
