import { createReadStream, mkdtempSync, rmSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { build } from 'vite';
import { systemClock } from '../../main/engine/clock.ts';
import { createFileWorker, type FileWorker } from '../../main/engine/file-worker/client.ts';
import { createPeople } from '../../main/engine/features/contacts/service.ts';
import { createImports } from '../../main/engine/features/imports/service.ts';
import { openStore } from '../../main/engine/store/open.ts';
import { nullLog } from '../../main/logging/log.ts';
import { median, type BenchRow } from './row.ts';

const ROWS = 100_000;
const MORE_ROWS = 400_000;
const ROUNDS = 5;
const MEGABYTE = 1_048_576;
const NAMES = [
  'মোঃ রহিম উদ্দিন',
  'Karim Ahmed',
  'ফাতেমা বেগম',
  'Abdul Hai',
  'সালমা খাতুন',
  'Md. Jahangir Alam',
];

/** A number as it comes out of a spreadsheet: whole, without its zero, with code, as an exponent, with `.0`, with a dash. */
function written(index: number): string {
  const national = String(1_700_000_000 + index * 7);
  switch (index % 20) {
    case 1:
      return national;
    case 2:
      return `+880${national}`;
    case 3:
      return `8.80${national}E+12`;
    case 4:
      return `880${national}.0`;
    case 5:
      return `0${national.slice(0, 4)}-${national.slice(4)}`;
    default:
      return `0${national}`;
  }
}

/** A file of eight columns as offices keep it: Bangla names, quoted addresses, damaged numbers. */
function writeFile(file: string, rows: number): void {
  writeFileSync(file, 'Name,Mobile,Address,Class,Section,Guardian,Due,Note\r\n');
  let text = '';
  for (let at = 0; at < rows; at++) {
    const address = `"House ${at % 99}, Road ${at % 17}, ""Block ${'ABCD'.charAt(at % 4)}"", Dhaka"`;
    const guardian = NAMES[(at + 2) % NAMES.length];
    const note = at % 9 === 0 ? 'late fee' : '';
    text += `${NAMES[at % NAMES.length]} ${at},${written(at)},${address},${(at % 10) + 1},${'ABC'.charAt(at % 3)},${guardian},${at % 5_000}.00,${note}\r\n`;
    if (text.length < MEGABYTE && at < rows - 1) continue;
    appendFileSync(file, text);
    text = '';
  }
}

/** The program of the thread, bundled as the app bundles it. */
async function bundleThread(dir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: path.join(process.cwd(), 'main/engine/file-worker/entry.ts'),
      target: 'node20',
      minify: false,
      outDir: dir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: 'file-worker.mjs', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  });
  return path.join(dir, 'file-worker.mjs');
}

/** The CSV library alone, streamed from the disk. */
function libraryAlone(file: string): Promise<number> {
  let rows = 0;
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(createReadStream(file, { encoding: 'utf8', highWaterMark: MEGABYTE }), {
      chunk: ({ data }) => void (rows += data.length),
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

type Phases = {
  readonly open: number;
  readonly check: number;
  readonly commit: number;
  readonly added: number;
};

/** Opens, checks and commits a file into an empty store; ms of each, from when it is asked until it is done. */
async function importFile(dir: string, file: string, files: FileWorker): Promise<Phases> {
  const folder = mkdtempSync(path.join(dir, 'store-'));
  const opened = openStore({ file: path.join(folder, 'store.sqlite'), clock: systemClock, log: nullLog });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const people = createPeople({ store, clock: systemClock });
  const imports = createImports({
    ...people,
    ...{ store, clock: systemClock, log: nullLog, files },
    resolveFile: () => Promise.resolve({ ok: true, value: { path: file, name: 'people.csv' } }),
  });
  const start = performance.now();
  const source = { kind: 'file', handle: 'file' } as const;
  const preview = await imports.open({ purpose: 'contacts', source });
  if (!preview.ok) throw new Error(preview.error.code);
  const { id, mapping } = preview.value;
  const wasOpened = performance.now();
  await imports.check(id, mapping, { existing: 'fill', groups: [] });
  const prepared = imports.watch(id);
  if (!prepared.ok) throw new Error(prepared.error.code);
  const { state, onChange } = prepared.value;
  await new Promise<void>((resolve, reject) => {
    onChange(() => {
      if (state().phase === 'checked') resolve();
      else if (state().phase === 'failed') reject(new Error(state().error?.code));
    });
  });
  const wasChecked = performance.now();
  const { counts } = state();
  if (!counts) throw new Error('Nothing was counted');
  const written = await imports.commit(id, counts, '00000000-0000-4000-8000-000000000000');
  if (!written.ok) throw new Error(written.error.code);
  const end = performance.now();
  const added = store.db.prepare('SELECT COUNT(*) AS count FROM contacts').get() as { count: number };
  await imports.close();
  store.close();
  rmSync(folder, { recursive: true });
  return {
    open: wasOpened - start,
    check: wasChecked - wasOpened,
    commit: end - wasChecked,
    added: added.count,
  };
}

/** Runs something and gives how much memory the whole process has at its highest meanwhile, in MB, and how much of it came with it. */
async function peakMemory(work: () => Promise<unknown>): Promise<{ peak: number; growth: number }> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
  try {
    await work();
  } finally {
    clearInterval(look);
  }
  peak = Math.max(peak, process.memoryUsage.rss());
  return { peak: peak / MEGABYTE, growth: (peak - before) / MEGABYTE };
}

/**
 * Importing a CSV file of 100,000 people (read, cleaned, sorted, written) against the CSV library alone on the same file, taking
 * turns; and how much memory the process has at its highest with a file four times as big: about as much, for it is streamed.
 */
export async function run(): Promise<BenchRow[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mim-import-'));
  const files = createFileWorker({ script: await bundleThread(dir) });
  try {
    const file = path.join(dir, 'people.csv');
    writeFile(file, ROWS);
    const ours: Phases[] = [];
    const theirs: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const began = performance.now();
      await libraryAlone(file);
      const alone = performance.now() - began;
      const phases = await importFile(dir, file, files);
      // The first round warms both up.
      if (round === 0) continue;
      theirs.push(alone);
      ours.push(phases);
    }
    const part = (of: 'open' | 'check' | 'commit') => median(ours.map((phases) => phases[of]));
    const whole = median(ours.map(({ open, check, commit }) => open + check + commit));
    const peer = median(theirs);
    const size = (statSync(file).size / MEGABYTE).toFixed(1);
    const steps = (['open', 'check', 'commit'] as const).map((of) => `${of} ${part(of).toFixed(0)} ms`);
    const bigger = path.join(dir, 'more.csv');
    writeFile(bigger, MORE_ROWS);
    const some = await peakMemory(() => importFile(dir, file, files));
    const more = await peakMemory(() => importFile(dir, bigger, files));
    return [
      {
        name: 'import/papaparse',
        ...{ ours: whole, peer, peerName: 'papaparse alone', ratio: whole / peer, unit: 'ms' },
        note: `${ROWS} rows, ${size} MB, median of ${ROUNDS} rounds; ${steps.join(', ')}; ${ours[0]?.added} people added`,
      },
      {
        name: 'import/memory',
        ...{ ours: more.peak, peer: some.peak, peerName: 'a quarter of the rows' },
        ...{ ratio: more.peak / some.peak, unit: 'MB' },
        note: `whole process at its highest; ours: ${MORE_ROWS} rows, which added ${more.growth.toFixed(0)} MB; peer: ours with ${ROWS} rows, which added ${some.growth.toFixed(0)} MB`,
      },
    ];
  } finally {
    await files.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
