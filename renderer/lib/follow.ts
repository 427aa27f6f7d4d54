import type { AppError } from '#shared/errors.ts';
import { CallFailed, toAppError } from './app-error.ts';

/** One event of a live stream: a snapshot first, then changes with growing `seq`. */
export type LiveEvent<T> = { readonly seq: number; readonly value: T };

/** Opens a live stream; the signal ends it. */
export type OpenStream<T> = (signal: AbortSignal) => Promise<AsyncIterable<LiveEvent<T>>>;

/** The line under a stream: `age` changes whenever it was laid anew. */
export type Line = { readonly age: number; newerThan(age: number, signal: AbortSignal): Promise<void> };

/**
 * Reads a live stream until the returned function is called. When the line breaks, it waits for the next one and opens
 * the stream again, which begins with a fresh snapshot. Any other failure ends it and is given to `onError`.
 */
export function followStream<T>(
  line: Line,
  open: OpenStream<T>,
  onValue: (value: T) => void,
  onError: (error: AppError) => void,
): () => void {
  const controller = new AbortController();
  const { signal } = controller;

  async function read(): Promise<void> {
    while (!signal.aborted) {
      const age = line.age;
      try {
        for await (const event of await open(signal)) {
          if (signal.aborted) return;
          onValue(event.value);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        const error = toAppError(thrown);
        const lineBroke = thrown instanceof CallFailed || error.code === 'LINK_LOST';
        if (!lineBroke) {
          onError(error);
          return;
        }
      }
      await line.newerThan(age, signal);
    }
  }

  read().catch((thrown: unknown) => {
    if (!signal.aborted) onError(toAppError(thrown));
  });
  return () => controller.abort();
}
