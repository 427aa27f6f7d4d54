import { afterEach, describe, expect, test } from 'vitest';
import type { AccountOptions } from '#shared/accounts/options.ts';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import type { Exchange, Gateway, OutgoingMessage } from '../../../main/engine/gateways/gateway.ts';
import { createLegacyGateway } from '../../../main/engine/gateways/legacy/legacy-gateway.ts';
import type { LegacyVariant } from '../../../main/engine/gateways/legacy/requests.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import type { Log } from '../../../main/logging/log.ts';
import { answer, closedPort, type RawHandler, type RawServer, startRawServer } from './raw-server.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const VARIANTS = ['plain-v1', 'plain-v3', 'xml-v1', 'xml-v3', 'json-v3'] as const;
const NUMBER = '8801711000001';
const HELLO: OutgoingMessage = { to: NUMBER, text: 'Hello', ownId: null };
/** Marks that every format writes differently. */
const PASSWORD = `s3cret &<"'+ пароль`;

type Started = {
  readonly server: RawServer;
  readonly gateway: Gateway;
  /** Everything that was recorded or logged, as one text. */
  readonly seen: () => string;
};

async function start(
  variant: LegacyVariant,
  reply: string | RawHandler,
  options: AccountOptions = {},
): Promise<Started> {
  const handler: RawHandler =
    typeof reply === 'string'
      ? (socket) => socket.write(answer(200, { 'content-type': 'text/plain' }, reply))
      : reply;
  const server = await startRawServer(handler);
  open.push(server);
  return { server, ...connect(variant, server.url, options) };
}

function connect(
  variant: LegacyVariant,
  serverAddress: string,
  options: AccountOptions = {},
  patience = 10_000,
) {
  const records: unknown[] = [];
  const line = (event: string, fields?: unknown): void => void records.push([event, fields]);
  const log: Log = {
    debug: line,
    info: line,
    warn: line,
    error: (event, error) => {
      records.push([event, String(error)]);
      return '';
    },
    child: () => log,
  };
  const gateway = createLegacyGateway(
    {
      serverAddress,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'desk', password: PASSWORD })),
    },
    {
      clock: systemClock,
      log,
      variant,
      options,
      timeouts: { headers: patience },
      record: (exchange: Exchange) => records.push(exchange),
    },
  );
  open.push(gateway);
  return { gateway, seen: () => JSON.stringify(records) };
}

const send = (gateway: Gateway, ...messages: readonly OutgoingMessage[]) =>
  gateway.submit({ sender: 'Friend', messages: messages.length === 0 ? [HELLO] : messages });

function hidden(text: string): void {
  for (const form of ['s3cret', 'пароль', '%D0%BF']) expect(text).not.toContain(form);
}

describe('credentials', () => {
  test.each(VARIANTS)('%s sends them in the body and shows them nowhere', async (variant) => {
    const { server, gateway, seen } = await start(variant, 'what?');
    const outcome = await send(gateway);
    const [request] = server.requests;
    expect(request?.head).toMatch(/^POST \/api\/(v3\/)?sendsms\/(plain|xml|json) HTTP/);
    expect(`${request?.body ?? ''}`).toContain('s3cret');
    expect(outcome).toMatchObject({ kind: 'unknown', cause: 'unreadable', exchange: { method: 'POST' } });
    hidden(seen() + JSON.stringify(outcome));
  });

  test.each(['plain-v1', 'plain-v3'] as const)('%s by GET has them in the query only', async (variant) => {
    const { server, gateway, seen } = await start(variant, '-99', { useGet: true });
    const outcome = await send(gateway);
    const head = server.requests[0]?.head ?? '';
    const query = new URLSearchParams(/\?(\S*)/.exec(head)?.[1]);
    expect(head).toMatch(/^GET /);
    expect(Object.fromEntries(query)).toMatchObject({ user: 'desk', password: PASSWORD, GSM: NUMBER });
    hidden(seen() + JSON.stringify(outcome));
  });

  test('calls that know only GET show them nowhere either, also when they fail', async () => {
    const { server, gateway, seen } = await start('plain-v3', (socket, { head }) => {
      const echoed = /\?(\S*)/.exec(head)?.[1] ?? '';
      socket.write(answer(404, { 'content-type': 'text/plain' }, `no ${echoed} ${PASSWORD}`));
    });
    const failures = await Promise.all([
      gateway.balance(),
      gateway.fetchInbox({}),
      gateway.lookups?.query([NUMBER]),
      gateway.lookups?.notify?.([NUMBER], 'http://127.0.0.1:1/x'),
    ]);
    for (const failure of failures) {
      expect(failure).toMatchObject({ ok: false, error: { code: 'GATEWAY_REFUSED' } });
    }
    expect(server.requests.every(({ head }) => head.startsWith('GET '))).toBe(true);
    hidden(seen() + JSON.stringify(failures));
  });
});

