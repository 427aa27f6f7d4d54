import { ok, type Result } from '#shared/result.ts';
import { listOf, objectOf } from './read-fields.ts';
import { readJson } from './read-json.ts';
import { readXml } from './read-xml.ts';

/** A body in JSON or XML as plain values; `root` is the name of the XML root, `null` for JSON. */
export type Document = { readonly root: string | null; readonly value: unknown };

/** Reads a body by how it begins, whatever was asked for: `<` is XML, everything else JSON. The error is a few words. */
export function readDocument(body: string): Result<Document, string> {
  if (/^\s*</.test(body.slice(0, 200))) return readXml(body);
  const json = readJson(body);
  return json.ok ? ok({ root: null, value: json.value }) : json;
}

/**
 * The entries of a body under the first of `names` that it has; `null` when it is no such body. An empty list has no element
 * at all in XML, or one empty element: an answer whose root ends in `Response` and that holds nothing but plain values is empty.
 */
export function entriesOf(document: Document, names: readonly string[]): readonly unknown[] | null {
  const { root, value } = document;
  const page = objectOf(value) ?? (root !== null && isBlank(value) ? {} : null);
  if (page === null) return null;
  const name = names.find((one) => Object.hasOwn(page, one));
  if (root === null) return name === undefined ? null : listOf(page[name]);
  if (name === undefined) {
    const plain = Object.values(page).every((one) => typeof one === 'string');
    return plain && /response$/i.test(root) ? [] : null;
  }
  if (isBlank(page[name])) return [];
  return listOf(page[name])?.filter((entry) => !isBlank(entry)) ?? null;
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}
