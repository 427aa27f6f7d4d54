import { afterEach, describe, expect, it } from 'vitest';
import type smpp from 'smpp';
import { createLog } from '../../../main/logging/log.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closedPort } from './raw-server.ts';
import { fixture, type SmppScript, startSmppServer, until } from './smpp-server.ts';
import { CANARY, closeAll, closing, connectSmpp, sms } from './smpp-support.ts';

afterEach(closeAll);

const serve = async (script?: SmppScript, options?: Parameters<typeof startSmppServer>[1]) =>
  closing(await startSmppServer(script, options));
const submits = (pdus: readonly smpp.PDU[]) => pdus.filter(({ command }) => command === 'submit_sm');
/** Answers each `submit_sm` with a status. */
const answering =
  (...statuses: readonly number[]): SmppScript =>
  (pdu, peer) => {
    if (pdu.command !== 'submit_sm') return false;
    const status = statuses[submits(peer.received).length - 1] ?? 0;
    peer.answer(pdu, { command_status: status, message_id: `id-${submits(peer.received).length}` });
    return true;
  };

describe('a message over SMPP', () => {
  it('is sent over a session that is bound when it is first needed, and unbound at the end', async () => {
    const server = await serve();
    const gateway = connectSmpp(server.url, { options: { systemType: 'office' } });
    expect(server.peers).toHaveLength(0);
    const outcome = await gateway.submit(sms());
    expect(outcome).toMatchObject({
      kind: 'answered',
      messages: [{ to: '8801711000001', gatewayMessageId: 'm1', parts: 1, status: { id: 0, groupId: 0 } }],
    });
    await gateway.submit(sms());
    await gateway.close();
    expect(server.received.map(({ command }) => command)).toEqual([
      'bind_transceiver',
      'submit_sm',
      'submit_sm',
      'unbind',
    ]);
    expect(server.received[0]).toMatchObject({
      system_id: 'office',
      password: CANARY,
      system_type: 'office',
      interface_version: 0x34,
    });
  });

  it('is refused for a time that no relative time can say, before anything is sent', async () => {
    const server = await serve();
    const gateway = connectSmpp(server.url);
    for (const sendAt of [Date.now() + 32 * 86_400_000, Number.NaN]) {
      expect(await gateway.submit({ ...sms(), options: { sendAt } })).toEqual({
        kind: 'refused',
        error: { code: 'NOT_SUPPORTED', facts: { field: 'sendAt' } },
        retryAfterMs: null,
      });
    }
    expect(server.peers).toHaveLength(0);
  });

  it('shows what was sent and answered, without the password', async () => {
    const server = await serve(answering(0x0b));
    const dir = mkdtempSync(path.join(tmpdir(), 'smpp-log-'));
    const log = createLog({ dir, name: 'engine', level: 'debug' });
    const outcome = await connectSmpp(server.url, { log }).submit(sms());
    expect(outcome.exchange).toMatchObject({
      method: 'submit_sm',
      target: server.url,
      status: 0x0b,
      outcome: 'answered',
    });
    expect(outcome.exchange?.requestBody).toContain('destination_addr=8801711000001');
    expect(outcome.exchange?.answerBody).toContain('0x0000000B ESME_RINVDSTADR');
    const logged = readdirSync(dir).map((name) => readFileSync(path.join(dir, name), 'utf8'));
    expect(JSON.stringify(outcome) + logged.join('')).not.toContain(CANARY);
    rmSync(dir, { recursive: true });
  });

  it.each([
    [0x0b, 52, '0x0000000B ESME_RINVDSTADR'],
    [0x0a, 11, '0x0000000A ESME_RINVSRCADR'],
    [0x01, 25, '0x00000001 ESME_RINVMSGLEN'],
    [0x45, null, '0x00000045 ESME_RSUBMITFAIL'],
    [0x0412, null, '0x00000412'],
  ])('with the command status %i is rejected as %s', async (status, id, name) => {
    const gateway = connectSmpp((await serve(answering(status))).url);
    expect(await gateway.submit(sms())).toMatchObject({
      kind: 'answered',
      messages: [{ gatewayMessageId: null, status: { id, groupId: 5, name } }],
    });
  });

  it('meets a busy gateway, wrong credentials, a fault on the way', async () => {
    const gateway = connectSmpp((await serve(answering(0x58, 0x14, 0x0e, 0x08, 0xff))).url);
    const [throttled, full, auth, fault, unknown] = [
      await gateway.submit(sms()),
      await gateway.submit(sms()),
      await gateway.submit(sms()),
      await gateway.submit(sms()),
      await gateway.submit(sms()),
    ];
    expect(throttled).toMatchObject({
      kind: 'refused',
      retryAfterMs: 1_000,
      error: { code: 'GATEWAY_BUSY' },
    });
    expect(full).toMatchObject({ kind: 'refused', retryAfterMs: 5_000, error: { code: 'GATEWAY_BUSY' } });
    expect(auth).toMatchObject({ kind: 'refused', retryAfterMs: null, error: { code: 'GATEWAY_AUTH' } });
    expect(fault).toMatchObject({ kind: 'unknown', cause: '0x00000008 ESME_RSYSERR' });
    expect(unknown).toMatchObject({ kind: 'unknown', cause: '0x000000FF ESME_RUNKNOWNERR' });
  });

  it('is not sent where nobody listens, the name is not known, or the server says nothing', async () => {
    const refused = await connectSmpp(`smpp://127.0.0.1:${await closedPort()}`).submit(sms());
    expect(refused).toMatchObject({ kind: 'not-sent', error: { code: 'GATEWAY_UNREACHABLE' } });
    const silent = await serve(() => true);
    const unbound = await connectSmpp(silent.url, { timeouts: { bind: 50 } }).submit(sms());
    expect(unbound).toMatchObject({ kind: 'not-sent', error: { code: 'GATEWAY_UNREACHABLE' } });
    expect(submits(silent.received)).toEqual([]);
  });

  it.each([
    [0x0d, 'GATEWAY_AUTH'],
    [0x0e, 'GATEWAY_AUTH'],
    [0x0f, 'GATEWAY_AUTH'],
    [0x05, 'GATEWAY_BUSY'],
    [0x58, 'GATEWAY_BUSY'],
    [0x53, 'GATEWAY_REFUSED'],
  ])('is not sent when the bind is refused with %i: %s', async (status, code) => {
    const server = await serve((pdu, peer) => {
      peer.answer(pdu, { command_status: status });
      return true;
    });
    expect(await connectSmpp(server.url).submit(sms())).toMatchObject({ kind: 'not-sent', error: { code } });
  });

  it('needs consent for a connection that is not encrypted', async () => {
    const server = await serve();
    const outcome = await connectSmpp(server.url, {}, { allowHttp: false }).submit(sms());
    expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'HTTP_NEEDS_CONSENT' } });
    expect(server.peers).toHaveLength(0);
  });

  it('goes over TLS only to a server that proves who it is', async () => {
    const server = await serve(undefined, { tls: true });
    const stranger = await connectSmpp(server.url).submit(sms());
    expect(stranger).toMatchObject({ kind: 'not-sent', error: { code: 'GATEWAY_UNREACHABLE' } });
    expect(server.received).toEqual([]);
    const known = await connectSmpp(server.url, { ca: fixture('self-signed.cert.pem') }).submit(sms());
    expect(known).toMatchObject({ kind: 'answered' });
  });

  it('is unknown once it was written and no answer came: lost, too late, given up', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      if (pdu.destination_addr === '8801711000009') peer.socket.destroy();
      return true;
    });
    const gateway = connectSmpp(server.url, { timeouts: { answer: 60 } });
    expect(await gateway.submit(sms())).toMatchObject({ kind: 'unknown', cause: 'timeout' });
    const aborting = new AbortController();
    const given = gateway.submit(sms(), aborting.signal);
    await until(() => submits(server.received).length === 2);
    aborting.abort();
    expect(await given).toMatchObject({ kind: 'unknown', cause: 'aborted' });
    expect(await gateway.submit(sms('Hello', '8801711000009'))).toMatchObject({
      kind: 'unknown',
      cause: 'reset',
    });
    const waiting = connectSmpp(server.url).submit(sms());
    await until(() => submits(server.received).length === 4);
    await closeAll();
    expect(await waiting).toMatchObject({ kind: 'unknown' });
  });

  it('waits for a place in the window, and is not sent when it never gets one', async () => {
    const held: (() => void)[] = [];
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      held.push(() => peer.answer(pdu, { message_id: 'late' }));
      return true;
    });
    const gateway = connectSmpp(server.url, { options: { window: 2 } });
    const aborting = new AbortController();
    const first = [gateway.submit(sms()), gateway.submit(sms())];
    await until(() => held.length === 2);
    const third = gateway.submit(sms(), aborting.signal);
    const fourth = gateway.submit(sms());
    aborting.abort();
    expect(await third).toMatchObject({ kind: 'not-sent' });
    expect(held).toHaveLength(2);
    held[0]?.();
    await until(() => held.length === 3);
    for (const answer of held.slice(1)) answer();
    for (const outcome of await Promise.all([...first, fourth])) expect(outcome.kind).toBe('answered');
    expect(submits(server.received)).toHaveLength(3);
  });

  it('that waits when the session is lost goes over the next one, once', async () => {
    let lost = false;
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm' || lost) return false;
      lost = true;
      peer.socket.destroy();
      return true;
    });
    const gateway = connectSmpp(server.url, { options: { window: 1 } });
    const [first, second] = await Promise.all([
      gateway.submit(sms('one', '8801711000001')),
      gateway.submit(sms('two', '8801711000002')),
    ]);
    expect(first).toMatchObject({ kind: 'unknown', cause: 'reset' });
    expect(second).toMatchObject({ kind: 'answered' });
    expect(submits(server.received).map((pdu) => pdu.destination_addr)).toEqual([
      '8801711000001',
      '8801711000002',
    ]);
  });

  it('believes only the answer with its own number and kind', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      const write = (octets: Buffer): boolean => peer.socket.write(octets);
      write(pdu.response({ message_id: 'wrong' }).toBuffer().fill(0x7f, 12, 16));
      const other = pdu.response({}).toBuffer();
      other.writeUInt32BE(0x80000015, 4);
      write(other);
      write(Buffer.from('00000010800000000000000300000000', 'hex'));
      peer.answer(pdu, { message_id: 'right' });
      peer.answer(pdu, { message_id: 'again' });
      return true;
    });
    const gateway = connectSmpp(server.url);
    for (const text of ['one', 'two']) {
      const outcome = await gateway.submit(sms(text));
      expect(outcome).toMatchObject({ kind: 'answered', messages: [{ gatewayMessageId: 'right' }] });
    }
    expect(server.peers).toHaveLength(1);
  });

  it('that is refused with generic_nack was not taken', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      const nack = Buffer.from('00000010800000000000000200000000', 'hex');
      nack.writeUInt32BE(pdu.sequence_number, 12);
      peer.socket.write(nack);
      return true;
    });
    const outcome = await connectSmpp(server.url).submit(sms());
    expect(outcome).toMatchObject({
      kind: 'refused',
      retryAfterMs: null,
      error: { code: 'GATEWAY_REFUSED', facts: { detail: '0x00000002 ESME_RINVCMDLEN' } },
    });
  });
});

