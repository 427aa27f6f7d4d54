import { afterEach, describe, expect, it } from 'vitest';
import smpp from 'smpp';
import {
  readSmppInbound,
  readSmppLookup,
  readSmppReport,
} from '../../../main/engine/gateways/reading/read-smpp.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import {
  type SmppPeer,
  type SmppScript,
  type SmppTestServer,
  startSmppServer,
  until,
} from './smpp-server.ts';
import { closeAll, closing, connectSmpp, listen } from './smpp-support.ts';

afterEach(closeAll);

const serve = async (script?: SmppScript) => closing(await startSmppServer(script));
const RECEIPT = (id: string, stat = 'DELIVRD', err = '000') =>
  `id:${id} sub:001 dlvrd:001 submit date:2611221200 done date:2611221201 stat:${stat} err:${err} text:Hello`;
const receipt = (id: string, more: smpp.Fields = {}): smpp.Fields => ({
  source_addr: '8801711000001',
  destination_addr: 'Office',
  esm_class: 0x04,
  short_message: Buffer.from(RECEIPT(id)),
  ...more,
});
/** Part of a text that a phone sent, with an 8-bit reference. */
const part = (text: string, sequence: number, total: number, reference = 7): smpp.Fields => ({
  source_addr: '8801711000001',
  destination_addr: '8809601000001',
  esm_class: 0x40,
  data_coding: 8,
  short_message: Buffer.concat([
    Buffer.from([5, 0, 3, reference, total, sequence]),
    Buffer.from(text, 'utf16le').swap16(),
  ]),
});
const answered = async (server: SmppTestServer, sequence: number): Promise<number> =>
  (await server.next((pdu) => pdu.command === 'deliver_sm_resp' && pdu.sequence_number === sequence)).pdu
    .command_status;
const entries = (body: string): Record<string, unknown>[] =>
  (JSON.parse(body) as { results: Record<string, unknown>[] }).results;
const peerOf = async (server: SmppTestServer): Promise<SmppPeer> =>
  (await server.next((pdu) => pdu.command.startsWith('bind_'))).peer;

describe('what an SMPP gateway hands over', () => {
  it('is stored first and acknowledged then', async () => {
    const server = await serve();
    const { bodies } = listen(connectSmpp(server.url));
    const peer = await peerOf(server);
    const status = await answered(server, peer.send('deliver_sm', receipt('a1')));
    expect([status, bodies.length, bodies[0]?.kind]).toEqual([0, 1, 'report']);
    const [entry] = entries(bodies[0]?.body ?? '');
    expect(readSmppReport(entry ?? {})).toMatchObject({
      gatewayMessageId: 'a1',
      to: '8801711000001',
      from: 'Office',
      doneAt: Date.UTC(2026, 10, 22, 6, 1),
      status: { id: 5, groupId: 3 },
      error: { id: 0 },
      raw: entry,
    });
  });

  it('stays with the gateway when it cannot be stored, or nobody listens', async () => {
    const server = await serve();
    let full = true;
    const gateway = connectSmpp(server.url);
    const { bodies, stop } = listen(gateway, () => full);
    const peer = await peerOf(server);
    expect(await answered(server, peer.send('deliver_sm', receipt('a1')))).toBe(0x64);
    full = false;
    expect(await answered(server, peer.send('deliver_sm', receipt('a1')))).toBe(0);
    stop();
    expect(await answered(server, peer.send('deliver_sm', receipt('a2')))).toBe(0x64);
    expect(bodies).toHaveLength(1);
  });

  it('is stored even when the PDU is damaged, so that it does not come for ever', async () => {
    const server = await serve();
    const { bodies } = listen(connectSmpp(server.url));
    const peer = await peerOf(server);
    const octets = Buffer.from('0000001a000000050000000000000042000000000000000000ff', 'hex');
    peer.socket.write(octets);
    expect(await answered(server, 0x42)).toBe(0);
    const cut = Buffer.from('00000013000000050000000000000043000000', 'hex');
    peer.socket.write(cut);
    expect(await answered(server, 0x43)).toBe(0);
    expect(bodies).toHaveLength(2);
    expect(bodies.map(({ body }) => readSmppReport(entries(body)[0] ?? {}))).toEqual([null, null]);
  });

  it('is one message when it came in parts, in any order, and no part is answered before all are stored', async () => {
    const server = await serve();
    const { bodies } = listen(connectSmpp(server.url));
    const peer = await peerOf(server);
    // A surrogate pair across the parts.
    const last = peer.send('deliver_sm', part('\ude00 শেষ', 2, 2));
    peer.send('enquire_link');
    await server.next((pdu) => pdu.command === 'enquire_link_resp');
    expect([bodies.length, server.received.some(({ command }) => command === 'deliver_sm_resp')]).toEqual([
      0,
      false,
    ]);
    const first = peer.send('deliver_sm', part('শুরু \ud83d', 1, 2));
    expect([await answered(server, first), await answered(server, last)]).toEqual([0, 0]);
    expect(bodies.map(({ kind }) => kind)).toEqual(['inbox']);
    expect(readSmppInbound(entries(bodies[0]?.body ?? '')[0] ?? {})).toMatchObject({
      from: '8801711000001',
      to: '8809601000001',
      text: 'শুরু 😀 শেষ',
    });
  });

  it('is told with a gap when a part stays away, and whole when it comes', async () => {
    const clock = manualClock();
    const server = await serve();
    const { bodies } = listen(connectSmpp(server.url, { clock }));
    const peer = await peerOf(server);
    const texts = () => bodies.map(({ body }) => readSmppInbound(entries(body)[0] ?? {})?.text);
    await until(() => clock.pending() === 1);
    const third = peer.send('deliver_sm', part('c', 3, 3));
    await until(() => clock.pending() === 2);
    clock.advance(2_000);
    expect(await answered(server, third)).toBe(0);
    peer.send('deliver_sm', part('a', 1, 3));
    await until(() => clock.pending() === 2);
    clock.advance(2_000);
    const second = peer.send('deliver_sm', part('b', 2, 3));
    expect(await answered(server, second)).toBe(0);
    expect(texts()).toEqual(['…c', 'a…', 'abc']);
  });

  it('keeps parts apart that share a reference, and single messages with a senseless header', async () => {
    const server = await serve();
    const { bodies } = listen(connectSmpp(server.url));
    const peer = await peerOf(server);
    peer.send('deliver_sm', part('old', 1, 2));
    peer.send('deliver_sm', part('new', 1, 2));
    peer.send('deliver_sm', part('er', 2, 2));
    peer.send('deliver_sm', part('one', 1, 1));
    await answered(server, peer.send('deliver_sm', part('nine', 9, 2)));
    expect(bodies.map(({ body }) => readSmppInbound(entries(body)[0] ?? {})?.text)).toEqual([
      'old…',
      'newer',
      'one',
      'nine',
    ]);
  });

  it('leaves parts with the gateway when the stream ends before all came', async () => {
    const server = await serve();
    const { bodies, stop } = listen(connectSmpp(server.url));
    const peer = await peerOf(server);
    const first = peer.send('deliver_sm', part('a', 1, 2));
    peer.send('enquire_link');
    await server.next((pdu) => pdu.command === 'enquire_link_resp');
    stop();
    expect([await answered(server, first), bodies.length]).toEqual([0x64, 0]);
  });
});

