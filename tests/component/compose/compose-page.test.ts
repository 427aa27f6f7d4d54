import { userEvent } from 'vitest/browser';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { DraftContent } from '#shared/ipc/drafts.ts';
import ComposePage from '../../../renderer/features/compose/ComposePage.svelte';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, PRACTICE_ACCOUNT, refusal } from '../support/scripted-link.ts';
import { BILL, planFor, script } from './fixtures.ts';

type Order = {
  request: SendRequest;
  token: string;
  expectedRecipients: number;
  expectedParts: number;
  typedCount?: number;
  draftId?: string;
};

const SENT = { space: 'practice', id: 41, heldUntil: Date.now() + 10_000 };
const NUMBERS = '01712345678, ০১৮১২৩৪৫৬৭৮\n+880 1912-345678';

/** The clock of the page (ms) stands still, so that a test says how long somebody looks. */
let pageTime = 0;
beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => pageTime));
afterEach(() => vi.restoreAllMocks());

/** The time that it takes to see what a confirmation asks has passed. */
const aLookLater = (): void => void (pageTime += 600);

async function filled(scripted = script(), text = 'Hello', recipients = NUMBERS) {
  const mounted = await mount(scripted, ComposePage, {});
  await mounted.screen.getByRole('textbox', { name: 'Recipients' }).fill(recipients);
  await mounted.screen.getByRole('textbox', { name: 'Message' }).fill(text);
  return mounted;
}

test('says in words what is missing, then carries the numbers on the button', async () => {
  const scripted = script();
  const { screen } = await mount(scripted, ComposePage, {});
  const send = screen.getByRole('button', { name: /^Send/ });
  await expect.element(send).toBeDisabled();
  await expect.element(send).toHaveAccessibleDescription('Add at least one number.');
  await screen.getByRole('textbox', { name: 'Recipients' }).fill(NUMBERS);
  await expect.element(send).toHaveAccessibleDescription('Write a message.');
  await screen.getByRole('textbox', { name: 'Message' }).fill(BILL);
  await expect
    .element(screen.getByRole('button', { name: 'Send 3 for practice (6 parts, ৳2.10)' }))
    .toBeEnabled();
  await expectAccessible(document.body);
});

test('counts people while they are written, and finds a wrong number in the list', async () => {
  const { screen } = await filled(
    script(),
    'Hello',
    '01712345678, 01712345678\n8801712345678123\n123\n01812345678',
  );
  await expect.element(screen.getByText('2 people')).toBeVisible();
  await expect.element(screen.getByText('1 duplicate removed')).toBeVisible();
  await expect.element(screen.getByText('2 cannot be used')).toBeVisible();
  await screen.getByRole('button', { name: /^123\b/ }).click();
  const field = screen.getByRole('textbox', { name: 'Recipients' }).element() as HTMLTextAreaElement;
  expect(field.value.slice(field.selectionStart, field.selectionEnd)).toBe('123');
  expect(field.value.slice(0, field.selectionStart).endsWith('8801712345678123\n')).toBe(true);
});

test('reads 4,000 pasted numbers without holding up the page', async () => {
  const scripted = script({
    'campaigns.plan': (request: SendRequest) => planFor({ ...request, recipients: '' }, { recipients: 4000 }),
  });
  const { screen } = await mount(scripted, ComposePage, {});
  const numbers = Array.from({ length: 4000 }, (_, i) => `017${String(10_000_000 + i)}`).join('\n');
  const field = screen.getByRole('textbox', { name: 'Recipients' }).element() as HTMLTextAreaElement;
  /* Laying out 4,000 lines is the browser's own work; what is measured is ours. */
  field.value = numbers;
  field.getBoundingClientRect();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  let longest = 0;
  let before = performance.now();
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - before);
    before = performance.now();
  }, 1);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await vi.waitFor(() => expect(document.body.textContent).toContain('4,000 people'));
  clearInterval(beat);
  expect(longest).toBeLessThan(250);
});

