// Runs one bundled benchmark in this process and prints its rows. Usage: bench-inside.mjs <bundle> [--json]
import { pathToFileURL } from 'node:url';

import { fail } from './run.mjs';
import { table } from './table.mjs';

/** @typedef {{ name: string, ours: number, peer: number, peerName: string, ratio: number, unit: string, note: string }} BenchRow */

/** @param {number} value */
const figure = (value) => value.toLocaleString('en', { maximumSignificantDigits: 4 });

try {
  const [file = '', ...flags] = process.argv.slice(2);
  const { run } = await import(pathToFileURL(file).href);
  /** @type {BenchRow[]} */
  const rows = await run();
  if (flags.includes('--json')) {
    for (const row of rows) console.log(JSON.stringify(row));
  } else {
    const cells = rows.map(({ name, ours, peer, peerName, ratio, unit, note }) => [
      name,
      `${figure(ours)} ${unit}`,
      `${figure(peer)} ${unit}`,
      `${figure(ratio)} ×`,
      peerName,
      note,
    ]);
    console.log(`${table(['benchmark', 'ours', 'peer', 'ratio', 'peer or floor', 'note'], cells)}\n`);
  }
} catch (error) {
  fail(error);
}
