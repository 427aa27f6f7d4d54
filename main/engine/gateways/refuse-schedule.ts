import { appError } from '#shared/errors.ts';
import type { SubmitOptions, SubmitOutcome } from './gateway.ts';

/**
 * Refuses messages for a later time than the gateway can hold them for, before anything is sent: otherwise they would go out at
 * once, or too early. `null` when they can be sent; a time that has come is no schedule.
 *
 * @param now ms since the epoch
 * @param horizonMs how far ahead the gateway takes messages, in ms; 0 where it knows no schedule
 */
export function refuseSchedule(
  { sendAt }: SubmitOptions = {},
  now: number,
  horizonMs: number,
): SubmitOutcome | null {
  if (sendAt === undefined || sendAt - now <= horizonMs) return null;
  return { kind: 'refused', error: appError('NOT_SUPPORTED', { field: 'sendAt' }), retryAfterMs: null };
}
