import { describe, expect, test } from 'vitest';
import { normaliseMsisdn } from '#shared/phone/msisdn.ts';
import type { SubmitOptions } from '../../main/engine/gateways/gateway.ts';
import { openPair } from './pair.ts';

/** API document, "Our API Documentation is as follows": parameters, limits and return values, from the client to the practice gateway. */
const NUMBER = '8801613537347';
const LONG = 'Testinglong '.repeat(20);
const text = 'messagesagetext';
const binary = { hex: 'FEFF01610111010D0107', dataCoding: 8, esmClass: 0 };

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
