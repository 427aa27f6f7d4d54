import type { Account } from '../core/account.ts';
import type { InboundMessage } from '../core/inbox.ts';
import { contextOf } from '../core/networks.ts';
import type { Form } from './form.ts';
import { readLegacyDate, writeLegacyDate } from './times.ts';

/** Most messages in one answer. */
const INBOX_LIMIT = 10_000;

/**
 * The JSON of the inbox calls (facts of the platform, "Inbound (MO)"): the messages since `ReceivedDateTime`, newest
 * first, as often as asked; `limit=0` is all. `null` when one of the two makes no sense.
 */
export function writeInbox(account: Account, form: Form, offsetMinutes: number): string | null {
  const limitText = form.get('limit') || '0';
  const sinceText = form.get('receiveddatetime') || '';
  const since = sinceText === '' ? 0 : readLegacyDate(sinceText, offsetMinutes);
  if (!/^\d{1,9}$/.test(limitText) || since === null) return null;
  const limit = Math.min(Number(limitText) || INBOX_LIMIT, INBOX_LIMIT);
  const messages = account.inbox.logs(limit, ({ receivedAt }) => receivedAt >= since);
  return JSON.stringify({ inboxMessages: messages.map((message) => view(message, offsetMinutes)) });
}

function view({ id, from, text, receivedAt }: InboundMessage, offsetMinutes: number): Record<string, string> {
  return {
    externalMessageId: id,
    networkName: contextOf(from).original?.networkName ?? '',
    from,
    messageText: text,
    receivedDateTime: writeLegacyDate(receivedAt, offsetMinutes, 'padded'),
  };
}
