import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { appError, type AppError } from '#shared/errors.ts';
import type { ChosenFile } from '#shared/ipc/shell.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Handles that are remembered; the oldest is forgotten first. A user who opens more files than this has closed the first. */
const MOST_HANDLES = 500;

/** The files that the user chose, by the opaque handles under which the page speaks of them. */
export type ChosenFiles = {
  /** Remembers a file to be read. `null` where there is no such file, or where it is a folder or a device. */
  toRead(file: string): Promise<ChosenFile | null>;
  /** Remembers the place of a file to be written, which need not exist yet. */
  toWrite(file: string): { readonly handle: string; readonly name: string };
  /**
   * The path behind a handle, for the engine alone. A handle to read is none to write, and one to write is good for one file: what
   * the user chose to replace once is not replaced again unasked. `NOT_FOUND` for any other text.
   */
  resolve(
    handle: string,
    mode: 'read' | 'write',
  ): Result<{ readonly path: string; readonly name: string }, AppError>;
};

/** Makes an empty register. Nothing of it is kept when the program ends. */
export function chosenFiles(): ChosenFiles {
  const known = new Map<string, { readonly file: string; readonly mode: 'read' | 'write' }>();
  const remember = (file: string, mode: 'read' | 'write'): string => {
    const handle = randomUUID();
    known.set(handle, { file, mode });
    const [oldest] = known.keys();
    if (known.size > MOST_HANDLES && oldest !== undefined) known.delete(oldest);
    return handle;
  };
  return {
    async toRead(file) {
      const found = await stat(file).catch(() => null);
      if (!found?.isFile()) return null;
      return { handle: remember(file, 'read'), name: path.basename(file), size: found.size };
    },
    toWrite: (file) => ({ handle: remember(file, 'write'), name: path.basename(file) }),
    resolve(handle, mode) {
      const found = known.get(handle);
      if (found?.mode !== mode) return err(appError('NOT_FOUND'));
      if (mode === 'write') known.delete(handle);
      return ok({ path: found.file, name: path.basename(found.file) });
    },
  };
}
