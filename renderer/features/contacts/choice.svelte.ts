import type { Contact, ContactChoice, ContactFilter } from '#shared/ipc/contacts.ts';
import type { People } from './every-contact.ts';

/** Contacts that can be chosen one by one; more is "all found". */
const MOST_CHOSEN = 1_000;

/** Who is chosen in the list of people: some of them one by one, or all that the list's filter finds. */
export class Choice {
  /** Chosen one by one; kept whole, for they may leave the part of the list that is in memory. */
  #some: ReadonlyMap<number, Contact> = $state.raw(new Map());
  /** What "all found" means; null while only some are chosen. */
  #all: ContactFilter | null = $state.raw(null);

  /** All that the list finds are chosen. */
  get isAll(): boolean {
    return this.#all !== null;
  }

  /** Who is chosen, to be gone through. */
  get people(): People {
    return this.#all ? { filter: this.#all } : { some: [...this.#some.values()] };
  }

  /** Nobody is chosen. */
  get isEmpty(): boolean {
    return this.#all === null && this.#some.size === 0;
  }

  /** Whether this one is chosen. */
  has({ id }: Contact): boolean {
    return this.#all !== null || this.#some.has(id);
  }

  /** How many are chosen; `found` is how many the list finds. */
  count(found: number): number {
    return this.#all === null ? this.#some.size : found;
  }

  /**
   * Chooses or drops some. `loaded` are the rows in memory: dropping one of "all found" leaves these chosen, and the count beside the
   * actions says so. At most 1,000 are chosen one by one; further ones are not taken.
   */
  set(contacts: readonly Contact[], isChosen: boolean, loaded: readonly Contact[]): void {
    const next = new Map(this.#all ? loaded.map((one) => [one.id, one]) : this.#some);
    this.#all = null;
    for (const one of contacts) {
      if (!isChosen) next.delete(one.id);
      else if (next.size < MOST_CHOSEN) next.set(one.id, one);
    }
    this.#some = next;
  }

  /** Chooses all that `filter` finds. */
  setAll(filter: ContactFilter): void {
    this.#all = filter;
    this.#some = new Map();
  }

  /** Chooses nobody. */
  clear(): void {
    this.#all = null;
    this.#some = new Map();
  }

  /** The choice as the engine takes it; null while nobody is chosen. */
  get asked(): ContactChoice | null {
    if (this.#all) return { filter: this.#all };
    return this.#some.size > 0 ? { ids: [...this.#some.keys()] } : null;
  }
}
