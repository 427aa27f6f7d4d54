import * as v from 'valibot';

/**
 * The states of a message, one set everywhere (screens, store, exports).
 * `held` waits out the undo window; `submitting` is on its way to the gateway; `refused` was turned down in the answer to
 * the request itself, `rejected` by a later report; `uncertain` may or may not have reached the gateway;
 * `at-operator` is the gateway's status 2, which is not yet the handset.
 */
export const MESSAGE_STATES = [
  'held',
  'queued',
  'submitting',
  'uncertain',
  'accepted',
  'at-operator',
  'delivered',
  'undeliverable',
  'expired',
  'rejected',
  'no-final-report',
  'refused',
  'cancelled',
  'left-out',
] as const;

/** Schema of {@link MESSAGE_STATES}. */
export const MessageState = v.picklist(MESSAGE_STATES);
/** One of {@link MESSAGE_STATES}. */
export type MessageState = v.InferOutput<typeof MessageState>;

/** The gateway took the message, whatever became of it later. */
export const TAKEN_STATES = [
  'accepted',
  'at-operator',
  'delivered',
  'undeliverable',
  'expired',
  'rejected',
  'no-final-report',
] as const satisfies readonly MessageState[];

/** Still to be sent, or not known to be sent: a campaign is not finished while it has one of these. */
export const OPEN_STATES = [
  'held',
  'queued',
  'submitting',
  'uncertain',
] as const satisfies readonly MessageState[];

/** Taken by the gateway, final report still awaited. */
export const AWAITING_REPORT_STATES = ['accepted', 'at-operator'] as const satisfies readonly MessageState[];
