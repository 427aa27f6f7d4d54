import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UnreadableRequest } from './unreadable.ts';

/** An element: its name and the names of its attributes in small letters, and all text directly in it. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: TEXT,
  cdataPropName: CDATA,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // References are resolved below: the library would resolve those inside CDATA sections too.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Reads a document of one root element. Throws {@link UnreadableRequest} for anything else, for a document type
 * (the way in for entities), for a reference to an entity that XML itself does not have, and for more than 100 levels.
 */
export function readXml(text: string): XmlElement {
  if (/<!(doctype|entity)/i.test(text)) throw new UnreadableRequest('Document types are refused');
  const nodes = parse(text);
  const roots = nodes.filter((node) => nameOf(node) !== TEXT);
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new UnreadableRequest('There must be one root element');
  return element(root);
}

function parse(text: string): readonly object[] {
  try {
    if (XMLValidator.validate(text) !== true) throw new UnreadableRequest('The XML is not well-formed');
    const parsed: unknown = parser.parse(text);
    return objects(parsed);
  } catch (error) {
    // The library reports depth, forbidden names and unclosed sections by plain errors.
    throw error instanceof UnreadableRequest ? error : new UnreadableRequest('The XML is not well-formed');
  }
}

function element(node: object): XmlElement {
  const name = nameOf(node);
  let text = '';
  const children: XmlElement[] = [];
  for (const child of objects(own(node, name))) {
    const kind = nameOf(child);
    if (kind === TEXT) text += resolve(own(child, TEXT));
    else if (kind === CDATA)
      text += objects(own(child, CDATA))
        .map((part) => String(own(part, TEXT)))
        .join('');
    else children.push(element(child));
  }
  const given = own(node, ATTRIBUTES);
  const attributes = new Map(
    Object.entries(typeof given === 'object' && given !== null ? given : {}).map(([key, value]) => [
      key.toLowerCase(),
      resolve(value),
    ]),
  );
  return { name: name.toLowerCase(), attributes, children, text };
}

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Resolves the references that every XML document may use (XML 1.0 §4.1, §4.6), once. */
function resolve(value: unknown): string {
  return String(value).replace(/&([^;&]{0,12};)?/g, (_match, reference: string | undefined) => {
    const name = reference?.slice(0, -1) ?? '';
    const [, hex, decimal] = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name) ?? [];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    const isCharacter = code >= 0x20 || code === 0x9 || code === 0xa || code === 0xd;
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    const found =
      isCharacter && !isSurrogate && code <= 0x10ffff ? String.fromCodePoint(code) : PREDEFINED.get(name);
    if (found === undefined) throw new UnreadableRequest('There is no such entity');
    return found;
  });
}

function nameOf(node: object): string {
  return Object.keys(node).find((key) => key !== ATTRIBUTES) ?? TEXT;
}

function own(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function objects(value: unknown): readonly object[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : [];
}

/** Writes a text so that it can stand in an element or between double quotes; characters XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
