import { gsmErrorView, STATUS, statusView, type ErrorView, type StatusView } from './catalogue.ts';
import type { Fate } from './magic.ts';

/** One message as the gateway keeps it. Times are milliseconds of the gateway's clock, money is in micros. */
export type Message = {
  readonly id: string;
  readonly bulkId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly parts: number;
  /** 0 for a rejected message. */
  readonly pricePerPartMicros: number;
  readonly receivedAt: number;
  readonly operatorAt: number;
  readonly doneAt: number;
  /** Logs do not show the message before this time. */
  readonly visibleAt: number;
  readonly fate: Fate;
  /** No report is left to hand out: it was handed out, or there never is one. */
  reportGone: boolean;
};

/** What reports and logs say of a message at one moment; `doneAt` is `null` while it is on its way. */
export type Standing = {
  readonly status: StatusView;
  readonly error: ErrorView;
  readonly doneAt: number | null;
};

const NO_ERROR = gsmErrorView(0);

/**
 * Where a message stands at a time, computed and not stored: sent to the next instance (7), then waiting for the
 * handset (3), then its final status.
 */
export function standingAt(message: Message, now: number): Standing {
  const { fate } = message;
  if (fate.kind === 'rejected') return standing(fate.statusId, message.receivedAt);
  if (fate.kind === 'final' && now >= message.doneAt) {
    return { status: statusView(fate.statusId), error: gsmErrorView(fate.errorId), doneAt: message.doneAt };
  }
  if (fate.kind === 'stuck' && fate.statusId !== STATUS.waitingDelivery) return standing(fate.statusId, null);
  return standing(now < message.operatorAt ? STATUS.enroute : STATUS.waitingDelivery, null);
}

function standing(statusId: number, doneAt: number | null): Standing {
  return { status: statusView(statusId), error: NO_ERROR, doneAt };
}

/** Whether a report on the message may be handed out at a time. */
export function reportReady(message: Message, now: number): boolean {
  return !message.reportGone && now >= message.doneAt;
}
