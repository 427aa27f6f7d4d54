import { describe, expect, test } from 'vitest';
import { normaliseMsisdn } from '#shared/phone/msisdn.ts';
import type { SubmitOptions } from '../../main/engine/gateways/gateway.ts';
import { reading } from '../../main/engine/gateways/reading/reading.ts';
import { DOCUMENT_USERS, documentSample, openPair, reportsIn } from './pair.ts';

/**
 * API document, "Our API Documentation is as follows": every printed address goes to the practice gateway as it is printed, save
 * for the host, and the client asks for the same with the same words.
 */
const NUMBER = '8801613537347';
const LONG = 'Testinglong '.repeat(20);
const DELAY_MS = (((24 + 2) * 60 + 5) * 60 + 3) * 1_000;

const printed = (name: string): URL => new URL(documentSample(`legacy/${name}.url`));

const ask = async (url: string, { pathname, search }: URL): Promise<string> =>
  (await fetch(url + pathname + search)).text();

/** A query as the practice gateway keeps it: the password hidden; `text` and `SMSText` are one parameter. */
function parametersOf(query: string | null): Record<string, string> {
  const all = Object.fromEntries(new URLSearchParams(query ?? ''));
  const { text = all['SMSText'], ...more } = all;
  return { ...more, password: '***', ...(text !== undefined && { SMSText: text }) };
}

type Address = {
  readonly name: string;
  readonly user: string;
  readonly to: string;
  readonly text: string;
  /** Characters in the alphabet that the address says, and ms from its arrival to its sending. */
  readonly arrives: { readonly text: string; readonly afterMs: number };
  readonly options?: SubmitOptions;
};

const text = 'messagesagetext';
const binary = { hex: 'FEFF01610111010D0107', dataCoding: 8, esmClass: 0 };
const ADDRESSES: readonly Address[] = [
  { name: 'short-sms', user: 'XXXX', to: NUMBER, text, arrives: { text, afterMs: 0 } },
  { name: 'long-sms', user: 'test', to: NUMBER, text: LONG, arrives: { text: 'Testinglong', afterMs: 0 } },
  { name: 'schedule-sms', user: 'test', to: NUMBER, text, arrives: { text, afterMs: DELAY_MS } },
  {
    name: 'unicode-sms',
    user: 'test',
    to: '38598514674',
    text: 'ccš',
    arrives: { text: 'ccš', afterMs: 0 },
  },
  {
    name: 'unicode-binary-sms',
    user: 'test',
    to: '38598514674',
    text: '',
    arrives: { text: 'šđčć', afterMs: 0 },
    options: { binary },
  },
];

describe('the printed addresses', () => {
  test.each(ADDRESSES)('$name: taken by the practice gateway as printed', async ({ name, to, arrives }) => {
    const { practice, clock } = await openPair('plain-v3', { users: DOCUMENT_USERS });
    expect(await ask(practice.url, printed(name))).toMatch(/^\d{9,}$|<status>0<\/status>/);
    if (arrives.afterMs > 0) {
      clock.now += arrives.afterMs - 1;
      expect(practice.journal()).toEqual([]);
      clock.now += 1;
    }
    expect(practice.journal()).toMatchObject([{ from: 'Friend', to, text: arrives.text }]);
  });

  test.each(ADDRESSES)('$name: asked by the client in the same words', async (address) => {
    const { name, user, to, options = {} } = address;
    const { practice, gateway } = await openPair('plain-v1', {
      users: DOCUMENT_USERS,
      login: { userName: user, password: user },
      options: { useGet: true },
    });
    const outcome = await gateway.submit({
      sender: 'Friend',
      messages: [{ to, text: address.text, ownId: null }],
      options: {
        ...options,
        ...(address.arrives.afterMs > 0 && { sendAt: Date.now() + address.arrives.afterMs }),
      },
    });
    expect(outcome).toMatchObject({ kind: 'answered', messages: [{ to, status: { groupId: 0 } }] });
    const url = printed(name);
    const [request] = practice.requests();
    expect([request?.method, request?.path]).toEqual(['GET', url.pathname]);
    expect(parametersOf(request?.query ?? null)).toEqual({
      ...parametersOf(url.search),
      ...(address.text === LONG && { SMSText: LONG }),
    });
  });

  test('credits: the balance as a bare number', async () => {
    const login = { userName: 'test', password: 'test' };
    const { practice, gateway } = await openPair('plain-v1', { users: DOCUMENT_USERS, login });
    expect(await ask(practice.url, printed('credits'))).toBe('1000.00');
    expect(await gateway.balance()).toEqual({ ok: true, value: { micros: 1_000_000_000, currency: 'BDT' } });
    const [first, second] = practice.requests();
    expect(second).toMatchObject({ method: 'GET', path: '/api/command', query: first?.query });
  });

  test('dr-pull: the report of the message that was asked for, once', async () => {
    const login = { userName: 'test', password: 'test' };
    const id = '253021713103442623';
    const { practice, gateway, clock } = await openPair('plain-v3', {
      users: DOCUMENT_USERS,
      login,
      options: { useGet: true },
    });
    const send = (ownId: string) =>
      gateway.submit({ sender: 'Friend', messages: [{ to: NUMBER, text, ownId }] });
    await send(id);
    await send('253021713103442624');
    clock.now += 60_000;
    const printedAnswer = await ask(practice.url, printed('dr-pull'));
    expect(reportsIn({ ok: true, value: { body: printedAnswer, receivedAt: 0 } })).toMatchObject([
      { gatewayMessageId: id },
    ]);
    expect(reportsIn(await gateway.fetchReports({ messageIds: [id] }))).toEqual([]);
    const [first, second] = practice.requests().slice(-2);
    expect(second).toMatchObject({ method: 'GET', path: '/api/v3/dr/pull', query: first?.query });
    expect(reportsIn(await gateway.fetchReports({}))).toHaveLength(1);
  });
});

