import type { MessageState } from '#shared/sms/message-state.ts';

/** Messages that did not arrive, or are not known to have: what can be sent again. */
export const FAILED_STATES = [
  'refused',
  'rejected',
  'undeliverable',
  'expired',
  'no-final-report',
] as const satisfies readonly MessageState[];

/**
 * That the repetition `r` of a message counts: it is to be sent, or was. One that was called off or left out has sent nothing, so that
 * the message can be sent again. This is the condition of the index `messages_retry`, beside that there is something to repeat.
 */
export const LIVE_RETRY = "r.retry_of IS NOT NULL AND r.state NOT IN ('cancelled', 'left-out')";
