import type { RejectReason } from '#shared/phone/msisdn.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';

/** What cannot be sent to, as it was written, and why. */
export type Rejected = { readonly input: string; readonly reason: RejectReason };

/** UTF-16 units read in one go: a few milliseconds of work on an old computer. */
const SLICE = 8_000;
/** Pause (ms) after which a long list is read; short lists are read at once. */
const PASTE_PAUSE = 120;
/** Rejected ones kept for showing. */
export const REJECTED_SHOWN = 200;

const LIST_SEPARATOR = /[\n,;]/g;

/**
 * Counts the people in a list while it is being written. Long lists are read in slices, so that pasting thousands of
 * numbers never holds up the next key; a change in between starts again.
 */
export class RecipientCount {
  #run = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Different numbers that can be sent to. */
  people = $state(0);
  /** Later appearances of the same numbers. */
  duplicates = $state(0);
  /** How many cannot be used; {@link rejected} holds the first of them. */
  rejectedCount = $state(0);
  rejected: readonly Rejected[] = $state.raw([]);
  /** Share (0…1) read so far; null when the counts are those of the present list. */
  progress: number | null = $state(null);

  /** Counts `text`, replacing what was counted before. */
  read(text: string): void {
    clearTimeout(this.#timer);
    const run = ++this.#run;
    if (text.length <= SLICE) {
      const tally = new Tally();
      tally.add(text);
      this.#show(tally);
      return;
    }
    this.progress = 0;
    this.#timer = setTimeout(() => void this.#readSlices(text, run), PASTE_PAUSE);
  }

  /** Drops what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#run++;
  }

  async #readSlices(text: string, run: number): Promise<void> {
    const tally = new Tally();
    for (let from = 0; from < text.length;) {
      const end = sliceEnd(text, from);
      tally.add(text.slice(from, end));
      from = end;
      await nextTask();
      if (run !== this.#run) return;
      this.progress = from / text.length;
    }
    this.#show(tally);
  }

  #show(tally: Tally): void {
    this.people = tally.seen.size;
    this.duplicates = tally.duplicates;
    this.rejectedCount = tally.rejectedCount;
    this.rejected = tally.rejected;
    this.progress = null;
  }
}

/** Sums up slices; a number seen in an earlier slice is a duplicate in a later one. */
class Tally {
  readonly seen = new Set<string>();
  readonly rejected: Rejected[] = [];
  duplicates = 0;
  rejectedCount = 0;

  add(slice: string): void {
    const parsed = parseRecipients(slice);
    for (const { msisdn } of parsed.accepted) {
      if (this.seen.has(msisdn)) this.duplicates++;
      else this.seen.add(msisdn);
    }
    this.duplicates += parsed.duplicates.length;
    this.rejectedCount += parsed.rejected.length;
    this.rejected.push(...parsed.rejected.slice(0, REJECTED_SHOWN - this.rejected.length));
  }
}

/** Where a slice ends: behind a separator, so that no number is cut. */
function sliceEnd(text: string, from: number): number {
  LIST_SEPARATOR.lastIndex = from + SLICE;
  const separator = LIST_SEPARATOR.exec(text);
  return separator ? separator.index + 1 : text.length;
}

/** Lets input and drawing go first. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/**
 * Where a rejected text stands in the list, after `from` and then from the beginning; pieces of digits around it do not
 * count, so that `123` is not found inside a good number.
 *
 * @returns UTF-16 indexes, or null when it is not there any more
 */
export function findInput(list: string, input: string, from: number): { start: number; end: number } | null {
  const pattern = input
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  const finder = new RegExp(`(?<!\\p{Nd})${pattern}(?!\\p{Nd})`, 'gu');
  finder.lastIndex = from;
  let found = finder.exec(list);
  if (!found) {
    finder.lastIndex = 0;
    found = finder.exec(list);
  }
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}
