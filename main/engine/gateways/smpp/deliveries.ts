import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { Stream } from '../gateway.ts';
import { createAssembly } from './assembly.ts';
import { ESME } from './command-status.ts';
import type { Connection } from './connection.ts';
import { factsOf, kindOf, type SmppFacts } from './facts.ts';
import type { Incoming } from './pdu.ts';

/** Stores a body, as {@link Stream} takes it. */
export type OnBody = Parameters<Stream['open']>[0];

/** What a gateway hands over unasked. */
export type Deliveries = {
  /** Takes a `deliver_sm` and answers it once it is stored. */
  take(incoming: Incoming, connection: Connection): void;
  /** Sets who stores; `null` for nobody. */
  listen(onBody: OnBody | null): void;
};

/** What {@link createDeliveries} stands on. `claim` gets each receipt first, and tells whether it was one it waited for. */
export type DeliveriesDeps = {
  readonly clock: Clock;
  readonly log?: Log | undefined;
  readonly claim: (facts: SmppFacts) => boolean;
};

/**
 * Stores each delivery as the JSON `{"results":[{"smpp":{…}}]}` and answers it with 0 after that, otherwise with
 * `ESME_RX_T_APPN`, which makes the gateway keep it (SMPP 3.4 §5.1.3). Parts of long messages are stored as
 * `{"smpp":{"parts":[…]}}`, a damaged PDU as `{"smpp":{"frame":"…"}}`.
 */
export function createDeliveries({ clock, log, claim }: DeliveriesDeps): Deliveries {
  let listener: OnBody | null = null;
  const assembly = createAssembly(clock, (parts) => store('inbox', { parts }));

  function store(kind: 'report' | 'inbox', smpp: unknown): boolean {
    if (listener === null) return false;
    try {
      listener(kind, { body: JSON.stringify({ results: [{ smpp }] }), receivedAt: clock.now() });
      return true;
    } catch (error) {
      log?.error('smpp.not-stored', error, { kind });
      return false;
    }
  }

  return {
    take(incoming, connection) {
      const acknowledge = (stored: boolean): void =>
        connection.respond(incoming, stored ? ESME.ok : ESME.tryLater);
      const { pdu, frame } = incoming;
      if (pdu === null) return acknowledge(store('report', { frame: frame.toString('hex') }));
      const facts = factsOf(pdu, frame, clock.now());
      const kind = kindOf(facts);
      if (kind === 'report' && claim(facts)) return acknowledge(true);
      if (kind === 'inbox' && listener !== null && assembly.add(facts, acknowledge)) return;
      acknowledge(store(kind, facts));
    },
    listen(onBody) {
      if (onBody === null) assembly.drop();
      listener = onBody;
    },
  };
}
