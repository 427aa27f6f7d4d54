/** What a spreadsheet takes for a formula, behind any apostrophes and blanks: = + - @ in plain and full width, tab, line end. */
const FORMULA = /^'*[ \u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const GUARDED = /^'+[ \u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/**
 * Behind these a spreadsheet with other list separators, to which quotes in the middle of a line are nothing, begins a new cell; see
 * {@link FORMULA}. No separator stands in what is skipped, so that a cell is gone through once.
 */
const INNER_FORMULA = /([;,\t\n])(?=['" \u00a0\v\f]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const INNER_GUARDED = /([;,\t\n])'(?=['" \u00a0\v\f]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const SEPARATOR = /[;,\t\n]/;

/** Digits of E.164 without plus, one number or several. */
const NUMBERS = /^\d{7,15}(?:[\s,;]+\d{7,15})*$/;

/**
 * A cell of a text file that no spreadsheet runs as a formula, wherever it divides the line: an apostrophe is put in front of what
 * begins like one, at the start and behind separators. Line ends become `\n`. {@link unguarded} takes exactly these apostrophes away
 * again.
 */
export function guarded(cell: string): string {
  const text = cell.includes('\r') ? cell.replace(/\r\n?/g, '\n') : cell;
  const inner = SEPARATOR.test(text) ? text.replace(INNER_FORMULA, "$1'") : text;
  return FORMULA.test(inner) ? `'${inner}` : inner;
}

/** Undoes {@link guarded}. */
export function unguarded(cell: string): string {
  if (!cell.includes("'")) return cell;
  const inner = cell.charCodeAt(0) === 0x27 && GUARDED.test(cell) ? cell.slice(1) : cell;
  return SEPARATOR.test(inner) ? inner.replace(INNER_GUARDED, '$1') : inner;
}

/**
 * Numbers as every spreadsheet keeps them when it opens a text file: `01712-345678`, `00971501-234567`. Quoted digits, and digits
 * with a plus, are made a number (8.80171E+12); an apostrophe stays visible; `="0171"` is a formula, which some programs show as it
 * stands. A dash before the last six digits is no number, no date and no formula in any of them, the zero stays, and people can dial
 * it. Anything but digits of numbers is a usual cell.
 */
export function numberCell(cell: string): string {
  if (!NUMBERS.test(cell)) return guarded(cell);
  return cell
    .split(/[\s,;]+/)
    .map(dashed)
    .join('; ');
}

function dashed(msisdn: string): string {
  const dialled = /^8801\d{9}$/.test(msisdn) ? msisdn.slice(2) : `00${msisdn}`;
  return `${dialled.slice(0, -6)}-${dialled.slice(-6)}`;
}
