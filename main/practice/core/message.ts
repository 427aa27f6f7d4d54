import { gsmErrorView, STATUS, statusView, type ErrorView, type StatusView } from './catalogue.ts';
import type { Fate } from './magic.ts';
import type { BinaryContent, NotifyTarget } from './submission.ts';

/** One message as the gateway keeps it. Times are milliseconds of the gateway's clock, money is in micros. */
export type Message = {
  readonly id: string;
  readonly bulkId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly binary: BinaryContent | null;
  readonly flash: boolean;
  readonly unicode: boolean | null;
  readonly callbackData: string | null;
  readonly appId: string | null;
  readonly notify: NotifyTarget | null;
  readonly parts: number;
  /** 0 for a rejected message. */
  readonly pricePerPartMicros: number;
  /** When sending began: on arrival, or at the scheduled time. */
  readonly receivedAt: number;
  /** Until then the message waits for its delivery time window. */
  readonly opensAt: number;
  readonly operatorAt: number;
  /** When the final status comes: at the handset, or when the validity ends. */
  readonly doneAt: number;
  /** The validity ends before the message arrives. */
  readonly lapses: boolean;
  /** Logs do not show the message before this time. */
  readonly visibleAt: number;
  readonly fate: Fate;
  /** No report is left to hand out: it was handed out, or there never is one. */
  reportGone: boolean;
  /** The report goes to `notify` and is not handed out. */
  pushed: boolean;
};

/** What reports and logs say of a message at one moment; `doneAt` is `null` while it is on its way. */
export type Standing = {
  readonly status: StatusView;
  readonly error: ErrorView;
  readonly doneAt: number | null;
};

const NO_ERROR = gsmErrorView(0);

/**
 * Where a message stands at a time, computed and not stored: outside its time window (1), sent to the next instance
 * (7), then waiting for the handset (3), then its final status, or expired (15) when its validity ended before.
 */
export function standingAt(message: Message, now: number): Standing {
  const { fate } = message;
  if (fate.kind === 'rejected') return standing(fate.statusId, message.receivedAt);
  if (message.lapses && now >= message.doneAt) return standing(STATUS.expired, message.doneAt);
  if (now < message.opensAt) return standing(STATUS.timeViolation, null);
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
  return !message.reportGone && !message.pushed && now >= message.doneAt;
}
