import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { APP_SCHEME } from './app-origin.ts';
import { findInBundle, listBundle, type Bundle } from './bundle-files.ts';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every answer, refusals included. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // A looked-up host name is a message to the outside as well.
  'X-DNS-Prefetch-Control': 'off',
};

/** Makes `app://` an origin like any web origin, with compiled scripts cached. Must run before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/**
 * Answers every `app://` request of a session from the built page in `folder`, and nothing else.
 *
 * @param folder may lie inside an asar archive
 */
export function serveBundle(session: Session, folder: string): void {
  const bundle = listBundle(folder);
  session.protocol.handle(APP_SCHEME, (request) => answer(bundle, request.method, request.url));
}

async function answer(bundle: Bundle, method: string, address: string): Promise<Response> {
  const found = method === 'GET' || method === 'HEAD' ? findInBundle(bundle, address) : undefined;
  if (!found)
    return new Response('Not found', {
      status: 404,
      headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain' },
    });
  const headers = { ...SECURITY_HEADERS, 'Content-Type': found.contentType };
  return new Response(method === 'HEAD' ? null : new Uint8Array(await readFile(found.file)), { headers });
}
