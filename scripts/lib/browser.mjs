import { existsSync } from 'node:fs';
import path from 'node:path';

import { findProgram } from './run.mjs';

/** Where Chrome and its kin live on the systems that do not put programs into PATH. */
function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return [];
  const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
  return folders
    .filter(Boolean)
    .flatMap((folder) => programs.map((program) => path.join(folder ?? '', program)));
}

/**
 * Finds a Chromium on this machine for the component tests: `CHROMIUM_PATH` where it is set, else the system's.
 * @returns {string | undefined} absolute path
 */
export function findBrowser() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  // Ubuntu's `chromium-browser` is only a door to a snap, so Chrome goes before it.
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge'];
  return findProgram(...names) ?? usualPlaces().find((file) => existsSync(file));
}
