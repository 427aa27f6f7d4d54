import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId, RequestToken, Space } from '#shared/ids.ts';
import { WarningKind, type Plan, type SendRequest } from '#shared/ipc/plan.ts';
import type { Recurrence, SeriesId, SeriesTrouble, SeriesView } from '#shared/ipc/series.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { nextAfter, occurrencesAfter, recurrenceFault } from '#shared/rules/recurrence.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import type { EngineHost } from '../../host.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import type { Campaigns } from '../campaigns/service.ts';
import type { RulesService } from '../rules/service.ts';
import {
  occurrenceToken,
  sendOccurrence,
  stopReason,
  troubleOf,
  type Agreed,
  type Outcome,
} from './occurrence.ts';
import { seriesQueries, type SeriesChange, type SeriesRow } from './queries.ts';
import { createTurns } from './turns.ts';
import { nextFrom, repeatedIn, seriesView, troubleIn, unreadable } from './view.ts';

/** A series to be begun; see the contract. */
type SeriesOrder = {
  readonly request: SendRequest;
  readonly recurrence: Recurrence;
  readonly name?: string | undefined;
  readonly expectedRecipients: number;
  readonly typedCount?: number | undefined;
  readonly token: RequestToken;
};

/** What the user agreed to about the occurrence that a series stopped at; see the contract. */
type MissedOrder = {
  readonly leaveOutRepeats?: boolean | undefined;
  readonly expectedRecipients: number;
  readonly accepted?: readonly WarningKind[] | undefined;
  readonly seen?: string | undefined;
};

/** A time of a series between two moments. */
type SeriesTime = {
  readonly at: number;
  readonly id: SeriesId;
  readonly name: string;
  readonly recipients: number;
  readonly waiting: boolean;
};

const MINUTE_MS = 60_000;

/** What an occurrence asks to send; `leaveOut`: without those who got the same text lately, this once. */
const occurrenceOf = (request: SendRequest, leaveOut: boolean): SendRequest =>
  leaveOut ? { ...request, leaveOutRepeats: true } : request;

/** Sendings that are repeated. */
export type Series = ReturnType<typeof createSeries>;

