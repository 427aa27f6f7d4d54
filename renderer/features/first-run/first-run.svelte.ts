import type { AppError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { Language } from '../../i18n/format.ts';
import { act } from '../../lib/act.ts';
import type { Preferences } from '../../lib/preferences.svelte.ts';
import type { Route } from '../../lib/routes.ts';
import type { Session } from '../../lib/session.svelte.ts';

/** What the first run needs from the page around it. */
export type FirstRunParts = {
  readonly preferences: Preferences;
  readonly session: Session;
  readonly navigate: (route: Route) => void;
};

/** The two questions of the first start: which language, and through which door. */
export class FirstRunModel {
  step: 'language' | 'doors' = $state('language');
  busy = $state(false);
  error: AppError | null = $state.raw(null);
  readonly #parts: FirstRunParts;

  constructor(parts: FirstRunParts) {
    this.#parts = parts;
    if (parts.preferences.current.language !== null) this.step = 'doors';
  }

  /** Takes the language and goes on to the doors. */
  async choose(language: Language): Promise<void> {
    if (await this.#remember({ language })) this.step = 'doors';
  }

  /** Practice: Compose with the sample, no account needed. */
  async practise(): Promise<void> {
    this.#parts.session.select(PRACTICE_ACCOUNT_ID);
    await this.#leaveTo({ name: 'compose', prefill: 'practice-sample' });
    // The practice gateway needs no password, so its balance can stand there from the beginning.
    void this.#parts.session.refreshBalance();
  }

  /** The account form. */
  async connect(): Promise<void> {
    await this.#leaveTo({ name: 'settings', section: 'accounts', add: 'account' });
  }

  /** The place is set before the first run ends, so that no other one shows in between. */
  async #leaveTo(route: Route): Promise<void> {
    this.#parts.navigate(route);
    await this.#remember({ firstRunDone: true });
  }

  #remember(change: { language?: Language; firstRunDone?: true }): Promise<boolean> {
    return act(this, () => this.#parts.preferences.update(change));
  }
}
