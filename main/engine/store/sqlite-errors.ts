import { appError, type AppError } from '#shared/errors.ts';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html) that mean something to a user. */
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** An extended code: the file is shorter than its header says. */
const SQLITE_IOERR_SHORT_READ = 522;

/**
 * Names the condition of disk or file behind an exception of a store operation: `STORE_FULL`, `STORE_READONLY` or
 * `STORE_CORRUPT`. `null` for everything that is not the user's disk (a constraint, a mistake in SQL): that is a bug and stays
 * an exception.
 */
export function classifySqliteError(error: unknown): AppError | null {
  if (!(error instanceof Error)) return null;
  const detail = error.message;
  const code = numberProperty(error, 'errcode');
  if (code === null) return classifyFileError(error);
  if (code === SQLITE_IOERR_SHORT_READ) return appError('STORE_CORRUPT', { detail });
  switch (code & 0xff) {
    case SQLITE_FULL:
      return appError('STORE_FULL', { detail });
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return appError('STORE_READONLY', { detail });
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return appError('STORE_CORRUPT', { detail });
    default:
      return null;
  }
}

/** Whether another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  const code = error instanceof Error ? numberProperty(error, 'errcode') : null;
  return code !== null && (code & 0xff) === SQLITE_BUSY;
}

/** The same conditions as the file system tells them, before SQLite sees the file. */
function classifyFileError(error: Error): AppError | null {
  const code = 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return appError('STORE_FULL', { detail: error.message });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'EISDIR':
      return appError('STORE_READONLY', { detail: error.message });
    default:
      return null;
  }
}

function numberProperty(error: Error, name: string): number | null {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'number' ? value : null;
}
