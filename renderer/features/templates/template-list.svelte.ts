import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Template } from '#shared/ipc/templates.ts';
import { act } from '../../lib/act.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** Pause (ms) in typing after which is searched. */
const PAUSE = 150;

/** The templates of one space: what was searched for, and what is done to them. Late answers are dropped. */
export class TemplateList {
  readonly #engine: EngineClient;
  readonly #space: Space;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  search = $state('');
  /** Only this category; empty: without one; `null`: all. */
  category: string | null = $state(null);
  /** Most used first; null until known. */
  templates: readonly Template[] | null = $state.raw(null);
  /** The one that was removed last and can come back. */
  removed: Template | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  busy = $state(false);

  constructor(engine: EngineClient, space: Space) {
    this.#engine = engine;
    this.#space = space;
  }

  /** The categories there are, in order of the alphabet. */
  categories: readonly string[] = $derived.by(() =>
    [...new Set((this.templates ?? []).map((one) => one.category))].sort((a, b) => a.localeCompare(b)),
  );

  /** What the filter leaves. */
  shown: readonly Template[] = $derived.by(() => {
    const { category } = this;
    const all = this.templates ?? [];
    return category === null || !this.categories.includes(category)
      ? all
      : all.filter((one) => one.category === category);
  });

  /** Reads the list for what is searched. */
  async load(): Promise<void> {
    const run = ++this.#run;
    const search = this.search.trim();
    try {
      const templates = await this.#engine.templates.list({
        space: this.#space,
        ...(search !== '' && { search }),
      });
      if (run !== this.#run) return;
      this.templates = templates;
      this.error = null;
    } catch (thrown) {
      if (run === this.#run) this.error = toAppError(thrown);
    }
  }

  /** Searches as soon as the writer pauses. */
  searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), PAUSE);
  }

  /** Removes a template; it can come back until the next one is removed. */
  async remove(template: Template): Promise<void> {
    await this.#change(async () => {
      await this.#engine.templates.remove({ space: this.#space, id: template.id });
      this.removed = template;
    });
  }

  /** Brings back the one that was removed last. */
  async undo(): Promise<void> {
    const { removed } = this;
    if (!removed) return;
    await this.#change(async () => {
      await this.#engine.templates.restore({ space: this.#space, id: removed.id });
      this.removed = null;
    });
  }

  async #change(call: () => Promise<void>): Promise<void> {
    await act(this, async () => {
      await call();
      await this.load();
    });
  }
}
