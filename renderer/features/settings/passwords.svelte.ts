import type { AppError } from '#shared/errors.ts';
import type { VaultMode, VaultTest } from '#shared/ipc/shell.ts';
import { toAppError, type Link } from '../../lib/link.ts';

/** Where passwords go, and whether the keychain works. Nothing here ever holds a password. */
export class PasswordsModel {
  /** `null` until the main process has said it. */
  mode: VaultMode | null = $state(null);
  /** The outcome of the last check; `null` before the first. */
  test: VaultTest | null = $state.raw(null);
  checking = $state(false);
  /** The place was changed on this visit: passwords must be typed again. */
  switched = $state(false);
  error: AppError | null = $state.raw(null);
  readonly #link: Link;

  constructor(link: Link) {
    this.#link = link;
  }

  /** Asks where passwords go. */
  async load(): Promise<void> {
    await this.#try(async () => {
      this.mode = await this.#link.shell.vault.mode();
    });
  }

  /** Writes, reads and deletes a test entry. */
  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.test = null;
    await this.#try(async () => {
      this.test = await this.#link.shell.vault.selfTest();
    });
    this.checking = false;
  }

  /** Changes where passwords go from now on. */
  async keepIn(mode: VaultMode): Promise<void> {
    const before = this.mode;
    this.mode = mode;
    const isDone = await this.#try(async () => {
      this.mode = await this.#link.shell.vault.setMode({ mode });
    });
    if (isDone) this.switched = this.mode !== before;
    else this.mode = before;
  }

  async #try(call: () => Promise<void>): Promise<boolean> {
    this.error = null;
    try {
      await call();
      return true;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return false;
    }
  }
}
