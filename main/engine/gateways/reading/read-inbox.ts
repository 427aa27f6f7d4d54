import type { InboundMessage } from '../gateway.ts';
import { type Fields, idOf, instantOf, textOf } from './read-fields.ts';

/**
 * Reads one received message of `GET /sms/1/inbox/reports`, `/sms/1/inbox/logs` or a push of the REST API, from JSON or XML
 * (facts of the platform, "Inbound"). `null` without a sender or a text.
 */
export function readRestInbound(entry: Fields): InboundMessage | null {
  const from = idOf(entry['from']);
  const text = textOf(entry['text']);
  if (from === null || text === null) return null;
  return {
    gatewayMessageId: idOf(entry['messageId']),
    from,
    to: idOf(entry['to']),
    text,
    keyword: idOf(entry['keyword']),
    receivedAt: instantOf(entry['receivedAt']),
  };
}
