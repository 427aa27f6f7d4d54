import { onTestFinished } from 'vitest';
import type { AppError } from '#shared/errors.ts';
import type { Contact, ContactFilter } from '#shared/ipc/contacts.ts';
import type { Result } from '#shared/result.ts';
import type { Person } from '../../../main/engine/person.ts';
import type { Written } from '../../../main/engine/features/contacts/written.ts';
import { createPeople } from '../../../main/engine/features/contacts/service.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { featureStore } from '../support/feature.ts';

/** The value of a result that must be one. */
export function valueOf<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error.facts)}`);
  return result.value;
}

/** Everybody of a source whose people come in pages. */
export const everybody = (pages: Result<Iterable<readonly Person[]>, AppError>): Person[] =>
  [...valueOf(pages)].flat();

/** A refusal for what was written into a field. */
export const invalid = (field: string, detail: string) => ({
  ok: false,
  error: { code: 'INVALID_INPUT', facts: { field, detail } },
});

/** The people of an empty store. */
export function build() {
  const clock = manualClock();
  const store = featureStore(tempFolder(), clock);
  onTestFinished(() => store.close());
  const people = createPeople({ store, clock });
  const { contacts, groups } = people;
  return {
    ...people,
    clock,
    store,
    /** People as another start of the program finds them. */
    reopened: () => createPeople({ store, clock }),
    add: (
      name: string,
      numbers: string | readonly string[],
      rest: Omit<Partial<Written>, 'name' | 'numbers'> = {},
    ): Contact =>
      valueOf(contacts.add({ name, numbers: typeof numbers === 'string' ? [numbers] : numbers, ...rest })),
    /** Names whom a filter finds; the count must agree. */
    found(filter: ContactFilter): string[] {
      const { rows } = valueOf(contacts.list(filter, undefined, 200));
      const count = valueOf(contacts.count(filter));
      if (count !== rows.length) throw new Error(`${rows.length} listed, ${count} counted`);
      return rows.map(({ name }) => name);
    },
    list: (name: string) => valueOf(groups.add({ name, rule: null })).id,
    all: () => valueOf(contacts.list({}, undefined, 500)).rows,
  };
}
