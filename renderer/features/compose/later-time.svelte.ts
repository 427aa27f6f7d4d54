import type { Space } from '#shared/ids.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import { DEFAULT_RULES, type Rules } from '#shared/rules/rules.ts';
import type { EngineClient } from '../../lib/link.ts';

/** Quarters of an hour (ms) begin at the same moments in every zone: offsets are whole quarters. */
const QUARTER = 15 * 60_000;

/** What a message is called in the rules of the quiet hours; `null`: nothing in particular. */
type MessageClass = Parameters<typeof quietUntil>[1];

const nextQuarter = (at: number): number => Math.ceil(at / QUARTER) * QUARTER;

/** The first full quarter of an hour (ms) that is a quarter away from `now` (ms) or more, and not in the quiet hours. */
export function proposedTime(now: number, rules: Pick<Rules, 'quiet'>, messageClass: MessageClass): number {
  const soon = nextQuarter(now + QUARTER);
  const until = quietUntil(rules, messageClass, soon);
  return until === null ? soon : nextQuarter(until);
}

/** Knows a time to begin with when "Later" is chosen. */
export class LaterTime {
  readonly #engine: EngineClient;
  /** Where they cannot be asked for, those that hold until somebody changes them: the engine looks at the time again. */
  #rules: Rules = DEFAULT_RULES;
  #asked: Space | null = null;

  /** The time (ms) that was proposed last; `null`: none was. */
  proposed: number | null = $state(null);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Asks for the quiet hours of a space. */
  async learn(space: Space): Promise<void> {
    this.#asked = space;
    const rules = await this.#engine.rules.get({ space }).catch(() => DEFAULT_RULES);
    if (this.#asked === space) this.#rules = rules;
  }

  /** A time (ms) that a message of this class may leave at. */
  propose(messageClass: MessageClass): number {
    this.proposed = proposedTime(Date.now(), this.#rules, messageClass);
    return this.proposed;
  }
}
