import { writeFileSync } from 'node:fs';

/** What an import of a damaged list must come to. */
export type DamagedList = {
  readonly rows: number;
  readonly good: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** Rows of the section “Evening”, all of them good. */
  readonly evening: number;
};

const BANGLA_ZERO = 0x09e6;
const inBangla = (digits: string) =>
  digits.replace(/\d/gu, (digit) => String.fromCharCode(BANGLA_ZERO + Number(digit)));

/** The national number of a row, without zero: 13 to 19 and eight digits. */
const national = (row: number) => `1${3 + (row % 7)}${String(20_000_000 + row).padStart(8, '0')}`;

/** How a spreadsheet, a phone or a clerk writes a good number. */
const WRITINGS: readonly ((row: number) => string)[] = [
  (row) => `0${national(row)}`,
  (row) => national(row),
  (row) => `+880 ${national(row).slice(0, 4)}-${national(row).slice(4)}`,
  (row) => `880${national(row)}.0`,
  (row) => `8.80${national(row)}E+12`,
  (row) => inBangla(`0${national(row)}`),
  (row) => `00880${national(row)}`,
  (row) => `\u200e0${national(row).slice(0, 4)} ${national(row).slice(4)}`,
  (row) => `'0${national(row)}`,
  (row) => `"=""0${national(row)}"""`,
  (row) => `0${national(row)} / 02-9123456`,
];

/** How numbers are destroyed for good. */
const RUINS = ['8.8017E+12', '02-9123456', '01712', '', 'নেই', '017123456789012'];

/**
 * Writes a list of people as an office keeps it: semicolons, Windows line ends, quoted addresses of two lines, Bangla names, ragged
 * rows, an empty row now and then, and every kind of damage to numbers. Of each hundred rows two are ruined and one repeats a
 * number in another writing.
 */
export function writeDamagedList(file: string, rows: number): DamagedList {
  const lines = ['\ufeffনাম;মোবাইল নম্বর;Section;ঠিকানা;Due'];
  const counts = { rows, good: 0, duplicate: 0, rejected: 0, evening: 0 };
  for (let row = 0; row < rows; row++) {
    const place = row % 100;
    const ruined = place === 20 || place === 70;
    const repeats = place === 50;
    const number = ruined
      ? (RUINS[Math.floor(row / 100) % RUINS.length] ?? '')
      : repeats
        ? inBangla(`0${national(row - 1)}`)
        : (WRITINGS[row % WRITINGS.length]?.(row) ?? '');
    if (ruined) counts.rejected++;
    else if (repeats) counts.duplicate++;
    else counts.good++;
    const isEvening = row % 1000 === 7;
    if (isEvening) counts.evening++;
    const address = row % 4 === 0 ? `"বাড়ি ${row}; রোড ৭\r\nঢাকা"` : `Road ${row % 90}`;
    const due = row % 5 === 0 ? '' : `;${(row * 37) % 9000}`;
    lines.push(`রহিমা ${row};${number};${isEvening ? 'Evening' : `Day ${1 + (row % 6)}`};${address}${due}`);
    if (row % 1000 === 999) lines.push('');
  }
  writeFileSync(file, `${lines.join('\r\n')}\r\n`);
  return counts;
}