describe('what became of a sending', () => {
  test.each(VARIANTS)('%s: nobody there', async (variant) => {
    const { gateway } = connect(variant, `http://127.0.0.1:${String(await closedPort())}`);
    expect(await send(gateway)).toMatchObject({ kind: 'not-sent', error: { code: 'GATEWAY_UNREACHABLE' } });
  });

  test.each(VARIANTS)('%s: no answer, a broken one, a web page, an error of the server', async (variant) => {
    const replies = [
      Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<results>'),
      answer(200, { 'content-type': 'text/html' }, '<html><body>Please log in</body></html>'),
      answer(502, {}, 'bad gateway'),
    ];
    const { gateway, server } = await start(variant, (socket, { number }) => {
      const reply = replies[number - 1];
      if (reply) socket.end(reply);
    });
    for (const cause of ['truncated', 'unreadable', 'http-502']) {
      expect(await send(gateway)).toMatchObject({ kind: 'unknown', cause });
    }
    const impatient = connect(variant, server.url, {}, 100).gateway;
    expect(await send(impatient)).toMatchObject({ kind: 'unknown', cause: 'timeout' });
  });

  test('other HTTP errors and redirects took nothing', async () => {
    const replies = [
      answer(401, {}, ''),
      answer(404, {}, ''),
      answer(302, { location: 'https://example.test/' }, ''),
    ];
    const { server, gateway } = await start('plain-v3', (socket, { number }) => {
      socket.write(replies[number - 1] ?? '');
    });
    expect(await send(gateway)).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_AUTH' } });
    expect(await send(gateway)).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_REFUSED' } });
    expect(await send(gateway)).toMatchObject({ kind: 'refused', error: { code: 'GATEWAY_REFUSED' } });
    expect(server.requests).toHaveLength(3);
  });

  test('the answer may have another shape than was asked for', async () => {
    const { gateway } = await start('plain-v1', '{"results":[{"status":"0","messageid":"123456789"}]}');
    expect(await send(gateway)).toMatchObject({
      kind: 'answered',
      messages: [{ to: NUMBER, gatewayMessageId: '123456789', status: { id: 0 } }],
    });
  });

  test('a text beyond the document’s limit is not sent', async () => {
    const { server, gateway } = await start('plain-v3', '0');
    expect(await send(gateway, { ...HELLO, text: 'x'.repeat(1_081) })).toEqual({
      kind: 'refused',
      error: { code: 'TEXT_TOO_LONG', facts: { limit: 1_080, actual: 1_081, httpStatus: 400 } },
      retryAfterMs: null,
    });
    expect(server.requests).toHaveLength(0);
  });

  test('several texts in one plain request are not sent', async () => {
    const { server, gateway } = await start('plain-v3', '0');
    const outcome = await send(gateway, HELLO, { to: '8801911000002', text: 'Bye', ownId: null });
    expect(outcome).toMatchObject({ kind: 'not-sent', error: { code: 'NOT_SUPPORTED' } });
    expect(server.requests).toHaveLength(0);
  });

  test('the first XML call gives each message an id of its own', async () => {
    const { server, gateway } = await start(
      'xml-v1',
      '<RESPONSE><status>1</status><credits>1</credits></RESPONSE>',
    );
    const ids = [await send(gateway), await send(gateway)].map((outcome) =>
      outcome.kind === 'answered' ? outcome.messages[0]?.gatewayMessageId : null,
    );
    expect(new Set(ids).size).toBe(2);
    ids.forEach((id, at) => {
      expect(id).toMatch(/^[0-9a-f]{32}$/);
      expect(decodeURIComponent(server.requests[at]?.body ?? '')).toContain(`messageId="${String(id)}"`);
    });
  });
});

test('what each variant can do', () => {
  const able = (variant: LegacyVariant, options: AccountOptions = {}) =>
    connect(variant, 'http://127.0.0.1:1', options).gateway.capabilities;
  const shown = VARIANTS.map((variant) => {
    const { recipientsPerRequest, differentTexts, ownMessageIds, schedule } = able(variant);
    return [variant, recipientsPerRequest, differentTexts, ownMessageIds, schedule !== null];
  });
  expect(shown).toEqual([
    ['plain-v1', 100, false, false, true],
    ['plain-v3', 100, false, true, true],
    ['xml-v1', 1, false, false, false],
    ['xml-v3', 100, true, true, true],
    ['json-v3', 100, true, true, true],
  ]);
  expect(able('plain-v3', { useGet: true }).recipientsPerRequest).toBe(20);
});

