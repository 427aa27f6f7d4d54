import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendingEnd, SendingProgress } from '#shared/ipc/host.ts';
import type { Timings } from '../../../main/engine/timings.ts';
import { numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const ACCEPTED = [0, 0, 'MESSAGE_ACCEPTED'] as const;
const SYSTEM_ERROR = [21, 5, 'REJECTED_SYSTEM_ERROR'] as const;
const NO_ROUTE = [19, 5, 'REJECTED_ROUTE_NOT_AVAILABLE'] as const;
type Status = readonly [id: number, group: number, name: string];

/** A gateway of one text a request that answers as it is told to, and remembers what came, in order. */
function scripted(statusOf: (to: string, time: number) => Status) {
  const seen: string[] = [];
  let held: (() => void)[] | null = null;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      if (request.method !== 'POST') return void response.writeHead(200).end('{"results":[]}');
      const { to } = JSON.parse(body) as { to: string };
      seen.push(to);
      const [id, groupId, name] = statusOf(to, seen.filter((one) => one === to).length);
      const status = { id, groupId, name, groupName: '', description: '' };
      const answer = { messages: [{ to, messageId: `m${seen.length}`, smsCount: 1, status }] };
      const end = () =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      if (held) held.push(end);
      else end();
    });
  });
  return {
    seen,
    server,
    /** Holds answers back until the returned function is called. */
    hold() {
      held = [];
      return () => {
        const waiting = held ?? [];
        held = null;
        for (const end of waiting) end();
      };
    },
    heldCount: () => held?.length ?? 0,
  };
}

