import type { AppError } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { replaceFile } from './replace-file.ts';
import { eachRow, type TableToWrite } from './write-table.ts';

/** Octets of a line without its end (RFC 2426 §2.6). */
const LINE = 75;

/** A person for an address book; numbers are E.164 digits without plus. */
export type CardToWrite = {
  readonly name: string;
  readonly numbers: readonly string[];
  readonly note: string;
  readonly groups: readonly string[];
  /** Heading and value of what an address book has no place for; they follow the note. */
  readonly more: readonly { readonly name: string; readonly value: string }[];
};

/** People to be written as vCards. */
export type CardsToWrite = Pick<TableToWrite, 'path' | 'onProgress' | 'signal'> & {
  readonly cards: Iterable<CardToWrite> | AsyncIterable<CardToWrite>;
};

/**
 * Writes people as vCard 3.0 (RFC 2426), which every phone takes: UTF-8, CRLF, folded between characters.
 *
 * @throws the reason of `signal` once it is aborted
 */
export async function writeVcf(cards: CardsToWrite): Promise<Result<{ rows: number }, AppError>> {
  let rows = 0;
  const written = await replaceFile(cards.path, async (write) => {
    rows = await eachRow({ ...cards, rows: cards.cards }, cardText, write);
  });
  return written.ok ? ok({ rows }) : written;
}

function cardText({ name, numbers, note, groups, more }: CardToWrite): string {
  const shown = name === '' ? (numbers[0] === undefined ? '' : `+${numbers[0]}`) : name;
  const notes = [note, ...more.filter((one) => one.value !== '').map((one) => `${one.name}: ${one.value}`)];
  const wholeNote = notes.filter((one) => one !== '').join('\n');
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${escaped(shown)}`,
    `N:;${escaped(shown)};;;`,
    ...numbers.map((one, at) => `TEL;TYPE=CELL${at === 0 && numbers.length > 1 ? ',PREF' : ''}:+${one}`),
    ...(groups.length > 0 ? [`CATEGORIES:${groups.map(escaped).join(',')}`] : []),
    ...(wholeNote === '' ? [] : [`NOTE:${escaped(wholeNote)}`]),
    'END:VCARD',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const escaped = (text: string): string =>
  text
    .replace(/[\\,;]/g, (one) => `\\${one}`)
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

/** Divides a line between characters, never inside one. */
function folded(line: string): string {
  if (line.length <= LINE / 3 || Buffer.byteLength(line) <= LINE) return line;
  let out = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return out;
}
