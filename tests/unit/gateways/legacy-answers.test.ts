import { describe, expect, test } from 'vitest';
import { dataOf, lookupFailure, readCredits } from '../../../main/engine/gateways/legacy/read-answers.ts';
import type { SendEndpoint } from '../../../main/engine/gateways/legacy/requests.ts';
import { readSendAnswer } from '../../../main/engine/gateways/legacy/send-answer.ts';

const A = '8801711000001';
const B = '8801911000002';
const ONE = [{ to: A, ownId: null }];
const TWO = [
  { to: A, ownId: null },
  { to: B, ownId: null },
];

type Shown = { readonly status: string | number; readonly messageid?: string; readonly destination?: string };

const xml = (...results: readonly Shown[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<results>${results
    .map(
      ({ status, messageid = '', destination = '' }) =>
        `<result><status>${String(status)}</status><messageid>${messageid}</messageid><destination>${destination}</destination></result>`,
    )
    .join('')}</results>`;
const json = (...results: readonly Shown[]): string => JSON.stringify({ results });

describe('accepted messages', () => {
  const taken = { id: 0, groupId: 0, groupName: 'ACCEPTED', name: 'MESSAGE_ACCEPTED' };

  test.each<[string, SendEndpoint, string]>([
    ['XML', 'plain-v3', xml({ status: 0, messageid: '116031411223344556', destination: A })],
    ['XML', 'xml-v3', xml({ status: 0, messageid: '116031411223344556', destination: `+${A}` })],
    ['JSON with strings', 'json-v3', json({ status: '0', messageid: '116031411223344556', destination: A })],
    [
      'JSON with numbers',
      'json-v3',
      `{"results":[{"status":0,"messageid":116031411223344556,"destination":${A}}]}`,
    ],
    ['JSON without a list', 'plain-v3', `{"results":{"status":"0","messageid":"116031411223344556"}}`],
    ['a line', 'plain-v1', '116031411223344556\n'],
    ['a line', 'plain-v3', '116031411223344556'],
  ])('%s from %s', (_, endpoint, body) => {
    const read = readSendAnswer(endpoint, body, ONE);
    expect(read).toMatchObject({
      kind: 'answered',
      messages: [{ gatewayMessageId: '116031411223344556', parts: null, status: taken }],
    });
  });

  test('an own id that is not echoed is the id, and one that is echoed finds its message', () => {
    const own = [
      { to: A, ownId: 'x1' },
      { to: B, ownId: 'x2' },
    ];
    expect(readSendAnswer('plain-v3', xml({ status: 0, destination: A }), own.slice(0, 1))).toMatchObject({
      messages: [{ to: A, gatewayMessageId: 'x1' }],
    });
    const swapped = json({ status: '0', messageid: 'x2' }, { status: '-13', messageid: 'x1' });
    expect(readSendAnswer('json-v3', swapped, own)).toMatchObject({
      messages: [
        { to: B, gatewayMessageId: 'x2', status: { groupId: 0 } },
        { to: A, status: { id: 52 } },
      ],
    });
  });

  test('lines are in the order of the numbers, with ids and codes among each other', () => {
    expect(readSendAnswer('plain-v1', '5365707795\r\n-13\r\n', TWO)).toMatchObject({
      messages: [
        { to: A, gatewayMessageId: '5365707795', status: { groupId: 0 } },
        { to: B, gatewayMessageId: null, status: { id: 52, name: '-13 INVALID_DESTINATION_ADDRESS' } },
      ],
    });
  });

  test('a small number above zero is success without an id', () => {
    expect(readSendAnswer('plain-v1', '1', ONE)).toMatchObject({
      messages: [{ to: A, gatewayMessageId: null, status: { id: 0 } }],
    });
  });

  test('zero is success in v3, and nothing known in the first version', () => {
    expect(readSendAnswer('plain-v3', '0', ONE)).toMatchObject({ messages: [{ status: { id: 0 } }] });
    expect(readSendAnswer('plain-v1', '0', ONE)).toMatchObject({ kind: 'unknown' });
  });

  test('one line for several numbers answers none of them', () => {
    expect(readSendAnswer('plain-v1', '5365707795', TWO)).toEqual({
      kind: 'answered',
      bulkId: null,
      messages: [],
    });
  });
});

describe('the codes of the plain and v3 calls', () => {
  const everyForm: readonly (readonly [SendEndpoint, (code: number) => string])[] = [
    ['plain-v1', (code) => String(code)],
    ['plain-v3', (code) => xml({ status: code, destination: A })],
    ['xml-v3', (code) => xml({ status: code, destination: A })],
    ['json-v3', (code) => json({ status: String(code), destination: A })],
  ];

  test.each([
    [-2, 12, 'NOT_ENOUGH_CREDITS'],
    [-3, 19, 'NETWORK_NOTCOVERED'],
    [-6, 51, 'MISSING_DESTINATION_ADDRESS'],
    [-7, null, 'MISSING_SMS_TEXT'],
    [-8, 11, 'MISSING_SENDER_NAME'],
    [-9, 52, 'DESTINATION_ADDRESS_INVALID_FORMAT'],
    [-12, null, 'INVALID_PARAMETER'],
    [-13, 52, 'INVALID_DESTINATION_ADDRESS'],
    [-33, 23, 'DUPLICATE_MESSAGEID'],
    [-34, 11, 'SENDER_NOT_ALLOWED'],
  ])('%s refuses the message', (code, id, name) => {
    for (const [endpoint, body] of everyForm) {
      expect(readSendAnswer(endpoint, body(code), ONE)).toMatchObject({
        kind: 'answered',
        messages: [{ to: A, status: { id, groupId: 5, name: `${String(code)} ${name}` } }],
      });
    }
  });

  test.each([
    [-5, 'INVALID_USER_OR_PASS'],
    [-10, 'MISSING_USERNAME'],
    [-11, 'MISSING_PASSWORD'],
  ])('%s is a wrong login', (code, name) => {
    for (const [endpoint, body] of everyForm) {
      expect(readSendAnswer(endpoint, body(code), ONE)).toEqual({
        kind: 'refused',
        error: { code: 'GATEWAY_AUTH', facts: { detail: `${String(code)} ${name}` } },
        retryAfterMs: null,
      });
    }
  });

  test.each([[-27, 'INVALID_SENDDATETIME']])('%s is about the request', (code, name) => {
    for (const [endpoint, body] of everyForm) {
      expect(readSendAnswer(endpoint, body(code), ONE)).toEqual({
        kind: 'refused',
        error: { code: 'GATEWAY_REFUSED', facts: { httpStatus: 400, detail: `${String(code)} ${name}` } },
        retryAfterMs: null,
      });
    }
  });

  test.each([
    [-22, 'SYNTAX_ERROR'],
    [-28, 'INVALID_DELIVERY_REPORT_PUSH_URL'],
    [-30, 'INVALID_CLIENT_APPID'],
  ])('%s is about the account', (code, name) => {
    const refused = {
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { detail: `${String(code)} ${name}` } },
      retryAfterMs: null,
    };
    for (const [endpoint, body] of everyForm) {
      expect(readSendAnswer(endpoint, body(code), ONE)).toEqual(refused);
    }
    const each = xml({ status: code, destination: A }, { status: -27, destination: B });
    expect(readSendAnswer('plain-v3', each, TWO)).toEqual(refused);
  });

  test.each([-1, -4, -23, -26, -29, -99, -1234])('%s leaves open what happened', (code) => {
    for (const [endpoint, body] of everyForm) {
      expect(readSendAnswer(endpoint, body(code), ONE)).toMatchObject({ kind: 'unknown' });
    }
  });

  test('a wrong login for each of several numbers, or once for all', () => {
    const each = xml({ status: -5, destination: A }, { status: -5, destination: B });
    for (const body of [each, xml({ status: -5 }), '-5']) {
      expect(readSendAnswer('plain-v3', body, TWO)).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
    }
  });

  test('one code for several numbers counts where it can only be about all', () => {
    expect(readSendAnswer('plain-v1', '-2', TWO)).toMatchObject({
      messages: [
        { to: A, status: { id: 12 } },
        { to: B, status: { id: 12 } },
      ],
    });
    expect(readSendAnswer('plain-v1', '-13', TWO)).toMatchObject({ kind: 'answered', messages: [] });
  });

  test('an unclear code among others is no answer for its message', () => {
    const body = xml(
      { status: 0, messageid: 'm1', destination: A },
      { status: -99, messageid: 'm2', destination: B },
    );
    const read = readSendAnswer('plain-v3', body, TWO);
    expect(read).toMatchObject({
      messages: [
        { gatewayMessageId: 'm1', status: { id: 0 } },
        { gatewayMessageId: null, status: { id: null, groupId: null, name: '-99 GENERAL_ERROR' } },
      ],
    });
  });
});

describe('the codes of the first XML call', () => {
  const response = (status: number): string =>
    `<RESPONSE><status>${String(status)}</status><credits>47.79</credits></RESPONSE>`;
  const own = [{ to: A, ownId: 'mine' }];

  test('a count is for all, under our own ids', () => {
    expect(readSendAnswer('xml-v1', response(1), own)).toMatchObject({
      messages: [{ to: A, gatewayMessageId: 'mine', status: { id: 0, groupId: 0 } }],
    });
  });

  test('fewer than were sent answer none of them', () => {
    expect(readSendAnswer('xml-v1', response(1), TWO)).toMatchObject({ kind: 'answered', messages: [] });
  });

  test('the same numbers mean other things', () => {
    expect(readSendAnswer('xml-v1', response(-1), own)).toMatchObject({
      error: { code: 'GATEWAY_AUTH', facts: { detail: '-1 AUTH_FAILED' } },
    });
    expect(readSendAnswer('xml-v1', response(-2), own)).toEqual({
      kind: 'refused',
      error: { code: 'GATEWAY_REFUSED', facts: { detail: '-2 XML_ERROR' } },
      retryAfterMs: null,
    });
    expect(readSendAnswer('xml-v1', response(-3), own)).toMatchObject({
      messages: [{ status: { id: 12, name: '-3 NOT_ENOUGH_CREDITS' } }],
    });
    expect(readSendAnswer('xml-v1', response(-4), own)).toMatchObject({ messages: [{ status: { id: 51 } }] });
    expect(readSendAnswer('xml-v1', response(-5), own)).toEqual({
      kind: 'unknown',
      cause: '-5 GENERAL_ERROR',
    });
    expect(readSendAnswer('xml-v1', response(0), own)).toMatchObject({ kind: 'unknown' });
    expect(readSendAnswer('xml-v1', '-1', own)).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });
});

test.each([
  '',
  'OK',
  '<results/>',
  '<results>',
  '{"results":[]}',
  '{}',
  '[]',
  '<RESPONSE/>',
  '12 apples',
  'null',
])('an answer that is none: %s', (body) => {
  expect(readSendAnswer('plain-v3', body, ONE)).toBeNull();
});

describe('answers to reads', () => {
  test.each(['5', '10', '11', '-5', '-10', '-11', ' 5\r\n'])('%s is a wrong login', (body) => {
    expect(dataOf(body, '')).toMatchObject({ error: { code: 'GATEWAY_AUTH' } });
  });

  test.each(['-99', '-26', '7', '0'])('%s is a refusal', (body) => {
    expect(dataOf(body, '')).toMatchObject({ error: { code: 'GATEWAY_REFUSED' } });
  });

  test.each(['NO_DATA', ' no_data\n', 'NODATA'])('%s is nothing', (body) => {
    expect(dataOf(body, 'empty')).toEqual({ ok: true, value: 'empty' });
  });

  test('anything else is the body as it came', () => {
    expect(dataOf('<DeliveryReport/>\n', '')).toEqual({ ok: true, value: '<DeliveryReport/>\n' });
  });

  test.each([
    ['47.79', 47_790_000],
    ['0', 0],
    ['-3.50', -3_500_000],
    [' 5000.00\n', 5_000_000_000],
    ['{"balance":12.5}', 12_500_000],
    ['{"credits":"12.5"}', 12_500_000],
  ])('a balance of %s', (body, micros) => {
    expect(readCredits(body, 'BDT')).toEqual({ ok: true, value: { micros, currency: 'BDT' } });
  });

  test.each([
    ['-5', 'GATEWAY_AUTH'],
    ['-10', 'GATEWAY_AUTH'],
    ['-99', 'GATEWAY_REFUSED'],
    ['much', 'GATEWAY_UNREADABLE'],
    ['1e400', 'GATEWAY_UNREADABLE'],
    ['{}', 'GATEWAY_UNREADABLE'],
  ])('%s is no balance but %s', (body, code) => {
    expect(readCredits(body, 'BDT')).toMatchObject({ error: { code } });
  });

  test.each([
    ['FAILED: -5', 'GATEWAY_AUTH'],
    ['-10', 'GATEWAY_AUTH'],
    ['FAILED: -13', 'GATEWAY_REFUSED'],
    ['FAILED no such number', 'GATEWAY_REFUSED'],
    ['{"destination":"1"}', undefined],
  ])('a lookup that says %s', (body, code) => {
    expect(lookupFailure(body)?.code).toBe(code);
  });
});
