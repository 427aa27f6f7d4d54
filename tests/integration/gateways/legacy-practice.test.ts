import { afterEach, describe, expect, test } from 'vitest';
import type { AccountOptions } from '#shared/accounts/options.ts';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { OutgoingMessage, RawBody, SubmitOptions } from '../../../main/engine/gateways/gateway.ts';
import { createLegacyGateway } from '../../../main/engine/gateways/legacy/legacy-gateway.ts';
import type { LegacyVariant } from '../../../main/engine/gateways/legacy/requests.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { startPractice } from '../../../main/practice/practice.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const VARIANTS = ['plain-v1', 'plain-v3', 'xml-v1', 'xml-v3', 'json-v3'] as const;
const WITH_IDS = ['plain-v3', 'xml-v3', 'json-v3'] as const;
const SCHEDULING = ['plain-v1', ...WITH_IDS] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const A = '8801711000001';
const B = '8801811000002';

async function start(variant: LegacyVariant, options: AccountOptions = {}, password = 'practice') {
  const clock = { now: Date.now() };
  const practice = await startPractice({ now: () => clock.now });
  open.push(practice);
  const gateway = createLegacyGateway(
    {
      serverAddress: practice.url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'practice', password })),
    },
    { clock: systemClock, variant, options },
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

const to = (number: string, text = 'Hello', ownId: string | null = null): OutgoingMessage => ({
  to: number,
  text,
  ownId,
});

function reportsIn(raw: { readonly ok: boolean; readonly value?: RawBody }) {
  const read = reading.reports(raw.value?.body ?? '');
  if (!raw.ok || !read.ok) throw new Error(JSON.stringify(raw));
  expect(read.value.skipped).toBe(0);
  return read.value.reports;
}

function answeredIn(outcome: Awaited<ReturnType<Awaited<ReturnType<typeof start>>['submit']>>) {
  if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
  return outcome.messages;
}

describe.each(VARIANTS)('%s', (variant) => {
  test('sends, and takes each report once', async () => {
    const { practice, gateway, clock, submit } = await start(variant);
    const texts = ['Hello, 50% off & more <b>+</b>', 'বাংলা এসএমএস', `${'a'.repeat(200)}€`];
    const ids: string[] = [];
    for (const text of texts) {
      const [message] = answeredIn(await submit([to(A, text)]));
      expect(message).toMatchObject({ status: { id: 0, groupId: 0 } });
      ids.push(message?.gatewayMessageId ?? '');
    }
    expect(practice.journal().map(({ id, text, to: number }) => [id, text, number])).toEqual(
      ids.map((id, at) => [id, texts[at], A]),
    );

    expect(reportsIn(await gateway.fetchReports({}))).toEqual([]);
    clock.now += MINUTE;
    const reports = reportsIn(await gateway.fetchReports({}));
    expect(new Set(reports.map((one) => one.gatewayMessageId))).toEqual(new Set(ids));
    expect(reports.find((one) => one.gatewayMessageId === ids[2])).toMatchObject({
      parts: 2,
      status: { id: 5, groupId: 3 },
      error: { id: 0 },
      pricePerPart: { micros: 350_000, currency: 'BDT' },
    });
    expect(Math.abs((reports[0]?.sentAt ?? 0) - (clock.now - MINUTE))).toBeLessThan(2_000);
    expect(reportsIn(await gateway.fetchReports({}))).toEqual([]);
  });

  test('a wrong password', async () => {
    const { gateway, submit, practice } = await start(variant, {}, 'wrong');
    expect(await submit([to(A)])).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_AUTH' } });
    expect(await gateway.balance()).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
    expect(await gateway.fetchReports({})).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
    expect(await gateway.fetchInbox({})).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
    expect(await gateway.lookups?.query([A])).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
    expect(await gateway.lookups?.notify?.([A], 'http://127.0.0.1:1/x')).toMatchObject({
      error: { code: 'GATEWAY_AUTH' },
    });
    expect(practice.journal()).toEqual([]);
  });

  test('no credits left', async () => {
    const { practice, submit } = await start(variant);
    practice.setBalance('practice', 0);
    expect(answeredIn(await submit([to(A)]))).toMatchObject([{ status: { id: 12, groupId: 5 } }]);
  });

  test('flash, binary and validity are taken', async () => {
    const { practice, submit } = await start(variant);
    const binary = { hex: 'FEFF0161', dataCoding: 8, esmClass: 0 };
    for (const options of [{ flash: true }, { validityMinutes: 90 }, { binary }]) {
      expect(answeredIn(await submit([to(A, 'š')], options))).toMatchObject([{ status: { groupId: 0 } }]);
    }
    expect(practice.journal().map(({ text }) => text)).toEqual(['š', 'š', 'š']);
  });

  test('faults of the gateway leave open what happened, or say that nothing did', async () => {
    const { submit } = await start(variant);
    const fault = async (digits: string) => (await submit([to(`880199902${digits}`)])).kind;
    expect(await fault('0001')).toBe('unknown');
    expect(await fault('0003')).toBe('unknown');
    expect(await fault('0005')).toBe('refused');
    expect(await fault('0006')).toBe('unknown');
    expect(await fault('0007')).toBe('unknown');
    expect(await fault('0008')).toBe('unknown');
    expect(await fault('0012')).toBe('answered');
  });
});

