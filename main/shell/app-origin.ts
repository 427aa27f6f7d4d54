/** The scheme under which the window's own files are served. */
export const APP_SCHEME = 'app';

/** The one host inside {@link APP_SCHEME} that exists. */
export const APP_HOST = 'bundle';

/**
 * The origin as Chromium reports it for a frame of ours. Compared as text: Node's `URL` calls the origin of a scheme
 * it does not know `null`, so it must never be taken from there.
 */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** The page of the window. */
export const PAGE_ADDRESS = `${APP_ORIGIN}/index.html`;

/** Whether an address lies inside our own origin; `false` for whatever is not an address. */
export function isOurAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
}