test('drops the answer to a text that has changed since', async () => {
  const answers: ((value: unknown) => void)[] = [];
  const scripted = script({
    'campaigns.plan': () => new Promise((resolve) => answers.push(resolve)),
  });
  const { screen } = await filled(scripted, 'One');
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  await screen.getByRole('textbox', { name: 'Message' }).fill('Two');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  const [first, second] = scripted.inputsOf('campaigns.plan') as SendRequest[];
  expect([first?.text, second?.text]).toEqual(['One', 'Two']);
  answers[1]?.(planFor(second as SendRequest));
  await expect.element(screen.getByRole('button', { name: /^Send 3 / })).toBeEnabled();
  answers[0]?.(planFor(first as SendRequest, { recipients: 99 }));
  await expect.element(screen.getByRole('button', { name: /^Send 3 / })).toBeEnabled();
  await expect.element(screen.getByRole('button', { name: /99/ })).not.toBeInTheDocument();
});

test('sends once for a double press and goes to the campaign', async () => {
  let answer: (value: unknown) => void = () => undefined;
  const scripted = script({ 'campaigns.send': () => new Promise((resolve) => (answer = resolve)) });
  const { screen, router } = await filled(scripted);
  await screen.getByRole('button', { name: /^Send 3 / }).click();
  const confirm = screen.getByRole('button', { name: 'Confirm' });
  await confirm.dblClick();
  await userEvent.keyboard('{Enter}{Enter}{Control>}{Enter}{/Control}');
  expect(scripted.inputsOf('campaigns.send')).toHaveLength(1);
  answer(SENT);
  await vi.waitFor(() => expect(router.current).toEqual({ name: 'campaign', space: 'practice', id: 41 }));
  const [order] = scripted.inputsOf('campaigns.send') as Order[];
  expect(order).toMatchObject({ expectedRecipients: 3, expectedParts: 3 });
  expect(order?.request.recipients).toBe(NUMBERS);
  const saves = scripted.inputsOf('drafts.save') as { id: string; content: DraftContent }[];
  expect(saves.at(-1)).toMatchObject({ id: order?.draftId, content: { text: 'Hello' } });
  await screen.unmount();
  const again = await mount(scripted, ComposePage, {});
  await expect.element(again.screen.getByRole('textbox', { name: 'Message' })).toHaveValue('');
  expect(scripted.inputsOf('drafts.save')).toHaveLength(saves.length);
});

