import process from 'node:process';
import { implement } from '@orpc/server';
import { shellContract, type ChosenFile, type LinkId } from '#shared/ipc/shell.ts';
import { liveStream } from '../ipc/live-stream.ts';
import type { ChosenFiles } from './chosen-files.ts';
import type { EngineHost } from './engine-host.ts';
import type { FileDialogs } from './file-dialogs.ts';
import type { ShellSettings } from './settings.ts';
import type { Vault } from './vault.ts';
import type { Wanted } from './wanted.ts';
import type { Watched } from './watched.ts';

/** What the page's calls act on. */
export type ShellServices = {
  readonly app: { readonly version: string; readonly packaged: boolean };
  readonly openLink: (id: LinkId) => Promise<void>;
  readonly wanted: Pick<Wanted, 'take' | 'watch'>;
  readonly settings: ShellSettings;
  readonly dialogs: FileDialogs;
  readonly files: Pick<ChosenFiles, 'toRead' | 'toWrite'>;
  /** The file that was dropped last. */
  readonly dropped: Pick<Watched<ChosenFile | null>, 'get' | 'watch'>;
  readonly engine: Pick<EngineHost, 'status' | 'restart'>;
  /** No call of the page reads, writes or removes a password; that is what the engine's own port is for. */
  readonly vault: Pick<Vault, 'mode' | 'setMode' | 'selfTest'>;
};

/** Implements `shellContract`: everything that the page can ask of the main process. */
export function shellRouter({
  app,
  openLink,
  wanted,
  settings,
  dialogs,
  files,
  dropped,
  engine,
  vault,
}: ShellServices) {
  const os = implement(shellContract);
  const { electron = '', chrome = '' } = process.versions;
  return os.router({
    app: {
      info: os.app.info.handler(() => ({
        version: app.version,
        electron,
        chromium: chrome,
        platform: process.platform,
        packaged: app.packaged,
      })),
      wanted: os.app.wanted.handler(({ signal }) => liveStream(wanted.watch, wanted.take, { signal })),
      openLink: os.app.openLink.handler(async ({ input }) => {
        await openLink(input.id);
        return null;
      }),
    },
    settings: {
      get: os.settings.get.handler(() => settings.page.get()),
      update: os.settings.update.handler(({ input }) => settings.update(input)),
      watch: os.settings.watch.handler(({ signal }) =>
        liveStream(settings.page.watch, settings.page.get, { signal }),
      ),
    },
    engine: {
      status: os.engine.status.handler(({ signal }) =>
        liveStream(engine.status.watch, engine.status.get, { signal }),
      ),
      restart: os.engine.restart.handler(() => {
        engine.restart();
        return null;
      }),
    },
    files: {
      choose: os.files.choose.handler(async ({ input }) => {
        const file = await dialogs.open(input.kind);
        return file === null ? null : files.toRead(file);
      }),
      chooseSave: os.files.chooseSave.handler(async ({ input }) => {
        const file = await dialogs.save(input.name, input.format);
        return file === null ? null : files.toWrite(file);
      }),
      dropped: os.files.dropped.handler(({ signal }) => liveStream(dropped.watch, dropped.get, { signal })),
    },
    vault: {
      mode: os.vault.mode.handler(() => vault.mode()),
      setMode: os.vault.setMode.handler(({ input }) => {
        vault.setMode(input.mode);
        return vault.mode();
      }),
      selfTest: os.vault.selfTest.handler(() => vault.selfTest()),
    },
  });
}
