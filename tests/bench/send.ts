import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent, request } from 'undici';
import { numbers, SENDER, startSending } from '../integration/support/sending.ts';
import { median, type BenchRow } from './row.ts';

const MESSAGES = 2_000;
const RUNS = 3;
const CONCURRENCY = 8;
const TEXT = 'Fees for November are due on Sunday. Thank you.';
const PRACTICE = path.resolve('dist/practice/cli.js');

/** Starts the practice gateway as a program of its own, so that both sides send to the same one over a real socket. */
async function startGateway(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [PRACTICE, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`practice gateway ended with ${code}`)));
    child.stdout?.once('data', (line: Buffer) =>
      resolve((JSON.parse(line.toString()) as { url: string }).url),
    );
  });
  return { url, child };
}

/** The floor: the same requests over the same number of connections, and nothing written anywhere. */
async function bare(url: string): Promise<number> {
  const agent = new Agent({ connections: CONCURRENCY, pipelining: 1 });
  const headers = {
    authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}`,
    'content-type': 'application/json',
    accept: 'application/json',
  };
  const queue = numbers(MESSAGES);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let to = queue.pop(); to; to = queue.pop()) {
        const body = JSON.stringify({ from: SENDER, to, text: TEXT });
        const answer = await request(`${url}/sms/1/text/single`, {
          method: 'POST',
          headers,
          body,
          dispatcher: agent,
        });
        await answer.body.json();
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await agent.close();
  return MESSAGES / seconds;
}

/** Our sending, from the queued campaign to the last committed answer. */
async function durable(url: string): Promise<number> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mim-bench-'));
  const sending = startSending({
    url,
    dir,
    timings: {
      concurrency: CONCURRENCY,
      claim: 64,
      reportsFastest: 60_000,
      reportsSlowest: 60_000,
      sweepEvery: 60_000,
    },
  });
  const started = performance.now();
  const id = await sending.send(numbers(MESSAGES), TEXT);
  await sending.until(id, ({ counts }) => counts.accepted === MESSAGES, 120_000);
  const seconds = (performance.now() - started) / 1000;
  await sending.stop();
  rmSync(dir, { recursive: true });
  return MESSAGES / seconds;
}

/** `send/single`: one request for each message, durable, against a bare loop. */
export async function run(): Promise<BenchRow[]> {
  const { url, child } = await startGateway();
  const ours: number[] = [];
  const peer: number[] = [];
  await bare(url);
  for (let i = 0; i < RUNS; i++) {
    peer.push(await bare(url));
    ours.push(await durable(url));
  }
  child.kill();
  return [
    {
      name: 'send/single',
      ours: median(ours),
      peer: median(peer),
      peerName: `bare undici loop, ${CONCURRENCY} connections, nothing written`,
      ratio: median(ours) / median(peer),
      unit: '/s',
      note: `${MESSAGES} messages, one request each, every message committed before and after; bar 0.8`,
    },
  ];
}
