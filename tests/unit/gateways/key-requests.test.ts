import { describe, expect, test } from 'vitest';
import type { SubmitOptions } from '../../../main/engine/gateways/gateway.ts';
import { messageIdOf, numberKey, splitMessageId } from '../../../main/engine/gateways/key/message-ids.ts';
import { keySendRequest, type KeyVersion } from '../../../main/engine/gateways/key/requests.ts';

const LOGIN = { userName: 'you@example.com', password: 'KEY' };
const A = '8801711000001';
const B = '8801911000002';

function build(
  version: KeyVersion,
  messages: readonly (readonly [to: string, text: string])[],
  options?: SubmitOptions,
  campaign?: string,
) {
  const built = keySendRequest(
    version,
    LOGIN,
    {
      sender: 'MiM Digital',
      messages: messages.map(([to, text]) => ({ to, text, ownId: null })),
      ...(options && { options }),
    },
    campaign,
  );
  return built === null ? null : { path: built.path, body: JSON.parse(built.json) as unknown };
}

describe('the first version', () => {
  const fields = {
    UserName: 'you@example.com',
    Apikey: 'KEY',
    CampaignId: null,
    SenderName: 'MiM Digital',
    TransactionType: 'T',
    Message: 'Hello',
  };

  test('one number', () => {
    expect(build('v1', [[A, 'Hello']])).toEqual({
      path: '/api/SmsSending/SMS',
      body: { ...fields, MobileNumber: A },
    });
  });

  test('many numbers with one text', () => {
    const messages = [
      [A, 'Hello'],
      [B, 'Hello'],
    ] as const;
    expect(build('v1', messages, { transactionClass: 'promotional' }, 'C-7')).toEqual({
      path: '/api/SmsSending/OneToMany',
      body: { ...fields, MobileNumber: `${A},${B}`, TransactionType: 'P', CampaignId: 'C-7' },
    });
  });

  test('a text each does not go', () => {
    expect(
      build('v1', [
        [A, 'Hello'],
        [B, 'Bye'],
      ]),
    ).toBeNull();
  });

  test('a campaign is for promotional messages only', () => {
    expect(build('v1', [[A, 'Hello']], { transactionClass: 'transactional' }, 'C-7')).toMatchObject({
      body: { TransactionType: 'T', CampaignId: null },
    });
    expect(build('v1', [[A, 'Hello']], { transactionClass: 'promotional' })).toMatchObject({
      body: { TransactionType: 'P', CampaignId: null },
    });
  });
});

describe('the second version', () => {
  const fields = {
    userName: 'you@example.com',
    apiKey: 'KEY',
    senderName: 'MiM Digital',
    transactionType: 'T',
  };

  test('one number', () => {
    expect(build('v2', [[A, 'Hello']])).toEqual({
      path: '/api/V2/SMS',
      body: { ...fields, mobileNumber: A, message: 'Hello' },
    });
  });

  test('many numbers with one text', () => {
    const messages = [
      [A, 'Hello'],
      [B, 'Hello'],
    ] as const;
    expect(build('v2', messages, { transactionClass: 'promotional' }, 'Eid')).toEqual({
      path: '/api/V2/OneToMany',
      body: {
        ...fields,
        transactionType: 'P',
        campaignName: 'Eid',
        message: 'Hello',
        smsData: [{ mobileNumber: A }, { mobileNumber: B }],
      },
    });
  });

  test('a text each', () => {
    expect(
      build('v2', [
        [A, 'Hello'],
        [B, 'Bye'],
      ]),
    ).toEqual({
      path: '/api/V2/DSMS',
      body: {
        ...fields,
        smsData: [
          { mobileNumber: A, message: 'Hello' },
          { mobileNumber: B, message: 'Bye' },
        ],
      },
    });
  });
});

test('nothing to send is no request', () => {
  expect(build('v2', [])).toBeNull();
});

describe('ids of messages', () => {
  test.each(['2033247207850523790', 'a/b', '6f1c0a2e-0000'])('%s comes apart again', (trackingId) => {
    expect(splitMessageId(messageIdOf(trackingId, A))).toEqual({ trackingId, msisdn: A });
  });

  test.each(['abc', '', '/8801711000001', 'abc/', 'abc/x1'])('%s has no number', (id) => {
    expect(splitMessageId(id)).toEqual({ trackingId: id, msisdn: null });
  });

  test('the same number in other spellings', () => {
    expect(new Set(['+8801711000001', '01711-000001', '8801711000001'].map(numberKey)).size).toBe(1);
    expect(numberKey(A)).not.toBe(numberKey(B));
  });
});
