import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** Deepest nesting of elements that is read; the documented requests have five levels. */
const DEPTH = 24;

const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  processEntities: false,
  parseTagValue: false,
  trimValues: false,
  maxNestedTags: DEPTH,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** An element: its name, its own text with entities resolved, and the elements in it. */
type XmlElement = { readonly name: string; readonly text: string; readonly children: readonly XmlElement[] };

/** Thrown for a text that is no XML, or XML that a request must not hold (a document type, depth over 24). */
export class UnreadableXml extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnreadableXml';
  }
}

/**
 * Reads XML into what JSON would give for the same request: an object under the root, texts as strings, a repeated
 * element or a list wrapper as an array. A list wrapper is an element X that holds nothing but elements X (facts of
 * the platform, "Advanced"). No entity is expanded but the five of XML itself and character numbers. Attributes are
 * left aside. Throws {@link UnreadableXml}.
 */
export function readXml(text: string, rootName: string): unknown {
  if (hasDocumentType(text)) throw new UnreadableXml('A document type is not allowed');
  const root = elementOf(parse(text));
  if (root?.name !== rootName) throw new UnreadableXml(`The root must be ${rootName}`);
  return valueOf(root);
}

/** Walks over comments and CDATA, where `<!` means something else; linear even when they are never closed. */
function hasDocumentType(source: string): boolean {
  let at = source.indexOf('<!');
  while (at >= 0) {
    const closing = source.startsWith('<!--', at) ? '-->' : source.startsWith('<![CDATA[', at) ? ']]>' : null;
    if (closing === null) return true;
    const end = source.indexOf(closing, at + 3);
    if (end < 0) return true;
    at = source.indexOf('<!', end);
  }
  return false;
}

/** The parser stops at too deep a nesting; the validator, run after it, sees what the parser lets pass. */
function parse(source: string): unknown {
  let nodes: unknown;
  try {
    nodes = PARSER.parse(source);
  } catch (error) {
    throw new UnreadableXml(error instanceof Error ? error.message : 'No XML');
  }
  if (XMLValidator.validate(source) !== true) throw new UnreadableXml('No well-formed XML');
  return Array.isArray(nodes) ? nodes.find((node) => elementOf(node) !== null) : null;
}

/** A node of the parser is an object with one name, and the list of nodes in it. */
function elementOf(node: unknown): XmlElement | null {
  if (typeof node !== 'object' || node === null) return null;
  const [entry] = Object.entries(node);
  if (entry === undefined || !Array.isArray(entry[1]) || entry[0].startsWith('#')) return null;
  const [name, inner] = entry;
  let text = '';
  const children: XmlElement[] = [];
  for (const node of inner) {
    const child = elementOf(node);
    if (child === null) text += textOf(node);
    else children.push(child);
  }
  return { name, text, children };
}

function textOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  if ('#text' in node) return unescape(String(node['#text']));
  if (!('#cdata' in node) || !Array.isArray(node['#cdata'])) return '';
  return node['#cdata'].map((piece: unknown) => rawTextOf(piece)).join('');
}

function rawTextOf(node: unknown): string {
  return typeof node === 'object' && node !== null && '#text' in node ? String(node['#text']) : '';
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescape(text: string): string {
  return text.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|\w{1,32});?/gi, (whole, name: string) => {
    const known = whole.endsWith(';') ? (ENTITIES.get(name) ?? characterOf(name)) : null;
    if (known === null) throw new UnreadableXml('An entity that is not known');
    return known;
  });
}

function characterOf(name: string): string | null {
  const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  const allowed = code === 9 || code === 10 || code === 13 || (code >= 32 && code <= 0x10ffff);
  return allowed && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : null;
}

function valueOf(element: XmlElement): unknown {
  if (element.children.length === 0) return element.text;
  const lists = new Map<string, unknown[]>();
  for (const child of element.children) {
    const list = lists.get(child.name) ?? [];
    if (isWrapper(child)) list.push(...child.children.map(valueOf));
    else list.push(valueOf(child));
    lists.set(child.name, list);
  }
  return Object.fromEntries(
    [...lists].map(([name, list]) => [name, list.length === 1 ? list[0] : list] as const),
  );
}

function isWrapper(element: XmlElement): boolean {
  return element.children.length > 0 && element.children.every(({ name }) => name === element.name);
}
