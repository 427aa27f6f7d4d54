import { describe, expect, test } from 'vitest';
import type { SubmitOptions } from '../../main/engine/gateways/gateway.ts';
import { reading } from '../../main/engine/gateways/reading/reading.ts';
import { DOCUMENT_USERS, documentSample, openPair, reportsIn, setPractice } from './pair.ts';

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
    await setPractice(practice, { drAttributes: 'document', drDates: 'document' });
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
