import { createContext } from 'svelte';
import type { Settings } from '#shared/ipc/shell.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import type { Link } from './link.ts';

/** What the user chose for the whole program: language, colours, whether the first run is over. One per window. */
export class Preferences {
  current: Settings = $state.raw({
    language: null,
    theme: 'system',
    firstRunDone: false,
    staysInTray: true,
  });
  readonly #link: Link;
  #stop: () => void = () => undefined;

  constructor(link: Link, first?: Settings) {
    this.#link = link;
    if (first) this.#show(first);
  }

  /** Changes what is given, on the page at once and on disk. Throws what the call throws; the page then shows the old again. */
  async update(change: Partial<Settings>): Promise<void> {
    const before = this.current;
    this.#show({ ...before, ...change });
    try {
      this.#show(await this.#link.shell.settings.update(change));
    } catch (thrown) {
      this.#show(before);
      throw thrown;
    }
  }

  /** Follows changes made elsewhere, for example in the menu. */
  start(): void {
    this.#stop = this.#link.follow(
      (signal) => this.#link.shell.settings.watch(undefined, { signal }),
      (settings) => this.#show(settings),
    );
  }

  /** Stops following. */
  stop(): void {
    this.#stop();
  }

  #show(settings: Settings): void {
    this.current = settings;
    i18n.use(settings.language ?? 'en');
    if (settings.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = settings.theme;
  }
}

const [usePreferencesContext, providePreferencesContext] = createContext<Preferences>();

/** Gives the preferences to every component below. Call during component initialisation. */
export const providePreferences = (preferences: Preferences): Preferences =>
  providePreferencesContext(preferences);

/** The preferences given further up. Call during component initialisation. */
export const usePreferences = (): Preferences => usePreferencesContext();
