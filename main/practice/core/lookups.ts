import { randomUUID } from 'node:crypto';
import { STATUS } from './catalogue.ts';
import { contextOf, type NumberContext } from './networks.ts';
import type { Settings } from './settings.ts';

/** A number lookup that was made. */
export type Lookup = {
  /** A UUID; `null` for what is no number, or could not be paid. */
  readonly id: string | null;
  readonly bulkId: string;
  readonly to: string;
  /** In ms of the gateway's clock. */
  readonly at: number;
  readonly context: NumberContext;
};

/** Lookups kept at most; the oldest go first. */
const LOOKUP_LIMIT = 10_000;

/** The number lookups of one account. */
export class Lookups {
  readonly #settings: Settings;
  readonly #pay: (micros: number) => boolean;
  #made: Lookup[] = [];

  /** `pay` takes the price of a lookup, in micros, or tells that there is not enough. */
  constructor(settings: Settings, pay: (micros: number) => boolean) {
    this.#settings = settings;
    this.#pay = pay;
  }

  /** Looks numbers up and charges for those that are numbers. What the balance does not cover gets status 12. */
  make(numbers: readonly string[], bulkId: string = randomUUID()): Lookup[] {
    const at = this.#settings.now();
    const made = numbers.map((to): Lookup => {
      const context = contextOf(to);
      if (this.#pay(context.pricePerLookupMicros)) {
        return { id: context.pricePerLookupMicros === 0 ? null : randomUUID(), bulkId, to, at, context };
      }
      return { id: null, bulkId, to, at, context: unpaid(context) };
    });
    this.#made.push(...made.filter(({ id }) => id !== null).slice(-LOOKUP_LIMIT));
    if (this.#made.length > LOOKUP_LIMIT) this.#made = this.#made.slice(-LOOKUP_LIMIT);
    return made;
  }

  /** The lookups of the retention time that are wanted, newest first. */
  logs(limit: number, wanted: (lookup: Lookup) => boolean = () => true): Lookup[] {
    const oldest = this.#settings.now() - this.#settings.logRetentionMs;
    return this.#made
      .filter((lookup) => lookup.at >= oldest && wanted(lookup))
      .reverse()
      .slice(0, limit);
  }
}

function unpaid(context: NumberContext): NumberContext {
  return {
    ...context,
    statusId: STATUS.notEnoughCredits,
    errorId: 0,
    mccmnc: null,
    imsi: null,
    original: null,
    ported: false,
    portedNetwork: null,
    roaming: false,
    roamingNetwork: null,
    servingMsc: null,
    pricePerLookupMicros: 0,
  };
}
