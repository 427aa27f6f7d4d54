import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, SubmitRequest } from '../../../main/engine/gateways/gateway.ts';
import { type RestFormat, writeBody } from '../../../main/engine/gateways/rest/write-body.ts';
import { submitQuery } from '../../../main/engine/gateways/rest/write-query.ts';
import { submitCall, type SubmitStyle } from '../../../main/engine/gateways/rest/write-submit.ts';
import { apiSample } from './api-sample.ts';

const A = '8801711000001';
const B = '8801811000002';
const C = '8801911000003';
const to = (number: string, text = 'Hello', ownId: string | null = null): OutgoingMessage => ({
  to: number,
  text,
  ownId,
});
const sms = (
  messages: readonly OutgoingMessage[],
  options?: NonNullable<SubmitRequest['options']>,
): SubmitRequest => ({ sender: 'Friend', messages, ...(options && { options }) });

function written(request: SubmitRequest, style: Partial<SubmitStyle> = {}): { path: string; body: string } {
  const format: RestFormat = style.format ?? 'json';
  const call = submitCall(request, { format, advanced: true, validityUnit: 'minutes', ...style });
  if (!call.ok) throw new Error(call.error.code);
  const body = writeBody(format, call.value.payload);
  if (!body.ok) throw new Error(body.error.code);
  return { path: call.value.path, body: body.value };
}
const json = (request: SubmitRequest, style: Partial<SubmitStyle> = {}) => {
  const { path, body } = written(request, style);
  return { path, body: JSON.parse(body) as unknown };
};
/** The XML body without its prolog and the root around it. */
const xml = (request: SubmitRequest) => {
  const { path, body } = written(request, { format: 'xml' });
  const [, inner] = /^<\?xml version="1.0" encoding="UTF-8"\?><request>(.*)<\/request>$/s.exec(body) ?? [];
  return { path, body: inner };
};

describe('the least special call', () => {
  test('the sample of the API document', () => {
    const sample = JSON.parse(apiSample('send-request')) as { from: string; to: string; text: string };
    const request = { sender: sample.from, messages: [to(sample.to, sample.text)] };
    expect(json(request, { advanced: false })).toEqual({ path: '/sms/1/text/single', body: sample });
  });

  test('single: one text to several', () => {
    const request = sms([to(A), to(B)]);
    expect(json(request)).toEqual({
      path: '/sms/1/text/single',
      body: { from: 'Friend', to: [A, B], text: 'Hello' },
    });
    expect(xml(request)).toEqual({
      path: '/sms/1/text/single',
      body: `<from>Friend</from><to><to>${A}</to><to>${B}</to></to><text>Hello</text>`,
    });
  });

  test('single in XML wraps one number twice, too', () => {
    expect(xml(sms([to(A)])).body).toBe(`<from>Friend</from><to><to>${A}</to></to><text>Hello</text>`);
  });

  test('multi: several texts, those alike together; its messages are doubled in XML', () => {
    const request = sms([to(A, 'one'), to(B, 'two'), to(C, 'one')]);
    expect(json(request)).toEqual({
      path: '/sms/1/text/multi',
      body: {
        messages: [
          { from: 'Friend', to: [A, C], text: 'one' },
          { from: 'Friend', to: B, text: 'two' },
        ],
      },
    });
    expect(xml(request)).toEqual({
      path: '/sms/1/text/multi',
      body:
        '<messages>' +
        `<messages><from>Friend</from><to><to>${A}</to><to>${C}</to></to><text>one</text></messages>` +
        `<messages><from>Friend</from><to><to>${B}</to></to><text>two</text></messages>` +
        '</messages>',
    });
  });

  test('advanced: own ids; its messages are not doubled in XML', () => {
    const request = sms([to(A, 'one', 'my-1'), to(B, 'two'), to(C, 'one', 'my-3')]);
    expect(json(request)).toEqual({
      path: '/sms/1/text/advanced',
      body: {
        messages: [
          {
            from: 'Friend',
            destinations: [
              { to: A, messageId: 'my-1' },
              { to: C, messageId: 'my-3' },
            ],
            text: 'one',
          },
          { from: 'Friend', destinations: [{ to: B }], text: 'two' },
        ],
      },
    });
    expect(xml(request).body).toBe(
      '<messages><from>Friend</from>' +
        `<destinations><to>${A}</to><messageId>my-1</messageId></destinations>` +
        `<destinations><to>${C}</to><messageId>my-3</messageId></destinations><text>one</text></messages>` +
        `<messages><from>Friend</from><destinations><to>${B}</to></destinations><text>two</text></messages>`,
    );
  });

  test('advanced: every option', () => {
    const request = sms([to(A)], {
      bulkId: 'bulk-1',
      flash: true,
      languageCode: 'TR',
      transliteration: 'TURKISH',
      validityMinutes: 90,
      sendAt: Date.UTC(2016, 6, 7, 11),
      deliveryWindow: {
        from: { hour: 9, minute: 0 },
        to: { hour: 20, minute: 30 },
        days: ['SUNDAY', 'MONDAY'],
      },
      notify: { url: 'http://127.0.0.1:8080/dr', contentType: 'application/json' },
      callbackData: 'campaign 7',
    });
    expect(json(request)).toEqual({
      path: '/sms/1/text/advanced',
      body: {
        bulkId: 'bulk-1',
        messages: [
          {
            from: 'Friend',
            destinations: [{ to: A }],
            text: 'Hello',
            flash: true,
            language: { languageCode: 'TR' },
            transliteration: 'TURKISH',
            notifyUrl: 'http://127.0.0.1:8080/dr',
            notifyContentType: 'application/json',
            callbackData: 'campaign 7',
            validityPeriod: 90,
            sendAt: '2016-07-07T11:00:00.000+00:00',
            deliveryTimeWindow: {
              from: { hour: 9, minute: 0 },
              to: { hour: 20, minute: 30 },
              days: ['SUNDAY', 'MONDAY'],
            },
          },
        ],
      },
    });
    expect(xml(request).body).toBe(
      '<bulkId>bulk-1</bulkId><messages><from>Friend</from>' +
        `<destinations><to>${A}</to></destinations><text>Hello</text><flash>true</flash>` +
        '<language><languageCode>TR</languageCode></language><transliteration>TURKISH</transliteration>' +
        '<notifyUrl>http://127.0.0.1:8080/dr</notifyUrl><notifyContentType>application/json</notifyContentType>' +
        '<callbackData>campaign 7</callbackData><validityPeriod>90</validityPeriod>' +
        '<sendAt>2016-07-07T11:00:00.000+00:00</sendAt><deliveryTimeWindow>' +
        '<from><hour>9</hour><minute>0</minute></from><to><hour>20</hour><minute>30</minute></to>' +
        '<days>SUNDAY</days><days>MONDAY</days></deliveryTimeWindow></messages>',
    );
  });

  test('validity in the unit of the server', () => {
    const { body } = written(sms([to(A)], { validityMinutes: 90 }), { validityUnit: 'milliseconds' });
    expect(body).toContain('"validityPeriod":5400000');
  });

  test('an option that says no, and one that REST has not, need nothing special', () => {
    const request = sms([to(A)], { flash: false, transactionClass: 'promotional' });
    expect(json(request)).toEqual({
      path: '/sms/1/text/single',
      body: { from: 'Friend', to: A, text: 'Hello' },
    });
  });

  test('bytes: single, and advanced with an own id; pairs are separated by blanks', () => {
    const binary = { hex: '0616e60b', dataCoding: 8, esmClass: 64 };
    const content = { hex: '06 16 e6 0b', dataCoding: 8, esmClass: 64 };
    expect(json(sms([to(A, 'x'), to(B, 'y')], { binary }))).toEqual({
      path: '/sms/1/binary/single',
      body: { from: 'Friend', to: [A, B], binary: content },
    });
    expect(json(sms([to(A, 'x', 'my-1')], { binary }))).toEqual({
      path: '/sms/1/binary/advanced',
      body: { messages: [{ from: 'Friend', destinations: [{ to: A, messageId: 'my-1' }], binary: content }] },
    });
    expect(xml(sms([to(A)], { binary })).body).toContain(
      '<binary><hex>06 16 e6 0b</hex><dataCoding>8</dataCoding><esmClass>64</esmClass></binary>',
    );
  });
});

