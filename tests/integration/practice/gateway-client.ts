import { onTestFinished } from 'vitest';
import * as v from 'valibot';
import type { PracticeOptions } from '../../../main/practice/core/settings.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';

/**
 * The shapes of the answers as the samples of the API document show them. Strict on purpose: a field too many or too
 * few fails the test that reads the answer.
 */
const Status = v.strictObject({
  id: v.number(),
  groupId: v.number(),
  groupName: v.string(),
  name: v.string(),
  description: v.string(),
  action: v.exactOptional(v.string()),
});

const GsmError = v.strictObject({
  groupId: v.number(),
  groupName: v.string(),
  id: v.number(),
  name: v.string(),
  description: v.string(),
  permanent: v.boolean(),
});

const Price = v.strictObject({ pricePerMessage: v.number(), currency: v.string() });

const SendAnswer = v.strictObject({
  bulkId: v.exactOptional(v.string()),
  messages: v.array(
    v.strictObject({
      to: v.string(),
      status: Status,
      smsCount: v.number(),
      messageId: v.exactOptional(v.string()),
    }),
  ),
});

const Report = v.strictObject({
  bulkId: v.string(),
  messageId: v.string(),
  to: v.string(),
  sentAt: v.string(),
  doneAt: v.string(),
  smsCount: v.number(),
  price: Price,
  status: Status,
  error: GsmError,
});

const Log = v.strictObject({
  ...Report.entries,
  doneAt: v.exactOptional(v.string()),
  from: v.string(),
  text: v.string(),
  mccmnc: v.exactOptional(v.string()),
});

const Refusal = v.strictObject({
  requestError: v.strictObject({
    serviceException: v.strictObject({ messageId: v.string(), text: v.string() }),
  }),
});

export type SendAnswer = v.InferOutput<typeof SendAnswer>;
export type Report = v.InferOutput<typeof Report>;
export type Log = v.InferOutput<typeof Log>;

export const NUMBER = '8801613537347';
export const START = Date.UTC(2016, 2, 14, 6, 0, 0);

/** The `Authorization` header for a login. */
export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/** A gateway for one test with a clock that stands still, and the plainest client there is: `fetch` and nothing else. */
export type Bench = {
  readonly gateway: PracticeGateway;
  /** Moves the gateway's clock on by ms. */
  wait(ms: number): void;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(body: BodyInit | null, headers?: Record<string, string>): Promise<Response>;
  send(to: unknown, more?: { from?: string; text?: string }): Promise<SendAnswer>;
  reports(query?: string): Promise<Report[]>;
  logs(query?: string): Promise<Log[]>;
  balance(): Promise<number>;
};

const AUTHORIZATION = basic('practice', 'practice');

/** Starts a gateway that stops with the test. Messages take 1 s to the operator and 2 s to the handset. */
export async function openBench(options: PracticeOptions = {}): Promise<Bench> {
  let time = START;
  const gateway = await startPractice({
    now: () => time,
    delays: { toOperatorMs: 1_000, toHandsetMs: 2_000 },
    ...options,
  });
  onTestFinished(() => gateway.close());

  const get: Bench['get'] = (path, headers = {}) =>
    fetch(gateway.url + path, {
      headers: { authorization: AUTHORIZATION, accept: 'application/json', ...headers },
    });
  const post: Bench['post'] = (body, headers = {}) =>
    fetch(`${gateway.url}/sms/1/text/single`, {
      method: 'POST',
      headers: {
        authorization: AUTHORIZATION,
        accept: 'application/json',
        'content-type': 'application/json',
        ...headers,
      },
      body,
    });
  const results = async <T>(item: v.GenericSchema<unknown, T>, path: string): Promise<T[]> => {
    const schema = v.strictObject({ results: v.array(item) });
    return v.parse(schema, await (await get(path)).json()).results;
  };

  return {
    gateway,
    wait(ms) {
      time += ms;
    },
    get,
    post,
    async send(to, { from = 'InfoSMS', text = 'Test SMS.' } = {}) {
      return v.parse(SendAnswer, await (await post(JSON.stringify({ from, to, text }))).json());
    },
    reports: (query = '') => results(Report, `/sms/1/reports${query}`),
    logs: (query = '') => results(Log, `/sms/1/logs${query}`),
    async balance() {
      const schema = v.strictObject({ balance: v.number(), currency: v.literal('BDT') });
      return v.parse(schema, await (await get('/account/1/balance')).json()).balance;
    },
  };
}

/** HTTP status and `messageId` of an error answer, whose body must have the documented shape and nothing else. */
export async function refusal(
  response: Response,
): Promise<{ status: number; messageId: string; text: string }> {
  const { requestError } = v.parse(Refusal, await response.json());
  return { status: response.status, ...requestError.serviceException };
}
