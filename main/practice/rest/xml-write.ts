/** How the lists of a document are nested: one element an item, or one element around them all of the same name. */
export type Nesting = 'flat' | 'doubled';

/**
 * Writes what a JSON answer holds as an XML document. Members that are `undefined` are left out, empty texts become
 * empty elements, and characters that XML cannot hold are left out.
 */
export function writeXml(root: string, value: object, nesting: Nesting): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${element(root, members(value, nesting))}`;
}

function members(value: object, nesting: Nesting): string {
  return Object.entries(value)
    .map(([name, member]: [string, unknown]) => write(name, member, nesting))
    .join('');
}

function write(name: string, value: unknown, nesting: Nesting): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => write(name, item, nesting)).join('');
    return nesting === 'flat' ? items : element(name, items);
  }
  if (typeof value === 'object') return element(name, members(value, nesting));
  return element(name, escape(name.startsWith('price') ? price(value) : String(value)));
}

function element(name: string, inner: string): string {
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

/** Prices have at least four decimals in XML (facts of the platform, "Logs": `0.0100`). */
function price(value: unknown): string {
  const text = String(value);
  return typeof value === 'number' && /^\d+(\.\d{0,3})?$/.test(text) ? value.toFixed(4) : text;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\r', '&#13;'],
]);

/** Control characters, lone surrogates and the two non-characters that XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escape(text: string): string {
  return text.replaceAll(UNWRITABLE, '').replaceAll(/[&<>"'\r]/g, (char) => ESCAPES.get(char) ?? char);
}