describe('a server that has only what the document promises', () => {
  const style: SubmitStyle = { format: 'json', advanced: false, validityUnit: 'minutes' };

  test('own ids and looks are left out', () => {
    const request = sms([to(A, 'Hello', 'my-1')], { flash: true, validityMinutes: 5 });
    expect(json(request, style)).toEqual({
      path: '/sms/1/text/single',
      body: { from: 'Friend', to: A, text: 'Hello' },
    });
  });

  test.each([
    ['messages', sms([to(A, 'one'), to(B, 'two')])],
    ['sendAt', sms([to(A)], { sendAt: 1 })],
  ])('%s: refused before anything is sent', (field, request) => {
    expect(submitCall(request, style)).toEqual({
      ok: false,
      error: { code: 'NOT_SUPPORTED', facts: { field } },
    });
  });
});

describe('text in XML', () => {
  const body = (text: string) => writeBody('xml', { text });

  test('markup is escaped, Bangla and emoji are themselves, a carriage return arrives', () => {
    expect(body('<b>&"\'> ক😀\r\n\t')).toEqual({
      ok: true,
      value:
        '<?xml version="1.0" encoding="UTF-8"?><request><text>&lt;b&gt;&amp;&quot;&apos;&gt; ক😀&#13;\n\t</text></request>',
    });
  });

  test.each(['\u0000', '\u0001', '\u001b', '\ufffe', '\ud83d'])('%j is refused, not dropped', (character) => {
    expect(body(`a${character}b`)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', facts: { field: 'text' } },
    });
    expect(writeBody('xml', { to: { to: ['88', `01${character}`] } })).toMatchObject({
      error: { facts: { field: 'to' } },
    });
    expect(writeBody('json', { text: `a${character}b` }).ok).toBe(true);
  });
});

describe('submitQuery', () => {
  const path = (request: SubmitRequest): URL => {
    const write = submitQuery(request, 'minutes');
    if (!write.ok) throw new Error(write.error.code);
    return new URL(write.value({ userName: 'office', password: 'p&s w' }), 'http://x');
  };

  test('everything stands in the query, escaped', () => {
    const url = path(
      sms([to(A, 'আ & b'), to(B, 'আ & b')], { flash: true, sendAt: 0, validityMinutes: 60, bulkId: 'b' }),
    );
    expect(url.pathname).toBe('/sms/1/text/query');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      username: 'office',
      password: 'p&s w',
      bulkId: 'b',
      from: 'Friend',
      to: `${A},${B}`,
      text: 'আ & b',
      flash: 'true',
      validityPeriod: '60',
      sendAt: '1970-01-01T00:00:00.000+00:00',
    });
    expect(url.search).toContain('%2B00%3A00');
  });

  test('what it cannot carry is refused', () => {
    expect(submitQuery(sms([to(A, 'one'), to(B, 'two')]), 'minutes').ok).toBe(false);
    const binary = { hex: '00', dataCoding: 0, esmClass: 0 };
    expect(submitQuery(sms([to(A)], { binary }), 'minutes').ok).toBe(false);
  });
});
