import { afterEach, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { OutgoingMessage, RawBody, SubmitOptions } from '../../../main/engine/gateways/gateway.ts';
import { createKeyGateway } from '../../../main/engine/gateways/key/key-gateway.ts';
import type { KeyVersion } from '../../../main/engine/gateways/key/requests.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { startPractice } from '../../../main/practice/practice.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const VERSIONS = ['v1', 'v2'] as const;
const MINUTE = 60_000;
const A = '8801711000001';
const B = '8801811000002';

async function start(version: KeyVersion, key = 'practice-key') {
  const clock = { now: Date.now() };
  const practice = await startPractice({ now: () => clock.now });
  open.push(practice);
  const gateway = createKeyGateway(
    {
      serverAddress: practice.url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'practice', password: key })),
    },
    { clock: systemClock, version, options: { campaignId: 'C-7' } },
  );
  open.push(gateway);
  return {
    practice,
    gateway,
    clock,
    submit: (messages: readonly OutgoingMessage[], more?: SubmitOptions) =>
      gateway.submit({ sender: 'Friend', messages, ...(more && { options: more }) }),
  };
}

const to = (number: string, text = 'Hello'): OutgoingMessage => ({ to: number, text, ownId: null });

function answeredIn(outcome: Awaited<ReturnType<Awaited<ReturnType<typeof start>>['submit']>>) {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.messages;
}

function reportsIn(raw: { readonly ok: boolean; readonly value?: RawBody }) {
  const read = reading.reports(raw.value?.body ?? '');
  if (!raw.ok || !read.ok) throw new Error(JSON.stringify(raw));
  return read.value.reports;
}

describe.each(VERSIONS)('%s', (version) => {
  test('sends to one and to many', async () => {
    const { practice, submit } = await start(version);
    const one = answeredIn(await submit([to(A, 'বাংলা "এসএমএস"')], { transactionClass: 'promotional' }));
    const many = answeredIn(await submit([to(A), to(B)]));
    const ids = [...one, ...many].map(({ gatewayMessageId }) => gatewayMessageId);
    expect(new Set(ids).size).toBe(3);
    expect(ids.map((id) => id?.split('/')[1])).toEqual([A, A, B]);
    expect(practice.journal().map(({ text, to: number }) => [number, text])).toEqual([
      [A, 'বাংলা "এসএমএস"'],
      [A, 'Hello'],
      [B, 'Hello'],
    ]);
  });

  test('a bad number among many keeps no other from being sent', async () => {
    const { practice, submit } = await start(version);
    const answered = answeredIn(await submit([to(A), to('88012'), to(B)]));
    const status = new Map(answered.map((message) => [message.to, message.status.id]));
    expect([...status.keys()].toSorted()).toEqual(['88012', A, B]);
    expect([status.get(A), status.get('88012'), status.get(B)]).toEqual([0, 52, 0]);
    expect(practice.journal().map((entry) => entry.to)).toEqual([A, B]);
  });

  test('a wrong key', async () => {
    const { gateway, submit } = await start(version, 'wrong');
    expect(await submit([to(A)])).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_AUTH' } });
    expect(await gateway.balance()).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });

  test('the balance, and none left', async () => {
    const { practice, gateway, submit } = await start(version);
    await submit([to(A)]);
    expect(await gateway.balance()).toEqual({ ok: true, value: { micros: 4_999_650_000, currency: 'BDT' } });
    practice.setBalance('practice', 0);
    expect(answeredIn(await submit([to(A)]))).toMatchObject([{ status: { id: 12, groupId: 5 } }]);
  });

  test('refusals by sender and length, and what is unclear', async () => {
    const { gateway, submit } = await start(version);
    const badSender = await gateway.submit({ sender: '!', messages: [to(A)] });
    expect(badSender).toMatchObject({ messages: [{ status: { id: 11 } }] });
    expect(await submit([to(A, 'x'.repeat(1_081))])).toMatchObject({ messages: [{ status: { id: 25 } }] });
    expect(await submit([to('8801999000021')])).toMatchObject({ kind: 'unknown' });
  });

  test('faults of the gateway leave open what happened, or say that nothing did', async () => {
    const { submit } = await start(version);
    const fault = async (digits: string) => (await submit([to(`880199902${digits}`)])).kind;
    for (const digits of ['0001', '0003', '0006', '0007', '0008'])
      expect(await fault(digits)).toBe('unknown');
    expect(await fault('0005')).toBe('refused');
    expect(await fault('0012')).toBe('answered');
  });
});

test('a text each', async () => {
  const { practice, submit } = await start('v2');
  answeredIn(await submit([to(A, 'Hello'), to(B, 'Bye')]));
  expect(practice.journal().map(({ text, to: number }) => [number, text])).toEqual([
    [A, 'Hello'],
    [B, 'Bye'],
  ]);
});

test('reports are asked for by message, as often as wanted', async () => {
  const { gateway, clock, submit } = await start('v2');
  const gone = '8801999000015';
  const ids = [
    ...answeredIn(await submit([to(A), to(gone)])),
    ...answeredIn(await submit([to(B, 'a'.repeat(200))])),
  ].map(({ gatewayMessageId }) => gatewayMessageId ?? '');
  const ask = async () => {
    const reports = reportsIn(await gateway.fetchReports({ messageIds: [...ids, `unknown/${A}`] }));
    return reports.map((one) => [one.gatewayMessageId, one.to, one.status.groupId]);
  };
  expect(await ask()).toEqual([
    [ids[0], A, 1],
    [ids[1], gone, 1],
    [ids[2], B, 1],
  ]);
  clock.now += MINUTE;
  const final = [
    [ids[0], A, 3],
    [ids[1], gone, 4],
    [ids[2], B, 3],
  ];
  expect(await ask()).toEqual(final);
  expect(await ask()).toEqual(final);
});
