import type { CostShare, SendRequest } from '#shared/ipc/plan.ts';
import type { Money } from '#shared/money.ts';
import type { LearnedPrice, SendingAccount } from '../../account-access.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { Merged } from '../recipients/service.ts';
import type { Operators } from './networks.ts';

/** What a sending is expected to cost. */
export type Costs = {
  /** `null` while nothing is known of prices. */
  readonly total: Money | null;
  readonly shares: CostShare[];
  /** What one message costs, by its place and parts, in millionths; `null` while nothing is known of prices. */
  microsOf(index: number): number | null;
};

/** As what a request is sent, for prices and quiet hours; `null` where nothing is said. */
export const classOf = ({ options }: Pick<SendRequest, 'options'>): LearnedPrice['class'] =>
  options?.transactionClass ?? null;

/**
 * The price that fits best: of the operator and the class, of the operator, of the class, or what the account paid last. A price in
 * another currency than the account's last one is from before a change, and counts for nothing.
 */
function priceBook(account: SendingAccount, learned: readonly LearnedPrice[], asked: LearnedPrice['class']) {
  const last = account.pricePerPart;
  const find = (operator: string | null, of: LearnedPrice['class']) =>
    learned.find(
      (one) => one.operator === operator && one.class === of && one.pricePerPart.currency === last?.currency,
    )?.pricePerPart;
  return (operator: string | null): Money | null =>
    last &&
    ((operator === null ? undefined : (find(operator, asked) ?? find(operator, null))) ??
      (asked === null ? undefined : find(null, asked)) ??
      last);
}

/** Works out what everybody's message costs, and each operator's share, dearest first. */
export async function costsOf(
  all: Pick<Merged, 'people' | 'parts'>,
  request: SendRequest,
  account: SendingAccount,
  learned: readonly LearnedPrice[],
  operators: Operators,
): Promise<Costs> {
  const turns = createTurns();
  const priceOf = priceBook(account, learned, classOf(request));
  const whose = await operators.of(all.people);
  const shares = new Map<string | null, { price: Money | null; messages: number; parts: number }>();
  for (const [index, operator] of whose.entries()) {
    if (index % SLICE === 0) await turns.turn();
    let share = shares.get(operator);
    if (!share) shares.set(operator, (share = { price: priceOf(operator), messages: 0, parts: 0 }));
    share.messages++;
    share.parts += all.parts[index] ?? 0;
  }
  const list = [...shares].map(([operator, { price, messages, parts }]) => ({
    operator,
    messages,
    parts,
    pricePerPart: price,
    cost: price && { micros: price.micros * parts, currency: price.currency },
  }));
  list.sort((a, b) => (b.cost?.micros ?? b.parts) - (a.cost?.micros ?? a.parts));
  const last = account.pricePerPart;
  return {
    total: last && {
      micros: list.reduce((sum, { cost }) => sum + (cost?.micros ?? 0), 0),
      currency: last.currency,
    },
    shares: list,
    microsOf(index) {
      const price = shares.get(whose[index] ?? null)?.price;
      return price ? price.micros * (all.parts[index] ?? 0) : null;
    },
  };
}
