import { timingSafeEqual } from 'node:crypto';
import type { Account } from '../core/account.ts';

/**
 * The account that an `Authorization` header names ("Authorization" in the API document: `Basic`, a space, and the
 * Base64 of `username:password`), or `null` when it is missing, damaged or wrong.
 */
export function login(accounts: ReadonlyMap<string, Account>, header: string | undefined): Account | null {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return null;
  const account = accounts.get(decoded.slice(0, colon));
  return account !== undefined && sameText(account.password, decoded.slice(colon + 1)) ? account : null;
}

function sameText(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
