import { appError } from '#shared/errors.ts';
import { ok } from '#shared/result.ts';
import type {
  Gateway,
  GatewayStatus,
  OutgoingMessage,
  RawBody,
  SubmitOutcome,
  SubmittedMessage,
} from '../../../main/engine/gateways/gateway.ts';
import { CAN, fakeGateway } from './feature.ts';

/** How a gateway lets a message of unknown fate be cleared up. */
export type Clearing = 'log' | 'own-id' | 'nobody';

/** What the gateway's answer is to say of one message. `not-now`: refused for a while; `missing`: nothing, after it was taken or not. */
export type Fate = 'taken' | 'refused' | 'not-now' | 'no-credits' | 'missing-taken' | 'missing-lost';

/** What becomes of a request. */
export type Ending =
  | { readonly kind: 'answered'; readonly fates: readonly Fate[] }
  /** No answer; the messages were taken, or not. */
  | { readonly kind: 'silence'; readonly taken: boolean }
  | { readonly kind: 'busy' | 'not-sent' | 'turned-down' };

/** A message that the gateway took. */
export type Taken = { readonly id: string; readonly message: OutgoingMessage; readonly at: number };

type Waiting = {
  readonly messages: readonly OutgoingMessage[];
  /** What taking it early came to, by message; `null` while it was only sent. */
  early: (SubmittedMessage | null)[] | null;
  resolve(outcome: SubmitOutcome): void;
};

/** A number and a text name one planned message. */
export const keyOf = ({ to, text }: Pick<OutgoingMessage, 'to' | 'text'>): string => `${to} ${text}`;

const status = (id: number, groupId: number, name: string): GatewayStatus => ({
  id,
  groupId,
  groupName: null,
  name,
  description: null,
  action: null,
});
const ACCEPTED = status(0, 0, 'MESSAGE_ACCEPTED');
const REFUSED = status(6, 5, 'REJECTED_NETWORK');
const NOT_NOW = status(16, 5, 'REJECTED_NOT_REACHABLE');
const NO_CREDITS = status(12, 5, 'REJECTED_NOT_ENOUGH_CREDITS');
const DUPLICATE = status(23, 5, 'REJECTED_DUPLICATE_MESSAGE_ID');

/** The statuses that reports of the model tell: [id, group, name]. */
export const REPORTED = [
  [3, 1, 'PENDING_WAITING_DELIVERY'],
  [2, 3, 'DELIVERED_TO_OPERATOR'],
  [5, 3, 'DELIVERED_TO_HANDSET'],
  [9, 2, 'UNDELIVERABLE_NOT_DELIVERED'],
  [15, 4, 'EXPIRED_EXPIRED'],
] as const;

/**
 * A gateway that does nothing by itself: requests wait until they are ended, and what it took, its log and its reports are
 * there to be looked at. It outlives the engines that speak to it.
 */
