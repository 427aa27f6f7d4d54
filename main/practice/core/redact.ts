/** What stands in for a credential. */
const HIDDEN = '***';

const SECRET = '(?:password|pass|api_?key)';

/** `name=value` in a query or form, with the name at its beginning. */
const PAIR = new RegExp(`(^|[?&;\\s])(${SECRET})=[^&\\s]*`, 'gi');

/** A JSON member, its string possibly cut off. */
const MEMBER = new RegExp(`("${SECRET}"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^,}\\s]+)`, 'gi');

/** An XML element, plain or percent-encoded inside a form, possibly cut off. */
const ELEMENT = new RegExp(`(<${SECRET}[^>]*>)(?:(?!</)[^])*`, 'gi');
const ENCODED_ELEMENT = new RegExp(`(%3C${SECRET}%3E)(?:(?!%3C(?:%2F|/))[^&])*`, 'gi');

/** Replaces the passwords and keys of a query or body, whatever its format. User names stay. */
export function redact(text: string): string {
  return text
    .replaceAll(PAIR, `$1$2=${HIDDEN}`)
    .replaceAll(MEMBER, `$1"${HIDDEN}"`)
    .replaceAll(ELEMENT, `$1${HIDDEN}`)
    .replaceAll(ENCODED_ELEMENT, `$1${HIDDEN}`);
}

/** Replaces the passwords and keys of a query, even where a name is percent-encoded. */
export function redactQuery(query: string): string {
  const pairs = query.split('&').map((pair) => {
    const [name = ''] = pair.split('=', 1);
    return WHOLE_NAME.test(decode(name)) ? `${name}=${HIDDEN}` : pair;
  });
  return redact(pairs.join('&'));
}

const WHOLE_NAME = new RegExp(`^${SECRET}$`, 'i');

function decode(name: string): string {
  return name.replaceAll(/%([\da-f]{2})/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
