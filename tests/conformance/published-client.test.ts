import { AuthType, Infobip } from '@infobip-api/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { startPractice, type PracticeGateway } from '../../main/practice/practice.ts';

/**
 * An outside judge: the platform's published Node client, which knows nothing of this program, has to get along with the
 * practice gateway call by call. It gives back whatever answer or error it met, so each one is read for what it should be.
 */
let practice: PracticeGateway;
let sms: Client;

/** The calls of the published client that this API family has; it types them as `any`. */
type Client = {
  send(message: object): Promise<unknown>;
  preview(message: object): Promise<unknown>;
  get(limit?: number): Promise<unknown>;
  readonly reports: { get(filter: object): Promise<unknown> };
  readonly logs: { get(filter: object): Promise<unknown> };
  readonly scheduled: {
    get(bulkId: string): Promise<unknown>;
    reschedule(bulkId: string, sendAt: string): Promise<unknown>;
  };
  readonly status: {
    get(bulkId: string): Promise<unknown>;
    update(bulkId: string, status: string): Promise<unknown>;
  };
};

beforeAll(async () => {
  practice = await startPractice({ delays: 1_000 });
  sms = client(practice.url, 'practice');
});
afterAll(() => practice.close());

function client(baseUrl: string, password: string): Client {
  const infobip = new Infobip({ baseUrl, authType: AuthType.Basic, username: 'practice', password });
  const { channels } = infobip as { channels: { sms: Client } };
  return channels.sms;
}

const Answer = v.object({ status: v.number(), data: v.looseObject({}) });
const Status = v.looseObject({
  id: v.number(),
  groupId: v.number(),
  groupName: v.string(),
  name: v.string(),
});
const Sent = v.looseObject({
  bulkId: v.optional(v.string()),
  messages: v.array(v.looseObject({ to: v.string(), messageId: v.string(), status: Status })),
});
const Results = v.looseObject({ results: v.array(v.looseObject({ messageId: v.string(), to: v.string() })) });

/** The data of a 200 answer, of the shape that is expected. */
async function data<T extends v.GenericSchema>(shape: T, asked: Promise<unknown>): Promise<v.InferOutput<T>> {
  const answer = v.parse(Answer, await asked);
  expect(answer.status).toBe(200);
  return v.parse(shape, answer.data);
}

const text = (to: string, more: object = {}) => ({
  messages: [{ from: 'InfoSMS', destinations: [{ to }], text: 'Fees are due', ...more }],
});

describe('the platform’s published client on the practice gateway', () => {
  it('sends by text/advanced with ids of its own, and finds the report and the log entry under them', async () => {
    const messages = [
      {
        from: 'InfoSMS',
        destinations: [{ to: '8801711000001', messageId: 'judge-1' }, { to: '8801811000002' }],
        text: 'আপনার বিল',
        callbackData: 'bill-7',
      },
    ];
    const sent = await data(Sent, sms.send({ bulkId: 'judge-bulk', messages }));
    expect(sent.bulkId).toBe('judge-bulk');
    expect(sent.messages.map(({ to }) => to)).toEqual(['8801711000001', '8801811000002']);
    expect(sent.messages[0]?.messageId).toBe('judge-1');

    const logs = await data(Results, sms.logs.get({ messageId: 'judge-1' }));
    expect(logs.results).toMatchObject([{ messageId: 'judge-1', text: 'আপনার বিল' }]);
    await expect
      .poll(async () => (await data(Results, sms.reports.get({ bulkId: 'judge-bulk', limit: 1 }))).results)
      .toMatchObject([{ bulkId: 'judge-bulk', status: { name: 'DELIVERED_TO_HANDSET' } }]);
  });

  it('sends binary', async () => {
    const messages = [
      {
        from: 'InfoSMS',
        destinations: [{ to: '8801711000003' }],
        binary: { hex: '09 95', dataCoding: 8, esmClass: 0 },
      },
    ];
    const sent = await data(Sent, sms.send({ type: 'binary', messages }));
    expect(sent.messages[0]?.status.groupId).toBeLessThan(2);
  });

  it('sends by text/query', async () => {
    const query = { type: 'query', from: 'InfoSMS', to: ['8801711000004', '8801711000005'], text: 'x' };
    const login = new Infobip({
      baseUrl: practice.url,
      authType: AuthType.Basic,
      username: 'practice',
      password: 'practice',
    }) as { channels: { sms: Client & { username: string; password: string } } };
    Object.assign(login.channels.sms, { username: 'practice', password: 'practice' });
    const sent = await data(Sent, login.channels.sms.send(query));
    expect(sent.messages).toHaveLength(2);
  });

  it('previews a text', async () => {
    const shown = await data(
      v.looseObject({
        originalText: v.string(),
        previews: v.array(v.looseObject({ messageCount: v.number() })),
      }),
      sms.preview({ text: 'Let’s see', transliteration: 'NON_UNICODE' }),
    );
    expect(shown.originalText).toBe('Let’s see');
    expect(shown.previews[0]?.messageCount).toBe(1);
  });

  it('schedules, reads, moves, pauses and cancels a bulk', async () => {
    const sendAt = new Date(Date.now() + 3_600_000).toISOString().replace('Z', '+00:00');
    const later = new Date(Date.now() + 7_200_000).toISOString().replace('Z', '+00:00');
    await data(Sent, sms.send({ bulkId: 'judge-later', ...text('8801711000006', { sendAt }) }));

    const Bulk = v.looseObject({ bulkId: v.literal('judge-later'), sendAt: v.string() });
    const Standing = v.looseObject({ bulkId: v.literal('judge-later'), status: v.string() });
    const instant = (written: string) => Date.parse(written.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    const held = await data(Bulk, sms.scheduled.get('judge-later'));
    expect(instant(held.sendAt)).toBe(Date.parse(sendAt));
    const moved = await data(Bulk, sms.scheduled.reschedule('judge-later', later));
    expect(instant(moved.sendAt)).toBe(Date.parse(later));

    expect((await data(Standing, sms.status.get('judge-later'))).status).toBe('PENDING');
    expect((await data(Standing, sms.status.update('judge-later', 'PAUSED'))).status).toBe('PAUSED');
    expect((await data(Standing, sms.status.update('judge-later', 'CANCELED'))).status).toBe('CANCELED');
  });

  it('reads received messages', async () => {
    const received = await data(v.looseObject({ results: v.array(v.unknown()) }), sms.get(10));
    expect(received.results).toEqual([]);
  });

  it('is told about a wrong password in the platform’s words', async () => {
    const refused = v.parse(
      v.looseObject({ response: v.looseObject({ status: v.number(), data: v.unknown() }) }),
      await client(practice.url, 'wrong').send(text('8801711000001')),
    );
    expect(refused.response.status).toBe(401);
    expect(refused.response.data).toEqual({
      requestError: { serviceException: { messageId: 'UNAUTHORIZED', text: 'Invalid login details' } },
    });
  });
});
