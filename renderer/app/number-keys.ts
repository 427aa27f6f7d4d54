import type { Route } from '../lib/routes.ts';
import { RAIL_ITEMS } from './rail-items.ts';

/** Whether a key press belongs to something that takes text or choices by key. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input, textarea, select, [contenteditable], [role="combobox"], [role="listbox"], dialog, [role="dialog"]',
    ) !== null
  );
}

/** The place a number key leads to; `null` when the press is something else or belongs to a field or a dialog. */
export function routeOfKey(event: KeyboardEvent): Route | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return null;
  // A Bangla keyboard layout types ২ where the key shows 2.
  const digit = event.code.replace(/^(Digit|Numpad)/, '');
  return RAIL_ITEMS.find((one) => one.key === event.key || one.key === digit)?.route ?? null;
}
