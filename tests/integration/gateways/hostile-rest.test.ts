import { afterEach, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { createRestGateway } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { HUGE_BODIES, hostileBodies } from '../../unit/gateways/hostile-bodies.ts';
import { answer, startRawServer } from './raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const JSON_ANSWER = '{"bulkId":"b","messages":[{"to":"8801711000001","messageId":"m","status":{"id":0}}]}';
const XML_ANSWER =
  '<SMSResponse><messages><messages><to>8801711000001</to><messageId>m</messageId></messages></messages></SMSResponse>';
const REFUSAL = '{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"[to : empty]"}}}';
const SMS = { sender: 'InfoSMS', messages: [{ to: '8801711000001', text: 'x', ownId: null }] };

/** A gateway whose server answers each request with the next of these bodies. */
async function answering(status: number, bodies: readonly string[]) {
  let next = 0;
  const server = await startRawServer((socket) => {
    socket.write(answer(status, { 'content-type': 'application/json' }, bodies[next++] ?? ''));
  });
  open.push(server);
  const gateway = createRestGateway(
    {
      serverAddress: server.url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'office', password: 'secret' })),
    },
    { clock: systemClock, connections: 1 },
  );
  open.push(gateway);
  return gateway;
}

test('after a spoilt 200 nobody says that nothing was sent', async () => {
  const bodies = hostileBodies([JSON_ANSWER, XML_ANSWER], 300, 11);
  const gateway = await answering(200, bodies);
  for (const body of bodies) {
    const { kind } = await gateway.submit(SMS);
    expect(kind === 'answered' || kind === 'unknown', body.slice(0, 200)).toBe(true);
  }
});

test('a spoilt 400 is a refusal all the same', async () => {
  const bodies = hostileBodies([REFUSAL, XML_ANSWER], 300, 12);
  const gateway = await answering(400, bodies);
  for (const body of bodies) {
    const outcome = await gateway.submit(SMS);
    expect(outcome, body.slice(0, 200)).toMatchObject({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { httpStatus: 400 } },
    });
    const detail = outcome.kind === 'refused' ? (outcome.error.facts?.detail ?? '') : '';
    expect(detail.length).toBeLessThanOrEqual(200);
  }
});

test('bodies of megabytes end in unknown, and 16 KB of them are kept', async () => {
  const gateway = await answering(
    200,
    HUGE_BODIES.map(([, body]) => body),
  );
  for (const [what] of HUGE_BODIES) {
    const outcome = await gateway.submit(SMS);
    expect(['answered', 'unknown'], what).toContain(outcome.kind);
    expect(outcome.exchange?.answerBody?.length, what).toBeLessThanOrEqual(16_385);
  }
});
