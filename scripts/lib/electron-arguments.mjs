import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** True as root, where Chromium refuses to start its sandbox. Never true on a person's own desktop. */
export const asRoot = process.getuid?.() === 0;

/** The switches every start of Electron from a script needs: none, except as root. */
export const sandboxArguments = asRoot ? ['--no-sandbox'] : [];

/** @param {string} name a kernel setting below /proc/sys */
function kernelSetting(name) {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return undefined; // this kernel does not have the setting, so it does not forbid anything either
  }
}

/**
 * Some Linux systems forbid the kind of sandbox Chromium uses unless its helper belongs to root. Electron then
 * ends with a message few people can act on, so it is said here first.
 * @param {string} electronFolder
 * @returns {string | undefined} what to do, where something must be done
 */
export function sandboxAdvice(electronFolder) {
  if (process.platform !== 'linux' || asRoot) return undefined;
  const forbidden =
    kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    kernelSetting('kernel/unprivileged_userns_clone') === '0';
  if (!forbidden) return undefined;
  const helper = path.join(electronFolder, 'chrome-sandbox');
  const { uid, mode } = statSync(helper);
  if (uid === 0 && mode & 0o4000) return undefined;
  return `This system lets Chromium's sandbox start only with a helper that belongs to root. Please run once:

  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
}
