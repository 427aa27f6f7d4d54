import { AsyncIteratorClass } from '@orpc/server';

/** One event of a live stream; `seq` starts at 0 with the snapshot and grows by one. */
export type LiveEvent<T> = { readonly seq: number; readonly value: T };

/** How a live stream behaves. */
export type LiveStreamOptions = {
  /** Ends the stream: the signal of the call it belongs to. */
  readonly signal: AbortSignal | undefined;
  /** Events a second at most; 10 when not given. */
  readonly perSecond?: number;
};

/**
 * A stream that shows the present state and then again whenever it changed. `subscribe` calls `changed` on every change and
 * gives back how to stop; `snapshot` reads the state. Changes that come close together, or while the reader is busy,
 * become one event with the latest state: none is lost, none is queued. Ends when the signal aborts or the reader leaves; the
 * subscription ends with it. An exception of `snapshot` ends the stream with it.
 */
export function liveStream<T>(
  subscribe: (changed: () => void) => () => void,
  snapshot: () => T | Promise<T>,
  options: LiveStreamOptions,
): AsyncIteratorClass<LiveEvent<T>, undefined, undefined> {
  const { signal } = options;
  const gapMs = 1000 / (options.perSecond ?? 10);
  let seq = 0;
  let changed = false;
  let ended = signal?.aborted ?? false;
  let nextAt = 0;
  let wake: () => void = () => undefined;
  let unsubscribe: (() => void) | null = null;
  const end = () => {
    ended = true;
    signal?.removeEventListener('abort', end);
    unsubscribe?.();
    unsubscribe = null;
    wake();
  };
  if (!ended) signal?.addEventListener('abort', end);

  const untilWoken = (ms?: number) =>
    new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return new AsyncIteratorClass<LiveEvent<T>, undefined, undefined>(
    async () => {
      if (seq === 0 && !ended) {
        unsubscribe = subscribe(() => {
          changed = true;
          // While the gap is waited out, a change must not cut it short.
          if (performance.now() >= nextAt) wake();
        });
      } else {
        while (!ended && performance.now() < nextAt) await untilWoken(Math.ceil(nextAt - performance.now()));
        while (!ended && !changed) await untilWoken();
      }
      if (ended) return { done: true, value: undefined };
      changed = false;
      const value = await snapshot();
      nextAt = performance.now() + gapMs;
      return { done: false, value: { seq: seq++, value } };
    },
    () => {
      end();
      return Promise.resolve();
    },
  );
}
