import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftContent } from '#shared/ipc/drafts.ts';
import { Draft } from '../../../renderer/features/compose/draft.svelte.ts';
import DraftBar from '../../../renderer/features/compose/DraftBar.svelte';
import { mount } from '../support/mount.ts';
import { refusal, scriptedLink } from '../support/scripted-link.ts';

type Save = { id: string; content: DraftContent; revision: number };

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 8) }));
afterEach(() => vi.useRealTimers());

function begun(answers: Parameters<typeof scriptedLink>[0] = {}) {
  const scripted = scriptedLink({ 'drafts.save': () => ({ changedAt: Date.now() }), ...answers });
  const draft = new Draft(scripted.link.engine);
  draft.saver.belongsTo('real');
  const saves = () => scripted.inputsOf('drafts.save') as Save[];
  const write = (text: string): void => {
    draft.text = text;
    draft.saver.changed(draft.contentFor('practice'));
  };
  return { scripted, draft, saves, write };
}

test('the first change is saved within 300 ms, later ones every half second at most, each whole and newer', async () => {
  const { draft, saves, write } = begun();
  write('a');
  await vi.advanceTimersByTimeAsync(300);
  expect(saves()).toMatchObject([{ id: draft.id, content: { text: 'a' } }]);
  for (let typed = 'ab'; typed.length < 22; typed += 'b') {
    write(typed);
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(600);
  expect(saves().length).toBeLessThanOrEqual(6);
  expect(saves().at(-1)?.content.text).toHaveLength(21);
  const revisions = saves().map((one) => one.revision);
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
  expect(draft.saver.savedAt).not.toBeNull();
});

test('what is not saved goes at once when the field is left, and nothing is saved twice', async () => {
  const { draft, saves, write } = begun();
  write('half a word');
  await draft.saver.flush();
  expect(saves()).toHaveLength(1);
  await draft.saver.flush();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(saves()).toHaveLength(1);
});

test('a save that fails is told and tried again until it works; the newest text is what counts', async () => {
  const { scripted, draft, saves, write } = begun({
    'drafts.save': () => {
      throw refusal('STORE_FULL');
    },
  });
  write('one');
  await vi.advanceTimersByTimeAsync(300);
  expect(draft.saver.error?.code).toBe('STORE_FULL');
  write('two');
  await vi.advanceTimersByTimeAsync(600);
  expect(draft.saver.error?.code).toBe('STORE_FULL');
  scripted.answer('drafts.save', () => ({ changedAt: Date.now() }));
  await vi.advanceTimersByTimeAsync(15_000);
  expect(draft.saver.error).toBeNull();
  expect(saves().at(-1)?.content.text).toBe('two');
});

test('an answer that was overtaken does not make a newer failure look saved', async () => {
  const answers: ((value: { changedAt: number }) => void)[] = [];
  const { draft, write } = begun({
    'drafts.save': () => new Promise((resolve) => answers.push(resolve)),
  });
  write('one');
  void draft.saver.flush();
  write('two');
  void draft.saver.flush();
  answers[1]?.({ changedAt: 2 });
  await vi.advanceTimersByTimeAsync(0);
  answers[0]?.({ changedAt: 1 });
  await vi.advanceTimersByTimeAsync(0);
  expect(draft.saver.savedAt).toBe(2);
});

test('an empty draft is never saved, one that became empty is saved empty, and nothing is saved without a space', async () => {
  const { saves, write } = begun();
  write(' ');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(saves()).toHaveLength(0);
  write('x');
  await vi.advanceTimersByTimeAsync(1_000);
  write('');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(saves().map((one) => one.content.text)).toEqual(['x', '']);

  const scripted = scriptedLink({ 'drafts.save': () => ({ changedAt: 1 }) });
  const unclaimed = new Draft(scripted.link.engine);
  unclaimed.text = 'typed early';
  unclaimed.saver.changed(unclaimed.contentFor(null));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(scripted.inputsOf('drafts.save')).toHaveLength(0);
  unclaimed.saver.belongsTo('practice');
  await unclaimed.saver.flush();
  expect(scripted.inputsOf('drafts.save')).toMatchObject([{ space: 'practice' }]);
});

test('a draft that was sent or removed is not saved again, not even when a save under way fails', async () => {
  let fail: (reason: unknown) => void = () => undefined;
  const { draft, saves, write } = begun({
    'drafts.save': () => new Promise((_, reject) => (fail = reject)),
  });
  write('to be sent');
  void draft.saver.flush();
  write('to be sent!');
  draft.saver.abandon();
  fail(refusal('STORE_FULL'));
  write('too late');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(saves().map((one) => one.content.text)).toEqual(['to be sent']);
});

test('after a lost answer, only what is written beyond the sent message is kept, as another draft', async () => {
  const { scripted, draft, saves, write } = begun();
  write('sent');
  await draft.saver.flush();
  draft.saver.leaves();
  scripted.answer('drafts.save', ({ id }: Save) =>
    id === saves()[0]?.id ? { changedAt: null, sent: true } : { changedAt: Date.now() },
  );
  write('sent ');
  write('sent');
  await draft.saver.flush();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(new Set(saves().map(({ id }) => id))).toEqual(new Set([draft.id]));
  expect(draft.saver.savedAt).toBeNull();
  write('sent, and more');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(saves().at(-1)).toMatchObject({ id: draft.id, content: { text: 'sent, and more' } });
  expect(draft.id).not.toBe(saves()[0]?.id);
  expect(draft.saver.savedAt).not.toBeNull();
});

test.each([
  { language: 'en' as const, saving: 'Saving…', saved: /^Saved \d/, failed: 'Not saved.' },
  { language: 'bn' as const, saving: 'রাখা হচ্ছে…', saved: /^[০-৯].*রাখা হয়েছে$/, failed: 'রাখা যায়নি।' },
])('the bar says saved only of what is saved, and stays calm meanwhile: $language', async (words) => {
  const answers: ((value: { changedAt: number }) => void)[] = [];
  const { scripted, draft, write } = begun({
    'drafts.save': () => new Promise((resolve) => answers.push(resolve)),
  });
  const { screen } = await mount(scripted, DraftBar, { draft, onbegin: () => undefined }, words);
  const bar = screen.container.querySelector('p');
  const told: string[] = [];
  const look = (): void => {
    flushSync();
    const text = bar?.textContent.trim() ?? '';
    if (text !== told.at(-1)) told.push(text);
  };
  const answer = async (): Promise<void> => {
    answers.shift()?.({ changedAt: Date.now() });
    await vi.advanceTimersByTimeAsync(0);
    look();
  };
  look();
  for (let typed = 'a'; typed.length < 20; typed += 'b') {
    write(typed);
    look();
    await vi.advanceTimersByTimeAsync(100);
    look();
    if (typed.length % 3 === 0) await answer();
  }
  expect(told).toEqual(['', words.saving]);
  await vi.advanceTimersByTimeAsync(1_000);
  look();
  expect(told).toEqual(['', words.saving]);
  while (answers.length > 0) await answer();
  await vi.advanceTimersByTimeAsync(500);
  look();
  expect(told).toEqual(['', words.saving, expect.stringMatching(words.saved)]);

  scripted.answer('drafts.save', () => {
    throw refusal('STORE_FULL');
  });
  write('one more');
  await vi.advanceTimersByTimeAsync(5_000);
  look();
  expect(told.at(-1)).toContain(words.failed);
  draft.saver.abandon();
});