export function createModelGateway(clearing: Clearing, now: () => number) {
  const taken: Taken[] = [];
  let waiting: Waiting[] = [];
  let reports: object[] = [];
  const looks: (string | undefined)[] = [];
  let nextId = 1;
  const listeners: { handedOver: (messages: readonly OutgoingMessage[]) => void } = {
    handedOver: () => undefined,
  };

  function take(message: OutgoingMessage): SubmittedMessage {
    const { to, ownId } = message;
    const own = clearing === 'own-id' ? ownId : null;
    if (own !== null && taken.some(({ id }) => id === own)) {
      return { to, gatewayMessageId: own, parts: 1, status: DUPLICATE };
    }
    const id = own ?? `g${nextId++}`;
    taken.push({ id, message, at: now() });
    return { to, gatewayMessageId: id, parts: 1, status: ACCEPTED };
  }

  function settle(
    message: OutgoingMessage,
    fate: Fate,
    early: SubmittedMessage | null,
  ): SubmittedMessage | null {
    if (early) return fate.startsWith('missing') ? null : early;
    const { to } = message;
    switch (fate) {
      case 'taken':
        return take(message);
      case 'missing-taken':
        take(message);
        return null;
      case 'missing-lost':
        return null;
      case 'refused':
        return { to, gatewayMessageId: `g${nextId++}`, parts: 1, status: REFUSED };
      case 'not-now':
        return { to, gatewayMessageId: `g${nextId++}`, parts: 1, status: NOT_NOW };
      case 'no-credits':
        return { to, gatewayMessageId: `g${nextId++}`, parts: 1, status: NO_CREDITS };
    }
  }

  /** Ends a request; one that was taken early cannot be turned down any more. */
  function end(request: Waiting, ending: Ending): void {
    waiting = waiting.filter((other) => other !== request);
    const { messages, early } = request;
    if (ending.kind === 'answered') {
      const answers = messages.map((message, i) =>
        settle(message, ending.fates[i % Math.max(1, ending.fates.length)] ?? 'taken', early?.[i] ?? null),
      );
      const told = answers.filter((answer) => answer !== null);
      return request.resolve({ kind: 'answered', bulkId: null, messages: told });
    }
    if (ending.kind === 'silence' || early) {
      if (!early && ending.kind === 'silence' && ending.taken) messages.forEach(take);
      return request.resolve({ kind: 'unknown', cause: 'timeout' });
    }
    if (ending.kind === 'busy') {
      return request.resolve({ kind: 'refused', error: appError('GATEWAY_BUSY'), retryAfterMs: 1_000 });
    }
    if (ending.kind === 'not-sent') {
      return request.resolve({ kind: 'not-sent', error: appError('GATEWAY_UNREACHABLE') });
    }
    request.resolve({
      kind: 'refused',
      error: appError('GATEWAY_REFUSED', { httpStatus: 400 }),
      retryAfterMs: null,
    });
  }

  const entryOf = ({ id, message, at }: Taken, [statusId, groupId, name]: (typeof REPORTED)[number]) => ({
    messageId: id,
    to: message.to,
    from: 'School',
    text: message.text,
    sentAt: new Date(at).toISOString(),
    doneAt: new Date(now()).toISOString(),
    smsCount: 1,
    status: { id: statusId, groupId, name },
  });
  const body = (results: readonly object[]): RawBody => ({
    body: JSON.stringify({ results }),
    receivedAt: now(),
  });

  const gateway: Gateway = fakeGateway({
    capabilities: {
      ...CAN,
      recipientsPerRequest: 2,
      differentTexts: false,
      ownMessageIds: clearing === 'own-id',
      logs: clearing === 'log',
      logWindowMs: clearing === 'log' ? 48 * 3_600_000 : 0,
      inbox: 'none',
    },
    submit({ messages }) {
      listeners.handedOver(messages);
      return new Promise((resolve) => waiting.push({ messages, early: null, resolve }));
    },
    fetchReports() {
      const handed = reports;
      reports = [];
      return Promise.resolve(ok(body(handed)));
    },
    fetchLogs({ to }) {
      looks.push(to);
      const found = taken.filter(({ message }) => to === undefined || message.to === to);
      return Promise.resolve(ok(body(found.map((entry) => entryOf(entry, REPORTED[0])))));
    },
  });

  return {
    gateway,
    listeners,
    taken: taken as readonly Taken[],
    /** How often the log was read with a number in it. */
    looks: (to: string) => looks.filter((asked) => asked === undefined || asked === to).length,
    waiting: () => waiting as readonly Waiting[],
    end,
    /** Takes a request whose answer is still to come. */
    takeEarly(request: Waiting): void {
      request.early ??= request.messages.map(take);
    },
    /** Whoever asked is dead: its requests were taken, or not, and nobody hears of it. Gives the messages concerned. */
    cutOff(isTaken: (index: number) => boolean): OutgoingMessage[] {
      const gone = waiting;
      waiting = [];
      gone.forEach(({ messages, early }, index) => {
        if (!early && isTaken(index)) messages.forEach(take);
      });
      return gone.flatMap(({ messages }) => messages);
    },
    /** Has a report ready for whoever asks next. */
    report(entry: Taken, told: (typeof REPORTED)[number]): void {
      reports.push(entryOf(entry, told));
    },
    /** The same report as a body to be pushed. */
    pushed: (entry: Taken, told: (typeof REPORTED)[number]): RawBody => body([entryOf(entry, told)]),
  };
}
