import type { CellObject } from '@e965/xlsx';

/** Integers below have every digit in a spreadsheet, which keeps 15 of them. */
const EXACT = 1e15;
const MOST_PRECISE = 15;
const DAY = 86_400_000;
/** Serial number 0 of a spreadsheet: 30 December 1899, or 1 January 1904 in workbooks of old Macintosh programs. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** Serial numbers before 1 March 1900 are one short: spreadsheets believe in 29 February 1900. */
const FALSE_LEAP_DAY = 61;
const LAST_SERIAL = 2_958_465;

/**
 * The text of a cell: as typed where it is text; numbers whole, never rounded to what the column shows; dates as `2026-11-22`, with
 * ` 14:30` where they have a time. A formula is its stored result and never worked out; errors (`#REF!`) are empty. An integer whose
 * digits the spreadsheet has lost keeps its exponent, so that the damage is seen.
 */
export function cellText(cell: CellObject, from1904: boolean): string {
  switch (cell.t) {
    case 's':
      return typeof cell.v === 'string' ? cell.v : '';
    case 'b':
      return cell.v === true ? 'TRUE' : 'FALSE';
    case 'n':
      return typeof cell.v === 'number' ? numberText(cell.v, String(cell.z ?? 'General'), from1904) : '';
    case 'd':
      return cell.v instanceof Date ? dateText(cell.v.getTime()) : '';
    default:
      return '';
  }
}

function numberText(value: number, format: string, from1904: boolean): string {
  if (isDateFormat(format) && value >= 0 && value <= LAST_SERIAL) return serialText(value, from1904);
  if (!Number.isFinite(value)) return '';
  if (Number.isInteger(value)) {
    if (Math.abs(value) >= EXACT) return value.toExponential().toUpperCase();
    // 00000000000 is how people keep the zero in front of a number.
    return /^0{2,20}$/.test(format) ? String(value).padStart(format.length, '0') : String(value);
  }
  return String(Number(value.toPrecision(MOST_PRECISE)));
}

/** Letters of a date outside quotes, escapes and brackets. */
function isDateFormat(format: string): boolean {
  if (format === 'General' || format === '@') return false;
  const bare = format.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general|e[+-]/gi, '');
  return /[dmyhs]/i.test(bare);
}

function serialText(serial: number, from1904: boolean): string {
  if (serial < 1 && !from1904) return clock(Math.round(serial * DAY));
  const days = from1904 || serial >= FALSE_LEAP_DAY ? serial : serial + 1;
  return dateText((from1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(days * DAY));
}

function dateText(time: number): string {
  const date = Math.floor(time / DAY) * DAY;
  const day = new Date(date).toISOString().slice(0, 10);
  const rest = clock(time - date);
  return rest === '00:00' ? day : `${day} ${rest}`;
}

/** Hours and minutes, and seconds where there are any. */
function clock(milliseconds: number): string {
  const text = new Date(Math.round(milliseconds / 1_000) * 1_000).toISOString().slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}
