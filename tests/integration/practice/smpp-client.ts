import net from 'node:net';
import smpp from 'smpp';
import { expect, onTestFinished } from 'vitest';
import type { PracticeOptions } from '../../../main/practice/core/settings.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { START } from './gateway-client.ts';

/** Waits until something holds, for as long as a busy computer may need. */
export const eventually = <T>(look: () => T): ReturnType<typeof expect.poll<T>> =>
  expect.poll(look, { timeout: 10_000, interval: 10 });

/** The names of the values of `command_status`. */
export const { errors: E } = smpp;

/** A gateway for one test, whose clock stands still until it is moved. */
export type SmppBench = {
  readonly gateway: PracticeGateway;
  readonly port: number;
  /** Moves the gateway's clock on by ms. */
  wait(ms: number): void;
};

/** Starts a gateway that stops with the test. Messages take 1 s to the operator and 2 s to the handset. */
export async function openSmppBench(options: PracticeOptions = {}): Promise<SmppBench> {
  let time = START;
  const gateway = await startPractice({
    now: () => time,
    delays: { toOperatorMs: 1_000, toHandsetMs: 2_000 },
    ...options,
  });
  onTestFinished(() => gateway.close());
  return {
    gateway,
    port: Number(new URL(gateway.smppUrl).port),
    wait(ms) {
      time += ms;
    },
  };
}

/** A client's session and everything the gateway sent to it. */
export type Client = {
  readonly session: smpp.Session;
  readonly delivered: smpp.PDU[];
  /** What goes back for the `deliver_sm` to come; `null`: no answer at all. */
  answerWith: number | null;
  closed: boolean;
  request(command: Requests, fields?: smpp.Fields): Promise<smpp.PDU>;
  /** `submit_sm` with the usual addresses. */
  submit(fields: smpp.Fields): Promise<smpp.PDU>;
  bind(command?: Binds, fields?: smpp.Fields): Promise<number>;
  /** The texts of the receipts so far. */
  receipts(): string[];
};

type Binds = 'bind_transceiver' | 'bind_receiver' | 'bind_transmitter';
type Requests = Binds | 'submit_sm' | 'enquire_link' | 'unbind';

/** Connects without binding. */
export async function connect(port: number, options: Partial<smpp.ConnectOptions> = {}): Promise<Client> {
  const session = await new Promise<smpp.Session>((resolve, reject) => {
    const opening = smpp.connect({ host: '127.0.0.1', port, ...options }, () => resolve(opening));
    opening.on('error', reject);
  });
  onTestFinished(() => session.destroy());
  const unanswered = new Set<(error: Error) => void>();
  const request: Client['request'] = (command, fields = {}) =>
    new Promise((resolve, reject) => {
      unanswered.add(reject);
      session[command](fields, (response) => {
        unanswered.delete(reject);
        resolve(response);
      });
    });
  const client: Client = {
    session,
    delivered: [],
    answerWith: 0,
    closed: false,
    request,
    submit: (fields) =>
      request('submit_sm', {
        source_addr_ton: 5,
        source_addr: 'InfoSMS',
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: '8801613537347',
        ...fields,
      }),
    async bind(command = 'bind_transceiver', fields = {}) {
      const login = { system_id: 'practice', password: 'practice', interface_version: 0x34 };
      return (await request(command, { ...login, ...fields })).command_status;
    },
    receipts: () => client.delivered.filter((pdu) => pdu.esm_class === 4).map(textOf),
  };
  session.on('deliver_sm', (pdu) => {
    client.delivered.push(pdu);
    if (client.answerWith !== null) session.send(pdu.response({ command_status: client.answerWith }));
  });
  session.on('close', () => {
    client.closed = true;
    for (const reject of unanswered) reject(new Error('closed without an answer'));
  });
  return client;
}

/** Connects and binds. */
export async function bound(port: number, command: Binds = 'bind_transceiver'): Promise<Client> {
  const client = await connect(port);
  expect(await client.bind(command)).toBe(0);
  return client;
}

/** The text of a `deliver_sm`. */
export function textOf(pdu: smpp.PDU): string {
  const { short_message: message } = pdu;
  if (message === undefined || Buffer.isBuffer(message)) throw new Error('The PDU has no text');
  return String(message.message);
}

/** Sends octets over a bare socket and gives all that came back when the gateway ended the connection. */
export function raw(port: number, ...pieces: readonly Buffer[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A reset is one of the ways to be ended.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(Buffer.concat(chunks)));
  });
}
