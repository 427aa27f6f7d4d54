import { createContext } from 'svelte';
import type { AppError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID, type Space } from '#shared/ids.ts';
import type { AccountView, BalanceView } from '#shared/ipc/accounts.ts';
import { toAppError, type Link } from './link.ts';

/** The accounts, live, and the one the user works with. One per window. */
export class Session {
  /** `null` until the engine has answered for the first time. */
  accounts: readonly AccountView[] | null = $state.raw(null);
  /** Why the accounts cannot be read; `null` when they can. */
  error: AppError | null = $state.raw(null);
  #selected: string | null = $state(null);
  #refreshing = $state(false);
  #balanceError: AppError | null = $state.raw(null);
  readonly #link: Link;
  #stop: () => void = () => undefined;

  constructor(link: Link) {
    this.#link = link;
  }

  /** The account in use: the chosen one, else the default real account, else the practice account. */
  active: AccountView | null = $derived.by(() => {
    const accounts = this.accounts ?? [];
    return (
      accounts.find((one) => one.id === this.#selected) ??
      accounts.find((one) => one.isDefault && one.space === 'real') ??
      accounts.find((one) => one.space === 'real') ??
      accounts.find((one) => one.id === PRACTICE_ACCOUNT_ID) ??
      null
    );
  });

  /** Which of the two stores the screens show. */
  space: Space = $derived(this.active?.space ?? 'real');

  /** A balance request is under way. */
  get refreshing(): boolean {
    return this.#refreshing;
  }

  /** Why the last balance request of this session failed; `null` when it did not. */
  get balanceError(): AppError | null {
    return this.#balanceError;
  }

  /** Chooses the account to work with, also one that is not in the list yet. */
  select(id: string): void {
    this.#selected = id;
    this.#balanceError = null;
  }

  /** Lets the screens show a space: with the account in use where it is of that space, else with the first one that is. */
  show(space: Space): void {
    const other = this.accounts?.find((one) => one.space === space);
    if (this.space !== space && other) this.select(other.id);
  }

  /** Takes an account into use that was saved just now, whether or not the live list has it already. */
  use(account: AccountView): void {
    const known = this.accounts ?? [];
    this.accounts = known.some((one) => one.id === account.id)
      ? known.map((one) => (one.id === account.id ? account : one))
      : [account, ...known];
    this.select(account.id);
  }

  /** The user has read why the balance could not be asked. */
  forgetBalanceError(): void {
    this.#balanceError = null;
  }

  /** Asks the gateway for the active account's balance now. */
  async refreshBalance(): Promise<BalanceView | null> {
    const account = this.active;
    if (!account || this.#refreshing) return null;
    this.#refreshing = true;
    this.#balanceError = null;
    try {
      const balance = await this.#link.engine.accounts.refreshBalance({ id: account.id });
      this.accounts = (this.accounts ?? []).map((one) => (one.id === account.id ? { ...one, balance } : one));
      return balance;
    } catch (thrown) {
      this.#balanceError = toAppError(thrown);
      return null;
    } finally {
      this.#refreshing = false;
    }
  }

  /** Starts to follow the accounts. */
  start(): void {
    this.#stop = this.#link.follow(
      (signal) => this.#link.engine.accounts.watch(undefined, { signal }),
      (accounts) => {
        this.accounts = accounts;
        this.error = null;
      },
      (error) => {
        this.error = error;
      },
    );
  }

  /** Stops following. */
  stop(): void {
    this.#stop();
  }
}

const [useSessionContext, provideSessionContext] = createContext<Session>();

/** Gives the session to every component below. Call during component initialisation. */
export const provideSession = (session: Session): Session => provideSessionContext(session);

/** The session given further up. Call during component initialisation. */
export const useSession = (): Session => useSessionContext();
