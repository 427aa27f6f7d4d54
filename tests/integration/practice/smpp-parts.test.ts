import { describe, expect, test } from 'vitest';
import type smpp from 'smpp';
import { bound, E, openSmppBench, type Client, eventually } from './smpp-client.ts';

const PART_MICROS = 350_000;
const PIECES = ['a'.repeat(152), 'b'.repeat(152), 'c'.repeat(10)];
const TEXT = PIECES.join('');

/** The three ways to say which part of a message a PDU is: two elements of a header, and TLVs. */
const WAYS: readonly (readonly [string, (piece: string, number: number) => smpp.Fields])[] = [
  ['header with a reference of one octet', (piece, number) => headed([5, 0, 3, 77, 3, number], piece)],
  ['header with a reference of two octets', (piece, number) => headed([6, 8, 4, 1, 77, 3, number], piece)],
  [
    'sar_ TLVs',
    (piece, number) => ({
      short_message: Buffer.from(piece),
      sar_msg_ref_num: 77,
      sar_total_segments: 3,
      sar_segment_seqnum: number,
    }),
  ],
];

function headed(header: readonly number[], piece: string | Buffer): smpp.Fields {
  return { esm_class: 0x40, short_message: Buffer.concat([Buffer.from(header), Buffer.from(piece)]) };
}

async function submitAll(client: Client, parts: readonly smpp.Fields[]): Promise<string[]> {
  const ids: string[] = [];
  for (const part of parts) {
    const { command_status: status, message_id: id } = await client.submit({
      registered_delivery: 1,
      ...part,
    });
    expect(status).toBe(0);
    ids.push(id ?? '');
  }
  return ids;
}

describe('parts of a long message', () => {
  test.each(WAYS)(
    'by a %s: one message, paid once, an id and a receipt for each part',
    async (_name, part) => {
      const bench = await openSmppBench();
      const { gateway, port } = bench;
      const client = await bound(port);
      const ids = await submitAll(client, [part(PIECES[0] ?? '', 1), part(PIECES[1] ?? '', 2)]);
      expect(gateway.journal()).toEqual([]);
      ids.push(...(await submitAll(client, [part(PIECES[2] ?? '', 3)])));
      expect(new Set(ids).size).toBe(3);
      expect(gateway.journal()).toMatchObject([
        { id: ids[0], text: TEXT, parts: 3, priceMicros: 3 * PART_MICROS },
      ]);
      expect(gateway.stats().chargedMicros).toBe(3 * PART_MICROS);
      bench.wait(3_000);
      await eventually(() => client.delivered.map((pdu) => pdu.receipted_message_id)).toEqual(ids);
      expect(client.receipts().every((text) => text.includes('stat:DELIVRD'))).toBe(true);
    },
  );

  test('come in any order, over two sessions, mixed with those of another message', async () => {
    const { port, gateway } = await openSmppBench();
    const [one, two] = [await bound(port), await bound(port)];
    const other = (piece: string, number: number): smpp.Fields => ({
      ...headed([5, 0, 3, 77, 2, number], piece),
      destination_addr: '8801713537347',
    });
    const first = WAYS[0]?.[1] ?? other;
    await submitAll(one, [first(PIECES[2] ?? '', 3), other('World', 2)]);
    await submitAll(two, [first(PIECES[0] ?? '', 1), other('Hello ', 1)]);
    await submitAll(one, [first(PIECES[1] ?? '', 2)]);
    expect(gateway.journal().map(({ to, text }) => [to, text])).toEqual([
      ['8801713537347', 'Hello World'],
      ['8801613537347', TEXT],
    ]);
  });

  test('may cut a surrogate pair in two', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    const part = (octets: number[], number: number): smpp.Fields => ({
      ...headed([5, 0, 3, 1, 2, number], Buffer.from(octets)),
      data_coding: 8,
    });
    await submitAll(client, [part([0xd8, 0x3d], 1), part([0xde, 0x00], 2)]);
    expect(gateway.journal()).toMatchObject([{ text: '😀' }]);
  });

  test('sent once more as a whole are a second message', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    const parts = PIECES.map((piece, index) => headed([5, 0, 3, 9, 3, index + 1], piece));
    await submitAll(client, [...parts, ...parts]);
    expect(gateway.journal()).toHaveLength(2);
  });

  test('one of which was sent twice are one message with a receipt for both', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const [one = {}, two = {}, three = {}] = PIECES.map((piece, index) =>
      headed([5, 0, 3, 9, 3, index + 1], piece),
    );
    const ids = await submitAll(client, [one, two, two, three]);
    expect(bench.gateway.journal()).toMatchObject([{ text: TEXT }]);
    bench.wait(3_000);
    await eventually(() => client.delivered.map((pdu) => pdu.receipted_message_id)).toEqual(ids);
  });

  test('that never become whole expire after a minute and cost nothing', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    await submitAll(client, [headed([5, 0, 3, 9, 2, 1], 'Hello')]);
    bench.wait(59_999);
    await client.request('enquire_link');
    expect(client.receipts()).toEqual([]);
    bench.wait(1);
    await eventually(client.receipts).toEqual([expect.stringContaining('stat:EXPIRED')]);
    expect(bench.gateway.stats().chargedMicros).toBe(0);
  });

  test('are refused each when the balance does not cover them all', async () => {
    const { port, gateway } = await openSmppBench();
    gateway.setBalance('practice', 3 * PART_MICROS - 1);
    const client = await bound(port);
    for (const number of [1, 2, 3]) {
      const response = await client.submit(headed([5, 0, 3, 9, 3, number], 'Hi'));
      expect(response.command_status).toBe(0x040c);
    }
  });

  test('that turn out too long together: the last is refused, the others end rejected', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const parts = Array.from({ length: 8 }, (_, index) =>
      headed([5, 0, 3, 9, 8, index + 1], 'x'.repeat(153)),
    );
    await submitAll(client, parts.slice(0, 7));
    expect((await client.submit(parts[7] ?? {})).command_status).toBe(E['ESME_RINVMSGLEN']);
    await eventually(() => client.receipts().length).toBe(7);
    expect(client.receipts().every((text) => text.includes('stat:REJECTD'))).toBe(true);
    expect(bench.gateway.stats().chargedMicros).toBe(0);
  });

  test.each([
    ['a header longer than the message', headed([9, 0, 3, 1, 2, 1], ''), 'ESME_RINVESMCLASS'],
    ['a part beyond the last', headed([5, 0, 3, 1, 2, 3], 'Hi'), 'ESME_RINVESMCLASS'],
    ['a part number of 0', headed([5, 0, 3, 1, 2, 0], 'Hi'), 'ESME_RINVESMCLASS'],
    ['an element cut off', headed([2, 0, 3], 'Hi'), 'ESME_RINVESMCLASS'],
    ['154 septets behind a header', headed([5, 0, 3, 1, 2, 1], 'x'.repeat(154)), 'ESME_RINVMSGLEN'],
    ['153 septets behind a longer one', headed([6, 8, 4, 0, 1, 2, 1], 'x'.repeat(153)), 'ESME_RINVMSGLEN'],
    ['a TLV missing', { short_message: 'Hi', sar_msg_ref_num: 1, sar_total_segments: 2 }, 'ESME_RINVTLVVAL'],
  ])('are refused for %s', async (_name, fields, status) => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    expect((await client.submit(fields)).command_status).toBe(E[status]);
    expect(gateway.journal()).toEqual([]);
  });
});
