import { describe, expect, test } from 'vitest';
import { bound, openSmppBench, textOf, type Client, type SmppBench, eventually } from './smpp-client.ts';

const WAY = 3_000;
/** Deliveries without an answer are sent again after four times the way of a message. */
const AGAIN = 4 * WAY;
const HELLO = { short_message: 'Hello', registered_delivery: 1 };

/** Submits that many messages and lets them arrive. */
async function deliverMany(bench: SmppBench, client: Client, count: number): Promise<string[]> {
  const answers = await Promise.all(Array.from({ length: count }, () => client.submit(HELLO)));
  bench.wait(WAY);
  return answers.map(({ message_id: id }) => id ?? '');
}

const idsOf = ({ delivered }: Client): (string | undefined)[] =>
  delivered.map((pdu) => pdu.receipted_message_id);

describe('a receipt', () => {
  test('tells the end of the message in its text and in TLVs', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const { message_id: id = '' } = await client.submit({
      short_message: 'Hello there, this is long enough',
      registered_delivery: 1,
    });
    expect(client.delivered).toEqual([]);
    bench.wait(WAY);
    await eventually(() => client.delivered.length).toBe(1);
    expect(client.receipts()).toEqual([
      `id:${id} sub:001 dlvrd:001 submit date:1603141200 done date:1603141200 stat:DELIVRD err:000 text:Hello there, this is`,
    ]);
    expect(client.delivered[0]).toMatchObject({
      esm_class: 4,
      data_coding: 0,
      source_addr: '8801613537347',
      destination_addr: 'InfoSMS',
      dest_addr_ton: 5,
      receipted_message_id: id,
      message_state: 2,
      network_error_code: Buffer.from([3, 0, 0]),
    });
    await expect.poll(() => bench.gateway.stats().reportsHandedOut).toBe(1);
  });

  test.each([
    ['8801999000015', 'EXPIRED', '000', 3, [3, 0, 0]],
    ['8801999000004', 'UNDELIV', '000', 5, [3, 0, 0]],
    ['8801999010027', 'UNDELIV', '027', 5, [3, 0, 27]],
    ['8801999012049', 'UNDELIV', '2049', 5, [3, 8, 1]],
    ['8801999000002', 'ACCEPTD', '000', 6, [3, 0, 0]],
    ['8801999000099', 'UNKNOWN', '000', 7, [3, 0, 0]],
  ])('of %s says %s', async (to, stat, err, state, networkError) => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    await client.submit({ ...HELLO, destination_addr: to });
    bench.wait(WAY);
    await eventually(client.receipts).toEqual([expect.stringContaining(`dlvrd:000`)]);
    expect(client.receipts()[0]).toContain(`stat:${stat} err:${err} text:Hello`);
    expect(client.delivered[0]).toMatchObject({
      message_state: state,
      network_error_code: Buffer.from(networkError),
    });
  });

  test('comes only when it was asked for, and is not in the reports of HTTP', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const failing = '8801999010027';
    await client.submit({ short_message: 'none', destination_addr: failing });
    await client.submit({ short_message: 'failures: delivered', registered_delivery: 2 });
    await client.submit({ ...HELLO, destination_addr: '8801999020010' });
    await client.submit({ ...HELLO, destination_addr: '8801999000003' });
    const { message_id: last } = await client.submit({
      short_message: 'failures: failed',
      registered_delivery: 2,
      destination_addr: failing,
    });
    bench.wait(WAY);
    await eventually(() => idsOf(client)).toEqual([last]);
    const authorization = `Basic ${Buffer.from('practice:practice').toString('base64')}`;
    const reports = await fetch(`${bench.gateway.url}/sms/1/reports`, { headers: { authorization } });
    expect(await reports.json()).toEqual({ results: [] });
  });

  test('goes to receiving sessions only, spread evenly over them', async () => {
    const bench = await openSmppBench();
    const sender = await bound(bench.port, 'bind_transmitter');
    const receivers = [
      await bound(bench.port, 'bind_receiver'),
      await bound(bench.port, 'bind_receiver'),
      await bound(bench.port, 'bind_transceiver'),
    ];
    await deliverMany(bench, sender, 30);
    await eventually(() => receivers.map(({ delivered }) => delivered.length)).toEqual([10, 10, 10]);
    expect(sender.delivered).toEqual([]);
  });

  test('waits for a session that receives', async () => {
    const bench = await openSmppBench();
    const sender = await bound(bench.port, 'bind_transmitter');
    const ids = await deliverMany(bench, sender, 3);
    bench.wait(AGAIN);
    const receiver = await bound(bench.port, 'bind_receiver');
    await eventually(() => idsOf(receiver)).toEqual(ids);
  });

  test.each([
    ['is not answered', null],
    ['is refused', 0x08],
  ])('that %s comes again after a while, until it is taken', async (_name, answer) => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    client.answerWith = answer;
    const [id] = await deliverMany(bench, client, 1);
    await eventually(() => idsOf(client)).toEqual([id]);
    bench.wait(AGAIN);
    await eventually(() => idsOf(client)).toEqual([id, id]);
    client.answerWith = 0;
    bench.wait(AGAIN);
    await eventually(() => idsOf(client)).toEqual([id, id, id]);
    await eventually(() => bench.gateway.stats().reportsHandedOut).toBe(1);
    bench.wait(AGAIN * 5);
    await client.submit(HELLO);
    bench.wait(WAY);
    await eventually(() => client.delivered.length).toBe(4);
    expect(client.delivered.filter((pdu) => pdu.receipted_message_id === id)).toHaveLength(3);
  });

  test('that was not answered goes to another session, or over the next connection, at once', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    client.answerWith = null;
    const ids = await deliverMany(bench, client, 25);
    // No more than ten wait for an answer at a time.
    await eventually(() => client.delivered.length).toBe(10);
    client.session.destroy();
    const next = await bound(bench.port);
    await eventually(() => idsOf(next).length).toBe(25);
    expect(new Set(idsOf(next))).toEqual(new Set(ids));
  });

  test('of 2,000 messages over changing connections is not lost, and comes twice only when its answer was', async () => {
    const bench = await openSmppBench();
    const sender = await bound(bench.port, 'bind_transmitter');
    const ids = await deliverMany(bench, sender, 2_000);
    const taken: (string | undefined)[] = [];
    let connections = 0;
    for (let open = ids.length; open > 0; open = ids.length - bench.gateway.stats().reportsHandedOut) {
      connections += 1;
      const receiver = await bound(bench.port, 'bind_receiver');
      await eventually(() => receiver.delivered.length).toBeGreaterThanOrEqual(Math.min(700, open));
      await receiver.request('unbind');
      taken.push(...idsOf(receiver));
    }
    expect(new Set(taken)).toEqual(new Set(ids));
    expect(taken.length - ids.length).toBeLessThanOrEqual((connections - 1) * 10);
  });
});

