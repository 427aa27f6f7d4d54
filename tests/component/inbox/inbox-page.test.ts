import { expect, test, vi } from 'vitest';
import type { SendRequest } from '#shared/ipc/plan.ts';
import InboxPage from '../../../renderer/features/inbox/InboxPage.svelte';
import { planFor } from '../compose/fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { conversation, inboxHead, thread } from '../support/samples.ts';
import { feed, REAL_ACCOUNT, refusal, scriptedLink } from '../support/scripted-link.ts';

type Order = { request: SendRequest; token: string; expectedParts: number };

const OTHER = conversation({ partner: '8801812345679', lastText: 'ধন্যবাদ', unread: 0 });

function script(answers: Parameters<typeof scriptedLink>[0] = {}) {
  return scriptedLink({
    'inbox.head': () => feed(inboxHead()).open(),
    'inbox.conversations': () => ({ rows: [conversation(), OTHER] }),
    'inbox.thread': () => ({ rows: thread(3) }),
    'inbox.markRead': () => null,
    'messages.changes': () => feed(0).open(),
    'campaigns.plan': (request: SendRequest) => planFor(request),
    ...answers,
  });
}

async function opened(scripted = script()) {
  const { screen, router } = await mount(scripted, InboxPage, {});
  await screen.getByRole('row', { name: /1712-345678/ }).click();
  await expect.element(screen.getByText('Question 3')).toBeVisible();
  return { screen, router, scripted };
}

test('a conversation opens with the keyboard, oldest message first, and counts as read', async () => {
  const scripted = script();
  const { screen } = await mount(scripted, InboxPage, {});
  const row = screen.getByRole('row', { name: /1712-345678.*1 unread/ });
  await expect.element(row).toBeVisible();
  (row.element() as HTMLElement).focus();
  row.element().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  await expect.element(screen.getByText('Question 3')).toBeVisible();
  const texts = screen
    .getByRole('region', { name: 'Conversation with +880 1712-345678' })
    .getByRole('listitem')
    .elements()
    .map((one) => one.querySelector('.text')?.textContent);
  expect(texts).toEqual(['Question 1', 'Answer 2', 'Question 3']);
  expect(scripted.inputsOf('inbox.markRead')).toEqual([
    { space: 'practice', partner: '8801712345678', read: true },
  ]);
  await expectAccessible(document.body);
});

test('a reply carries its cost, is sent once for a double press, and can be undone', async () => {
  const { screen, scripted } = await opened(
    script({
      'campaigns.send': () => ({ space: 'practice', id: 12, heldUntil: Date.now() + 10_000 }),
      'campaigns.undo': () => ({}),
    }),
  );
  const box = screen.getByRole('textbox', { name: 'Reply' });
  await box.fill('Yes, at ten.');
  const send = screen.getByRole('button', { name: 'Send for practice (1 part, ৳0.35)' });
  await send.dblClick();
  await expect.element(box).toHaveValue('');
  const [order, second] = scripted.inputsOf('campaigns.send') as Order[];
  expect(second).toBeUndefined();
  expect(order).toMatchObject({
    request: {
      accountId: 'practice',
      recipients: '8801712345678',
      text: 'Yes, at ten.',
      sender: '8801700000000',
    },
    expectedRecipients: 1,
    expectedParts: 1,
  });
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(box).toHaveValue('Yes, at ten.');
  expect(scripted.inputsOf('campaigns.undo')).toEqual([{ space: 'practice', id: 12 }]);
});

