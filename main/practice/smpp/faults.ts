import type { SendFault } from '../core/faults.ts';
import { ESME } from './statuses.ts';

/** How a fault of a plan, or of a magic number, shows over SMPP. */
export type FaultPlay =
  /** Nothing is accepted; the answer is this `command_status`. */
  | { readonly kind: 'refuse'; readonly status: number }
  /** Nothing is accepted, and the connection is gone. */
  | { readonly kind: 'reset' }
  /** Accepted, but the answer is this `command_status`. */
  | { readonly kind: 'lie'; readonly status: number }
  /** Accepted; then the connection ends without an answer, after half of one, or goes on after octets that are no PDU. */
  | { readonly kind: 'drop' | 'half' | 'garbage' }
  /** Accepted; the answer comes late. */
  | { readonly kind: 'late' };

const PLAYS: Readonly<Record<SendFault, FaultPlay>> = {
  resetBefore: { kind: 'reset' },
  http429: { kind: 'refuse', status: ESME.throttled },
  http500Before: { kind: 'refuse', status: ESME.systemError },
  http503Before: { kind: 'refuse', status: ESME.queueFull },
  dropAfter: { kind: 'drop' },
  delay: { kind: 'late' },
  http500After: { kind: 'lie', status: ESME.systemError },
  truncated: { kind: 'half' },
  notJson: { kind: 'garbage' },
};

/** Octets in the place of an answer: read as a PDU, they claim a length no PDU has. */
export const GARBAGE = Buffer.from('<html><body><h1>It works!</h1></body></html>');

/** How a fault is played, or `null` for none. */
export function playOf(fault: SendFault | null): FaultPlay | null {
  return fault === null ? null : PLAYS[fault];
}
