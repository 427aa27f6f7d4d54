import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { operatorHint, operatorOfNetwork } from '#shared/phone/operators.ts';
import type { Person } from '../../person.ts';
import { createTurns } from '../../turns.ts';
import { networkQueries, type SeenNetwork } from './network-queries.ts';

export type { SeenNetwork };

/** Numbers that are looked up between two looks at the clock. */
const AT_ONCE = 200;

/** Operators of numbers, `null` where nobody can say. */
export type Operators = ReturnType<typeof createOperators>;

/**
 * Knows whose numbers are whose: what the network said last (a report about a message, or a lookup) counts; otherwise the operator that
 * first gave the number out, which may have been left since. What was found out for a person is kept with them.
 */
export function createOperators(
  db: DatabaseSyncInstance,
  lookedUp: (msisdns: readonly string[]) => SeenNetwork[],
) {
  const queries = networkQueries(db);
  const known = new WeakMap<Person, string | null>();

  function learn(people: readonly Person[]): void {
    const numbers = people.map(({ msisdn }) => msisdn);
    const seen = new Map<string, SeenNetwork>();
    for (const one of [...queries.reported(numbers), ...lookedUp(numbers)]) {
      if (one.at >= (seen.get(one.msisdn)?.at ?? 0)) seen.set(one.msisdn, one);
    }
    for (const person of people) {
      const network = seen.get(person.msisdn)?.mccmnc;
      const operator = network === undefined ? null : operatorOfNetwork(network);
      known.set(person, operator ?? operatorHint(person.msisdn));
    }
  }

  return {
    /** Each one's operator, in the same order. */
    async of(people: readonly Person[]): Promise<(string | null)[]> {
      const turns = createTurns();
      const operators: (string | null)[] = [];
      for (let from = 0; from < people.length; from += AT_ONCE) {
        const some = people.slice(from, from + AT_ONCE);
        const strangers = some.filter((person) => !known.has(person));
        if (strangers.length > 0) learn(strangers);
        for (const person of some) operators.push(known.get(person) ?? null);
        await turns.turn();
      }
      return operators;
    },
  };
}
