import type { AppError } from '#shared/errors.ts';
import type { DescribedSource, Found } from '#shared/ipc/recipients.ts';
import type { Result } from '#shared/result.ts';
import type { Person } from '../../person.ts';

/** What a source is called and whom it stands for now. */
type Described = Omit<DescribedSource, 'source'>;

/** Contacts and groups, as recipients come from them. Numbers are E.164 digits without plus. */
type PeopleAsked = {
  /**
   * Everybody of a contact or group, in pages between which others may have their turn. `NOT_FOUND`: it is gone; `RULE_BROKEN`: its
   * rule names something that is.
   */
  people(source: {
    readonly kind: 'contact' | 'group';
    readonly id: number;
  }): Result<Iterable<readonly Person[]>, AppError>;
  describe(source: { readonly kind: 'contact' | 'group'; readonly id: number }): Described;
  find(search: string, limit: number): Promise<Found[]>;
  /** Who has these numbers, by number. */
  byNumbers(msisdns: readonly string[]): ReadonlyMap<string, Person>;
  deadAmong(msisdns: readonly string[]): ReadonlySet<string>;
  fields(): readonly { readonly name: string }[];
  /** Another number after every change. */
  revision(): number;
};

/** Lists of people that were read from files. A list never changes. */
type ListsAsked = {
  people(id: number): Result<readonly Person[], AppError>;
  describe(id: number): Described;
  remove(id: number): Result<null, AppError>;
};

/** Everything that recipients come from, and what keeps some of them from being written to. */
export type Sources = {
  readonly contacts: PeopleAsked;
  readonly lists: ListsAsked;
  readonly doNotMessage: { among(msisdns: readonly string[]): ReadonlySet<string> };
};
