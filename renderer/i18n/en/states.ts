import type { MessageState } from '#shared/sms/message-state.ts';

/** The word for a state, what it means, and what the user can do about it. */
export type StateWords = { readonly word: string; readonly explain: string; readonly next: string };

/** State words; one set on every screen. */
export const states = {
  draft: {
    word: 'Draft',
    explain: 'Being written. Nothing has been sent.',
    next: 'Finish it and send it when you are ready.',
  },
  held: {
    word: 'Held',
    explain: 'Waiting a few seconds so that you can still take it back.',
    next: 'Press Undo to take it back, or do nothing and it goes.',
  },
  queued: {
    word: 'Queued',
    explain: 'In line on this computer. It has not left yet.',
    next: 'Nothing to do. You can still cancel it.',
  },
  submitting: {
    word: 'Sending',
    explain: 'On its way to MiM SMS right now.',
    next: 'Nothing to do. The answer comes in a moment.',
  },
  uncertain: {
    word: 'Uncertain',
    explain: 'The connection broke before the answer came. It may or may not have been sent.',
    next: 'We are looking for it in the log. If it stays uncertain, you choose: it arrived, or send it again.',
  },
  accepted: {
    word: 'Accepted',
    explain: 'MiM SMS has taken it and will pass it to the operator.',
    next: 'Wait for the report.',
  },
  'at-operator': {
    word: 'At operator',
    explain: 'The mobile operator has it. It has not reached the phone yet.',
    next: 'Wait for the report. A phone that is switched off gets it later.',
  },
  delivered: {
    word: 'Delivered',
    explain: 'It reached the phone.',
    next: 'Nothing to do.',
  },
  undeliverable: {
    word: 'Undeliverable',
    explain: 'The operator could not bring it to the phone.',
    next: 'Open the message to see why, and check the number.',
  },
  expired: {
    word: 'Expired',
    explain: 'The phone could not be reached until the time to deliver ran out.',
    next: 'Send it again when the phone is likely to be on.',
  },
  rejected: {
    word: 'Rejected',
    explain: 'MiM SMS or the operator turned it down after taking it.',
    next: 'Open the message to see why.',
  },
  'no-final-report': {
    word: 'No final report',
    explain: 'It was taken, but the operator never said what became of it.',
    next: 'Ask the receiver if it matters. Send it again only if they did not get it.',
  },
  refused: {
    word: 'Refused',
    explain: 'MiM SMS did not take it. It was not sent and not charged.',
    next: 'Open the message to see why, put it right and send it again.',
  },
  cancelled: {
    word: 'Cancelled',
    explain: 'You cancelled it before it left. It was not sent.',
    next: 'Nothing to do.',
  },
  'left-out': {
    word: 'Left out',
    explain: 'It was not sent, for a reason that is shown beside it.',
    next: 'Look at the reason. Correct the number if it is wrong.',
  },
} satisfies Record<MessageState | 'draft', StateWords>;
