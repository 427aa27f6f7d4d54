import type { CampaignId } from '#shared/ids.ts';
import type { Log } from '../../../logging/log.ts';
import type { Changes } from '../../changes.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { SendingProgress } from '#shared/ipc/host.ts';
import type { createEnds } from './ends.ts';
import type { createProgress } from './progress.ts';

/** Progress is said, and ends are looked for, at most this often (ms). */
const EVERY_MS = 1_000;

/** Says how far sending is and what has ended, some time after rows have changed: whatever changes meanwhile is said with it. */
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
  let said = '';
  let unlisten = (): void => undefined;

  function look(): void {
    timer = null;
    const now = clock.now();
    const campaigns = [...touched];
    touched.clear();
    try {
      ends.look(campaigns, now);
      const state = progress.at(now);
      const text = JSON.stringify(state);
      if (text !== said) deps.say(state);
      said = text;
    } catch (error) {
      // A store that cannot be read or written now: the next change looks again, and the next start at all of them.
      deps.log.error('sending-not-watched', error);
    }
  }

  const soon = () => (timer ??= clock.after(EVERY_MS, look));

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
    soon: () => void soon(),
    stop(): void {
      unlisten();
      timer?.cancel();
    },
  };
}
