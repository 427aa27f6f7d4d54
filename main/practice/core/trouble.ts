import type { SendFault } from './faults.ts';
import { magicFaultOf, type MagicFault } from './magic.ts';
import type { PracticeState } from './state.ts';

/** What goes wrong with one send. `traits` is what magic numbers ask for besides the fault. */
export type SendTrouble = { readonly fault: SendFault | null; readonly traits: MagicFault };

/**
 * Decides what goes wrong with a send request: the first magic number with a fault decides, otherwise the plan. What
 * magic numbers say of reports, logs and ids adds up. All of it holds for the whole request.
 */
export function troubleOf(to: readonly string[], user: string, state: PracticeState): SendTrouble {
  const planned = state.dice.send();
  let traits: MagicFault = {};
  let magic: SendFault | null = null;
  for (const number of to) {
    const asked = magicFaultOf(number);
    if (asked === null) continue;
    const skipped = asked.everyOtherTry === true && state.nextTry(user, number) % 2 === 0;
    if (!skipped) magic ??= asked.fault ?? null;
    traits = { ...traits, ...asked };
  }
  return { fault: magic ?? planned, traits };
}
