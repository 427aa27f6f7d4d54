import { describe, expect, it } from 'vitest';
import smpp from 'smpp';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { factsOf, type SmppFacts } from '../../../main/engine/gateways/smpp/facts.ts';
import { createFrames, decode } from '../../../main/engine/gateways/smpp/pdu.ts';

const AT = Date.UTC(2026, 10, 22, 6, 0);
const facts = (fields: smpp.Fields): SmppFacts => {
  const frame = new smpp.PDU('deliver_sm', { source_addr: '8801711000001', ...fields }).toBuffer();
  const { pdu } = decode(frame);
  if (pdu === null) throw new Error('not a PDU');
  return factsOf(pdu, frame, AT);
};
const body = (entry: unknown): string => JSON.stringify({ results: [{ smpp: entry }] });
const report = (text: string, more: smpp.Fields = {}) => {
  const read = reading.reports(body(facts({ esm_class: 4, short_message: Buffer.from(text), ...more })));
  return read.ok ? (read.value.reports[0] ?? null) : null;
};

describe('a receipt', () => {
  it('is read in the form of the standard', () => {
    const text =
      'id:0000A1b2 sub:001 dlvrd:001 submit date:2611221155 done date:261122115930 stat:DELIVRD err:000 text:stat:EXPIRED id:7';
    expect(report(text, { destination_addr: 'Office' })).toMatchObject({
      gatewayMessageId: '0000A1b2',
      to: '8801711000001',
      from: 'Office',
      sentAt: Date.UTC(2026, 10, 22, 5, 55),
      doneAt: Date.UTC(2026, 10, 22, 5, 59, 30),
      text: null,
      status: { id: 5, groupId: 3, groupName: 'DELIVERED', name: 'DELIVERED_TO_HANDSET' },
      error: { id: 0, name: 'NO_ERROR' },
    });
  });

  it.each([
    ['ID:1 STAT:undeliv ERR:27', { status: { id: 9 }, error: { id: 27, groupId: 1, permanent: false } }],
    ['stat:EXPIRED id:1', { gatewayMessageId: '1', status: { id: 15 }, error: null }],
    ['id:1 stat:REJECTD err:9999', { status: { id: 4 }, error: { id: 9999, name: null } }],
    ['id:1 stat:ACCEPTD err:E12', { status: { id: 2 }, error: { id: null, name: 'E12' } }],
    ['id:1 stat:ENROUTE', { status: { id: 7, groupId: 1 } }],
    ['id:1 stat:UNKNOWN', { status: { id: 22, groupId: 4 } }],
    ['id:1 stat:DELETED', { status: { id: 28, groupId: 5 } }],
    ['id:1 stat:NOSUCH', { status: { id: null, groupId: null, name: 'NOSUCH' } }],
    ['id:1 stat:constructor', { status: { id: null, name: 'constructor' } }],
    ['id:1', { status: { id: null, name: null }, sentAt: null, doneAt: null, error: null }],
    ['id:1 done date:2613011200 submit date:2602301200', { sentAt: null, doneAt: null }],
    ['id:1 done date:26/11/22 stat:DELIVRD', { doneAt: null, status: { id: 5 } }],
    ['id:12345678901234567890 stat:DELIVRD', { gatewayMessageId: '12345678901234567890' }],
  ])('%s is understood as far as possible', (text, meaning) => expect(report(text)).toMatchObject(meaning));

  it('is told best by its optional parameters', () => {
    const text = 'id:1 stat:DELIVRD err:000';
    const read = report(text, {
      receipted_message_id: 'ffff01',
      message_state: 5,
      network_error_code: Buffer.from([3, 0, 1]),
    });
    expect(read).toMatchObject({
      gatewayMessageId: 'ffff01',
      status: { id: 9 },
      error: { id: 1, name: 'EC_UNKNOWN_SUBSCRIBER', permanent: true },
    });
    expect(report('', { receipted_message_id: 'a', message_state: 2 })).toMatchObject({ status: { id: 5 } });
    expect(report(text, { network_error_code: Buffer.from([2, 0, 1]) })).toMatchObject({
      error: { id: 1, name: 'network type 2' },
    });
    expect(report(text, { network_error_code: Buffer.from([3]) })).toMatchObject({ error: { id: 0 } });
    expect(report(text, { message_state: 77 })).toMatchObject({ status: { id: 5 } });
  });

  it('without an id is counted, and read again from its own entry', () => {
    const stored = body(facts({ esm_class: 4, short_message: Buffer.from('stat:DELIVRD') }));
    expect(reading.reports(stored)).toEqual({ ok: true, value: { reports: [], skipped: 1 } });
    const first = report('id:1 stat:DELIVRD');
    expect(reading.reports(JSON.stringify({ results: [first?.raw] }))).toMatchObject({
      value: { reports: [first], skipped: 0 },
    });
  });
});

