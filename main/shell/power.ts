import { powerSaveBlocker } from 'electron';

/** Why the computer must not sleep: messages are being sent, or the time of a scheduled sending is near. */
export type AwakeReason = 'sending' | 'due';

/** Keeps the computer from sleeping while there is a reason. The screen may go dark. */
export type Power = { keepAwake(on: boolean, reason: AwakeReason): void };

/** Makes a {@link Power}; saying the same twice changes nothing. */
export function createPower(): Power {
  const reasons = new Set<AwakeReason>();
  let blocker: number | null = null;
  return {
    keepAwake(on, reason) {
      if (on) reasons.add(reason);
      else reasons.delete(reason);
      if (reasons.size > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
}
