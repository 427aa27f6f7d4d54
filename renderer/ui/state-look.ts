import type { MessageState } from '#shared/sms/message-state.ts';

/** Colour family of a state; each has text, soft and fill colours in `styles/tokens.css`. */
export type Tone = 'ok' | 'info' | 'wait' | 'warn' | 'bad' | 'ask';

/** Shape that tells states apart without colour. */
export type Shape =
  | 'dot'
  | 'ring'
  | 'half'
  | 'arrow'
  | 'check'
  | 'double-check'
  | 'cross'
  | 'bar'
  | 'clock'
  | 'question'
  | 'pause'
  | 'slash';

/** How a state looks everywhere. */
export const STATE_LOOK: Readonly<Record<MessageState | 'draft', { tone: Tone; shape: Shape }>> = {
  draft: { tone: 'wait', shape: 'ring' },
  held: { tone: 'warn', shape: 'pause' },
  queued: { tone: 'wait', shape: 'clock' },
  submitting: { tone: 'info', shape: 'arrow' },
  uncertain: { tone: 'ask', shape: 'question' },
  accepted: { tone: 'info', shape: 'check' },
  'at-operator': { tone: 'info', shape: 'half' },
  delivered: { tone: 'ok', shape: 'double-check' },
  undeliverable: { tone: 'bad', shape: 'cross' },
  expired: { tone: 'warn', shape: 'clock' },
  rejected: { tone: 'bad', shape: 'slash' },
  'no-final-report': { tone: 'ask', shape: 'ring' },
  refused: { tone: 'bad', shape: 'bar' },
  cancelled: { tone: 'wait', shape: 'slash' },
  'left-out': { tone: 'wait', shape: 'bar' },
};
