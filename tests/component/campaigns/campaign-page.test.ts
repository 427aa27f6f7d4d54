import { ORPCError } from '@orpc/client';
import { page, userEvent } from 'vitest/browser';
import { beforeEach, expect, test, vi } from 'vitest';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import CampaignPage from '../../../renderer/features/campaigns/CampaignPage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';
import { campaign, message, pages } from './fixtures.ts';
import { useWindowHeight } from './window-height.ts';

const ID = { space: 'practice', id: 7 } as const;

useWindowHeight();

beforeEach(async () => {
  await page.viewport(1024, 640);
});

async function opened(
  view: CampaignView,
  answers: Parameters<typeof scriptedLink>[0] = {},
  language: 'en' | 'bn' = 'en',
) {
  const head = feed(view);
  const scripted = scriptedLink({
    'campaigns.watch': () => head.open(),
    'campaigns.recipients': pages(12),
    ...answers,
  });
  const mounted = await mount(scripted, CampaignPage, { ...ID }, { language });
  await expect.element(mounted.screen.getByRole('heading', { name: view.name })).toBeVisible();
  return { ...mounted, scripted, head };
}

test('shows where it stands, how fast, for how long, and that the numbers add up', async () => {
  const { screen } = await opened(campaign({ partsMax: 2 }));
  await expect.element(screen.getByText('Message · Latin · 1–2 parts each')).toBeVisible();
  const bar = screen.getByRole('progressbar', { name: 'Sending progress' });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '10');
  await expect.element(bar).toHaveAttribute('aria-valuemax', '12');
  await expect.element(screen.getByText('4 a second')).toBeVisible();
  await expect.element(screen.getByText('about 1 min 5 s left')).toBeVisible();
  const line = screen.getByRole('group', { name: 'How the numbers add up' });
  await expect.element(line).toHaveTextContent(/12 planned\s*=\s*9 taken\s*\+\s*1 refused\s*\+\s*2 queued/);
  await expect.element(screen.getByText('৳4.20')).toBeVisible();
  await expect.element(screen.getByText('৳0.35 less')).toBeVisible();
  await expect.element(screen.getByText(/done about \d\d:\d\d/)).toBeVisible();
  await expect.element(screen.getByText('83%')).toBeVisible();
  await expect.element(screen.getByRole('table', { name: 'Recipients' })).toBeVisible();
  await expectAccessible(document.body);
});

