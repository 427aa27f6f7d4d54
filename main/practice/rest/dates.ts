const MINUTE_MS = 60_000;

/**
 * Writes a time (ms since 1970) the way answers do: `2015-02-12T09:51:43.123+0100`, at an offset in minutes,
 * without a colon in the offset.
 */
export function writeDate(time: number, offsetMinutes: number): string {
  const local = new Date(time + offsetMinutes * MINUTE_MS).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)(Z|[+-]\d\d:?\d\d)$/;

/** Reads a date of a request, its offset with or without colon, or `Z`; `null` when it is not one. */
export function readDate(text: string): number | null {
  const [, local, offset] = DATE.exec(text) ?? [];
  if (local === undefined || offset === undefined) return null;
  const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const time = Date.parse(`${local}${zone}`);
  return Number.isNaN(time) ? null : time;
}
