import { MessageChannel, Worker } from 'node:worker_threads';
import { appError, type AppError } from '#shared/errors.ts';
import type { FromThread, ToThread } from './messages.ts';

/** A thread as the engine sees it. Whoever holds it gets its messages; `died` comes once, unless it was ended. */
export type Thread = {
  post(message: ToThread): void;
  listen(onMessage: (message: FromThread) => void, onDied: (error: AppError) => void): void;
  end(): Promise<void>;
};

/** Megabytes of heap that a file may cost; more ends the thread, not the engine. */
const YOUNG_MB = 64;

/** Starts a thread that runs `script`, the bundle of `entry.ts`. */
export function startThread(script: URL | string, heapMb: number): Thread {
  const worker = new Worker(script, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    // What runs in there must not find out anything about the program.
    env: {},
    argv: [],
  });
  let message: (message: FromThread) => void = () => undefined;
  let died: (error: AppError) => void = () => undefined;
  let why: AppError | null = null;
  worker.on('message', (data: FromThread) => message(data));
  worker.on('messageerror', () => (why ??= damaged('a message could not be read')));
  worker.on('error', (error: Error & { code?: unknown }) => {
    why ??=
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? appError('FILE_TOO_LARGE', { detail: 'out of memory' })
        : damaged(String(error).slice(0, 200));
  });
  worker.on('exit', () => died(why ?? damaged('the reader ended')));
  return {
    post: (sent) => worker.postMessage(sent),
    listen(onMessage, onDied) {
      message = onMessage;
      died = onDied;
    },
    async end() {
      message = () => undefined;
      died = () => undefined;
      await worker.terminate();
    },
  };
}

/** The same program in the engine's own thread, over the same messages: for tests, where a bundle would have to be built. */
export function ownThread(): Thread {
  const { port1, port2 } = new MessageChannel();
  port1.unref();
  // Loaded when it is needed: the engine of the app has a thread for this, and starts without the readers of workbooks.
  void import('./program.ts').then(({ serveFiles }) => {
    serveFiles(port2);
    port2.unref();
  });
  return {
    post(message) {
      port1.postMessage(message);
    },
    listen(onMessage) {
      port1.removeAllListeners('message');
      port1.on('message', onMessage);
    },
    end() {
      port1.close();
      return Promise.resolve();
    },
  };
}

const damaged = (detail: string): AppError => appError('FILE_DAMAGED', { detail });
