import { Menu, nativeImage, Tray, type NativeImage } from 'electron';
import template16 from '../../build/tray/template-16.png?inline';
import template32 from '../../build/tray/template-32.png?inline';
import tray16 from '../../build/tray/tray-16.png?inline';
import tray24 from '../../build/tray/tray-24.png?inline';
import tray32 from '../../build/tray/tray-32.png?inline';

/** What stands in the tray. */
export type TrayText = {
  /** What is on its way; also shown under the pointer. */
  readonly state: string;
  readonly open: string;
  readonly quit: string;
};

/** The program's icon in the tray: there while it is shown, gone with `hide`. */
export type TrayIcon = {
  /** Shows the icon, or its new text. */
  show(text: TrayText): void;
  hide(): void;
};

/** Makes the tray's icon, which is not shown yet. The menu has few entries: what there is to decide needs the window. */
export function createTrayIcon(
  platform: NodeJS.Platform,
  actions: { readonly open: () => void; readonly quit: () => void },
): TrayIcon {
  let tray: Tray | null = null;
  let shown = '';
  return {
    show(text) {
      const key = JSON.stringify(text);
      // A menu that is replaced closes: not without need while the user may be reading it.
      if (tray && key === shown) return;
      shown = key;
      if (!tray) {
        tray = new Tray(iconFor(platform));
        // On macOS, and with some Linux trays, a click opens the menu instead.
        tray.on('click', () => {
          if (platform !== 'darwin') actions.open();
        });
      }
      tray.setToolTip(`MiM SMS Desktop\n${text.state}`);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: text.state, enabled: false },
          { type: 'separator' },
          { label: text.open, click: actions.open },
          { label: text.quit, click: actions.quit },
        ]),
      );
    },
    hide() {
      tray?.destroy();
      tray = null;
    },
  };
}

function iconFor(platform: NodeJS.Platform): NativeImage {
  // Panels of Linux desktops are 22 to 48 pixels high and scale what they get: down looks better than up.
  if (platform === 'linux') return nativeImage.createFromDataURL(tray32);
  const mac = platform === 'darwin';
  const image = nativeImage.createFromDataURL(mac ? template16 : tray16);
  if (!mac) image.addRepresentation({ scaleFactor: 1.5, dataURL: tray24 });
  image.addRepresentation({ scaleFactor: 2, dataURL: mac ? template32 : tray32 });
  // macOS colours it for a light or a dark menu bar itself.
  if (mac) image.setTemplateImage(true);
  return image;
}