describe('the printed DeliveryReport', () => {
  const sample = documentSample('legacy/delivery-report.xml');

  test('read by the client: id, dates without zeros, status', () => {
    expect(reading.reports(sample)).toMatchObject({
      value: {
        skipped: 0,
        reports: [
          {
            gatewayMessageId: '1023012301',
            sentAt: Date.UTC(2005, 6, 19, 16),
            doneAt: Date.UTC(2005, 6, 19, 16),
            status: { name: 'NOT_SENT' },
          },
        ],
      },
    });
  });

  test('written alike by the practice gateway, which the client reads', async () => {
    const { practice, gateway, clock } = await openPair('plain-v3');
    await fetch(`${practice.url}/practice/settings`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}` },
      body: JSON.stringify({ drAttributes: 'document', drDates: 'document' }),
    });
    clock.now = Date.UTC(2005, 6, 19, 16);
    await gateway.submit({ sender: 'Friend', messages: [{ to: NUMBER, text, ownId: '1023012301' }] });
    clock.now += 60_000;
    const raw = await gateway.fetchReports({});
    const written = raw.ok ? raw.value.body : '';
    const bare = (document: string): string =>
      document
        .replace(/^<\?xml[^>]*>/, '')
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/> | </g, (edge) => edge.trim())
        .replaceAll(/(donedate|status)="[^"]*"/g, '$1=""');
    expect(bare(written)).toBe(bare(sample));
    expect(reportsIn(raw)).toMatchObject([{ sentAt: Date.UTC(2005, 6, 19, 16), status: { groupId: 3 } }]);
  });
});

describe('parameters of the plain call reach the practice gateway from the client', () => {
  const login = { userName: 'ঢাকা', password: 'a&b=c' };
  const users = [{ user: login.userName, password: login.password, balanceMicros: 100_000_000 }];

  test.each<[name: string, asked: { text?: string; options?: SubmitOptions }, value: string, kept: object]>([
    ['user', {}, login.userName, { user: login.userName }],
    ['password', {}, '***', { user: login.userName }],
    ['sender', {}, 'Friend 1', { from: 'Friend 1' }],
    ['SMSText', { text: 'a + b & 100%' }, 'a + b & 100%', { text: 'a + b & 100%' }],
    ['GSM', {}, NUMBER, { to: NUMBER }],
    ['type', { text: LONG }, 'longSMS', { text: LONG, parts: 2 }],
    ['datacoding', { text: 'ক'.repeat(70) }, '8', { text: 'ক'.repeat(70), parts: 1 }],
    ['binary', { options: { binary } }, 'FEFF01610111010D0107', { text: 'šđčć' }],
  ])('%s', async (name, { text: asked = text, options = {} }, value, kept) => {
    const { practice, gateway } = await openPair('plain-v3', { users, login });
    await gateway.submit({
      sender: 'Friend 1',
      messages: [{ to: NUMBER, text: asked, ownId: null }],
      options,
    });
    const [request] = practice.requests();
    expect(new URLSearchParams(request?.body ?? '').get(name)).toBe(value);
    expect(practice.journal()).toMatchObject([kept]);
  });

  test('SendDateTime', async () => {
    const { practice, gateway, clock } = await openPair('plain-v3');
    const options = { sendAt: Date.now() + 3_600_000 };
    await gateway.submit({ sender: 'Friend', messages: [{ to: NUMBER, text, ownId: null }], options });
    expect(new URLSearchParams(practice.requests()[0]?.body ?? '').get('SendDateTime')).toBe('1h');
    expect(practice.journal()).toEqual([]);
    clock.now += 3_600_000;
    expect(practice.journal()).toHaveLength(1);
  });
});

describe('limits', () => {
  const submit = async (sender: string, asked: string) => {
    const { practice, gateway } = await openPair('plain-v1');
    const messages = [{ to: NUMBER, text: asked, ownId: null }];
    const outcome = await gateway.submit({ sender, messages });
    return { outcome, practice, paths: practice.requests().map(({ path }) => path) };
  };
  const raw = async (url: string, more: Record<string, string>): Promise<string> => {
    const login = { user: 'practice', password: 'practice', sender: 'Friend', SMSText: 'x', GSM: NUMBER };
    const query = new URLSearchParams({ ...login, ...more });
    return (await fetch(`${url}/api/sendsms/plain?${query.toString()}`)).text();
  };

  test('160 characters go to the short address, one more as a long SMS', async () => {
    const short = await submit('Friend', 'a'.repeat(160));
    expect(short.paths).toEqual(['/api/sendsms/plain']);
    expect(short.practice.journal()).toMatchObject([{ parts: 1 }]);
    const long = await submit('Friend', 'a'.repeat(161));
    expect(long.paths).toEqual(['/api/v3/sendsms/plain']);
    expect(long.practice.journal()).toMatchObject([{ parts: 2 }]);
    expect(await raw(long.practice.url, { SMSText: 'a'.repeat(161) })).toBe('-1');
  });

  test('1080 characters are sent, one more is not', async () => {
    const most = await submit('Friend', 'a'.repeat(1_080));
    expect(most.practice.journal()).toMatchObject([{ parts: 8 }]);
    const more = await submit('Friend', 'a'.repeat(1_081));
    expect(more.outcome).toMatchObject({ kind: 'refused', error: { code: 'TEXT_TOO_LONG' } });
    expect(more.paths).toEqual([]);
    expect(await raw(more.practice.url, { SMSText: 'a'.repeat(1_081), type: 'longSMS' })).toBe('-1');
  });

  test('a sender of 11 characters is taken, one of 12 is refused', async () => {
    expect((await submit('ElevenChars', text)).practice.journal()).toMatchObject([{ from: 'ElevenChars' }]);
    const { outcome, practice } = await submit('TwelveLetter', text);
    expect(outcome.kind === 'answered' ? outcome.messages[0]?.status.groupId : outcome.kind).not.toBe(0);
    expect(practice.journal()).toEqual([]);
  });

  test('a number is written without its plus, and taken with it too', async () => {
    const { practice, gateway } = await openPair('plain-v1');
    const read = normaliseMsisdn(`+${NUMBER}`);
    const to = read.ok ? read.value.msisdn : '';
    await gateway.submit({ sender: 'Friend', messages: [{ to, text, ownId: null }] });
    expect(new URLSearchParams(practice.requests()[0]?.body ?? '').get('GSM')).toBe(NUMBER);
    expect(await raw(practice.url, { GSM: `+${NUMBER}` })).toMatch(/^\d+$/);
  });
});

describe('return values of the report pull', () => {
  const CASES: [value: number, says: string, login: { user: string; password: string }][] = [
    [5, 'invalid username and/or password', { user: 'practice', password: 'wrong' }],
    [10, 'missing username', { user: '', password: 'practice' }],
    [11, 'missing password', { user: 'practice', password: '' }],
  ];

  test.each(CASES)('%i, %s: said by the practice gateway', async (value, _says, login) => {
    const { practice } = await openPair('plain-v3');
    const query = new URLSearchParams(login).toString();
    expect(await (await fetch(`${practice.url}/api/v3/dr/pull?${query}`)).text()).toBe(String(value));
  });

  test.each(CASES)('%i, %s: a wrong login to the client', async (_value, _says, { user, password }) => {
    const { practice, gateway } = await openPair('plain-v3', { login: { userName: user, password } });
    expect(await gateway.fetchReports({})).toMatchObject({ ok: false, error: { code: 'GATEWAY_AUTH' } });
    expect(practice.requests()).toMatchObject([{ path: '/api/v3/dr/pull', accepted: 0 }]);
  });
});
