import http from 'node:http';
import { onTestFinished, expect, test } from 'vitest';
import { Pool } from 'undici';
import { basic, openBench } from './gateway-client.ts';

const SENDS = 800;
const CONNECTIONS = 8;

/** Sends single messages over kept connections and gives sends a second. */
async function measure(url: string): Promise<number> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const headers = { authorization: basic('practice', 'practice'), 'content-type': 'application/json' };
  let next = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (next < SENDS) {
      next += 1;
      const to = `88017${String(next).padStart(8, '0')}`;
      const body = JSON.stringify({ from: 'InfoSMS', to, text: `Your order ${next} is ready.` });
      const answer = await pool.request({ path: '/sms/1/text/single', method: 'POST', headers, body });
      if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
      await answer.body.text();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const rate = SENDS / ((performance.now() - start) / 1_000);
  await pool.close();
  return rate;
}

/** A server that reads the body, parses it and answers a constant: what any gateway at all costs. */
async function bareServer(): Promise<string> {
  const answer = JSON.stringify({ messages: [{ to: '8801700000001', status: { id: 0 }, smsCount: 1 }] });
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No address');
  return `http://127.0.0.1:${address.port}`;
}

test('single sends over kept connections: at least 0.3 times a server that does nothing', async () => {
  const bench = await openBench();
  const bare = await bareServer();
  const ratios: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const floor = await measure(bare);
    ratios.push((await measure(bench.gateway.url)) / floor);
  }
  expect(Math.max(...ratios)).toBeGreaterThan(0.3);
  expect(bench.gateway.journal()).toHaveLength(3 * SENDS);
});
