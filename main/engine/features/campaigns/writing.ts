import { appError, type AppError } from '#shared/errors.ts';
import type { SendRequest } from '#shared/ipc/campaigns.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldedApart, foldForSearch } from '#shared/search-fold.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import { classifySqliteError } from '../../store/sqlite-errors.ts';
import type { Store } from '../../store/store.ts';
import type { Merged } from '../recipients/service.ts';
import { figuresOf } from './plan.ts';
import type { CampaignQueries, NewCampaign, NewMessage } from './queries.ts';

/** Up to so many rows are written in one commit; more in several, so that the engine answers others meanwhile. */
const AT_ONCE = 1_000;
const NAME_LENGTH = 60;

/** A campaign to be written: who gets what, and what is known beside it. */
type Order = Pick<NewCampaign, 'token' | 'price' | 'heldBy' | 'sources' | 'seriesId'> & {
  readonly request: SendRequest;
  readonly name: string;
  readonly all: Merged;
  /** Called in the transaction that queues it. */
  readonly settled: () => unknown;
};

/** A campaign that was queued. `heldUntil` in ms since the epoch. */
type Written = { readonly id: number; readonly heldUntil: number };

/**
 * Writes campaigns with all their messages. A long one is written in several commits: until the last of them it is marked as being
 * written, which keeps it out of every list and, like a pause, its messages from leaving. What a killed program left so is removed
 * at the next start: then nothing of it was sent, and nobody was told that it would be.
 */
export function createWriting(deps: {
  readonly store: Store;
  readonly queries: CampaignQueries;
  readonly clock: Clock;
  /** How long a campaign is held for Undo, ms, asked for each. */
  readonly hold: () => number;
  readonly log: Log;
}) {
  const { store, queries, clock, log } = deps;
  const busy = new Set<Promise<unknown>>();
  let stopped = false;

  function track<T>(work: Promise<T>): Promise<T> {
    const done = work.finally(() => busy.delete(done));
    busy.add(done);
    return done;
  }

  /** A failure that left part of a campaign (a full disk) may have left it its token; the next start removes the rest. */
  function insertOnce(order: Order, at: number, heldUntil: number, pause: NewCampaign['pause']): number {
    queries.freeLeft(order.token);
    return queries.insertCampaign(campaignOf(order, at, heldUntil, pause));
  }

  async function inSteps(order: Order, rows: number): Promise<Result<Written, AppError>> {
    const at = clock.now();
    const hold = deps.hold();
    const id = store.transaction(() => insertOnce(order, at, at + hold, 'writing'));
    try {
      const messages = messagesOf(order, id, at, at + hold);
      for (let done = 0; done < rows; done += AT_ONCE) {
        store.transaction(() => insertSome(queries, messages, AT_ONCE));
        await othersFirst();
        if (stopped) return err(appError('LINK_LOST'));
      }
      const heldUntil = clock.now() + hold;
      store.transaction(() => {
        queries.finish(id, heldUntil);
        order.settled();
      });
      return ok({ id, heldUntil });
    } catch (error) {
      await discard(id).catch((second: unknown) => log.error('campaign-not-discarded', second, { id }));
      throw error;
    }
  }

  /** Removes what was written of a campaign, in steps; the campaign itself last, so that this can be gone on with. */
  async function discard(id: number): Promise<void> {
    if (!stopped) store.transaction(() => queries.freeToken(id));
    while (!stopped && store.transaction(() => queries.dropMessages(id, AT_ONCE)) > 0) await othersFirst();
    if (!stopped) store.transaction(() => queries.dropCampaign(id));
  }

  return {
    /** Removes what the last run did not finish writing. Its tokens are free at once. */
    open(): void {
      const unfinished = queries.unfinished();
      if (unfinished.length === 0) return;
      store.transaction(() => unfinished.forEach((id) => queries.freeToken(id)));
      log.warn('campaigns.unfinished', { campaigns: unfinished.length });
      void track(
        (async () => {
          for (const id of unfinished) await discard(id);
        })().catch((error: unknown) => log.error('campaign-not-discarded', error)),
      );
    },

    /** Writes a campaign; when it fails (`STORE_FULL`, `STORE_READONLY`), nothing of it counts. One at a time for each token. */
    async write(order: Order): Promise<Result<Written, AppError>> {
      const rows = order.all.people.length + order.all.leftOut.length;
      try {
        if (rows > AT_ONCE) return await track(inSteps(order, rows));
        const at = clock.now();
        const heldUntil = at + deps.hold();
        return ok(
          store.transaction(() => {
            const id = insertOnce(order, at, heldUntil, null);
            insertSome(queries, messagesOf(order, id, at, heldUntil), rows);
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

    /** Writes nothing any more, and waits for what is under way. */
    async stop(): Promise<void> {
      stopped = true;
      await Promise.allSettled(busy);
    },
  };
}

const othersFirst = () => new Promise<void>((resolve) => setImmediate(resolve));

function insertSome(queries: CampaignQueries, messages: Iterator<NewMessage>, limit: number): void {
  for (let count = 0; count < limit; count++) {
    const next = messages.next();
    if (next.done === true) return;
    queries.insertMessage(next.value);
  }
}

function campaignOf(order: Order, at: number, heldUntil: number, pause: NewCampaign['pause']): NewCampaign {
  const { all, request, token, price, heldBy, sources, seriesId } = order;
  const [first] = all.people;
  // Without fields the text is the same for everybody, its escapes resolved.
  const text = all.merged || !first ? request.text : all.textOf(first);
  return {
    token,
    request,
    price,
    heldBy,
    sources,
    seriesId,
    name: order.name || firstWords(text),
    text,
    textFolded: foldForSearch(text),
    ...figuresOf(all),
    partsPlanned: all.tally.total,
    merged: all.merged,
    planned: all.people.length + all.leftOut.length,
    createdAt: at,
    heldUntil,
    pause,
  };
}

/** The rows of a campaign in the order of planning, those left out last, with the texts they leave with. */
function* messagesOf(
  { all, request }: Order,
  id: number,
  at: number,
  heldUntil: number,
): Generator<NewMessage> {
  const common = { campaignId: id, accountId: request.accountId, at };
  for (const [index, person] of all.people.entries()) {
    const ownText = all.merged ? all.textOf(person) : null;
    yield {
      ...common,
      msisdn: person.msisdn,
      input: person.input,
      state: 'held',
      reason: null,
      parts: all.parts[index] ?? null,
      ownText,
      ownFolded: ownText === null ? null : foldedApart(ownText),
      notBefore: heldUntil,
    };
  }
  const nothing = { parts: null, ownText: null, ownFolded: null, notBefore: null };
  for (const row of all.leftOut) yield { ...common, ...nothing, ...row, state: 'left-out' };
}

/** A campaign's name when the user gave none: the beginning of its text, cut at a word. */
export function firstWords(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  if (line.length <= NAME_LENGTH) return line;
  const cut = line.slice(0, NAME_LENGTH);
  const space = cut.lastIndexOf(' ');
  return `${(space > NAME_LENGTH / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
