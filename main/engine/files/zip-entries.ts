import { inflateRawSync } from 'node:zlib';

/** One file inside a ZIP archive as its directory declares it; sizes in bytes. */
export type ZipEntry = {
  readonly name: string;
  readonly packed: number;
  readonly size: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly offset: number;
};

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;
const ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads the directory of a ZIP archive (APPNOTE §4.3.12) without unpacking anything.
 *
 * @returns `null` when it is broken or larger than 4 GB
 */
export function zipEntries(zip: Buffer): ZipEntry[] | null {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0 || end < zip.length - END_LENGTH - LONGEST_COMMENT || end + END_LENGTH > zip.length)
    return null;
  if (zip.readUInt32LE(end) !== END) return null;
  const count = zip.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) return null;
    const nameLength = zip.readUInt16LE(at + 28);
    const entry = {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      encrypted: (zip.readUInt16LE(at + 8) & 0x2041) !== 0,
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      offset: zip.readUInt32LE(at + 42),
    };
    if (entry.packed === ZIP64 || entry.size === ZIP64 || entry.offset === ZIP64) return null;
    entries.push(entry);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Unpacks one entry. It is given up as soon as more comes out than was declared.
 *
 * @returns `null` when the entry is not what its directory says
 */
export function unpackEntry(zip: Buffer, entry: ZipEntry): Buffer | null {
  if (entry.offset + 30 > zip.length || zip.readUInt32LE(entry.offset) !== LOCAL) return null;
  const start = entry.offset + 30 + zip.readUInt16LE(entry.offset + 26) + zip.readUInt16LE(entry.offset + 28);
  if (start + entry.packed > zip.length) return null;
  const packed = zip.subarray(start, start + entry.packed);
  if (entry.method === STORED) return entry.packed === entry.size ? packed : null;
  if (entry.method !== DEFLATED) return null;
  try {
    const whole = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
    return whole.length === entry.size ? whole : null;
  } catch {
    // Damaged, or larger than declared: zlib says so by throwing.
    return null;
  }
}
