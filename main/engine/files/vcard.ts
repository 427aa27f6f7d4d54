import type { FileRow } from './types.ts';
import type { TextPiece } from './text-pieces.ts';
import type { Rows } from './text-rows.ts';
import { properties, type Property } from './vcard-lines.ts';

/** The heading row that cards are presented under. */
const HEADINGS = [
  'Name',
  'Mobile',
  'Email',
  'Organisation',
  'Title',
  'Address',
  'Birthday',
  'Groups',
  'Note',
] as const;

/** A card while it is read; phones with their rank, lower first. */
type Card = {
  formatted: string;
  structured: string;
  nickname: string;
  phones: { rank: number; number: string }[];
  emails: string[];
  organisation: string;
  title: string;
  addresses: string[];
  birthday: string;
  groups: string[];
  notes: string[];
};

const emptyCard = (): Card => ({
  formatted: '',
  structured: '',
  nickname: '',
  phones: [],
  emails: [],
  organisation: '',
  title: '',
  addresses: [],
  birthday: '',
  groups: [],
  notes: [],
});

/**
 * The cards of a vCard file (2.1, 3.0 and 4.0, also mixed) as a table: a heading row, then a row for each card, so that it is mapped
 * as every other file is. All numbers of a card stand in one cell, the preferred mobile first. A card that is not closed ends
 * where the next one begins. Written by hand, because no published reader takes all three versions.
 */
export async function* rowsOfCards(
  pieces: AsyncIterable<TextPiece> | Iterable<TextPiece>,
): AsyncGenerator<Rows> {
  let row = 1;
  let card: Card | null = null;
  /** An agent is a card inside a card (vCard 2.1); it is another person's and left out. */
  let agent: 'none' | 'next' | 'inside' = 'none';
  const finish = (rows: FileRow[]): void => {
    if (!card) return;
    row++;
    const cells = cellsOf(card);
    if (cells.length > 0) rows.push({ row, cells });
    card = null;
  };
  let headed = false;
  for await (const { found, fraction } of properties(pieces)) {
    const rows: FileRow[] = headed ? [] : [{ row: 1, cells: [...HEADINGS] }];
    headed = true;
    for (const property of found) {
      const { name, value } = property;
      const isCard = value.trim().toUpperCase() === 'VCARD';
      if (name === 'BEGIN' && isCard && agent === 'next') agent = 'inside';
      else if (name === 'BEGIN' && isCard) {
        finish(rows);
        card = emptyCard();
      } else if (name === 'END' && isCard && agent === 'inside') agent = 'none';
      else if (name === 'END' && isCard) finish(rows);
      else if (card && agent !== 'inside') {
        agent = name === 'AGENT' && value.trim() === '' ? 'next' : 'none';
        addTo(card, property);
      }
    }
    yield { rows, fraction };
  }
  const rows: FileRow[] = [];
  finish(rows);
  if (rows.length > 0) yield { rows, fraction: 1 };
}

function addTo(card: Card, { name, params, value }: Property): void {
  const text = plain(value).trim();
  if (text === '') return;
  switch (name) {
    case 'FN':
      card.formatted ||= text;
      break;
    case 'N':
      card.structured ||= nameOf(value);
      break;
    case 'NICKNAME':
      card.nickname ||= text;
      break;
    case 'TEL':
      card.phones.push({ rank: rankOf(params), number: text.replace(/^tel:/i, '').replace(/;.*$/, '') });
      break;
    case 'EMAIL':
      card.emails.push(text.replace(/^mailto:/i, ''));
      break;
    case 'ORG':
      card.organisation ||= parts(value, ';').join(', ');
      break;
    case 'TITLE':
      card.title ||= text;
      break;
    case 'ADR':
      card.addresses.push(parts(value, ';').join(', '));
      break;
    case 'BDAY':
      card.birthday ||= text.replace(/T.*$/, '').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
      break;
    case 'CATEGORIES':
      card.groups.push(...parts(value, ','));
      break;
    case 'NOTE':
      card.notes.push(text);
      break;
  }
}

function cellsOf(card: Card): string[] {
  const phones = [...card.phones].sort((one, other) => one.rank - other.rank).map((one) => one.number);
  const cells = [
    card.formatted || card.structured || card.nickname || card.organisation,
    phones.join('; '),
    card.emails.join('; '),
    card.organisation,
    card.title,
    card.addresses.join('; '),
    card.birthday,
    card.groups.join('; '),
    card.notes.join('\n'),
  ];
  while (cells.at(-1) === '') cells.pop();
  return cells;
}

/** Family, given, additional, prefix, suffix (RFC 6350 §6.2.2) in the order they are said. */
function nameOf(value: string): string {
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = divided(value, ';');
  return [prefix, given, additional, family, suffix].filter((one) => one !== '').join(' ');
}

/** Mobile and preferred 0, mobile 1, preferred 2, others 3, fax and pager last. */
function rankOf(params: readonly string[]): number {
  const types = params.flatMap((one) =>
    one
      .replace(/^TYPE=/, '')
      .replaceAll('"', '')
      .split(','),
  );
  const preferred = types.some((one) => one === 'PREF' || one === 'PREF=1');
  if (types.some((one) => /^(?:CELL|MOBILE|IPHONE)$/.test(one))) return preferred ? 0 : 1;
  if (types.some((one) => /^(?:FAX|PAGER)$/.test(one))) return 4;
  return preferred ? 2 : 3;
}

/** Pieces between separators that are not escaped, each unescaped and trimmed. */
function divided(value: string, separator: ';' | ','): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at <= value.length; at++) {
    const one = value.charAt(at);
    if (one === '\\') at++;
    else if (one === separator || at === value.length) {
      pieces.push(plain(value.slice(from, at)).trim());
      from = at + 1;
    }
  }
  if (from < value.length) pieces.push(plain(value.slice(from)).trim());
  return pieces;
}

const parts = (value: string, separator: ';' | ','): string[] =>
  divided(value, separator).filter((one) => one !== '');

/** Takes escapes away (RFC 6350 §3.4). */
function plain(value: string): string {
  return value.replace(/\\([nN,;:\\])/g, (_, one: string) => (one === 'n' || one === 'N' ? '\n' : one));
}
