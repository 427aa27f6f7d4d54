import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { AccountOptions } from '#shared/accounts/options.ts';
import type { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { Money } from '#shared/money.ts';
import type { Result } from '#shared/result.ts';
import type { Gateway } from './gateways/gateway.ts';

/** What sending and reporting need to know of an account. */
export type SendingAccount = {
  readonly id: AccountId;
  readonly name: string;
  readonly senders: readonly string[];
  readonly pricePerPart: Money | null;
  readonly options: AccountOptions;
  readonly balance: { readonly money: Money | null; readonly at: number | null };
};

/** What one part last cost. `operator` and `class` are `null` where it is not known which one they were. */
export type LearnedPrice = {
  readonly operator: string | null;
  readonly class: 'transactional' | 'promotional' | null;
  readonly pricePerPart: Money;
};

/** The narrow side of the accounts feature that the other features stand on. */
export type AccountAccess = {
  /** Also answers for a removed account, whose history stays. */
  get(id: AccountId): SendingAccount | null;
  /** Accounts that can send and be asked for reports. */
  active(): readonly SendingAccount[];
  /** The account's connection; fails when its password cannot be had. */
  gatewayFor(id: AccountId): Promise<Result<Gateway, AppError>>;
  /** What the account can do; `null` for one that was removed, or an automatic one that was never probed. */
  capabilitiesOf(id: AccountId): Capabilities | null;
  /** Whether the password was had in this run: what happens unasked must never open a keychain dialog. */
  secretKnown(id: AccountId): boolean;
  /** Remembers what one part cost, for estimates: of the account, and of the operator and the class where they are known. */
  notePrice(id: AccountId, learned: LearnedPrice): void;
  /** What was learned of one operator or class. */
  prices(id: AccountId): readonly LearnedPrice[];
  /** Asks for the balance and remembers it; failures are remembered too. */
  refreshBalance(id: AccountId): Promise<unknown>;
};
