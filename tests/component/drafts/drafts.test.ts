import { expect, test, vi } from 'vitest';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { DraftContent, DraftView } from '#shared/ipc/drafts.ts';
import type { Recurrence } from '#shared/ipc/series.ts';
import { occurrencesAfter } from '#shared/rules/recurrence.ts';
import ComposeScreen from '../../../renderer/app/ComposeScreen.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, PRACTICE_ACCOUNT, REAL_ACCOUNT, refusal } from '../support/scripted-link.ts';
import { planFor, script } from '../compose/fixtures.ts';

const FEES = '11111111-1111-4111-8111-111111111111';
const MEETING = '22222222-2222-4222-8222-222222222222';

const view = (id: string, beginning: string, change: Partial<DraftView> = {}): DraftView => ({
  id,
  beginning,
  sources: 1,
  typed: 2,
  sendAt: null,
  createdAt: Date.now() - 7_200_000,
  changedAt: Date.now() - 3_600_000,
  ...change,
});

const content = (text: string): DraftContent => ({
  accountId: 'practice',
  sender: 'Practice',
  text,
  recipients: '01712345678',
  sources: [],
  when: 'now',
  sendAt: null,
  includeDead: false,
  emptyFields: 'block',
});

/** An engine that keeps drafts. */
function office(answers: Parameters<typeof script>[0] = {}) {
  const kept = new Map([
    [FEES, 'Fees are due'],
    [MEETING, 'Meeting on Sunday'],
  ]);
  const removed = new Map<string, string>();
  const rows = () => [...kept].map(([id, text]) => view(id, text));
  const total = feed({ total: kept.size });
  const scripted = script({
    'drafts.watch': () => total.open(),
    'drafts.list': ({ limit }: { limit: number }) => ({ rows: rows().slice(0, limit), total: kept.size }),
    'drafts.get': ({ id }: { id: string }) => {
      const text = kept.get(id);
      if (text === undefined) throw refusal('NOT_FOUND');
      return { id, content: content(text), changedAt: Date.now() };
    },
    'drafts.save': ({ id, content: { text } }: { id: string; content: DraftContent }) => {
      if (text === '') kept.delete(id);
      else kept.set(id, text);
      total.push({ total: kept.size });
      return { changedAt: Date.now() };
    },
    'drafts.remove': ({ id }: { id: string }) => {
      removed.set(id, kept.get(id) ?? '');
      kept.delete(id);
      total.push({ total: kept.size });
      return null;
    },
    'drafts.restore': ({ id }: { id: string }) => {
      kept.set(id, removed.get(id) ?? '');
      return view(id, removed.get(id) ?? '');
    },
    ...answers,
  });
  return { scripted, kept };
}

const message = (screen: Awaited<ReturnType<typeof mount>>['screen']) =>
  screen.getByRole('textbox', { name: 'Message', exact: true });

test('the last draft is open after a start; another message keeps it, and the list opens either', async () => {
  const { scripted, kept } = office();
  const { screen } = await mount(scripted, ComposeScreen, {});
  await expect.element(message(screen)).toHaveValue('Fees are due');
  await screen.getByRole('button', { name: 'New message' }).click();
  await expect.element(message(screen)).toHaveValue('');
  await message(screen).fill('Holiday tomorrow');
  await screen.getByRole('button', { name: 'Drafts (2)' }).click();
  const table = screen.getByRole('table', { name: 'Drafts' });
  await expect.element(table.getByRole('button', { name: 'Open Holiday tomorrow' })).toBeVisible();
  await expect.element(table).toHaveTextContent(/Open now/);
  await expect.element(table).toHaveTextContent(/1 group or person, 2 lines typed/);
  await expectAccessible(document.body);
  await table.getByRole('button', { name: 'Open Meeting on Sunday' }).click();
  await expect.element(message(screen)).toHaveValue('Meeting on Sunday');
  expect([...kept.values()]).toEqual(['Fees are due', 'Meeting on Sunday', 'Holiday tomorrow']);
});

test('a removed draft leaves the desk, and comes back with undo', async () => {
  const { scripted, kept } = office();
  const { screen } = await mount(scripted, ComposeScreen, {});
  await expect.element(message(screen)).toHaveValue('Fees are due');
  await screen.getByRole('button', { name: 'Drafts (2)' }).click();
  await screen.getByRole('button', { name: 'Remove Fees are due' }).click();
  await expect.element(message(screen)).toHaveValue('');
  await screen.getByRole('button', { name: 'Undo' }).click();
  await screen.getByRole('button', { name: 'Open Fees are due' }).click();
  await expect.element(message(screen)).toHaveValue('Fees are due');
  expect(kept.has(FEES)).toBe(true);
});

