import type { MessageRow } from '#shared/ipc/campaign-view.ts';

/** When a message left, and when it is going to. At most one of them is known. All in ms since 1970. */
export type SentTime = { readonly sent: number | null; readonly planned: number | null };

/**
 * A message that the gateway keeps until its time has that time in its row from the beginning: until then it is planned, not sent. One
 * that was cancelled before neither left nor will.
 *
 * @param now ms since 1970
 */
export function sentTimeOf({ state, sentAt }: Pick<MessageRow, 'state' | 'sentAt'>, now: number): SentTime {
  if (sentAt === null || sentAt <= now) return { sent: sentAt, planned: null };
  switch (state) {
    case 'accepted':
    case 'uncertain':
      return { sent: null, planned: sentAt };
    case 'cancelled':
      return { sent: null, planned: null };
    default:
      /* It went on, so that it has left: the clocks differ. */
      return { sent: sentAt, planned: null };
  }
}