describe('who goes first', () => {
  const folder = temporaryFolder();
  let statusOf: (to: string, time: number) => Status;
  let gateway: ReturnType<typeof scripted>;
  let sending: Sending;
  let dir = 0;
  const told: SendingEnd[] = [];
  const progress: SendingProgress[] = [];

  const start = (timings: Partial<Timings> = {}) =>
    startSending({
      url: `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`,
      dir: `${folder.dir}/${dir}`,
      patience: 20_000,
      timings: { retryAfter: 40, claim: 64, ...timings },
      tell: {
        progress: (now) => progress.push(now),
        ended: (end) => told.push(end),
        repeatStopped: () => undefined,
      },
    });
  beforeEach(async () => {
    dir++;
    told.length = 0;
    progress.length = 0;
    statusOf = () => ACCEPTED;
    gateway = scripted((to, time) => statusOf(to, time));
    await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
    sending = start();
  });
  afterEach(async () => {
    await sending.stop();
    gateway.server.closeAllConnections();
    await new Promise((resolve) => gateway.server.close(resolve));
  });
  const view = (id: number) => sending.workspace.campaigns.get(id);

  it('lets five go ahead, and the others follow when all five were taken', async () => {
    const release = gateway.hold();
    const id = await sending.send(numbers(120));
    await sending.until(id, ({ counts }) => counts.submitting === 5);
    await expect.poll(() => gateway.heldCount()).toBe(4);
    expect(view(id)?.counts).toEqual({ submitting: 5, queued: 115 });
    release();
    await sending.until(id, ({ counts }) => counts.accepted === 120);
    expect(new Set(gateway.seen.slice(0, 5))).toEqual(new Set(numbers(5)));
    expect(gateway.seen).toHaveLength(120);
  });

  it('pauses a campaign when one of the five is refused, and goes on without asking again', async () => {
    statusOf = (to) => (to === numbers(3)[2] ? NO_ROUTE : ACCEPTED);
    const id = await sending.send(numbers(120));
    // It pauses at the refusal; what was on its way beside it is answered after.
    await sending.until(id, ({ pauseReason, counts }) => pauseReason === 'canary' && counts.accepted === 4);
    expect(view(id)?.counts).toEqual({ accepted: 4, refused: 1, queued: 115 });
    await expect.poll(() => told, { timeout: 3_000 }).toHaveLength(1);
    expect(told[0]).toMatchObject({ campaignId: id, kind: 'paused', sent: 4, failed: 1, uncertain: 115 });
    await expect.poll(() => progress.at(-1)).toMatchObject({ waiting: 115, paused: 115, isPaused: true });
    sending.workspace.campaigns.resume(id);
    await sending.until(id, ({ counts }) => counts.accepted === 119);
    await expect.poll(() => told, { timeout: 3_000 }).toHaveLength(2);
    expect(told[1]).toMatchObject({ kind: 'sent', sent: 119, failed: 1, uncertain: 0, space: 'practice' });
    expect(progress.at(-1)).toEqual({ fraction: null, waiting: 0, paused: 0, isPaused: false, nextAt: null });
  });

  it('remembers over a restart who went ahead, and that an end was told', async () => {
    const release = gateway.hold();
    const id = await sending.send(numbers(110));
    await sending.until(id, ({ counts }) => counts.submitting === 5);
    const stopped = sending.stop();
    release();
    await stopped;
    sending = start({ firstLook: 5_000 });
    await sending.until(id, ({ counts }) => counts.accepted === 110);
    expect(gateway.seen).toHaveLength(110);
    await expect.poll(() => told, { timeout: 3_000 }).toHaveLength(1);
    await sending.stop();
    sending = start();
    const other = await sending.send(numbers(6, 500));
    await sending.until(other, ({ counts }) => counts.accepted === 6);
    await expect.poll(() => told, { timeout: 3_000 }).toHaveLength(2);
    expect(told.map(({ campaignId }) => campaignId)).toEqual([id, other]);
  });

  it('sends an urgent message while a large campaign runs, after the requests under way alone', async () => {
    sending.workspace.rules.update({ canary: 0 });
    let release = gateway.hold();
    const large = await sending.send(numbers(300));
    await expect.poll(() => gateway.heldCount()).toBe(4);
    const urgent = await sending.send(numbers(1, 900), 'The meeting is cancelled.');
    await sending.until(urgent, ({ counts }) => counts.submitting === 1);
    const before = gateway.seen.length;
    release();
    release = gateway.hold();
    await expect.poll(() => gateway.seen.indexOf(numbers(1, 900)[0] ?? '')).toBeGreaterThan(-1);
    expect(gateway.seen.indexOf(numbers(1, 900)[0] ?? '')).toBeLessThan(before + 4);
    release();
    await sending.until(large, ({ counts }) => counts.accepted === 300);
    expect(new Set(gateway.seen).size).toBe(301);
    expect(gateway.seen).toHaveLength(301);
  });

  it('stops at the beginning of the quiet hours, and goes on when there are none any more', async () => {
    sending.workspace.rules.update({
      canary: 0,
      quiet: { applies: 'all', from: '00:00', until: '23:59', zone: 'UTC' },
    });
    // The last minute of the day in UTC is not quiet; a zone far away from it is then.
    if (new Date().getUTCHours() === 23) {
      sending.workspace.rules.update({
        quiet: { applies: 'all', from: '00:00', until: '23:59', zone: 'Asia/Dhaka' },
      });
    }
    const id = await sending.send(numbers(20));
    await sending.until(id, ({ counts }) => counts.queued === 20);
    await expect.poll(() => progress.at(-1)?.nextAt ?? 0, { timeout: 3_000 }).toBeGreaterThan(Date.now());
    expect(progress.at(-1)).toMatchObject({ fraction: null, waiting: 20, paused: 0 });
    expect(gateway.seen).toEqual([]);
    sending.workspace.rules.update({
      quiet: { applies: 'none', from: '21:00', until: '09:00', zone: 'UTC' },
    });
    await sending.until(id, ({ counts }) => counts.accepted === 20);
  });

  it('tries again what is refused for now, a few times, and nothing that is refused for good', async () => {
    const [first = '', second = '', third = ''] = numbers(3);
    statusOf = (to, time) => {
      if (to === first) return time < 3 ? SYSTEM_ERROR : ACCEPTED;
      if (to === second) return SYSTEM_ERROR;
      return to === third ? NO_ROUTE : ACCEPTED;
    };
    sending.workspace.rules.update({ retryRefused: 2 });
    const id = await sending.send(numbers(4));
    await sending.until(id, ({ counts }) => (counts.queued ?? 0) + (counts.submitting ?? 0) === 0);
    await sending.until(id, ({ counts }) => counts.refused === 2 && counts.accepted === 2);
    const times = (to: string) => gateway.seen.filter((one) => one === to).length;
    expect([first, second, third].map(times)).toEqual([3, 3, 1]);
    expect(view(id)?.equationHolds).toBe(true);
  });
});
