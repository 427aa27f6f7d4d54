import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { readHead, readRows } from '../files/read.ts';
import type { RowBatch } from '../files/types.ts';
import { CREDIT, type FromThread, type ToThread } from './messages.ts';
import { rowPacker } from './pack-rows.ts';
import { understand } from './understand.ts';

/** The end of the port that the program has: of a thread, or of a channel in the engine's own. */
export type ThreadPort = {
  postMessage(message: FromThread, transfer?: ArrayBuffer[]): void;
  on(event: 'message', listener: (message: ToThread) => void): unknown;
};

/** Rows and bytes of one batch: some milliseconds of work for the engine. */
const BATCH_ROWS = 1_000;
const BATCH_BYTES = 1 << 20;

/** Thrown through the reader to end it when nobody wants the rows any more. */
class Stopped extends Error {}

type Job = { stopped: boolean; credit: number; wake: () => void };

/** Answers jobs at a port: reads the beginning of a file, or all its rows, cleaned and packed. */
export function serveFiles(port: ThreadPort): void {
  const jobs = new Map<number, Job>();

  port.on('message', (message) => {
    const { job: id } = message;
    switch (message.kind) {
      case 'head':
        void readHead(message.input, message.how)
          .catch(unreadable)
          .then((result) => port.postMessage({ kind: 'head', job: id, result }));
        return;
      case 'rows': {
        const job: Job = { stopped: false, credit: CREDIT, wake: () => undefined };
        jobs.set(id, job);
        void sendRows(message, job)
          .catch(unreadable)
          .then((result) => {
            jobs.delete(id);
            port.postMessage({ kind: 'ended', job: id, result });
          });
        return;
      }
      case 'credit': {
        const job = jobs.get(id);
        if (!job) return;
        job.credit++;
        job.wake();
        return;
      }
      case 'stop': {
        const job = jobs.get(id);
        if (!job) return;
        job.stopped = true;
        job.wake();
      }
    }
  });

  async function sendRows(
    { job: id, input, how, plan }: Extract<ToThread, { kind: 'rows' }>,
    job: Job,
  ): Promise<Result<{ readonly rows: number }, AppError>> {
    const packer = rowPacker(plan, BATCH_BYTES, BATCH_ROWS);
    let rows = 0;
    let headings = plan.mapping.header;
    const send = async (fraction: number) => {
      const batch = packer.take(fraction);
      if (!batch) return;
      while (job.credit === 0 && !job.stopped) await new Promise<void>((resolve) => (job.wake = resolve));
      if (job.stopped) throw new Stopped();
      job.credit--;
      const { rows, others, cells, numbers, further, groups, members } = batch.json;
      const memory = [rows, others, cells, numbers, further, groups, members].map(({ buffer }) => buffer);
      port.postMessage({ kind: 'batch', job: id, batch }, memory);
    };
    const onBatch = async ({ rows: read, fraction }: RowBatch) => {
      if (job.stopped) throw new Stopped();
      for (const row of read) {
        if (headings) {
          headings = false;
          continue;
        }
        rows++;
        if (!packer.fits(row.row)) await send(fraction);
        packer.add(understand(row, plan));
      }
      port.postMessage({ kind: 'taken', job: id });
    };
    const outcome = await readRows(input, how, onBatch);
    if (!outcome.ok) return outcome;
    await send(1);
    return ok({ rows });
  }
}

/** An exception while a file is read is the file's: readers give everything they foresee as results. */
function unreadable(error: unknown): { readonly ok: false; readonly error: AppError } {
  return err(appError('FILE_DAMAGED', { detail: String(error).slice(0, 200) }));
}
