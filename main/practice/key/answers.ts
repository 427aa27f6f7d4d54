import type { Answer } from '../answering.ts';
import { KEY_CODE, KEY_TEXT, type KeyCode } from './codes.ts';

/** What the second version says besides; what is left out is empty. */
export type KeyDetails = {
  readonly trackingId?: string;
  /** As a decimal. */
  readonly balance?: string;
  readonly deliveryStatus?: string;
  /** Parts of all messages. */
  readonly smsCount?: number;
  readonly recipientCount?: number;
  readonly errors?: readonly Record<string, string>[];
};

/** What an answer of both versions says. */
export type KeyOutcome = {
  readonly code: KeyCode;
  readonly trxnId?: string;
  /** Instead of the usual words for the code. */
  readonly text?: string;
  readonly details?: KeyDetails;
};

/** The version of the key API that a call belongs to. */
export type KeyVersion = 1 | 2;

/** Writes an answer; an `odd` one holds what no document knows. */
export function writeOutcome(version: KeyVersion, outcome: KeyOutcome, odd = false): Answer {
  const { code, trxnId = '', text = KEY_TEXT[code], details = {} } = outcome;
  return json({
    statusCode: code,
    status: code === KEY_CODE.ok ? 'Success' : 'Failed',
    trxnId,
    ...(version === 1 ? {} : writeDetails(details)),
    responseResult: text,
    ...(odd ? { trackingProcessKey: 'practice', nested: { of: ['no', 1, null] } } : {}),
  });
}

function writeDetails(details: KeyDetails): Record<string, unknown> {
  return {
    trackingId: details.trackingId ?? '',
    balance: details.balance ?? '',
    deliveryStatus: details.deliveryStatus ?? '',
    smsCount: details.smsCount ?? 0,
    recipientCount: details.recipientCount ?? 0,
    error_Data: details.errors ?? [],
  };
}

/** How the key API words the HTTP errors that faults play. */
export function wordKeyFailure(status: 429 | 500 | 503): Answer {
  return json({
    statusCode: String(status),
    status: 'Failed',
    trxnId: '',
    responseResult: 'Please try again',
  });
}

function json(body: unknown): Answer {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
