import { createPartsTally } from '#shared/sms/merge-tally.ts';
import type { Person } from '../../person.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { Merged } from './merged.ts';

/**
 * The same sending with only those whom `reasonOf` gives no reason for; the others join those left out. `reasonOf` is asked for each place
 * once, in order.
 */
export async function without(all: Merged, reasonOf: (index: number) => string | null): Promise<Merged> {
  const turns = createTurns();
  const tally = createPartsTally();
  const people: Person[] = [];
  const leftOut = [...all.leftOut];
  const parts = new Uint16Array(all.people.length);
  const ucs2 = new Uint8Array(all.people.length);
  for (const [index, person] of all.people.entries()) {
    if (index % SLICE === 0) await turns.turn();
    const reason = reasonOf(index);
    if (reason !== null) {
      leftOut.push({ msisdn: person.msisdn, input: person.input, reason });
      continue;
    }
    const count = all.parts[index] ?? 0;
    const wide = all.ucs2[index] ?? 0;
    parts[people.length] = count;
    ucs2[people.length] = wide;
    people.push(person);
    tally.add({ encoding: wide === 1 ? 'UCS-2' : 'GSM-7', parts: count });
  }
  void turns.turn();
  return {
    ...all,
    people,
    leftOut,
    parts: parts.subarray(0, people.length),
    ucs2: ucs2.subarray(0, people.length),
    tally: tally.tally(),
    longestSlice: Math.max(all.longestSlice, turns.longest),
  };
}
