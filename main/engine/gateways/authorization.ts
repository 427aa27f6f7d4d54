import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';

/**
 * The `Authorization` header of basic authorization, computed (API document, "Authorization"; RFC 7617 §2 with UTF-8).
 * The samples in the document are damaged and must not be compared with. Error: `INVALID_INPUT` for a user name with a
 * colon, which the scheme cannot carry.
 */
export function basicAuthorization(userName: string, password: string): Result<string, AppError> {
  if (userName.includes(':')) return err(appError('INVALID_INPUT', { field: 'userName' }));
  return ok(`Basic ${Buffer.from(`${userName}:${password}`, 'utf8').toString('base64')}`);
}