/** One per space. */
export function createSeries(deps: {
  readonly space: Space;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly campaigns: Pick<Campaigns, 'plan' | 'check' | 'send' | 'sentAs'>;
  readonly rules: Pick<RulesService, 'current'>;
  readonly tell: Pick<EngineHost['sending'], 'repeatStopped'>;
}) {
  const { space, store, clock, log, campaigns, rules } = deps;
  const queries = seriesQueries(store.db);
  const listeners = new Set<() => void>();
  const underWay = new Map<RequestToken, Promise<Result<SeriesView, AppError>>>();
  /** Occurrences that are being sent; a second call for one waits for the first. */
  const sendings = new Map<RequestToken, Promise<Outcome>>();
  let stopped = false;
  const turns = createTurns({ clock, log, next: () => queries.next()?.next_at ?? null, turn: takeTurn });

  const view = (row: SeriesRow): SeriesView =>
    seriesView(space, row, queries.lastCampaign(row.id), clock.now());

  const viewOf = (id: SeriesId): Result<SeriesView, AppError> => {
    const row = queries.byId(id);
    return row ? ok(view(row)) : err(appError('NOT_FOUND'));
  };

  /** Changes a series as it is now, and tells of it. Call in no transaction. */
  function change(row: SeriesRow, to: Partial<SeriesChange> & { readonly state: SeriesRow['state'] }): void {
    const { trouble, next_at: nextAt, expected, occurrences } = row;
    store.transaction(() =>
      queries.change(row.id, { trouble, nextAt, expected, occurrences, ...to }, clock.now()),
    );
    for (const listener of listeners) listener();
    turns.wake();
  }

  /** Goes on with a time, or ends where there is none. */
  const goOn = (row: SeriesRow, nextAt: number | null, more: Partial<SeriesChange> = {}): void =>
    change(row, { trouble: null, ...more, nextAt, state: nextAt === null ? 'ended' : 'active' });

  const stand = (row: SeriesRow, trouble: SeriesTrouble, nextAt: number | null): void =>
    change(row, { state: 'waiting', trouble: JSON.stringify(trouble), nextAt });

  /** Stands still by itself: nobody looks at it, so it is told outside of the page too. */
  function stop(row: SeriesRow, trouble: SeriesTrouble, nextAt: number | null): void {
    stand(row, trouble, nextAt);
    deps.tell.repeatStopped({ space, name: row.name, reason: stopReason(trouble) });
  }

  /** The campaign of an occurrence that was queued by a run which was killed before it could note it down. */
  const queued = (row: SeriesRow, at: number): Outcome | null => {
    const id = campaigns.sentAs(occurrenceToken(row.token, at));
    return id === null ? null : { kind: 'sent', id, recipients: null };
  };

  /** Sends one occurrence. `agreed`: what the user who looks at it agreed to. */
  function send(row: SeriesRow, at: number, agreed: Agreed | null, leaveOut = false): Promise<Outcome> {
    const repeated = repeatedIn(row);
    if (!repeated) return Promise.resolve({ kind: 'trouble', trouble: unreadable });
    const token = occurrenceToken(row.token, at);
    const running = sendings.get(token);
    if (running) return running;
    const earlier = queued(row, at);
    if (earlier) return Promise.resolve(earlier);
    const sending = sendOccurrence(campaigns, {
      series: row.id,
      token,
      at,
      name: row.name,
      request: occurrenceOf(repeated.request, leaveOut),
      expected: row.expected,
      agreed,
    }).finally(() => sendings.delete(token));
    sendings.set(token, sending);
    return sending;
  }

  /** Deals with the occurrence that is due first, and moves its series on in any case. */
  async function takeTurn(): Promise<void> {
    const row = queries.next();
    const at = row?.next_at ?? null;
    if (!row || at === null || at > clock.now()) return;
    const repeated = repeatedIn(row);
    if (!repeated) {
      log.warn('series.unreadable', { series: row.id });
      return stop(row, unreadable, at);
    }
    const following = nextAfter(repeated.recurrence, at, row.created_at);
    const late = clock.now() - at > rules.current().overdueMinutes * MINUTE_MS;
    if (late && !queued(row, at)) return stop(row, troubleOf('overdue', at), following);
    const outcome = await send(row, at, null);
    const now = queries.byId(row.id);
    if (!now) return;
    const nextAt = now.next_at === at ? following : now.next_at;
    if (outcome.kind === 'sent') {
      log.info('series.sent', { series: row.id, campaign: outcome.id });
      const occurrences = now.occurrences + 1;
      if (now.state === 'active') goOn(now, nextAt, { occurrences });
      // The user stopped it in the same moment.
      else change(now, { state: now.state, nextAt, occurrences });
    } else if (outcome.kind === 'trouble' && now.state === 'active' && !stopped) {
      const { kind, code } = outcome.trouble;
      log.warn('series.waiting', { series: row.id, kind, code });
      stop(now, outcome.trouble, nextAt);
    }
  }

  async function begin(order: SeriesOrder): Promise<Result<SeriesView, AppError>> {
    const { recurrence, token } = order;
    const { sendAt: _, zone: _zone, ...request } = order.request;
    const fault = recurrenceFault(recurrence, clock.now());
    if (fault) return err(fault);
    const plan = await campaigns.plan(request);
    if (!plan.ok) return plan;
    const checked = await campaigns.check({
      request,
      name: order.name,
      expectedRecipients: order.expectedRecipients,
      expectedParts: plan.value.parts,
      typedCount: order.typedCount,
      accepted: WarningKind.options,
      token,
    });
    if (!checked.ok) return checked;
    const now = clock.now();
    const nextAt = nextAfter(recurrence, now, now);
    if (nextAt === null) return err(appError('INVALID_SCHEDULE', { field: 'until', detail: 'past' }));
    try {
      const id = store.transaction(() =>
        queries.insert({
          token,
          accountId: request.accountId,
          name: checked.value.name,
          request: JSON.stringify(request),
          recurrence: JSON.stringify(recurrence),
          expected: order.expectedRecipients,
          nextAt,
          now,
        }),
      );
      for (const listener of listeners) listener();
      turns.wake();
      return viewOf(id);
    } catch (error) {
      const known = classifySqliteError(error);
      if (known) return err(known);
      throw error;
    }
  }

  return {
    /** The next times of a recurrence as seen from now, at most `count`; `INVALID_SCHEDULE` where there is none. */
    preview(recurrence: Recurrence, count: number): Result<number[], AppError> {
      const now = clock.now();
      const fault = recurrenceFault(recurrence, now);
      return fault ? err(fault) : ok(occurrencesAfter(recurrence, now, count, now));
    },

    /**
     * Begins a series that may be sent as it was confirmed; the first time is the next one. The same token begins one only, so a caller
     * who did not hear the answer may ask again. Warnings were seen when it was planned; each occurrence is asked about anew.
     */
    create(order: SeriesOrder): Promise<Result<SeriesView, AppError>> {
      const known = queries.byToken(order.token);
      if (known) return Promise.resolve(ok(view(known)));
      const running = underWay.get(order.token);
      if (running) return running;
      const begun = begin(order).finally(() => underWay.delete(order.token));
      underWay.set(order.token, begun);
      return begun;
    },

    /** When the active one whose turn comes first is due (ms since the epoch); `null` when none is active. */
    nextAt: (): number | null => queries.next()?.next_at ?? null,

    /** Newest first. */
    list: (): SeriesView[] => queries.all().map(view),

    /** Sends nothing more of it until it is resumed. One that waits for the user anyway keeps its reason. */
    pause(id: SeriesId): Result<SeriesView, AppError> {
      const row = queries.byId(id);
      if (row?.state === 'active') stand(row, troubleOf('user', null), row.next_at);
      return viewOf(id);
    },

    /**
     * Goes on with the next time that is still to come; what was missed meanwhile is skipped. `accept` takes the people as they are
     * now. `NOT_POSSIBLE_NOW` for one that has ended, or whose people cannot be told.
     */
    async resume(id: SeriesId, accept: boolean): Promise<Result<SeriesView, AppError>> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      if (row.state === 'ended') return err(appError('NOT_POSSIBLE_NOW'));
      const repeated = repeatedIn(row);
      if (!repeated) return err(appError('NOT_POSSIBLE_NOW', { detail: 'INVALID_SCHEDULE' }));
      const plan = accept ? await campaigns.plan(repeated.request) : null;
      if (plan && !plan.ok) return err(appError('NOT_POSSIBLE_NOW', { detail: plan.error.code }));
      const now = queries.byId(id);
      const expected = plan?.value.recipients;
      if (now?.state === 'waiting')
        goOn(now, nextFrom(now, clock.now()), expected === undefined ? {} : { expected });
      return viewOf(id);
    },

    /**
     * What sending the occurrence that the series stopped at would mean now; `leaveOut`: without those who got the same text.
     * `NOT_POSSIBLE_NOW` where there is none, or it cannot be planned, with the code.
     */
    async planMissed(id: SeriesId, leaveOut: boolean): Promise<Result<Plan, AppError>> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      const repeated = repeatedIn(row);
      const at = troubleIn(row)?.at ?? null;
      if (row.state !== 'waiting' || at === null || !repeated) return err(appError('NOT_POSSIBLE_NOW'));
      const plan = await campaigns.plan(occurrenceOf(repeated.request, leaveOut), id);
      return plan.ok ? plan : err(appError('NOT_POSSIBLE_NOW', { detail: plan.error.code }));
    },

    /**
     * Sends the occurrence that the series stopped at, now, as the user agreed to it, and goes on with it. `PLAN_CHANGED` and
     * `WARNING_NOT_SEEN` where it is something else by now; a refusal is `NOT_POSSIBLE_NOW`, with its code, and why it stands from then.
     */
    async sendMissed(id: SeriesId, said: MissedOrder): Promise<Result<{ campaignId: CampaignId }, AppError>> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      const trouble = troubleIn(row);
      const at = trouble?.at ?? null;
      if (row.state !== 'waiting' || !trouble || at === null) return err(appError('NOT_POSSIBLE_NOW'));
      const { expectedRecipients: recipients, accepted = [], seen = null } = said;
      const outcome = await send(row, at, { recipients, accepted, seen }, said.leaveOutRepeats);
      if (outcome.kind === 'not-agreed') return err(outcome.error);
      const now = queries.byId(id);
      // Whoever asked for the same at the same time has noted it down.
      const mine = now?.state === 'waiting' && now.trouble === row.trouble;
      if (outcome.kind === 'trouble') {
        if (mine && !stopped) stand(now, outcome.trouble, now.next_at);
        const detail = outcome.trouble.code ?? outcome.trouble.kind;
        return err(appError('NOT_POSSIBLE_NOW', { detail }));
      }
      if (mine) {
        const expected = trouble.recipients === null ? row.expected : (outcome.recipients ?? recipients);
        goOn(now, nextFrom(now, clock.now()), { occurrences: now.occurrences + 1, expected });
      }
      return ok({ campaignId: outcome.id });
    },

    /** Ends it for good. What was sent stays. */
    end(id: SeriesId): Result<SeriesView, AppError> {
      const row = queries.byId(id);
      if (row && row.state !== 'ended') change(row, { state: 'ended', trouble: null, nextAt: null });
      return viewOf(id);
    },

    /** The times from `from` until before `until` (ms since the epoch) that are still to come, at most `limit` of each series. */
    timesBetween(from: number, until: number, limit: number): SeriesTime[] {
      return queries.going().flatMap((row) => {
        const repeated = repeatedIn(row);
        const first = nextFrom(row, clock.now());
        if (!repeated || first === null) return [];
        const after = Math.max(from, first) - 1;
        const times = occurrencesAfter(repeated.recurrence, after, limit, row.created_at);
        const about = {
          id: row.id,
          name: row.name,
          recipients: row.expected,
          waiting: row.state === 'waiting',
        };
        return times.filter((at) => at < until).map((at) => ({ ...about, at }));
      });
    },

    /** Calls `changed` after each change until the returned function is called. */
    listen(changed: () => void): () => void {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },

    /** Begins to keep the time. */
    start: () => turns.wake(),

    /** Sends nothing any more, and waits for what is under way. */
    async stop(): Promise<void> {
      stopped = true;
      await turns.stop();
      await Promise.allSettled([...sendings.values(), ...underWay.values()]);
    },
  };
}
