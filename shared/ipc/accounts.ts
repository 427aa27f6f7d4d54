import * as v from 'valibot';
import { Capabilities } from '../accounts/capabilities.ts';
import { AccountOptions } from '../accounts/options.ts';
import { Protocol, ProtocolChoice } from '../accounts/protocols.ts';
import { AccountId, Space } from '../ids.ts';
import { call, Instant, live, MoneySchema, SenderText } from './base.ts';

/**
 * One thing that was tried to find out what an account can do. `code` is the error when it did not answer as hoped; a refused
 * login is an answer too, and proves the call exists.
 */
export const ProbeStep = v.object({
  protocol: Protocol,
  what: v.picklist(['balance', 'logs', 'inbox', 'own-ids', 'bind']),
  ok: v.boolean(),
  code: v.nullable(v.string()),
});
export type ProbeStep = v.InferOutput<typeof ProbeStep>;

/** What is known of an account's ways: which protocol is used, what it can do, and how that was found out. */
export const AccountPath = v.object({
  /** `null` while an automatic account has not been probed. */
  protocol: v.nullable(Protocol),
  capabilities: v.nullable(Capabilities),
  /** When it was last probed; `null` for a chosen protocol that never was. */
  probedAt: v.nullable(Instant),
  steps: v.array(ProbeStep),
});
export type AccountPath = v.InferOutput<typeof AccountPath>;

/** What the last look at an account's password found. `unasked` until a secret was first needed (the vault is not touched at start). */
export const SecretState = v.picklist(['unasked', 'present', 'session-only', 'absent', 'unreadable']);
export type SecretState = v.InferOutput<typeof SecretState>;

/** The last balance the gateway told, with its age; `failed` is the code of a newer attempt that did not succeed. */
export const BalanceView = v.object({
  money: v.nullable(MoneySchema),
  at: v.nullable(Instant),
  failed: v.nullable(v.string()),
});
export type BalanceView = v.InferOutput<typeof BalanceView>;

/** An account as the page sees it. It never holds a secret. */
export const AccountView = v.object({
  id: AccountId,
  space: Space,
  name: v.string(),
  protocol: ProtocolChoice,
  options: AccountOptions,
  path: AccountPath,
  serverAddress: v.string(),
  allowHttp: v.boolean(),
  userName: v.string(),
  senders: v.array(v.string()),
  isDefault: v.boolean(),
  secret: SecretState,
  balance: BalanceView,
  /** What one part costs as learned from reports; `null` before the first one. */
  pricePerPart: v.nullable(MoneySchema),
});
export type AccountView = v.InferOutput<typeof AccountView>;

/** The fields of the account form. Rules beyond size are checked by the engine, which answers with the field's name. */
export const AccountForm = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  protocol: ProtocolChoice,
  options: AccountOptions,
  serverAddress: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300)),
  allowHttp: v.boolean(),
  userName: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  senders: v.pipe(v.array(SenderText), v.maxLength(50)),
});
export type AccountForm = v.InferOutput<typeof AccountForm>;

const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(500));

const FORM_ERRORS = ['INVALID_SERVER_ADDRESS', 'HTTP_NEEDS_CONSENT', 'INVALID_SENDER'] as const;
const VAULT_ERRORS = ['PASSWORD_MISSING', 'VAULT_UNAVAILABLE', 'VAULT_LOCKED'] as const;
const GATEWAY_ERRORS = [
  'GATEWAY_UNREACHABLE',
  'GATEWAY_AUTH',
  'GATEWAY_BUSY',
  'GATEWAY_REFUSED',
  'GATEWAY_UNREADABLE',
  'PRACTICE_NOT_RUNNING',
  'NOT_SUPPORTED',
  'PROTOCOL_NOT_FOUND',
] as const;

/** Calls about accounts. */
export const accountsContract = {
  /** All accounts of both spaces, the practice account last. */
  list: call().output(v.array(AccountView)),
  /** The same, live. */
  watch: call().output(live(v.array(AccountView))),
  /** Saves a new account and its password; when the vault refuses, nothing is saved. The first account becomes the default. */
  add: call('ACCOUNT_NAME_TAKEN', ...FORM_ERRORS, ...VAULT_ERRORS)
    .input(v.object({ form: AccountForm, password: Password }))
    .output(AccountView),
  /**
   * Changes an account; without `password` the stored one stays, unless the server is another one. Server and user cannot change
   * while messages are on their way or of unknown fate, because only the present server can tell about those.
   */
  update: call(
    'NOT_FOUND',
    'PRACTICE_ACCOUNT_FIXED',
    'ACCOUNT_NAME_TAKEN',
    'ACCOUNT_IN_USE',
    ...FORM_ERRORS,
    ...VAULT_ERRORS,
  )
    .input(v.object({ id: AccountId, form: AccountForm, password: v.optional(Password) }))
    .output(AccountView),
  /** Removes an account and its password. Its history stays. Refused while it still has messages to send. */
  remove: call('NOT_FOUND', 'PRACTICE_ACCOUNT_FIXED', 'ACCOUNT_IN_USE', ...VAULT_ERRORS)
    .input(v.object({ id: AccountId }))
    .output(v.null()),
  /** Makes an account the one that Compose offers first. */
  setDefault: call('NOT_FOUND')
    .input(v.object({ id: AccountId }))
    .output(v.null()),
  /**
   * Tries unsaved form values harmlessly (balance, or an empty look into log and reports); never sends a message. Without
   * `password`, the stored one of `id` is used. `balance` is `null` where the protocol has no such call.
   */
  test: call('NOT_FOUND', ...FORM_ERRORS, ...VAULT_ERRORS, ...GATEWAY_ERRORS)
    .input(v.object({ id: v.optional(AccountId), form: AccountForm, password: v.optional(Password) }))
    .output(v.object({ balance: v.nullable(MoneySchema), path: AccountPath })),
  /** Finds out again what an account can do, and remembers it. */
  probe: call('NOT_FOUND', ...VAULT_ERRORS, ...GATEWAY_ERRORS)
    .input(v.object({ id: AccountId }))
    .output(AccountView),
  /** Asks the gateway for the balance now. */
  refreshBalance: call('NOT_FOUND', ...VAULT_ERRORS, ...GATEWAY_ERRORS)
    .input(v.object({ id: AccountId }))
    .output(BalanceView),
};
