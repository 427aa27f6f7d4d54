import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unzip } from '../../../scripts/lib/zip.mjs';

type Entry = { name: string; content: Buffer; mode?: number; deflate?: boolean; crc?: number };

/** Writes a zip file as APPNOTE.TXT describes it: local headers with data, the directory, its end. */
function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, mode = 0o100644, deflate = true, crc = crc32(content) } of entries) {
    const packed = deflate ? deflateRawSync(content) : content;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(deflate ? 8 : 0, 4);
    fields.writeUInt32LE(crc, 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt16LE(mode, 8);
    rest.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 3]);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), made, fields, rest, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

describe('unzip', () => {
  let folder = '';
  const pack = (entries: readonly Entry[]) => {
    const file = path.join(folder, 'a.zip');
    writeFileSync(file, zip(entries));
    return file;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mim-zip-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('unpacks stored, deflated and empty files with their permissions, and leaves out what it is told to', async () => {
    const text = Buffer.from('বাংলা '.repeat(5_000));
    const file = pack([
      { name: 'top/', content: Buffer.alloc(0), mode: 0o40755, deflate: false },
      { name: 'top/run', content: text, mode: 0o100755 },
      { name: 'top/stored', content: text, deflate: false },
      { name: 'top/empty', content: Buffer.alloc(0), deflate: false },
      { name: 'top/unwanted', content: text },
    ]);
    const target = path.join(folder, 'out');
    const written = await unzip(file, target, (name) =>
      name.endsWith('unwanted') ? undefined : name.replace('top/', ''),
    );
    expect(written).toBe(3);
    expect(readFileSync(path.join(target, 'run'))).toEqual(text);
    expect(readFileSync(path.join(target, 'stored'))).toEqual(text);
    expect(statSync(path.join(target, 'empty')).size).toBe(0);
    if (process.platform !== 'win32') expect(statSync(path.join(target, 'run')).mode & 0o777).toBe(0o755);
  });

  it.each([
    ['a wrong checksum', { name: 'a', content: Buffer.from('x'), crc: 7 }, /damaged/],
    ['a path that leads outside', { name: '../a', content: Buffer.from('x') }, /outside/],
    ['a link', { name: 'a', content: Buffer.from('/etc'), mode: 0o120777 }, /link/],
  ])('refuses %s', async (_what, entry, message) => {
    await expect(unzip(pack([entry]), path.join(folder, 'out'), (name) => name)).rejects.toThrow(message);
  });

  it('refuses a file that is no zip, and one that was cut off', async () => {
    const whole = zip([{ name: 'a', content: Buffer.from('x'.repeat(100)) }]);
    for (const bytes of [Buffer.from('not a zip at all, really'), whole.subarray(0, whole.length - 30)]) {
      const file = path.join(folder, 'bad.zip');
      writeFileSync(file, bytes);
      await expect(unzip(file, path.join(folder, 'out'), (name) => name)).rejects.toThrow(/not a zip file/);
    }
  });
});
