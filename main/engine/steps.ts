import type { CampaignId } from '#shared/ids.ts';
import type { Log } from '../logging/log.ts';
import type { Changes } from './changes.ts';
import type { Clock, Timer } from './clock.ts';
import type { Store } from './store/store.ts';

/** Wait (ms) before a change that could not be written (a full disk, a file that is locked) is gone on with. */
const AGAIN_AFTER_MS = 5_000;
/** Each further wait is twice as long as the one before until something could be written, and at most this (ms). */
const LONGEST_WAIT_MS = 5 * 60_000;

/** Changes some of a campaign's rows, in one commit; gives whether there may be more. */
type Step = () => boolean;

/** What the steps do; plans wait for `calling-off` alone, because it alone changes who is still to get something. */
type Kind = 'calling-off' | 'deciding' | 'keeping-here';

type Work = {
  readonly step: Step;
  readonly kind: Kind;
  /** Is told after the last commit, also when that could only be written later. */
  readonly done?: (() => void) | undefined;
};

/**
 * Changes that were decided about a whole campaign and concern more rows than one commit should take. What is decided is committed first,
 * by whoever decides, in a way that holds for rows that are not reached yet and shows at the next start what is left to do.
 */
export type Steps = ReturnType<typeof createSteps>;

/**
 * One per space. Its steps are commits of their own, with room for everything else between them; what a power cut takes away of them is
 * done again by the next start.
 */
export function createSteps(deps: {
  readonly store: Pick<Store, 'step'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly changes: Pick<Changes, 'touched'>;
  readonly log: Log;
}) {
  const { store, clock, changes, log } = deps;
  const left = new Map<CampaignId, Work[]>();
  const runners = new Map<CampaignId, Promise<void>>();
  let timer: Timer | null = null;
  let wait = AGAIN_AFTER_MS;
  let stopped = false;

  async function drain(id: CampaignId, works: Work[]): Promise<void> {
    try {
      await othersFirst();
      for (let first = works[0]; first && !stopped; first = works[0]) {
        const isMore = store.step(first.step);
        wait = AGAIN_AFTER_MS;
        if (!isMore) works.shift();
        changes.touched(id);
        if (!isMore) first.done?.();
        await othersFirst();
      }
      if (works.length === 0) left.delete(id);
    } catch (error) {
      log.error('change-not-finished', error, { campaign: id });
      if (!stopped) timer ??= clock.after(wait, again);
      throw error;
    } finally {
      runners.delete(id);
    }
  }

  /** What is left of a campaign's changes, one after the other. */
  function work(id: CampaignId): Promise<void> {
    const running = runners.get(id);
    if (running) return running;
    const runner = drain(id, left.get(id) ?? []);
    runners.set(id, runner);
    return runner;
  }

  function again(): void {
    timer = null;
    wait = Math.min(2 * wait, LONGEST_WAIT_MS);
    for (const id of left.keys()) void work(id).catch(() => undefined);
  }

  return {
    /**
     * Goes on with a campaign until `step` says that there is no more, after what is under way for it already. Rejects when a step cannot
     * be written: it is then tried again by itself. `done` is told when all of it is written, whenever that is.
     */
    run(id: CampaignId, kind: Kind, step: Step, done?: () => void): Promise<void> {
      const works = left.get(id) ?? [];
      works.push({ step, kind, done });
      left.set(id, works);
      return work(id);
    },

    /**
     * Waits for what is under way for a campaign, and rejects when it cannot be finished now: the disk is full, or the program ends.
     * `null` when there is nothing.
     */
    finish(id: CampaignId): Promise<void> | null {
      if (!left.has(id)) return null;
      return stopped ? Promise.reject(new Error('The program ends before the change is finished')) : work(id);
    },

    /** Waits for what is being called off, whether it can be finished or not; `null` when there is nothing. */
    calledOff(): Promise<unknown> | null {
      const isCallingOff = (id: CampaignId) => left.get(id)?.some(({ kind }) => kind === 'calling-off');
      const waited = [...runners].filter(([id]) => isCallingOff(id)).map(([, runner]) => runner);
      return waited.length > 0 ? Promise.allSettled(waited) : null;
    },

    /** Changes nothing any more, and waits for what is under way. The next start goes on. */
    async stop(): Promise<void> {
      stopped = true;
      timer?.cancel();
      await Promise.allSettled(runners.values());
    },
  };
}

const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));
