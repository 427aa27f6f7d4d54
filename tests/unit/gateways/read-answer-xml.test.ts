import { describe, expect, test } from 'vitest';
import {
  readBalance,
  readBulkStatus,
  readBulkTime,
  readPreview,
  readServiceException,
  readSubmitAnswer,
} from '../../../main/engine/gateways/rest/read-answer.ts';

const A = '8801711000001';
const B = '8801811000002';

const message = (to: string, id: string): string =>
  `<to>${to}</to><status><id>0</id><groupId>0</groupId><groupName>ACCEPTED</groupName><name>MESSAGE_ACCEPTED</name>` +
  `<description>Message accepted</description></status><smsCount>1</smsCount><messageId>${id}</messageId>`;
const one = message(A, '2033247207850523790');
const two = message(B, '6f1c0a2e-0000-4000-8000-000000000001');
const answered = (to: string, gatewayMessageId: string) => ({
  to,
  gatewayMessageId,
  parts: 1,
  status: {
    id: 0,
    groupId: 0,
    groupName: 'ACCEPTED',
    name: 'MESSAGE_ACCEPTED',
    description: 'Message accepted',
    action: null,
  },
});
const FIRST = answered(A, '2033247207850523790');
const SECOND = answered(B, '6f1c0a2e-0000-4000-8000-000000000001');

describe('submit answers', () => {
  test.each([
    [
      'SMSResponse, doubled',
      `<SMSResponse><messages><messages>${one}</messages></messages></SMSResponse>`,
      null,
      [FIRST],
    ],
    ['SMSResponse, flat', `<SMSResponse><messages>${one}</messages></SMSResponse>`, null, [FIRST]],
    [
      'SendSMSResponse, doubled',
      `<SendSMSResponse><bulkId>b 1</bulkId><messages>\n<messages>${one}</messages>\n<messages>${two}</messages></messages></SendSMSResponse>`,
      'b 1',
      [FIRST, SECOND],
    ],
    [
      'SendSMSResponse, flat',
      `<SendSMSResponse><bulkId>7</bulkId><messages>${one}</messages><messages>${two}</messages></SendSMSResponse>`,
      '7',
      [FIRST, SECOND],
    ],
    ['any root', `<x:r xmlns:x="u"><x:messages>${one}</x:messages></x:r>`, null, [FIRST]],
  ])('%s', (_, body, bulkId, messages) => {
    expect(readSubmitAnswer(body, [A, B])).toEqual({ bulkId, messages });
  });

  test('a used own id is an answer, with what to do about it', () => {
    const body =
      '<SendSMSResponse><messages><messages><to>8801711000001</to><status><id>23</id><groupId>5</groupId>' +
      '<name>REJECTED_DUPLICATE_MESSAGE_ID</name><action>Choose another id</action></status>' +
      '<messageId>own-1</messageId></messages></messages></SendSMSResponse>';
    expect(readSubmitAnswer(body, [A])?.messages).toMatchObject([
      { gatewayMessageId: 'own-1', parts: null, status: { id: 23, groupId: 5, action: 'Choose another id' } },
    ]);
  });

  test('JSON is read whatever was asked for', () => {
    expect(readSubmitAnswer(`\n{"messages":{"to":"${A}","messageId":1}}`, [B])?.messages[0]?.to).toBe(A);
  });

  test.each([
    '<SMSResponse/>',
    '<SMSResponse><messages>none</messages></SMSResponse>',
    '<requestError><serviceException><text>x</text></serviceException></requestError>',
    `<SMSResponse><messages><messages>${one}`,
  ])('%s is no answer', (body) => {
    expect(readSubmitAnswer(body, [A])).toBeNull();
  });
});

test('balances', () => {
  const body = '<AccountBalance><balance>47.79134</balance><currency>EUR</currency></AccountBalance>';
  expect(readBalance(body)).toEqual({ ok: true, value: { micros: 47_791_340, currency: 'EUR' } });
  expect(readBalance('<AccountBalance><balance>47</balance></AccountBalance>').ok).toBe(false);
});

test.each([
  '<requestError><serviceException><messageId>UNAUTHORIZED</messageId><text>Invalid &amp; old</text></serviceException></requestError>',
  '<response><requestError><serviceException><messageId>UNAUTHORIZED</messageId><text>Invalid &amp; old</text></serviceException></requestError></response>',
])('refusals: %s', (body) => {
  expect(readServiceException(body)).toEqual({ messageId: 'UNAUTHORIZED', text: 'Invalid & old' });
});

describe('scheduled sendings', () => {
  test.each([
    '{"bulkId":"b","sendAt":"2026-01-15T13:00:00.000+0600"}',
    '<bulk><bulkId>b</bulkId><sendAt>2026-01-15T13:00:00.000+06:00</sendAt></bulk>',
  ])('the time in %s', (body) => {
    expect(readBulkTime(body)).toEqual({ ok: true, value: { sendAt: Date.UTC(2026, 0, 15, 7) } });
  });

  test('a time that is not understood is no time; none at all is no answer', () => {
    expect(readBulkTime('{"sendAt":"soon"}')).toEqual({ ok: true, value: { sendAt: null } });
    expect(readBulkTime('{"bulkId":"b"}')).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
  });

  test.each([
    ['{"bulkId":"b","status":"PAUSED"}', 'PAUSED'],
    ['<r><status> canceled </status></r>', 'CANCELED'],
  ])('the state in %s', (body, status) => {
    expect(readBulkStatus(body)).toEqual({ ok: true, value: status });
  });

  test('an unknown state is not guessed', () => {
    expect(readBulkStatus('{"status":"SLEEPING"}')).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
  });
});

test.each([
  '{"originalText":"ç","previews":[{"textPreview":"c","messageCount":1,"charactersRemaining":159},{"textPreview":"x","messageCount":2}]}',
  '<r><previews><previews><textPreview>c</textPreview><messageCount>1</messageCount><charactersRemaining>159</charactersRemaining></previews></previews></r>',
])('previews: %s', (body) => {
  expect(readPreview(body)).toEqual({ ok: true, value: { text: 'c', parts: 1, charactersRemaining: 159 } });
});

test.each(['{"previews":[]}', '{"previews":[{"textPreview":"c"}]}', '{}', '<r/>'])(
  '%s is no preview',
  (body) => {
    expect(readPreview(body)).toMatchObject({ error: { code: 'GATEWAY_UNREADABLE' } });
  },
);