describe('reads', () => {
  test.each(VARIANTS)('reports of %s', async (variant) => {
    const { server, gateway } = await start(variant, 'NO_DATA', { appId: 'desk-1' });
    const raw = await gateway.fetchReports({ messageIds: ['253021713103442623', 'b'] });
    expect(reading.reports(raw.ok ? raw.value.body : '')).toEqual({
      ok: true,
      value: { reports: [], skipped: 0 },
    });
    const [request] = server.requests;
    const first = variant === 'xml-v1';
    expect(request?.head).toMatch(first ? /^POST \/api\/dlrpull HTTP/ : /^POST \/api\/v3\/dr\/pull HTTP/);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      user: 'desk',
      password: PASSWORD,
      [first ? 'messageId' : 'messageid']: '253021713103442623,b',
      ...(variant.endsWith('v3') && { appid: 'desk-1' }),
    });
  });

  test.each(['5', '10', '11', '-5', '-10', '-11'])('a pull that says %s', async (body) => {
    const { gateway } = await start('plain-v3', body);
    expect(await gateway.fetchReports({})).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });

  test('a pull by GET, as the API document has it', async () => {
    const { server, gateway } = await start('plain-v3', '<DeliveryReport/>', { useGet: true });
    expect(await gateway.fetchReports({ messageIds: ['253021713103442623'] })).toMatchObject({ ok: true });
    expect(server.requests[0]?.head).toMatch(
      /^GET \/api\/v3\/dr\/pull\?user=desk&password=[^&]+&messageid=253021713103442623 HTTP/,
    );
  });

  test('the balance, as the API document has it', async () => {
    const { server, gateway } = await start('plain-v1', '47.79');
    expect(await gateway.balance()).toEqual({ ok: true, value: { micros: 47_790_000, currency: 'BDT' } });
    expect(server.requests[0]?.head).toMatch(
      /^GET \/api\/command\?username=desk&password=[^&]+&cmd=Credits HTTP/,
    );
  });

  test('the inbox', async () => {
    const { server, gateway } = await start('plain-v3', '{"inboxMessages":[]}');
    const since = Date.UTC(2014, 4, 22, 2, 11, 1);
    expect(await gateway.fetchInbox({ limit: 5, since })).toMatchObject({ ok: true });
    const query = new URLSearchParams(/\?(\S*)/.exec(server.requests[0]?.head ?? '')?.[1]);
    expect(Object.fromEntries(query)).toEqual({
      user: 'desk',
      password: PASSWORD,
      limit: '5',
      output: 'json',
      ReceivedDateTime: '2014/05/22 08:11:01',
    });
  });

  test('logs and previews are not there', async () => {
    const { server, gateway } = await start('plain-v3', '0');
    expect(await gateway.fetchLogs({})).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
    expect(await gateway.preview('x')).toMatchObject({ error: { code: 'NOT_SUPPORTED' } });
    expect(server.requests).toHaveLength(0);
  });
});

describe('number lookups', () => {
  test('some succeed before one fails: what was paid is given', async () => {
    const { server, gateway } = await start('plain-v3', (socket, { head }) => {
      const to = /destination=(\d+)/.exec(head)?.[1] ?? '';
      if (to.endsWith('9')) socket.destroy();
      else socket.write(answer(200, {}, `{"destination":"${to}","stat":"DELIVRD","err":"0"}`));
    });
    const numbers = Array.from({ length: 10 }, (_, at) => `880171100000${String(at)}`);
    const found = await gateway.lookups?.query(numbers);
    expect(found?.ok && found.value.map(({ msisdn }) => msisdn)).toEqual(numbers.slice(0, 9));
    expect(server.requests).toHaveLength(10);
  });

  test('a number that the gateway refuses is an answer, a wrong login is not', async () => {
    const { gateway } = await start('plain-v3', 'FAILED: -13');
    expect(await gateway.lookups?.query([NUMBER])).toMatchObject({
      value: [{ msisdn: NUMBER, reachable: null, errorName: '-13 INVALID_DESTINATION_ADDRESS' }],
    });
    const other = await start('plain-v3', 'FAILED: -5');
    expect(await other.gateway.lookups?.query([NUMBER])).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });

  test('many at once in requests of a hundred', async () => {
    const { server, gateway } = await start('plain-v3', (socket, { head }) => {
      const list = decodeURIComponent(/destinations=(\S*)/.exec(head)?.[1] ?? '').split(';');
      const lines = list.map((to, at) => (at === 0 ? `${to};-13;` : `${to};0;id-${to}`));
      socket.write(answer(200, {}, ['OK', ...lines].join('\r\n')));
    });
    const numbers = Array.from({ length: 250 }, (_, at) => String(8801711000000 + at));
    const found = await gateway.lookups?.notify?.(numbers, 'http://127.0.0.1:1/x');
    const answers = found?.ok ? found.value : [];
    expect(answers.map(({ msisdn }) => msisdn)).toEqual(numbers);
    expect(answers[0]).toMatchObject({ lookupId: null, errorName: '-13 INVALID_DESTINATION_ADDRESS' });
    expect(answers[1]).toMatchObject({ lookupId: 'id-8801711000001', errorName: null });
    expect(server.requests).toHaveLength(3);
  });
});

test('a later time is refused by the first XML call before anything is sent', async () => {
  const { server, gateway } = await start('xml-v1', '<RESPONSE><status>1</status></RESPONSE>');
  const at = (sendAt: number) => gateway.submit({ sender: 'MiM', messages: [HELLO], options: { sendAt } });
  expect(await at(Date.now() + 60_000)).toEqual({
    kind: 'refused',
    error: { code: 'NOT_SUPPORTED', facts: { field: 'sendAt' } },
    retryAfterMs: null,
  });
  expect(server.requests).toHaveLength(0);
  expect(await at(Date.now() - 1)).toMatchObject({ kind: 'answered', messages: [{ to: NUMBER }] });
});
