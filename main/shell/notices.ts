import { Notification } from 'electron';
import type { Notice } from './sending-words.ts';

/** Shows a notification of the system; where there is none, nothing. `onPress`: the user pressed it. */
export type ShowNotice = (notice: Notice, onPress: () => void) => void;

/** Makes a {@link ShowNotice}. */
export function createNotices(): ShowNotice {
  // One that nobody holds is collected, and a press on it comes to nothing.
  const open = new Set<Notification>();
  return ({ title, body }, onPress) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    open.add(notification);
    const forget = (): void => void open.delete(notification);
    notification.on('click', () => {
      forget();
      onPress();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    notification.show();
  };
}
