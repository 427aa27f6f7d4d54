import { accept } from '../core/accept.ts';
import type { Account } from '../core/account.ts';
import type { MagicFault } from '../core/magic.ts';
import type { PracticeState, RequestEntry } from '../core/state.ts';
import { LONGEST_TEXT, type Submission } from '../core/submission.ts';
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

/** Makes the account take the messages and gives the JSON text of the answer ("Send SMS response"). */
export function acceptSingleText(
  account: Account,
  single: SingleText,
  traits: MagicFault,
  state: PracticeState,
  entry: RequestEntry,
): string {
  const submission: Submission = {
    from: single.from,
    items: single.to.map((to) => ({ to, text: single.text, ownId: null, binary: null })),
    bulkId: null,
    sendAt: null,
    validityMs: null,
    flash: false,
    unicode: null,
    notify: null,
    callbackData: null,
    appId: null,
    longest: LONGEST_TEXT,
    noReport: false,
    hiddenMs: 0,
    ids: 'uuid',
  };
  const { bulkId, receipts } = accept(state, account, submission, traits, entry);
  const odd =
    traits.oddAnswer === true ? { trackingProcessKey: 'practice', nested: { of: ['no', 1, null] } } : {};
  return JSON.stringify({
    ...(receipts.length > 1 ? { bulkId } : {}),
    messages: receipts.map((receipt) => ({ ...receiptView(receipt), ...odd })),
    ...odd,
  });
}
