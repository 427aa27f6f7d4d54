/**
 * A whole number as a person types it: Latin or Bangla digits, grouping commas and spaces allowed.
 *
 * @returns null when it is something else
 */
export function wholeNumber(typed: string): number | null {
  const digits = typed
    .replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/[\s,']/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
