import { XMLParser } from 'fast-xml-parser';
import { err, ok, type Result } from '#shared/result.ts';
import { inspectXml } from './inspect-xml.ts';

/** An XML document: the name of its root without namespace prefix, and what stands in it. */
export type XmlDocument = { readonly root: string; readonly value: unknown };

/**
 * Reads XML from a server that is not trusted, in bounded time and memory (see {@link inspectXml}). An element with text is
 * that text, exactly as written and never a number; one with children is an object, repeated names in it are lists, and
 * attributes are fields with an `@` before the name. Blank text between elements is dropped, text beside elements or attributes
 * is `#text`. An element that holds only elements of its own name is the wrapper of a list and comes as that list: the
 * platform doubles `results`, `messages` and `to` in some answers and not in others (facts of the platform, "Logs").
 */
export function readXml(body: string): Result<XmlDocument, string> {
  const safe = inspectXml(body);
  if (!safe.ok) return safe;
  try {
    const document: unknown = parser.parse(body);
    const [[root, value] = []] = isObject(document) ? Object.entries(document) : [];
    return root === undefined ? err('not XML') : ok({ root, value: tidy(value) });
  } catch {
    return err('not XML');
  }
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  jPath: false,
  entityDecoder: {
    decode: (text) => (text.includes('&') ? text.replace(REFERENCE, character) : text),
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    setXmlVersion: () => undefined,
    reset: () => undefined,
  },
});

/** The five names that every XML has, and characters by number (XML 1.0 §4.1, §4.6); any other reference stays as it came. */
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function character(reference: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? reference;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const real = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return real ? String.fromCodePoint(code) : reference;
}

type Element = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isObject(value)) return value;
  const element: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) {
    if (name === '#text' && typeof child === 'string' && child.trim() === '') continue;
    element[name] = unwrap(name, tidy(child));
  }
  return Object.keys(element).length === 0 ? '' : element;
}

function unwrap(name: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  const names = Object.keys(value);
  if (names.length !== 1 || names[0] !== name) return value;
  const inner = value[name];
  return Array.isArray(inner) ? inner : [inner];
}
