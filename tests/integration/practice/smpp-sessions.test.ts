import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import smpp from 'smpp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startPractice } from '../../../main/practice/practice.ts';
import { bound, connect, E, openSmppBench, raw, eventually } from './smpp-client.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../../fixtures/tls');
const KEY = readFileSync(path.join(FIXTURES, 'self-signed.key.pem'), 'utf8');
const CERTIFICATE = readFileSync(path.join(FIXTURES, 'self-signed.cert.pem'), 'utf8');

const TEXT = { short_message: 'Hello' };

describe('bind', () => {
  test.each(['bind_transceiver', 'bind_transmitter', 'bind_receiver'] as const)('%s', async (command) => {
    const { port } = await openSmppBench();
    const client = await connect(port);
    const response = await client.request(command, {
      system_id: 'practice',
      password: 'practice',
      interface_version: 0x34,
    });
    expect(response).toMatchObject({
      command: `${command}_resp`,
      command_status: 0,
      system_id: 'practice',
      sc_interface_version: 0x34,
    });
  });

  test.each([
    ['another user', { system_id: 'nobody' }, 'ESME_RBINDFAIL'],
    ['another password', { password: 'wrong' }, 'ESME_RINVPASWD'],
    ['no password', { password: '' }, 'ESME_RINVPASWD'],
    ['SMPP 3.3', { interface_version: 0x33 }, 'ESME_RBINDFAIL'],
    ['SMPP 5.0', { interface_version: 0x50 }, 'ESME_RBINDFAIL'],
  ])('%s is refused, and the connection ends', async (_name, fields, status) => {
    const { port } = await openSmppBench();
    const client = await connect(port);
    expect(await client.bind('bind_transceiver', fields)).toBe(E[status]);
    await eventually(() => client.closed).toBe(true);
  });

  test('a second time on a session is refused, and the session stays as it is', async () => {
    const { port } = await openSmppBench();
    const client = await bound(port, 'bind_receiver');
    expect(await client.bind('bind_transceiver')).toBe(E['ESME_RALYBND']);
    expect((await client.submit(TEXT)).command_status).toBe(E['ESME_RINVBNDSTS']);
    expect((await client.request('enquire_link')).command_status).toBe(0);
  });

  test('is refused to a fifth session of an account until one of the four is gone', async () => {
    const { port } = await openSmppBench({
      users: [
        { user: 'practice', password: 'practice', balanceMicros: 1_000_000 },
        { user: 'other', password: 'practice', balanceMicros: 1_000_000 },
      ],
    });
    const four = await Promise.all([1, 2, 3, 4].map(() => bound(port)));
    expect(await (await connect(port)).bind()).toBe(E['ESME_RBINDFAIL']);
    expect(await (await connect(port)).bind('bind_transceiver', { system_id: 'other' })).toBe(0);
    four[0]?.session.destroy();
    await eventually(async () => (await connect(port)).bind()).toBe(0);
  });
});

describe('a session', () => {
  test('that is not bound can submit nothing and unbind nothing', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await connect(port);
    expect((await client.submit(TEXT)).command_status).toBe(E['ESME_RINVBNDSTS']);
    expect((await client.request('unbind')).command_status).toBe(E['ESME_RINVBNDSTS']);
    expect(gateway.journal()).toEqual([]);
  });

  test('ends with unbind, and its place is free', async () => {
    const { port } = await openSmppBench();
    for (let round = 0; round < 6; round += 1) {
      const client = await bound(port);
      expect((await client.request('unbind')).command).toBe('unbind_resp');
      await eventually(() => client.closed).toBe(true);
    }
  });

  test('without a PDU for the idle time is ended; enquire_link keeps it', async () => {
    const { port } = await openSmppBench({ smppIdleMs: 800 });
    const silent = await bound(port);
    const alive = await bound(port);
    const beat = setInterval(() => alive.session.enquire_link(), 80);
    onTestFinished(() => clearInterval(beat));
    await eventually(() => silent.closed).toBe(true);
    expect((await alive.request('enquire_link')).command_status).toBe(0);
    expect(alive.closed).toBe(false);
  });

  test('gets generic_nack for commands that are not served', async () => {
    const { port } = await openSmppBench();
    const client = await bound(port);
    for (const command of ['query_sm', 'data_sm', 'cancel_sm', 'replace_sm', 'deliver_sm']) {
      const answer = await new Promise<smpp.PDU>((resolve) => {
        client.session.send(new smpp.PDU(command), resolve);
      });
      expect(answer).toMatchObject({ command: 'generic_nack', command_status: E['ESME_RINVCMDID'] });
    }
    const unknown = Buffer.from('00000010000004d20000000000000007', 'hex');
    const nack = new Promise<smpp.PDU>((resolve) => client.session.once('generic_nack', resolve));
    client.session.socket.write(unknown);
    expect(await nack).toMatchObject({ command_status: E['ESME_RINVCMDID'], sequence_number: 7 });
    expect((await client.request('enquire_link')).command_status).toBe(0);
  });

  test('shows in the journal of requests, without its password', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    await client.submit(TEXT);
    await client.submit({ ...TEXT, destination_addr: '12' });
    expect(gateway.requests()).toMatchObject([
      { method: 'SMPP', path: 'bind_transceiver', protocol: 'smpp', user: 'practice', status: 0 },
      { method: 'SMPP', path: 'submit_sm', user: 'practice', status: 0, accepted: 1 },
      { method: 'SMPP', path: 'submit_sm', user: 'practice', status: E['ESME_RINVDSTADR'], accepted: 0 },
    ]);
  });
});

describe('the port', () => {
  test('closes with the gateway and everything on it', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    await gateway.close();
    await eventually(() => client.closed).toBe(true);
    await expect(connect(port)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('that is taken keeps the gateway from starting, HTTP included', async () => {
    const { port } = await openSmppBench();
    const free = await freePort();
    await expect(startPractice({ port: free, smppPort: port })).rejects.toThrow(/EADDRINUSE/);
    await expect(fetch(`http://127.0.0.1:${free}/account/1/balance`)).rejects.toThrow();
  });

  test('speaks TLS and nothing else when it has a certificate', async () => {
    const { gateway, port } = await openSmppBench({ smppTls: { key: KEY, cert: CERTIFICATE } });
    expect(gateway.smppUrl).toBe(`smpps://127.0.0.1:${port}`);
    const client = await connect(port, { tls: true, ca: CERTIFICATE, servername: 'localhost' });
    expect(await client.bind()).toBe(0);
    expect((await client.submit(TEXT)).command_status).toBe(0);
    gateway.setFaults({ sendScript: ['resetBefore'] });
    await expect(client.submit(TEXT)).rejects.toThrow('closed');
    await expect(connect(port, { tls: true, servername: 'localhost' })).rejects.toThrow(/self-signed/);
    const plain = new smpp.PDU('bind_transceiver', {
      system_id: 'practice',
      password: 'practice',
    }).toBuffer();
    expect((await raw(port, plain)).includes('practice')).toBe(false);
  });
});

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return address.port;
}
