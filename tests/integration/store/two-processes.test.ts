import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'vite';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import { openStore } from '../../../main/engine/store/open.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { tempFolder } from './temp-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
/** Inside the project, so that the native package is found from there. */
const program = path.join(root, 'out/test/holder-process.js');
const migrations = [{ version: 10, name: 'notes', sql: 'CREATE TABLE notes (text TEXT NOT NULL) STRICT' }];

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      ssr: path.join(import.meta.dirname, 'holder-process.ts'),
      outDir: path.dirname(program),
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: path.basename(program) } },
    },
  });
}, 60_000);

it('keeps a second process out, and lets it in at once when the first was killed', async () => {
  const file = path.join(tempFolder(), 'real.sqlite');
  const attempt = () => openStore({ file, clock: systemClock, log: nullLog, migrations, lockWaitMs: 0 });
  const holder = spawn(process.execPath, [program, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  expect(attempt()).toMatchObject({ ok: false, error: { code: 'NOT_POSSIBLE_NOW' } });

  const ended = once(holder, 'exit');
  holder.kill('SIGKILL');
  await ended;
  const store = attempt();
  if (!store.ok) throw new Error(store.error.code);
  onTestFinished(() => store.value.close());
  expect(store.value.checkedAfterCrash).toBe(true);
  expect(store.value.db.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'committed' }]);
});
