import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInBundle, listBundle, type Bundle } from '../../../main/shell/bundle-files.ts';

let root: string;
let bundle: Bundle;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'mim-bundle-'));
  mkdirSync(path.join(root, 'renderer/assets'), { recursive: true });
  for (const name of [
    'index.html',
    'assets/page-1a2b.js',
    'assets/bangla.woff2',
    'assets/a b.css',
    'assets/page.js.map',
  ]) {
    writeFileSync(path.join(root, 'renderer', name), 'x');
  }
  writeFileSync(path.join(root, 'secret.js'), 'x');
  bundle = listBundle(path.join(root, 'renderer'));
});
afterAll(() => rmSync(root, { recursive: true }));

describe('what the page may load', () => {
  it.each([
    ['app://bundle/index.html', 'text/html; charset=utf-8'],
    ['app://bundle/', 'text/html; charset=utf-8'],
    ['app://bundle/index.html#/compose', 'text/html; charset=utf-8'],
    ['app://bundle/assets/page-1a2b.js', 'text/javascript; charset=utf-8'],
    ['app://bundle/assets/bangla.woff2', 'font/woff2'],
    ['app://bundle/assets/a%20b.css', 'text/css; charset=utf-8'],
  ])('serves %s', (address, contentType) => {
    expect(findInBundle(bundle, address)?.contentType).toBe(contentType);
  });

  it.each([
    'app://bundle/../secret.js',
    'app://bundle/assets/../../secret.js',
    'app://bundle/%2e%2e/secret.js',
    'app://bundle/..%2fsecret.js',
    'app://bundle/..%5csecret.js',
    'app://bundle/assets%2fpage-1a2b.js',
    'app://bundle//index.html',
    'app://bundle/C:/Windows/win.ini',
    'app://bundle/index.html%00.js',
    'app://bundle/assets/page.js.map',
    'app://bundle/assets',
    'app://other/index.html',
    'app://bundle:80/index.html',
    'app://user@bundle/index.html',
    'file:///etc/passwd',
    'https://bundle/index.html',
    'bundle/index.html',
    'app://bundle/__proto__',
    'app://bundle/constructor',
  ])('refuses %s', (address) => {
    expect(findInBundle(bundle, address)).toBeUndefined();
  });
});