test('uses the same token after a lost line, even when the dialog was closed in between', async () => {
  const scripted = script({
    'campaigns.send': () => {
      throw refusal('LINK_LOST');
    },
  });
  const { screen, router } = await filled(scripted);
  await screen.getByRole('button', { name: /^Send 3 / }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await expect.element(screen.getByText(/It is not known whether this was handed over/)).toBeVisible();
  await screen.getByRole('button', { name: 'Confirm again' }).click();
  await screen.getByRole('button', { name: 'Back' }).click();
  scripted.answer('campaigns.send', () => SENT);
  await screen.getByRole('button', { name: /^Send 3 / }).click();
  await screen.getByRole('button', { name: /^Confirm/ }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  const tokens = (scripted.inputsOf('campaigns.send') as Order[]).map((order) => order.token);
  expect(tokens).toHaveLength(3);
  expect(new Set(tokens).size).toBe(1);
});

test('gives another decision another token, and warns of the one in doubt', async () => {
  const scripted = script({
    'campaigns.send': () => {
      throw refusal('LINK_LOST');
    },
  });
  const { screen } = await filled(scripted);
  await screen.getByRole('button', { name: /^Send 3 / }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await expect.element(screen.getByText(/It is not known/)).toBeVisible();
  await screen.getByRole('button', { name: 'Back' }).click();
  await screen.getByRole('textbox', { name: 'Message' }).fill('Something else');
  await screen.getByRole('button', { name: /^Send 3 / }).click();
  await expect.element(screen.getByText(/earlier sending may have been handed over/)).toBeVisible();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  await expect.element(screen.getByText(/It is not known/)).toBeVisible();
  const tokens = (scripted.inputsOf('campaigns.send') as Order[]).map((order) => order.token);
  expect(new Set(tokens).size).toBe(2);
});

test('asks for the number of recipients where the plan says so, in either script', async () => {
  const scripted = script({
    'campaigns.plan': (request: SendRequest) => planFor(request, { recipients: 1240, needsTypedCount: true }),
    'campaigns.send': () => SENT,
  });
  const { screen, router } = await filled(scripted);
  await screen.getByRole('button', { name: /^Send 1,240 / }).click();
  const dialog = screen.getByRole('dialog', { name: 'Confirm sending' });
  const typed = dialog.getByRole('textbox', { name: 'Type the number of recipients' });
  const confirm = dialog.getByRole('button', { name: 'Confirm' });
  await expect.element(confirm).toBeDisabled();
  await typed.fill('124');
  await expect.element(dialog.getByText('That is not 1,240.')).toBeVisible();
  await typed.fill('১,২৪০');
  await expect.element(confirm).toBeEnabled();
  aLookLater();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  expect((scripted.inputsOf('campaigns.send') as Order[])[0]?.typedCount).toBe(1240);
});

test('does not ask for it otherwise, and Ctrl+Enter reviews and, after a look, sends', async () => {
  const scripted = script({ 'campaigns.send': () => SENT });
  const { screen, router } = await filled(scripted);
  await expect.element(screen.getByRole('button', { name: /^Send 3 / })).toBeEnabled();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  const dialog = screen.getByRole('dialog', { name: 'Confirm sending' });
  await expect.element(dialog).toBeVisible();
  await expect.element(dialog.getByRole('textbox')).not.toBeInTheDocument();
  await expect.element(dialog.getByRole('button', { name: 'Confirm' })).toHaveFocus();
  // Keys of one breath, also on the button that has the focus.
  await userEvent.keyboard('{Control>}{Enter}{/Control}{Enter}{ }');
  expect(scripted.inputsOf('campaigns.send')).toHaveLength(0);
  aLookLater();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
});

test('shows what changed when the plan is no longer the one that was confirmed', async () => {
  const scripted = script({
    'campaigns.send': () => {
      scripted.answer('campaigns.plan', (request: SendRequest) =>
        planFor(request, { recipients: 2, parts: 2 }),
      );
      scripted.answer('campaigns.send', () => SENT);
      throw refusal('PLAN_CHANGED', { limit: 3, actual: 2 });
    },
  });
  const { screen, router } = await filled(scripted);
  await screen.getByRole('button', { name: /^Send 3 / }).click();
  await screen.getByRole('button', { name: 'Confirm' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog.getByText(/What would be sent has changed/)).toBeVisible();
  await expect.element(dialog.getByText('was 3, now 2').first()).toBeVisible();
  await expect.element(dialog.getByRole('button', { name: 'Back' })).toHaveFocus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(scripted.inputsOf('campaigns.send')).toHaveLength(1);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await vi.waitFor(() => expect(router.current.name).toBe('campaign'));
  const orders = scripted.inputsOf('campaigns.send') as Order[];
  expect(orders.map((order) => order.expectedRecipients)).toEqual([3, 2]);
});

test('keeps what is written over other screens, and puts an undone sending back as another draft', async () => {
  const scripted = script();
  const first = await filled(scripted, 'Half a text');
  await first.screen.unmount();
  const again = await mount(scripted, ComposePage, {});
  await expect.element(again.screen.getByRole('textbox', { name: 'Message' })).toHaveValue('Half a text');
  await again.screen.unmount();

  const sendAt = Date.now() + 86_400_000;
  const undone = {
    accountId: 'practice',
    sender: '8801700000000',
    text: BILL,
    recipients: '01712345678',
    sources: [{ kind: 'group' as const, id: 3 }],
    sendAt,
  };
  const draftId = crypto.randomUUID();
  const { screen } = await mount(scripted, ComposePage, { prefill: { ...undone, draftId } });
  await expect.element(screen.getByRole('textbox', { name: 'Message' })).toHaveValue(BILL);
  await expect.element(screen.getByRole('textbox', { name: 'Recipients' })).toHaveValue('01712345678');
  await expect.element(screen.getByRole('combobox', { name: 'Sender' })).toHaveTextContent('8801700000000');
  await expect.element(screen.getByText(/The sending was undone/)).toBeVisible();
  await expect.element(screen.getByRole('radio', { name: 'Later' })).toBeChecked();
  const saves = () => scripted.inputsOf('drafts.save') as { id: string; content: DraftContent }[];
  await vi.waitFor(() => expect(saves().at(-1)?.content).toMatchObject({ ...undone, when: 'later' }));
  const half = saves().filter((one) => one.content.text === 'Half a text');
  expect(half.length).toBeGreaterThan(0);
  expect(saves().at(-1)?.id).toBe(draftId);
});

test('an undone sending whose time has passed says so, and leads to the field', async () => {
  const prefill = {
    ...{ accountId: 'practice', sender: 'Practice', text: BILL, recipients: '01712345678' },
    ...{ sendAt: Date.now() - 1_000, zone: 'Asia/Dubai', leaveOutRepeats: true },
  };
  const scripted = script();
  const { screen } = await mount(scripted, ComposePage, { prefill });
  await expect.element(screen.getByText(/Its time, .* \(Dubai\), has passed/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: /^Send later/ })).toBeDisabled();
  await screen.getByRole('button', { name: 'Show it' }).click();
  await expect.element(screen.getByRole('textbox', { name: 'Send date and time' })).toHaveFocus();
  await screen.getByRole('button', { name: 'Tomorrow 9 am' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 1 later/ })).toBeEnabled();
  expect(scripted.inputsOf('campaigns.plan').at(-1)).toMatchObject({
    leaveOutRepeats: true,
    zone: 'Asia/Dubai',
  });
});

test('fills in the practice sample: twelve people and a Bangla text of two parts', async () => {
  const { screen } = await mount(script(), ComposePage, { prefill: 'practice-sample' }, { language: 'bn' });
  await expect
    .element(screen.getByRole('button', { name: /^অনুশীলনে পাঠান: ১২ জন \(২৪টি অংশ/ }))
    .toBeEnabled();
  await expect
    .element(screen.getByRole('status', { name: 'বার্তার অংশ' }))
    .toHaveTextContent(/বাংলা · ১৩৪ এককের মধ্যে ১২০ · ২টি অংশ/);
});

test('says what happened when the plan cannot be worked out, and tries again', async () => {
  const scripted = script({
    'campaigns.plan': () => {
      throw refusal('UNEXPECTED', { incident: 'A1' });
    },
  });
  const { screen } = await filled(scripted);
  await expect.element(screen.getByText(/incident A1/)).toBeVisible();
  scripted.answer('campaigns.plan', (request: SendRequest) => planFor(request));
  await screen.getByRole('button', { name: 'Try again' }).click();
  await expect.element(screen.getByRole('button', { name: /^Send 3 / })).toBeEnabled();
});

test('shows a new balance at once without planning again', async () => {
  const accounts = feed([PRACTICE_ACCOUNT]);
  const scripted = script({ 'accounts.watch': () => accounts.open() });
  const { screen } = await filled(scripted);
  const send = screen.getByRole('button', { name: /^Send 3 / });
  await expect.element(send).toBeEnabled();
  await expect.element(screen.getByText('৳498.95')).toBeVisible();
  const asked = scripted.inputsOf('campaigns.plan').length;
  const balance = { money: { micros: 1_000_000, currency: 'BDT' }, at: Date.now(), failed: null };
  accounts.push([{ ...PRACTICE_ACCOUNT, balance }]);
  await expect.element(screen.getByText('−৳0.05')).toBeVisible();
  await expect.element(screen.getByText(/The balance does not cover this/)).toBeVisible();
  await expect.element(send).toBeEnabled();
  expect(scripted.inputsOf('campaigns.plan')).toHaveLength(asked);
});
