import { DOTS, Secret } from './secret.ts';

/** A phone number in a log field: prints its last three digits only. */
export class Phone {
  readonly #digits: string;

  /** `number` in any spelling. */
  constructor(number: string) {
    this.#digits = number;
  }

  toString(): string {
    return maskDigits(this.#digits);
  }
}

/**
 * What a log field may hold. A message's text has no type here on purpose: log its length. Wrap numbers of people in
 * {@link Phone} and secrets in {@link Secret}; a `URL` is logged without its query.
 */
export type LogValue = string | number | boolean | null | undefined | Secret | Phone | URL;

/** Facts beside an event name. Names that say "text" or "password" are blanked whatever they hold. */
export type LogFields = Readonly<Record<string, LogValue>>;

const BLANKED_NAME =
  /pass(word|wd|phrase)?$|secret|api_?key|authori[sz]ation|^auth$|^cookie$|token$|^(sms)?text$|^body$/i;
const CREDENTIAL_PAIR =
  /\b(pass(?:word|wd)?|pwd|user(?:_?name)?|api_?key|secret|token|authorization)(["']?\s*[=:]\s*["']?)(?:(?:basic|app|bearer|ibsso)\s+)?[^\s&"',;}]+/gi;
const AUTH_SCHEME = /\b(basic|bearer|ibsso)\s+[A-Za-z0-9+/=._~-]{6,}/gi;
const ADDRESS = /\b(https?):\/\/(?:[^\s/?#"'<>@]*@)?([^\s?#"'<>]*)(?:[?#][^\s"'<>]*)?/gi;
/** Eight digits or more in a row, in Latin or Bangla digits. */
const DIGIT_RUN = /[0-9০-৯]{8,}/g;
/** A Bangladesh mobile number broken up by blanks, dots, brackets or dashes. */
const SPACED_NUMBER = /(?:\+?88[\s().-]*)?0?1[3-9](?:[\s().-]*[0-9]){8}/g;
const MAX_STRING = 2_000;
const EPOCH_FROM = 1_400_000_000_000;
const EPOCH_UNTIL = 2_600_000_000_000;

/** Replaces all digits but the last three. */
function maskDigits(number: string): string {
  const digits = [...number].filter((char) => /[0-9০-৯]/.test(char));
  return '•'.repeat(Math.max(0, digits.length - 3)) + digits.slice(-3).join('');
}

/**
 * The second net, for strings whose type says nothing: authorisation headers, `password=`/`user=`/`Apikey=` pairs, queries of
 * addresses and runs of digits that could be phone numbers are blanked. Cuts after 2,000 UTF-16 units.
 */
export function redactText(text: string): string {
  return text
    .slice(0, MAX_STRING)
    .replace(ADDRESS, '$1://$2')
    .replace(CREDENTIAL_PAIR, `$1$2${DOTS}`)
    .replace(AUTH_SCHEME, `$1 ${DOTS}`)
    .replace(SPACED_NUMBER, maskDigits)
    .replace(DIGIT_RUN, maskDigits);
}

/** Makes one field safe to write. `name` decides first, then the type, then the patterns. */
export function redactField(name: string, value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (BLANKED_NAME.test(name) || value instanceof Secret) return DOTS;
  if (typeof value === 'number') return redactNumber(value);
  if (value instanceof URL) return redactText(value.href);
  if (value instanceof Phone) return value.toString();
  return redactText(typeof value === 'string' ? value : Object.prototype.toString.call(value));
}

/** A number of ten digits or more is taken for a phone number, unless it is a plausible time in ms. */
function redactNumber(value: number): number | string | null {
  if (!Number.isFinite(value)) return null;
  const isTime = value > EPOCH_FROM && value < EPOCH_UNTIL;
  return Math.abs(value) < 1e9 || isTime ? value : maskDigits(String(value));
}

/** What is kept of an exception: its kind, its message and where it came from. */
export type ErrorReport = {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly at?: readonly string[];
  readonly cause?: ErrorReport;
};

/**
 * Reads an exception for the log. Quoted parts of a JSON syntax error are dropped: they repeat the body that could not be
 * read, which may hold message texts. At most 12 stack lines and 3 causes.
 */
export function describeError(error: unknown, depth = 3): ErrorReport {
  if (!(error instanceof Error)) return { name: typeof error, message: redactText(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = error instanceof SyntaxError ? error.message.replace(/".*"/s, '"…"') : error.message;
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => redactText(line.trim()));
  return {
    name: error.name,
    message: redactText(message),
    ...(code === undefined ? {} : { code }),
    ...(at.length > 0 ? { at } : {}),
    ...(error.cause !== undefined && depth > 1 ? { cause: describeError(error.cause, depth - 1) } : {}),
  };
}
