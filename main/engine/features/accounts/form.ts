import { readSenders } from '#shared/accounts/sender-rules.ts';
import { readServerAddress } from '#shared/accounts/server-address.ts';
import type { AppError } from '#shared/errors.ts';
import type { AccountForm } from '#shared/ipc/accounts.ts';
import { ok, type Result } from '#shared/result.ts';
import type { AccountFields } from './queries.ts';

/** A checked form: what is stored, and whom its password would be sent to. */
export type CheckedForm = { readonly fields: AccountFields; readonly origin: string };

/** Applies the rules of address and senders. Errors: `INVALID_SERVER_ADDRESS`, `HTTP_NEEDS_CONSENT`, `INVALID_SENDER`. */
export function checkForm(form: AccountForm): Result<CheckedForm, AppError> {
  const server = readServerAddress(form.serverAddress, form.allowHttp);
  if (!server.ok) return server;
  const senders = readSenders(form.senders);
  if (!senders.ok) return senders;
  const { address, origin } = server.value;
  return ok({ fields: { ...form, serverAddress: address, senders: senders.value }, origin });
}

/** Whom a stored address sends passwords to. */
export function originOf(serverAddress: string): string | null {
  const read = readServerAddress(serverAddress, true);
  return read.ok ? read.value.origin : null;
}
