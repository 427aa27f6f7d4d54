import { afterEach, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { OutgoingMessage, RawBody, SubmitOptions } from '../../../main/engine/gateways/gateway.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import {
  createRestGateway,
  type RestGateway,
  type RestOptions,
} from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { type PracticeGateway, startPractice } from '../../../main/practice/practice.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const A = '8801711000001';
const B = '8801811000002';
const C = '8801911000003';
const ALL = { advanced: true, logs: true, inbox: true, lookup: true };

async function start(options: Partial<RestOptions> = {}) {
  const clock = { now: Date.UTC(2026, 0, 15, 6) };
  const practice: PracticeGateway = await startPractice({ now: () => clock.now });
  open.push(practice);
  const gateway: RestGateway = createRestGateway(
    {
      serverAddress: practice.url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'practice', password: 'practice' })),
    },
    { clock: systemClock, abilities: ALL, ...options },
  );
  open.push(gateway);
  const submit = async (messages: readonly OutgoingMessage[], more?: SubmitOptions) => {
    const outcome = await gateway.submit({
      sender: 'InfoSMS',
      messages,
      ...(more && { options: more }),
    });
    if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
    return outcome;
  };
  return { practice, gateway, clock, submit };
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

describe.each(['json', 'xml'] as const)('the REST API in %s', (format) => {
  test('single, multi and advanced are taken, charged and reported, each as itself', async () => {
    const { practice, gateway, clock, submit } = await start({ format });
    const bangla = 'আপনার <বিল> & "পরিশোধ" 😀\nধন্যবাদ';
    const single = await submit([to(A, bangla)]);
    const multi = await submit([to(A, 'one'), to(B, 'two'), to(C, 'one')]);
    const advanced = await submit([to(A, 'three', 'own-1'), to(B, 'three', 'own-2')], { bulkId: 'my bulk' });
    expect(practice.requests().map((entry) => entry.path)).toEqual([
      '/sms/1/text/single',
      '/sms/1/text/multi',
      '/sms/1/text/advanced',
    ]);
    expect(single).toMatchObject({ bulkId: null, messages: [{ to: A, parts: 1 }] });
    expect(multi.messages.map((message) => message.to).sort()).toEqual([A, B, C]);
    expect(advanced).toMatchObject({
      bulkId: 'my bulk',
      messages: [
        { to: A, gatewayMessageId: 'own-1', parts: 1 },
        { to: B, gatewayMessageId: 'own-2', parts: 1 },
      ],
    });
    expect(practice.journal().map((entry) => [entry.to, entry.text])).toEqual([
      [A, bangla],
      [A, 'one'],
      [C, 'one'],
      [B, 'two'],
      [A, 'three'],
      [B, 'three'],
    ]);
    expect(await gateway.balance()).toEqual({
      ok: true,
      value: { micros: 5_000_000_000 - 6 * 350_000, currency: 'BDT' },
    });

    clock.now += MINUTE;
    const own = reportsIn(await gateway.fetchReports({ messageIds: ['own-1', 'own-2'] }));
    expect(own).toMatchObject([
      { gatewayMessageId: 'own-1', pricePerPart: { micros: 350_000, currency: 'BDT' }, status: { id: 5 } },
      { gatewayMessageId: 'own-2', error: { id: 0, permanent: false } },
    ]);
    expect(reportsIn(await gateway.fetchReports({ limit: 1_000 }))).toHaveLength(4);
    expect(reportsIn(await gateway.fetchReports({}))).toEqual([]);
    const [entry] = reportsIn(
      await gateway.fetchLogs({ messageIds: [single.messages[0]?.gatewayMessageId ?? ''] }),
    );
    expect(entry).toMatchObject({ from: 'InfoSMS', to: A, text: bangla, mccmnc: '47001', status: { id: 5 } });
    expect(entry?.sentAt).toBe(clock.now - MINUTE);
  });

  test('an own id that was used is refused by itself, which proves that the first one arrived', async () => {
    const { practice, submit } = await start({ format });
    await submit([to(A, 'x', 'own-1')]);
    const again = await submit([to(A, 'x', 'own-1'), to(B, 'x', 'own-2')]);
    expect(again.messages.map(({ status }) => status.id === 23)).toEqual([true, false]);
    expect(again.messages[0]?.status.name).toBe('REJECTED_DUPLICATE_MESSAGE_ID');
    expect(practice.journal()).toHaveLength(2);
  });

  test('flash, transliteration, validity and the rest are understood', async () => {
    const { practice, submit } = await start({ format });
    const { messages } = await submit([to(A)], {
      flash: true,
      transliteration: 'TURKISH',
      languageCode: 'TR',
      validityMinutes: 60,
      callbackData: 'campaign <7>',
      notify: {
        url: 'http://127.0.0.1:9/dr',
        contentType: format === 'json' ? 'application/json' : 'application/xml',
      },
      deliveryWindow: {
        from: { hour: 0, minute: 0 },
        to: { hour: 23, minute: 59 },
        days: ['MONDAY', 'FRIDAY'],
      },
    });
    expect(messages).toMatchObject([{ to: A }]);
    expect(practice.journal()).toHaveLength(1);
  });

  test('bytes with a header', async () => {
    const { practice, submit } = await start({ format });
    const binary = { hex: '0995099609970998', dataCoding: 8, esmClass: 0 };
    await submit([to(A)], { binary });
    await submit([to(B, '', 'own-b')], { binary });
    expect(practice.requests().map((entry) => entry.path)).toEqual([
      '/sms/1/binary/single',
      '/sms/1/binary/advanced',
    ]);
    expect(practice.journal().map((entry) => entry.text)).toEqual(['কখগঘ', 'কখগঘ']);
  });

  test('a scheduled sending is moved, paused and cancelled', async () => {
    const { gateway, clock, submit } = await start({ format });
    const sendAt = clock.now + HOUR;
    const { bulkId, messages } = await submit([to(A), to(B)], { sendAt, bulkId: 'later & later' });
    expect(bulkId).toBe('later & later');
    expect(messages).toMatchObject([{ status: { id: 26 } }, { status: { id: 26 } }]);
    const bulks = gateway.bulks;
    if (bulks === null || bulkId === null) throw new Error('no bulks');
    expect(await bulks.get(bulkId)).toEqual({ ok: true, value: { sendAt } });
    expect(await bulks.reschedule(bulkId, sendAt + HOUR)).toEqual({
      ok: true,
      value: { sendAt: sendAt + HOUR },
    });
    expect(await bulks.status(bulkId)).toEqual({ ok: true, value: 'PENDING' });
    expect(await bulks.setStatus(bulkId, 'PAUSED')).toEqual({ ok: true, value: 'PAUSED' });
    expect(await bulks.setStatus(bulkId, 'CANCELED')).toEqual({ ok: true, value: 'CANCELED' });
    expect(await bulks.setStatus(bulkId, 'PENDING')).toMatchObject({
      ok: false,
      error: { code: 'GATEWAY_REFUSED', facts: { httpStatus: 400 } },
    });
    expect(await bulks.get('nobody’s')).toMatchObject({ error: { code: 'GATEWAY_REFUSED' } });
  });

  test('received messages come once, and in the log as often as asked', async () => {
    const { practice, gateway, clock } = await start({ format });
    const number = '8809601000000';
    practice.receive('practice', { from: A, to: number, text: 'PROMO <yes> & please', keyword: 'PROMO' });
    clock.now += HOUR;
    practice.receive('practice', { from: B, to: number, text: 'ধন্যবাদ' });
    const inbox = async (query: Parameters<RestGateway['fetchInbox']>[0]) => {
      const raw = await gateway.fetchInbox(query);
      const read = raw.ok ? reading.inbox(raw.value.body) : raw;
      if (!read.ok) throw new Error(read.error.code);
      return read.value.messages.map((message) => message.text);
    };
    const first = await gateway.fetchInbox({ limit: 1 });
    expect(first.ok && reading.inbox(first.value.body)).toMatchObject({
      value: {
        skipped: 0,
        messages: [
          {
            gatewayMessageId: expect.stringMatching(/^\d{19}$/) as string,
            from: A,
            to: number,
            text: 'PROMO <yes> & please',
            keyword: 'PROMO',
            receivedAt: clock.now - HOUR,
          },
        ],
      },
    });
    expect(await inbox({})).toEqual(['ধন্যবাদ']);
    expect(await inbox({})).toEqual([]);
    expect(await inbox({ logs: true })).toHaveLength(2);
    expect(await inbox({ logs: true, keyword: 'PROMO', to: number })).toEqual(['PROMO <yes> & please']);
    expect(await inbox({ logs: true, since: clock.now - MINUTE })).toEqual(['ধন্যবাদ']);
    expect(await inbox({ logs: true, until: clock.now - MINUTE })).toEqual(['PROMO <yes> & please']);
  });

  test('number context, at once, for later, and in its log', async () => {
    const { gateway } = await start({ format });
    const { lookups } = gateway;
    if (!lookups?.notify) throw new Error('no lookups');
    const asked = await lookups.query([A, '1']);
    expect(asked).toMatchObject({
      ok: true,
      value: [
        { msisdn: A, mccmnc: '47001', reachable: true, original: { country: 'Bangladesh' }, statusId: 5 },
        { msisdn: '1', reachable: null },
      ],
    });
    expect(await lookups.notify([A, B], 'http://127.0.0.1:9/nc')).toMatchObject({
      ok: true,
      value: [{ msisdn: A, reachable: null, lookupId: expect.any(String) as string }, { msisdn: B }],
    });
    const log = await gateway.lookupLogs(10);
    const read = log.ok ? reading.lookups(log.value.body) : log;
    expect(read.ok && read.value.answers.map((answer) => answer.msisdn).sort()).toEqual([A, A, B]);
  });

  test('a preview counts as the gateway does', async () => {
    const { gateway } = await start({ format });
    expect(await gateway.preview('আপনার <বিল>')).toEqual({
      ok: true,
      value: { text: 'আপনার <বিল>', parts: 1, charactersRemaining: 59 },
    });
  });

  test('refusals say why', async () => {
    const { gateway } = await start({ format });
    const refused = await gateway.submit({ sender: 'InfoSMS', messages: [to(A, '')] });
    expect(refused).toMatchObject({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { httpStatus: 400 } },
    });
    expect(refused.kind === 'refused' && refused.error.facts?.detail).toMatch(/^BAD_REQUEST: .*text/);
  });

  test('a request by query', async () => {
    const { practice, submit } = await start({ format, useGet: true });
    expect(await submit([to(A, 'আ & b'), to(B, 'আ & b')], { flash: true })).toMatchObject({
      messages: [{ to: A }, { to: B }],
    });
    expect(practice.requests().map((entry) => `${entry.method} ${entry.path}`)).toEqual([
      'GET /sms/1/text/query',
    ]);
    expect(practice.journal().map((entry) => entry.text)).toEqual(['আ & b', 'আ & b']);
  });
});