test('takes it back while it is held and hands the content to Compose', async () => {
  const request = { accountId: 'practice', sender: 'Practice', text: 'Hi', recipients: '01712345678' };
  const { screen, router, scripted } = await opened(
    campaign({ phase: 'held', heldUntil: Date.now() + 8_000, counts: { held: 12 } }),
    { 'campaigns.undo': () => request },
  );
  await expect.element(screen.getByText(/Sending in [78] seconds/)).toBeVisible();
  await screen.getByRole('button', { name: 'Undo' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('compose'));
  const [{ draftId }] = scripted.inputsOf('campaigns.undo') as [{ draftId: string }];
  expect(draftId).toMatch(/^[\da-f-]{36}$/u);
  expect(router.current).toEqual({ name: 'compose', prefill: { ...request, draftId } });
});

test('says so when it was too late to undo', async () => {
  const { screen, router } = await opened(
    campaign({ phase: 'held', heldUntil: Date.now() + 500, counts: { held: 12 } }),
    {
      'campaigns.undo': () => {
        throw refusal('UNDO_TOO_LATE');
      },
    },
  );
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
  expect(router.current.name).not.toBe('campaign');
});

test('a number of the equation shows its messages, a chip adds a state, the total shows all', async () => {
  const { screen, scripted } = await opened(campaign());
  const asked = () => (scripted.inputsOf('campaigns.recipients') as { states?: string[] }[]).at(-1)?.states;
  await screen.getByRole('button', { name: '1 refused' }).click();
  await vi.waitFor(() => expect(asked()).toEqual(['refused']));
  await screen.getByRole('button', { name: 'Queued 2' }).click();
  await vi.waitFor(() => expect(asked()).toEqual(['refused', 'queued']));
  await screen.getByRole('button', { name: '12 planned' }).click();
  await vi.waitFor(() => expect(asked()).toBeUndefined());
});

test('rows follow the counts without a change of place', async () => {
  const { screen, scripted, head } = await opened(campaign({ planned: 300, counts: { queued: 300 } }), {
    'campaigns.recipients': pages(300),
  });
  const body = screen.getByRole('table', { name: 'Recipients' });
  await expect.element(body.getByText('+880 1710-000001')).toBeVisible();
  const viewport = body.element().querySelectorAll('[role="rowgroup"]')[1] as HTMLElement;
  viewport.scrollTop = 1600;
  await expect.element(body.getByText('+880 1710-000052')).toBeVisible();
  const before = viewport.scrollTop;
  scripted.answer('campaigns.recipients', ({ cursor, limit }: { cursor?: string; limit: number }) => {
    const read = pages(300)({ ...(cursor === undefined ? {} : { cursor }), limit });
    return { ...read, rows: read.rows.map((row) => ({ ...row, state: 'delivered' })) };
  });
  head.push(campaign({ planned: 300, counts: { delivered: 300 }, phase: 'finished' }));
  await vi.waitFor(() => {
    const states = [...viewport.querySelectorAll('.word')].map((word) => word.textContent);
    expect(states.length).toBeGreaterThan(3);
    expect(new Set(states)).toEqual(new Set(['Delivered']));
  });
  expect(viewport.scrollTop).toBe(before);
});

test('gives each reason in plain words, in both languages', async () => {
  const rows = [
    message(1, 'left-out', { msisdn: '', input: '01712', reason: 'too-short' }),
    message(2, 'rejected', { statusId: 10, statusName: 'REJECTED_DND' }),
    message(3, 'undeliverable', { errorId: 27, errorName: 'EC_ABSENT_SUBSCRIBER', statusId: 9 }),
    message(4, 'refused', { reason: 'Route not available' }),
  ];
  const answers = { 'campaigns.recipients': () => ({ rows }) };
  const english = await opened(campaign(), answers);
  const table = english.screen.getByRole('table', { name: 'Recipients' });
  await expect.element(table.getByText('01712', { exact: true })).toBeVisible();
  await expect.element(table.getByText('The number has too few digits.')).toBeVisible();
  await expect.element(table.getByText(/switched off/)).toBeVisible();
  await expect.element(table.getByText('Route not available')).toBeVisible();
  await english.screen.unmount();
  const bangla = await opened(campaign(), answers, 'bn');
  await expect.element(bangla.screen.getByText('নম্বরে অঙ্ক কম আছে।')).toBeVisible();
  await expect.element(bangla.screen.getByText(/ফোনটি বন্ধ/)).toBeVisible();
});

test('what the gateway keeps for later is planned, not sent', async () => {
  const later = new Date(Date.now() + 86_400_000);
  later.setHours(14, 5, 0, 0);
  const rows = [message(1, 'accepted', { sentAt: later.getTime(), doneAt: null }), message(2, 'accepted')];
  const { screen } = await opened(campaign(), { 'campaigns.recipients': () => ({ rows }) });
  const planned = screen.getByRole('row', { name: /1710-000001/ });
  await expect.element(planned.getByText(/^Planned for .*14:05$/)).toBeVisible();
  expect(planned.element().textContent.match(/14:05/g)).toHaveLength(1);
  await expect.element(screen.getByRole('row', { name: /1710-000002/ })).not.toHaveTextContent(/Planned/);
});

test('pauses, resumes and cancels the rest after asking', async () => {
  const { screen, scripted, head } = await opened(campaign(), {
    'campaigns.pause': () => null,
    'campaigns.resume': () => null,
    'campaigns.cancelRest': () => ({ cancelled: 2 }),
  });
  await screen.getByRole('button', { name: 'Pause' }).click();
  head.push(campaign({ phase: 'paused', pauseReason: 'credits' }));
  await expect.element(screen.getByText('Paused: the balance is used up')).toBeVisible();
  await screen.getByRole('button', { name: 'Resume' }).click();
  expect(scripted.inputsOf('campaigns.resume')).toEqual([ID]);
  await screen.getByRole('button', { name: 'Cancel the rest' }).click();
  const dialog = screen.getByRole('dialog', { name: 'Cancel the rest?' });
  await expect.element(dialog).toHaveTextContent(/2 messages that have not left will not be sent/);
  await userEvent.keyboard('{Escape}');
  expect(scripted.inputsOf('campaigns.cancelRest')).toEqual([]);
  await screen.getByRole('button', { name: 'Cancel the rest' }).click();
  await screen.getByRole('button', { name: 'Cancel 2 messages' }).click();
  await expect.element(screen.getByText('2 messages cancelled.')).toBeVisible();
});

test('asks for a decision on uncertain messages only when the log could not tell, and says what it means', async () => {
  const { screen, scripted, head } = await opened(campaign({ counts: { delivered: 10, uncertain: 2 } }), {
    'campaigns.settleUncertain': () => ({ settled: 2 }),
  });
  await expect.element(screen.getByText('Looking for 2 messages in the log')).toBeVisible();
  await expect.element(screen.getByText('10 of 12 handed over for certain, 2 uncertain')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Pause' }).elements()).toHaveLength(0);
  await expect.element(screen.getByRole('button', { name: 'Send again' })).not.toBeInTheDocument();
  head.push(campaign({ phase: 'review', counts: { delivered: 10, uncertain: 2 }, undecided: 2 }));
  await expect.element(screen.getByRole('button', { name: 'They did arrive' })).toBeVisible();
  await screen.getByRole('button', { name: 'Send again' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog).toHaveTextContent(/gets it twice, and it is charged twice/);
  await dialog.getByRole('button', { name: 'Send 2 messages again' }).click();
  await expect.element(screen.getByText('2 messages settled.')).toBeVisible();
  expect(scripted.inputsOf('campaigns.settleUncertain')).toEqual([{ ...ID, decision: 'send-again' }]);
});

test('a campaign that is not there leads back to the list', async () => {
  const scripted = scriptedLink({
    'campaigns.watch': () => {
      throw new ORPCError('NOT_FOUND');
    },
    'campaigns.recipients': () => ({ rows: [] }),
  });
  const { screen, router } = await mount(scripted, CampaignPage, { ...ID });
  await expect.element(screen.getByText('This campaign is not here')).toBeVisible();
  await screen.getByRole('button', { name: 'All campaigns' }).click();
  expect(router.current.name).toBe('campaigns');
});
