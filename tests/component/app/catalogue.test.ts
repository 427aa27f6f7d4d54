import { expect, test } from 'vitest';
import { MESSAGE_STATES } from '#shared/sms/message-state.ts';
import { bangla, english } from '../../../renderer/i18n/format.ts';
import { wordsIn } from '../../../renderer/i18n/i18n.svelte.ts';

type Entry = readonly [path: string, value: unknown];

/** Every entry of a catalogue with its path. */
function entries(words: object, path = ''): Entry[] {
  return Object.entries(words).flatMap(([key, value]): Entry[] => {
    const here = path ? `${path}.${key}` : key;
    return typeof value === 'object' && value !== null ? entries(value, here) : [[here, value]];
  });
}

/**
 * Calls an entry with facts that note what is read of them, so that a translation that forgets a number is found. Every
 * fact is 7: it works as a number and as a word.
 */
function factsRead(entry: (...facts: unknown[]) => string): { used: string[]; text: string } {
  const used = new Set<string>();
  const facts = new Proxy(
    {},
    {
      get(_, key) {
        if (key === Symbol.toPrimitive) return () => 7;
        if (typeof key === 'string') used.add(key);
        return 7;
      },
    },
  );
  return { text: entry(facts), used: [...used].sort() };
}

const inEnglish = new Map(entries(wordsIn('en')));
const inBangla = new Map(entries(wordsIn('bn')));

test('both languages have the same entries, none of them empty', () => {
  expect([...inBangla.keys()].sort()).toEqual([...inEnglish.keys()].sort());
  const empty = [...inEnglish, ...inBangla].filter(([, value]) => value === '').map(([path]) => path);
  expect(empty).toEqual([]);
});

test('a Bangla sentence uses the same facts as the English one', () => {
  const different: unknown[] = [];
  for (const [path, entry] of inEnglish) {
    const other = inBangla.get(path);
    if (typeof entry !== 'function' || typeof other !== 'function') continue;
    const en = factsRead(entry as () => string);
    const bn = factsRead(other as () => string);
    if (en.used.join() !== bn.used.join()) different.push({ path, en: en.used, bn: bn.used });
  }
  expect(different).toEqual([]);
});

test('Bangla is written in Bangla: no sentence was left in English', () => {
  const untranslated = [...inBangla]
    .filter(
      ([path, value]) =>
        typeof value === 'string' && value === inEnglish.get(path) && /[a-z]{3}/i.test(value),
    )
    .map(([, value]) => value);
  // Keys, formats and encodings are called the same everywhere.
  expect(untranslated.sort()).toEqual(['CSV', 'Ctrl+Enter', 'UTF-16', 'UTF-16, big-endian', 'UTF-8']);
});

test('every state has a word, an explanation and a next step', () => {
  for (const state of MESSAGE_STATES) {
    expect(Object.keys(wordsIn('bn').states[state]).sort()).toEqual(['explain', 'next', 'word']);
  }
  const words = MESSAGE_STATES.map((state) => wordsIn('bn').states[state].word);
  expect(new Set(words).size).toBe(MESSAGE_STATES.length);
});

test('money, numbers and times are written as Bangladesh writes them', () => {
  expect(english.money({ micros: 868_000_000, currency: 'BDT' })).toBe('৳868.00');
  expect(bangla.money({ micros: 868_000_000, currency: 'BDT' })).toBe('৳৮৬৮.০০');
  expect(english.money({ micros: 125_000_350_000, currency: 'BDT' })).toBe('৳1,25,000.35');
  expect(english.money({ micros: 347_500, currency: 'BDT' })).toBe('৳0.3475');
  expect(english.money({ micros: -5_000_000, currency: 'EUR' })).toBe('−EUR 5.00');
  expect(bangla.n(1_234_567)).toBe('১২,৩৪,৫৬৭');
  expect(english.n(1240)).toBe('1,240');
  expect(english.duration(80_000)).toBe('1 min 20 s');
  expect(english.duration(90_000_000)).toBe('1 day 1 h');
  expect(bangla.duration(3_600_000)).toBe('১ ঘণ্টা');
  const now = Date.UTC(2026, 10, 22, 12);
  expect(english.age(now - 59_000, now)).toBe('just now');
  expect(english.age(now - 5 * 60_000 - 3000, now)).toBe('5 min ago');
  expect(english.age(now - 50 * 3_600_000, now)).toBe('2 days ago');
  expect(english.age(now + 60_000, now)).toBe('just now');
});
