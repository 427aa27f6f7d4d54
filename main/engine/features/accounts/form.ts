import { readSenders } from '#shared/accounts/sender-rules.ts';
import { readServerAddress } from '#shared/accounts/server-address.ts';
import { appError, type AppError } from '#shared/errors.ts';
import type { AccountForm } from '#shared/ipc/accounts.ts';
import { ok, type Result } from '#shared/result.ts';
import type { AccountFields, AccountRow } from './queries.ts';

/** A checked form: what is stored, and whom its password would be sent to (scheme, host and port). */
export type CheckedForm = { readonly fields: AccountFields; readonly origin: string };

/** Applies the rules of address and senders. Errors: `INVALID_SERVER_ADDRESS`, `HTTP_NEEDS_CONSENT`, `INVALID_SENDER`. */
export function checkForm(form: AccountForm): Result<CheckedForm, AppError> {
  const server = readServerAddress(form.serverAddress, form.allowHttp, schemeOf(form));
  if (!server.ok) return server;
  const senders = readSenders(form.senders);
  if (!senders.ok) return senders;
  const { address, origin } = server.value;
  return ok({ fields: { ...form, serverAddress: address, senders: senders.value }, origin });
}

/**
 * A stored password is only ever sent to the server that it was typed for: whoever changes scheme, host or port has to know
 * the password. `null` when none is needed.
 */
export function passwordNeeded(
  account: AccountRow | null,
  origin: string,
  password: string | undefined,
): AppError | null {
  if (password !== undefined) return null;
  if (!account) return appError('PASSWORD_MISSING', { field: 'password' });
  const stored = readServerAddress(account.serverAddress, true, schemeOf(account));
  if (stored.ok && stored.value.origin === origin) return null;
  return appError('PASSWORD_MISSING', { field: 'password', detail: 'server-changed' });
}

/** SMPP has addresses of its own; an automatic account speaks it when its address says so. */
export function schemeOf(account: Pick<AccountForm, 'protocol' | 'serverAddress'>): 'http' | 'smpp' {
  if (account.protocol === 'smpp') return 'smpp';
  return account.protocol === 'auto' && /^smpps?:/i.test(account.serverAddress.trim()) ? 'smpp' : 'http';
}