describe('what the first calls cannot tell', () => {
  test('every refusal of the v3 calls has its own status', async () => {
    for (const variant of WITH_IDS) {
      const { submit } = await start(variant);
      const status = async (number: string) => answeredIn(await submit([to(number)]))[0]?.status.id;
      expect(await status('8801999000006')).toBe(19);
      expect(await status('8801999000011')).toBe(11);
      expect(await status('88017')).toBe(52);
      const own = answeredIn(await submit([to(A, 'Hello', 'mine-1')]));
      expect(own).toMatchObject([{ gatewayMessageId: 'mine-1', status: { id: 0 } }]);
      expect(answeredIn(await submit([to(A, 'Hello', 'mine-1')]))).toMatchObject([{ status: { id: 23 } }]);
    }
  });
});

describe.each(WITH_IDS)('%s in one request', (variant) => {
  test('many numbers under ids of our own, a bad one among them', async () => {
    const { practice, gateway, clock, submit } = await start(variant);
    const answered = answeredIn(
      await submit([to(A, 'Hello', 'own-a'), to('88012', 'Hello', 'own-x'), to(B, 'Hello', 'own-b')]),
    );
    expect(answered).toMatchObject([
      { to: A, gatewayMessageId: 'own-a', status: { id: 0 } },
      { to: '88012', status: { id: 52 } },
      { to: B, gatewayMessageId: 'own-b', status: { id: 0 } },
    ]);
    expect(practice.journal().map(({ id }) => id)).toEqual(['own-a', 'own-b']);
    clock.now += MINUTE;
    expect(reportsIn(await gateway.fetchReports({ messageIds: ['own-b'] }))).toMatchObject([
      { gatewayMessageId: 'own-b', status: { id: 5 } },
    ]);
    expect(reportsIn(await gateway.fetchReports({}))).toMatchObject([{ gatewayMessageId: 'own-a' }]);
  });

  test('the account’s tag gives only its own reports', async () => {
    const { gateway, clock, submit, practice } = await start(variant, { appId: 'desk-1' });
    const other = createLegacyGateway(
      {
        serverAddress: practice.url,
        allowHttp: true,
        credentials: () => Promise.resolve(ok({ userName: 'practice', password: 'practice' })),
      },
      { clock: systemClock, variant: 'plain-v3' },
    );
    open.push(other);
    await other.submit({ sender: 'Friend', messages: [to(B)] });
    answeredIn(await submit([to(A, 'Hello', 'tagged')]));
    clock.now += MINUTE;
    expect(reportsIn(await gateway.fetchReports({}))).toMatchObject([{ gatewayMessageId: 'tagged' }]);
    expect(reportsIn(await other.fetchReports({}))).toHaveLength(1);
  });
});

