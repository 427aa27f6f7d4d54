import net from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NUMBER, openBench, refusal, type Bench } from './gateway-client.ts';

const BAD_REQUEST = { status: 400, messageId: 'BAD_REQUEST' };

/** Sends raw bytes over a socket and gives all that comes back until the gateway ends the connection. */
function raw(bench: Bench, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(Number(new URL(bench.gateway.url).port), '127.0.0.1', () =>
      socket.write(bytes),
    );
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}

/** The gateway still does its work, and took nothing of what came before. */
async function expectUnharmed(bench: Bench): Promise<void> {
  expect(bench.gateway.journal()).toEqual([]);
  expect((await bench.send(NUMBER)).messages[0]?.status.id).toBe(0);
  expect(await bench.balance()).toBe(4_999.65);
}

describe('bodies that are not the documented shape → 400 BAD_REQUEST, nothing accepted', () => {
  test.each([
    ['empty', ''],
    ['not JSON', 'from=InfoSMS&to=1'],
    ['cut off', '{"from":"InfoSMS","to":"88'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1e999'],
    ['nothing in it', '{}'],
    ['no text', '{"from":"InfoSMS","to":"8801613537347"}'],
    ['empty text', '{"from":"InfoSMS","to":"8801613537347","text":""}'],
    ['text null', '{"from":"InfoSMS","to":"8801613537347","text":null}'],
    ['from a number', '{"from":123,"to":"8801613537347","text":"Hi"}'],
    ['to a number', '{"from":"InfoSMS","to":8801613537347,"text":"Hi"}'],
    ['to an object', '{"from":"InfoSMS","to":{"length":1,"0":"8801613537347"},"text":"Hi"}'],
    ['to an empty list', '{"from":"InfoSMS","to":[],"text":"Hi"}'],
    ['to a mixed list', '{"from":"InfoSMS","to":["8801613537347",null],"text":"Hi"}'],
    ['to a nested list', '{"from":"InfoSMS","to":[["8801613537347"]],"text":"Hi"}'],
    ['fields on __proto__', '{"__proto__":{"from":"InfoSMS","to":"8801613537347","text":"Hi"}}'],
    [
      'fields on constructor',
      '{"constructor":{"prototype":{"from":"InfoSMS"}},"to":"8801613537347","text":"Hi"}',
    ],
    ['a million open brackets', '['.repeat(1_000_000)],
    ['170,000 objects deep', `${'{"a":'.repeat(170_000)}1`],
  ])('%s', async (_name, body) => {
    const bench = await openBench();
    expect(await refusal(await bench.post(body))).toMatchObject(BAD_REQUEST);
    await expectUnharmed(bench);
  });

  test('bytes that are no UTF-8', async () => {
    const bench = await openBench();
    const bytes = Buffer.from('{"from":"InfoSMS","to":"8801613537347","text":"\xff\xfe"}', 'latin1');
    expect(await refusal(await bench.post(new Uint8Array(bytes)))).toMatchObject(BAD_REQUEST);
    await expectUnharmed(bench);
  });

  test('the reason names the field', async () => {
    const bench = await openBench();
    const response = await bench.post('{"from":"InfoSMS","to":5,"text":"Hi"}');
    expect((await refusal(response)).text).toBe('[to : must be a string or a list of strings]');
  });

  test('any JSON gets 200 or a typed 400', async () => {
    const bench = await openBench();
    const body = fc.oneof(
      fc.json(),
      fc.record({ from: fc.anything(), to: fc.anything(), text: fc.anything() }).map((value) => {
        const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? 0 : item));
        return text;
      }),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const response = await bench.post(text);
        if (response.status === 200) await response.arrayBuffer();
        else expect(await refusal(response)).toMatchObject(BAD_REQUEST);
      }),
      { numRuns: 200, seed: 20_160_314 },
    );
    expect((await bench.send(NUMBER)).messages[0]?.status.id).toBe(0);
  });
});

describe('size', () => {
  test('1 MiB is read, one byte more is a typed 413', async () => {
    const bench = await openBench();
    const body = '{"from":"InfoSMS","to":"8801613537347","text":"Hi"}';
    const padded = (size: number): string => body.padEnd(size, ' ');
    const large = await refusal(await bench.post(padded(1_048_577)));
    expect(large).toMatchObject({ status: 413, messageId: 'REQUEST_ENTITY_TOO_LARGE' });
    expect(bench.gateway.journal()).toEqual([]);
    expect((await bench.post(padded(1_048_576))).status).toBe(200);
  });

  test('a text of nearly 1 MiB is answered with status 25 and costs nothing', async () => {
    const bench = await openBench();
    const answer = await bench.send(NUMBER, { text: 'আ'.repeat(340_000) });
    expect(answer.messages[0]?.status.id).toBe(25);
    expect(await bench.balance()).toBe(5_000);
  });

  test('20,000 destinations in one request are each answered', async () => {
    const bench = await openBench();
    const to = Array.from({ length: 20_000 }, (_, index) => `88017${String(index).padStart(8, '0')}`);
    const answer = await bench.send(to);
    expect(answer.messages).toHaveLength(20_000);
    expect(answer.messages.filter((message) => message.status.id === 0)).toHaveLength(14_285);
    expect(await bench.balance()).toBe(0.25);
  });
});

describe('addresses and queries', () => {
  test.each(['/', '/sms/1/text/advanced', '/SMS/1/REPORTS', '/sms/1/reports/../../x', '/__proto__'])(
    '%s → 404 typed',
    async (path) => {
      const bench = await openBench();
      expect(await refusal(await bench.get(path))).toMatchObject({ status: 404, messageId: 'NOT_FOUND' });
    },
  );

  test('a path that cannot be decoded → 400 typed', async () => {
    const bench = await openBench();
    expect(await refusal(await bench.get('/sms/1/%zz'))).toMatchObject(BAD_REQUEST);
    await expectUnharmed(bench);
  });

  test('prototype names, nested names and damaged percent signs in a query do no harm', async () => {
    const bench = await openBench();
    expect(await bench.logs('?__proto__=1&constructor[prototype][x]=1&to[$ne]=1&hasOwnProperty=%zz')).toEqual(
      [],
    );
    expect(await bench.reports('?__proto__[limit]=0&toString=1')).toEqual([]);
    expect(await refusal(await bench.get('/sms/1/logs?to=1&to=2'))).toMatchObject(BAD_REQUEST);
    await expectUnharmed(bench);
  });

  test('what is not HTTP at all → 400 typed, connection ended', async () => {
    const bench = await openBench();
    const answer = await raw(bench, 'HELLO\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"messageId":"BAD_REQUEST"');
    await expectUnharmed(bench);
  });
});
