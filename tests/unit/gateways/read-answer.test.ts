import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readBalance,
  readServiceException,
  readSubmitAnswer,
} from '../../../main/engine/gateways/rest/read-answer.ts';
import { apiSample } from './api-sample.ts';

const ONE = ['8801613537347'];
const TWO = ['8801613537347', '8801711000001'];

describe('readSubmitAnswer', () => {
  test('the sample of the API document', () => {
    expect(readSubmitAnswer(apiSample('send-response'), ONE)).toEqual({
      bulkId: null,
      messages: [
        {
          to: '8801613537347',
          gatewayMessageId: '2250be2d4219-3af1-78856-aabe-1362af1edfd2',
          parts: 1,
          status: {
            id: 0,
            groupId: 0,
            groupName: 'ACCEPTED',
            name: 'MESSAGE_ACCEPTED',
            description: 'Message accepted',
            action: null,
          },
        },
      ],
    });
  });

  test('numbers as numbers, a 19-digit id, one message outside a list', () => {
    const body =
      '{"bulkId":2033247207850523791,"messages":{"to":8801613537347,"messageId":2033247207850523790}}';
    expect(readSubmitAnswer(body, ONE)).toMatchObject({
      bulkId: '2033247207850523791',
      messages: [{ to: '8801613537347', gatewayMessageId: '2033247207850523790', parts: null }],
    });
  });

  test('an entry without recipient belongs to the only recipient, or to nobody', () => {
    const body = '{"messages":[{"messageId":"a","status":{"groupId":1}}]}';
    expect(readSubmitAnswer(body, ONE)?.messages).toMatchObject([{ to: '8801613537347' }]);
    expect(readSubmitAnswer(body, TWO)?.messages).toEqual([]);
  });

  test('an entry without status is not taken for an accepted one', () => {
    const answer = readSubmitAnswer('{"messages":[{"to":"8801613537347"}]}', ONE);
    expect(answer?.messages[0]?.status).toMatchObject({ id: null, groupId: null });
  });

  test.each([
    ['an error body', '{"requestError":{"serviceException":{"text":"x"}}}'],
    ['no messages', '{}'],
    ['null messages', '{"messages":null}'],
    ['a number', '5'],
    ['a list', '[{"to":"8801613537347"}]'],
    ['a cut body', apiSample('send-response').slice(0, 90)],
    ['nothing', ''],
  ])('%s is no answer', (_, body) => {
    expect(readSubmitAnswer(body, ONE)).toBeNull();
  });

  test('never throws and never answers for someone who was not named', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, wrapped) => {
        const answer = readSubmitAnswer(JSON.stringify(wrapped ? { messages: value } : value), TWO);
        const named = JSON.stringify(value);
        for (const message of answer?.messages ?? []) {
          expect(named).toContain(JSON.stringify(message.to).slice(1, -1));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('readBalance', () => {
  test.each([
    ['{"balance":4782.35,"currency":"BDT"}', 4_782_350_000, 'BDT'],
    ['{"balance":47.79134,"currency":"EUR"}', 47_791_340, 'EUR'],
    ['{"currency":"BDT","balance":"0.10","owner":"x"}', 100_000, 'BDT'],
    ['{"balance":-3.5,"currency":"BDT"}', -3_500_000, 'BDT'],
  ])('%s', (body, micros, currency) => {
    expect(readBalance(body)).toEqual({ ok: true, value: { micros, currency } });
  });

  test.each([
    '{"balance":12}',
    '{"balance":null,"currency":"BDT"}',
    '{"currency":"BDT"}',
    '12.5',
    '<html>',
    '',
  ])('%s is unreadable', (body) => {
    expect(readBalance(body)).toMatchObject({ ok: false, error: { code: 'GATEWAY_UNREADABLE' } });
  });
});

describe('readServiceException', () => {
  test('reads what the service says', () => {
    const body = '{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"[to : empty]"}}}';
    expect(readServiceException(body)).toEqual({ messageId: 'BAD_REQUEST', text: '[to : empty]' });
  });

  test.each(['', '{}', '{"requestError":null}', '{"requestError":{"serviceException":"x"}}', '<b>no</b>'])(
    'finds none in %j',
    (body) => {
      expect(readServiceException(body)).toBeNull();
    },
  );
});
