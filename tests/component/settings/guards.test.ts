import { expect, test, vi } from 'vitest';
import { DEFAULT_RULES, type Rules } from '#shared/rules/rules.ts';
import SettingsPage from '../../../renderer/features/settings/SettingsPage.svelte';
import { wallTime } from '../../../renderer/features/settings/typed-values.ts';
import { expectAccessible } from '../support/axe.ts';
import { mount } from '../support/mount.ts';
import { feed, PRACTICE_ACCOUNT, REAL_ACCOUNT, refusal, scriptedLink } from '../support/scripted-link.ts';

/** Settings with the rules of two spaces, which keep what is changed. */
async function open(language: 'en' | 'bn' = 'en', sooner = { messages: 0, sendings: 0 }) {
  const kept: Record<string, Rules> = {
    real: DEFAULT_RULES,
    practice: { ...DEFAULT_RULES, holdSeconds: 7 },
  };
  const script = scriptedLink({
    'accounts.watch': () => feed([REAL_ACCOUNT, PRACTICE_ACCOUNT]).open(),
    'outbox.leavingSooner': () => sooner,
    'rules.watch': ({ space }: { space: string }) => feed(kept[space]).open(),
    'rules.update': ({ space, rules }: { space: string; rules: Partial<Rules> }) =>
      (kept[space] = { ...(kept[space] ?? DEFAULT_RULES), ...rules }),
  });
  const { screen } = await mount(script, SettingsPage, { section: 'guards' as const }, { language });
  const box = (name: string) => screen.getByRole('textbox', { name, exact: true });
  const group = (name: string) => screen.getByRole('group', { name, exact: true });
  const updates = () => script.inputsOf('rules.update') as { space: string; rules: Partial<Rules> }[];
  /** Types a value and leaves the field. */
  async function type(name: string, value: string): Promise<void> {
    await box(name).fill(value);
    box(name)
      .element()
      .dispatchEvent(new Event('change', { bubbles: true }));
  }
  return { screen, script, box, group, updates, type };
}

test('a change is saved when the field is left, said so, and can be taken back', async () => {
  const { screen, box, updates, type } = await open();
  await expect.element(box('Time to undo')).toHaveValue('10');
  await expectAccessible(document.body);
  await type('Time to undo', '২০');
  await expect.element(screen.getByText('Saved: Time to undo')).toBeVisible();
  await expect.element(box('Time to undo')).toHaveValue('20');
  await screen.getByRole('button', { name: 'Undo' }).click();
  await expect.element(box('Time to undo')).toHaveValue('10');
  await type('Type it also above a cost of', '2,500');
  await expect.element(screen.getByText('Saved: Type it also above a cost of')).toBeVisible();
  expect(updates().map((one) => one.rules)).toEqual([
    { holdSeconds: 20 },
    { holdSeconds: 10 },
    { typedCountMicros: 2_500_000_000 },
  ]);
});

test('what was saved is told where it covers no field, and moves none', async () => {
  const { screen, box, type } = await open();
  const field = box('Messages in a day').element();
  field.scrollIntoView({ block: 'end' });
  const before = field.getBoundingClientRect();
  await type('Messages in a day', '40,000');
  const told = screen.getByText('Saved: Messages in a day');
  await expect.element(told).toBeVisible();
  expect(field.getBoundingClientRect().top).toBe(before.top);
  const middle = { x: before.left + before.width / 2, y: before.top + before.height / 2 };
  expect(document.elementFromPoint(middle.x, middle.y)).toBe(field);
  const { top, bottom } = told.element().getBoundingClientRect();
  expect(top > before.bottom || bottom < before.top).toBe(true);
});

