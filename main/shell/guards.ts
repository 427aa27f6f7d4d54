import { app, type Session, type WebContents } from 'electron';
import type { Log } from '../logging/log.ts';
import { APP_ORIGIN, APP_SCHEME, isOurAddress } from './app-origin.ts';

/** The one permission the page has: putting text on the clipboard after a click. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write';

/** What was refused goes to the log without its query, which may carry what the user typed. */
const withoutQuery = (address: string): string => address.replace(/[?#].*$/su, '').slice(0, 200);

/**
 * Closes a session: every permission is denied, every request that does not stay inside `app://` is cancelled,
 * downloads are refused.
 *
 * @param developer lets the developer tools load their own files
 */
export function guardSession(session: Session, log: Log, developer: boolean): void {
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const allowed = permission === ALLOWED_PERMISSION && isOurAddress(details.requestingUrl);
    if (!allowed) log.warn('permission.refused', { permission, from: withoutQuery(contents.getURL()) });
    decide(allowed);
  });
  // Asked often and for things nobody sees, so a refusal is not logged.
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === ALLOWED_PERMISSION && (origin === APP_ORIGIN || origin === `${APP_ORIGIN}/`),
  );
  session.setDevicePermissionHandler(() => false);

  const ownSchemes = developer ? [`${APP_SCHEME}:`, 'devtools:'] : [`${APP_SCHEME}:`];
  session.webRequest.onBeforeRequest((request, decide) => {
    const cancel = !ownSchemes.some((scheme) => request.url.startsWith(scheme));
    if (cancel) log.warn('request.refused', { to: withoutQuery(request.url) });
    decide({ cancel });
  });
  session.on('will-download', (event, item) => {
    event.preventDefault();
    log.warn('download.refused', { from: withoutQuery(item.getURL()) });
  });
}

/** Keeps every page that will ever exist in this program where it is: no navigation, no new window, no webview. */
export function guardEveryPage(log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, log));
}

function guardPage(contents: WebContents, log: Log): void {
  const refuse = (what: string) => (event: { preventDefault(): void; readonly url: string }) => {
    event.preventDefault();
    log.warn(`${what}.refused`, { to: withoutQuery(event.url) });
  };
  contents.on('will-navigate', refuse('navigation'));
  contents.on('will-frame-navigate', refuse('frame-navigation'));
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    log.warn('webview.refused');
  });
  contents.setWindowOpenHandler(({ url }) => {
    log.warn('new-window.refused', { to: withoutQuery(url) });
    return { action: 'deny' };
  });
  // WebRTC does not pass through webRequest: without a proxy it may open no socket at all.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}
