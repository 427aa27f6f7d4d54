import { appError, type AppError } from '#shared/errors.ts';
import { err, type Result } from '#shared/result.ts';
import type { Head, ReadHow, ReadInput } from '../files/types.ts';
import type { FromThread, PackedRows, RowsPlan, ToThread } from './messages.ts';
import { ownThread, startThread, type Thread } from './thread.ts';

/** Reads files without the engine ever waiting for one, or being taken down by one. */
export type FileWorker = {
  /** Reads the beginning. Failures are those of the contract: `FILE_NOT_READ`, `FILE_TOO_LARGE`, `FILE_DAMAGED`, `FILE_EMPTY`. */
  head(input: ReadInput, how: ReadHow): Promise<Result<Head, AppError>>;
  /**
   * Reads everything. A few batches are made ahead, then reading waits for `onBatch`; what it throws ends the reading and comes
   * out of the promise. An aborted `signal` ends it at once: the result is an error that means nothing.
   */
  rows(
    request: { readonly input: ReadInput; readonly how: ReadHow; readonly plan: RowsPlan },
    onBatch: (batch: PackedRows) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<Result<{ readonly rows: number }, AppError>>;
  /** Ends everything. */
  close(): Promise<void>;
};

/** What a file may cost, and how long it may be silent. */
export type FileWorkerOptions = {
  /** The bundle of `entry.ts`; `null` runs the same program in this thread. */
  readonly script: URL | string | null;
  /** Megabytes of heap. */
  readonly heapMb?: number;
  /** Milliseconds without a sign of life after which a file counts as damaged. */
  readonly patienceMs?: number;
};

const HEAP_MB = 1_024;
const PATIENCE_MS = 60_000;
/** How long a thread is kept for the next job: opening a file is followed by reading it. */
const KEEP_MS = 120_000;

/** A job that is under way. */
type Link<T> = {
  post(message: ToThread): void;
  /** Ends it with its result; the thread takes the next one. */
  done(result: Result<T, AppError>): void;
  /** Ends it and its thread; the promise is rejected. */
  crash(error: unknown): void;
  /** Batches that the engine has not filed yet: meanwhile the thread need not give a sign of life. */
  unfiled: number;
};

/** One for the engine. Each job has a thread to itself while it lasts. */
export function createFileWorker(options: FileWorkerOptions): FileWorker {
  const patienceMs = options.patienceMs ?? PATIENCE_MS;
  const running = new Set<Thread>();
  let idle: { thread: Thread; timer: NodeJS.Timeout } | null = null;
  let jobs = 0;

  function takeThread(): Thread {
    const kept = idle;
    idle = null;
    if (kept) clearTimeout(kept.timer);
    const { script } = options;
    const thread =
      kept?.thread ?? (script === null ? ownThread() : startThread(script, options.heapMb ?? HEAP_MB));
    running.add(thread);
    return thread;
  }

  function giveBack(thread: Thread): void {
    running.delete(thread);
    if (idle) return void thread.end();
    const forget = () => {
      if (idle?.thread !== thread) return;
      clearTimeout(idle.timer);
      idle = null;
      void thread.end();
    };
    thread.listen(() => undefined, forget);
    idle = { thread, timer: setTimeout(forget, KEEP_MS).unref() };
  }

  function end(thread: Thread): void {
    running.delete(thread);
    void thread.end();
  }

  function run<T>(
    first: ToThread,
    signal: AbortSignal | null,
    onMessage: (message: FromThread, link: Link<T>) => void,
  ): Promise<Result<T, AppError>> {
    const thread = takeThread();
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      let over = false;
      const leave = (then: (thread: Thread) => void): boolean => {
        if (over) return false;
        over = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        then(thread);
        return true;
      };
      const fail = (error: AppError) => {
        if (leave(end)) resolve(err(error));
      };
      const abort = () => {
        thread.post({ kind: 'stop', job: first.job });
        fail(appError('IMPORT_GONE'));
      };
      const link: Link<T> = {
        post: (message) => thread.post(message),
        done(result) {
          if (leave(giveBack)) resolve(result);
        },
        crash(error) {
          if (leave(end)) reject(error instanceof Error ? error : new Error(String(error)));
        },
        unfiled: 0,
      };
      const wait = () => {
        clearTimeout(timer);
        if (over) return;
        timer = setTimeout(() => {
          if (link.unfiled > 0) wait();
          else fail(appError('FILE_DAMAGED', { detail: 'no progress' }));
        }, patienceMs);
        timer.unref();
      };
      thread.listen((message) => {
        if (over || message.job !== first.job) return;
        wait();
        onMessage(message, link);
      }, fail);
      signal?.addEventListener('abort', abort);
      wait();
      thread.post(first);
      if (signal?.aborted) abort();
    });
  }

  return {
    head: (input, how) =>
      run<Head>({ kind: 'head', job: ++jobs, input, how }, null, (message, link) => {
        if (message.kind === 'head') link.done(message.result);
      }),

    rows({ input, how, plan }, onBatch, signal) {
      const job = ++jobs;
      let filing: Promise<void> = Promise.resolve();
      return run<{ readonly rows: number }>(
        { kind: 'rows', job, input, how, plan },
        signal,
        (message, link) => {
          if (message.kind === 'batch') {
            link.unfiled++;
            filing = filing.then(async () => {
              if (signal.aborted) return;
              await onBatch(message.batch);
              link.unfiled--;
              link.post({ kind: 'credit', job });
            });
            filing.catch(link.crash);
          } else if (message.kind === 'ended') {
            filing.then(() => link.done(message.result), link.crash);
          }
        },
      );
    },

    async close() {
      const threads = [...running, ...(idle ? [idle.thread] : [])];
      if (idle) clearTimeout(idle.timer);
      idle = null;
      await Promise.all(threads.map((thread) => thread.end()));
    },
  };
}
