import { timingSafeEqual } from 'node:crypto';
import type { Account } from '../core/account.ts';

type Accounts = ReadonlyMap<string, Account>;

/**
 * The account that an `Authorization` header names, or `null` when it is missing, damaged or wrong: `Basic`, a space,
 * and the Base64 of `username:password` (API document, "Authorization"), or `App` and the account's key (facts of the
 * platform, "REST API").
 */
export function login(accounts: Accounts, header: string | undefined): Account | null {
  const [, scheme = '', given = ''] = /^(Basic|App) +(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme.toLowerCase() === 'app') {
    return [...accounts.values()].find((account) => sameText(account.apiKey, given)) ?? null;
  }
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(given)) return null;
  const decoded = Buffer.from(given, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? null : loginByName(accounts, decoded.slice(0, colon), decoded.slice(colon + 1));
}

/** The account with this name, when the password is its own, otherwise `null`. */
export function loginByName(accounts: Accounts, user: string, password: string): Account | null {
  const account = accounts.get(user);
  return account !== undefined && sameText(account.password, password) ? account : null;
}

function sameText(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
