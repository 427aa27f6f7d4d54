import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { SEND_FAULTS, type FaultPlan } from '../../../main/practice/core/faults.ts';
import { basic, NUMBER, openBench, refusal, type Bench } from './gateway-client.ts';

/** What a client sees on its socket: an answer, complete or not, or an error code without one. */
type Seen = {
  readonly status: number | null;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly complete: boolean;
  readonly error: string | null;
};

/** One request over a connection of its own, told as seen from the socket. */
function observe(bench: Bench, method: 'GET' | 'POST', path: string, body = ''): Promise<Seen> {
  return new Promise((resolve) => {
    const request = http.request(bench.gateway.url + path, {
      method,
      agent: false,
      headers: { authorization: basic('practice', 'practice'), 'content-type': 'application/json' },
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve({ status: null, headers: {}, body: '', complete: false, error: error.code ?? error.message });
    });
    request.on('response', (response) => {
      let text = '';
      let error: string | null = null;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('error', (reason: NodeJS.ErrnoException) => (error = reason.code ?? reason.message));
      response.on('close', () => {
        const { statusCode = null, headers, complete } = response;
        resolve({ status: statusCode, headers, body: text, complete, error });
      });
    });
    request.end(body);
  });
}

const sendTo = (bench: Bench, to: string | string[]): Promise<Seen> =>
  observe(bench, 'POST', '/sms/1/text/single', JSON.stringify({ from: 'InfoSMS', to, text: 'Hi' }));

const fault = (number: string): string => `880199902${number}`;

/** How many messages the gateway has, whatever the client believes. */
const accepted = (bench: Bench): number => bench.gateway.journal().length;

