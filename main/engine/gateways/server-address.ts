import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** An address that may be called: its origin, and the path before the API's own paths (no slash at its end). */
export type ServerBase = { readonly origin: URL; readonly prefix: string };

/**
 * Reads the server address of an account. Without a scheme it means https. A path is kept, since the same API also
 * stands under a prefix on some hosts; credentials, a query or a fragment in the address are refused.
 *
 * Errors: `INVALID_SERVER_ADDRESS`; `HTTP_NEEDS_CONSENT` for `http:` without `allowHttp`, because the password would travel readable.
 */
export function parseServerAddress(address: string, allowHttp: boolean): Result<ServerBase, AppError> {
  const text = address.trim();
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(absolute)) return err(appError('INVALID_SERVER_ADDRESS'));
  const url = new URL(absolute);
  const speaksHttp = url.protocol === 'https:' || url.protocol === 'http:';
  const extra = url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '';
  if (!speaksHttp || extra || url.hostname === '') return err(appError('INVALID_SERVER_ADDRESS'));
  if (url.protocol === 'http:' && !allowHttp) return err(appError('HTTP_NEEDS_CONSENT'));
  return ok({ origin: new URL(url.origin), prefix: url.pathname.replace(/\/+$/, '') });
}
