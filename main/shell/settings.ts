import * as v from 'valibot';
import { Settings, VaultMode } from '#shared/ipc/shell.ts';
import type { Log } from '../logging/log.ts';
import { WindowPlace } from './bounds.ts';
import { openStoreFile, type StoreFile } from './store-file.ts';
import type { Migration } from './versioned.ts';
import { watched, type Watched } from './watched.ts';

/** What is kept of the shell between two starts. */
const KeptSettings = v.object({
  ...Settings.entries,
  vaultMode: VaultMode,
  /** The user was told once where the program is when its window is closed while it sends. */
  stayExplained: v.boolean(),
});
type KeptSettings = v.InferOutput<typeof KeptSettings>;

const DEFAULTS: KeptSettings = {
  language: null,
  theme: 'system',
  firstRunDone: false,
  staysInTray: true,
  vaultMode: 'keychain',
  stayExplained: false,
};

const MIGRATIONS: readonly Migration[] = [
  (first) => ({ ...v.parse(v.looseObject({}), first), staysInTray: true, stayExplained: false }),
];

/** New values by name; what is absent or `undefined` stays as it is. */
export type SettingsChange = { readonly [K in keyof Settings]?: Settings[K] | undefined };

/** The settings that the shell needs before any store is open. Rules of the domain are rows in the engine's store. */
export type ShellSettings = {
  /** What the page sees and may change. */
  readonly page: Pick<Watched<Settings>, 'get' | 'watch'>;
  /** Changes the named settings, keeps them on disk, tells the watchers and gives back all of them. */
  update(change: SettingsChange): Settings;
  /** Where passwords go; kept, so that a user without a keychain is not asked at every start. */
  readonly vaultMode: { get(): VaultMode; set(mode: VaultMode): void };
  /** `true` for the first time ever: where the program is when its window is closed is explained once. */
  explainsStaying(): boolean;
};

/** Opens `settings.json` in the user data folder. */
export function openSettings(folder: string, log: Log): ShellSettings {
  const file: StoreFile<KeptSettings> = openStoreFile(
    folder,
    { name: 'settings', schema: KeptSettings, defaults: DEFAULTS, migrations: MIGRATIONS },
    log,
  );
  const pageView = (): Settings => v.parse(Settings, file.get());
  const page = watched(pageView());
  return {
    page,
    update(change) {
      const named = Object.entries(change).filter(([, value]) => value !== undefined);
      file.set({ ...file.get(), ...Object.fromEntries(named) });
      page.set(pageView());
      return page.get();
    },
    vaultMode: {
      get: () => file.get().vaultMode,
      set: (mode) => file.set({ ...file.get(), vaultMode: mode }),
    },
    explainsStaying() {
      if (file.get().stayExplained) return false;
      file.set({ ...file.get(), stayExplained: true });
      return true;
    },
  };
}

/** Opens `window.json`: a file of its own, because it is written whenever the window moves. */
export function openWindowPlace(folder: string, log: Log): StoreFile<WindowPlace> {
  const defaults: WindowPlace = { bounds: null, maximized: false };
  return openStoreFile(folder, { name: 'window', schema: WindowPlace, defaults, migrations: [] }, log);
}
