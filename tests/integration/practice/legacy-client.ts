import { openBench, type Bench } from './gateway-client.ts';
import type { PracticeOptions } from '../../../main/practice/core/settings.ts';

/** What came back: HTTP status, media type without parameters, and body. */
export type Told = { readonly status: number; readonly type: string; readonly body: string };

/** One destination of an answer of the third version. */
export type Result = { readonly status: string; readonly messageid: string; readonly destination: string };

/** A bench with the calls of the legacy API, which carry user and password themselves. */
export type LegacyBench = Bench & {
  /** A GET with a query. */
  ask(path: string, parameters?: Record<string, string>): Promise<Told>;
  /** A POST of a form. */
  form(path: string, parameters: Record<string, string>): Promise<Told>;
  /** A POST of a body as it is. */
  raw(path: string, body: BodyInit, type?: string): Promise<Told>;
};

export const LOGIN = { user: 'practice', password: 'practice' };

/** Parameters of a good send. */
export const SEND = { ...LOGIN, sender: 'Friend', SMSText: 'Hello', GSM: '8801613537347' };

export const V1 = '/api/sendsms/plain';
export const V3 = '/api/v3/sendsms/plain';

/** Starts a gateway as {@link openBench} does. */
export async function openLegacyBench(options: PracticeOptions = {}): Promise<LegacyBench> {
  const bench = await openBench(options);
  const tell = async (response: Response): Promise<Told> => ({
    status: response.status,
    type: response.headers.get('content-type')?.split(';')[0] ?? '',
    body: await response.text(),
  });
  const post = async (path: string, body: BodyInit, type: string): Promise<Told> =>
    tell(await fetch(bench.gateway.url + path, { method: 'POST', body, headers: { 'content-type': type } }));
  return {
    ...bench,
    async ask(path, parameters = {}) {
      const query = new URLSearchParams(parameters).toString();
      return tell(await fetch(`${bench.gateway.url}${path}${query === '' ? '' : `?${query}`}`));
    },
    form: (path, parameters) =>
      post(path, new URLSearchParams(parameters).toString(), 'application/x-www-form-urlencoded'),
    raw: (path, body, type = 'text/xml') => post(path, body, type),
  };
}

/** Reads `<results>` with a reader of its own: the elements in the order of the document and nothing else. */
export function readResults({ body }: Told): Result[] {
  const [, inner] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<results>(.*)<\/results>$/s.exec(body) ?? [];
  if (inner === undefined) throw new Error(`No <results>: ${body}`);
  const pattern =
    /<result><status>([^<]*)<\/status><messageid>([^<]*)<\/messageid><destination>([^<]*)<\/destination><\/result>/g;
  const results = [...inner.matchAll(pattern)].map(([, status = '', messageid = '', destination = '']) => ({
    status,
    messageid,
    destination,
  }));
  if (inner.replaceAll(pattern, '') !== '') throw new Error(`Not only results: ${body}`);
  return results;
}

/** The codes of an answer, destination by destination. */
export const codes = (told: Told): string[] => readResults(told).map(({ status }) => status);
