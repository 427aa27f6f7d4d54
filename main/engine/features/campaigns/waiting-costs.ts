import type { SendingAccount } from '../../account-access.ts';
import type { Store } from '../../store/store.ts';
import { createTurns } from '../../turns.ts';
import { waitingQueries, type Estimated, type WaitingCampaign } from './waiting-queries.ts';

/** Messages that are read between two looks at the clock. */
const AT_ONCE = 2_000;

/** What is planned for later than this (ms) can still be paid for by money that comes in until then. */
const SOON_MS = 24 * 3_600_000;

/** What waits for money, in millionths of the currency of the balance. */
type Waiting = {
  /** Everything. */
  readonly all: number;
  /** Without what is planned for later than a day from now. */
  readonly soon: number;
};

/**
 * What an account's balance has to pay for already at `now` (ms): everything held, queued, on its way or uncertain, whenever it is planned
 * for and also while it is paused, since nobody asks about money again before it leaves; and what was sent, or handed over for later, since
 * the balance was last known, by sendings that have ended too. A series is not counted: each of its occurrences is planned at its time, asks
 * about the balance as it is then, and counts what waits then. 0 while no balance is known.
 */
export type WaitingCosts = (account: SendingAccount, now: number) => Promise<Waiting>;

/** Makes {@link WaitingCosts}. Accounts that sign in as the same user pay from the same balance. */
export function createWaitingCosts(db: Store['db']): WaitingCosts {
  const queries = waitingQueries(db);
  return async ({ id, balance, pricePerPart }, now) => {
    // Nothing to compare it with.
    if (!balance.money) return { all: 0, soon: 0 };
    const { currency } = balance.money;
    const turns = createTurns();
    const since = balance.at;
    let all = 0;
    let later = 0;
    for (const campaign of queries.accounts(id).flatMap((account) => queries.campaigns(account, since))) {
      await turns.turn();
      if (campaign.price_currency !== null && campaign.price_currency !== currency) continue;
      const price = campaign.price_micros ?? pricePerPart?.micros ?? 0;
      const { cancelled } = campaign;
      if (cancelled === 0) {
        const micros = costOf(queries.unsent(campaign.id), campaign, price);
        all += micros;
        if (campaign.send_at !== null && campaign.send_at > now + SOON_MS) later += micros;
      }
      if (since === null || !queries.hasLeft(campaign.id)) continue;
      let upTo: number | null;
      for (let after = 0; (upTo = queries.pageEnd(campaign.id, after, AT_ONCE)) !== null; after = upTo) {
        all += costOf(queries.left({ id: campaign.id, after, upTo, since, cancelled }), campaign, price);
        await turns.turn();
      }
    }
    return { all, soon: all - later };
  };
}

/** Where no price was known when it was planned, each message is taken for a usual one at the last price. */
const costOf = (sum: Estimated, campaign: WaitingCampaign, price: number): number =>
  sum.micros + sum.without * campaign.parts_per_message * price;
