import type { Account } from '../core/account.ts';
import { statusView } from '../core/catalogue.ts';
import type { SendFault } from '../core/faults.ts';
import { magicFaultOf, type MagicFault } from '../core/magic.ts';
import type { PracticeState, RequestEntry } from '../core/state.ts';
import { badRequest, RefusedRequest, REFUSALS } from './refusals.ts';
import { receiptView } from './views.ts';

/** The body of `POST /sms/1/text/single`. */
export type SingleText = { readonly from: string; readonly to: readonly string[]; readonly text: string };

/**
 * Reads the body of a send. Throws {@link RefusedRequest}: General error without `Content-Type` (the document's
 * word), 415 for another type than JSON, 400 BAD_REQUEST for anything that is not the documented shape.
 */
export function readSingleText(contentType: string | undefined, body: unknown): SingleText {
  if (contentType === undefined || contentType.trim() === '') throw new RefusedRequest(REFUSALS.general);
  if (!/^application\/json\s*(;|$)/i.test(contentType.trim()))
    throw new RefusedRequest(REFUSALS.unsupportedType);
  const value = parse(body);
  return { from: field(value, 'from'), to: destinations(value), text: field(value, 'text') };
}

function parse(body: unknown): object {
  if (!(body instanceof Uint8Array)) throw new RefusedRequest(badRequest());
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    // Both bad UTF-8 (TypeError) and bad JSON (SyntaxError) are the sender's fault.
    if (error instanceof SyntaxError || error instanceof TypeError) throw new RefusedRequest(badRequest());
    throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RefusedRequest(badRequest());
  return value;
}

function own(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function field(value: object, name: string): string {
  const given = own(value, name);
  if (typeof given !== 'string') throw new RefusedRequest(badRequest(name, 'must be a string'));
  if (given === '') throw new RefusedRequest(badRequest(name, 'must not be empty'));
  return given;
}

function destinations(value: object): readonly string[] {
  const given = own(value, 'to');
  const list: unknown = typeof given === 'string' ? [given] : given;
  if (!Array.isArray(list) || !list.every((to) => typeof to === 'string')) {
    throw new RefusedRequest(badRequest('to', 'must be a string or a list of strings'));
  }
  if (list.length === 0) throw new RefusedRequest(badRequest('to', 'must not be empty'));
  return list;
}

/** What goes wrong with one send. `traits` is what magic numbers ask for besides the fault. */
export type SendTrouble = { readonly fault: SendFault | null; readonly traits: MagicFault };

/**
 * Decides what goes wrong with a request: the first magic number with a fault decides, otherwise the plan. What
 * magic numbers say of reports, logs and ids adds up. All of it holds for the whole request.
 */
export function troubleOf(to: readonly string[], user: string, state: PracticeState): SendTrouble {
  const planned = state.dice.send();
  let traits: MagicFault = {};
  let magic: SendFault | null = null;
  for (const number of to) {
    const asked = magicFaultOf(number);
    if (asked === null) continue;
    const skipped = asked.everyOtherTry === true && state.nextTry(user, number) % 2 === 0;
    if (!skipped) magic ??= asked.fault ?? null;
    traits = { ...traits, ...asked };
  }
  return { fault: magic ?? planned, traits };
}

/** Makes the account take the messages and gives the JSON text of the answer ("Send SMS response"). */
export function acceptSingleText(
  account: Account,
  single: SingleText,
  traits: MagicFault,
  state: PracticeState,
  entry: RequestEntry,
): string {
  const before = account.balanceMicros;
  const { bulkId, receipts } = account.submit({
    ...single,
    noReport: traits.noReport === true,
    hiddenMs: traits.hiddenMs ?? 0,
    digitIds: traits.oddAnswer === true,
  });
  const rejected = receipts.filter((receipt) => statusView(receipt.statusId).groupId === 5).length;
  entry.accepted = receipts.length - rejected;
  state.counts.accepted += entry.accepted;
  state.counts.rejected += rejected;
  state.counts.chargedMicros += before - account.balanceMicros;
  const odd =
    traits.oddAnswer === true ? { trackingProcessKey: 'practice', nested: { of: ['no', 1, null] } } : {};
  return JSON.stringify({
    ...(receipts.length > 1 ? { bulkId } : {}),
    messages: receipts.map((receipt) => ({ ...receiptView(receipt), ...odd })),
    ...odd,
  });
}
