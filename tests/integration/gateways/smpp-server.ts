import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import smpp from 'smpp';

/** One connection to the test server. */
export type SmppPeer = {
  readonly socket: Socket;
  /** Counts from 1. */
  readonly number: number;
  /** Sends a request of the server; gives its sequence number. */
  send(command: string, fields?: smpp.Fields): number;
  /** Answers a request. */
  answer(pdu: smpp.PDU, fields?: smpp.Fields): void;
  /** PDUs that came over this connection. */
  readonly received: smpp.PDU[];
};

/** A server on loopback whose every PDU is scripted. */
export type SmppTestServer = {
  readonly port: number;
  readonly url: string;
  /** PDUs of all connections in the order they came. */
  readonly received: readonly smpp.PDU[];
  readonly peers: readonly SmppPeer[];
  /** Waits until a PDU came (also one that came already) that fits; gives it with its connection. */
  next(fits: (pdu: smpp.PDU, peer: SmppPeer) => boolean): Promise<{ pdu: smpp.PDU; peer: SmppPeer }>;
  close(): Promise<void>;
};

/** Gives `true` when it dealt with the PDU; otherwise the server answers with success, and ids `m1`, `m2`, ... */
export type SmppScript = (pdu: smpp.PDU, peer: SmppPeer) => boolean | undefined;

/** Starts a server that follows a script; with `tls` it has the self-signed certificate of the fixtures. */
export async function startSmppServer(
  script: SmppScript = () => undefined,
  options: { readonly tls?: boolean; readonly onConnect?: (peer: SmppPeer) => void } = {},
): Promise<SmppTestServer> {
  const received: smpp.PDU[] = [];
  const peers: SmppPeer[] = [];
  const seen: { pdu: smpp.PDU; peer: SmppPeer }[] = [];
  let watchers: (() => void)[] = [];
  let messages = 0;

  const accept = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    let sequence = 0;
    const peer: SmppPeer = {
      socket,
      number: peers.length + 1,
      received: [],
      send(command, fields = {}) {
        sequence += 1;
        socket.write(new smpp.PDU(command, { ...fields, sequence_number: sequence }).toBuffer());
        return sequence;
      },
      answer: (pdu, fields = {}) => void socket.write(pdu.response(fields).toBuffer()),
    };
    peers.push(peer);
    options.onConnect?.(peer);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 16 && pending.length >= pending.readUInt32BE(0)) {
        const length = pending.readUInt32BE(0);
        const pdu = new smpp.PDU(pending.subarray(0, length));
        pending = pending.subarray(length);
        received.push(pdu);
        peer.received.push(pdu);
        seen.push({ pdu, peer });
        if (script(pdu, peer) !== true && !pdu.isResponse()) {
          const id = pdu.command === 'submit_sm' ? { message_id: `m${(messages += 1)}` } : {};
          peer.answer(pdu, id);
          if (pdu.command === 'unbind') socket.end();
        }
      }
      for (const watcher of watchers) watcher();
    });
  };

  const server = options.tls ? createTlsServer(certificate(), accept) : createServer(accept);
  server.on('tlsClientError', (_, socket: Socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    url: `${options.tls ? 'smpps' : 'smpp'}://127.0.0.1:${port}`,
    received,
    peers,
    next(fits) {
      return new Promise((resolve) => {
        const look = (): void => {
          const found = seen.find(({ pdu, peer }) => fits(pdu, peer));
          if (found === undefined) return;
          watchers = watchers.filter((one) => one !== look);
          resolve(found);
        };
        watchers.push(look);
        look();
      });
    },
    close: () =>
      new Promise((resolve) => {
        for (const { socket } of peers) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Waits until a condition holds that events of sockets bring about. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

function certificate(): { readonly key: Buffer; readonly cert: Buffer } {
  return { key: fixture('self-signed.key.pem'), cert: fixture('self-signed.cert.pem') };
}

/** A file of the TLS fixtures. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url));
}
