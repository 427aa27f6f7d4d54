/** Text of a request or answer that is kept for the diagnostics, in UTF-16 units. */
const MAX_KEPT = 16 * 1024;
const DOTS = '•••';

/** Takes the secrets of one request out of texts. */
export type Redactor = {
  /** The text with every form of the secret replaced by dots. */
  redact(text: string): string;
  /** The same, cut to 16 Ki UTF-16 units; nothing of a secret stands at the cut. */
  keep(text: string): string;
};

/**
 * Knows a password or key, and the further `secrets` of one request, in every form that they take on the wire: as they are, in
 * JSON, in XML, each of them also percent-encoded and in a form, and in base64 alone and with the user name (RFC 7617).
 */
export function createRedactor(
  userName: string,
  password: string,
  secrets: readonly string[] = [],
): Redactor {
  const forms = [password, ...secrets].flatMap(formsOf);
  forms.push(Buffer.from(`${userName}:${password}`).toString('base64'));
  const hidden = [...new Set(forms)]
    .filter((form) => form !== '')
    .sort((one, other) => other.length - one.length);
  const longest = hidden[0]?.length ?? 0;
  const redact = (text: string): string => {
    let clean = text;
    for (const form of hidden) clean = clean.replaceAll(form, DOTS);
    return clean;
  };
  return {
    redact,
    keep(text) {
      if (text.length <= MAX_KEPT) return redact(text);
      // The first units of a secret that goes on behind the cut would be left standing: they are dropped with the rest.
      const clean = redact(text.slice(0, MAX_KEPT + longest));
      return `${clean.slice(0, Math.min(MAX_KEPT, clean.length - longest))}…`;
    },
  };
}

/** Shortest piece of an address that is taken for unguessable, in UTF-16 units. */
const MIN_SECRET_PIECE = 16;

/**
 * What must be hidden of an address that reports or answers are pushed to: whoever knows its path can push too. The long pieces
 * of the path stand on their own as well, for servers that repeat a part of it or escape the slashes.
 */
export function addressSecrets(url: string | undefined): readonly string[] {
  if (url === undefined) return [];
  const { pathname } = URL.canParse(url) ? new URL(url) : { pathname: url };
  return [url, ...pathname.split('/').filter((piece) => piece.length >= MIN_SECRET_PIECE)];
}

function formsOf(secret: string): readonly string[] {
  const written = [secret, JSON.stringify(secret).slice(1, -1), xmlEscaped(secret)].flatMap((form) => [
    form,
    encodeURIComponent(Buffer.from(form).toString()),
    new URLSearchParams({ x: form }).toString().slice(2),
  ]);
  return [...written, Buffer.from(secret).toString('base64')];
}

const XML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function xmlEscaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => XML_ESCAPES[character] ?? character);
}