test('what is out of bounds is not saved; a guard can be switched off and on, and all reset', async () => {
  const { screen, box, group, updates, type } = await open();
  await type('Time to undo', '3');
  await expect.element(box('Time to undo')).toHaveAccessibleDescription(/A number from 5 to 120. Not saved/);
  expect(updates()).toEqual([]);
  const off = group('Messages in a day').getByRole('checkbox', { name: 'Off' });
  await off.click();
  await expect.element(box('Messages in a day')).toBeDisabled();
  await off.click();
  await expect.element(box('Messages in a day')).toHaveValue('50,000');
  await group('Send a few ahead').getByRole('checkbox', { name: 'Off' }).click();
  await vi.waitFor(() => expect(updates()).toHaveLength(3));
  await screen.getByRole('button', { name: 'Reset to defaults' }).click();
  await expect.element(screen.getByText('Saved: everything is as it was delivered.')).toBeVisible();
  await expect.element(box('Send a few ahead')).toHaveValue('5');
  await screen.getByRole('button', { name: 'Undo' }).click();
  await vi.waitFor(() => expect(updates()).toHaveLength(5));
  expect(
    updates()
      .map((one) => one.rules)
      .slice(0, 3),
  ).toEqual([{ perDay: null }, { perDay: 50_000 }, { canary: 0 }]);
  expect(updates()[4]?.rules).toMatchObject({ canary: 0 });
});

test('what waits for the end of the quiet hours does not leave sooner unasked', async () => {
  const { screen, script, updates, group } = await open('en', { messages: 12, sendings: 2 });
  const dialog = screen.getByRole('dialog', { name: 'Send sooner than planned?' });
  const off = () => screen.getByRole('radio', { name: /^Off: messages/ });
  await off().click();
  await expect.element(dialog).toHaveTextContent(/12 messages of 2 sendings/);
  await expectAccessible(document.body);
  await dialog.getByRole('button', { name: 'Keep the quiet hours' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  await expect.element(off()).not.toBeChecked();
  expect(updates()).toEqual([]);
  await off().click();
  await dialog.getByRole('button', { name: 'Change, and let them leave' }).click();
  await expect.element(off()).toBeChecked();
  const quiet = { ...DEFAULT_RULES.quiet, applies: 'none' };
  expect(updates()).toEqual([{ space: 'real', rules: { quiet } }]);
  expect(script.inputsOf('outbox.leavingSooner')[0]).toEqual({ space: 'real', quiet });
  // Another guard lets nothing go.
  await group('Messages in a day').getByRole('checkbox', { name: 'Off' }).click();
  await vi.waitFor(() => expect(updates()).toHaveLength(2));
});

test('quiet hours are set as times of a clock, for practice on its own', async () => {
  const { screen, script, box, updates, type } = await open('bn');
  await screen.getByRole('radio', { name: 'অনুশীলন' }).click();
  await expect.element(box('ফিরিয়ে নেওয়ার সময়')).toHaveValue('৭');
  await expect.element(screen.getByText(/এই নিয়ম শুধু অনুশীলনে চলে/)).toBeVisible();
  await type('শুরু', '২২.৩০');
  await expect.element(screen.getByText('রাখা হয়েছে: নীরব সময়')).toBeVisible();
  await type('শেষ', '২২:৩০');
  await expect.element(box('শেষ')).toHaveAccessibleDescription(/একই/);
  const quiet = { ...DEFAULT_RULES.quiet, from: '22:30' };
  expect(updates()).toEqual([{ space: 'practice', rules: { quiet } }]);
  await expect.element(screen.getByText(/দিনে পাঠানোর জন্য থাকছে মাত্র/)).not.toBeInTheDocument();
  await type('শেষ', '২২:১৫');
  await expect.element(screen.getByRole('alert')).toHaveTextContent(/মাত্র ১৫ মি/);
  await type('শেষ', '১৮:৩০');
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument();
  await screen.getByRole('radio', { name: /^বন্ধ/ }).click();
  await expect.element(box('শুরু')).not.toBeInTheDocument();

  script.answer('rules.update', () => {
    throw refusal('STORE_FULL');
  });
  await type('ফিরিয়ে নেওয়ার সময়', '30');
  await expect.element(screen.getByRole('alert')).toBeVisible();
  await expect.element(box('ফিরিয়ে নেওয়ার সময়')).toHaveValue('৭');
});

test('reads times as people write them', () => {
  expect(['9', '9:05', '২১.৩০', '24:00', '9:5', ''].map(wallTime)).toEqual([
    '09:00',
    '09:05',
    '21:30',
    null,
    null,
    null,
  ]);
});
