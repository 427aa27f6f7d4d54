import { appError } from '#shared/errors.ts';
import { err, ok } from '#shared/result.ts';
import type { Sources } from '../../../main/engine/features/recipients/sources.ts';
import type { Person } from '../../../main/engine/person.ts';

/** What recipients come from in a test: groups and lists by id, with the fields of the contacts and of each list. */
export type World = {
  groups?: Record<number, readonly Person[]>;
  lists?: Record<number, { readonly people: readonly Person[]; readonly fields: readonly string[] }>;
  fields?: readonly string[];
  unwanted?: readonly string[];
  dead?: readonly string[];
};

/** Somebody, with values by field key. */
export const person = (msisdn: string, name = '', values: Record<string, string> = {}): Person => ({
  contactId: null,
  name,
  msisdn,
  input: msisdn,
  values,
});

/** Sources held in memory. `asked` counts how often people were read. */
export function someSources({ groups = {}, lists = {}, fields = [], unwanted = [], dead = [] }: World) {
  const state = { revision: 0, asked: 0 };
  const contacts = Object.values(groups).flat();
  const among = (all: readonly string[]) => (some: readonly string[]) =>
    new Set(some.filter((one) => all.includes(one)));
  const gone = { label: '', detail: '', count: 0, gone: true, fields: [] };
  const sources: Sources = {
    contacts: {
      people({ id }) {
        state.asked++;
        const people = groups[id];
        return people ? ok([people.slice(0, 1), [], people.slice(1)]) : err(appError('NOT_FOUND'));
      },
      describe: ({ id }) =>
        groups[id]
          ? { label: `Group ${id}`, detail: '', count: groups[id].length, gone: false, fields: [...fields] }
          : gone,
      find: () => Promise.resolve([]),
      byNumbers: (some) =>
        new Map(contacts.filter(({ msisdn }) => some.includes(msisdn)).map((each) => [each.msisdn, each])),
      deadAmong: among(dead),
      fields: () => fields.map((name) => ({ name })),
      revision: () => state.revision,
    },
    lists: {
      people: (id) => (lists[id] ? ok(lists[id].people) : err(appError('NOT_FOUND'))),
      describe: (id) =>
        lists[id]
          ? {
              label: `List ${id}`,
              detail: '',
              count: lists[id].people.length,
              gone: false,
              fields: [...lists[id].fields],
            }
          : gone,
      remove: (id) => (lists[id] ? ok(null) : err(appError('NOT_FOUND'))),
    },
    doNotMessage: { among: among(unwanted) },
  };
  return { sources, state };
}
