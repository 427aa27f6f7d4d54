import { afterEach, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { Gateway, GatewayReport, LogQuery } from '../../../main/engine/gateways/gateway.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { createRestGateway } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import type { PracticeOptions } from '../../../main/practice/core/settings.ts';
import { type PracticeGateway, startPractice } from '../../../main/practice/practice.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** A practice gateway whose clock is moved by hand, and our client of it. */
async function start(options: PracticeOptions = {}, password = 'practice') {
  const clock = { now: Date.UTC(2026, 0, 15, 6) };
  const practice: PracticeGateway = await startPractice({ now: () => clock.now, ...options });
  open.push(practice);
  const gateway: Gateway = createRestGateway(
    {
      serverAddress: practice.url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'practice', password })),
    },
    { clock: systemClock, timeouts: { headers: 1_000 } },
  );
  open.push(gateway);
  return { practice, gateway, clock };
}

async function logs(gateway: Gateway, query: LogQuery = {}): Promise<readonly GatewayReport[]> {
  return entries(await gateway.fetchLogs(query));
}

async function reports(gateway: Gateway, query: Parameters<Gateway['fetchReports']>[0] = {}) {
  return entries(await gateway.fetchReports(query));
}

function entries(raw: Awaited<ReturnType<Gateway['fetchLogs']>>): readonly GatewayReport[] {
  if (!raw.ok) throw new Error(raw.error.code);
  const page = reading.reports(raw.value.body);
  if (!page.ok) throw new Error(page.error.code);
  expect(page.value.skipped).toBe(0);
  return page.value.reports;
}

const smsTo = (recipients: readonly string[], text = 'x', sender = 'InfoSMS') => ({
  sender,
  messages: recipients.map((to) => ({ to, text, ownId: null })),
});

async function submit(gateway: Gateway, sender: string, text: string, ...recipients: string[]) {
  const outcome = await gateway.submit(smsTo(recipients, text, sender));
  if (outcome.kind !== 'answered') throw new Error(`not answered: ${JSON.stringify(outcome)}`);
  return outcome;
}

const MINUTE = 60_000;

describe('the four calls', () => {
  test('a Bangla text to two people is accepted, charged, reported once and kept in the logs', async () => {
    const { practice, gateway, clock } = await start();
    const sentAt = clock.now;
    const text = 'আপনার বিল পরিশোধ করুন 😀';
    const { bulkId, messages } = await submit(gateway, 'InfoSMS', text, '8801711000001', '8801811000002');
    expect(messages).toMatchObject([
      { to: '8801711000001', parts: 1, status: { groupId: 0 } },
      { to: '8801811000002', parts: 1, status: { groupId: 0 } },
    ]);
    expect(practice.journal().map((entry) => entry.text)).toEqual([text, text]);
    expect(await gateway.balance()).toEqual({
      ok: true,
      value: { micros: 5_000_000_000 - 2 * 350_000, currency: 'BDT' },
    });

    expect(await reports(gateway)).toEqual([]);
    clock.now += MINUTE;
    const told = await reports(gateway);
    expect(told.map((report) => report.gatewayMessageId)).toEqual(
      messages.map((one) => one.gatewayMessageId),
    );
    expect(told[0]).toMatchObject({
      bulkId,
      to: '8801711000001',
      sentAt,
      parts: 1,
      pricePerPart: { micros: 350_000, currency: 'BDT' },
      status: { id: 5, groupId: 3, name: 'DELIVERED_TO_HANDSET' },
      error: { id: 0, permanent: false },
    });
    expect(told[0]?.doneAt).toBeGreaterThan(sentAt);
    expect(await reports(gateway)).toEqual([]);
    expect(await logs(gateway)).toHaveLength(2);
    expect((await logs(gateway))[0]).toMatchObject({
      from: 'InfoSMS',
      text,
      mccmnc: '47002',
      status: { id: 5 },
    });
  });

  test('reports of one message, of one request, and as many as asked for', async () => {
    const { gateway, clock } = await start();
    const one = await submit(gateway, 'InfoSMS', 'a', '8801711000001');
    const bulk = await submit(gateway, 'InfoSMS', 'b', '8801711000002', '8801711000003');
    await submit(gateway, 'InfoSMS', 'c', '8801711000004', '8801711000005', '8801711000006');
    clock.now += MINUTE;
    const id = one.messages[0]?.gatewayMessageId ?? '';
    expect((await reports(gateway, { messageIds: [id] })).map((report) => report.to)).toEqual([
      '8801711000001',
    ]);
    expect(await reports(gateway, { bulkId: bulk.bulkId ?? '' })).toHaveLength(2);
    expect(await reports(gateway, { limit: 2 })).toHaveLength(2);
    expect(await reports(gateway)).toHaveLength(1);
  });

  test('a wrong password', async () => {
    const { practice, gateway } = await start({}, 'wrong');
    const failed = { ok: false, error: { code: 'GATEWAY_AUTH', facts: { httpStatus: 401 } } };
    expect(await gateway.balance()).toMatchObject(failed);
    expect(await gateway.fetchReports({})).toMatchObject(failed);
    expect(await gateway.fetchLogs({})).toMatchObject(failed);
    const outcome = await gateway.submit(smsTo(['8801711000001']));
    expect(outcome).toMatchObject({ kind: 'refused', error: failed.error, retryAfterMs: null });
    expect(practice.journal()).toEqual([]);
  });

  test('a request that the gateway finds wrong is refused with its own words', async () => {
    const { gateway } = await start();
    const outcome = await gateway.submit(smsTo(['8801711000001'], ''));
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED' },
      retryAfterMs: null,
    });
    expect(outcome.kind === 'refused' && outcome.error.facts?.detail).toContain('text');
  });
});

