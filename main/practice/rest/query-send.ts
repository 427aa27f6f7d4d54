import type { Body } from './body.ts';
import { mayFlag, mayText, mayWord, needText, refuseField } from './body.ts';
import { LANGUAGES, plainObject, readCommon, textContent, type SendRequest } from './message-objects.ts';
import { readList, type Query } from './query.ts';
import { transliterate, TRANSLITERATIONS } from './transliterate.ts';

/** A bulk id of this call is cut there (facts of the platform, "Advanced"). */
const BULK_ID_LENGTH = 100;

/**
 * Reads the query of `GET /sms/1/text/query` (facts of the platform, "text/query"): `to` is a comma list, every other
 * parameter is read as in an advanced send. Throws {@link RefusedRequest}; `now` in ms.
 */
export function readQuerySend(query: Query, now: number): SendRequest {
  // A query has texts only, as XML has.
  const body: Body = { value: query, format: 'xml' };
  const to = [...(readList(query, 'to') ?? refuseField('to', 'must not be empty'))];
  mayFlag(body, 'intermediateReport');
  mayWord(body, 'languageCode', LANGUAGES);
  const text = transliterate(needText(body, 'text'), mayWord(body, 'transliteration', TRANSLITERATIONS));
  const items = to.map((number) => ({ to: number, ownId: null, ...textContent(text) }));
  const object = { ...plainObject(needText(body, 'from'), items), ...readCommon(body, now) };
  return { bulkId: mayText(body, 'bulkId')?.slice(0, BULK_ID_LENGTH) ?? null, objects: [object] };
}
