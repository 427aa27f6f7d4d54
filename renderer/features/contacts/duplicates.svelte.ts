import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact, Field, FieldValues, LikelySame } from '#shared/ipc/contacts.ts';
import type { Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** UTF-16 units of a note. */
const MOST_NOTE = 5_000;

/** A name with the contacts that have it; the name is its id in the list. */
export type SameRow = LikelySame & { readonly id: string };

/** Names that several contacts have, live. */
export class DuplicatesModel {
  readonly #link: Link;
  readonly #space: Space;

  error: AppError | null = $state.raw(null);
  readonly rows: RowWindow<SameRow>;

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.#space = space;
    this.rows = new RowWindow(async (cursor, limit) => {
      const page = await link.engine.contacts.duplicates({
        space,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      const rows = page.rows.map((row) => ({ ...row, id: String(row.contacts[0]?.id ?? row.name) }));
      return { rows, next: page.next };
    });
  }

  /** Reads the list and follows its changes. Returns the function that stops it. */
  start(): () => void {
    return this.#link.follow(
      (signal) => this.#link.engine.contacts.watch({ space: this.#space }, { signal }),
      () => void (this.rows.ready ? this.rows.refresh() : this.rows.reload()),
      (error) => {
        this.error = error;
      },
    );
  }
}

/** A line of the comparison in which the contacts differ: whose value is kept. */
type Difference = {
  /** `name`, `first` (the number that messages go to), or a field's id. */
  readonly key: string;
  readonly label: string;
  readonly kind: Field['kind'];
  /** By contact, in their order. */
  readonly values: readonly string[];
};

/** Making several contacts one: who is taken, and what is kept where they differ. */
export class MergeDraft {
  readonly contacts: readonly Contact[];
  readonly #fields: readonly Field[];
  /** Ids of those who are not the same person. */
  left: readonly number[] = $state.raw([]);
  /** By difference: the place of the contact whose value is kept. */
  #kept: Readonly<Record<string, number>> = $state.raw({});
  note = $state('');

  constructor(contacts: readonly Contact[], fields: readonly Field[]) {
    this.contacts = contacts;
    this.#fields = fields;
    this.note = [...new Set(contacts.map(({ note }) => note.trim()).filter((one) => one !== ''))]
      .join('\n')
      .slice(0, MOST_NOTE);
  }

  /** Those that become one. */
  get taken(): readonly Contact[] {
    return this.contacts.filter(({ id }) => !this.left.includes(id));
  }

  /** Takes a contact out, or in again. */
  take(id: number, isTaken: boolean): void {
    this.left = isTaken ? this.left.filter((one) => one !== id) : [...this.left, id];
  }

  /** The user's fields in which those that are taken differ; an empty value gives way without a question. */
  get differences(): readonly Difference[] {
    return this.#fields.flatMap(({ id, name, kind }) => {
      const values = this.contacts.map(({ fields }) => fields[id] ?? '');
      const written = this.taken.map(({ fields }) => fields[id] ?? '').filter((one) => one !== '');
      return new Set(written).size > 1 ? [{ key: String(id), label: name, kind, values }] : [];
    });
  }

  /** Place of the contact whose value is kept: the chosen one, else the first that has a value. */
  keptOf(key: string): number {
    const chosen = this.#kept[key];
    const taken = this.taken;
    const has = (contact: Contact): boolean =>
      key === 'name' || key === 'first' || (contact.fields[key] ?? '') !== '';
    const one = chosen === undefined ? undefined : this.contacts[chosen];
    if (one && taken.includes(one)) return chosen ?? 0;
    const first = taken.find(has);
    return first ? this.contacts.indexOf(first) : 0;
  }

  /** Keeps the value of the contact at `place`. */
  keep(key: string, place: number): void {
    this.#kept = { ...this.#kept, [key]: place };
  }

  /** What the merge asks; null while fewer than two are taken. The one that was added first stays. */
  get asked() {
    const taken = this.taken.toSorted((a, b) => a.id - b.id);
    const [stays, ...others] = taken;
    if (!stays || others.length === 0) return null;
    const fields: FieldValues = {};
    for (const id of new Set(taken.flatMap((one) => Object.keys(one.fields)))) {
      const value = this.contacts[this.keptOf(id)]?.fields[id] ?? '';
      if (value !== '') fields[id] = value;
    }
    return {
      keep: stays.id,
      others: others.map(({ id }) => id),
      contact: {
        name: this.contacts[this.keptOf('name')]?.name ?? stays.name,
        note: this.note,
        fields,
        first: this.contacts[this.keptOf('first')]?.msisdn ?? stays.msisdn,
      },
    };
  }
}
