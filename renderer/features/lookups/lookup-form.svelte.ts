import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Lookup } from '#shared/ipc/lookups.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** What a lookup of the written numbers would ask. */
type LookupPlan = { readonly numbers: number; readonly invalid: number; readonly duplicates: number };

/** Pause (ms) in typing after which the numbers are counted. */
const PLAN_PAUSE = 250;
/** UTF-16 units of a file that are read; more than the contract takes in one call is refused. */
const MOST_TEXT = 4_000_000;

/** The numbers to be looked up, and starting it. */
export class LookupForm {
  readonly #engine: EngineClient;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  numbers = $state('');
  mode: 'sync' | 'async' = $state('sync');
  /** What is written now would ask; null while it is being counted or nothing is written. */
  plan: LookupPlan | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  /** A file was too big to be taken. */
  isFileTooBig = $state(false);
  /** What became of taking the contacts, where that needs a word: there are none, or not all fit. */
  contactsNote: 'none' | 'cut' | null = $state(null);
  busy = $state(false);
  /** The contacts' numbers are being read. */
  isReading = $state(false);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** The numbers were changed: counts them after a pause. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.plan = null;
    this.error = null;
    this.isFileTooBig = false;
    this.contactsNote = null;
    if (this.numbers.trim() !== '') this.#timer = setTimeout(() => void this.#ask(), PLAN_PAUSE);
  }

  /** Adds the numbers of a text file below what is written. Its path is never known here. */
  async addFile(file: File): Promise<void> {
    const isTooBig = file.size > MOST_TEXT * 3;
    if (isTooBig || !this.add(await file.text())) this.isFileTooBig = true;
  }

  /** Adds numbers below what is written; `false` when that would be too much, and nothing is added. */
  add(text: string): boolean {
    if (this.numbers.length + text.length + 1 > MOST_TEXT) return false;
    this.numbers = this.numbers.trim() === '' ? text : `${this.numbers.trimEnd()}\n${text}`;
    this.changed();
    return true;
  }

  /** Adds the numbers of all contacts below what is written. */
  async addContacts(space: Space): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    this.error = null;
    this.contactsNote = null;
    try {
      const { numbers, count, more } = await this.#engine.contacts.numbers({ space, filter: {} });
      if (count === 0) this.contactsNote = 'none';
      else if (!this.add(numbers) || more) this.contactsNote = 'cut';
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.isReading = false;
    }
  }

  /** Starts the lookup; gives it, or null when it did not start ({@link error} says why). */
  async start(accountId: string): Promise<Lookup | null> {
    if (this.busy) return null;
    this.busy = true;
    this.error = null;
    try {
      const lookup = await this.#engine.lookups.start({
        accountId,
        numbers: this.numbers,
        mode: this.mode,
      });
      this.numbers = '';
      this.plan = null;
      return lookup;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** Drops what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const plan = await this.#engine.lookups.plan({ numbers: this.numbers });
      if (asked === this.#asked) this.plan = plan;
    } catch (thrown) {
      if (asked === this.#asked) this.error = toAppError(thrown);
    }
  }
}