describe('numbers that ask for a fault, in XML', () => {
  const asked = async (digits: string) => {
    const { practice, gateway, clock } = await start({ format: 'xml' });
    const outcome = await gateway.submit({ sender: 'InfoSMS', messages: [to(`880199902${digits}`)] });
    return { practice, gateway, clock, outcome };
  };

  test.each([
    ['0001', 'the answer dropped after accepting', 1, { kind: 'unknown', cause: 'reset' }],
    ['0003', '500, nothing accepted', 0, { kind: 'unknown', cause: 'http-500' }],
    ['0005', 'too many requests', 0, { kind: 'refused', retryAfterMs: 1_000 }],
    ['0006', 'the answer cut', 1, { kind: 'unknown', cause: 'truncated' }],
    ['0008', 'a web page', 1, { kind: 'unknown', cause: 'unreadable' }],
  ])('%s: %s', async (digits, _, accepted, expected) => {
    const { practice, outcome } = await asked(digits);
    expect(outcome).toMatchObject(expected);
    expect(practice.journal()).toHaveLength(accepted);
  });

  test('0012: 19-digit ids and unknown fields are kept to the digit', async () => {
    const { practice, gateway, clock, outcome } = await asked('0012');
    const id = practice.journal()[0]?.id ?? '';
    expect(id).toMatch(/^\d{19}$/);
    expect(outcome).toMatchObject({ kind: 'answered', messages: [{ gatewayMessageId: id }] });
    clock.now += MINUTE;
    expect(reportsIn(await gateway.fetchLogs({ messageIds: [id] }))).toMatchObject([
      { gatewayMessageId: id },
    ]);
    expect(reportsIn(await gateway.fetchReports({}))).toMatchObject([{ gatewayMessageId: id }]);
  });
});