describe('a long message over SMPP', () => {
  const LONG = 'আপনার বিল '.repeat(15);

  it('goes part by part, and has an id for each', async () => {
    const server = await serve();
    const outcome = await connectSmpp(server.url).submit(sms(LONG));
    expect(outcome.exchange?.requestBody.match(/short_message=0500/g)).toHaveLength(3);
    expect(outcome.exchange?.requestBody).toContain('(আপনার বিল আপনার');
    expect(outcome).toMatchObject({
      kind: 'answered',
      messages: [{ gatewayMessageId: 'm1', partIds: ['m2', 'm3'], parts: 3 }],
    });
    expect(submits(server.received).map((pdu) => pdu.esm_class)).toEqual([0x40, 0x40, 0x40]);
  });

  it('goes whole where the account says so', async () => {
    const server = await serve();
    const outcome = await connectSmpp(server.url, { options: { longMessages: 'payload' } }).submit(sms(LONG));
    expect(outcome).toMatchObject({ messages: [{ gatewayMessageId: 'm1', parts: 3 }] });
    expect(submits(server.received)).toMatchObject([{ message_payload: { message: LONG } }]);
  });

  it('of which the first part is refused is refused as a whole', async () => {
    const server = await serve(answering(0x58));
    expect(await connectSmpp(server.url).submit(sms(LONG))).toMatchObject({ kind: 'refused' });
    expect(submits(server.received)).toHaveLength(1);
  });

  it('of which a later part fails is unknown, and says why', async () => {
    const gateway = connectSmpp((await serve(answering(0, 0x0b))).url);
    expect(await gateway.submit(sms(LONG))).toMatchObject({
      kind: 'unknown',
      cause: 'part 2 of 3: 0x0000000B ESME_RINVDSTADR; the parts before it were taken',
    });
  });

  it('waits with a later part while the gateway is busy', async () => {
    const server = await serve(answering(0, 0x58, 0, 0));
    expect(await connectSmpp(server.url).submit(sms(LONG))).toMatchObject({
      kind: 'answered',
      messages: [{ gatewayMessageId: 'id-1', partIds: ['id-3', 'id-4'] }],
    });
  });
});
