import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

/**
 * @typedef {{ name: string, method: number, crc: number, packed: number, size: number, mode: number, offset: number }} ZipEntry
 */

/**
 * Reads the central directory of a plain zip file (no ZIP64, no encryption). It exists because a fresh machine
 * need not have `unzip`, and Node has no reader of its own.
 * @param {import('node:fs/promises').FileHandle} file
 * @returns {Promise<ZipEntry[]>}
 */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, 65_557));
  await file.read(tail, 0, tail.length, size - tail.length);
  let at = tail.length - 22;
  while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at -= 1;
  if (at < 0) throw new Error('not a zip file: it has no end-of-directory record');
  const directory = Buffer.alloc(tail.readUInt32LE(at + 12));
  await file.read(directory, 0, directory.length, tail.readUInt32LE(at + 16));

  const entries = [];
  for (let p = 0; p < directory.length;) {
    if (directory.readUInt32LE(p) !== DIRECTORY_ENTRY) throw new Error('the zip directory is damaged');
    const nameLength = directory.readUInt16LE(p + 28);
    entries.push({
      name: directory.toString('utf8', p + 46, p + 46 + nameLength),
      method: directory.readUInt16LE(p + 10),
      crc: directory.readUInt32LE(p + 16),
      packed: directory.readUInt32LE(p + 20),
      size: directory.readUInt32LE(p + 24),
      mode: directory.readUInt16LE(p + 40),
      offset: directory.readUInt32LE(p + 42),
    });
    p += 46 + nameLength + directory.readUInt16LE(p + 30) + directory.readUInt16LE(p + 32);
  }
  return entries;
}

/**
 * Passes data through and fails at the end unless it has the length and checksum the directory promised.
 * @param {ZipEntry} entry
 */
function verifying(entry) {
  let size = 0;
  let sum = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      size += chunk.length;
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush(done) {
      const wrong = size !== entry.size || sum !== entry.crc;
      done(wrong ? new Error(`“${entry.name}” in the zip file is damaged`) : null);
    },
  });
}

/**
 * Unpacks a zip file with its permissions.
 * @param {string} zipFile
 * @param {string} target folder; made when missing
 * @param {(name: string) => string | undefined} place gives an entry's path below `target`, undefined to leave it out
 * @returns {Promise<number>} how many files were written
 * @throws when the file is damaged, or when an entry would land outside `target`
 */
export async function unzip(zipFile, target, place) {
  const file = await open(zipFile, 'r');
  try {
    let written = 0;
    for (const entry of await readDirectory(file)) {
      const relative = place(entry.name);
      if (relative === undefined || entry.name.endsWith('/')) continue;
      const output = path.resolve(target, relative);
      if (!output.startsWith(path.resolve(target) + path.sep))
        throw new Error(`“${entry.name}” points outside`);
      if ((entry.mode & FILE_TYPE) === SYMLINK) throw new Error(`“${entry.name}” is a link: not supported`);
      if (entry.method !== STORED && entry.method !== DEFLATED)
        throw new Error(`“${entry.name}”: unknown packing`);

      const header = Buffer.alloc(30);
      await file.read(header, 0, 30, entry.offset);
      if (header.readUInt32LE(0) !== LOCAL_HEADER)
        throw new Error(`“${entry.name}” in the zip file is damaged`);
      const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      await mkdir(path.dirname(output), { recursive: true });
      const packed = entry.packed
        ? createReadStream(zipFile, { start, end: start + entry.packed - 1 })
        : Readable.from([]);
      const unpack = entry.method === DEFLATED ? [createInflateRaw()] : [];
      await pipeline([packed, ...unpack, verifying(entry), createWriteStream(output)]);
      if (entry.mode & 0o777) await chmod(output, entry.mode & 0o777);
      written += 1;
    }
    return written;
  } finally {
    await file.close();
  }
}
