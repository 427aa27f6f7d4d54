/** Time around a scheduled sending in which the computer is kept awake, in ms. */
const NEAR_MS = 15 * 60_000;

/** Longest time that a timer is set for, in ms: it stands still while the computer sleeps, and the clock may be set. */
const LOOK_AGAIN_MS = 60_000;

/** Watches for the time of the next scheduled sending to come near. */
export type DueSoon = {
  /** The next time that something is to be sent from here (ms), `null` when nothing is planned. */
  next(at: number | null): void;
};

/**
 * Says `true` when the next sending is due within a quarter of an hour and `false` when it no longer is: a computer that fell
 * asleep just before would send late. A time that passed long ago without being sent waits for the user and keeps nothing awake.
 */
export function createDueSoon(say: (isNear: boolean) => void): DueSoon {
  let nextAt: number | null = null;
  let isNear = false;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    clearTimeout(timer);
    const away = nextAt === null ? Number.POSITIVE_INFINITY : nextAt - Date.now();
    const near = Math.abs(away) <= NEAR_MS;
    if (near !== isNear) say(near);
    isNear = near;
    if (nextAt !== null && away >= -NEAR_MS) timer = setTimeout(look, LOOK_AGAIN_MS).unref();
  };
  return {
    next(at) {
      nextAt = at;
      look();
    },
  };
}
