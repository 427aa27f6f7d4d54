import type { CampaignId } from '#shared/ids.ts';
import type { Log } from '../../../logging/log.ts';
import type { Changes } from '../../changes.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { SendingProgress } from '#shared/ipc/host.ts';
import type { createEnds } from './ends.ts';
import type { createProgress } from './progress.ts';

/** Progress is said, and ends are looked for, at most this often (ms). */
const EVERY_MS = 1_000;

/**
 * Says how far sending is and what has ended, some time after rows have changed: whatever changes meanwhile is said with it. After a pause
 * it says at once how far it is, so that a window that is closed right after a sending was queued does not end the program.
 */
export function createWatch(deps: {
  readonly clock: Clock;
  readonly changes: Changes;
  readonly log: Log;
  readonly progress: ReturnType<typeof createProgress>;
  readonly ends: ReturnType<typeof createEnds>;
  readonly say: (now: SendingProgress) => void;
}) {
  const { clock, changes, progress, ends } = deps;
  const touched = new Set<CampaignId>();
  let timer: Timer | null = null;
  let first: Timer | null = null;
  let said = '';
  /** By the monotonic clock (ms). */
  let saidAt = -Infinity;
  let unlisten = (): void => undefined;

  /** A store that cannot be read or written now: the next change looks again, and the next start at all of them. */
  function attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      deps.log.error('sending-not-watched', error);
    }
  }

  function say(): void {
    first = null;
    saidAt = clock.monotonic();
    attempt(() => {
      const state = progress.at(clock.now());
      const text = JSON.stringify(state);
      if (text !== said) deps.say(state);
      said = text;
    });
  }

  function look(): void {
    timer = null;
    const campaigns = [...touched];
    touched.clear();
    attempt(() => ends.look(campaigns, clock.now()));
    say();
  }

  function soon(): void {
    if (!timer && clock.monotonic() - saidAt >= EVERY_MS) first ??= clock.after(0, say);
    timer ??= clock.after(EVERY_MS, look);
  }

  return {
    /** Looks at everything, then after each change. */
    start(): void {
      for (const id of ends.untold()) touched.add(id);
      unlisten = changes.listen((campaignId) => {
        if (campaignId !== null) touched.add(campaignId);
        soon();
      });
      soon();
    },
    /** What waits for a time may have begun. */
    soon,
    stop(): void {
      unlisten();
      timer?.cancel();
      first?.cancel();
    },
  };
}
