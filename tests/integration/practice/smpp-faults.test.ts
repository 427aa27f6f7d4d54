import smpp from 'smpp';
import { describe, expect, test } from 'vitest';
import { bound, E, openSmppBench, raw, eventually } from './smpp-client.ts';

const HELLO = { short_message: 'Hello', registered_delivery: 1 };

describe('a fault before acceptance', () => {
  test.each([
    ['http429', 'ESME_RTHROTTLED'],
    ['http503Before', 'ESME_RMSGQFUL'],
    ['http500Before', 'ESME_RSYSERR'],
  ] as const)('%s is %s, and the session goes on', async (fault, status) => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: [fault] } });
    const client = await bound(port);
    expect((await client.submit(HELLO)).command_status).toBe(E[status]);
    expect(gateway.journal()).toEqual([]);
    expect((await client.submit(HELLO)).command_status).toBe(0);
    expect(gateway.journal()).toHaveLength(1);
    expect(gateway.requests().map(({ fault: seen, accepted }) => [seen, accepted])).toEqual([
      [null, 0],
      [fault, 0],
      [null, 1],
    ]);
    expect(gateway.stats()).toMatchObject({ faults: 1, accepted: 1 });
  });

  test('resetBefore ends the connection', async () => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: ['resetBefore'] } });
    const client = await bound(port);
    client.session.on('error', (error) => expect(error.code).toBe('ECONNRESET'));
    await expect(client.submit(HELLO)).rejects.toThrow('closed');
    expect(gateway.journal()).toEqual([]);
    expect((await (await bound(port)).submit(HELLO)).command_status).toBe(0);
  });
});

describe('a fault after acceptance', () => {
  test('dropAfter ends the connection without an answer; the receipt comes over the next one', async () => {
    const bench = await openSmppBench({ faults: { sendScript: ['dropAfter'] } });
    const client = await bound(bench.port);
    await expect(client.submit(HELLO)).rejects.toThrow('closed');
    const [message] = bench.gateway.journal();
    expect(message).toMatchObject({ text: 'Hello' });
    const next = await bound(bench.port);
    bench.wait(3_000);
    await eventually(() => next.delivered.map((pdu) => pdu.receipted_message_id)).toEqual([message?.id]);
  });

  test('http500After is ESME_RSYSERR for a message that is sent', async () => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: ['http500After'] } });
    const client = await bound(port);
    expect((await client.submit(HELLO)).command_status).toBe(E['ESME_RSYSERR']);
    expect(gateway.journal()).toHaveLength(1);
  });

  test('truncated is half of a response, then the end', async () => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: ['truncated'] } });
    const login = { system_id: 'practice', password: 'practice', interface_version: 0x34 };
    const addresses = { source_addr: 'InfoSMS', destination_addr: '8801613537347' };
    const octets = await raw(
      port,
      new smpp.PDU('bind_transmitter', { ...login, sequence_number: 1 }).toBuffer(),
      new smpp.PDU('submit_sm', { ...HELLO, ...addresses, sequence_number: 2 }).toBuffer(),
    );
    const half = octets.subarray(octets.readUInt32BE(0));
    expect(half.readUInt32BE(4)).toBe(0x80000004);
    expect(half.length).toBe(Math.floor(half.readUInt32BE(0) / 2));
    expect(gateway.journal()).toHaveLength(1);
  });

  test('notJson is octets that are no PDU', async () => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: ['notJson'] } });
    const client = await bound(port);
    const broken = new Promise<Error>((resolve) => client.session.on('error', resolve));
    client.session.submit_sm({ ...HELLO, source_addr: 'InfoSMS', destination_addr: '8801613537347' });
    expect((await broken).message).toMatch(/too large/);
    expect(gateway.journal()).toHaveLength(1);
  });

  test('delay holds the response back, and nothing else', async () => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: ['delay'], delayMs: 200 } });
    const client = await bound(port);
    const order: string[] = [];
    const late = client.submit(HELLO).then((response) => {
      order.push('late');
      return response;
    });
    await client.submit(HELLO).then(() => order.push('next'));
    expect((await late).command_status).toBe(0);
    expect(order).toEqual(['next', 'late']);
    expect(gateway.journal()).toHaveLength(2);
  });

  test('a gateway that closes does not wait for a delay', async () => {
    const { port, gateway } = await openSmppBench({ faults: { sendScript: ['delay'], delayMs: 60_000 } });
    const client = await bound(port);
    const answer = expect(client.submit(HELLO)).rejects.toThrow('closed');
    await eventually(() => gateway.journal().length).toBe(1);
    await gateway.close();
    await answer;
  });
});

describe('a magic number', () => {
  test('throttles every odd try', async () => {
    const { port } = await openSmppBench();
    const client = await bound(port);
    const tries: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { command_status: status } = await client.submit({ ...HELLO, destination_addr: '8801999020013' });
      tries.push(status);
    }
    expect(tries).toEqual([E['ESME_RTHROTTLED'], 0, E['ESME_RTHROTTLED'], 0]);
  });

  test('asks for ids of 19 digits', async () => {
    const { port } = await openSmppBench();
    const client = await bound(port);
    const { message_id: id } = await client.submit({ ...HELLO, destination_addr: '8801999020012' });
    expect(id).toMatch(/^\d{19}$/);
  });
});