describe('a number context request over SMPP', () => {
  const context = (id: string, more: smpp.Fields = {}, tlvs = ''): Buffer => {
    const octets = Buffer.concat([
      new smpp.PDU('deliver_sm', { ...receipt(id), ...more, sequence_number: 99 }).toBuffer(),
      Buffer.from(tlvs, 'hex'),
    ]);
    octets.writeUInt32BE(octets.length, 0);
    return octets;
  };
  const tlv = (tag: string, text: string): string =>
    tag + Buffer.from([0, text.length]).toString('hex') + Buffer.from(text).toString('hex');

  it('finds its facts in the receipt, also when that comes before the response', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      const number = pdu.destination_addr ?? '';
      const octets = context(
        `q${number}`,
        { source_addr: number },
        tlv('1403', '470011234567890') + tlv('1416', '47001'),
      );
      if (number.endsWith('1')) peer.socket.write(octets);
      peer.answer(pdu, { message_id: `q${number}` });
      if (!number.endsWith('1')) peer.socket.write(octets);
      return true;
    });
    const gateway = connectSmpp(server.url);
    const asked = await gateway.lookups?.query(['8801711000001', '8801711000002']);
    const facts = { imsi: '470011234567890', mccmnc: '47001', reachable: true, statusId: 5 };
    expect(asked).toMatchObject({
      ok: true,
      value: [
        { msisdn: '8801711000001', lookupId: 'q8801711000001', ...facts },
        { msisdn: '8801711000002', lookupId: 'q8801711000002', ...facts },
      ],
    });
    expect(server.received.filter(({ service_type }) => service_type === 'NQ')).toHaveLength(2);
  });

  it('reads the tags that the account names, and leaves out numbers without a receipt', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.command !== 'submit_sm') return false;
      const number = pdu.destination_addr ?? '';
      if (number === '8801711000003') peer.answer(pdu, { command_status: 0x0b });
      else peer.answer(pdu, { message_id: `q${number}` });
      if (number === '8801711000001') {
        peer.socket.write(context(`q${number}`, { source_addr: number }, tlv('1501', '470021234567890')));
      }
      return true;
    });
    const gateway = connectSmpp(server.url, {
      options: { contextTags: { imsi: 0x1501 } },
      timeouts: { lookup: 50 },
    });
    const { bodies } = listen(gateway);
    const asked = await gateway.lookups?.query(['8801711000001', '8801711000002', '8801711000003']);
    expect(asked).toMatchObject({
      ok: true,
      value: [
        { msisdn: '8801711000001', imsi: '470021234567890', mccmnc: null },
        { msisdn: '8801711000003', statusId: 52, reachable: null },
      ],
    });
    expect(bodies).toEqual([]);
    // A receipt that comes too late is stored like any other, and can be read as facts.
    server.peers[0]?.socket.write(
      context('q8801711000002', { source_addr: '8801711000002' }, tlv('1416', '47002')),
    );
    await until(() => bodies.length === 1);
    expect(readSmppLookup(entries(bodies[0]?.body ?? '')[0] ?? {})).toMatchObject({
      msisdn: '8801711000002',
      mccmnc: '47002',
    });
  });

  it('fails with its reason when no number could be asked', async () => {
    const gateway = connectSmpp((await serve((_, peer) => !peer.socket.destroy().writable)).url);
    expect(await gateway.lookups?.query(['8801711000001'])).toMatchObject({
      ok: false,
      error: { code: 'GATEWAY_UNREACHABLE' },
    });
  });
});
