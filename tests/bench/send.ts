import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Agent, request } from 'undici';
import { numbers, SENDER, startSending } from '../integration/support/sending.ts';
import { median, type BenchRow } from './row.ts';

const SINGLE = { messages: 2_000, perRequest: 1, atOnce: 8 };
/** As many as the balance that the practice gateway starts with pays for. */
const BATCH = { messages: 12_000, perRequest: 100, atOnce: 4 };
const RUNS = 3;
const TEXT = 'Fees for November are due on Sunday. Thank you.';
const PRACTICE = path.resolve('dist/practice/cli.js');

/** How messages are handed over, on both sides. */
type Way = { readonly messages: number; readonly perRequest: number; readonly atOnce: number };

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

const personal = (number: string) => `Dear parent of ${number}, fees for November are due on Sunday.`;
const local = (to: string) => `0${to.slice(3)}`;

/** What one request says, as our own would. */
function bodyOf(to: readonly string[]) {
  const [only = ''] = to;
  if (to.length === 1) return { path: 'single', body: { from: SENDER, to: only, text: TEXT } };
  const messages = to.map((one) => ({
    from: SENDER,
    destinations: [{ to: one, messageId: randomUUID() }],
    text: personal(local(one)),
  }));
  return { path: 'advanced', body: { messages } };
}

/** The floor: the same requests over the same number of connections, and nothing written anywhere. */
async function bare(url: string, { messages, perRequest, atOnce }: Way): Promise<number> {
  const agent = new Agent({ connections: atOnce, pipelining: 1 });
  const headers = {
    authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}`,
    'content-type': 'application/json',
    accept: 'application/json',
  };
  const queue = numbers(messages);
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let to = queue.splice(-perRequest); to.length > 0; to = queue.splice(-perRequest)) {
        const { path: call, body } = bodyOf(to);
        const answer = await request(`${url}/sms/1/text/${call}`, {
          method: 'POST',
          headers,
          body: JSON.stringify(body),
          dispatcher: agent,
        });
        await answer.body.json();
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  await agent.close();
  return messages / seconds;
}

/** Our sending, from the queued campaign to the last committed answer. */
async function durable(url: string, { messages, perRequest, atOnce }: Way): Promise<number> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mim-bench-'));
  const sending = startSending({
    url,
    dir,
    perRequest,
    advanced: perRequest > 1,
    patience: 30_000,
    timings: {
      concurrency: atOnce,
      mostAtOnce: atOnce,
      claim: 64,
      reportsFastest: 600_000,
      reportsSlowest: 600_000,
      sweepEvery: 600_000,
    },
  });
  sending.workspace.rules.update({ perCampaign: null, perDay: null });
  const id = await sending.send(numbers(messages), perRequest === 1 ? TEXT : personal('{{number}}'));
  // Planning and writing it down come before: what is measured is the way from the queue to the last committed answer.
  const started = performance.now();
  await sending.until(id, ({ counts }) => counts.accepted === messages, 300_000);
  const seconds = (performance.now() - started) / 1000;
  await sending.stop();
  rmSync(dir, { recursive: true });
  return messages / seconds;
}

/** Each run has a gateway of its own, so that none pays for what the one before it sent. */
async function atGateway(send: (url: string) => Promise<number>): Promise<number> {
  const { url, child } = await startGateway();
  try {
    return await send(url);
  } finally {
    child.kill();
  }
}

async function compare(name: string, way: Way, bar: number): Promise<BenchRow> {
  const ours: number[] = [];
  const peer: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    peer.push(await atGateway((url) => bare(url, way)));
    ours.push(await atGateway((url) => durable(url, way)));
  }
  return {
    name,
    ours: median(ours),
    peer: median(peer),
    peerName: `bare undici loop, ${way.atOnce} connections, nothing written`,
    ratio: median(ours) / median(peer),
    unit: '/s',
    note: `${way.messages} messages, ${way.perRequest} a request, every message committed before and after; bar ${bar}`,
  };
}

/** `send/single` and `send/batch`: durable sending against a bare loop of the same requests. */
export async function run(): Promise<BenchRow[]> {
  return [await compare('send/single', SINGLE, 0.8), await compare('send/batch', BATCH, 0.6)];
}
