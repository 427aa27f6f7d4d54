import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { basic, openBench, type Bench } from './gateway-client.ts';
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
  /** A control call with a body, which must be taken; gives its answer. */
  control(call: 'settings' | 'inbound' | 'faults', body: Record<string, unknown>): Promise<unknown>;
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
    async control(call, body) {
      const response = await fetch(`${bench.gateway.url}/practice/${call}`, {
        method: 'POST',
        headers: { authorization: basic('practice', 'practice') },
        body: JSON.stringify(body),
      });
      if (response.status !== 200) throw new Error(`${String(response.status)} ${await response.text()}`);
      return response.json();
    },
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

/** A request that reached a {@link Listener}. */
export type Heard = {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly type: string;
  readonly body: string;
};

/** A client's own address, to which the gateway pushes. */
export type Listener = { readonly url: string; readonly heard: Heard[]; answer: number };

/** Listens on this computer until the test ends; answers with the status `answer`, at first 200. */
export async function openListener(): Promise<Listener> {
  const heard: Heard[] = [];
  const listener: { url: string; heard: Heard[]; answer: number } = { url: '', heard, answer: 200 };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      heard.push({
        method: request.method ?? '',
        path: pathname,
        query: Object.fromEntries(searchParams),
        type: request.headers['content-type'] ?? '',
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(listener.answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  listener.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return listener;
}
