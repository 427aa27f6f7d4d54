import { describe, expect, test } from 'vitest';
import { bound, openSmppBench, textOf, type SmppBench } from './smpp-client.ts';

const THREE_SECONDS = 3_000;
/** Deliveries without an answer are sent again after four times the way of a message. */
const AGAIN = 4 * THREE_SECONDS;

describe('a receipt', () => {
  test('tells the end of the message in its text and in TLVs', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const { message_id: id = '' } = await client.submit({
      short_message: 'Hello there, this is long enough',
      registered_delivery: 1,
    });
    expect(client.delivered).toEqual([]);
    bench.wait(THREE_SECONDS);
    await expect.poll(() => client.delivered.length).toBe(1);
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
  });
});
