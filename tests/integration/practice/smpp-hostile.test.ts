import net from 'node:net';
import fc from 'fast-check';
import smpp from 'smpp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bound, E, openSmppBench, raw, type SmppBench, eventually } from './smpp-client.ts';

const HELLO = { short_message: 'Hello' };

/** A header of the given length field, command and sequence number. */
function header(length: number, command = 0x15, sequence = 1): Buffer {
  const octets = Buffer.alloc(16);
  octets.writeUInt32BE(length, 0);
  octets.writeUInt32BE(command, 4);
  octets.writeUInt32BE(sequence, 12);
  return octets;
}

/** Starts a gateway with a session on it, which must live through whatever comes. */
async function besides(attack: (bench: SmppBench) => Promise<void>): Promise<void> {
  const bench = await openSmppBench();
  const bystander = await bound(bench.port);
  await attack(bench);
  expect(bystander.closed).toBe(false);
  expect((await bystander.submit(HELLO)).command_status).toBe(0);
  expect(bench.gateway.journal()).toHaveLength(1);
}

describe('octets that are no PDU end their own session and nothing else', () => {
  test.each([
    ['length 0', header(0)],
    ['length 4', header(4)],
    ['length 15', header(15)],
    ['length over the limit', header(16_385)],
    ['length 2^31', header(0x80000000)],
    ['length 2^32 - 1', header(0xffffffff)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['TLS', Buffer.from('16030100a5010000a1', 'hex')],
  ])('%s → generic_nack with ESME_RINVCMDLEN, then the end', async (_name, octets) => {
    await besides(async ({ port }) => {
      const answer = new smpp.PDU(await raw(port, octets));
      expect(answer).toMatchObject({ command: 'generic_nack', command_status: E['ESME_RINVCMDLEN'] });
    });
  });

  test('a body that ends in the middle of a field', async () => {
    await besides(async ({ port }) => {
      const login = { system_id: 'practice', password: 'practice', interface_version: 0x34 };
      const bind = new smpp.PDU('bind_transceiver', { ...login, sequence_number: 1 }).toBuffer();
      const dest = Buffer.from([0x7f, 1]);
      const cut = Buffer.concat([header(24, 0x04, 9), Buffer.alloc(6), dest]);
      const tlv = Buffer.concat([header(22, 0x15, 10), Buffer.from([0x02, 0x0c, 0, 2, 7, 7])]);
      const short = Buffer.concat([header(21, 0x15, 11), Buffer.from([0x02, 0x0c, 0, 2, 7])]);
      const answers = await raw(port, bind, cut, tlv, short);
      const pdus = cutUp(answers);
      expect(pdus.map(({ command, command_status: status }) => [command, status])).toEqual([
        ['bind_transceiver_resp', 0],
        ['submit_sm_resp', E['ESME_RINVCMDLEN']],
        ['enquire_link_resp', 0],
        ['generic_nack', E['ESME_RINVCMDLEN']],
      ]);
    });
  });

  test('a short message that says it is longer than it is', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    const octets = new smpp.PDU('submit_sm', {
      sequence_number: 50,
      source_addr: 'InfoSMS',
      destination_addr: '8801613537347',
      data_coding: 0,
      short_message: Buffer.from('Hello'),
    }).toBuffer();
    octets[octets.length - 6] = 200;
    const answer = new Promise<smpp.PDU>((resolve) => client.session.once('pdu', resolve));
    client.session.socket.write(octets);
    expect((await answer).command_status).toBe(E['ESME_RINVMSGLEN']);
    expect(gateway.journal()).toEqual([]);
  });
});

test('random octets never end the gateway, before a bind or after', async () => {
  await besides(async ({ port }) => {
    const login = { system_id: 'practice', password: 'practice', interface_version: 0x34 };
    const bind = new smpp.PDU('bind_transmitter', { ...login, sequence_number: 1 }).toBuffer();
    const bad = header(0);
    const commands = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8, 9, 0x15, 0x21, 0x102, 0x103, 0x111, 0x80000005);
    await fc.assert(
      fc.asyncProperty(commands, fc.uint8Array({ maxLength: 120 }), fc.boolean(), async (id, body, first) => {
        const pdu = Buffer.concat([header(16 + body.length, id), body]);
        const answers = cutUp(await raw(port, ...(first ? [bind] : []), pdu, bad));
        expect(answers.length).toBeGreaterThanOrEqual(1);
        expect(answers.every((answer) => answer.isResponse())).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

test('one octet at a time is read like all at once', async () => {
  const { port } = await openSmppBench();
  const socket = net.connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.setNoDelay(true);
  const login = { system_id: 'practice', password: 'practice', interface_version: 0x34 };
  const answer = new Promise<Buffer>((resolve) => socket.once('data', resolve));
  for (const octet of new smpp.PDU('bind_receiver', { ...login, sequence_number: 5 }).toBuffer()) {
    await new Promise((resolve) => socket.write(Buffer.from([octet]), resolve));
  }
  expect(new smpp.PDU(await answer)).toMatchObject({ command_status: 0, sequence_number: 5 });
});

test('a PDU that drips in slower than the idle time ends its session', async () => {
  const { port } = await openSmppBench({ smppIdleMs: 200 });
  const socket = net.connect(port, '127.0.0.1');
  const ended = new Promise<number>((resolve) => {
    const begun = performance.now();
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(performance.now() - begun));
  });
  socket.write(header(1_000).subarray(0, 8));
  const drip = setInterval(() => socket.write('x'), 20);
  onTestFinished(() => clearInterval(drip));
  expect(await ended).toBeLessThan(2_000);
});

test('a client that asks and never reads is cut off', async () => {
  await besides(async ({ port }) => {
    const socket = net.connect(port, '127.0.0.1');
    const ended = new Promise<void>((resolve) => {
      socket.on('error', () => socket.destroy());
      socket.on('close', () => resolve());
    });
    socket.pause();
    const asks = Buffer.concat(Array.from({ length: 4_000 }, () => header(16)));
    const flood = (error?: Error | null): void => {
      if (!error) socket.write(asks, flood);
    };
    flood();
    await ended;
  });
});

test('300 connections that say nothing do not keep others out for longer than they are there', async () => {
  const { port } = await openSmppBench();
  const sockets = Array.from({ length: 300 }, () => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    return socket;
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  // Those over the limit are ended at once.
  await eventually(() => sockets.filter(({ closed }) => closed).length).toBe(100);
  for (const socket of sockets) socket.destroy();
  await eventually(async () => (await bound(port)).closed).toBe(false);
});

/** The PDUs in a row of octets. */
function cutUp(octets: Buffer): smpp.PDU[] {
  const pdus: smpp.PDU[] = [];
  for (let at = 0; at < octets.length; at += octets.readUInt32BE(at)) {
    pdus.push(new smpp.PDU(octets.subarray(at, at + octets.readUInt32BE(at))));
  }
  return pdus;
}
