const TIME = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i;

/** A time of day as a person types it (24 hours or am/pm, either script's digits), as `HH:MM`; `null` when it is none. */
export function wallTime(typed: string): string | null {
  const text = typed.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6)).trim();
  const [, hours, minutes = '00', half] = TIME.exec(text) ?? [];
  if (hours === undefined) return null;
  const number = Number(hours);
  if (half !== undefined && (number < 1 || number > 12)) return null;
  const hour = half === undefined ? number : (number % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return hour < 24 && Number(minutes) < 60 ? `${String(hour).padStart(2, '0')}:${minutes}` : null;
}