test('a wrong password is a wrong password in XML, too', async () => {
  const credentials = () => Promise.resolve(ok({ userName: 'practice', password: 'wrong' }));
  const { practice } = await start();
  const gateway = createRestGateway(
    { serverAddress: practice.url, allowHttp: true, credentials },
    { clock: systemClock, format: 'xml' },
  );
  open.push(gateway);
  expect(await gateway.balance()).toMatchObject({
    error: {
      code: 'GATEWAY_AUTH',
      facts: { httpStatus: 401, detail: 'UNAUTHORIZED: Invalid login details' },
    },
  });
});

test('too many numbers in one number context request are not sent', async () => {
  const { practice, gateway } = await start();
  expect(await gateway.lookups?.query(Array<string>(1_001).fill(A))).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT', facts: { limit: 1_000, actual: 1_001 } },
  });
  expect(await gateway.lookups?.query([])).toEqual({ ok: true, value: [] });
  expect(practice.requests()).toEqual([]);
});

test('a control character is refused in XML before anything is sent, and arrives in JSON', async () => {
  const xml = await start({ format: 'xml' });
  const request = { sender: 'InfoSMS', messages: [to(A, 'a\u0007b')] };
  expect(await xml.gateway.submit(request)).toEqual({
    kind: 'refused',
    error: {
      code: 'INVALID_INPUT',
      facts: { field: 'text', detail: expect.any(String) as string },
    },
    retryAfterMs: null,
  });
  expect(xml.practice.requests()).toEqual([]);
  const json = await start();
  expect((await json.gateway.submit(request)).kind).toBe('answered');
  expect(json.practice.journal()[0]?.text).toBe('a\u0007b');
});

test('what the abilities do not name is not asked for', async () => {
  const { practice, gateway } = await start({
    abilities: { advanced: false, logs: false, inbox: false, lookup: false },
  });
  const failed = { ok: false, error: { code: 'NOT_SUPPORTED' } };
  expect(await gateway.fetchLogs({})).toEqual(failed);
  expect(await gateway.fetchInbox({})).toEqual(failed);
  expect(await gateway.preview('x')).toEqual(failed);
  expect(await gateway.lookupLogs(1)).toEqual(failed);
  expect([gateway.lookups, gateway.bulks, gateway.stream]).toEqual([null, null, null]);
  expect(await gateway.submit({ sender: 'InfoSMS', messages: [to(A, 'one'), to(B, 'two')] })).toMatchObject({
    kind: 'refused',
    error: { code: 'NOT_SUPPORTED' },
    retryAfterMs: null,
  });
  expect(practice.requests()).toEqual([]);
});
