import { foldForSearch } from '#shared/search-fold.ts';

/** A piece of SQL that is true or false for a row `c` of contacts, and the values that belong to it in order. */
export type SqlCondition = { readonly sql: string; readonly values: readonly (string | number)[] };

/** A word of a search: in the name as it is, in numbers as `digits` where it is made of such. */
export type SearchWord = { readonly text: string; readonly digits: string };

/** True for every row. */
export const EVERYBODY: SqlCondition = { sql: '1', values: [] };

/** True where all of the conditions are. */
export function allOf(conditions: readonly SqlCondition[]): SqlCondition {
  if (conditions.length === 0) return EVERYBODY;
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

/** The words of a search. One made of digits and marks is looked for in numbers too, without the zero of local writing. */
export function searchWords(search: string): SearchWord[] {
  // Control characters separate words; SQLite would take a text to end at some of them.
  const folded = foldForSearch(search.replace(/[\p{Cc}\p{Cs}]/gu, ' ')).trim();
  if (folded === '') return [];
  return folded.split(/\s+/u).map((text) => ({
    text,
    digits: /^[\d+()-]+$/u.test(text) ? text.replace(/\D/gu, '').replace(/^0+(?=\d)/u, '') : '',
  }));
}

const BANGLA_ZERO = 0x09e6;
/** Letters that composing takes apart although keyboards write them as one. */
const TAKEN_APART: readonly (readonly [string, string])[] = [
  ['\u09a1\u09bc', '\u09dc'],
  ['\u09a2\u09bc', '\u09dd'],
  ['\u09af\u09bc', '\u09df'],
];

/**
 * The ways in which a folded word may stand in a value, which is stored as it was typed: letters with a dot in one or two pieces,
 * digits Latin or Bangla. (Names are stored folded too, so they need none of this.)
 */
function writings(word: string): string[] {
  const whole = TAKEN_APART.reduce((text, [apart, one]) => text.replaceAll(apart, one), word);
  const bangla = (text: string) =>
    text.replace(/\d/gu, (digit) => String.fromCharCode(BANGLA_ZERO + Number(digit)));
  return [...new Set([word, whole, bangla(word), bangla(whole)])];
}

const like = (text: string) => `%${text.replace(/[\\%_]/gu, '\\$&')}%`;
const LIKE = "LIKE ? ESCAPE '\\'";

/**
 * Every word of a search stands in the name, in a value of the user's fields or, digits, in any number. Texts of fields are first
 * looked through as they are stored, as JSON, and only where that finds something value by value.
 */
export function searchCondition(search: string | undefined): SqlCondition {
  return allOf(searchWords(search ?? '').map(wordCondition));
}

function wordCondition({ text, digits }: SearchWord): SqlCondition {
  const ways = writings(text);
  const anyWay = (what: string) => `(${ways.map(() => `${what} ${LIKE}`).join(' OR ')})`;
  const inValue = `(${anyWay('c.fields')} AND EXISTS (SELECT 1 FROM json_each(c.fields) f WHERE ${anyWay('f.value')}))`;
  const values = [
    text,
    ...ways.map((way) => like(JSON.stringify(way).slice(1, -1))),
    ...ways.map(like),
    ...(digits === '' ? [] : [digits, digits]),
  ];
  const inNumber =
    digits === ''
      ? ''
      : ` OR instr(c.msisdn, ?) > 0
         OR c.id IN (SELECT o.contact_id FROM contact_numbers o WHERE instr(o.msisdn, ?) > 0)`;
  return { sql: `instr(c.name_folded, ?) > 0 OR ${inValue}${inNumber}`, values };
}
