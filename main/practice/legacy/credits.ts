import type { Account } from '../core/account.ts';

/** What an account has, as the bare decimal of the balance calls: at least two digits after the point, at most six. */
export function creditsOf({ balanceMicros }: Pick<Account, 'balanceMicros'>): string {
  return (balanceMicros / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');
}
