import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { AppError } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';
import { openStore, type OpenStoreOptions } from './open.ts';
import { classifySqliteError } from './sqlite-errors.ts';
import type { Store } from './store.ts';

/**
 * Opens a store whose content nobody has to prove later (practice). When it is damaged or of a newer program, it is put
 * aside under another name, never deleted, and a new one is made: practice must not keep the program from starting.
 */
export function openDisposableStore(options: OpenStoreOptions): Result<Store, AppError> {
  const opened = openStore(options);
  if (opened.ok || !['STORE_CORRUPT', 'STORE_NEWER'].includes(opened.error.code)) return opened;
  const { file, clock, log } = options;
  const aside = `${file}.aside-${clock.now()}`;
  try {
    for (const ending of ['', '-wal', '-shm']) {
      if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
    }
  } catch (error) {
    log.error('store.not-set-aside', error, { code: classifySqliteError(error)?.code });
    return opened;
  }
  log.warn('store.set-aside', { store: path.basename(file), code: opened.error.code });
  return openStore(options);
}