describe('a message from a phone', () => {
  const from = '8801713537347';
  const to = '8809601000000';

  test.each([
    ['in the GSM alphabet', 'Yes @ 5 €', 0],
    ['in Bangla', 'হ্যাঁ', 8],
  ])('%s comes as one deliver_sm', async (_name, text, coding) => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    bench.gateway.receive('practice', { from, to, text });
    await eventually(() => client.delivered.length).toBe(1);
    const [pdu] = client.delivered;
    expect(pdu).toMatchObject({
      esm_class: 0,
      data_coding: coding,
      source_addr: from,
      destination_addr: to,
      source_addr_ton: 1,
      source_addr_npi: 1,
    });
    expect(pdu === undefined ? '' : textOf(pdu)).toBe(text);
  });

  test.each([
    ['GSM, an escape pair at the seam', `${'x'.repeat(152)}€${'y'.repeat(20)}`, 2],
    ['UCS-2, a surrogate pair at the seam', `${'আ'.repeat(66)}😀${'ক'.repeat(70)}`, 3],
  ])('that is long comes in parts: %s', async (_name, text, parts) => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    bench.gateway.receive('practice', { from, to, text });
    await eventually(() => client.delivered.length).toBe(parts);
    expect(client.delivered.map(textOf).join('')).toBe(text);
    const headers = client.delivered.map((pdu) => {
      const { short_message: message } = pdu;
      return message === undefined || Buffer.isBuffer(message) ? [] : [...(message.udh?.[0] ?? [])];
    });
    const [[, , reference] = []] = headers;
    expect(headers).toEqual(headers.map((_header, index) => [0, 3, reference, parts, index + 1]));
    expect(client.delivered.every((pdu) => pdu.esm_class === 0x40)).toBe(true);
  });

  test('is kept for an account that was bound before, and for no other', async () => {
    const bench = await openSmppBench();
    bench.gateway.receive('practice', { from, to, text: 'before any session' });
    const client = await bound(bench.port);
    await client.request('unbind');
    bench.gateway.receive('practice', { from, to, text: 'between sessions' });
    const next = await bound(bench.port, 'bind_receiver');
    await eventually(() => next.delivered.map(textOf)).toEqual(['between sessions']);
  });
});

describe('a number lookup', () => {
  /** The text of a TLV that the codec has no name for. */
  const tlv = (pdu: Client['delivered'][number] | undefined, tag: number): string | undefined =>
    pdu?.[tag]?.toString('ascii').replace(/\0$/, '');

  test('is a receipt with the number’s IMSI and network in TLVs', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const { message_id: id } = await client.submit({ service_type: 'NQ', short_message: '' });
    await eventually(() => idsOf(client)).toEqual([id]);
    const [receipt] = client.delivered;
    expect(client.receipts()[0]).toContain('stat:DELIVRD err:000');
    expect(receipt?.service_type).toBe('NQ');
    expect(tlv(receipt, 0x1403)).toMatch(/^47007\d{10}$/);
    expect(tlv(receipt, 0x1416)).toBe('47007');
    expect(bench.gateway.journal()).toEqual([]);
    expect(bench.gateway.stats()).toMatchObject({ chargedMicros: 100_000 });
  });

  test('has its TLVs where the options say', async () => {
    const bench = await openSmppBench({ smppContextTlvs: { imsi: 0x1500, mccmnc: 0x1501 } });
    const client = await bound(bench.port);
    await client.submit({ service_type: 'NQ', short_message: '' });
    await eventually(() => tlv(client.delivered[0], 0x1501)).toBe('47007');
    expect(tlv(client.delivered[0], 0x1500)).toMatch(/^47007/);
    expect(tlv(client.delivered[0], 0x1403)).toBeUndefined();
  });

  test.each([
    ['switched off', '8801999030003', 'stat:UNDELIV err:027'],
    ['not known', '8801999030004', 'stat:UNDELIV err:001'],
  ])('of a number that is %s', async (_name, to, words) => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    await client.submit({ service_type: 'NQ', short_message: '', destination_addr: to });
    await eventually(client.receipts).toEqual([expect.stringContaining(words)]);
  });

  test('of what is no number is refused', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const refused = await client.submit({ service_type: 'NQ', short_message: '', destination_addr: '12' });
    expect(refused.command_status).toBe(0x0b);
    expect(bench.gateway.stats().chargedMicros).toBe(0);
  });
});
