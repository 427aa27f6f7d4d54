// The stand-in for the `default_app.asar` that the registry-carried Electron lacks: it lets `electron <folder>`
// run an unpacked app just as the official binary does. It runs inside Electron, never under plain Node.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { app } from 'electron';

const require = createRequire(import.meta.url);
const args = process.argv.slice(1);
let target;
for (let at = 0; at < args.length && target === undefined; at += 1) {
  const arg = args[at];
  if (arg === '-r' || arg === '--require') require(path.resolve(args[(at += 1)]));
  else if (!arg.startsWith('-')) target = path.resolve(arg);
}

if (target === undefined) {
  process.stderr.write('usage: electron [options] <folder or file of the app>\n');
  process.exit(2);
}

let entry = target;
if (statSync(target).isDirectory()) {
  const manifest = JSON.parse(readFileSync(path.join(target, 'package.json'), 'utf8'));
  const name = manifest.productName ?? manifest.name;
  if (name) app.setName(name);
  if (manifest.version) app.setVersion(manifest.version);
  app.setAppPath(target);
  const chosen = app.commandLine.getSwitchValue('user-data-dir');
  app.setPath('userData', chosen ? path.resolve(chosen) : path.join(app.getPath('appData'), app.getName()));
  entry = path.join(target, manifest.main ?? 'index.js');
}

// Awaited, because Electron waits for this module: an app that registers a scheme must do so before “ready”.
await import(pathToFileURL(entry).href);
