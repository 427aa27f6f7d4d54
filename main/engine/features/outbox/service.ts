import type { AppError } from '#shared/errors.ts';
import type { AccountId, CampaignId, Space } from '#shared/ids.ts';
import { ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Changes } from '../../changes.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { EngineHost } from '../../host.ts';
import type { SendingState } from '../../sending-state.ts';
import type { Steps } from '../../steps.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import type { Exchange } from '../../gateways/gateway.ts';
import type { Campaigns } from '../campaigns/service.ts';
import type { RulesService } from '../rules/service.ts';
import { createAtGateway } from './at-gateway.ts';
import { createDecisions } from './decisions.ts';
import { createEnds } from './ends.ts';
import { createEvidence } from './evidence.ts';
import { createProgress } from './progress.ts';
import { AccountPump } from './pump.ts';
import { outboxQueries } from './queries.ts';
import type { UncertainRow } from './rows.ts';
import { createSettler } from './settle.ts';
import { createWatch } from './watch.ts';
import { watchQueries } from './watch-queries.ts';

export type { UncertainRow };

/** What is being sent, and what may or may not have been. */
export type Outbox = ReturnType<typeof createOutbox>;

/** One per space. `onSettled` is told when there is something to collect. */
export function createOutbox(deps: {
  readonly space: Space;
  readonly store: Store;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly accounts: AccountAccess;
  readonly rules: Pick<RulesService, 'current' | 'listen'>;
  readonly campaigns: Campaigns;
  readonly changes: Changes;
  readonly sending: SendingState;
  readonly steps: Steps;
  readonly log: Log;
  readonly keepAwake: (on: boolean) => void;
  readonly pushAddress: (account: AccountId, what: 'reports') => string | null;
  /** Keeps an exchange for the diagnostics and gives its id; runs inside the caller's transaction. */
  readonly recordExchange: (account: AccountId, exchange: Exchange, messages: number) => number;
  readonly onSettled: (account: AccountId) => void;
  /** Is told how far sending is and what has ended. */
  readonly tell: EngineHost['sending'];
  /** The next time (ms) of a sending that is repeated; `null`: never. It is asked for when there were changes. */
  readonly nextRepeat: () => number | null;
}) {
  const { store, clock, timings, rules, accounts, campaigns, changes, sending, steps, log } = deps;
  const queries = outboxQueries(store.db);
  const settler = createSettler({ queries, clock, timings, rules, recordExchange: deps.recordExchange });
  const atGateway = createAtGateway({ store, queries, accounts, campaigns, clock });
  const pumps = new Map<AccountId, AccountPump>();
  const busy = new Set<AccountId>();
  let stopped = false;
  let wakeTimer: Timer | null = null;
  const watching = watchQueries(store.db);
  const watch = createWatch({
    clock,
    changes,
    log,
    progress: createProgress({
      queries: watching,
      openAccounts: () => queries.openAccounts(),
      rules: () => rules.current(),
      nextRepeat: deps.nextRepeat,
    }),
    ends: createEnds({
      queries: watching,
      transaction: (work) => store.transaction(work),
      tell: (end) => deps.tell.ended({ ...end, space: deps.space }),
    }),
    say: (now) => deps.tell.progress(now),
  });

  function wake(): void {
    if (stopped) return;
    for (const account of queries.openAccounts()) pump(account).wake();
    watch.soon();
  }

  /** Wakes when the caller's transaction is over: what was decided may be what the others of its campaign wait for. */
  function wakeSoon(): void {
    wakeTimer ??= clock.after(0, () => {
      wakeTimer = null;
      wake();
    });
  }

  // Other quiet hours act at once, also on what has been waiting for the end of the old ones.
  const unlisten = rules.listen(wakeSoon);

  /** The first commit keeps all of it here; its rows follow in steps. */
  function holdHere(campaignId: CampaignId): void {
    const isMore = store.transaction(() => {
      queries.holdHere(campaignId);
      return queries.holdQueued(campaignId, clock.now());
    });
    changes.touched(campaignId);
    if (isMore) holdRest(campaignId);
  }

  function holdRest(campaignId: CampaignId): void {
    const step = () => queries.holdQueued(campaignId, clock.now());
    // What cannot be written now is tried again by itself, and does not leave before its time either.
    void steps.run(campaignId, 'keeping-here', step).catch(() => undefined);
  }

  function pump(account: AccountId): AccountPump {
    const existing = pumps.get(account);
    if (existing) return existing;
    const created = new AccountPump({
      account,
      store,
      queries,
      settler,
      clock,
      timings,
      rules,
      accounts,
      sending,
      log,
      pushAddress: () => deps.pushAddress(account, 'reports'),
      touched: (campaignId) => changes.touched(campaignId),
      holdHere,
      pause: (campaignId, reason, order) => campaigns.pauseBecause(campaignId, reason, order),
      onSettled: deps.onSettled,
      onBusy(id, isBusy) {
        if (isBusy) busy.add(id);
        else busy.delete(id);
        deps.keepAwake(busy.size > 0);
        if (!isBusy) void accounts.refreshBalance(id);
      },
    });
    pumps.set(account, created);
    return created;
  }

  const decisions = createDecisions({ store, queries, clock, steps, changes, campaigns, wake });

  const evidence = createEvidence({
    store,
    queries,
    clock,
    timings,
    accounts,
    changes,
    wake,
    wakeSoon,
  });

  return {
    /** Picks up where the last run ended: what was leaving then is looked up, everything else goes on. */
    start(): void {
      const now = clock.now();
      const interrupted = store.transaction(() => {
        const ids = queries.interrupted(now, now + Math.min(timings.firstLook, 1_000));
        for (const id of ids) queries.event(id, now, 'uncertain', 'program-ended');
        return ids;
      });
      if (interrupted.length > 0) log.warn('outbox.interrupted', { messages: interrupted.length });
      decisions.open();
      for (const account of queries.openAccounts()) {
        const lanes = queries.lanes(account, now);
        const here = lanes.filter(({ held_by: by, send_at: at }) => by === 'here' && (at ?? 0) > now);
        for (const { id } of here) holdRest(id);
      }
      wake();
      watch.start();
    },

    /** There may be something to send. */
    wake,

    /** Hands nothing over any more and waits for the requests under way. */
    async stop(): Promise<void> {
      stopped = true;
      unlisten();
      wakeTimer?.cancel();
      watch.stop();
      await Promise.all([...pumps.values()].map((each) => each.stop()));
    },

    /** Uncertain messages of an account whose next look is due. */
    due: (account: AccountId): readonly UncertainRow[] => queries.due(account, clock.now()),

    /** When an account's next look is due, ms since the epoch; null when nothing is uncertain. */
    nextLookAt: (account: AccountId): number | null => queries.nextLook(account, clock.now()),

    /** Accounts with something open. */
    openAccounts: () => queries.openAccounts(),

    /**
     * Cancels everything of a campaign that has not left, and calls back what the gateway holds for later. What was not
     * reached there stays scheduled and the failure is told; what had not left is cancelled all the same.
     */
    async cancelRest(id: CampaignId): Promise<Result<{ cancelled: number }, AppError>> {
      const [here, there] = await Promise.all([campaigns.cancelRest(id), atGateway.callBack(id)]);
      changes.touched(id);
      if (!here.ok) return here;
      return there.ok ? ok({ cancelled: here.value.cancelled + there.value.cancelled }) : there;
    },

    /** Gives a scheduled campaign another time; `null` sends it now. Gives the time that it got: nothing leaves in the quiet hours. */
    async reschedule(id: CampaignId, sendAt: number | null): Promise<Result<number | null, AppError>> {
      const allowed = campaigns.mayReschedule(id, sendAt);
      if (!allowed.ok) return allowed;
      const moved = await atGateway.move(id, allowed.value ?? clock.now());
      if (!moved.ok) return moved;
      campaigns.reschedule(id, allowed.value);
      // What was to leave for the gateway at once, and now waits here.
      if (allowed.value !== null && store.transaction(() => queries.holdQueued(id, clock.now())))
        holdRest(id);
      wake();
      return allowed;
    },

    ...evidence,
    settleUncertain: decisions.settleUncertain,
  };
}
