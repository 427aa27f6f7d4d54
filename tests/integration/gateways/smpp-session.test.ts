import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '#shared/result.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { type SmppScript, startSmppServer, until } from './smpp-server.ts';
import { closeAll, closing, connectSmpp, listen, sms } from './smpp-support.ts';

afterEach(closeAll);

const serve = async (script?: SmppScript) => closing(await startSmppServer(script));
const bound = (pdu: { command: string }) => pdu.command.startsWith('bind_');

describe('an SMPP session', () => {
  it('asks for a sign of life after silence, and is dropped when none comes', async () => {
    const clock = manualClock();
    const server = await serve((pdu, peer) => pdu.command === 'enquire_link' && peer.number === 1);
    const gateway = connectSmpp(server.url, { clock, options: { enquireSeconds: 10 } });
    expect((await gateway.submit(sms())).kind).toBe('answered');
    clock.advance(9_999);
    clock.advance(1);
    await server.next((pdu) => pdu.command === 'enquire_link');
    const waiting = gateway.submit(sms());
    // An answer to something else is a sign of life.
    expect((await waiting).kind).toBe('answered');
    clock.advance(10_000);
    await until(() => server.received.filter(({ command }) => command === 'enquire_link').length === 2);
    expect(server.peers[0]?.socket.destroyed).toBe(false);
    clock.advance(30_000);
    await until(() => server.peers[0]?.socket.destroyed === true);
    // Nobody needs a session, so none is made.
    clock.advance(100_000);
    expect(server.peers).toHaveLength(1);
    expect((await gateway.submit(sms())).kind).toBe('answered');
    expect(server.peers).toHaveLength(2);
  });

  it('answers the server, whatever it asks', async () => {
    const server = await serve();
    const gateway = connectSmpp(server.url);
    await gateway.submit(sms());
    const [peer] = server.peers;
    peer?.send('enquire_link');
    expect((await server.next((pdu) => pdu.command === 'enquire_link_resp')).pdu.command_status).toBe(0);
    peer?.send('submit_sm', { destination_addr: '1' });
    expect((await server.next((pdu) => pdu.command === 'generic_nack')).pdu.command_status).toBe(3);
    peer?.socket.write(Buffer.from('000000100000099900000000000000aa', 'hex'));
    await server.next((pdu) => pdu.command === 'generic_nack' && pdu.sequence_number === 0xaa);
    peer?.send('unbind');
    await server.next((pdu) => pdu.command === 'unbind_resp');
    expect(await gateway.submit(sms())).toMatchObject({ kind: 'answered' });
    expect(server.peers).toHaveLength(2);
  });

  it('is kept open for the stream, with longer and longer pauses while the server is away', async () => {
    const clock = manualClock();
    const server = await serve((_, peer) => {
      if (peer.number > 5) return false;
      peer.socket.destroy();
      return true;
    });
    const gateway = connectSmpp(server.url, { clock, random: () => 1 });
    listen(gateway);
    for (const [attempt, pause] of [1_000, 2_000, 4_000, 8_000, 16_000].entries()) {
      await until(() => server.peers[attempt]?.socket.destroyed === true);
      // The gateway learns of it in its own time; until then no timer is there to be moved.
      await until(() => clock.pending() === 1);
      clock.advance(pause - 1);
      expect(server.peers).toHaveLength(attempt + 1);
      clock.advance(1);
      await until(() => server.peers.length === attempt + 2);
    }
    await server.next((pdu, peer) => bound(pdu) && peer.number === 6);
  });

  it('is not waited for long by a message', async () => {
    const clock = manualClock();
    const server = await serve((_, peer) => {
      if (peer.number > 3) return false;
      peer.socket.destroy();
      return true;
    });
    const gateway = connectSmpp(server.url, { clock, random: () => 1 });
    listen(gateway);
    for (const [attempt, pause] of [1_000, 2_000].entries()) {
      await until(() => server.peers[attempt]?.socket.destroyed === true && clock.pending() === 1);
      clock.advance(pause);
    }
    await until(() => server.peers[2]?.socket.destroyed === true && clock.pending() === 1);
    const sent = gateway.submit(sms());
    clock.advance(1_000);
    expect((await sent).kind).toBe('answered');
  });

  it('leaves no timer and makes no attempt when nobody needs it any more', async () => {
    const clock = manualClock();
    const server = await serve((_, peer) => {
      peer.socket.destroy();
      return true;
    });
    const gateway = connectSmpp(server.url, { clock });
    expect(clock.pending()).toBe(0);
    const { stop } = listen(gateway);
    await until(() => server.peers[0]?.socket.destroyed === true && clock.pending() === 1);
    stop();
    expect(clock.pending()).toBe(0);
    await gateway.close();
    expect(await gateway.submit(sms())).toMatchObject({ kind: 'not-sent' });
    expect(server.peers).toHaveLength(1);
  });

  it('is ended without an answer to unbind', async () => {
    const server = await serve((pdu) => pdu.command === 'unbind');
    const gateway = connectSmpp(server.url, { timeouts: { unbind: 20 } });
    await gateway.submit(sms());
    await gateway.close();
    await until(() => server.peers[0]?.socket.destroyed === true);
  });

  it('can be tried without sending anything', async () => {
    const server = await serve((pdu, peer) => {
      if (pdu.system_id === 'office') return false;
      peer.answer(pdu, { command_status: pdu.command === 'bind_receiver' ? 0x0e : 0 });
      return true;
    });
    expect(await connectSmpp(server.url).check?.()).toEqual({ ok: true, value: null });
    expect(server.received.map(({ command }) => command)).toEqual(['bind_transceiver']);
    const stranger = connectSmpp(
      server.url,
      { options: { bind: 'transmitter-and-receiver' } },
      { credentials: () => Promise.resolve(ok({ userName: 'other', password: 'x' })) },
    );
    expect(await stranger.check?.()).toMatchObject({ ok: false, error: { code: 'GATEWAY_AUTH' } });
  });

  it('comes in two where the account says so, and has no stream where it only sends', async () => {
    const server = await serve();
    const both = connectSmpp(server.url, { options: { bind: 'transmitter-and-receiver' } });
    listen(both);
    await server.next((pdu) => pdu.command === 'bind_receiver');
    await both.submit(sms());
    const carried = await server.next((pdu) => pdu.command === 'submit_sm');
    expect(carried.peer.received[0]?.command).toBe('bind_transmitter');
    const sender = connectSmpp(server.url, { options: { bind: 'transmitter' } });
    expect([sender.stream, sender.lookups]).toEqual([null, null]);
    expect(sender.capabilities).toMatchObject({ reports: 'none', inbox: 'none', lookup: 'none' });
    expect(await sender.balance()).toMatchObject({ ok: false, error: { code: 'NOT_SUPPORTED' } });
  });
});