describe('what a phone sent', () => {
  const inbound = (entry: unknown) => {
    const read = reading.inbox(body(entry));
    return read.ok ? read.value.messages[0] : undefined;
  };

  it.each([
    [0, '48656c6c6f1b65', 'Hello€'],
    [1, '48656c6c6f00', 'Hello@'],
    [3, '63616fe9', 'caoé'],
    [8, '0995d83dde00', 'ক😀'],
  ])('with data_coding %i is decoded', (coding, octets, text) => {
    const stored = facts({
      data_coding: coding,
      short_message: Buffer.from(octets, 'hex'),
      destination_addr: '16263',
    });
    expect(inbound(stored)).toEqual({
      gatewayMessageId: null,
      from: '8801711000001',
      to: '16263',
      text,
      keyword: null,
      receivedAt: AT,
    });
  });

  it('is found in message_payload, and behind a header of any kind', () => {
    expect(inbound(facts({ data_coding: 0, message_payload: Buffer.from('whole') }))?.text).toBe('whole');
    const ported = {
      esm_class: 0x40,
      data_coding: 0,
      short_message: Buffer.from('0605040b8423f04f6b', 'hex'),
    };
    expect(inbound(facts(ported))?.text).toBe('Ok');
    const broken = { esm_class: 0x40, data_coding: 0, short_message: Buffer.from('ff4f6b', 'hex') };
    expect(inbound(facts(broken))?.text).toContain('Ok');
  });

  it('in parts is joined by all three kinds of headers', () => {
    const wide = (sequence: number, text: string) =>
      facts({
        esm_class: 0x40,
        data_coding: 0,
        short_message: Buffer.concat([Buffer.from([6, 8, 4, 1, 2, 3, sequence]), Buffer.from(text)]),
      });
    expect(inbound({ parts: [wide(3, 'c'), wide(1, 'a'), wide(2, 'b'), wide(2, 'b')] })?.text).toBe('abc');
    expect(inbound({ parts: [wide(2, 'b')] })?.text).toBe('…b…');
    const sar = (sequence: number, text: string) =>
      facts({
        data_coding: 0,
        short_message: Buffer.from(text),
        sar_msg_ref_num: 500,
        sar_total_segments: 2,
        sar_segment_seqnum: sequence,
      });
    expect(inbound({ parts: [sar(2, 'two'), sar(1, 'one ')] })?.text).toBe('one two');
  });

  it('by an unknown sender is counted', () => {
    expect(reading.inbox(body(facts({ source_addr: '' })))).toMatchObject({
      value: { messages: [], skipped: 1 },
    });
    expect(reading.inbox(body({ parts: 'none' }))).toMatchObject({ value: { messages: [], skipped: 1 } });
  });
});

describe('the octets of a connection', () => {
  const pdus = ['enquire_link', 'submit_sm', 'deliver_sm'].map((command) => new smpp.PDU(command).toBuffer());
  const stream = Buffer.concat(pdus);

  it('are cut into PDUs, however they come', () => {
    for (const size of [1, 3, 15, 16, 17, stream.length]) {
      const frames = createFrames();
      const cut: Buffer[] = [];
      for (let at = 0; at < stream.length; at += size) {
        cut.push(...(frames.push(stream.subarray(at, at + size)) ?? []));
      }
      expect(cut.map((frame) => frame.toString('hex'))).toEqual(pdus.map((pdu) => pdu.toString('hex')));
    }
  });

  it.each(['0000000f', '00000000', 'ffffffff', '00004001', '48545450'])(
    'that claim %s octets are none',
    (length) => expect(createFrames().push(Buffer.from(`${length}00`, 'hex'))).toBeNull(),
  );
});
