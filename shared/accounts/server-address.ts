import { appError, type AppError } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/i;
const IPV4 = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const IPV6 = /^\[[0-9a-f:.]{2,45}\]$/i;
const PATH = /^(\/[A-Za-z0-9_~.-]+)*$/;
/** Schemes of a kind of server, the encrypted one first, with the port that is meant when none is typed. */
const SCHEMES = {
  http: { https: 443, http: 80 },
  // The ports of the platform (facts of the platform, "SMPP"); SMPP 3.4 has none of its own.
  smpp: { smpps: 8_887, smpp: 8_888 },
} as const satisfies Record<string, Readonly<Record<string, number>>>;
const MAX_PORT = 65_535;

/** What is wrong with a server address; the `detail` of `INVALID_SERVER_ADDRESS`. */
export type ServerAddressFault = 'scheme' | 'credentials' | 'query' | 'host' | 'port' | 'path';

/** A server address in its parts, as {@link readServerAddress} stores it. */
export type ServerAddress = {
  /** The whole address without a slash at its end, for example `https://api.mimsms.com` or `https://10.1.2.3:8443/restapi`. */
  readonly address: string;
  /** Scheme, host and port: whom a password is sent to. */
  readonly origin: string;
  /** Name or IP address as a socket takes it, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Whether the connection is encrypted. */
  readonly encrypted: boolean;
};

/** Which kind of server an address is for: HTTP for all web protocols, or SMPP. */
export type ServerScheme = keyof typeof SCHEMES;

/**
 * Reads a server address as typed. Without a scheme it means the encrypted one, https or smpps; a path before the API's own
 * stays (the platform also stands under `/restapi` on some hosts), slashes at the end and a default port go. SMPP has no
 * paths. Credentials, a query or a fragment in it are refused, since they would end up in places where addresses are shown.
 *
 * Errors, both with `field: 'serverAddress'`: `INVALID_SERVER_ADDRESS` with a {@link ServerAddressFault} as `detail`;
 * `HTTP_NEEDS_CONSENT` for `http:` and `smpp:` without `allowHttp`, because the password would travel readable.
 */
export function readServerAddress(
  typed: string,
  allowHttp: boolean,
  kind: ServerScheme = 'http',
): Result<ServerAddress, AppError> {
  const text = typed.trim();
  const ports: Readonly<Record<string, number>> = SCHEMES[kind];
  const safe = `${kind}s`;
  const scheme = (SCHEME.exec(text)?.[1] ?? safe).toLowerCase();
  if (!Object.hasOwn(ports, scheme)) return invalid('scheme');
  const rest = text.replace(SCHEME, '');
  if (/[?#]/.test(rest)) return invalid('query');
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  if (authority.includes('@')) return invalid('credentials');
  const path = (slash < 0 ? '' : rest.slice(slash)).replace(/\/+$/, '');
  if (!PATH.test(path) || path.split('/').some((part) => part === '.' || part === '..'))
    return invalid('path');
  if (kind === 'smpp' && path !== '') return invalid('path');

  const [, typedHost = '', portText] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? [];
  if (!isHost(typedHost)) return invalid('host');
  const port = portText === undefined ? (ports[scheme] ?? null) : readPort(portText);
  if (port === null) return invalid('port');
  const encrypted = scheme === safe;
  if (!encrypted && !allowHttp) return err(appError('HTTP_NEEDS_CONSENT', { field: 'serverAddress' }));

  const host = typedHost.toLowerCase();
  const suffix = port === ports[scheme] ? '' : `:${port}`;
  const origin = `${scheme}://${host}${suffix}`;
  return ok({ address: origin + path, origin, host: host.replace(/^\[|\]$/g, ''), port, encrypted });
}

function isHost(host: string): boolean {
  if (IPV6.test(host)) return true;
  // A last label of digits alone makes it an IPv4 address for every program that reads it.
  if (/(^|\.)\d+$/.test(host)) return IPV4.test(host);
  return host.length <= 253 && HOST_NAME.test(host);
}

function readPort(text: string): number | null {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= MAX_PORT ? port : null;
}

function invalid(detail: ServerAddressFault): Result<never, AppError> {
  return err(appError('INVALID_SERVER_ADDRESS', { field: 'serverAddress', detail }));
}
