import type { PartOf } from './concatenation.ts';
import type { SubmitRequest } from './read-submit.ts';

/** A part that was accepted: what it is known by, and what it carries. */
export type AcceptedPart = {
  readonly messageId: string;
  /** `registered_delivery` of its PDU. */
  readonly registered: number;
  /** All it asked for. */
  readonly request: SubmitRequest;
};

/** The parts of one message that came so far, in order of arrival, and the octets each number came with last. */
export type Assembly = {
  readonly total: number;
  readonly startedAt: number;
  readonly parts: AcceptedPart[];
  readonly byNumber: Map<number, Buffer>;
};

/** Unfinished messages of an account at most; a further one pushes the oldest out. */
const MOST_UNFINISHED = 1_000;
/** Parts taken for one message at most, repeated ones included. */
const MOST_PARTS = 512;

/** Puts the parts of long messages together, for one account. */
export class Assemblies {
  readonly #patienceMs: number;
  readonly #unfinished = new Map<string, Assembly>();

  /** `patienceMs`: how long a message may stay unfinished, by the gateway's clock. */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** How many messages are unfinished. */
  get size(): number {
    return this.#unfinished.size;
  }

  /**
   * Takes a part; `between` names its two addresses and whatever else must be the same in all parts. Gives the message
   * when that made it whole; it is forgotten then, so that a message sent once more is a second one.
   */
  add(between: string, of: PartOf, part: AcceptedPart, now: number): Assembly | null {
    const key = JSON.stringify([between, of.reference, of.total]);
    let assembly = this.#unfinished.get(key);
    if (assembly === undefined) {
      assembly = { total: of.total, startedAt: now, parts: [], byNumber: new Map() };
      this.#unfinished.set(key, assembly);
    }
    if (assembly.parts.length < MOST_PARTS) assembly.parts.push(part);
    assembly.byNumber.set(of.number, part.request.octets);
    if (assembly.byNumber.size < of.total) return null;
    this.#unfinished.delete(key);
    return assembly;
  }

  /** Gives up the messages that waited too long for a part, or are too many. */
  giveUp(now: number): Assembly[] {
    const given: Assembly[] = [];
    for (const [key, assembly] of this.#unfinished) {
      const over = this.#unfinished.size > MOST_UNFINISHED;
      if (!over && assembly.startedAt + this.#patienceMs > now) break;
      this.#unfinished.delete(key);
      given.push(assembly);
    }
    return given;
  }
}

/** The octets of a whole message, in the order of its parts. */
export function joined(assembly: Assembly): Buffer {
  const numbers = [...assembly.byNumber.keys()].sort((left, right) => left - right);
  return Buffer.concat(numbers.map((number) => assembly.byNumber.get(number) ?? Buffer.alloc(0)));
}
