import { describe, expect, test } from 'vitest';
import { START } from './gateway-client.ts';
import { bound, E, openSmppBench, eventually } from './smpp-client.ts';

const BANGLA = 'আপনার বিল পরিশোধ করুন';
const PART_MICROS = 350_000;
const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a message in one PDU', () => {
  test.each([
    ['GSM, one octet a character', 0, Buffer.from([0x00, 0x1b, 0x65, 0x41]), '@€A', 1],
    ['GSM by its other name', 1, Buffer.from('Hello', 'latin1'), 'Hello', 1],
    ['Latin-1', 3, Buffer.from('Olá', 'latin1'), 'Olá', 1],
    ['UCS-2', 8, ucs2(BANGLA), BANGLA, 1],
    ['UCS-2 for letters of the GSM alphabet too', 8, ucs2('a'.repeat(71)), 'a'.repeat(71), 2],
    ['GSM of more than 160 characters', 0, Buffer.from('a'.repeat(200)), 'a'.repeat(200), 2],
  ])('%s', async (_name, coding, octets, text, parts) => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port, 'bind_transmitter');
    const response = await client.submit({ data_coding: coding, short_message: octets.subarray(0, 254) });
    expect(response.command_status).toBe(0);
    expect(gateway.journal()).toMatchObject([
      {
        id: response.message_id,
        from: 'InfoSMS',
        to: '8801613537347',
        text,
        parts,
        priceMicros: parts * PART_MICROS,
      },
    ]);
  });

  test('in message_payload may be long, and has one id', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    const text = BANGLA.repeat(10);
    const response = await client.submit({ data_coding: 8, message_payload: ucs2(text) });
    expect(gateway.journal()).toMatchObject([{ id: response.message_id, text, parts: 4 }]);
  });

  test('of octets is billed by its octets', async () => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    const response = await client.submit({ data_coding: 4, short_message: Buffer.alloc(140, 0xff) });
    expect(response.command_status).toBe(0);
    expect(gateway.journal()).toMatchObject([{ text: '', parts: 1 }]);
  });

  test.each([
    ['alphabet', { data_coding: 5, short_message: Buffer.from('Hi') }, 'ESME_RINVDCS'],
    ['septets', { data_coding: 0, short_message: Buffer.from([0x80]) }, 'ESME_RINVDCS'],
    ['half a UCS-2 unit', { data_coding: 8, short_message: Buffer.from([0, 65, 0]) }, 'ESME_RINVMSGLEN'],
    ['text: none', { short_message: '' }, 'ESME_RINVMSGLEN'],
    ['short_message: 255 octets', { short_message: Buffer.alloc(255, 65) }, 'ESME_RINVMSGLEN'],
    ['text: in both places', { message_payload: Buffer.from('Hi') }, 'ESME_RINVMSGLEN'],
    [
      'text: over 1,080 characters',
      { short_message: '', message_payload: Buffer.alloc(1_081, 65) },
      'ESME_RINVMSGLEN',
    ],
    ['destination', { destination_addr: '12345' }, 'ESME_RINVDSTADR'],
    ['destination: none', { destination_addr: '' }, 'ESME_RINVDSTADR'],
    ['destination: national', { destination_addr: '01613537347' }, 'ESME_RINVDSTADR'],
    ['destination: endless', { destination_addr: '8'.repeat(300) }, 'ESME_RINVDSTADR'],
    ['sender', { source_addr: 'Way too long a name' }, 'ESME_RINVSRCADR'],
    ['sender: none', { source_addr: '' }, 'ESME_RINVSRCADR'],
    ['TON', { dest_addr_ton: 7 }, 'ESME_RINVDSTTON'],
    ['TON: a destination of letters', { dest_addr_ton: 5 }, 'ESME_RINVDSTTON'],
    ['NPI', { dest_addr_npi: 2 }, 'ESME_RINVDSTNPI'],
    ['TON of the sender', { source_addr_ton: 9 }, 'ESME_RINVSRCTON'],
    ['NPI of the sender', { source_addr_npi: 2 }, 'ESME_RINVSRCNPI'],
    ['esm_class: a receipt', { esm_class: 4 }, 'ESME_RINVESMCLASS'],
    ['priority', { priority_flag: 4 }, 'ESME_RINVPRTFLG'],
    ['registered_delivery', { registered_delivery: 3 }, 'ESME_RINVREGDLVFLG'],
    ['time of sending', { schedule_delivery_time: '991399000000000+' }, 'ESME_RINVSCHED'],
    ['time of sending: a word', { schedule_delivery_time: 'tomorrow morning' }, 'ESME_RINVSCHED'],
    ['validity', { validity_period: '000000000000000R' }, 'ESME_RINVEXPIRY'],
  ])('is refused for a wrong %s', async (_name, fields, status) => {
    const { port, gateway } = await openSmppBench();
    const client = await bound(port);
    const { command_status: got, message_id: id } = await client.submit({
      short_message: 'Hello',
      ...fields,
    });
    expect(got).toBe(E[status]);
    expect(id ?? '').toBe('');
    expect(gateway.journal()).toEqual([]);
    expect(gateway.stats().chargedMicros).toBe(0);
  });

  test.each([
    ['not enough credits', '8801613537347', 0x040c],
    ['on the do-not-disturb list', '8801999000010', 0x040a],
  ])('that is %s is refused with its status in the range of vendors', async (_name, to, status) => {
    const { port, gateway } = await openSmppBench();
    if (status === 0x040c) gateway.setBalance('practice', PART_MICROS - 1);
    const client = await bound(port);
    expect((await client.submit({ short_message: 'Hi', destination_addr: to })).command_status).toBe(status);
    expect(gateway.journal()).toEqual([]);
  });
});

describe('a time of sending', () => {
  test.each([
    ['relative', '000000010000000R', 3_600_000],
    ['absolute, UTC', '160314070000000+', 3_600_000],
    ['absolute, six hours ahead of UTC', '160314130000024+', 3_600_000],
    ['absolute, behind UTC', '160314060000004-', 3_600_000],
    ['past: sent at once', '160101000000000+', 0],
  ])('%s', async (_name, time, ms) => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    const { message_id: id } = await client.submit({ short_message: 'Later', schedule_delivery_time: time });
    if (ms > 0) {
      bench.wait(ms - 1);
      expect(bench.gateway.journal()).toEqual([]);
      bench.wait(1);
    }
    expect(bench.gateway.journal()).toMatchObject([{ id, receivedAt: START + ms }]);
  });

  test('holds its receipt back, which then comes in its time', async () => {
    const bench = await openSmppBench();
    const client = await bound(bench.port);
    await client.submit({
      short_message: 'Later',
      schedule_delivery_time: '000000010000000R',
      registered_delivery: 1,
    });
    bench.wait(3_600_000 + 2_999);
    await client.request('enquire_link');
    expect(client.receipts()).toEqual([]);
    bench.wait(1);
    await expect
      .poll(client.receipts)
      .toEqual([expect.stringContaining('done date:1603141300 stat:DELIVRD')]);
  });
});

describe('a validity period', () => {
  test('that ends before the message arrives makes it expire', async () => {
    const bench = await openSmppBench({ delays: { toOperatorMs: 60_000, toHandsetMs: 60_000 } });
    const client = await bound(bench.port);
    await client.submit({
      short_message: 'Now',
      validity_period: '000000000100000R',
      registered_delivery: 1,
    });
    bench.wait(60_000);
    await eventually(client.receipts).toEqual([expect.stringContaining('stat:EXPIRED')]);
  });
});
