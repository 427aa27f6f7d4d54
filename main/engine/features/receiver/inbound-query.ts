import type { InboundNames } from '#shared/ipc/receiver.ts';
import { err, ok, type Result } from '#shared/result.ts';

/** Names by which public software of this family of gateways was seen to be called (facts of the platform, "Inbound (MO)"). */
export const USUAL_NAMES: InboundNames = {
  from: ['sender', 'from'],
  to: ['receiver', 'to'],
  text: ['text', 'message'],
  time: ['datetime', 'timestamp', 'receivedAt'],
  id: ['messageId', 'id'],
};

/** Names of parameters that are told to the user when none of them fits. */
const NAMES_TOLD = 8;

/**
 * Writes the parameters of an inbound SMS as the body of a page of received messages, so that it is stored and read like any
 * other. Names count in any case. Fails with the names that came (never a value) when there is no sender or no text.
 */
export function inboundBody(query: URLSearchParams, names: InboundNames): Result<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of query) {
    if (!values.has(name.toLowerCase())) values.set(name.toLowerCase(), value);
  }
  const first = (wanted: readonly string[]) =>
    wanted.map((name) => values.get(name.toLowerCase())).find((value) => value !== undefined) ?? null;
  // A plus sign that was not encoded arrives as a blank.
  const from = first(names.from)?.trim() ?? '';
  const text = first(names.text);
  if (from === '' || text === null) {
    const told = [...values.keys()].filter((name) => /^[\w.-]{1,40}$/.test(name)).slice(0, NAMES_TOLD);
    return err(`${from === '' ? 'no sender' : 'no text'} among: ${told.join(', ')}`);
  }
  const time = first(names.time);
  const message = {
    messageId: first(names.id),
    from,
    to: first(names.to)?.trim() ?? null,
    text,
    receivedAt: time === null ? null : (instantText(time.trim()) ?? time),
  };
  return ok(JSON.stringify({ results: [message] }));
}

/** Seconds or ms since the epoch as ISO 8601; `null` for every other writing, which is left as it came. */
function instantText(time: string): string | null {
  if (!/^\d{10}$|^\d{13}$/.test(time)) return null;
  return new Date(Number(time) * (time.length === 10 ? 1_000 : 1)).toISOString();
}
