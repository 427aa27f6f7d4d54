// Performs the practice send in the real app and shows each step, the final table and a screenshot. Needs a display
// and either MIM_ELECTRON (Electron's executable: runs the app of this repository) or MIM_PACKAGED (the executable of
// a packaged app). `npm start` on a machine without a display and `npm run package -- --smoke` call it.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openPackaged, openUnpacked } from './lib/open-app.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { practiceSend } from './lib/practice-send.mjs';
import { table } from './lib/table.mjs';

const { MIM_ELECTRON: electron, MIM_PACKAGED: packaged } = process.env;
const picture = inRoot('out', packaged ? 'packaged.png' : 'first-light.png');
const userData = mkdtempSync(path.join(tmpdir(), 'mim-demo-'));

let step = '';
const started = performance.now();
const say = (text) => {
  step = text;
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
};

/** @type {import('./lib/open-app.mjs').OpenApp | undefined} */
let app;
try {
  say(packaged ? 'Opening the packaged app' : 'Opening the app');
  app = packaged ? await openPackaged(packaged, userData) : await openUnpacked(electron ?? '', userData);
  const { header, rows } = await practiceSend(app.page, say);
  say('Finished\n');
  console.log(`${table(header, rows)}\n`);
} catch (error) {
  process.exitCode = 1;
  console.error(`\n✗ Failed at: ${step}\n${error instanceof Error ? error.message : String(error)}`);
}
if (app) {
  mkdirSync(path.dirname(picture), { recursive: true });
  await app.page.screenshot({ path: picture, animations: 'disabled' }).then(
    () => console.log(`Screenshot: ${path.relative(root, picture)}`),
    (error) => console.error(`No screenshot: ${error.message}`),
  );
  await app.close();
}
rmSync(userData, { recursive: true, force: true });
