/**
 * A number as a person types it, with a point where it is not whole: Latin or Bangla digits, grouping commas and spaces allowed.
 *
 * @returns null when it is something else
 */
export function decimalNumber(typed: string): number | null {
  const digits = typed
    .replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/[\s,'৳]/g, '');
  return /^\d{1,9}(\.\d{1,6})?$/.test(digits) ? Number(digits) : null;
}

/**
 * A time of day as a person types it (`9`, `9:30`, `21.30`, `২১:৩০`) as `HH:MM`.
 *
 * @returns null when it is something else
 */
export function wallTime(typed: string): string | null {
  const digits = typed.trim().replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6));
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(digits) ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}`;
}
