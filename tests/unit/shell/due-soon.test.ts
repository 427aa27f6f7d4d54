import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDueSoon } from '../../../main/shell/due-soon.ts';

const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers({ now: 1_000_000_000_000 }));
afterEach(() => vi.useRealTimers());

function watching() {
  const said: boolean[] = [];
  return { said, due: createDueSoon((isNear) => void said.push(isNear)) };
}

it('keeps awake from a quarter of an hour before, and not for ever after', () => {
  const { said, due } = watching();
  due.next(Date.now() + 60 * MINUTE);
  vi.advanceTimersByTime(44 * MINUTE);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1 * MINUTE);
  expect(said).toEqual([true]);
  vi.advanceTimersByTime(29 * MINUTE);
  expect(said).toEqual([true]);
  vi.advanceTimersByTime(2 * MINUTE);
  expect(said).toEqual([true, false]);
  expect(vi.getTimerCount()).toBe(0);
});

it('lets go when the sending is cancelled or put off', () => {
  const { said, due } = watching();
  due.next(Date.now() + 5 * MINUTE);
  due.next(Date.now() + 9 * MINUTE);
  due.next(null);
  due.next(Date.now() + 500 * MINUTE);
  expect(said).toEqual([true, false]);
});

it('sees a clock that was set, or a computer that slept', () => {
  const { said, due } = watching();
  due.next(Date.now() + 600 * MINUTE);
  vi.setSystemTime(Date.now() + 590 * MINUTE);
  vi.advanceTimersByTime(1 * MINUTE);
  expect(said).toEqual([true]);
});
