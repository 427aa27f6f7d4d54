import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Source } from '#shared/ipc/plan.ts';
import type { DescribedSource, Found } from '#shared/ipc/recipients.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { sourceKey } from './draft.svelte.ts';

/** What the chips of the recipients say. Answers that come after the chips have changed are dropped. */
export class SourceWords {
  readonly #engine: EngineClient;
  #run = 0;

  /** What is known of the sources, by {@link sourceKey}. */
  known: ReadonlyMap<string, DescribedSource> = $state.raw(new Map());
  /** Why the chips cannot be described; null when they can. */
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** Names of fields that the sources bring, each once, in their order. */
  fieldsOf(sources: readonly Source[]): string[] {
    return [...new Set(sources.flatMap((one) => this.known.get(sourceKey(one))?.fields ?? []))];
  }

  /** Whether any of the sources is no longer there. */
  isGone(sources: readonly Source[]): boolean {
    return sources.some((one) => this.known.get(sourceKey(one))?.gone ?? false);
  }

  /** What a search found is known at once, before the engine is asked. */
  learn(found: Found): void {
    const { kind, id } = found;
    const described: DescribedSource = {
      source: { kind, id },
      label: found.name,
      detail: found.kind === 'contact' ? found.msisdn : '',
      count: found.kind === 'contact' ? 1 : found.count,
      gone: false,
      fields: [],
    };
    if (!this.known.has(sourceKey(described.source)))
      this.known = new Map([...this.known, [sourceKey(described.source), described]]);
  }

  /** Asks what the sources are called and how many people they stand for now. */
  async ask(space: Space, sources: readonly Source[]): Promise<void> {
    const run = ++this.#run;
    this.error = null;
    if (sources.length === 0) return;
    try {
      const described = await this.#engine.recipients.describe({ space, sources: [...sources] });
      if (run !== this.#run) return;
      this.known = new Map(described.map((one) => [sourceKey(one.source), one]));
    } catch (thrown) {
      if (run === this.#run) this.error = toAppError(thrown);
    }
  }
}
