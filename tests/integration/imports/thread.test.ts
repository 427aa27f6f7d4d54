import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build as bundle } from 'vite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFileWorker, type FileWorkerOptions } from '../../../main/engine/file-worker/client.ts';
import type { PackedRows } from '../../../main/engine/file-worker/messages.ts';
import { valueOf } from '../contacts/people.ts';
import { tempFolder } from '../store/temp-folder.ts';

const INPUT = { kind: 'text', text: 'Name,Mobile\nA,01712345678\n' } as const;

function worker(options: FileWorkerOptions) {
  const files = createFileWorker(options);
  onTestFinished(() => files.close());
  return files;
}

/** Longer than a busy machine takes for anything that ends by itself. */
const LONG_MS = 20_000;

/** A thread that does this with the first job it gets. */
function hostile(does: string): string {
  const script = path.join(tempFolder(), 'hostile.mjs');
  writeFileSync(
    script,
    `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { ${does} });`,
  );
  return script;
}

describe('a file that takes its reader down', () => {
  it.each([
    [
      'by taking all memory',
      'const all = []; for (;;) all.push(new Array(10_000).fill(all.length));',
      'FILE_TOO_LARGE',
      LONG_MS,
    ],
    // The only one that nothing but lost patience ends.
    ['by never coming to an end', 'for (;;);', 'FILE_DAMAGED', 700],
    ['by ending it', 'process.exit(1);', 'FILE_DAMAGED', LONG_MS],
    ['by an exception', 'throw new Error("bad file");', 'FILE_DAMAGED', LONG_MS],
  ])('%s is refused, and the engine goes on', async (_, does, code, patienceMs) => {
    const files = worker({ script: hostile(does), heapMb: 32, patienceMs });
    expect(await files.head(INPUT, {})).toMatchObject({ ok: false, error: { code } });
    expect(await files.head(INPUT, {})).toMatchObject({ ok: false, error: { code } });
  });

  it('does not keep a cancelled job from ending', async () => {
    const files = worker({ script: hostile('for (;;);') });
    const stop = new AbortController();
    const plan = { mapping: { header: true, columns: [] }, keys: [], dates: [], oneNumber: false };
    const rows = files.rows({ input: INPUT, how: {}, plan }, () => undefined, stop.signal);
    stop.abort();
    expect((await rows).ok).toBe(false);
  });
});

it('reads in a thread what it reads in its own, no faster than the rows are filed', async () => {
  const dir = tempFolder();
  await bundle({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(process.cwd(), 'main/engine/file-worker/entry.ts'),
      minify: false,
      outDir: dir,
      rolldownOptions: { output: { entryFileNames: 'thread.mjs', codeSplitting: false } },
    },
  });
  const lines = Array.from({ length: 8_000 }, (_, at) => `নাম ${at},0171${String(1_000_000 + at)},x😀y`);
  const input = { kind: 'text', text: ['Name,Mobile,Note', ...lines].join('\n') } as const;
  const columns = [{ to: 'name' as const }, { to: 'number' as const }, { to: 'note' as const }];
  const plan = {
    mapping: { header: true, columns },
    ...{ keys: [null, null, null], dates: [false, false, false], oneNumber: false },
  };
  const read = async (script: string | null) => {
    const files = worker({ script });
    expect(valueOf(await files.head(input, {})).rows[0]).toEqual(['Name', 'Mobile', 'Note']);
    const got: PackedRows[] = [];
    let filing = 0;
    const outcome = await files.rows(
      { input, how: {}, plan },
      async (batch) => {
        filing++;
        await new Promise((resolve) => setImmediate(resolve));
        expect(filing).toBe(1);
        filing--;
        got.push(batch);
      },
      new AbortController().signal,
    );
    expect(outcome).toEqual({ ok: true, value: { rows: 8_000 } });
    const hash = createHash('sha256');
    for (const { json } of got) hash.update(json.rows).update(json.numbers);
    return [got.map(({ count }) => count), hash.digest('hex')];
  };
  expect(await read(path.join(dir, 'thread.mjs'))).toEqual(await read(null));
});
