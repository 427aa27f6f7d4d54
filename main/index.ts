import path from 'node:path';
import process from 'node:process';
import { app, dialog, nativeTheme, session, shell, type BrowserWindow } from 'electron';
import type { ChosenFile, LinkId, Settings } from '#shared/ipc/shell.ts';
import { createBackground } from './shell/background.ts';
import { chosenFiles } from './shell/chosen-files.ts';
import { recoverPage } from './shell/crash.ts';
import { takeDrops } from './shell/drops.ts';
import { createEngineHost } from './shell/engine-host.ts';
import { fileDialogs } from './shell/file-dialogs.ts';
import { guardEveryPage, guardSession } from './shell/guards.ts';
import { LINK_ADDRESSES } from './shell/links.ts';
import { logFolder, openMainLog } from './shell/log.ts';
import { setMenu } from './shell/menu.ts';
import { handOverPorts } from './shell/ports.ts';
import { createPower } from './shell/power.ts';
import { createPracticeHost } from './shell/practice-host.ts';
import { registerAppScheme, serveBundle } from './shell/protocol.ts';
import { quitCleanly } from './shell/quit.ts';
import { openSettings, openWindowPlace } from './shell/settings.ts';
import { shellLanguage, shellWords } from './shell/shell-words.ts';
import { systemKeychain } from './shell/system-keychain.ts';
import { createVault } from './shell/vault.ts';
import { createWanted } from './shell/wanted.ts';
import { watched } from './shell/watched.ts';
import { focusWindow, openWindow } from './shell/window.ts';

/** The folder of everything that was built; this file is `main/index.js` in it. */
const DIST = path.join(import.meta.dirname, '..');

/** The built page. */
const BUNDLE = path.join(DIST, 'renderer');

/** Time for the engine to finish its transactions when the program ends, in ms. */
const STOP_LIMIT_MS = 3_000;

/** Runs once Chromium is ready: the window first, then everything that it can wait for. */
function start(): void {
  const userData = app.getPath('userData');
  const developer = !app.isPackaged;
  const log = openMainLog(userData);
  const settings = openSettings(userData, log);
  const place = openWindowPlace(userData, log);
  const words = () => shellWords(shellLanguage(settings.page.get().language, app.getLocale()));
  const openLink = (id: LinkId) => shell.openExternal(LINK_ADDRESSES[id]);
  let window: BrowserWindow | null = null;

  const files = chosenFiles();
  const dropped = watched<ChosenFile | null>(null);
  const wanted = createWanted();
  const power = createPower();
  const keychain = systemKeychain();
  const vault = createVault({
    keychain,
    mode: settings.vaultMode,
    platform: process.platform,
    log: log.child('vault'),
  });
  const practice = createPracticeHost(path.join(DIST, 'practice/entry.js'), log.child('practice'));
  const engine = createEngineHost({
    entry: path.join(DIST, 'engine/entry.js'),
    start: { dataDir: userData, logDir: logFolder(userData), version: app.getVersion() },
    serveHost: (port) => void served().then((serve) => serve.engine(port)),
    log: log.child('engine'),
  });
  let serving: ReturnType<typeof loadServing> | undefined;
  const served = () => (serving ??= loadServing());
  const loadServing = async () =>
    (await import('./shell/serve.ts')).serving(
      {
        app: { version: app.getVersion(), packaged: app.isPackaged },
        openLink,
        wanted,
        settings,
        dialogs: fileDialogs(() => window, words),
        files,
        dropped,
        engine,
        vault,
      },
      { vault, practice, power, files, sending: background.sending },
      log,
    );

  const show = (): void => {
    if (window) return focusWindow(window);
    window = openWindow({ preload: path.join(DIST, 'preload/preload.cjs'), place, developer });
    window.on('closed', () => (window = null));
    background.attach(window);
    recoverPage(window, words, log);
  };
  const background = createBackground({ window: () => window, show, settings, power, wanted, log });
  const applySettings = ({ theme }: Pick<Settings, 'theme'>): void => {
    nativeTheme.themeSource = theme;
    setMenu({
      ...{ words: words(), platform: process.platform, developer, quit: background.quit },
      openLink: (id) => void openLink(id),
    });
  };

  guardEveryPage(log);
  guardSession(session.defaultSession, log, developer);
  serveBundle(session.defaultSession, BUNDLE);
  nativeTheme.themeSource = settings.page.get().theme;
  handOverPorts({
    window: () => window,
    engine,
    serveShell: (port) => void served().then((serve) => serve.page(port)),
    log,
  });
  engine.status.watch(({ state }) => {
    if (state === 'failed') background.sending.engineFailed();
  });
  takeDrops(() => window, files, dropped, log);
  // Started first: its process comes up while Chromium makes the window, and the page needs both.
  engine.start();
  show();

  applySettings(settings.page.get());
  settings.page.watch(applySettings);
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  const stop = async () => {
    practice.stop();
    await engine.stop(STOP_LIMIT_MS);
  };
  quitCleanly(stop, keychain.waits, log);
}

/** A program that cannot even show its window says so; an invisible one would only keep the next start from working. */
function giveUp(error: unknown): void {
  const { startFailed } = shellWords(shellLanguage(null, app.getLocale()));
  dialog.showErrorBox(startFailed, error instanceof Error ? error.message : String(error));
  app.exit(1);
}

registerAppScheme();
// As root, where only tests run it, Chromium has to be started without its sandbox; asking for it as well would keep
// every child process from starting.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setAppUserModelId('com.mimsms.desktop');
// A second start shows the window of the first one; the user data has one owner.
if (app.requestSingleInstanceLock()) {
  // Not awaited: Chromium gets ready only after this module has been loaded.
  void app.whenReady().then(start).catch(giveUp);
} else {
  app.exit(0);
}
