import type { Clock, Timer } from '../../clock.ts';
import { type SmppFacts, userDataOf } from './facts.ts';

/** Answers a `deliver_sm`: whether it was stored. */
export type Acknowledge = (stored: boolean) => void;

/** How long a part waits without its answer for the others, in ms. */
const HOLD_MS = 2_000;
/** How long parts that are stored already are remembered for the others, in ms. */
const MEMORY_MS = 600_000;
/** Messages whose parts are remembered at once. */
const MOST_MESSAGES = 100;

type Part = { readonly facts: SmppFacts; readonly acknowledge: Acknowledge[]; stored: boolean };
type Unfinished = {
  readonly total: number;
  readonly parts: Map<number, Part>;
  readonly startedAt: number;
  timer: Timer | null;
};

/** Puts long messages together. */
export type Assembly = {
  /** Takes a part; `false` when the message is no part and was not taken. */
  add(facts: SmppFacts, acknowledge: Acknowledge): boolean;
  /** Forgets everything; what was not answered stays with the gateway. */
  drop(): void;
};

/**
 * Holds the parts of long received messages until all are there, unanswered, so that the gateway keeps them: then they are stored
 * as one body and answered. A gateway that sends a part only after the last one's answer would wait for ever, so after 2 s the parts
 * that came are stored and answered, and read as a message with gaps; when the rest comes, the whole is stored once more. A crash
 * at any moment loses nothing: what was not stored was not answered.
 *
 * `store` stores parts of one message as one body and tells whether it could.
 */
export function createAssembly(clock: Clock, store: (parts: readonly SmppFacts[]) => boolean): Assembly {
  const unfinished = new Map<string, Unfinished>();

  function settle(message: Unfinished, whole: boolean): void {
    message.timer?.cancel();
    message.timer = null;
    const parts = [...message.parts.entries()].sort(([a], [b]) => a - b).map(([, part]) => part);
    const fresh = parts.filter((part) => part.acknowledge.length > 0);
    if (fresh.length === 0) return;
    const chosen = whole ? parts : parts.filter((part) => !part.stored);
    const stored = chosen.length === 0 || store(chosen.map((part) => part.facts));
    for (const part of fresh) {
      part.stored ||= stored;
      for (const acknowledge of part.acknowledge.splice(0)) acknowledge(stored);
    }
  }

  function forget(key: string, message: Unfinished): void {
    settle(message, false);
    unfinished.delete(key);
  }

  return {
    add(facts, acknowledge) {
      const header = userDataOf(facts).part;
      if (header === null) return false;
      const now = clock.monotonic();
      for (const [key, message] of unfinished) {
        if (now - message.startedAt < MEMORY_MS && unfinished.size <= MOST_MESSAGES) break;
        forget(key, message);
      }
      const key = [facts.source_addr, facts.destination_addr, header.reference, header.total].join('\n');
      let message = unfinished.get(key);
      const repeated = message?.parts.get(header.sequence);
      if (message && repeated && repeated.facts.short_message !== facts.short_message) {
        // The sender used the reference again: another message begins.
        forget(key, message);
        message = undefined;
      }
      message ??= { total: header.total, parts: new Map(), startedAt: now, timer: null };
      unfinished.set(key, message);
      const part = message.parts.get(header.sequence) ?? { facts, acknowledge: [], stored: false };
      part.acknowledge.push(acknowledge);
      message.parts.set(header.sequence, part);

      if (message.parts.size === message.total) {
        // What could not be stored comes again, all of it.
        settle(message, true);
        unfinished.delete(key);
      } else {
        const waiting = message;
        message.timer ??= clock.after(HOLD_MS, () => settle(waiting, false));
      }
      return true;
    },
    drop() {
      for (const message of unfinished.values()) {
        message.timer?.cancel();
        for (const part of message.parts.values()) {
          for (const acknowledge of part.acknowledge.splice(0)) acknowledge(part.stored);
        }
      }
      unfinished.clear();
    },
  };
}
