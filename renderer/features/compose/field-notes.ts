import { hasBangla } from '#shared/sms/bangla.ts';
import { fieldKey, mergePlaces, type MergeFault, type MergePlace } from '#shared/sms/merge-fields.ts';
import type { Plan } from '#shared/ipc/plan.ts';

/** How a merge field is drawn in the editor. */
export type FieldMark = {
  readonly start: number;
  readonly end: number;
  readonly look: 'field' | 'unknown' | 'empty' | 'fault';
};

/** Something to say about a field, once for each field. */
export type FieldNote =
  | {
      readonly kind: 'fault';
      readonly fault: MergeFault['kind'];
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'unknown'; readonly name: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'empty';
      readonly name: string;
      readonly people: number;
      readonly start: number;
      readonly end: number;
    };

/** What the editor marks and what is said below it. */
type FieldView = { readonly marks: readonly FieldMark[]; readonly notes: readonly FieldNote[] };

/**
 * Looks at the merge fields of a text with what the engine knows of them. `known` says of a field's key whether anybody has it;
 * without an answer a field counts as good.
 */
export function viewFields(text: string, fields: Plan['fields']): FieldView {
  const marks: FieldMark[] = [];
  const notes: FieldNote[] = [];
  const facts = new Map(fields.map((one) => [fieldKey(one.name), one]));
  const said = new Set<string>();
  for (const place of mergePlaces(text)) {
    const { start, end } = place;
    if (place.kind !== 'field') {
      marks.push({ start, end, look: 'fault' });
      notes.push({ kind: 'fault', fault: place.kind, start, end });
      continue;
    }
    const fact = facts.get(place.key);
    const look = lookOf(place, fact);
    marks.push({ start, end, look });
    if (look === 'field' || said.has(place.key)) continue;
    said.add(place.key);
    if (look === 'unknown') notes.push({ kind: 'unknown', name: place.name, start, end });
    else notes.push({ kind: 'empty', name: place.name, people: fact?.empty ?? 0, start, end });
  }
  return { marks, notes };
}

function lookOf(place: MergePlace, fact: Plan['fields'][number] | undefined): FieldMark['look'] {
  if (fact && !fact.known) return 'unknown';
  return fact && fact.empty > 0 && place.fallback === null ? 'empty' : 'field';
}

/** What can stand for a missing value in the language of the text; nothing for fields other than the name. */
export function suggestFallback(name: string, text: string): string {
  if (fieldKey(name) !== 'name') return '';
  return hasBangla(text.replace(/\{\{[^}]*\}\}/g, '')) || hasBangla(name) ? 'গ্রাহক' : 'Customer';
}

/** A field as it is written into a text. */
export const fieldText = (name: string, fallback: string | null): string =>
  fallback === null ? `{{${name}}}` : `{{${name}|${fallback}}}`;

/** The text with the fallback at every place of the field that has none, and where the first of them stands now (UTF-16 indexes). */
export function addFallback(
  text: string,
  name: string,
  fallback: string,
): { text: string; start: number; end: number } {
  const key = fieldKey(name);
  let result = '';
  let from = 0;
  let first: { start: number; end: number } | null = null;
  for (const place of mergePlaces(text)) {
    if (place.kind !== 'field' || place.key !== key || place.fallback !== null) continue;
    result += `${text.slice(from, place.end - 2)}|${fallback}`;
    first ??= { start: result.length - fallback.length, end: result.length };
    result += '}}';
    from = place.end;
  }
  return { text: result + text.slice(from), ...(first ?? { start: text.length, end: text.length }) };
}
