import type { Account } from '../core/account.ts';
import { loginByName } from '../rest/login.ts';
import { CODE } from './codes.ts';

/** The account that a user name and a password belong to, or the code that says why there is none. */
export function enter(
  accounts: ReadonlyMap<string, Account>,
  user: string | undefined,
  password: string | undefined,
): Account | number {
  if (user === undefined || user === '') return CODE.noUser;
  if (password === undefined || password === '') return CODE.noPassword;
  return loginByName(accounts, user, password) ?? CODE.wrongLogin;
}
