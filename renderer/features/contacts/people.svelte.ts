import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact, ContactFilter, Field } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import { Choice } from './choice.svelte.ts';

/** Pause (ms) in typing after which the list is searched. */
const SEARCH_PAUSE = 250;

/** Which part of the people is shown. */
export type Place =
  | { readonly kind: 'all' | 'no-group' | 'dead' }
  | { readonly kind: 'group'; readonly id: number }
  | { readonly kind: 'import'; readonly id: number };

/** Numbers beside the places of the left list; null until known. */
type PlaceCounts = { readonly all: number; readonly noGroup: number; readonly dead: number };

/** The contacts of one space: the places, the list, who is chosen. Follows every change. */
export class PeopleModel {
  readonly #link: Link;
  readonly space: Space;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to older questions are dropped. */
  #askedCount = 0;
  /** The filter that the rows in memory belong to. */
  #applied: ContactFilter = $state.raw({});
  #isReading = false;
  #isStale = false;

  place: Place = $state.raw({ kind: 'all' });
  search = $state('');
  counts: PlaceCounts | null = $state.raw(null);
  /** How many the list finds; null until known. */
  found: number | null = $state(null);
  groups: readonly Group[] = $state.raw([]);
  fields: readonly Field[] = $state.raw([]);
  error: AppError | null = $state.raw(null);
  readonly choice = new Choice();
  readonly rows: RowWindow<Contact>;

  constructor(link: Link, space: Space, importId?: number) {
    this.#link = link;
    this.space = space;
    if (importId !== undefined) this.place = { kind: 'import', id: importId };
    this.rows = new RowWindow((cursor, limit) =>
      link.engine.contacts.list({
        space,
        filter: this.#applied,
        limit,
        ...(cursor !== undefined && { cursor }),
      }),
    );
  }

  /** Something is searched for. */
  get isSearching(): boolean {
    return this.search.trim() !== '';
  }

  /** There are no contacts at all. */
  get hasNobody(): boolean {
    return this.place.kind === 'all' && !this.isSearching && this.counts?.all === 0;
  }

  /** The group that is shown; null in the other places. */
  get group(): Group | null {
    const { place } = this;
    return place.kind === 'group' ? (this.groups.find(({ id }) => id === place.id) ?? null) : null;
  }

  /** What the list shows now, for actions on all of it. */
  get filter(): ContactFilter {
    return this.#applied;
  }

  /** Reads everything and follows its changes. Returns the function that stops it. */
  start(): () => void {
    this.#reload();
    const stop = this.#link.follow(
      (signal) => this.#link.engine.contacts.watch({ space: this.space }, { signal }),
      ({ count }) => {
        this.counts = { noGroup: 0, dead: 0, ...this.counts, all: count };
        void this.#readAround();
      },
      (error) => {
        this.error = error;
      },
    );
    return () => {
      stop();
      clearTimeout(this.#timer);
    };
  }

  /** Shows another part of the people. */
  show(place: Place): void {
    this.place = place;
    this.choice.clear();
    this.#reload();
  }

  /** Searches as soon as the writer pauses. */
  searchSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.choice.clear();
      this.#reload();
    }, SEARCH_PAUSE);
  }

  /** Drops what is searched for. */
  clearSearch(): void {
    this.search = '';
    this.choice.clear();
    this.#reload();
  }

  /** Reads the fields again, after they were changed: no stream tells of them. */
  async readFields(): Promise<void> {
    await this.#try(async () => {
      this.fields = await this.#link.engine.contacts.fields({ space: this.space });
    });
    void this.rows.refresh();
  }

  /** Reads the groups again; also done by itself after every change of contacts. */
  async readGroups(): Promise<void> {
    await this.#try(async () => {
      this.groups = await this.#link.engine.groups.list({ space: this.space });
    });
  }

  #reload(): void {
    clearTimeout(this.#timer);
    const search = this.search.trim();
    const { place } = this;
    this.#applied = {
      ...(search !== '' && { search }),
      ...(place.kind === 'group' && { group: place.id }),
      ...(place.kind === 'import' && { import: place.id }),
      ...((place.kind === 'no-group' || place.kind === 'dead') && { only: place.kind }),
    };
    this.found = null;
    void this.rows.reload();
    void this.#count();
  }

  async #count(): Promise<void> {
    const asked = ++this.#askedCount;
    try {
      const found = await this.#link.engine.contacts.count({ space: this.space, filter: this.#applied });
      if (asked === this.#askedCount) this.found = found;
    } catch (thrown) {
      /* The list itself says why it cannot be read. */
      if (asked === this.#askedCount && this.rows.error === null) this.error = toAppError(thrown);
    }
  }

  /** Everything around the list: one reading at a time, and one more when something changed meanwhile. */
  async #readAround(): Promise<void> {
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        const { contacts } = this.#link.engine;
        const { space } = this;
        if (this.rows.ready && !this.rows.loading) void this.rows.refresh();
        void this.#count();
        await Promise.all([
          this.readGroups(),
          this.#try(async () => {
            this.fields = await contacts.fields({ space });
          }),
          this.#try(async () => {
            const [noGroup, dead] = await Promise.all([
              contacts.count({ space, filter: { only: 'no-group' } }),
              contacts.count({ space, filter: { only: 'dead' } }),
            ]);
            this.counts = { all: this.counts?.all ?? 0, noGroup, dead };
          }),
        ]);
      }
    } finally {
      this.#isReading = false;
    }
  }

  async #try(call: () => Promise<void>): Promise<void> {
    try {
      await call();
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
