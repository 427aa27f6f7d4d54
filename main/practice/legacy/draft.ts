import { LONGEST_TEXT, SHORT_TEXT, type BinaryContent, type Submission } from '../core/submission.ts';
import { CODE } from './codes.ts';
import type { Form } from './form.ts';
import type { LegacyMessage, Recipient } from './requests.ts';
import { readDelay, readValidity } from './times.ts';

/** What a message's parameters are read with. */
export type DraftContext = {
  /** Gateway time, in ms since 1970. */
  readonly now: number;
  /** The address that reports go to when the message names none. */
  readonly pushUrl: string | null;
  readonly ids: Submission['ids'];
};

type Content = Pick<Submission, 'flash' | 'unicode' | 'longest'> & {
  readonly text: string;
  readonly binary: BinaryContent | null;
};

const LONGEST_URL = 2_048;

/**
 * Reads the parameters of a message (facts of the platform, "Parameters"), or gives the code of the first thing that
 * is wrong: destination, text, sender, schedule, push URL, application id, then whatever has no code of its own.
 */
export function draftOf({ fields, recipients }: LegacyMessage, context: DraftContext): Submission | number {
  if (recipients.length === 0) return CODE.noDestination;
  if (!hasContent(fields)) return CODE.noText;
  const from = fields.get('sender') ?? '';
  if (from === '') return CODE.noSender;
  const delayMs = optional(fields.get('senddatetime'), readDelay);
  if (delayMs === undefined) return CODE.badSchedule;
  const pushUrl = optional(fields.get('pushurl'), (text) => (isPushUrl(text) ? text : null));
  if (pushUrl === undefined) return CODE.badPushUrl;
  const appId = optional(fields.get('appid'), (text) => (isAppId(text) ? text : null));
  if (appId === undefined) return CODE.badAppId;
  const content = contentOf(fields);
  const validityMs = optional(fields.get('validityperiod'), readValidity);
  if (content === null || validityMs === undefined || !recipients.every(isRecipient)) return CODE.syntaxError;

  const { text, binary, ...more } = content;
  const url = isOn(fields.get('nopush')) ? null : (pushUrl ?? context.pushUrl);
  return {
    from,
    items: recipients.map(({ gsm, messageId }) => ({ to: gsm, text, ownId: messageId, binary })),
    bulkId: null,
    sendAt: delayMs === null ? null : context.now + delayMs,
    validityMs,
    ...more,
    notify: url === null ? null : { url, contentType: 'legacy-xml', intermediate: false },
    callbackData: null,
    appId,
    noReport: false,
    hiddenMs: 0,
    ids: context.ids,
  };
}

/** `null` for a parameter that is absent or empty, `undefined` for one that `read` cannot make sense of. */
function optional<T>(text: string | undefined, read: (text: string) => T | null): T | null | undefined {
  return text === undefined || text === '' ? null : (read(text) ?? undefined);
}

function isOn(text: string | undefined): boolean {
  return text === '1' || text?.toLowerCase() === 'true';
}

function isPushUrl(text: string): boolean {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}

function isAppId(text: string): boolean {
  return /^[\p{L}\p{N}._:@/ -]{1,64}$/u.test(text);
}

function isRecipient({ messageId }: Recipient): boolean {
  return messageId === null || /^[\u{21}-\u{7e}]{1,100}$/u.test(messageId);
}

function textOf(fields: Form): string {
  const text = fields.get('smstext') ?? fields.get('text') ?? '';
  if (fields.get('type')?.toLowerCase() !== 'bookmark') return text;
  const target = fields.get('bookmark') ?? fields.get('wapurl') ?? '';
  return target === '' ? '' : `${text} ${target}`.trim();
}

function hasContent(fields: Form): boolean {
  return textOf(fields) !== '' || (fields.get('binary') ?? '') !== '';
}

/** `flash` and `unicode` of each `datacoding` that is known; binary ones say nothing of an alphabet. */
const CODINGS: ReadonlyMap<string, Pick<Submission, 'flash' | 'unicode'>> = new Map([
  ['0', { flash: false, unicode: null }],
  ['1', { flash: false, unicode: false }],
  ['3', { flash: false, unicode: null }],
  ['4', { flash: false, unicode: null }],
  ['8', { flash: false, unicode: true }],
  ['24', { flash: true, unicode: true }],
  ['240', { flash: true, unicode: false }],
  ['245', { flash: false, unicode: null }],
]);

/** The text or the octets of a message; `null` when both are there or one of their parameters makes no sense. */
function contentOf(fields: Form): Content | null {
  const text = textOf(fields);
  const hex = fields.get('binary') ?? '';
  const dataCoding = fields.get('datacoding') || '0';
  const coding = CODINGS.get(dataCoding);
  const esmClass = fields.get('esmclass') || '0';
  if (coding === undefined || !/^\d{1,3}$/.test(esmClass) || Number(esmClass) > 255) return null;
  const long = ['longsms', 'bookmark'].includes(fields.get('type')?.toLowerCase() ?? '');
  const common = {
    flash: coding.flash || isOn(fields.get('isflash') ?? fields.get('flash')),
    unicode: coding.unicode,
    longest: long ? LONGEST_TEXT : SHORT_TEXT,
  };
  if (hex === '') return { ...common, text, binary: null };
  if (text !== '' || !/^(?:[0-9a-f]{2})+$/i.test(hex)) return null;
  const hasHeader = (Number(esmClass) & 0x40) !== 0;
  const octets = coding.unicode === true && !hasHeader ? hex.replace(/^feff(?=.)/i, '') : hex;
  return {
    ...common,
    text: coding.unicode === true && !hasHeader ? fromUtf16(octets) : '',
    binary: { hex: octets, dataCoding: Number(dataCoding), esmClass: Number(esmClass) },
  };
}

function fromUtf16(hex: string): string {
  return new TextDecoder('utf-16be').decode(Buffer.from(hex, 'hex'));
}