test('a message that went out is no draft any more', async () => {
  const { scripted, kept } = office({
    // The engine removes the draft in the commit that queues its message.
    'campaigns.send': (input: unknown) => {
      const { draftId } = input as { draftId: string };
      kept.delete(draftId);
      return { space: 'practice', id: 4, heldUntil: Date.now() + 10_000 };
    },
  });
  const { screen, router } = await mount(scripted, ComposeScreen, {});
  await screen.getByRole('button', { name: /^Send 1 / }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  await vi.waitFor(() => expect([...kept.keys()]).toEqual([MEETING]));
});

test('what is typed before the accounts are known becomes a draft of the right space', async () => {
  const { scripted } = office();
  const accounts = feed<unknown>(null);
  let isKnown = false;
  scripted.answer('accounts.watch', async function* () {
    for await (const event of accounts.open()) if (isKnown) yield event;
  });
  const { screen } = await mount(scripted, ComposeScreen, {});
  await message(screen).fill('Typed early');
  isKnown = true;
  accounts.push([PRACTICE_ACCOUNT]);
  await vi.waitFor(() =>
    expect(scripted.inputsOf('drafts.save')).toMatchObject([
      { space: 'practice', content: { text: 'Typed early' } },
    ]),
  );
  await expect.element(message(screen)).toHaveValue('Typed early');
});

test('practice and real work have desks of their own', async () => {
  const { scripted } = office({ 'drafts.list': () => ({ rows: [], total: 0 }) });
  const accounts = feed([REAL_ACCOUNT, PRACTICE_ACCOUNT]);
  scripted.answer('accounts.watch', () => accounts.open());
  const { screen, session } = await mount(scripted, ComposeScreen, {});
  await expect.element(screen.getByRole('combobox', { name: 'Sender' })).toHaveTextContent('GVSchool');
  await message(screen).fill('For real');
  session.select('practice');
  await expect.element(message(screen)).toHaveValue('');
  session.select(REAL_ACCOUNT.id);
  await expect.element(message(screen)).toHaveValue('For real');
  await vi.waitFor(() => expect(scripted.inputsOf('drafts.save')).toMatchObject([{ space: 'real' }]));
});

test('every choice comes back with a draft, and nothing is written anew by opening it', async () => {
  const chosen: DraftContent = {
    ...content('Fees are due'),
    leaveOutRepeats: true,
    zone: 'Asia/Dubai',
    repeat: {
      on: true,
      kind: 'weekly',
      every: '2',
      days: [1],
      day: '1',
      time: '9:30',
      from: '2026-11-02',
      endKind: 'times',
      until: null,
      times: '5',
    },
  };
  const { scripted } = office({
    'drafts.get': ({ id }: { id: string }) => ({ id, content: chosen, changedAt: Date.now() }),
    'series.preview': ({ recurrence, count }: { recurrence: Recurrence; count: number }) =>
      occurrencesAfter(recurrence, Date.now(), count),
  });
  const { screen } = await mount(scripted, ComposeScreen, {});
  await expect.element(screen.getByRole('radio', { name: 'Repeat' })).toBeChecked();
  await expect
    .element(screen.getByText('on Monday of every 2 weeks at 09:30, Dubai, 5 times in all'))
    .toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^Send to 1 each time/ })).toBeEnabled();
  expect(scripted.inputsOf('drafts.save')).toEqual([]);

  // Changed, everything else is kept with it.
  await message(screen).fill('Fees are due now');
  await vi.waitFor(() =>
    expect(scripted.inputsOf('drafts.save').at(-1)).toMatchObject({
      content: { ...chosen, text: 'Fees are due now' },
    }),
  );
  await screen.getByRole('radio', { name: 'Now' }).click();
  await vi.waitFor(() =>
    expect(scripted.inputsOf('campaigns.plan').at(-1)).toMatchObject({ leaveOutRepeats: true }),
  );
});

test('an unfinished repetition and leave to send in the quiet hours are kept as they are typed', async () => {
  const { scripted } = office({
    'drafts.list': () => ({ rows: [], total: 0 }),
    'campaigns.plan': (request: SendRequest) =>
      planFor(request, { warnings: [{ kind: 'quiet-hours', stops: false, at: Date.now() + 3_600_000 }] }),
  });
  const { screen } = await mount(scripted, ComposeScreen, {});
  const saved = () => scripted.inputsOf('drafts.save').at(-1);
  await screen.getByRole('textbox', { name: 'Recipients' }).fill('01712345678');
  await message(screen).fill('Fees are due');
  await screen.getByRole('radio', { name: 'Send during the quiet hours' }).click();
  await vi.waitFor(() => expect(saved()).toMatchObject({ content: { ignoreQuiet: true } }));
  await screen.getByRole('radio', { name: 'Repeat' }).click();
  await vi.waitFor(() =>
    expect(saved()).toMatchObject({ content: { repeat: { on: true, days: [], time: '10:00' } } }),
  );
});