describe('magic numbers 8801999 02 NNNN, as the socket sees them', () => {
  test('0001: accepted, then the connection ends without an answer', async () => {
    const bench = await openBench();
    const seen = await sendTo(bench, [NUMBER, fault('0001')]);
    expect(seen).toMatchObject({ status: null, error: 'ECONNRESET' });
    expect(accepted(bench)).toBe(2);
    expect(await bench.logs()).toHaveLength(2);
    expect(bench.gateway.requests()[0]).toMatchObject({ status: null, fault: 'dropAfter', accepted: 2 });
  });

  test('0002: accepted at once, answered after the delay', async () => {
    const bench = await openBench({ faults: { delayMs: 150 } });
    const start = performance.now();
    const answer = sendTo(bench, fault('0002'));
    await expect.poll(() => accepted(bench)).toBe(1);
    expect(bench.gateway.requests()[0]?.status).toBe(null);
    expect(await answer).toMatchObject({ status: 200, complete: true });
    expect(performance.now() - start).toBeGreaterThanOrEqual(145);
  });

  test('0002: stopping the gateway does not wait for an answer that is held back', async () => {
    const bench = await openBench({ faults: { delayMs: 600_000 } });
    const answer = sendTo(bench, fault('0002'));
    await expect.poll(() => accepted(bench)).toBe(1);
    await bench.gateway.close();
    expect(await answer).toMatchObject({ status: null, error: 'ECONNRESET' });
  });

  test.each([
    ['0003', 500, 0],
    ['0004', 500, 1],
    ['0005', 429, 0],
    ['0009', 503, 0],
  ])('%s: HTTP %i, %i accepted', async (number, status, count) => {
    const bench = await openBench();
    const seen = await sendTo(bench, fault(number));
    expect(seen).toMatchObject({ status, complete: true });
    expect(seen.body).toMatch(/^\{"requestError":\{"serviceException":\{"messageId":"[A-Z_]+"/);
    expect(seen.headers['retry-after']).toBe(status === 500 ? undefined : '1');
    expect(accepted(bench)).toBe(count);
    expect(await bench.balance()).toBe(5_000 - 0.35 * count);
  });

  test('0005: 429 every time; 0009 and 0013: every second try goes through, each number for itself', async () => {
    const bench = await openBench();
    const statuses = async (number: string): Promise<(number | null)[]> => {
      const seen: (number | null)[] = [];
      for (let turn = 0; turn < 4; turn += 1) seen.push((await sendTo(bench, fault(number))).status);
      return seen;
    };
    expect(await statuses('0005')).toEqual([429, 429, 429, 429]);
    expect(await statuses('0009')).toEqual([503, 200, 503, 200]);
    expect(await statuses('0013')).toEqual([429, 200, 429, 200]);
    expect(accepted(bench)).toBe(4);
  });

  test('0006: accepted, then half of a body that promised more', async () => {
    const bench = await openBench();
    const seen = await sendTo(bench, fault('0006'));
    expect(seen).toMatchObject({ status: 200, complete: false, error: 'ECONNRESET' });
    expect(seen.body).toMatch(/^\{"messages":\[/);
    expect(Number(seen.headers['content-length'])).toBeGreaterThan(seen.body.length);
    expect(accepted(bench)).toBe(1);
  });

  test('0007: reset, nothing accepted', async () => {
    const bench = await openBench();
    expect(await sendTo(bench, [NUMBER, fault('0007')])).toMatchObject({ status: null, error: 'ECONNRESET' });
    expect(accepted(bench)).toBe(0);
    expect(await bench.balance()).toBe(5_000);
  });

  test('0008: accepted, and a page of HTML for an answer', async () => {
    const bench = await openBench();
    const seen = await sendTo(bench, fault('0008'));
    expect(seen).toMatchObject({ status: 200, complete: true });
    expect(seen.headers['content-type']).toContain('text/html');
    expect(() => JSON.parse(seen.body)).toThrow(SyntaxError);
    expect(accepted(bench)).toBe(1);
  });

  test('0014: accepted, no answer, and in the logs only after 3 s', async () => {
    const bench = await openBench();
    expect(await sendTo(bench, fault('0014'))).toMatchObject({ status: null, error: 'ECONNRESET' });
    expect(accepted(bench)).toBe(1);
    expect(await bench.logs()).toEqual([]);
    bench.wait(3_000);
    expect(await bench.logs()).toHaveLength(1);
  });

  test('sending again after a lost answer shows as a duplicate in the journal', async () => {
    const bench = await openBench();
    await sendTo(bench, fault('0001'));
    await sendTo(bench, fault('0001'));
    const journal = bench.gateway.journal();
    expect(journal.map((entry) => entry.to)).toEqual([fault('0001'), fault('0001')]);
    expect(new Set(journal.map((entry) => entry.id)).size).toBe(2);
  });
});

describe('fault plans', () => {
  const BEFORE = new Set(['resetBefore', 'http429', 'http500Before', 'http503Before']);

  test('a script is played in order and then ends; every kind accepts or not as its name says', async () => {
    const bench = await openBench();
    bench.gateway.setFaults({ sendScript: ['none', ...SEND_FAULTS], delayMs: 1 });
    const counts: (readonly [string, number])[] = [];
    for (const kind of ['none', ...SEND_FAULTS, 'after the script']) {
      const before = accepted(bench);
      await sendTo(bench, NUMBER);
      counts.push([kind, accepted(bench) - before]);
    }
    expect(counts).toEqual(
      ['none', ...SEND_FAULTS, 'after the script'].map((kind) => [kind, BEFORE.has(kind) ? 0 : 1]),
    );
    expect(bench.gateway.stats().faults).toBe(SEND_FAULTS.length);
  });

  test('reads: a 500 hands nothing out; a dropped or truncated answer loses its reports, the logs keep them', async () => {
    const bench = await openBench();
    bench.gateway.setFaults({ readScript: ['http500', 'drop', 'truncate', 'drop', 'truncate'] });
    await bench.send([NUMBER, NUMBER, NUMBER]);
    bench.wait(3_000);
    const page = '/sms/1/reports?limit=1';
    expect(await observe(bench, 'GET', page)).toMatchObject({ status: 500, complete: true });
    expect(await observe(bench, 'GET', page)).toMatchObject({ status: null, error: 'ECONNRESET' });
    expect(await observe(bench, 'GET', page)).toMatchObject({ status: 200, complete: false });
    expect(await observe(bench, 'GET', '/sms/1/logs')).toMatchObject({ status: null });
    expect(await observe(bench, 'GET', '/sms/1/logs')).toMatchObject({ status: 200, complete: false });
    expect(await bench.reports()).toHaveLength(1);
    expect(await bench.logs()).toHaveLength(3);
  });

  test('reads: a repeated answer hands the same reports out once more, and only those', async () => {
    const bench = await openBench();
    bench.gateway.setFaults({ readScript: ['repeat'] });
    await bench.send([NUMBER, NUMBER]);
    bench.wait(3_000);
    const first = await bench.reports();
    expect(first).toHaveLength(2);
    expect(await bench.reports()).toEqual(first);
    expect(await bench.reports()).toEqual([]);
  });

  test('probabilities: the same seed gives the same faults, another seed others, in about the asked number', async () => {
    const play = async (seed: number): Promise<string[]> => {
      const plan: FaultPlan = { seed, send: { http429: 0.25, http500After: 0.25 }, read: { http500: 0.5 } };
      const bench = await openBench({ faults: plan });
      for (let turn = 0; turn < 120; turn += 1)
        await bench.post('{"from":"Shop","to":"8801711000001","text":"Hi"}');
      return bench.gateway.requests().map((entry) => entry.fault ?? 'none');
    };
    const first = await play(7);
    expect(await play(7)).toEqual(first);
    expect(await play(8)).not.toEqual(first);
    for (const [kind, share] of [
      ['http429', 0.25],
      ['http500After', 0.25],
      ['none', 0.5],
    ] as const) {
      const part = first.filter((entry) => entry === kind).length / first.length;
      expect(Math.abs(part - share)).toBeLessThan(0.15);
    }
  });

  test('an empty plan ends the faults; magic numbers win over a plan; balance is never hit', async () => {
    const bench = await openBench({ faults: { send: { http429: 1 }, read: { drop: 1 } } });
    expect(await sendTo(bench, NUMBER)).toMatchObject({ status: 429 });
    expect(await sendTo(bench, fault('0003'))).toMatchObject({ status: 500 });
    expect(await bench.balance()).toBe(5_000);
    bench.gateway.setFaults({});
    expect(await sendTo(bench, NUMBER)).toMatchObject({ status: 200 });
    expect(await bench.logs()).toHaveLength(1);
  });

  test('a plan whose probabilities make no sense is refused and changes nothing', async () => {
    const bench = await openBench();
    for (const send of [{ http429: 0.6, truncated: 0.6 }, { http429: -0.1 }, { http429: Number.NaN }]) {
      expect(() => bench.gateway.setFaults({ send })).toThrow(RangeError);
    }
    expect(await sendTo(bench, NUMBER)).toMatchObject({ status: 200 });
  });

  test('a wrong login is refused before any fault', async () => {
    const bench = await openBench({ faults: { send: { dropAfter: 1 } } });
    const authorization = basic('practice', 'wrong');
    expect(await refusal(await bench.post('{}', { authorization }))).toMatchObject({ status: 401 });
  });
});
