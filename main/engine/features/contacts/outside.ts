import type { AppError } from '#shared/errors.ts';
import type { Field, FieldValues } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type { Found } from '#shared/ipc/recipients.ts';
import type { Rule } from '#shared/contacts/rule.ts';
import type { Result } from '#shared/result.ts';
import type { Person } from '../../person.ts';

/** A person or a group that recipients come from. */
export type PeopleSource = { readonly kind: 'contact' | 'group'; readonly id: number };

/** What a source is called and whom it stands for now; see `DescribedSource` of the recipients. */
export type DescribedPeople = {
  readonly label: string;
  /** The first number of a contact; empty for a group. */
  readonly detail: string;
  /** People it stands for; 0 where the rule of a group is broken. */
  readonly count: number;
  /** What it named was removed. */
  readonly gone: boolean;
  /** Names of all fields of the user, in the user's order. */
  readonly fields: string[];
};

/** What other features ask of contacts. Everything that takes numbers takes E.164 digits without plus and is quick for 100,000. */
export type ContactsForOthers = {
  /**
   * Everybody of a source in the order of the list, with the first number of each. `NOT_FOUND`: the contact or group is gone;
   * `RULE_BROKEN`: see `groupsContract`.
   */
  people(source: PeopleSource): Result<readonly Person[], AppError>;
  describe(source: PeopleSource): DescribedPeople;
  /** Groups first, then people; the empty search gives groups. At most `limit` of both together. */
  find(search: string, limit: number): Found[];
  /** Who has these numbers, by number; numbers of nobody are absent. The person's `msisdn` is the number that was asked for. */
  byNumbers(msisdns: readonly string[]): Map<string, Person>;
  /** Those of the numbers that count as dead. */
  deadAmong(msisdns: readonly string[]): Set<string>;
  /** The user's fields in the user's order. */
  fields(): Field[];
  /** `FIELD_EXISTS`; `INVALID_INPUT` for a name that merge fields cannot have. */
  addField(field: { readonly name: string; readonly kind: Field['kind'] }): Result<Field, AppError>;
  /** Values as they are stored: without stray blanks and empty ones, dates as `2026-11-22` where they can be read. */
  storedValues(values: FieldValues): FieldValues;
  /** Counts up with every change of people, groups, fields or the do-not-message list. */
  revision(): number;
  /** To be called after another feature wrote people, groups or the do-not-message list. */
  touched(): void;
  /** Tells that something became known of numbers, which contacts show. */
  factsChanged(): void;
  /** Calls `listener` after each change, until the returned function is called. */
  onChange(listener: () => void): () => void;
};

/** What other features ask of groups. */
export type GroupsForOthers = {
  /** By name. */
  list(): Group[];
  add(group: { readonly name: string; readonly rule: Rule | null }): Result<Group, AppError>;
};

/** What other features ask of the do-not-message list. */
export type DoNotMessageForOthers = {
  /** Those of the numbers that must not be written to. */
  among(msisdns: readonly string[]): Set<string>;
};
