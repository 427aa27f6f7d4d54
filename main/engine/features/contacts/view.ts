import * as v from 'valibot';
import type { Contact, FieldValues } from '#shared/ipc/contacts.ts';
import { NetworkFacts } from '#shared/phone/network-facts.ts';
import { fieldKey } from '#shared/sms/merge-fields.ts';
import type { Person } from '../../person.ts';
import type { FieldRow } from './field-queries.ts';
import type { ContactQueries, PersonRow } from './queries.ts';

/** The contacts with these ids, in their order, with everything that is shown; those that are gone are left out. */
export function contactViews(queries: ContactQueries, ids: readonly number[]): Contact[] {
  const numbers = byContact(queries.numbersOf(ids));
  const groups = byContact(queries.groupsOf(ids));
  return queries.rows(ids).map((row) => ({
    id: row.id,
    name: row.name,
    msisdn: row.msisdn,
    numbers: (numbers.get(row.id) ?? []).map(({ msisdn, listed, dead_since }) => ({
      msisdn,
      doNotMessage: listed === 1,
      deadSince: dead_since,
    })),
    note: row.note,
    fields: fieldValues(row.fields),
    groups: (groups.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
    createdAt: row.created_at,
    changedAt: row.changed_at,
    facts: row.facts === null ? null : v.parse(NetworkFacts, JSON.parse(row.facts)),
    factsAt: row.facts_at,
  }));
}

function byContact<T extends { readonly contact_id: number }>(rows: readonly T[]): Map<number, T[]> {
  const grouped = new Map<number, T[]>();
  for (const row of rows) {
    const same = grouped.get(row.contact_id);
    if (same) same.push(row);
    else grouped.set(row.contact_id, [row]);
  }
  return grouped;
}

const NONE: FieldValues = {};
const fieldValues = (json: string) => (json === '{}' ? NONE : (JSON.parse(json) as FieldValues));

/** Makes people for messages: values by the keys of their fields. */
export function personViews(fields: readonly FieldRow[]) {
  const keys = fields.map(({ id, name }) => [String(id), fieldKey(name)] as const);
  return (row: PersonRow, msisdn = row.msisdn): Person => {
    const stored = fieldValues(row.fields);
    const values: Record<string, string> = {};
    if (stored !== NONE) {
      for (const [id, key] of keys) {
        const value = stored[id];
        if (value !== undefined && value !== '') values[key] = value;
      }
    }
    return { contactId: row.id, name: row.name, msisdn, input: msisdn, values };
  };
}
