import { afterEach, describe, expect, it } from 'vitest';
import smpp from 'smpp';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { type SmppScript, startSmppServer, until } from './smpp-server.ts';
import { closeAll, closing, connectSmpp, listen, sms } from './smpp-support.ts';

afterEach(closeAll);

const serve = async (script?: SmppScript) => closing(await startSmppServer(script));
const CASES = 1_000;

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** Changes, repeats, cuts or inserts some octets. */
function mutated(octets: Buffer, random: () => number): Buffer {
  let result = Buffer.from(octets);
  for (let change = 1 + Math.floor(random() * 6); change > 0; change -= 1) {
    const at = Math.floor(random() * (result.length + 1));
    const [before, after] = [result.subarray(0, at), result.subarray(at)];
    const junk = Buffer.from(
      Array.from({ length: Math.floor(random() * 12) }, () => Math.floor(random() * 256)),
    );
    const kind = random();
    if (kind < 0.5 && at < result.length) result[at] = Math.floor(random() * 256);
    else if (kind < 0.7) result = Buffer.concat([before, junk, after]);
    else if (kind < 0.85) result = Buffer.concat([before, after.subarray(Math.floor(random() * 9))]);
    else result = Buffer.concat([before, before.subarray(-40), after]);
  }
  return result;
}

const RECEIPT =
  'id:0123456789 sub:001 dlvrd:001 submit date:2611221200 done date:2611221201 stat:DELIVRD err:000 text:Hello';
const SEEDS = [
  { esm_class: 4, short_message: Buffer.from(RECEIPT) },
  { esm_class: 4, short_message: Buffer.from(RECEIPT), receipted_message_id: 'abc', message_state: 2 },
  { esm_class: 0x40, data_coding: 8, short_message: Buffer.from('05000307020109950995', 'hex') },
  { data_coding: 0, message_payload: Buffer.from('x'.repeat(300)) },
].map((fields) => new smpp.PDU('deliver_sm', { source_addr: '8801711000001', ...fields }).toBuffer());

describe('hostile octets over SMPP', () => {
  it(`in ${CASES} damaged PDUs are each answered, stored where they are deliveries, and readable or counted`, async () => {
    const random = seeded(34);
    const server = await serve();
    const { bodies } = listen(connectSmpp(server.url));
    const { peer } = await server.next((pdu) => pdu.command === 'bind_transceiver');
    for (let number = 0; number < CASES; number += 1) {
      const seed = SEEDS[number % SEEDS.length] ?? Buffer.alloc(16);
      const octets = Buffer.concat([seed.subarray(0, 16), mutated(seed.subarray(16), random)]);
      octets.writeUInt32BE(octets.length, 0);
      octets.writeUInt32BE(0x1000 + number, 12);
      peer.socket.write(octets);
    }
    const answered = () => peer.received.filter(({ command }) => command === 'deliver_sm_resp');
    await until(() => answered().length === CASES);
    expect(new Set(answered().map(({ command_status }) => command_status))).toEqual(new Set([0]));
    const numbers = new Set(answered().map(({ sequence_number }) => sequence_number));
    expect(numbers.size).toBe(CASES);
    for (const { kind, body } of bodies) {
      const read = kind === 'report' ? reading.reports(body) : reading.inbox(body);
      expect(read).toMatchObject({ ok: true });
      expect(reading.lookups(body).ok).toBe(true);
    }
    expect(server.peers).toHaveLength(1);
  });

  it(`in ${CASES} damaged receipt texts never make a body unreadable`, () => {
    const random = seeded(3);
    for (let number = 0; number < CASES; number += 1) {
      const text = mutated(Buffer.from(RECEIPT), random);
      const smppEntry = { esm_class: 4, source_addr: '1', short_message: text.toString('hex') };
      const read = reading.reports(JSON.stringify({ results: [{ smpp: smppEntry }] }));
      if (!read.ok) throw new Error(read.error.code);
      const { reports, skipped } = read.value;
      expect(reports.length + skipped).toBe(1);
      expect(reports[0]?.gatewayMessageId.length ?? 0).toBeLessThanOrEqual(200);
      expect(reports[0]?.status.name?.length ?? 0).toBeLessThanOrEqual(40);
    }
  });

  it('in the place of every answer end in an outcome, and the next message goes its way', async () => {
    const random = seeded(5);
    let clean = true;
    const server = await serve((pdu, peer) => {
      if (clean || pdu.command !== 'submit_sm') return false;
      peer.socket.end(mutated(pdu.response({ message_id: 'm' }).toBuffer(), random));
      return true;
    });
    const gateway = connectSmpp(server.url);
    for (let number = 0; number < 100; number += 1) {
      clean = false;
      const { kind } = await gateway.submit(sms());
      expect(['unknown', 'answered', 'refused']).toContain(kind);
    }
    clean = true;
    expect((await gateway.submit(sms())).kind).toBe('answered');
  });

  it('instead of SMPP end the session at once', async () => {
    const web = 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n';
    for (const octets of [Buffer.from(web), Buffer.alloc(16), Buffer.alloc(64, 0xff)]) {
      const server = await serve((_, peer) => peer.socket.write(octets) || true);
      expect(await connectSmpp(server.url).submit(sms())).toMatchObject({
        kind: 'not-sent',
        error: { code: 'GATEWAY_UNREACHABLE' },
      });
    }
  });

  it('in drips are put together, and behind a PDU that never ends no answer is found', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      const octets = pdu.response({ message_id: 'slow' }).toBuffer();
      let at = 0;
      const drip = (): void => {
        peer.socket.write(octets.subarray(at, (at += 1)));
        if (at < octets.length) setImmediate(drip);
      };
      drip();
      return true;
    });
    const gateway = connectSmpp(server.url);
    expect(await gateway.submit(sms())).toMatchObject({ messages: [{ gatewayMessageId: 'slow' }] });
    server.peers[0]?.socket.write(Buffer.from('00003fff00000005', 'hex'));
    const late = connectSmpp(server.url, { timeouts: { answer: 50 } });
    expect((await late.submit(sms())).kind).toBe('answered');
    server.peers[1]?.socket.write(Buffer.from('00003fff00000005', 'hex'));
    expect(await late.submit(sms())).toMatchObject({ kind: 'unknown', cause: 'timeout' });
  });
});
