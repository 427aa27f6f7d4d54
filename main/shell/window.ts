import process from 'node:process';
import { BrowserWindow, nativeImage, nativeTheme, screen } from 'electron';
import icon from '../../build/icon.png?inline';
import { PAGE_ADDRESS } from './app-origin.ts';
import { MIN_HEIGHT, MIN_WIDTH, openingBounds, type WindowPlace } from './bounds.ts';
import type { StoreFile } from './store-file.ts';

/** Colours of the empty window: `--canvas` of `renderer/styles/tokens.css`, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f4f6f8', dark: '#14181e' };

/** Time without a move after which the place of the window is written, in ms. */
const SETTLED_MS = 500;

/** Where the window finds what it needs and what it remembers. */
export type WindowOptions = {
  readonly preload: string;
  readonly place: StoreFile<WindowPlace>;
  /** Allows the developer tools. Never in an installed program. */
  readonly developer: boolean;
};

/** Opens the window at its remembered place and loads the page; it shows itself with the first drawn frame. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const place = options.place.get();
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const window = new BrowserWindow({
    ...openingBounds(
      place.bounds,
      [primary, ...others].map((display) => display.workArea),
    ),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'MiM SMS Desktop',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: options.developer,
    },
  });
  if (place.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // Elsewhere the icon is that of the program's file.
  if (process.platform === 'linux') window.setIcon(nativeImage.createFromDataURL(icon));
  // A page that cannot be drawn must not leave the user without a window.
  window.webContents.once('did-fail-load', () => window.show());
  rememberPlace(window, options.place);
  void window.loadURL(PAGE_ADDRESS);
  return window;
}

function rememberPlace(window: BrowserWindow, place: StoreFile<WindowPlace>): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    place.set({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLED_MS);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', write);
  window.on('closed', () => clearTimeout(timer));
}

/** Brings the window to the user: out of the task bar, to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
