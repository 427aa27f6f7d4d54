import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { LinkId } from '#shared/ipc/shell.ts';
import type { ShellWords } from './shell-words.ts';

/** What the menu needs from the rest of the shell. */
export type MenuOptions = {
  readonly words: ShellWords;
  readonly platform: NodeJS.Platform;
  /** Adds reload and the developer tools. */
  readonly developer: boolean;
  readonly openLink: (id: LinkId) => void;
  /** Ends the program after asking where something still has to be sent, which the role of that name would not. */
  readonly quit: () => void;
};

/** Sets the application menu: the standard roles of the platform, in the user's language. */
export function setMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

/** The entries of the menu. On macOS the first menu is the application's own, elsewhere *File* holds the way out. */
export function menuTemplate({
  words,
  platform,
  developer,
  openLink,
  quit: onQuit,
}: MenuOptions): MenuItemConstructorOptions[] {
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const mac = platform === 'darwin';
  const about: MenuItemConstructorOptions = { role: 'about', label: words.about };
  const quit: MenuItemConstructorOptions = {
    label: words.quit,
    // Windows programs are closed by Alt+F4.
    ...(platform === 'win32' ? {} : { accelerator: 'CmdOrCtrl+Q' }),
    click: onQuit,
  };

  const application: MenuItemConstructorOptions = {
    label: 'MiM SMS Desktop',
    submenu: [
      about,
      line,
      { role: 'services', label: words.services },
      line,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      line,
      quit,
    ],
  };
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: words.undo },
    { role: 'redo', label: words.redo },
    line,
    { role: 'cut', label: words.cut },
    { role: 'copy', label: words.copy },
    { role: 'paste', label: words.paste },
    { role: 'delete', label: words.delete },
    line,
    { role: 'selectAll', label: words.selectAll },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom', label: words.actualSize },
    { role: 'zoomIn', label: words.zoomIn },
    { role: 'zoomOut', label: words.zoomOut },
    line,
    { role: 'togglefullscreen', label: words.fullScreen },
  ];
  const developerItems: MenuItemConstructorOptions[] = [line, { role: 'reload' }, { role: 'toggleDevTools' }];
  const help: MenuItemConstructorOptions[] = [
    { label: words.website, click: () => openLink('mimsms-home') },
    { label: words.support, click: () => openLink('mimsms-support') },
  ];

  return [
    ...(mac ? [application] : []),
    { label: words.file, submenu: mac ? [{ role: 'close', label: words.close }] : [quit] },
    { label: words.edit, submenu: edit },
    { label: words.view, submenu: developer ? [...view, ...developerItems] : view },
    {
      label: words.window,
      submenu: [
        { role: 'minimize', label: words.minimize },
        ...(mac ? [{ role: 'zoom', label: words.zoom } as const] : []),
      ],
    },
    { role: 'help', label: words.help, submenu: mac ? help : [...help, line, about] },
  ];
}
