import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { DraftContent } from '#shared/ipc/drafts.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** Time (ms) from a change to its save when nothing was saved just before. */
const SOON = 250;
/** Shortest time (ms) between the beginnings of two saves. */
const SAVE_PACE = 500;
/** Time (ms) for which nothing must be written after a save until it is told: else that would flicker between letters. */
const CALM = 500;
/** Waits (ms) before a save that failed is tried again; the last one repeats. */
const RETRY_AFTER = [1_000, 2_000, 5_000, 15_000] as const;

/**
 * Keeps a draft in the engine while it is written. Only the newest content counts: each save writes all of it under a growing
 * revision, so that one which was overtaken on the way changes nothing. What could not be saved is tried again until it is.
 */
export class DraftSaver {
  readonly #engine: EngineClient;
  #space: Space | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #startedAt = Number.NEGATIVE_INFINITY;
  /** How long (ms) the last save took: a draft of megabytes is not written twice a second. */
  #took = 0;
  #revision = 0;
  #failures = 0;
  #answered = 0;
  /** The newest content; null before the first change. */
  #current: DraftContent | null = null;
  /** What the engine was given last. */
  #given: DraftContent | null = null;
  /** The engine has, or may have, something of this draft. */
  #isKept = false;
  #isClosed = false;
  /** Saves that have not been answered. */
  #underWay = 0;
  #calmTimer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();

  /** The content that is being sent, while that is not known to have failed. */
  #leaving: DraftContent | null = null;

  /** What the engine knows the draft by. */
  id: string = $state.raw('');
  /** Something is written that the engine is not known to have yet, or it was a moment ago. */
  isSaving: boolean = $state(false);
  /** When it was last saved (ms); null while it never was. */
  savedAt: number | null = $state(null);
  /** Why the last save failed; null when it did not. The text is still here and the save is tried again. */
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient, id: string) {
    this.#engine = engine;
    this.id = id;
  }

  /** Says where the draft belongs. Nothing is saved before. */
  belongsTo(space: Space): void {
    this.#space = space;
    this.#tell();
  }

  /** The engine has this content already, as the given revision, saved at the given time (ms). */
  opened(content: DraftContent, savedAt: number, revision = 0): void {
    this.#current = content;
    this.#given = content;
    this.#isKept = true;
    this.savedAt = savedAt;
    this.#revision = Math.max(revision, savedAt);
  }

  /** Notes a change. It is saved within 300 ms, or when the pace allows. Content that is already noted changes nothing. */
  changed(content: DraftContent): void {
    if (this.#isClosed || (this.#current && isSame(content, this.#current))) return;
    this.#current = content;
    this.#tell();
    if (!this.#isDirty) return;
    if (this.#timer !== undefined && this.#failures === 0) return;
    const pace = Math.max(SAVE_PACE, 4 * this.#took);
    this.#saveIn(Math.max(SOON, this.#startedAt + pace - Date.now()));
  }

  /** Saves at once what is not saved yet. Resolves when nothing is under way, whether or not it worked. */
  flush(): Promise<void> {
    if (this.#isDirty) this.#save();
    return this.#running;
  }

  /** What is noted now is being sent. When the answer is lost, only what is written beyond it is worth saving. */
  leaves(): void {
    this.#leaving ??= this.#current;
  }

  /** It is known not to have been sent. */
  stays(): void {
    this.#leaving = null;
  }

  /** Nothing is saved any more: the draft was removed, or went out and was removed with that. */
  abandon(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#current = this.#given;
    this.error = null;
    this.#tell();
  }

  get #isDirty(): boolean {
    if (this.#isClosed || !this.#space || !this.#current || this.#current === this.#given) return false;
    return this.#isKept || !isBlank(this.#current);
  }

  #tell(): void {
    clearTimeout(this.#calmTimer);
    if (this.#isDirty || this.#underWay > 0) this.isSaving = true;
    else this.#calmTimer = setTimeout(() => (this.isSaving = false), CALM);
  }

  #saveIn(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), wait);
  }

  #save(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const content = this.#current;
    const space = this.#space;
    if (!content || !space || !this.#isDirty) return;
    this.#startedAt = Date.now();
    this.#revision = Math.max(this.#revision + 1, this.#startedAt);
    this.#given = content;
    this.#isKept = true;
    const revision = this.#revision;
    const before = this.#running;
    const save = this.#hand(space, content, revision);
    this.#running = Promise.all([before, save]).then(() => undefined);
  }

  /** The draft went out although nobody heard of it: what was written since becomes another one. */
  #wentOut(id: string): void {
    if (this.#isClosed || id !== this.id) return;
    this.savedAt = null;
    this.error = null;
    this.#isKept = false;
    if (this.#leaving && this.#current && isSame(this.#leaving, this.#current)) {
      this.#given = this.#current;
      return;
    }
    this.id = crypto.randomUUID();
    this.#given = null;
    void this.flush();
  }

  async #hand(space: Space, content: DraftContent, revision: number): Promise<void> {
    const { id } = this;
    this.#underWay++;
    try {
      const { changedAt, sent } = await this.#engine.drafts.save({ space, id, content, revision });
      if (sent) {
        this.#wentOut(id);
        return;
      }
      this.#took = Date.now() - this.#startedAt;
      if (revision < this.#answered) return;
      this.#answered = revision;
      this.#failures = 0;
      this.error = null;
      this.savedAt = changedAt ?? Date.now();
      if (isBlank(content)) this.savedAt = null;
    } catch (thrown) {
      /* A newer save is under way or has worked: it holds everything. */
      if (this.#isClosed || revision !== this.#revision) return;
      this.error = toAppError(thrown);
      this.#given = null;
      this.#saveIn(RETRY_AFTER[Math.min(this.#failures, RETRY_AFTER.length - 1)] ?? SAVE_PACE);
      this.#failures++;
    } finally {
      this.#underWay--;
      this.#tell();
    }
  }
}

const isBlank = ({ recipients, text, sources }: DraftContent): boolean =>
  recipients.trim() === '' && text.trim() === '' && sources.length === 0;

/** Long texts are compared last; what is small and structured, by its JSON. */
function isSame(one: DraftContent, other: DraftContent): boolean {
  const { text, recipients, ...rest } = one;
  const { text: otherText, recipients: otherRecipients, ...otherRest } = other;
  return (
    JSON.stringify(rest) === JSON.stringify(otherRest) && text === otherText && recipients === otherRecipients
  );
}