test.each(['xml-v3', 'json-v3'] as const)('%s carries a text each', async (variant) => {
  const { practice, submit } = await start(variant);
  const answered = answeredIn(await submit([to(A, 'Hello'), to(B, 'বাংলা')]));
  expect(answered.map((one) => one.status.id)).toEqual([0, 0]);
  expect(practice.journal().map(({ text, to: number }) => [number, text])).toEqual([
    [A, 'Hello'],
    [B, 'বাংলা'],
  ]);
});

test.each(SCHEDULING)('%s schedules at the gateway', async (variant) => {
  const { gateway, clock, submit } = await start(variant);
  answeredIn(await submit([to(A)], { sendAt: clock.now + HOUR }));
  clock.now += HOUR - MINUTE;
  expect(reportsIn(await gateway.fetchReports({}))).toEqual([]);
  clock.now += 2 * MINUTE;
  expect(reportsIn(await gateway.fetchReports({}))).toMatchObject([{ status: { id: 5 } }]);
});

test.each(['plain-v1', 'plain-v3'] as const)('%s by GET', async (variant) => {
  const { practice, gateway, clock, submit } = await start(variant, { useGet: true });
  const [message] = answeredIn(await submit([to(A, 'A + B & বাংলা')]));
  expect(practice.journal()).toMatchObject([{ id: message?.gatewayMessageId, text: 'A + B & বাংলা' }]);
  clock.now += MINUTE;
  expect(reportsIn(await gateway.fetchReports({}))).toHaveLength(1);
});

test('a bad push address is about the account', async () => {
  const { submit } = await start('plain-v3');
  const notify = { url: 'nowhere', contentType: 'application/xml' } as const;
  const outcome = await submit([to(A)], { notify });
  expect(outcome.kind === 'refused' && outcome.error).toEqual({
    code: 'GATEWAY_REFUSED',
    facts: { detail: '-28 INVALID_DELIVERY_REPORT_PUSH_URL' },
  });
});

describe('reads', () => {
  test('the balance', async () => {
    const { gateway, submit } = await start('plain-v1');
    await submit([to(A)]);
    expect(await gateway.balance()).toEqual({ ok: true, value: { micros: 4_999_650_000, currency: 'BDT' } });
  });

  test('the inbox, as often as asked', async () => {
    const { practice, gateway, clock } = await start('plain-v3');
    practice.receive('practice', { from: A, to: '8809601', text: 'হ্যাঁ' });
    for (const query of [{}, { limit: 1 }, { since: clock.now - MINUTE }]) {
      const raw = await gateway.fetchInbox(query);
      const read = reading.inbox(raw.ok ? raw.value.body : '');
      expect(read.ok && read.value.messages).toMatchObject([{ from: A, text: 'হ্যাঁ' }]);
      const at = read.ok ? (read.value.messages[0]?.receivedAt ?? 0) : 0;
      expect(Math.abs(at - clock.now)).toBeLessThan(1_000);
    }
    const later = await gateway.fetchInbox({ since: clock.now + MINUTE });
    expect(reading.inbox(later.ok ? later.value.body : '')).toMatchObject({ value: { messages: [] } });
  });

  test('number lookups, at once and later', async () => {
    const { gateway } = await start('json-v3');
    const found = await gateway.lookups?.query([
      A,
      '8801999030001',
      '8801999030002',
      '8801999030003',
      '8801999030004',
    ]);
    expect(found).toMatchObject({
      ok: true,
      value: [
        { msisdn: A, reachable: true, ported: false, portedTo: null, statusId: 5, errorId: 0 },
        { ported: true, reachable: true },
        { roaming: true },
        { reachable: false, errorId: 27, permanent: false },
        { reachable: false, errorId: 1, permanent: true },
      ],
    });
    const later = await gateway.lookups?.notify?.([A, '88012'], 'http://127.0.0.1:1/x');
    expect(later).toMatchObject({
      ok: true,
      value: [
        { msisdn: A, reachable: null, errorName: null },
        { msisdn: '88012', errorName: '-13 INVALID_DESTINATION_ADDRESS' },
      ],
    });
  });
});
