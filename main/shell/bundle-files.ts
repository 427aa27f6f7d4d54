import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isOurAddress } from './app-origin.ts';

/** The kinds of files that the built page consists of. A file of any other kind is not served. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** One file that may be served: where it lies and what it is. */
export type BundleFile = { readonly file: string; readonly contentType: string };

/** Everything that may be served, by its exact path in an address (`/assets/index-1a2b.js`). */
export type Bundle = ReadonlyMap<string, BundleFile>;

/**
 * Lists the built page's files once; only these can ever be served, whatever is asked for. Works on a folder and
 * inside an asar archive.
 *
 * @throws when the folder cannot be read: the program was not built
 */
export function listBundle(folder: string): Bundle {
  const bundle = new Map<string, BundleFile>();
  const walk = (directory: string, prefix: string): void => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const file = path.join(directory, entry.name);
      const address = `${prefix}/${encodeURIComponent(entry.name)}`;
      if (entry.isDirectory()) walk(file, address);
      const contentType = CONTENT_TYPES[path.extname(entry.name)];
      if (entry.isFile() && contentType !== undefined) bundle.set(address, { file, contentType });
    }
  };
  walk(folder, '');
  return bundle;
}

/**
 * Finds the file for an address, or `undefined`. The path is looked up as it stands and never decoded, so an encoded
 * `..`, a backslash or a drive letter is simply a name that is not on the list.
 */
export function findInBundle(bundle: Bundle, address: string): BundleFile | undefined {
  if (!isOurAddress(address)) return undefined;
  const { pathname } = new URL(address);
  return bundle.get(pathname === '/' ? '/index.html' : pathname);
}
