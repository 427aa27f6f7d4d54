import { err, ok, type Result } from '#shared/result.ts';

/** Deepest nesting that is read; answers of the API nest four levels. */
const MAX_DEPTH = 64;
/** Most values (and commas) that are read: a page of 1,000 reports holds about 40,000. */
const MAX_VALUES = 1_000_000;
/** Integers with this many digits may not fit a double (2^53 has 16 digits) and are read as strings. */
const LONG_DIGITS = 16;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
/** Whether a character can stand in a number: a digit, a sign, a point or an exponent. */
const isNumberPart = (code: number): boolean =>
  isDigit(code) || code === 0x2b || code === MINUS || code === 0x2e || code === 0x45 || code === 0x65;

/**
 * Reads JSON from a server that is not trusted, in bounded time and memory. Integers of 16 digits and more come as
 * strings, exactly as written: message ids are 19-digit numbers on some accounts (facts of the platform, "Single") and
 * would be rounded as doubles. Own keys named `__proto__` stay plain data.
 *
 * The native parser does the reading, after one pass that bounds it and quotes long integers: a parser that keeps every
 * number exact is about nine times slower and fails on repeated keys and deep nesting.
 */
export function readJson(body: string): Result<unknown, string> {
  const safe = inspect(body);
  if (!safe.ok) return safe;
  try {
    return ok(JSON.parse(safe.value));
  } catch {
    return err('not JSON');
  }
}

function inspect(body: string): Result<string, string> {
  let depth = 0;
  let values = 0;
  let copied = 0;
  let quoted = '';
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(body, at);
    } else if (isOpening(code)) {
      depth += 1;
      values += 1;
      if (depth > MAX_DEPTH) return err('nested too deeply');
    } else if (isClosing(code)) {
      depth -= 1;
    } else if (code === COMMA) {
      values += 1;
    } else if (isDigit(code) || code === MINUS) {
      const end = endOfNumber(body, at);
      if (end - at >= LONG_DIGITS && isInteger(body, at, end)) {
        quoted += `${body.slice(copied, at)}"${body.slice(at, end)}"`;
        copied = end;
      }
      at = end - 1;
    }
    if (values > MAX_VALUES) return err('too many values');
  }
  return ok(copied === 0 ? body : quoted + body.slice(copied));
}

/** Index of the closing quote of the string that opens at `start`, or the end of the body. */
function endOfString(body: string, start: number): number {
  for (let at = start + 1; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at += 1;
  }
  return body.length;
}

function endOfNumber(body: string, start: number): number {
  let at = start + 1;
  while (at < body.length && isNumberPart(body.charCodeAt(at))) at += 1;
  return at;
}

function isInteger(body: string, start: number, end: number): boolean {
  const from = body.charCodeAt(start) === MINUS ? start + 1 : start;
  for (let at = from; at < end; at++) if (!isDigit(body.charCodeAt(at))) return false;
  return end - from >= LONG_DIGITS;
}
