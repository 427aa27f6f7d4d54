// Performs the practice send in the real app and shows each step, the final table and a screenshot.
// Needs a display and MIM_ELECTRON, the Electron executable; `npm start` on a machine without a display gives both.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { _electron } from 'playwright';

import { asRoot } from './lib/electron-arguments.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { practiceSend } from './lib/practice-send.mjs';
import { fail, verbose } from './lib/run.mjs';
import { table } from './lib/table.mjs';

const executablePath = process.env.MIM_ELECTRON;
if (!executablePath) fail('MIM_ELECTRON is not set; this script is started by `npm start`');
const picture = inRoot('out', 'first-light.png');
const userData = mkdtempSync(path.join(tmpdir(), 'mim-demo-'));

let step = 'Opening the app';
const started = performance.now();
const say = (text) => {
  step = text;
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
};

say(step);
const app = await _electron.launch({
  executablePath,
  args: [`--user-data-dir=${userData}`, root],
  chromiumSandbox: !asRoot,
});
let page;
try {
  if (verbose) for (const stream of ['stdout', 'stderr']) app.process()[stream]?.pipe(process[stream]);
  page = await app.firstWindow();
  const { header, rows } = await practiceSend(page, say);
  say('Finished\n');
  console.log(`${table(header, rows)}\n`);
} catch (error) {
  process.exitCode = 1;
  console.error(`\n✗ Failed at: ${step}\n${error instanceof Error ? error.message : String(error)}`);
} finally {
  mkdirSync(path.dirname(picture), { recursive: true });
  await page?.screenshot({ path: picture }).then(
    () => console.log(`Screenshot: ${path.relative(root, picture)}`),
    (error) => console.error(`No screenshot: ${error.message}`),
  );
  await app.close();
  rmSync(userData, { recursive: true, force: true });
}
