/** Why a request provably never left this computer. */
export type NotSentCause =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'tls'
  | 'connect-timeout'
  /** The caller gave up while the request still waited for a connection. */
  | 'aborted'
  /** The transport was closed before the request had a connection. */
  | 'closed'
  /** A connection was lost before the first byte of this request was written to it. */
  | 'lost';

/** Why nobody can say whether the server read the request. */
export type UnknownCause =
  | 'timeout'
  | 'reset'
  /** The answer began and ended before its announced length. */
  | 'truncated'
  /** The answer is larger than the cap, in its body or its headers. */
  | 'too-large'
  /** What came back is not HTTP. */
  | 'malformed'
  | 'aborted'
  | 'closed'
  /** The HTTP library was about to write the same request a second time and was stopped. */
  | 'repeat-stopped';

/** The few response headers that anything here needs. */
export type HttpHeaders = {
  readonly contentType: string | null;
  /** The server's `Date`, ms since the epoch. */
  readonly date: number | null;
  readonly retryAfter: string | null;
  readonly location: string | null;
};

/**
 * What became of one HTTP exchange. The line between `not-sent` and `unknown` is whether any byte of the request was
 * handed to a connection: only `not-sent` may be repeated without asking anyone. `detail` is short, printable and
 * holds no header, body or query of the request.
 */
export type HttpOutcome =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: HttpHeaders;
      /** The body as UTF-8; invalid bytes became U+FFFD, a byte order mark is gone. */
      readonly body: string;
      /** When the last byte arrived, ms since the epoch. */
      readonly receivedAt: number;
    }
  | { readonly kind: 'not-sent'; readonly cause: NotSentCause; readonly detail: string }
  | { readonly kind: 'unknown'; readonly cause: UnknownCause; readonly detail: string };

const NOT_SENT_BY_CODE: Readonly<Record<string, NotSentCause>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  ENODATA: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_DESTROYED: 'closed',
  UND_ERR_CLOSED: 'closed',
  UND_ERR_ABORTED: 'aborted',
};

const UNKNOWN_BY_CODE: Readonly<Record<string, UnknownCause>> = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
  UND_ERR_DESTROYED: 'closed',
  UND_ERR_CLOSED: 'closed',
  UND_ERR_ABORTED: 'aborted',
};

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO|HOSTNAME_MISMATCH)/;

/** The outcome of a failure before the first byte of the request was written; `encrypted` says that the address is https. */
export function notSent(error: unknown, encrypted: boolean): HttpOutcome {
  const code = codeOf(error);
  const cause = NOT_SENT_BY_CODE[code] ?? (TLS_CODE.test(code) || encrypted ? 'tls' : 'lost');
  return { kind: 'not-sent', cause, detail: detailOf(error, code) };
}

/** The outcome of a failure after the request was handed to a connection; `answering` says that response headers had come. */
export function unknown(error: unknown, answering: boolean): HttpOutcome {
  const code = codeOf(error);
  const malformed = error instanceof Error && error.name === 'HTTPParserError';
  const fallback = answering ? 'truncated' : malformed ? 'malformed' : 'reset';
  return { kind: 'unknown', cause: UNKNOWN_BY_CODE[code] ?? fallback, detail: detailOf(error, code) };
}

/** Makes foreign text safe for a log line or a screen: printable, one line, at most `max` UTF-16 units. */
export function printable(text: string, max = 200): string {
  const clean = text
    .slice(0, max * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return clean.length > max ? `${clean.slice(0, max - 1)}…` : clean;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

function detailOf(error: unknown, code: string): string {
  const message = error instanceof Error ? error.message : '';
  return printable(message.includes(code) ? message : `${code} ${message}`);
}
