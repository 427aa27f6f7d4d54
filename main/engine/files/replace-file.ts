import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Bytes gathered before they go to the disk. */
const FLUSH = 262_144;

/** Takes bytes or text of the new file; resolves when there is room for more. */
export type WriteOut = (piece: Uint8Array | string) => Promise<void>;

/**
 * Writes a file beside its place and puts it there once it is complete. A fault or a cancellation leaves nothing behind and an older
 * file of that name as it was.
 *
 * @param content writes everything
 * @returns `FILE_NOT_WRITTEN`
 * @throws what `content` throws, the reason of an aborted signal too
 */
export async function replaceFile(
  target: string,
  content: (write: WriteOut) => Promise<void>,
): Promise<Result<null, AppError>> {
  const temporary = path.join(
    path.dirname(target),
    `.${path.basename(target)}.${randomUUID().slice(0, 8)}.part`,
  );
  try {
    const file = await open(temporary, 'wx');
    try {
      let pending: Buffer[] = [];
      let size = 0;
      const flush = async (): Promise<void> => {
        const whole = Buffer.concat(pending);
        pending = [];
        size = 0;
        await file.writeFile(whole);
      };
      await content(async (piece) => {
        const bytes = Buffer.from(piece);
        pending.push(bytes);
        size += bytes.length;
        if (size >= FLUSH) await flush();
      });
      await flush();
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    return ok(null);
  } catch (fault) {
    await rm(temporary, { force: true });
    if (fault instanceof Error && 'syscall' in fault && 'code' in fault)
      return err(appError('FILE_NOT_WRITTEN', { detail: String(fault.code) }));
    throw fault;
  }
}
