import { page, userEvent } from 'vitest/browser';
import { beforeEach, expect, test, vi } from 'vitest';
import type { MessageRow } from '#shared/ipc/campaign-view.ts';
import type { MessageFilter, SyncView } from '#shared/ipc/messages.ts';
import MessagesPage from '../../../renderer/features/messages/MessagesPage.svelte';
import { message } from '../campaigns/fixtures.ts';
import { useWindowHeight } from '../campaigns/window-height.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, refusal, scriptedLink } from '../support/scripted-link.ts';

type Asked = { space: string; filter: MessageFilter; cursor?: string; limit: number };

const SYNC: SyncView = {
  running: false,
  lastReportPull: Date.now() - 120_000,
  lastLogSweep: Date.now() - 600_000,
  gaps: [],
  unreadable: 0,
  failed: null,
};

useWindowHeight();

beforeEach(async () => {
  await page.viewport(1024, 640);
});

/** An archive of messages, newest first, that a test can add to. */
function archive(count: number) {
  const rows: MessageRow[] = Array.from({ length: count }, (_, index) => message(count - index, 'delivered'));
  const list = ({ cursor, limit }: Asked) => {
    const start = cursor === undefined ? 0 : rows.findIndex((row) => String(row.id) === cursor) + 1;
    const part = rows.slice(start, start + limit);
    const last = part.at(-1);
    return { rows: part, ...(start + limit < rows.length && last ? { next: String(last.id) } : {}) };
  };
  return { rows, list };
}

async function opened(
  count = 40,
  answers: Parameters<typeof scriptedLink>[0] = {},
  props: { filter?: MessageFilter } = {},
) {
  const { rows, list } = archive(count);
  const changes = feed(1);
  const sync = feed(SYNC);
  const scripted = scriptedLink({
    'messages.list': list,
    'messages.count': () => ({ count: rows.length, capped: false }),
    'messages.changes': () => changes.open(),
    'messages.syncState': () => sync.open(),
    ...answers,
  });
  const mounted = await mount(scripted, MessagesPage, props);
  const asked = () => (scripted.inputsOf('messages.list') as Asked[]).at(-1)?.filter;
  return { ...mounted, scripted, rows, changes, sync, asked };
}

const viewportOf = (table: Element): HTMLElement =>
  table.querySelectorAll('[role="rowgroup"]')[1] as HTMLElement;

test('filters by words, number, sender, states and days, and clears them all', async () => {
  const { screen, asked } = await opened();
  await expect.element(screen.getByText('40 messages')).toBeVisible();
  await expectAccessible(document.body);
  await screen.getByRole('searchbox', { name: 'Search messages' }).fill('বিল');
  await vi.waitFor(() => expect(asked()).toEqual({ search: 'বিল' }));
  await screen.getByRole('textbox', { name: 'Number' }).fill('৫৬৭৮');
  await screen.getByRole('textbox', { name: 'Sender' }).fill('GVS');
  await vi.waitFor(() => expect(asked()).toEqual({ search: 'বিল', number: '৫৬৭৮', sender: 'GVS' }));
  await screen.getByRole('button', { name: 'Delivered' }).click();
  await screen.getByRole('button', { name: 'Rejected' }).click();
  await vi.waitFor(() => expect(asked()?.states).toEqual(['delivered', 'rejected']));
  await screen.getByRole('button', { name: '7 days' }).click();
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  midnight.setDate(midnight.getDate() - 6);
  await vi.waitFor(() => expect(asked()?.since).toBe(midnight.getTime()));
  await screen.getByLabelText('To day').fill('20/11/2026');
  await userEvent.keyboard('{Tab}');
  await vi.waitFor(() => expect(asked()?.until).toBe(new Date(2026, 10, 21).getTime()));
  await screen.getByRole('button', { name: 'Clear filters' }).click();
  await vi.waitFor(() => expect(asked()).toEqual({}));
});

test('scrolls through 700 messages with a bounded number of rows in the page', async () => {
  const { screen } = await opened(700);
  const table = screen.getByRole('table', { name: 'Messages' });
  await expect.element(table.getByText('+880 1710-000700')).toBeVisible();
  const viewport = viewportOf(table.element());
  await vi.waitFor(
    () => {
      viewport.scrollTop = viewport.scrollHeight;
      expect(table.getByText('+880 1710-000001').query()).not.toBeNull();
    },
    { timeout: 10_000 },
  );
  expect(viewport.querySelectorAll('[role="row"]').length).toBeLessThan(80);
  await vi.waitFor(
    () => {
      viewport.scrollTop = 0;
      expect(table.getByText('+880 1710-000700').query()).not.toBeNull();
    },
    { timeout: 10_000 },
  );
});

test('at the top new messages come in by themselves; further down they wait behind a button', async () => {
  const { screen, rows, changes } = await opened(300);
  const table = screen.getByRole('table', { name: 'Messages' });
  await expect.element(table.getByText('+880 1710-000300')).toBeVisible();
  rows.unshift(message(301, 'accepted'));
  changes.push(2);
  await expect.element(table.getByText('+880 1710-000301')).toBeVisible();

  const viewport = viewportOf(table.element());
  viewport.scrollTop = 900;
  await expect.element(table.getByText('+880 1710-000270')).toBeVisible();
  const place = viewport.scrollTop;
  rows.unshift(message(302, 'accepted'));
  changes.push(3);
  const button = screen.getByRole('button', { name: 'New messages' });
  await expect.element(button).toBeVisible();
  expect(viewport.scrollTop).toBe(place);
  await button.click();
  await expect.element(table.getByText('+880 1710-000302')).toBeVisible();
  await expect.element(button).not.toBeInTheDocument();
});

