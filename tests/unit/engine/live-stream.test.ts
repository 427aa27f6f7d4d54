import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveStream } from '../../../main/ipc/live-stream.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function source(perSecond?: number) {
  const listeners = new Set<() => void>();
  const abort = new AbortController();
  const state = { value: 'first', reads: 0 };
  const stream = liveStream(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => {
      state.reads++;
      return state.value;
    },
    { signal: abort.signal, ...(perSecond === undefined ? {} : { perSecond }) },
  );
  const change = (value: string) => {
    state.value = value;
    for (const listener of listeners) listener();
  };
  return { stream, listeners, abort, state, change };
}

/** The next event, and whether it has come. */
function awaited<T>(promise: Promise<T>) {
  const seen: { value?: T } = {};
  void promise.then((value) => (seen.value = value));
  return seen;
}

describe('a live stream', () => {
  it('starts with the present state', async () => {
    const { stream } = source();
    expect(await stream.next()).toEqual({ done: false, value: { seq: 0, value: 'first' } });
  });

  it('turns a burst of changes into one event with the latest state, ten a second at most', async () => {
    const { stream, change, state } = source();
    await stream.next();
    const next = awaited(stream.next());
    for (let i = 0; i < 50; i++) change(`change ${i}`);
    await vi.advanceTimersByTimeAsync(90);
    expect(next).toEqual({});
    await vi.advanceTimersByTimeAsync(20);
    expect(next.value).toEqual({ done: false, value: { seq: 1, value: 'change 49' } });
    expect(state.reads).toBe(2);
  });

  it('tells a change after a quiet time at once', async () => {
    const { stream, change } = source();
    await stream.next();
    const next = awaited(stream.next());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(next).toEqual({});
    change('late');
    await vi.advanceTimersByTimeAsync(0);
    expect(next.value).toEqual({ done: false, value: { seq: 1, value: 'late' } });
  });

  it('does not lose a change that comes while the reader is busy', async () => {
    const { stream, change } = source(1000);
    await stream.next();
    change('meanwhile');
    const next = awaited(stream.next());
    await vi.advanceTimersByTimeAsync(5);
    expect(next.value).toMatchObject({ value: { value: 'meanwhile' } });
  });

  it('ends on abort while waiting, and lets go of its source', async () => {
    const { stream, abort, listeners } = source();
    await stream.next();
    const next = stream.next();
    expect(listeners.size).toBe(1);
    abort.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when the reader leaves while the next event is awaited', async () => {
    const { stream, listeners } = source();
    await stream.next();
    const next = stream.next();
    await stream.return(undefined);
    expect(await next).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
  });

  it('subscribes to nothing when it was aborted before it began', async () => {
    const { stream, abort, listeners } = source();
    abort.abort();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
  });

  it('lets go of its source when reading fails', async () => {
    const listeners = new Set<() => void>();
    const stream = liveStream<string>(
      (changed) => {
        listeners.add(changed);
        return () => listeners.delete(changed);
      },
      () => {
        throw new Error('broken');
      },
      { signal: undefined },
    );
    await expect(stream.next()).rejects.toThrow('broken');
    expect(listeners.size).toBe(0);
  });
});
