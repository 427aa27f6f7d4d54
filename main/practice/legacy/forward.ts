import type { InboundMessage } from '../core/inbox.ts';
import { isLoopback } from '../core/pushes.ts';
import type { PracticeState } from '../core/state.ts';
import type { LegacySettings } from './settings.ts';
import { writeLegacyDate } from './times.ts';

const TIMEOUT_MS = 5_000;

/**
 * Forwards every inbound message to the address that is registered, by HTTP GET and once (API document, "Receive
 * messages using HTTP GET"). Only this computer is contacted. `closing` ends it.
 */
export function forwardInbound(state: PracticeState, settings: LegacySettings, closing: AbortSignal): void {
  const end = state.onInbound((_account, message) => {
    const { inboundUrl } = settings;
    if (inboundUrl === null || !isLoopback(inboundUrl)) return;
    void get(addressOf(message, inboundUrl, settings, state.settings.timeZoneOffsetMinutes), closing);
  });
  closing.addEventListener('abort', end);
}

function addressOf(
  message: InboundMessage,
  inboundUrl: string,
  { inboundNames }: LegacySettings,
  offsetMinutes: number,
): URL {
  const url = new URL(inboundUrl);
  url.searchParams.set(inboundNames.sender, message.from);
  url.searchParams.set(inboundNames.receiver, message.to);
  url.searchParams.set(inboundNames.text, message.text);
  url.searchParams.set(inboundNames.datetime, writeLegacyDate(message.receivedAt, offsetMinutes, 'padded'));
  return url;
}

async function get(url: URL, closing: AbortSignal): Promise<void> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
  } catch {
    // Nobody listens there: the message stays in the inbox, where it can be pulled.
    return;
  }
}
