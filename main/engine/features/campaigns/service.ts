import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId, DraftId, RequestToken, Space } from '#shared/ids.ts';
import type {
  CampaignPhase,
  CampaignView,
  PauseReason,
  FailureGroup,
  SourceChange,
} from '#shared/ipc/campaign-view.ts';
import type { Plan, SendRequest, WarningKind } from '#shared/ipc/plan.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { SendingState } from '../../sending-state.ts';
import type { EngineHost } from '../../host.ts';
import type { Steps } from '../../steps.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import type { Drafts } from '../drafts/service.ts';
import type { Recipients } from '../recipients/service.ts';
import type { RulesService } from '../rules/service.ts';
import { createCallingOff } from './calling-off.ts';
import { createLeftOut } from './left-out.ts';
import { createOperators, type SeenNetwork } from './networks.ts';
import { firstWords, orderOf } from './order.ts';
import { notConfirmed, planOf, refusalOf } from './plan.ts';
import { createPlanning, type Considered } from './planning.ts';
import { campaignQueries, type CampaignRow } from './queries.ts';
import { repeatQueries } from './repeat-queries.ts';
import { createRescheduling } from './rescheduling.ts';
import { createRetryWhenOver, tokenOf } from './retry-when-over.ts';
import { createRetry, type RetryOrder } from './retry.ts';
import { retryQueries } from './retry-queries.ts';
import { createSourceChanges } from './source-changes.ts';
import { sourceQueries } from './source-queries.ts';
import { campaignView } from './view.ts';
import { viewQueries } from './view-queries.ts';
import { createWaitingCosts } from './waiting-costs.ts';
import { createWriting } from './writing.ts';

/** What a campaign needs to be queued; see the contract for the meaning of the fields. */
export type SendOrder = {
  readonly request: SendRequest;
  readonly name?: string | undefined;
  readonly expectedRecipients: number;
  readonly expectedParts: number;
  readonly typedCount?: number | undefined;
  readonly token: RequestToken;
  readonly draftId?: DraftId | undefined;
  /** Kinds of warnings that the user saw, and the key of the plan that had them; `null`: whatever their figures are. */
  readonly accepted?: readonly WarningKind[] | undefined;
  readonly seen?: string | null | undefined;
  readonly expectedCost?: Money | null | undefined;
  /** The series that it is an occurrence of. */
  readonly seriesId?: number | undefined;
};

/** A campaign that was queued, now or by an earlier call with the same token. */
export type Queued = { readonly id: CampaignId; readonly heldUntil: number };

/** Phases in which a campaign may still be planned anew. */
const WAITING: readonly CampaignPhase[] = ['held', 'scheduled', 'quiet', 'paused'];

const PAUSABLE: readonly CampaignPhase[] = ['held', 'scheduled', 'quiet', 'sending', 'paused'];

/** Planning and the user's decisions about whole campaigns. */
export type Campaigns = ReturnType<typeof createCampaigns>;

