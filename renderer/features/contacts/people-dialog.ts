import type { ContactChoice } from '#shared/ipc/contacts.ts';
import type { Group } from '#shared/ipc/groups.ts';
import type { People } from './every-contact.ts';

/** The question that is open over the list of people. A group of `null` is a new one. */
export type PeopleDialog =
  | { readonly dialog: 'name' | 'rule'; readonly group: Group | null }
  | { readonly dialog: 'fields' }
  | { readonly dialog: 'join'; readonly choice: ContactChoice; readonly toWrite: boolean }
  | { readonly dialog: 'remove'; readonly choice: ContactChoice }
  | { readonly dialog: 'block'; readonly people: People; readonly count: number };