test('a reply of unknown fate is sent again with the same token', async () => {
  const { screen, scripted } = await opened(
    script({
      'campaigns.send': () => {
        throw refusal('LINK_LOST');
      },
    }),
  );
  await screen.getByRole('textbox', { name: 'Reply' }).fill('Yes');
  const send = screen.getByRole('button', { name: /^Send for practice \(1 part/ });
  await send.click();
  await expect.element(screen.getByText(/goes once at most/)).toBeVisible();
  await send.click();
  await vi.waitFor(() => expect(scripted.inputsOf('campaigns.send')).toHaveLength(2));
  const tokens = (scripted.inputsOf('campaigns.send') as Order[]).map((order) => order.token);
  expect(new Set(tokens).size).toBe(1);
});

test('what stops a reply is shown in its box and can be accepted for these very words', async () => {
  const latestAt = Date.now() - 2 * 60_000;
  const repeat = {
    kind: 'same-campaign' as const,
    campaignId: 9,
    name: 'Yes',
    at: latestAt,
    overlap: 1,
    waiting: 0,
  };
  let stops = false;
  const { screen, scripted } = await opened(
    script({
      'campaigns.plan': (request: SendRequest) =>
        planFor(request, {
          warnings: [{ ...repeat, stops, closely: { people: 1, latestAt } }],
          warningsKey: stops ? 'key' : '',
          needsTypedCount: true,
        }),
      'campaigns.send': () => {
        scripted.answer('campaigns.send', () => ({
          space: 'practice',
          id: 12,
          heldUntil: Date.now() + 10_000,
        }));
        stops = true;
        throw refusal('WARNING_NOT_SEEN', { detail: 'same-campaign' });
      },
    }),
  );
  const box = screen.getByRole('textbox', { name: 'Reply' });
  await box.fill('Yes');
  const send = screen.getByRole('button', { name: /^Send for practice/ });
  const found = screen.getByRole('group', { name: 'Look at this first' });
  // An answer that repeats what was said before is nothing to ask about.
  await expect.element(send).toBeEnabled();
  expect(found.elements()).toHaveLength(0);
  await send.click();
  await expect.element(found).toHaveTextContent(/Something has come up/);
  await expect.element(found).toHaveTextContent(/1 of 1 person got “Yes” 2 min ago, word for word/);
  await expect.element(send).toBeDisabled();
  const accept = found.getByRole('checkbox', { name: 'Send it all the same' });
  await accept.click();
  await expect.element(send).toBeEnabled();
  await box.fill('Yes, do');
  await expect.element(accept).not.toBeChecked();
  await expect.element(send).toBeDisabled();
  await accept.click();
  await expectAccessible(document.body);
  await send.click();
  await expect.element(box).toHaveValue('');
  expect(scripted.inputsOf('campaigns.send').at(-1)).toMatchObject({
    request: { isAnswer: true, text: 'Yes, do' },
    accepted: ['same-campaign'],
    seen: 'key',
    typedCount: 1,
  });
});

test('a name cannot be answered', async () => {
  const scripted = script({
    'inbox.conversations': () => ({ rows: [conversation({ partner: 'bKash' })] }),
  });
  const { screen } = await mount(scripted, InboxPage, {});
  await screen.getByRole('row', { name: /bKash/ }).click();
  await expect.element(screen.getByText(/cannot be answered/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'Reply' }).elements()).toHaveLength(0);
});

test('searches, shows unread ones only, and checks now', async () => {
  const scripted = script({ 'inbox.fetch': () => ({ received: 2, failed: null }) });
  const { screen } = await mount(scripted, InboxPage, {});
  await expect.element(screen.getByRole('row', { name: /1812-345679/ })).toBeVisible();
  await screen.getByRole('button', { name: /^Unread/ }).click();
  await screen.getByRole('searchbox', { name: 'Search conversations' }).fill('০১৭');
  await vi.waitFor(() =>
    expect(scripted.inputsOf('inbox.conversations').at(-1)).toMatchObject({
      search: '০১৭',
      unreadOnly: true,
    }),
  );
  await screen.getByRole('button', { name: 'Check now' }).click();
  await expect.element(screen.getByText('2 new messages.')).toBeVisible();
});

test('what comes in shows by itself', async () => {
  const head = feed(inboxHead());
  const scripted = script({ 'inbox.head': () => head.open() });
  const { screen } = await mount(scripted, InboxPage, {});
  await expect.element(screen.getByRole('row', { name: /1812-345679/ })).toBeVisible();
  scripted.answer('inbox.conversations', () => ({
    rows: [conversation({ partner: '8801512345670', lastText: 'New!' }), conversation(), OTHER],
  }));
  head.push(inboxHead({ unread: 2, conversations: 3 }));
  await expect.element(screen.getByRole('row', { name: /1512-345670/ })).toBeVisible();
});

test('what comes into the open conversation is shown and counts as read', async () => {
  const head = feed(inboxHead());
  let unread = 1;
  const { screen, scripted } = await opened(
    script({
      'inbox.head': () => head.open(),
      'inbox.conversations': () => ({ rows: [conversation({ unread }), OTHER] }),
      'inbox.markRead': () => {
        unread = 0;
        return null;
      },
    }),
  );
  await vi.waitFor(() => expect(scripted.inputsOf('inbox.markRead')).toHaveLength(1));
  unread = 1;
  scripted.answer('inbox.thread', () => ({ rows: thread(5) }));
  head.push(inboxHead({ unread: 1 }));
  await expect.element(screen.getByText('Question 5')).toBeVisible();
  await vi.waitFor(() => expect(scripted.inputsOf('inbox.markRead')).toHaveLength(2));
});

test('an empty inbox says how to receive', async () => {
  const real = { ...REAL_ACCOUNT };
  const scripted = script({
    'accounts.watch': () => feed([real]).open(),
    'inbox.head': () => feed(inboxHead({ unread: 0, conversations: 0, receivingAccounts: [] })).open(),
    'inbox.conversations': () => ({ rows: [] }),
  });
  const { screen, router } = await mount(scripted, InboxPage, {});
  await screen.getByRole('button', { name: 'Set up receiving' }).click();
  expect(router.current).toEqual({ name: 'settings', section: 'receiving' });
});
