import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, SubmitOptions } from '../../../main/engine/gateways/gateway.ts';
import { legacyRequest, type LegacyVariant } from '../../../main/engine/gateways/legacy/requests.ts';
import { relativeDelay, validityPeriod } from '../../../main/engine/gateways/legacy/times.ts';
import { readXml } from '../../../main/engine/gateways/reading/read-xml.ts';

const NOW = Date.UTC(2016, 2, 14, 6);
const LOGIN = { userName: 'test', password: 'test' };
const NUMBER = '8801613537347';

type Case = {
  readonly texts?: readonly string[];
  readonly to?: readonly string[];
  readonly ids?: readonly string[];
  readonly options?: SubmitOptions;
  readonly appId?: string;
  readonly login?: typeof LOGIN;
};

function build(variant: LegacyVariant, { texts = ['Hello'], to = [NUMBER], ids, options, ...more }: Case) {
  const messages = to.map((number, at): OutgoingMessage => ({
    to: number,
    text: texts[at] ?? texts[0] ?? '',
    ownId: ids?.[at] ?? null,
  }));
  return legacyRequest(
    variant,
    more.login ?? LOGIN,
    { sender: 'Friend', messages, ...(options && { options }) },
    { now: NOW, appId: more.appId },
  );
}

function formOf(variant: LegacyVariant, request: Case) {
  const built = build(variant, request);
  const form = built?.body.kind === 'form' ? built.body.form : '';
  return { path: built?.path, fields: Object.fromEntries(new URLSearchParams(form)) };
}

describe('the samples of the API document', () => {
  const login = { user: 'test', password: 'test', sender: 'Friend' };

  test('Short SMS (160 Characters Max)', () => {
    expect(formOf('plain-v1', { texts: ['messagesagetext'] })).toEqual({
      path: '/api/sendsms/plain',
      fields: { ...login, SMSText: 'messagesagetext', GSM: NUMBER },
    });
  });

  test.each(['plain-v1', 'plain-v3'] as const)('Long SMS (up to 1080 Characters), %s', (variant) => {
    const text = 'a'.repeat(161);
    expect(formOf(variant, { texts: [text] })).toEqual({
      path: '/api/v3/sendsms/plain',
      fields: { ...login, SMSText: text, GSM: NUMBER, type: 'longSMS' },
    });
  });

  test.each(['plain-v1', 'plain-v3'] as const)('Send Schedule SMS, %s', (variant) => {
    const sendAt = NOW + (((24 + 2) * 60 + 5) * 60 + 3) * 1_000;
    expect(formOf(variant, { texts: ['messagesagetext'], options: { sendAt } })).toEqual({
      path: '/api/v3/sendsms/plain',
      fields: { ...login, SMSText: 'messagesagetext', GSM: NUMBER, SendDateTime: '1d2h5m3s' },
    });
  });

  test.each(['plain-v1', 'plain-v3'] as const)('To Send Unicode SMS, %s', (variant) => {
    expect(formOf(variant, { texts: ['ccš'], to: ['38598514674'] })).toEqual({
      path: '/api/v3/sendsms/plain',
      fields: { ...login, SMSText: 'ccš', GSM: '38598514674', datacoding: '8' },
    });
  });

  test('To Send Unicode SMS in Binary format', () => {
    const options = { binary: { hex: 'FEFF 0161 0111 010D 0107', dataCoding: 8, esmClass: 0 } };
    expect(formOf('plain-v3', { to: ['38598514674'], options })).toEqual({
      path: '/api/v3/sendsms/plain',
      fields: { ...login, binary: 'FEFF01610111010D0107', GSM: '38598514674', datacoding: '8' },
    });
  });
});

describe('the plain calls', () => {
  test.each([
    ['160 characters', 'a'.repeat(160), '/api/sendsms/plain'],
    ['160 characters of which one counts twice', `${'a'.repeat(159)}€`, '/api/v3/sendsms/plain'],
    ['Bangla', 'বাংলা', '/api/v3/sendsms/plain'],
  ])('%s', (_, text, path) => {
    expect(formOf('plain-v1', { texts: [text] }).path).toBe(path);
  });

  test('many numbers and their ids are parallel lists; the first address takes no ids', () => {
    const many = { to: [NUMBER, '8801711000001'], ids: ['a1', 'a2'] };
    const { fields } = formOf('plain-v3', many);
    expect(fields).toMatchObject({ GSM: `${NUMBER},8801711000001`, messageid: 'a1,a2' });
    expect(formOf('plain-v1', many).fields).not.toHaveProperty('messageid');
    expect(formOf('plain-v3', { to: many.to, ids: ['a1'] }).fields).not.toHaveProperty('messageid');
  });

  test('everything beside the text', () => {
    const options: SubmitOptions = {
      flash: true,
      validityMinutes: 60,
      notify: { url: 'https://example.test/dr?x=1', contentType: 'application/xml' },
    };
    expect(formOf('plain-v1', { options, appId: 'desk' })).toMatchObject({
      path: '/api/v3/sendsms/plain',
      fields: {
        IsFlash: '1',
        datacoding: '240',
        ValidityPeriod: '01:00',
        appid: 'desk',
        pushurl: 'https://example.test/dr?x=1',
      },
    });
    expect(formOf('plain-v3', { texts: ['হ্যালো'], options }).fields['datacoding']).toBe('24');
  });

  test('binary with a header', () => {
    const options = { binary: { hex: '0605', dataCoding: 4, esmClass: 64 } };
    const { fields } = formOf('plain-v3', { options });
    expect(fields).toMatchObject({ binary: '0605', datacoding: '4', esmclass: '64' });
    expect(fields).not.toHaveProperty('SMSText');
  });

  test('marks of a query stay in their values', () => {
    const texts = ['50% off & more = yes + plus #1'];
    const login = { userName: 'a&b', password: 'p=1&user=x' };
    expect(formOf('plain-v3', { texts, login }).fields).toMatchObject({
      user: 'a&b',
      password: 'p=1&user=x',
      SMSText: '50% off & more = yes + plus #1',
    });
  });

  test('half a surrogate pair does not stop anything', () => {
    expect(formOf('plain-v3', { texts: ['x\ud83d'] }).fields['SMSText']).toBe('x\ufffd');
  });

  test.each(['plain-v1', 'plain-v3', 'xml-v1'] as const)('several texts do not go into one %s', (variant) => {
    expect(build(variant, { texts: ['a', 'b'], to: [NUMBER, '8801711000001'] })).toBeNull();
  });
});

