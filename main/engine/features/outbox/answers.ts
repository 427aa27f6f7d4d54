import type { MessageState } from '#shared/sms/message-state.ts';
import { outcomeOf } from '#shared/sms/outcome.ts';
import type { GatewayStatus, SubmittedMessage } from '../../gateways/gateway.ts';

/** REJECTED_NOT_ENOUGH_CREDITS (API document, "Statuses"): nothing was taken, and nothing will be until money is added. */
const NOT_ENOUGH_CREDITS = 12;
/** REJECTED_DUPLICATE_MESSAGE_ID (API document, "Statuses"): an earlier request with this id of ours arrived. */
const DUPLICATE_MESSAGE_ID = 23;

/** What one message's answer means for its row. */
export type Verdict =
  | {
      readonly kind: 'taken';
      readonly state: MessageState;
      readonly gatewayMessageId: string | null;
      readonly partIds: readonly string[];
      /** Proved by the refusal of its id: an earlier request had taken it. */
      readonly earlier: boolean;
      readonly parts: number | null;
      readonly status: GatewayStatus;
    }
  | { readonly kind: 'refused'; readonly gatewayMessageId: string | null; readonly status: GatewayStatus }
  | { readonly kind: 'no-credits'; readonly gatewayMessageId: string | null }
  /** The answer says nothing about this recipient, so its fate is unknown. */
  | { readonly kind: 'missing' };

/** A recipient of a request: its number, and the message id of ours that it was sent with. */
export type Recipient = { readonly msisdn: string; readonly own_id: string | null };

/**
 * Finds each recipient's verdict in a gateway's answer. Numbers are compared by their digits, because gateways echo
 * them with or without a plus; a single recipient with a single answer needs no such match.
 *
 * @param recipients those of the request, in its order
 * @returns one verdict for each recipient, in the same order
 */
export function verdictsOf(
  recipients: readonly Recipient[],
  messages: readonly SubmittedMessage[],
): Verdict[] {
  const only = recipients.length === 1 && messages.length === 1 ? messages[0] : undefined;
  const byNumber = new Map<string, SubmittedMessage>();
  for (const message of messages) {
    const digits = message.to.replace(/\D/gu, '');
    if (!byNumber.has(digits)) byNumber.set(digits, message);
  }
  return recipients.map(({ msisdn, own_id }) => verdictOf(only ?? byNumber.get(msisdn), own_id));
}

function verdictOf(message: SubmittedMessage | undefined, ownId: string | null): Verdict {
  if (!message) return { kind: 'missing' };
  const { status, gatewayMessageId, parts } = message;
  // Neither a status nor an id: an entry that claims nothing proves nothing.
  if (status.id === null && status.groupId === null && gatewayMessageId === null) return { kind: 'missing' };
  if (status.id === DUPLICATE_MESSAGE_ID && ownId !== null) {
    return {
      kind: 'taken',
      state: 'accepted',
      gatewayMessageId: ownId,
      partIds: [],
      earlier: true,
      parts,
      status,
    };
  }
  if (status.id === NOT_ENOUGH_CREDITS) return { kind: 'no-credits', gatewayMessageId };
  const state = outcomeOf(status.groupId ?? -1, status.id ?? -1);
  if (state === 'rejected') return { kind: 'refused', gatewayMessageId, status };
  return {
    kind: 'taken',
    state: state ?? 'accepted',
    gatewayMessageId: gatewayMessageId ?? ownId,
    partIds: message.partIds ?? [],
    earlier: false,
    parts,
    status,
  };
}
