import type { DeliveryWindow, NotifyTarget, SubmissionItem } from '../core/submission.ts';
import {
  mayDate,
  mayFlag,
  mayNumber,
  mayObject,
  mayText,
  mayWord,
  needObjects,
  needText,
  needTexts,
  refuseField,
  type Body,
} from './body.ts';
import { readBinary } from './binary.ts';
import { transliterate, TRANSLITERATIONS } from './transliterate.ts';

/** One message object of a send: what its destinations have in common, and one item each. */
export type MessageObject = {
  readonly from: string;
  readonly items: readonly SubmissionItem[];
  readonly flash: boolean;
  readonly unicode: boolean | null;
  readonly notify: NotifyTarget | null;
  readonly callbackData: string | null;
  readonly validityMs: number | null;
  readonly sendAt: number | null;
  readonly window: DeliveryWindow | null;
};

/** Everything that one request wants sent. */
export type SendRequest = { readonly bulkId: string | null; readonly objects: readonly MessageObject[] };

/** Whether a call sends text or octets. */
export type ContentKind = 'text' | 'binary';

/** A message object with nothing but a sender and items. */
export function plainObject(from: string, items: readonly SubmissionItem[]): MessageObject {
  return {
    from,
    items,
    flash: false,
    unicode: null,
    notify: null,
    callbackData: null,
    validityMs: null,
    sendAt: null,
    window: null,
  };
}

/** Reads `from`, `to` and `text` or `binary`: all of a single send, or one of a multi send ("Send SMS"). */
export function readSimple(body: Body, kind: ContentKind): MessageObject {
  const from = needText(body, 'from');
  const to = needTexts(body, 'to');
  const content = kind === 'text' ? textContent(needText(body, 'text')) : readBinary(body);
  return plainObject(
    from,
    to.map((number) => ({ to: number, ownId: null, ...content })),
  );
}

/** Reads one message object of an advanced send (facts of the platform, "Advanced"). `now` in ms. */
export function readAdvanced(body: Body, kind: ContentKind, now: number): MessageObject {
  const from = needText(body, 'from');
  const destinations = needObjects(body, 'destinations');
  const language = mayObject(body, 'language');
  if (language !== null) checkLanguage(language);
  const way = mayWord(body, 'transliteration', TRANSLITERATIONS);
  const content =
    kind === 'text' ? textContent(transliterate(needText(body, 'text'), way)) : readBinary(body);
  const items = destinations.map((destination) => ({
    to: needTo(destination),
    ownId: readId(destination, 'messageId'),
    ...content,
  }));
  return { ...plainObject(from, items), ...readCommon(body, now), window: readWindow(body) };
}

/** What advanced sends and `text/query` have in common. */
export function readCommon(
  body: Body,
  now: number,
): Pick<MessageObject, 'flash' | 'notify' | 'callbackData' | 'validityMs' | 'sendAt'> {
  return {
    flash: mayFlag(body, 'flash'),
    notify: readNotify(body),
    callbackData: readCallbackData(body),
    validityMs: readValidity(body),
    sendAt: readSendAt(body, now),
  };
}

/** Checks the code of a language; none of the platform's languages changes what a part holds here. */
function checkLanguage(body: Body): void {
  mayFlag(body, 'singleShift');
  mayFlag(body, 'lockingShift');
  mayWord(body, 'languageCode', LANGUAGES);
}

/** Language codes (facts of the platform, "Advanced"). */
export const LANGUAGES = ['TR', 'ES', 'PT', 'AUTODETECT', 'NONE'] as const;

/** A text or `null`; over 100 characters is refused. Used for the ids that clients choose. */
export function readId(body: Body, name: string): string | null {
  const id = mayText(body, name);
  return id !== null && id.length > 100 ? refuseField(name, 'must have at most 100 characters') : id;
}

/** Where and how reports are pushed to; `null` without `notifyUrl`. */
export function readNotify(body: Body): NotifyTarget | null {
  mayFlag(body, 'notify');
  const intermediate = mayFlag(body, 'intermediateReport');
  const url = mayText(body, 'notifyUrl');
  const contentType = mayWord(body, 'notifyContentType', ['application/json', 'application/xml'] as const);
  if (url === null) return null;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    refuseField('notifyUrl', 'must be an http or https address');
  }
  return { url, contentType: contentType ?? 'application/json', intermediate };
}

/** The `text` and `binary` of an item, for a text. */
export function textContent(text: string): Pick<SubmissionItem, 'text' | 'binary'> {
  return { text, binary: null };
}

/** An empty `to` is not refused here: it gets a status of its own. */
function needTo(destination: Body): string {
  const [to = '', ...more] = needTexts(destination, 'to');
  return more.length > 0 ? refuseField('to', 'must be given once') : to;
}

/** 200 characters in the years of the document (facts of the platform, "Contradictions"). */
const MAX_CALLBACK_DATA = 200;

function readCallbackData(body: Body): string | null {
  const data = mayText(body, 'callbackData');
  if (data === null || data.length <= MAX_CALLBACK_DATA) return data;
  return refuseField('callbackData', `must have at most ${MAX_CALLBACK_DATA} characters`);
}

const MINUTE_MS = 60_000;
/** 48 hours in minutes: a larger number can only be milliseconds (facts of the platform, "Contradictions"). */
const MAX_VALIDITY_MINUTES = 2_880;

function readValidity(body: Body): number | null {
  const period = mayNumber(body, 'validityPeriod');
  if (period === null) return null;
  if (period === 0) return refuseField('validityPeriod', 'must be above 0');
  return period > MAX_VALIDITY_MINUTES ? period : period * MINUTE_MS;
}

const MAX_AHEAD_MS = 180 * 24 * 3_600_000;

function readSendAt(body: Body, now: number): number | null {
  const at = mayDate(body, 'sendAt');
  return at !== null && at > now + MAX_AHEAD_MS ? refuseField('sendAt', 'must be within 180 days') : at;
}

/** In the order of `Date.getUTCDay`. */
const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

function readWindow(body: Body): DeliveryWindow | null {
  const window = mayObject(body, 'deliveryTimeWindow');
  if (window === null) return null;
  const days = needTexts(window, 'days').map((name) => DAYS.findIndex((day) => day === name));
  if (days.includes(-1)) refuseField('days', `must be of ${DAYS.join(', ')}`);
  return { fromMinute: readMinute(window, 'from', 0), toMinute: readMinute(window, 'to', 1_440), days };
}

function readMinute(window: Body, name: string, usual: number): number {
  const time = mayObject(window, name);
  if (time === null) return usual;
  const hour = mayNumber(time, 'hour') ?? 0;
  const minute = mayNumber(time, 'minute') ?? 0;
  return hour > 23 || minute > 59 ? refuseField(name, 'must be a time of day') : hour * 60 + minute;
}
