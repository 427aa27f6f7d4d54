import type { GatewayAddresses } from './control/status.ts';
import type { Account } from './core/account.ts';
import type { FaultPlan } from './core/faults.ts';
import type { InboundDraft, InboundMessage } from './core/inbox.ts';
import { settle, type PracticeOptions } from './core/settings.ts';
import { openState, type Counts, type RequestEntry } from './core/state.ts';
import { openHttp } from './http.ts';
import { openSmpp, type SmppServer } from './smpp/server.ts';

/** A message that the gateway accepted. Times in ms of the gateway's clock, money in micros. */
export type JournalEntry = {
  readonly id: string;
  readonly bulkId: string;
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly parts: number;
  /** What the whole message cost: parts times the price of a part. */
  readonly priceMicros: number;
  readonly receivedAt: number;
};

/** Totals since the start, and what is held right now. */
export type PracticeStats = Readonly<Counts> & { readonly messagesHeld: number };

/** A running practice gateway. */
export type PracticeGateway = {
  /** Base address without a slash at the end, for example `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Where SMPP is spoken, for example `smpp://127.0.0.1:41235`; `smpps:` with TLS. */
  readonly smppUrl: string;
  /** Stops at once: answers that are held back are cut off, nothing is kept. */
  close(): Promise<void>;
  /** Every message accepted in the last 48 hours, oldest first for each user. Duplicates show as two entries. */
  journal(): JournalEntry[];
  /** Every request seen, oldest first (the last 50,000 at least). */
  requests(): RequestEntry[];
  /** Sets what a user has, in millionths of the currency. Throws a `RangeError` for a user there is not. */
  setBalance(user: string, micros: number): void;
  /** The key of a user for `Authorization: App <key>` and the key API. Throws a `RangeError` for a user there is not. */
  apiKey(user: string): string;
  /** Lets a phone write to a number of a user. Throws a `RangeError` for a user there is not. */
  receive(user: string, inbound: InboundDraft): InboundMessage;
  /** Plays another fault plan from now on; an empty one ends the faults. Throws a `RangeError` for a wrong one. */
  setFaults(plan: FaultPlan): void;
  stats(): PracticeStats;
};

/**
 * Starts a practice gateway on 127.0.0.1. It keeps everything in memory and forgets it on `close`. Rejects when a
 * port is taken, and with a `RangeError` for options that make no sense.
 */
export async function startPractice(options: PracticeOptions = {}): Promise<PracticeGateway> {
  const settings = settle(options);
  const closing = new AbortController();
  const state = openState(settings, closing.signal);
  const addresses: GatewayAddresses = { url: '', smppUrl: null };
  const app = openHttp(state, closing.signal, addresses);
  const url = await app.listen({ port: settings.port, host: settings.host });
  addresses.url = url;
  let smpp: SmppServer;
  try {
    smpp = await openSmpp(state);
  } catch (error) {
    await app.close();
    throw error;
  }
  addresses.smppUrl = smpp.url;
  const accounts = [...state.accounts.values()];
  const accountOf = (user: string): Account => {
    const account = state.accounts.get(user);
    if (account === undefined) throw new RangeError(`No such practice user: ${user}`);
    return account;
  };

  return {
    url,
    smppUrl: smpp.url,
    async close() {
      closing.abort();
      await Promise.all([app.close(), smpp.close()]);
    },
    journal() {
      const now = settings.now();
      return accounts.flatMap(({ user, shelf }) =>
        [...shelf.newestFirst(now)]
          .filter(({ fate }) => fate.kind !== 'rejected')
          .reverse()
          .map(({ id, bulkId, from, to, text, parts, pricePerPartMicros, receivedAt }) => ({
            id,
            bulkId,
            user,
            from,
            to,
            text,
            parts,
            priceMicros: parts * pricePerPartMicros,
            receivedAt,
          })),
      );
    },
    requests: () => state.requests.map((entry) => ({ ...entry })),
    setBalance(user, micros) {
      accountOf(user).balanceMicros = micros;
    },
    apiKey: (user) => accountOf(user).apiKey,
    receive: (user, inbound) => accountOf(user).inbox.receive(inbound),
    setFaults: (plan) => state.play(plan),
    stats: () => ({
      ...state.counts,
      messagesHeld: accounts.reduce((sum, { shelf }) => sum + shelf.size, 0),
    }),
  };
}
