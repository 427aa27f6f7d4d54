import type { AppError } from '#shared/errors.ts';
import type { AccountView } from '#shared/ipc/accounts.ts';
import { toAppError, type Link } from '../../lib/link.ts';

/** What the accounts section shows besides the list itself. */
export type AccountsMode =
  | { readonly kind: 'list' }
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly account: AccountView };

/** What just happened, to be said above the list. */
export type AccountsNotice = { readonly kind: 'saved' | 'removed'; readonly name: string };

/** Adding, editing, removing and ordering accounts. The list itself is the session's. */
export class AccountsModel {
  mode: AccountsMode = $state.raw({ kind: 'list' });
  notice: AccountsNotice | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  /** The account whose removal is being confirmed. */
  removing: AccountView | null = $state.raw(null);
  busy = $state(false);
  /** Id of the account whose abilities are being looked at. */
  probing: string | null = $state(null);
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Opens the empty form. */
  add(): void {
    this.#go({ kind: 'add' });
  }

  /** Opens the form with an account. */
  edit(account: AccountView): void {
    this.#go({ kind: 'edit', account });
  }

  /** Back to the list without saving. */
  list(): void {
    this.#go({ kind: 'list' });
  }

  /** The form has saved. */
  saved(account: AccountView): void {
    this.#go({ kind: 'list' });
    this.notice = { kind: 'saved', name: account.name };
  }

  /** Asks before an account is removed. */
  askRemove(account: AccountView): void {
    this.error = null;
    this.removing = account;
  }

  /** Removes the account that was asked about. */
  async remove(): Promise<void> {
    const account = this.removing;
    if (!account) return;
    const isRemoved = await this.#run(() => this.#link.engine.accounts.remove({ id: account.id }));
    if (!isRemoved) return;
    this.removing = null;
    this.notice = { kind: 'removed', name: account.name };
  }

  /** Makes an account the one that Compose offers first. */
  async makeDefault(account: AccountView): Promise<void> {
    this.notice = null;
    await this.#run(() => this.#link.engine.accounts.setDefault({ id: account.id }));
  }

  /** Finds out again what an account can do; the list shows it. */
  async probe(account: AccountView): Promise<void> {
    if (this.probing !== null) return;
    this.probing = account.id;
    this.notice = null;
    await this.#run(() => this.#link.engine.accounts.probe({ id: account.id }));
    this.probing = null;
  }

  #go(mode: AccountsMode): void {
    this.mode = mode;
    this.notice = null;
    this.error = null;
  }

  async #run(call: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    try {
      await call();
      return true;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
