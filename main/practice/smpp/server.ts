import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import type { Account } from '../core/account.ts';
import type { InboundMessage } from '../core/inbox.ts';
import type { PracticeState } from '../core/state.ts';
import { DueList } from './due.ts';
import { inboundDeliveries } from './inbound.ts';
import { openDesks, type Desk, type Office } from './office.ts';
import { settleReceipt } from './receipts.ts';
import { Session } from './session.ts';
import { expireParts } from './submit.ts';

/** A running SMPP port. */
export type SmppServer = {
  /** `smpp://127.0.0.1:41235`, with TLS `smpps://…`. */
  readonly url: string;
  /** Ends all sessions at once and forgets what was to be delivered. */
  close(): Promise<void>;
};

/** How often receipts are looked after while there is anything to look after, in ms of real time. */
const TICK_MS = 20;
/** Connections at most, bound or not. */
const MOST_CONNECTIONS = 200;

/** Opens the SMPP port of a gateway. Rejects when the port is taken. */
export async function openSmpp(state: PracticeState): Promise<SmppServer> {
  const { settings } = state;
  const { port, tls: credentials, idleMs, contextTlvs } = settings.smpp;
  const sockets = new Set<Socket>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const office: Office = {
    state,
    desks: openDesks(state),
    due: new DueList(),
    contextTlvs,
    idleMs,
    wake() {
      if (!closed) timer ??= setTimeout(tick, TICK_MS);
    },
  };

  function tick(): void {
    timer = null;
    const now = settings.now();
    for (const desk of office.desks.values()) {
      for (const assembly of desk.assemblies.giveUp(now)) expireParts(office, desk, assembly, now);
    }
    for (const pending of office.due.take(now)) settleReceipt(office, pending, now);
    for (const desk of office.desks.values()) desk.deliveries.pump(now);
    if (!office.due.empty || [...office.desks.values()].some(isBusy)) office.wake();
  }

  const stopInbound = state.onInbound((account: Account, message: InboundMessage) => {
    const desk = office.desks.get(account.user);
    if (desk?.receives !== true) return;
    for (const delivery of inboundDeliveries(message)) desk.deliveries.add(delivery);
    office.wake();
  });

  const onConnection = (socket: Socket): void => void new Session(office, socket);
  const server =
    credentials === null
      ? net.createServer(onConnection)
      : tls.createServer({ ...credentials, handshakeTimeout: idleMs }, onConnection);
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const address = await listen(server, port, settings.host);

  return {
    url: `${credentials === null ? 'smpp' : 'smpps'}://${address.address}:${address.port}`,
    async close() {
      closed = true;
      stopInbound();
      if (timer !== null) clearTimeout(timer);
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

function isBusy({ assemblies, deliveries }: Desk): boolean {
  return assemblies.size > 0 || !deliveries.idle;
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The SMPP port has no address'));
      else resolve(address);
    });
  });
}