/** One per space. `wake` is called when there may be something to send. */
export function createCampaigns(deps: {
  readonly space: Space;
  readonly store: Store;
  readonly clock: Clock;
  readonly accounts: AccountAccess;
  readonly changes: Changes;
  readonly sending: SendingState;
  readonly steps: Steps;
  readonly recipients: Recipients;
  /** Networks that lookups named for numbers. */
  readonly networks: (msisdns: readonly string[]) => SeenNetwork[];
  readonly rules: Pick<RulesService, 'current' | 'listen'>;
  readonly drafts: Pick<Drafts, 'takeSent' | 'takeBack' | 'isSent' | 'tell'>;
  readonly timings: Timings;
  readonly log: Log;
  /** Where a file is that the user chose. */
  readonly resolveFile: EngineHost['files']['resolve'];
  readonly wake: () => void;
}) {
  const { space, store, clock, accounts, changes, sending, recipients, drafts, rules } = deps;
  const queries = campaignQueries(store.db);
  const viewing = viewQueries(store.db);
  const hold = () => deps.timings.hold ?? rules.current().holdSeconds * 1_000;
  const writing = createWriting({
    store,
    queries,
    clock,
    hold,
    log: deps.log,
    removed: (retryOf) => changes.touched(retryOf),
  });
  const asked = {
    ...deps,
    hold,
    repeats: repeatQueries(store.db),
    operators: createOperators(store.db, deps.networks),
    waitingCosts: createWaitingCosts(store.db),
  };
  const callingOff = createCallingOff({ ...deps, queries });
  const considerNow = createPlanning(asked);
  /** After what is being called off: nobody gets that any more. */
  const consider: typeof considerNow = async (...of) => {
    await deps.steps.calledOff();
    return considerNow(...of);
  };
  const leftOut = createLeftOut({
    ...deps,
    consider: async (request) => {
      const considered = await consider(request);
      return considered.ok ? ok(considered.value.all.leftOut) : considered;
    },
  });
  const retries = retryQueries(store.db);
  const retry = createRetry({
    ...asked,
    queries,
    retries,
    consider: (request, all, wanted) =>
      createPlanning({ ...asked, recipients: { all: () => Promise.resolve(ok(all)) } })(
        request,
        null,
        wanted,
      ),
  });
  const sourceChanges = createSourceChanges({ ...deps, queries: sourceQueries(store.db) });
  const whenOver = createRetryWhenOver({
    ...deps,
    queries: retries,
    failures: retry.failures,
    queue: (id, keys, settled) => retryOnce({ id, keys, token: tokenOf(id), confirmed: null, settled }),
  });
  /** The sending that is being queued: the next one is considered when it is there, so that it is seen. */
  let before: Promise<unknown> = Promise.resolve();
  const underWay = new Map<RequestToken, Promise<Result<Queued, AppError>>>();
  /** Drafts whose messages are being queued. */
  const leaving = new Set<DraftId>();
  const resumedAt = new Map<CampaignId, number>();

  const view = (row: CampaignRow): CampaignView =>
    campaignView(row, {
      space,
      queries: viewing,
      account: accounts.get(row.account_id),
      sending,
      rules: rules.current(),
      now: clock.now(),
    });

  const rescheduling = createRescheduling({ store, queries, clock, accounts, rules, view });

  /** A request after every guard was asked, when it may go as it was confirmed. */
  async function admit(order: SendOrder): Promise<Result<Considered, AppError>> {
    const considered = await consider(order.request, order.seriesId);
    if (!accounts.active().some(({ id }) => id === order.request.accountId))
      return err(appError('NOT_FOUND'));
    if (!considered.ok) return considered;
    const refusal = refusalOf(order.request, considered.value) ?? notConfirmed(considered.value, order);
    return refusal ? err(refusal) : considered;
  }

  async function queue(order: SendOrder): Promise<Result<Queued, AppError>> {
    const { request, draftId } = order;
    const admitted = await admit(order);
    if (!admitted.ok) return admitted;
    const queued = await writing.write(
      orderOf(admitted.value, {
        request,
        token: order.token,
        name: order.name ?? '',
        seriesId: order.seriesId ?? null,
        settled: () => draftId !== undefined && drafts.takeSent(draftId),
        sources: recipients
          .describe(request.sources ?? [])
          .map(({ source, label, count }) => ({ source, label, count })),
      }),
    );
    if (!queued.ok) return queued;
    changes.touched(queued.value.id);
    if (draftId !== undefined) drafts.tell();
    deps.wake();
    return queued;
  }

  /** One after the other: two sendings that are asked for at once must see each other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = before.then(work);
    before = done.catch(() => undefined);
    return done;
  }

  /** Queues the repetition of failed messages, once for each token. */
  function retryOnce(order: RetryOrder): Promise<Result<Queued, AppError>> {
    const { token } = order;
    const known = queries.byToken(token);
    if (known) return Promise.resolve(ok({ id: known.id, heldUntil: known.held_until }));
    const running = underWay.get(token);
    if (running) return running;
    const queued = inTurn(async () => {
      // What was not written to its end must be gone: its messages count as repeated.
      const [cleared] = await Promise.all([writing.clear(), deps.steps.calledOff()]);
      if (!cleared.ok) return cleared;
      const made = await retry.orderFor(order);
      if (!made.ok) return made;
      const written = await writing.write(made.value);
      if (!written.ok) return written;
      changes.touched(written.value.id);
      changes.touched(order.id);
      deps.wake();
      return written;
    }).finally(() => underWay.delete(token));
    underWay.set(token, queued);
    return queued;
  }

  return {
    /** What sending would mean, as an occurrence of a series where one is given; stores nothing. */
    async plan(request: SendRequest, series: number | null = null): Promise<Result<Plan, AppError>> {
      const considered = await consider(request, series);
      if (!considered.ok) return considered;
      leftOut.note(request, considered.value.all.leftOut);
      return ok(planOf(considered.value));
    },

    /** Those whom the plan of a request leaves out; see {@link createLeftOut}. */
    leftOut: leftOut.page,
    saveLeftOut: leftOut.save,

    /** Whether a sending may go as it was confirmed, whatever the figures of its warnings. Queues nothing; gives the name that it would have. */
    async check(order: SendOrder): Promise<Result<{ readonly name: string }, AppError>> {
      const admitted = await admit({ ...order, seen: null });
      return admitted.ok ? ok({ name: order.name || firstWords(order.request.text) }) : admitted;
    },

    /** The campaign that was queued under a token; `null` when there is none. */
    sentAs: (token: RequestToken): CampaignId | null => queries.byToken(token)?.id ?? null,

    /** Finishes what the last run left. */
    open(): void {
      callingOff.open();
      writing.open();
      whenOver.open();
    },

    /** Writes nothing any more, and waits for what is under way. */
    async stop(): Promise<void> {
      await Promise.all([whenOver.stop(), writing.stop()]);
    },

    /**
     * Queues a campaign, held for the undo window, whole or not at all. The same token never queues a second one, so a
     * caller who did not hear the answer may ask again. Nor does another token for a draft that has gone out or is going.
     */
    send(order: SendOrder): Promise<Result<Queued, AppError>> {
      const { token, draftId } = order;
      const known = queries.byToken(token);
      if (known) return Promise.resolve(ok({ id: known.id, heldUntil: known.held_until }));
      const running = underWay.get(token);
      if (running) return running;
      if (draftId !== undefined && (leaving.has(draftId) || drafts.isSent(draftId)))
        return Promise.resolve(err(appError('NOT_FOUND')));
      if (draftId !== undefined) leaving.add(draftId);
      const queued = inTurn(() => queue(order)).finally(() => {
        underWay.delete(token);
        if (draftId !== undefined) leaving.delete(draftId);
      });
      underWay.set(token, queued);
      return queued;
    },

    /**
     * Takes a campaign back while every message of it is still held. Its rows stay, cancelled, as a record. What was to be sent becomes
     * the draft `draftId` in the same commit; without one the caller keeps it. From then on nothing of it leaves, and the rows of a long
     * one follow.
     */
    undo(id: CampaignId, draftId?: DraftId): Result<SendRequest, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      const request = queries.request(id);
      const begun = store.transaction(() => {
        if (queries.isBeyondHold(id)) return null;
        const first = callingOff.begin(id, 'undone');
        if (first.off > 0 && draftId !== undefined) drafts.takeBack(draftId, request);
        return first.off > 0 ? first : null;
      });
      if (!begun) return err(appError('UNDO_TOO_LATE'));
      // It is taken back; what cannot be written now is tried again by itself.
      void callingOff.goOn(row, begun, 'undone').catch(() => undefined);
      if (draftId !== undefined) drafts.tell();
      return ok(request);
    },

    /** Stops handing out messages of the campaign. What is on its way is finished. */
    pause(id: CampaignId): Result<null, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      const { phase, heldBy: holder } = view(row);
      // What the gateway holds goes out at its time, whatever stands still here.
      if (phase === 'scheduled' && holder === 'gateway') return err(appError('NOT_POSSIBLE_NOW'));
      if (!PAUSABLE.includes(phase)) return err(appError('NOT_POSSIBLE_NOW'));
      if (row.pause_reason === null) store.transaction(() => queries.setPause(id, 'user'));
      changes.touched(id);
      return ok(null);
    },

    /** Lets a paused campaign go on, whatever had paused it. */
    resume(id: CampaignId): Result<null, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      store.transaction(() => {
        queries.setPause(id, null);
        queries.leavesFrom(id, clock.now());
        // The user knows what became of those that went ahead; while none of them has left, they still go ahead.
        if (queries.canaryBegan(row)) queries.setCanary(id, null);
        // Its time is over: going on means now.
        if (rescheduling.isOver(row)) queries.setSchedule(id, null, null);
      });
      resumedAt.set(id, clock.monotonic());
      changes.touched(id);
      deps.wake();
      return ok(null);
    },

    /** Lets a campaign leave in the quiet hours too. `NOT_POSSIBLE_NOW` when nothing of it is still to be sent. */
    ignoreQuiet(id: CampaignId): Result<null, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      if (!queries.hasUnsent(id)) return err(appError('NOT_POSSIBLE_NOW'));
      store.transaction(() => queries.setQuiet(id, false));
      changes.touched(id);
      deps.wake();
      return ok(null);
    },

    /** Why messages of a campaign failed that were not sent again yet, and what sending them again would cost now. */
    failures: (id: CampaignId): Promise<Result<FailureGroup[], AppError>> => retry.failures(id),

    /**
     * Sends failed messages of some causes again, as a campaign of its own. The same token never queues a second one, and no message is
     * repeated twice. See the contract for what it refuses.
     */
    retry: (asked: {
      readonly id: CampaignId;
      readonly keys: readonly string[];
      readonly expectedRecipients: number;
      readonly typedCount?: number | undefined;
      readonly accepted?: readonly WarningKind[] | undefined;
      readonly token: RequestToken;
    }): Promise<Result<Queued, AppError>> =>
      retryOnce({
        ...asked,
        confirmed: {
          messages: asked.expectedRecipients,
          typedCount: asked.typedCount,
          accepted: asked.accepted ?? [],
        },
        settled: () => undefined,
      }),

    /** How the groups of a campaign that waits have changed since it was planned; none of one that waits no more. */
    async sourceChanges(id: CampaignId): Promise<Result<SourceChange[], AppError>> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      if (!WAITING.includes(view(row).phase)) return ok([]);
      return ok(await sourceChanges.of(id, () => queries.request(id)));
    },

    /**
     * Cancels every message that has not left, and whatever comes back unsent later. What is on its way at this moment is
     * finished: nobody can call it back. Nothing else leaves from then on; the rows of a long one follow, and `cancelled` says how many
     * there were when they have. It rejects when they cannot be written (`STORE_FULL`); that is tried again by itself.
     */
    cancelRest(id: CampaignId): Promise<Result<{ cancelled: number }, AppError>> {
      const row = queries.byId(id);
      if (!row) return Promise.resolve(err(appError('NOT_FOUND')));
      const begun = store.transaction(() => callingOff.begin(id, 'user'));
      return callingOff.goOn(row, begun, 'user').then((more) => ok({ cancelled: begun.off + more }));
    },

    /** The time that a campaign gets when it is given another one; see {@link createRescheduling}. */
    mayReschedule: rescheduling.timeFor,

    /** Gives a campaign another time; `null`: now. What the gateway holds already was moved there before. */
    reschedule(id: CampaignId, sendAt: number | null): void {
      const row = queries.byId(id);
      if (!row) return;
      rescheduling.set(row, sendAt);
      resumedAt.set(id, clock.monotonic());
      changes.touched(id);
      deps.wake();
    },

    /**
     * Pauses for a reason that an answer gave; a pause by the user is kept. Answers to requests that started before the
     * user let the campaign go on (`startedAt`, monotonic ms) are old news and pause nothing.
     */
    pauseBecause(id: CampaignId, reason: PauseReason, startedAt: number): void {
      if (startedAt < (resumedAt.get(id) ?? 0) || queries.byId(id)?.pause_reason !== null) return;
      queries.setPause(id, reason);
      changes.touched(id);
    },

    get(id: CampaignId): CampaignView | null {
      const row = queries.byId(id);
      return row ? view(row) : null;
    },

    /** Newest first; `before` is the id that the previous page ended with. */
    page(before: number | null, limit: number): CampaignView[] {
      return queries.page(before ?? Number.MAX_SAFE_INTEGER, limit).map(view);
    },
  };
}
