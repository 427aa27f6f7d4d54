import type { Encoding } from './parts.ts';

/** How many parts the messages of one sending have. Everything is 0 without messages. */
export type PartsTally = {
  readonly messages: number;
  readonly min: number;
  /** What most messages have; the smaller one when two are as frequent. */
  readonly typical: number;
  readonly max: number;
  /** Parts of all messages. */
  readonly total: number;
  /** Messages by their number of parts, fewest parts first. */
  readonly histogram: readonly { readonly parts: number; readonly messages: number }[];
  /** What most messages are sent in; GSM-7 when both are as frequent. */
  readonly encoding: Encoding;
  /** Messages by encoding. */
  readonly encodings: Readonly<Record<Encoding, number>>;
};

/** Collects the counts of messages one by one; `tally` may be asked at any time. */
export function createPartsTally(): {
  /** Adds `messages` messages (one by default) that were counted alike. */
  add(count: { readonly encoding: Encoding; readonly parts: number }, messages?: number): void;
  tally(): PartsTally;
} {
  const byParts = new Map<number, number>();
  const encodings = { 'GSM-7': 0, 'UCS-2': 0 };
  return {
    add({ encoding, parts }, messages = 1) {
      if (messages <= 0) return;
      encodings[encoding] += messages;
      byParts.set(parts, (byParts.get(parts) ?? 0) + messages);
    },
    tally() {
      const histogram = [...byParts]
        .map(([parts, messages]) => ({ parts, messages }))
        .sort((a, b) => a.parts - b.parts);
      const most = Math.max(0, ...byParts.values());
      return {
        messages: histogram.reduce((sum, one) => sum + one.messages, 0),
        min: histogram[0]?.parts ?? 0,
        typical: histogram.find((one) => one.messages === most)?.parts ?? 0,
        max: histogram.at(-1)?.parts ?? 0,
        total: histogram.reduce((sum, one) => sum + one.parts * one.messages, 0),
        histogram,
        encoding: encodings['UCS-2'] > encodings['GSM-7'] ? 'UCS-2' : 'GSM-7',
        encodings: { ...encodings },
      };
    },
  };
}