describe('every filter of the logs', () => {
  test('finds its messages and no others', async () => {
    const { gateway, clock } = await start();
    const first = await submit(gateway, 'InfoSMS', 'one', '8801711000001', '8801911000002');
    clock.now += 10 * MINUTE;
    const middle = clock.now;
    const second = await submit(gateway, 'A&B Shop', 'two', '8801711000001', '8801999000009');
    clock.now += 10 * MINUTE;
    const third = await submit(gateway, 'InfoSMS', 'three', '8801811000003');
    clock.now += MINUTE;

    const found = async (query: LogQuery) =>
      (await logs(gateway, query)).map((entry) => `${entry.text} ${entry.to?.slice(-4)}`).sort();
    const ids = [first, third].map((answer) => answer.messages[0]?.gatewayMessageId ?? '');
    expect(await found({})).toHaveLength(5);
    expect(await found({ from: 'A&B Shop' })).toEqual(['two 0001', 'two 0009']);
    expect(await found({ to: '8801711000001' })).toEqual(['one 0001', 'two 0001']);
    expect(await found({ bulkIds: [second.bulkId ?? ''] })).toEqual(['two 0001', 'two 0009']);
    expect(await found({ bulkIds: [first.bulkId ?? '', second.bulkId ?? ''] })).toHaveLength(4);
    expect(await found({ messageIds: ids })).toEqual(['one 0001', 'three 0003']);
    expect(await found({ generalStatus: 'UNDELIVERABLE' })).toEqual(['two 0009']);
    expect(await found({ sentSince: middle })).toEqual(['three 0003', 'two 0001', 'two 0009']);
    expect(await found({ sentUntil: middle - 1 })).toEqual(['one 0001', 'one 0002']);
    expect(await found({ sentSince: middle, sentUntil: middle })).toEqual(['two 0001', 'two 0009']);
    expect(await found({ limit: 1 })).toEqual(['three 0003']);
    expect(await found({ mcc: '470', mnc: '02' })).toEqual(['three 0003']);
    expect(await found({ mcc: '228' })).toEqual([]);
    expect(await found({ to: '8801711000001', from: 'InfoSMS', generalStatus: 'DELIVERED' })).toEqual([
      'one 0001',
    ]);
  });
});

