import type smpp from 'smpp';
import { gsmErrorView, statusView } from '../core/catalogue.ts';
import { standingAt } from '../core/message.ts';
import type { Delivery } from './deliveries.ts';
import type { Ending, Office, PendingReceipt } from './office.ts';
import { endStateOf } from './statuses.ts';
import { receiptDate } from './times.ts';

const RECEIPT = 0x04;
/** "GSM" in the first octet of `network_error_code` (SMPP 3.4 §5.3.2.31). */
const GSM_NETWORK = 3;
const EXCERPT = 20;
/** A scheduled message that was moved is looked at that often, in ms of the gateway's clock. */
const LOOK_AGAIN_MS = 1_000;

/** Hands a message's receipts to the deliveries of its account, or puts them off while it is on its way. */
export function settleReceipt(office: Office, pending: PendingReceipt, now: number): void {
  const { of } = pending;
  if ('statusId' in of) {
    deliver(office, pending, of, now);
    return;
  }
  const { account } = pending.desk;
  const [message] = account.shelf.withIds([of.messageId], now);
  if (message === undefined) {
    // Held: moved to another time. Otherwise cancelled, or too old; then there is nothing to tell.
    if (account.bulks.holds(of.messageId)) office.due.add(now + LOOK_AGAIN_MS, pending);
    return;
  }
  const { status, error, doneAt } = standingAt(message, now);
  if (doneAt !== null) deliver(office, pending, { statusId: status.id, errorId: error.id }, doneAt);
  else if (message.fate.kind === 'final' || message.lapses)
    office.due.add(Math.max(message.doneAt, now + 1), pending);
}

function deliver(office: Office, pending: PendingReceipt, ending: Ending, doneAt: number): void {
  const delivered = statusView(ending.statusId).groupId === 3;
  for (const { messageId, registered } of pending.copies) {
    if (registered === 1 || (registered === 2 && !delivered)) {
      pending.desk.deliveries.add(receiptOf(office, pending, messageId, ending, doneAt));
    }
  }
}

function receiptOf(
  office: Office,
  pending: PendingReceipt,
  messageId: string,
  ending: Ending,
  doneAt: number,
): Delivery {
  const { request, submittedAt, text, tlvs } = pending;
  const offset = office.state.settings.timeZoneOffsetMinutes;
  const { stat, state } = endStateOf(statusView(ending.statusId));
  const error = gsmErrorView(ending.errorId).id;
  const networkError = Buffer.alloc(3);
  networkError.writeUInt8(GSM_NETWORK, 0);
  networkError.writeUInt16BE(error & 0xffff, 1);
  const words = [
    `id:${messageId}`,
    'sub:001',
    `dlvrd:${stat === 'DELIVRD' ? '001' : '000'}`,
    `submit date:${receiptDate(submittedAt, offset)}`,
    `done date:${receiptDate(doneAt, offset)}`,
    `stat:${stat}`,
    `err:${String(error).padStart(3, '0')}`,
    `text:${excerpt(text)}`,
  ];
  const fields: smpp.Fields = {
    service_type: request.serviceType,
    source_addr_ton: request.to.ton,
    source_addr_npi: request.to.npi,
    source_addr: request.to.digits,
    dest_addr_ton: request.from.ton,
    dest_addr_npi: request.from.npi,
    destination_addr: request.from.digits,
    esm_class: RECEIPT,
    data_coding: 0,
    short_message: Buffer.from(words.join(' '), 'latin1'),
    receipted_message_id: messageId,
    message_state: state,
    network_error_code: networkError,
  };
  return { fields, tlvs, isReport: true };
}

/** The beginning of a text in letters that are the same in ASCII and in the GSM alphabet. */
function excerpt(text: string): string {
  return [...text]
    .slice(0, EXCERPT)
    .join('')
    .replaceAll(/[^A-Za-z0-9 .,:;!?'"()+\-*/=<>%&#]/gu, '?');
}
