import { expect } from 'vitest';
import { basic, type Bench } from './gateway-client.ts';

/** A request of the REST API as a test writes it. Without `type` the body is JSON, without `accept` the answer is. */
export type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: string | object;
  readonly type?: string;
  readonly accept?: string;
  readonly authorization?: string;
};

export const JSON_TYPE = 'application/json';
export const XML_TYPE = 'application/xml';

/** Makes a call; a body makes it a POST, and an object is written as JSON. */
export function call(
  bench: Bench,
  { path, body, type, accept, method, authorization }: Call,
): Promise<Response> {
  return fetch(bench.gateway.url + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: authorization ?? basic('practice', 'practice'),
      accept: accept ?? JSON_TYPE,
      ...(body === undefined ? {} : { 'content-type': type ?? JSON_TYPE }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

/** The `Content-Type` of an answer without parameters. */
export const typeOf = (response: Response): string | undefined =>
  response.headers.get('content-type')?.split(';', 1)[0];

/** The JSON of a call that must be answered with 200. */
export async function json(bench: Bench, request: Call): Promise<unknown> {
  const response = await call(bench, request);
  const text = await response.text();
  expect([response.status, typeOf(response)], text).toEqual([200, JSON_TYPE]);
  return JSON.parse(text);
}

/** The XML of a call that must be answered with 200, without its declaration; the body goes as XML. */
export async function xml(bench: Bench, request: Call): Promise<string> {
  const response = await call(bench, { type: XML_TYPE, accept: XML_TYPE, ...request });
  const text = await response.text();
  expect([response.status, typeOf(response)], text).toEqual([200, XML_TYPE]);
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?></);
  return text.replace(/^<\?xml[^>]*\?>/, '');
}

/** HTTP status and body of an error answer in JSON. */
export async function refused(bench: Bench, request: Call): Promise<{ status: number; body: unknown }> {
  const response = await call(bench, request);
  return { status: response.status, body: await response.json() };
}

/** The documented body of an error answer. */
export const exception = (messageId: string, text: string): object => ({
  requestError: { serviceException: { messageId, text } },
});

export const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

export const ACCEPTED = {
  id: 0,
  groupId: 0,
  groupName: 'ACCEPTED',
  name: 'MESSAGE_ACCEPTED',
  description: 'Message accepted',
};
export const HELD = {
  id: 26,
  groupId: 1,
  groupName: 'PENDING',
  name: 'PENDING_ACCEPTED',
  description: 'Pending accepted',
};
export const DELIVERED = {
  groupId: 3,
  groupName: 'DELIVERED',
  id: 5,
  name: 'DELIVERED_TO_HANDSET',
  description: 'Message delivered to handset',
};
export const NO_ERROR = {
  groupId: 0,
  groupName: 'OK',
  id: 0,
  name: 'NO_ERROR',
  description: 'No Error',
  permanent: false,
};

export const ACCEPTED_XML =
  '<status><groupId>0</groupId><groupName>ACCEPTED</groupName><id>0</id>' +
  '<name>MESSAGE_ACCEPTED</name><description>Message accepted</description></status>';
export const DELIVERED_XML =
  '<status><groupId>3</groupId><groupName>DELIVERED</groupName><id>5</id>' +
  '<name>DELIVERED_TO_HANDSET</name><description>Message delivered to handset</description></status>';
export const NO_ERROR_XML =
  '<error><groupId>0</groupId><groupName>OK</groupName><id>0</id><name>NO_ERROR</name>' +
  '<description>No Error</description><permanent>false</permanent></error>';

/** Puts `ID` for every UUID in a text, so that documents can be compared whole. */
export const withoutIds = (text: string): string =>
  text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID');
