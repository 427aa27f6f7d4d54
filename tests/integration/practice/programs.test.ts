import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBuilder } from 'vite';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { servePractice, type PracticeNotice } from '../../../main/practice/utility.ts';
import { basic } from './gateway-client.ts';
import { bound, connect } from './smpp-client.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
let folder = '';

/** Builds both programs with the product's own configuration, into a temporary folder. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'practice-'));
  const build = { build: { outDir: folder } };
  const builder = await createBuilder({
    configFile: path.join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    environments: { practice: build, practiceCli: build },
  });
  for (const name of ['practice', 'practiceCli']) {
    const environment = builder.environments[name];
    if (environment !== undefined) await builder.build(environment);
  }
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

type Program = {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
};

/** Starts a built program, with none of the project's node_modules in reach. */
function start(file: string, args: readonly string[], nodeArgs: readonly string[] = []): Program {
  const child = spawn(process.execPath, [...nodeArgs, path.join(folder, file), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr?.on('data', (chunk: Buffer) => (errors += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output: () => output, errors: () => errors, ended };
}

describe('cli.js, built as it ships', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '--json prints one line with the address; %s ends it well',
    async (signal) => {
      const program = start('cli.js', ['--json']);
      await expect.poll(program.output, { timeout: 10_000 }).toMatch(/\n$/);
      const line: unknown = JSON.parse(program.output());
      expect(line).toEqual({
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        smppUrl: expect.stringMatching(/^smpp:\/\/127\.0\.0\.1:\d+$/),
      });
      const { url, smppUrl } = line as { url: string; smppUrl: string };
      const balance = await fetch(`${url}/account/1/balance`, {
        headers: { authorization: basic('practice', 'practice') },
      });
      expect(await balance.json()).toEqual({ balance: 5_000, currency: 'BDT' });
      const session = await bound(Number(new URL(smppUrl).port));
      // The bundle is strict code, in which the codec's own reading of a payload would throw.
      const accepted = await session.submit({ short_message: '', message_payload: Buffer.from('Hello') });
      expect(accepted).toMatchObject({
        command_status: 0,
        message_id: expect.stringMatching(/^[\da-f-]{36}$/),
      });
      program.child.kill(signal);
      expect(await program.ended).toBe(0);
      expect(program.errors()).toBe('');
    },
  );

  test('without --json it says where it listens, on the port that was asked for', async () => {
    const port = await freePort();
    const program = start('cli.js', ['--port', String(port)]);
    await expect.poll(program.output, { timeout: 10_000 }).toContain(`http://127.0.0.1:${port} `);
    expect(program.output()).toMatch(/ and smpp:\/\/127\.0\.0\.1:\d+ /);
  });

  test.each([
    [['--port', '70000'], '--port cannot be 70000'],
    [['--speed', 'fast'], '--speed cannot be fast'],
    [['--nonsense'], '--nonsense'],
  ])('%j → exit code 1, the reason and the usage', async (args, reason) => {
    const program = start('cli.js', args);
    expect(await program.ended).toBe(1);
    expect(program.errors()).toContain(reason);
    expect(program.errors()).toContain('Usage:');
  });

  test('a port that is taken → exit code 1 and the reason', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const program = start('cli.js', ['--port', String(port)]);
    expect(await program.ended).toBe(1);
    expect(program.errors()).toContain('EADDRINUSE');
  });
});

describe('the utility process', () => {
  const collect = (): { port: { postMessage(notice: PracticeNotice): void }; notices: PracticeNotice[] } => {
    const notices: PracticeNotice[] = [];
    return { port: { postMessage: (notice) => void notices.push(notice) }, notices };
  };

  test('ready: an address and a password that is new each time and the only one that works', async () => {
    const passwords = new Set<string>();
    for (let turn = 0; turn < 2; turn += 1) {
      const { port, notices } = collect();
      const gateway = await servePractice(port, ['--options={"balanceMicros":1500000,"delays":100}']);
      onTestFinished(() => gateway?.close());
      const [notice] = notices;
      if (notice?.type !== 'ready')
        throw new Error(`Expected a ready notice, got ${JSON.stringify(notices)}`);
      passwords.add(notice.password);
      expect(notice.password).toMatch(/^[\w-]{32}$/);
      const balance = (password: string): Promise<Response> =>
        fetch(`${notice.url}/account/1/balance`, {
          headers: { authorization: basic(notice.user, password) },
        });
      expect(await (await balance(notice.password)).json()).toEqual({ balance: 1.5, currency: 'BDT' });
      expect((await balance('practice')).status).toBe(401);
      const client = await connect(Number(new URL(notice.smppUrl).port));
      expect(await client.bind('bind_receiver', { password: notice.password })).toBe(0);
    }
    expect(passwords.size).toBe(2);
  });

  test.each([
    '--options={',
    '--options={"port":"x"}',
    '--options={"users":[]}',
    '--options={"delays":0}',
    '--options={"port":99999}',
    '--options={"faults":{"send":{"truncated":0.9,"delay":0.9}}}',
    '--options={"faults":{"send":{"nonsense":0.9}}}',
  ])('%s → failed, with a message', async (argument) => {
    const { port, notices } = collect();
    expect(await servePractice(port, [argument])).toBe(null);
    expect(notices).toEqual([{ type: 'failed', message: expect.stringMatching(/\S/) }]);
  });

  describe('entry.js, with a parent port that writes notices to standard output', () => {
    const port = 'process.parentPort = { postMessage: (notice) => console.log(JSON.stringify(notice)) };';
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(port)}`];

    test('posts ready and stays', async () => {
      const program = start('entry.js', [], nodeArgs);
      await expect.poll(program.output, { timeout: 10_000 }).toContain('"type":"ready"');
      expect(program.child.exitCode).toBe(null);
    });

    test('posts failed and ends', async () => {
      const program = start('entry.js', ['--options=nonsense'], nodeArgs);
      expect(await program.ended).toBe(1);
      expect(program.output()).toContain('"type":"failed"');
    });
  });

  test('entry.js outside a utility process says so instead of doing nothing', async () => {
    const program = start('entry.js', []);
    expect(await program.ended).not.toBe(0);
    expect(program.errors()).toContain('utility process');
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
