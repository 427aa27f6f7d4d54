import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock, Timer } from '../../clock.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import type { CampaignQueries, MessageWords, NewCampaign, UnfinishedRow } from './queries.ts';

/** Up to so many rows are written in one commit; more in several, so that the engine answers others meanwhile. */
const AT_ONCE = 1_000;
/** Wait (ms) before what could not be removed is tried to be removed again. */
const AGAIN_AFTER_MS = 5_000;

/** A campaign to be written. Who makes it says what stands in it; when it is held until is said here. */
export type Order = {
  readonly campaign: Omit<NewCampaign, 'createdAt' | 'heldUntil' | 'pause'>;
  /** How many messages `messages` gives, those left out among them. */
  readonly rows: number;
  /** In the order in which they leave, those left out last. Asked for once. */
  readonly messages: () => Iterable<MessageWords>;
  /** Called in the transaction that queues it. */
  readonly settled: () => unknown;
};

/** A campaign that was queued. `heldUntil` in ms since the epoch. */
type Written = { readonly id: number; readonly heldUntil: number };

/**
 * Writes campaigns with all their messages. A long one is written in several commits: until the last of them it is marked as being
 * written, which keeps it out of every list and, like a pause, its messages from leaving. What a killed program left so is removed
 * at the next start: then nothing of it was sent, and nobody was told that it would be. What a full disk left so is removed as soon as
 * that can be written, for what it repeats counts as repeated until then.
 */
export function createWriting(deps: {
  readonly store: Store;
  readonly queries: CampaignQueries;
  readonly clock: Clock;
  /** How long a campaign is held for Undo, ms, asked for each. */
  readonly hold: () => number;
  readonly log: Log;
  /** What was left of a campaign is gone; `retryOf`: of the one that it was to repeat. */
  readonly removed: (retryOf: number | null) => void;
}) {
  const { store, queries, clock, log } = deps;
  const busy = new Set<Promise<unknown>>();
  /** Campaigns that were not written to their end and are to be removed. */
  const left = new Map<number, UnfinishedRow>();
  let timer: Timer | null = null;
  let stopped = false;

  function track<T>(work: Promise<T>): Promise<T> {
    const done = work.finally(() => busy.delete(done));
    busy.add(done);
    return done;
  }

  /** A failure that left part of a campaign (a full disk) may have left it its token; the next start removes the rest. */
  function insertOnce(order: Order, at: number, heldUntil: number, pause: NewCampaign['pause']): number {
    queries.freeLeft(order.campaign.token);
    return queries.insertCampaign({ ...order.campaign, createdAt: at, heldUntil, pause });
  }

  async function inSteps(order: Order): Promise<Result<Written, AppError>> {
    const at = clock.now();
    const hold = deps.hold();
    const id = store.transaction(() => insertOnce(order, at, at + hold, 'writing'));
    try {
      const messages = messageWriter(queries, order, id, at, at + hold);
      for (let done = 0; done < order.rows; done += AT_ONCE) {
        // On the disk with the last commit, which alone makes them count.
        store.step(() => messages.some(AT_ONCE));
        await othersFirst();
        if (stopped) return err(appError('LINK_LOST'));
      }
      const heldUntil = clock.now() + hold;
      store.transaction(() => {
        queries.finish(id, heldUntil, messages.canaryUntil());
        order.settled();
      });
      return ok({ id, heldUntil });
    } catch (error) {
      left.set(id, { id, retry_of: order.campaign.retryOf });
      // Whoever asked is told why it could not be written.
      await discardLeft().catch(() => undefined);
      throw error;
    }
  }

  /** Removes what was written of a campaign, in steps; the campaign itself last, so that this can be gone on with. */
  async function discard({ id, retry_of: retryOf }: UnfinishedRow): Promise<void> {
    if (!stopped) store.transaction(() => queries.freeToken(id));
    while (!stopped && store.step(() => queries.dropMessages(id, AT_ONCE)) > 0) await othersFirst();
    if (stopped) return;
    store.transaction(() => queries.dropCampaign(id));
    left.delete(id);
    deps.removed(retryOf);
  }

  /** Removes all that was not written to its end; what cannot be removed now is tried again by itself. */
  async function discardLeft(): Promise<void> {
    try {
      for (const row of left.values()) await discard(row);
    } catch (error) {
      log.error('campaign-not-discarded', error, { campaigns: left.size });
      if (!stopped) {
        timer ??= clock.after(AGAIN_AFTER_MS, () => {
          timer = null;
          void track(discardLeft().catch(() => undefined));
        });
      }
      throw error;
    }
  }

  return {
    /** Removes what the last run did not finish writing. Its tokens are free at once. */
    open(): void {
      const unfinished = queries.unfinished();
      if (unfinished.length === 0) return;
      store.transaction(() => unfinished.forEach(({ id }) => queries.freeToken(id)));
      log.warn('campaigns.unfinished', { campaigns: unfinished.length });
      for (const row of unfinished) left.set(row.id, row);
      void track(discardLeft().catch(() => undefined));
    },

    /** Writes a campaign; when it fails (`STORE_FULL`, `STORE_READONLY`), nothing of it counts. One at a time for each token. */
    async write(order: Order): Promise<Result<Written, AppError>> {
      try {
        if (order.rows > AT_ONCE) return await track(inSteps(order));
        const at = clock.now();
        const heldUntil = at + deps.hold();
        return ok(
          store.transaction(() => {
            const id = insertOnce(order, at, heldUntil, null);
            const messages = messageWriter(queries, order, id, at, heldUntil);
            messages.some(order.rows);
            queries.setCanary(id, messages.canaryUntil());
            order.settled();
            return { id, heldUntil };
          }),
        );
      } catch (error) {
        const known = classifySqliteError(error);
        if (known) return err(known);
        throw error;
      }
    },

    /** Waits for what is being written, and removes what could not be; fails (`STORE_FULL`, `STORE_READONLY`) when that cannot be now. */
    async clear(): Promise<Result<null, AppError>> {
      await Promise.allSettled(busy);
      try {
        if (left.size > 0) await track(discardLeft());
        return ok(null);
      } catch (error) {
        const known = classifySqliteError(error);
        if (known) return err(known);
        throw error;
      }
    },

    /** Writes nothing any more, and waits for what is under way. */
    async stop(): Promise<void> {
      stopped = true;
      timer?.cancel();
      await Promise.allSettled(busy);
    },
  };
}

const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Writes some of a campaign's messages at a time, and knows when the last of those was written that go ahead of the others. */
function messageWriter(
  queries: CampaignQueries,
  { campaign, messages }: Order,
  id: number,
  at: number,
  heldUntil: number,
) {
  const words = messages()[Symbol.iterator]();
  const common = { campaignId: id, accountId: campaign.request.accountId, at };
  let written = 0;
  let canaryUntil: number | null = null;
  return {
    some(limit: number): void {
      for (let count = 0; count < limit; count++) {
        const next = words.next();
        if (next.done === true) return;
        const notBefore = next.value.state === 'held' ? heldUntil : null;
        const message = queries.insertMessage(common, next.value, notBefore);
        if (++written === campaign.canary) canaryUntil = message;
      }
    },
    canaryUntil: () => canaryUntil,
  };
}
