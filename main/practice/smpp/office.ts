import type { Account } from '../core/account.ts';
import type { PracticeState } from '../core/state.ts';
import { Assemblies } from './assembly.ts';
import { Deliveries } from './deliveries.ts';
import type { DueList } from './due.ts';
import type { VendorTlv } from './pdus.ts';
import type { SubmitRequest } from './read-submit.ts';

/** Tags of the optional parameters in which the receipt of a lookup carries its result. */
export type ContextTlvs = { readonly imsi: number; readonly mccmnc: number };

/** What the sessions of one account share. */
export type Desk = {
  readonly account: Account;
  readonly assemblies: Assemblies;
  readonly deliveries: Deliveries;
  /** Bound sessions. */
  sessions: number;
  /** A session that receives was bound at some time, so that inbound messages have somewhere to go. */
  receives: boolean;
};

/** How something ended: ids of the platform's tables. */
export type Ending = { readonly statusId: number; readonly errorId: number };

/** Receipts to come for the PDUs of one message, which all end the same way. */
export type PendingReceipt = {
  readonly desk: Desk;
  readonly request: Pick<SubmitRequest, 'serviceType' | 'from' | 'to'>;
  /** The message in the account, whose fate it tells; or an ending that is known already. */
  readonly of: { readonly messageId: string } | Ending;
  /** The ids that the client was given, and its `registered_delivery` with each. */
  readonly copies: readonly { readonly messageId: string; readonly registered: number }[];
  readonly submittedAt: number;
  readonly text: string;
  readonly tlvs: readonly VendorTlv[];
};

/** What all sessions share. */
export type Office = {
  readonly state: PracticeState;
  readonly desks: ReadonlyMap<string, Desk>;
  readonly due: DueList<PendingReceipt>;
  readonly contextTlvs: ContextTlvs;
  /** A session without a PDU for so long is ended, in ms of real time. */
  readonly idleMs: number;
  /** Says that something was added that has to be looked after. */
  readonly wake: () => void;
};

/** How long the rest of a long message is waited for, in ms of the gateway's clock. */
const PATIENCE_MS = 60_000;
/** An unanswered delivery is sent again after so many times what a message takes on its way. */
const AGAIN_FACTOR = 4;
const AGAIN_LEAST_MS = 100;

/** One empty desk for every account. */
export function openDesks(state: PracticeState): ReadonlyMap<string, Desk> {
  const { toOperatorMs, toHandsetMs } = state.settings.delays;
  const againMs = Math.max(AGAIN_LEAST_MS, AGAIN_FACTOR * (toOperatorMs + toHandsetMs));
  return new Map(
    [...state.accounts].map(([user, account]) => [
      user,
      {
        account,
        assemblies: new Assemblies(PATIENCE_MS),
        deliveries: new Deliveries(againMs),
        sessions: 0,
        receives: false,
      },
    ]),
  );
}