test('opens a message with its history, what to do, and the raw reports', async () => {
  const row = message(40, 'undeliverable', { statusId: 9, errorId: 27, errorName: 'EC_ABSENT_SUBSCRIBER' });
  const { screen } = await opened(40, {
    'messages.get': () => ({
      row,
      campaignName: 'Parents meeting',
      accountName: 'Practice',
      events: [
        { at: row.createdAt, state: 'uncertain', note: 'timeout' },
        { at: row.createdAt, state: 'accepted', note: 'found-in-log' },
      ],
      rawReports: [{ at: row.createdAt, source: 'report', json: '{\n  "status": 9\n}' }],
    }),
  });
  await screen.getByRole('row').nth(1).click();
  const panel = screen.getByRole('complementary', { name: 'Message details' });
  await expect.element(panel.getByRole('heading', { name: '+880 1710-000040' })).toBeVisible();
  await expect.element(panel).toHaveTextContent(/switched off/);
  await expect.element(panel).toHaveTextContent(/Send again later/);
  await expect.element(panel).toHaveTextContent(/no answer in time/);
  await expect.element(panel).toHaveTextContent(/found in the log/);
  await expect.element(panel).toHaveTextContent(/"status": 9/);
  await expectAccessible(document.body);
  await userEvent.keyboard('{Escape}');
  await expect.element(panel).not.toBeInTheDocument();
});

test('the details of a message that the gateway keeps say when it is planned for', async () => {
  const row = message(3, 'accepted', { sentAt: Date.now() + 3_600_000, doneAt: null });
  const { screen } = await opened(3, {
    'messages.get': () => ({ row, campaignName: null, accountName: '', events: [], rawReports: [] }),
  });
  await screen.getByRole('row').nth(1).click();
  const panel = screen.getByRole('complementary', { name: 'Message details' });
  await expect.element(panel.getByText('Planned for', { exact: true })).toBeVisible();
  await expect.element(panel.getByText('Handed over', { exact: true })).not.toBeInTheDocument();
});

test('leads from a message to what was said to the gateway about it', async () => {
  const { screen, router } = await opened(3, {
    'messages.get': () => ({
      row: message(3, 'delivered'),
      campaignName: null,
      accountName: '',
      events: [],
      rawReports: [],
    }),
  });
  await screen.getByRole('row').nth(1).click();
  await screen.getByRole('button', { name: 'Show request and answer' }).click();
  expect(router.current).toEqual({ name: 'settings', section: 'diagnostics', messageId: 3 });
});

test('copies the number of the opened message', async () => {
  const { screen } = await opened(3, {
    'messages.get': () => ({
      row: message(3, 'delivered'),
      campaignName: null,
      accountName: '',
      events: [],
      rawReports: [],
    }),
  });
  await screen.getByRole('row').nth(1).click();
  const copied = new Promise((resolve) => {
    addEventListener('copy', (event) => resolve(event.clipboardData?.getData('text/plain')), { once: true });
  });
  await screen.getByRole('button', { name: 'Copy number' }).click();
  await expect.element(screen.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await copied).toBe('8801710000003');
});

test('shows gaps as gaps, and checks now on request', async () => {
  const { screen, sync, scripted } = await opened(3, {
    'messages.sync': () => {
      throw refusal('GATEWAY_UNREACHABLE');
    },
  });
  await expect.element(screen.getByText('Reports 2 min ago')).toBeVisible();
  sync.push({ ...SYNC, gaps: [{ from: Date.UTC(2026, 10, 20), until: Date.UTC(2026, 10, 21) }] });
  await expect.element(screen.getByText('1 period is missing for good')).toBeVisible();
  await screen.getByRole('button', { name: 'Check now' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/The last check did not work/);
  expect(scripted.inputsOf('messages.sync')).toEqual([{ space: 'practice' }]);
});

test('tells an empty archive from a search without matches', async () => {
  const { screen, scripted } = await opened(0);
  await expect.element(screen.getByText('No messages yet')).toBeVisible();
  await screen.getByRole('searchbox', { name: 'Search messages' }).fill('zzz');
  await expect.element(screen.getByText('No message matches')).toBeVisible();
  scripted.answer('messages.list', () => {
    throw refusal('STORE_CORRUPT');
  });
  await screen.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect.element(screen.getByRole('alert')).toBeVisible();
});

test('starts with the filter it was opened with', async () => {
  const { screen, asked } = await opened(5, {}, { filter: { campaignId: 7, states: ['uncertain'] } });
  await vi.waitFor(() => expect(asked()).toEqual({ campaignId: 7, states: ['uncertain'] }));
  await expect
    .element(screen.getByRole('button', { name: 'Uncertain' }))
    .toHaveAttribute('aria-pressed', 'true');
  await expect.element(screen.getByText(/Only one campaign is shown/)).toBeVisible();
});