describe('numbers that ask for a fault', () => {
  const asked = async (digits: string, options: PracticeOptions = {}) => {
    const { practice, gateway, clock } = await start(options);
    const sms = smsTo([`880199902${digits}`]);
    const outcome = await gateway.submit(sms);
    return { practice, gateway, clock, sms, outcome, taken: practice.journal().length };
  };

  test.each([
    ['0001', 'the answer dropped after accepting', 1, { kind: 'unknown', cause: 'reset' }],
    ['0003', '500, nothing accepted', 0, { kind: 'unknown', cause: 'http-500' }],
    ['0004', '500 after accepting', 1, { kind: 'unknown', cause: 'http-500' }],
    ['0006', 'the answer cut', 1, { kind: 'unknown', cause: 'truncated' }],
    ['0007', 'a reset before reading', 0, { kind: 'unknown', cause: 'reset' }],
    ['0008', 'a web page', 1, { kind: 'unknown', cause: 'unreadable' }],
  ])('%s: %s', async (digits, _, accepted, expected) => {
    const { outcome, taken } = await asked(digits);
    expect(outcome).toMatchObject(expected);
    expect(taken).toBe(accepted);
  });

  test('0002: an answer that comes too late, and one that comes in time', async () => {
    const late = await asked('0002', { faults: { delayMs: 20_000 } });
    expect(late).toMatchObject({ outcome: { kind: 'unknown', cause: 'timeout' }, taken: 1 });
    expect(await asked('0002', { faults: { delayMs: 50 } })).toMatchObject({
      outcome: { kind: 'answered' },
      taken: 1,
    });
  });

  test('0005: too many requests, to be tried again after what the gateway says', async () => {
    const { outcome, taken } = await asked('0005');
    expect(outcome).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_BUSY' }, retryAfterMs: 1_000 });
    expect(taken).toBe(0);
  });

  test.each(['0009', '0013'])('%s: the second try goes through', async (digits) => {
    const { gateway, practice, sms, outcome } = await asked(digits);
    expect(outcome.kind).toBe(digits === '0009' ? 'unknown' : 'refused');
    expect(await gateway.submit(sms)).toMatchObject({ kind: 'answered' });
    expect(practice.journal()).toHaveLength(1);
  });

  test('0010: no report, but the logs know', async () => {
    const { gateway, clock } = await asked('0010');
    clock.now += MINUTE;
    expect(await reports(gateway)).toEqual([]);
    expect(await logs(gateway)).toMatchObject([{ status: { id: 5 } }]);
  });

  test.each(['0011', '0014'])('%s: the logs show it late', async (digits) => {
    const { gateway, clock, taken } = await asked(digits);
    expect(taken).toBe(1);
    expect(await logs(gateway)).toEqual([]);
    clock.now += MINUTE;
    expect(await logs(gateway)).toHaveLength(1);
  });

  test('0012: 19-digit ids and unknown fields are kept to the digit', async () => {
    const { gateway, clock, outcome, practice } = await asked('0012');
    const [entry] = practice.journal();
    expect(entry?.id).toMatch(/^\d{19}$/);
    expect(outcome).toMatchObject({ kind: 'answered', messages: [{ gatewayMessageId: entry?.id }] });
    clock.now += MINUTE;
    expect(await logs(gateway, { messageIds: [entry?.id ?? ''] })).toMatchObject([
      { gatewayMessageId: entry?.id },
    ]);
    expect(await reports(gateway)).toMatchObject([{ gatewayMessageId: entry?.id }]);
  });

  test('a number that is rejected at once says so in the answer', async () => {
    const { gateway } = await start();
    const { messages } = await submit(gateway, 'InfoSMS', 'x', '8801999000012', '8801711000001');
    expect(messages.map((message) => message.status.groupId)).toEqual([5, 0]);
    expect(messages[0]?.status).toMatchObject({ id: 12, name: 'REJECTED_NOT_ENOUGH_CREDITS' });
  });

  test('a GSM error comes back with its id and permanence', async () => {
    const { gateway, clock } = await start();
    await submit(gateway, 'InfoSMS', 'x', '8801999010001', '8801999010027');
    clock.now += MINUTE;
    expect(
      (await reports(gateway)).map(({ status, error }) => [status.groupId, error?.id, error?.permanent]),
    ).toEqual([
      [2, 1, true],
      [2, 27, false],
    ]);
  });
});

describe('faults of reads', () => {
  test('reports whose answer was lost or cut are gone from the reports, but not from the logs', async () => {
    const { gateway, practice, clock } = await start();
    await submit(gateway, 'InfoSMS', 'x', '8801711000001', '8801711000002', '8801711000003');
    clock.now += MINUTE;
    practice.setFaults({ readScript: ['http500', 'drop', 'truncate'] });
    expect(await gateway.fetchReports({ limit: 1 })).toMatchObject({ error: { code: 'GATEWAY_BUSY' } });
    expect(await gateway.fetchReports({ limit: 1 })).toMatchObject({
      error: { code: 'GATEWAY_UNREACHABLE' },
    });
    expect(await gateway.fetchReports({ limit: 1 })).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
    expect(await reports(gateway)).toHaveLength(1);
    expect(await logs(gateway)).toHaveLength(3);
  });

  test('a gateway that stopped', async () => {
    const { gateway, practice } = await start();
    expect((await gateway.balance()).ok).toBe(true);
    await practice.close();
    expect(await gateway.balance()).toMatchObject({ ok: false, error: { code: 'GATEWAY_UNREACHABLE' } });
    expect(await gateway.submit(smsTo(['8801711000001']))).toMatchObject({
      kind: 'not-sent',
      error: { code: 'GATEWAY_UNREACHABLE' },
    });
  });

  test('many at once over few connections: each is taken once', async () => {
    const { gateway, practice } = await start({
      faults: { seed: 7, send: { dropAfter: 0.1, http429: 0.1, resetBefore: 0.1 } },
    });
    const recipients = Array.from({ length: 300 }, (_, at) => `88017110${String(at).padStart(5, '0')}`);
    const outcomes = await Promise.all(recipients.map((to) => gateway.submit(smsTo([to]))));
    const taken = practice.journal().map((entry) => entry.to);
    expect(new Set(taken).size).toBe(taken.length);
    outcomes.forEach((outcome, at) => {
      if (outcome.kind === 'answered') expect(taken).toContain(recipients[at]);
      if (outcome.kind === 'refused' || outcome.kind === 'not-sent')
        expect(taken).not.toContain(recipients[at]);
    });
    expect(new Set(outcomes.map((outcome) => outcome.kind))).toEqual(
      new Set(['answered', 'refused', 'unknown']),
    );
  });
});