describe('the XML calls', () => {
  const two = { to: [NUMBER, '8801711000001'], ids: ['a1', 'a2'] };
  const content = (variant: LegacyVariant, request: Case): unknown => {
    const read = readXml(formOf(variant, request).fields['XML'] ?? '');
    return read.ok ? { [read.value.root]: read.value.value } : read;
  };

  test('in the first version recipients stand beside the message', () => {
    const options = { flash: true, validityMinutes: 90, sendAt: NOW + 60_000 };
    expect(content('xml-v1', { ...two, options, appId: 'desk' })).toEqual({
      SMS: {
        authentification: { username: 'test', password: 'test' },
        message: {
          sender: 'Friend',
          text: 'Hello',
          flash: '1',
          datacoding: '240',
          ValidityPeriod: '01:30',
        },
        recipients: {
          gsm: [
            { '#text': NUMBER, '@messageId': 'a1' },
            { '#text': '8801711000001', '@messageId': 'a2' },
          ],
        },
      },
    });
    expect(formOf('xml-v1', two).path).toBe('/api/sendsms/xml');
  });

  test('in v3 each text is a message with its recipients', () => {
    const options: SubmitOptions = {
      sendAt: NOW + 60_000,
      notify: { url: 'https://example.test/dr', contentType: 'application/xml' },
    };
    expect(content('xml-v3', { ...two, texts: ['Hello', 'বাংলা'], options, appId: 'desk' })).toEqual({
      SMS: {
        authentication: { username: 'test', password: 'test' },
        message: [
          {
            sender: 'Friend',
            text: 'Hello',
            sendDateTime: '1m',
            appid: 'desk',
            pushurl: 'https://example.test/dr',
            recipients: { gsm: { '#text': NUMBER, '@messageId': 'a1' } },
          },
          {
            sender: 'Friend',
            text: 'বাংলা',
            datacoding: '8',
            sendDateTime: '1m',
            appid: 'desk',
            pushurl: 'https://example.test/dr',
            recipients: { gsm: { '#text': '8801711000001', '@messageId': 'a2' } },
          },
        ],
      },
    });
  });

  test('marks of XML and line ends arrive as they are', () => {
    const text = `<b>"a" & 'b'</b>\r\nlast`;
    expect(content('xml-v3', { texts: [text] })).toMatchObject({ SMS: { message: { text } } });
    expect(content('xml-v3', { texts: ['a\u0000b\ud83d'] })).toMatchObject({
      SMS: { message: { text: 'a\ufffdb\ufffd' } },
    });
  });
});

test('the JSON call', () => {
  const request = build('json-v3', {
    texts: ['Hello', 'Bye'],
    to: [NUMBER, '8801711000001'],
    ids: ['a1'],
    options: {
      sendAt: NOW + 300_000,
      notify: { url: 'https://example.test/dr', contentType: 'application/xml' },
    },
  });
  const same = { sender: 'Friend', sendDateTime: '5m' };
  const push = { pushurl: 'https://example.test/dr', drPushUrl: 'https://example.test/dr' };
  expect(request).toMatchObject({ path: '/api/v3/sendsms/json', body: { kind: 'json' } });
  expect(JSON.parse(request?.body.kind === 'json' ? request.body.json : '')).toEqual({
    authentication: { username: 'test', password: 'test' },
    messages: [
      { ...same, ...push, text: 'Hello', recipients: [{ gsm: NUMBER, messageId: 'a1' }] },
      { ...same, ...push, text: 'Bye', recipients: [{ gsm: '8801711000001' }] },
    ],
  });
});

describe('times in requests', () => {
  test.each([
    [1, '1s'],
    [1_000, '1s'],
    [1_001, '2s'],
    [60_000, '1m'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
    [(4 * 86_400 + 3 * 3_600 + 2 * 60 + 1) * 1_000, '4d3h2m1s'],
    [0, null],
    [-5, null],
    [Number.NaN, null],
  ])('a delay of %s ms is %s', (delay, text) => {
    expect(relativeDelay(NOW + delay, NOW)).toBe(text);
  });

  test.each([
    [60, '01:00'],
    [1, '00:01'],
    [0, '00:01'],
    [2_880, '48:00'],
    [9_999, '48:00'],
  ])('a validity of %s minutes is %s', (minutes, text) => {
    expect(validityPeriod(minutes)).toBe(text);
  });
});
