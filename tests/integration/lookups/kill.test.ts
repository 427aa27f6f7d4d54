import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { ACCOUNT, featureStore, rowsOf } from '../support/feature.ts';
import { temporaryFolder } from '../support/sending.ts';

const NUMBERS = 600;
const MESSAGES = 900;
const root = path.resolve(import.meta.dirname, '../../..');

describe('an engine killed while it looks numbers up and takes received messages', () => {
  const folder = temporaryFolder();
  // Inside the project, so that the native package is found from there.
  const program = path.join(root, 'out/test/receiving-process.js');

  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      root,
      build: {
        ssr: path.join(root, 'tests/integration/support/receiving-process.ts'),
        outDir: path.dirname(program),
        emptyOutDir: false,
        rolldownOptions: { output: { entryFileNames: path.basename(program) } },
      },
    });
  }, 60_000);
  afterAll(folder.remove);

  it('has every answer and every message in the end, each once', async () => {
    const gateway = await startPractice();
    for (let n = 0; n < MESSAGES; n++) {
      gateway.receive('practice', {
        from: `88018${String(n).padStart(8, '0')}`,
        to: '4600',
        text: `text ${n}`,
      });
    }
    const dir = path.join(folder.dir, 'store');
    mkdirSync(dir);
    const asked = () => gateway.requests().filter(({ path: at }) => /number|inbox/.test(at)).length;

    /** Runs until the process ends by itself, or has been killed when the gateway saw `more` further requests. */
    const run = (more: number) =>
      new Promise<{ out: string; errors: string }>((resolve) => {
        const before = asked();
        const child = spawn(process.execPath, [program, gateway.url, dir, String(NUMBERS)], {
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let [out, errors] = ['', ''];
        child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
        const watch = setInterval(() => {
          if (asked() - before >= more) child.kill('SIGKILL');
        }, 1);
        child.once('exit', () => {
          clearInterval(watch);
          resolve({ out, errors });
        });
      });
    for (const more of [2, 3, 5]) expect((await run(more)).errors).toBe('');
    expect(await run(Infinity)).toEqual({ out: 'done\n', errors: '' });

    const store = featureStore(dir, systemClock);
    expect(rowsOf(store.db, 'SELECT state, total, answered, failed FROM lookups')).toEqual([
      { state: 'done', total: NUMBERS, answered: NUMBERS, failed: 0 },
    ]);
    expect(rowsOf(store.db, 'SELECT COUNT(*) AS count FROM numbers')).toEqual([{ count: NUMBERS }]);
    expect(
      rowsOf(store.db, 'SELECT account_id, COUNT(*) AS count, COUNT(DISTINCT text) AS texts FROM inbox'),
    ).toEqual([{ account_id: ACCOUNT, count: MESSAGES, texts: MESSAGES }]);
    expect(rowsOf(store.db, 'SELECT id FROM journal WHERE parsed_at IS NULL')).toEqual([]);
    store.close();
    await gateway.close();
  }, 60_000);
});
