const PATTERN = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d)(\d\d)([R+-])$/;
const QUARTER_MS = 15 * 60_000;

/**
 * Reads the time format of SMPP 3.4 §7.1.1, `YYMMDDhhmmsstnnp`: relative (`R`) to `now`, or absolute with tenths of a
 * second and the quarter hours the local time is ahead of (`+`) or behind (`-`) UTC. Gives ms since 1970, `null` for an
 * empty field, `'wrong'` for anything else.
 */
export function readTime(field: string, now: number): number | null | 'wrong' {
  if (field === '') return null;
  const [, ...groups] = PATTERN.exec(field) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, tenth = 0, quarters = 0] = groups
    .slice(0, 8)
    .map(Number);
  const kind = groups[8];
  if (kind === undefined) return 'wrong';
  if (kind === 'R') {
    if (tenth !== 0 || quarters !== 0) return 'wrong';
    const from = new Date(now);
    return Date.UTC(
      from.getUTCFullYear() + year,
      from.getUTCMonth() + month,
      from.getUTCDate() + day,
      from.getUTCHours() + hour,
      from.getUTCMinutes() + minute,
      from.getUTCSeconds() + second,
      from.getUTCMilliseconds(),
    );
  }
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return 'wrong';
  if (quarters > 48) return 'wrong';
  const local = Date.UTC(2_000 + year, month - 1, day, hour, minute, second, tenth * 100);
  if (new Date(local).getUTCDate() !== day) return 'wrong';
  return local + (kind === '+' ? -quarters : quarters) * QUARTER_MS;
}

/** A date of a receipt, `YYMMDDhhmm` (SMPP 3.4 appendix B), `offsetMinutes` east of Greenwich. */
export function receiptDate(at: number, offsetMinutes: number): string {
  return new Date(at + offsetMinutes * 60_000).toISOString().replace(/\D/g, '').slice(2, 12);
}
