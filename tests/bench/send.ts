import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { SENDER, startSending } from '../integration/support/sending.ts';
import { median, type BenchRow } from './row.ts';

const SINGLE = { messages: 5_000, perRequest: 1, atOnce: 8 };
const BATCH = { messages: 50_000, perRequest: 100, atOnce: 4 };
/** What a large sending may need beside a small one. */
const MEMORY = { few: 1_000, many: 200_000 };
/** Money for all of them. */
const BALANCE = '1000000';
const RUNS = 3;
const TEXT = 'Fees for November are due on Sunday. Thank you.';
const PRACTICE = path.resolve('dist/practice/cli.js');

/** How messages are handed over, on both sides. */
type Way = { readonly messages: number; readonly perRequest: number; readonly atOnce: number };

/** Starts the practice gateway as a program of its own, so that both sides send to the same one over a real socket. */
async function startGateway(): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [PRACTICE, '--json', '--balance', BALANCE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`practice gateway ended with ${code}`)));
    child.stdout?.once('data', (line: Buffer) =>
      resolve((JSON.parse(line.toString()) as { url: string }).url),
    );
  });
  return { url, child };
}

/** So many different numbers. */
const numbers = (count: number) => Array.from({ length: count }, (_, i) => `88017${12_000_000 + i}`);
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

/** Looks ten times a second, as often as a page that shows a sending, until `met`. */
async function over(met: () => boolean): Promise<void> {
  const limit = performance.now() + 300_000;
  while (!met()) {
    if (performance.now() > limit) throw new Error('the sending did not end');
    await sleep(100);
  }
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
  // The bare loop has no first few whose answers it waits for: what is compared is the way, not the caution.
  sending.workspace.rules.update({ perCampaign: null, perDay: null, canary: 0 });
  const id = await sending.send(numbers(messages), perRequest === 1 ? TEXT : personal('{{number}}'));
  // Planning and writing it down come before: what is measured is the way from the queue to the last committed answer.
  const started = performance.now();
  await over(() => sending.workspace.campaigns.get(id)?.counts.accepted === messages);
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

/** The most memory (MB) that this process has while it plans and sends so many messages; sampled ten times a second. */
async function memory(messages: number): Promise<number> {
  globalThis.gc?.();
  let most = 0;
  const look = () => (most = Math.max(most, process.memoryUsage().rss));
  const timer = setInterval(look, 100);
  try {
    await atGateway((url) => durable(url, { ...BATCH, messages }));
  } finally {
    clearInterval(timer);
  }
  return most / 1_000_000;
}

async function compareMemory(): Promise<BenchRow> {
  const peer = await memory(MEMORY.few);
  const ours = await memory(MEMORY.many);
  return {
    name: 'send/memory',
    ours,
    peer,
    peerName: `the same process with ${MEMORY.few} messages`,
    ratio: ours / peer,
    unit: 'MB',
    note: `${MEMORY.many} messages planned, written down and sent; resident memory at its highest`,
  };
}

/** `send/single`, `send/batch` and `send/memory`: durable sending against a bare loop of the same requests. */
export async function run(): Promise<BenchRow[]> {
  const memoryRow = await compareMemory();
  return [await compare('send/single', SINGLE, 0.8), await compare('send/batch', BATCH, 0.6), memoryRow];
}
