import { powerSaveBlocker } from 'electron';

/** Keeps the computer from sleeping while messages are being sent. The screen may go dark. */
export type Power = { keepAwake(on: boolean): void };

/** Makes a {@link Power}; saying the same twice changes nothing. */
export function createPower(): Power {
  let blocker: number | null = null;
  return {
    keepAwake(on) {
      if (on && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
      if (!on && blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
}
