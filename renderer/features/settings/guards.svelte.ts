import * as v from 'valibot';
import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import { DEFAULT_RULES, Rules } from '#shared/rules/rules.ts';
import { toAppError, type Link } from '../../lib/link.ts';

const SomeRules = v.partial(Rules);
type SomeOfThem = v.InferOutput<typeof SomeRules>;

/** The change that was saved last: which guard (`all` for a reset), and what held before it. */
type LastChange = { readonly rule: keyof Rules | 'all'; readonly before: Partial<Rules> };

/** What other quiet hours would let leave before it was to. */
type Sooner = { readonly messages: number; readonly sendings: number };

/** Guards and limits of a space, live. Each change is saved at once, one after the other, and the last one can be taken back. */
export class GuardsModel {
  readonly #link: Link;
  #space: Space = 'real';
  #saving: Promise<void> = Promise.resolve();
  #answer: (isAllowed: boolean) => void = () => undefined;

  /** `null` until they have been told. */
  rules: Rules | null = $state.raw(null);
  last: LastChange | null = $state.raw(null);
  /** The last change was taken back. */
  undone = $state(false);
  error: AppError | null = $state.raw(null);
  /** The user is asked about this before the change is saved; `null`: nothing is asked. */
  sooner: Sooner | null = $state.raw(null);
  /** Counts the changes that were not taken over, so that fields show again what holds. */
  refused = $state(0);

  constructor(link: Link) {
    this.#link = link;
  }

  /** Every guard is as it was delivered. */
  isUsual = $derived.by(() => JSON.stringify(inOrder(this.rules)) === JSON.stringify(inOrder(DEFAULT_RULES)));

  /** Follows the rules of a space. Returns the function that stops it. */
  follow(space: Space): () => void {
    this.answer(false);
    this.#space = space;
    this.rules = null;
    this.last = null;
    this.undone = false;
    this.error = null;
    return this.#link.follow(
      (signal) => this.#link.engine.rules.watch({ space }, { signal }),
      (rules) => {
        this.rules = rules;
      },
      (error) => {
        this.error = error;
      },
    );
  }

  /** Changes one guard. What breaks its bounds is not saved. */
  async change(rule: keyof Rules, value: unknown): Promise<void> {
    const { rules } = this;
    if (!rules || JSON.stringify(rules[rule]) === JSON.stringify(value)) return;
    const changed = v.safeParse(SomeRules, { [rule]: value });
    if (changed.success) await this.#save(changed.output, () => ({ rule, before: { [rule]: rules[rule] } }));
    else this.refused += 1;
  }

  /** Puts every guard back to what it was delivered with. */
  async reset(): Promise<void> {
    const { rules } = this;
    if (rules) await this.#save(DEFAULT_RULES, () => ({ rule: 'all', before: rules }));
  }

  /** Takes the last change back. */
  async undo(): Promise<void> {
    const { last } = this;
    if (last) await this.#save(last.before, () => null);
  }

  /** The user's answer to {@link sooner}; without a question nothing happens. */
  answer(isAllowed: boolean): void {
    this.sooner = null;
    this.#answer(isAllowed);
  }

  /** Whether these quiet hours may be saved: they let nothing go that was told to wait, or the user says so. */
  async #mayBeSaved(quiet: Rules['quiet']): Promise<boolean> {
    const space = this.#space;
    const sooner = await this.#link.engine.outbox.leavingSooner({ space, quiet });
    if (space !== this.#space) return false;
    if (sooner.messages === 0) return true;
    this.sooner = sooner;
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  #save(rules: SomeOfThem, last: () => LastChange | null): Promise<void> {
    const space = this.#space;
    this.#saving = this.#saving.then(async () => {
      this.error = null;
      try {
        if (rules.quiet && !(await this.#mayBeSaved(rules.quiet))) {
          this.refused += 1;
          return;
        }
        const saved = await this.#link.engine.rules.update({ space, rules });
        if (space !== this.#space) return;
        this.rules = saved;
        this.last = last();
        this.undone = this.last === null;
      } catch (thrown) {
        if (space !== this.#space) return;
        this.error = toAppError(thrown);
        this.refused += 1;
      }
    });
    return this.#saving;
  }
}

/** In an order that does not depend on who wrote them. */
const inOrder = (rules: Rules | null) =>
  rules &&
  Object.entries({ ...rules, quiet: Object.entries(rules.quiet).sort() }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
