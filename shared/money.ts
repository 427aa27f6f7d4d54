/**
 * An amount of money. `micros` is an integer number of millionths of the currency unit, so that 0.35 BDT is
 * 350,000 and sums over a million messages stay exact (safe up to 9 billion units).
 */
export type Money = { readonly micros: number; readonly currency: string };

/** Millionths in one unit of a currency. */
export const MICROS = 1_000_000;

/** Turns a gateway's decimal number (for example `0.35`) into integer micros; `null` when it is not a finite, safe amount. */
export function microsFromDecimal(amount: number | string): number | null {
  const value = typeof amount === 'string' && amount.trim() === '' ? Number.NaN : Number(amount);
  const micros = Math.round(value * MICROS);
  return Number.isSafeInteger(micros) ? micros : null;
}
