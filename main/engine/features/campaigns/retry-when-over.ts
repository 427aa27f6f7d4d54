import type { AppError } from '#shared/errors.ts';
import type { CampaignId } from '#shared/ids.ts';
import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import type { Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Changes } from '../../changes.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { RulesService } from '../rules/service.ts';
import type { Retry } from './retry.ts';
import type { RetryQueries } from './retry-queries.ts';

/** Changes are looked at together, so often at most (ms): reports come by the hundred. */
const LOOK_AFTER_MS = 500;
/** The rule reaches campaigns that are under way and no older than this (ms). */
const REACH_MS = 7 * 24 * 3_600_000;

const isTemporary = ({ state, permanence }: FailureGroup) =>
  permanence === 'temporary' && (state === 'undeliverable' || state === 'expired');

/** The token of the one sending that repeats a campaign by itself. It is no UUID, so that no page can have the same. */
export const tokenOf = (id: CampaignId): string => `again ${id}`;

/**
 * Sends campaigns again, once, to those whose delivery failed for a while only, where the rules say so. A campaign that is under way
 * while they do gets a mark, which is taken away by the commit that queues the repetition, or when there is nothing to repeat: so a kill
 * at any moment neither forgets it nor repeats it twice, and what was over before the rule was switched on is left alone.
 */
export function createRetryWhenOver(deps: {
  readonly store: Pick<Store, 'transaction'>;
  readonly queries: RetryQueries;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly rules: Pick<RulesService, 'current' | 'listen'>;
  readonly log: Log;
  readonly failures: Retry['failures'];
  /** Queues the repetition of these causes. */
  readonly queue: (
    id: CampaignId,
    keys: readonly string[],
    settled: () => void,
  ) => Promise<Result<unknown, AppError>>;
}) {
  const { store, queries, changes, clock, rules, log } = deps;
  const changed = new Set<CampaignId>();
  /** Campaigns that were looked at in this run. */
  const seen = new Set<CampaignId>();
  let timer: Timer | null = null;
  let looking: Promise<unknown> | null = null;
  let stopped = false;
  const unlisten: (() => void)[] = [];

  /** `soon`: a campaign was queued, which is to have its mark before it can be over. */
  function plan(soon = false): void {
    if (stopped || looking || changed.size === 0) return;
    if (soon) {
      timer?.cancel();
      timer = null;
    }
    timer ??= clock.after(soon ? 0 : LOOK_AFTER_MS, () => {
      timer = null;
      looking = look()
        .catch((error: unknown) => log.error('retry-when-over', error))
        .finally(() => {
          looking = null;
          plan();
        });
    });
  }

  async function look(): Promise<void> {
    const ids = [...changed];
    changed.clear();
    for (const id of ids) {
      if (stopped) return;
      if (!rules.current().retryUndelivered) continue;
      if (queries.mayWatch(id)) store.transaction(() => queries.watch(id));
      if (queries.isOver(id)) await repeat(id);
    }
  }

  async function repeat(id: CampaignId): Promise<void> {
    const groups = await deps.failures(id);
    const keys = groups.ok ? groups.value.filter(isTemporary).map(({ key }) => key) : [];
    if (stopped) return;
    const queued = keys.length > 0 ? await deps.queue(id, keys, () => queries.unwatch(id)) : null;
    if (queued && !queued.ok) {
      log.warn('retry-when-over.refused', { campaign: id, code: queued.error.code });
      // A store that cannot be written is tried again with the next change, or the next start.
      if (queued.error.code === 'STORE_FULL' || queued.error.code === 'STORE_READONLY') return;
    }
    store.transaction(() => queries.unwatch(id));
  }

  /** What is under way now comes under the rule. */
  function reach(): void {
    if (!rules.current().retryUndelivered) return;
    for (const id of [...queries.since(clock.now() - REACH_MS), ...queries.watched()]) changed.add(id);
    plan(true);
  }

  return {
    /** Goes on where the last run stopped. */
    open(): void {
      unlisten.push(
        changes.listen((id) => {
          if (id === null || !rules.current().retryUndelivered) return;
          changed.add(id);
          plan(!seen.has(id));
          seen.add(id);
        }),
        rules.listen(reach),
      );
      reach();
    },

    async stop(): Promise<void> {
      stopped = true;
      timer?.cancel();
      for (const end of unlisten.splice(0)) end();
      await looking;
    },
  };
}
