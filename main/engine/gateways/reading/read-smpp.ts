import * as v from 'valibot';
import type { GatewayReport, InboundMessage, LookupAnswer } from '../gateway.ts';
import { decodeText } from '../smpp/encode-text.ts';
import { SmppFacts, userDataOf } from '../smpp/facts.ts';
import { contextOf } from '../smpp/number-context.ts';
import { receiptOf } from '../smpp/receipt.ts';
import { type Fields, idOf, objectOf } from './read-fields.ts';

/** Parts of one message at most (3GPP TS 23.040 §9.2.3.24.1). */
const MOST_PARTS = 255;
/** Longest text that is kept, in UTF-16 units; the parts of a message cannot hold more than twice that. */
const MAX_TEXT = 20_000;

/**
 * Reads a receipt that came as `deliver_sm`, from an entry `{"smpp":{…}}` as the SMPP gateway stores it. A receipt goes the other
 * way: its source is the number that the message was sent to. `null` without a message id.
 */
export function readSmppReport(entry: Fields): GatewayReport | null {
  const facts = factsIn(entry['smpp']);
  const receipt = facts === null ? null : receiptOf(facts);
  if (facts === null || receipt === null || receipt.id === null) return null;
  return {
    gatewayMessageId: receipt.id,
    bulkId: null,
    to: idOf(facts.source_addr),
    from: idOf(facts.destination_addr),
    // The text of a receipt is the first twenty characters at most (SMPP 3.4 appendix B).
    text: null,
    sentAt: receipt.submittedAt,
    doneAt: receipt.doneAt,
    parts: null,
    pricePerPart: null,
    mccmnc: null,
    status: receipt.status,
    error: receipt.error,
    raw: entry,
  };
}

/**
 * Reads a message of a phone, from an entry `{"smpp":{…}}`, or one of several parts from `{"smpp":{"parts":[…]}}`; `…` stands
 * where a part is missing. `null` without a sender.
 */
export function readSmppInbound(entry: Fields): InboundMessage | null {
  const parts = objectOf(entry['smpp'])?.['parts'];
  const all = Array.isArray(parts) ? parts.slice(0, MOST_PARTS).map(factsIn) : [factsIn(entry['smpp'])];
  const known = all.filter((facts) => facts !== null);
  const [first] = known;
  const from = first === undefined ? null : idOf(first.source_addr);
  if (first === undefined || from === null) return null;
  return {
    gatewayMessageId: null,
    from,
    to: idOf(first.destination_addr),
    text: joined(known).slice(0, MAX_TEXT),
    keyword: null,
    receivedAt: first.received_at,
  };
}

/** Reads the receipt of a number context request whose facts stand in the usual optional parameters. `null` without a number. */
export function readSmppLookup(entry: Fields): LookupAnswer | null {
  const facts = factsIn(entry['smpp']);
  return facts === null ? null : contextOf(facts, {});
}

function factsIn(value: unknown): SmppFacts | null {
  const fields = objectOf(value);
  if (fields === null || Object.hasOwn(fields, 'frame')) return null;
  const read = v.safeParse(SmppFacts, fields);
  return read.success ? read.output : null;
}

/** Neighbours are decoded as one: phones cut escape and surrogate pairs. */
function joined(parts: readonly SmppFacts[]): string {
  const pieces = parts
    .map((facts) => ({ ...userDataOf(facts), coding: facts.data_coding }))
    .sort((a, b) => (a.part?.sequence ?? 0) - (b.part?.sequence ?? 0));
  let text = '';
  let run: Buffer[] = [];
  let coding = pieces[0]?.coding ?? 0;
  let next = 1;
  for (const piece of pieces) {
    const sequence = piece.part?.sequence ?? next;
    // A part that came twice.
    if (sequence < next) continue;
    if (sequence > next || piece.coding !== coding) {
      text += decodeText(Buffer.concat(run), coding) + (sequence > next ? '…' : '');
      run = [];
      coding = piece.coding;
    }
    run.push(piece.octets);
    next = sequence + 1;
  }
  text += decodeText(Buffer.concat(run), coding);
  return next <= (pieces[0]?.part?.total ?? 1) ? `${text}…` : text;
}
