import { isGsm7 } from '#shared/sms/gsm7.ts';
import { countParts } from '#shared/sms/parts.ts';
import type { SubmitOptions } from '../gateway.ts';
import { relativeDelay, validityPeriod } from './times.ts';

/**
 * What one text and its options become in every legacy format, as the texts that are written; `null` is left out
 * (facts of the platform, "Parameters").
 */
export type MessageContent = {
  readonly text: string | null;
  /** User data as hex without blanks; a byte order mark at its start stays (API document, "To Send Unicode SMS in Binary format"). */
  readonly binary: string | null;
  readonly datacoding: string | null;
  readonly esmclass: string | null;
  readonly type: 'longSMS' | null;
  readonly flash: '1' | null;
  readonly sendDateTime: string | null;
  readonly validityPeriod: string | null;
  readonly appid: string | null;
  readonly pushurl: string | null;
};

/** `datacoding`: 8 is UCS-2, 240 and 24 are flash in either alphabet (facts of the platform, "Parameters"); the default is 0. */
const UCS2 = '8';
const FLASH_GSM7 = '240';
const FLASH_UCS2 = '24';

/** Puts a text and its options into the words of the legacy API. `now` is this computer's time in ms since the epoch. */
export function messageContent(
  text: string,
  options: SubmitOptions,
  around: { readonly now: number; readonly appId: string | undefined },
): MessageContent {
  const { binary, flash, sendAt, validityMinutes, notify } = options;
  const extras = {
    flash: flash === true ? ('1' as const) : null,
    sendDateTime: sendAt === undefined ? null : relativeDelay(sendAt, around.now),
    validityPeriod: validityMinutes === undefined ? null : validityPeriod(validityMinutes),
    appid: around.appId ?? null,
    pushurl: notify?.url ?? null,
  };
  if (binary !== undefined) {
    return {
      text: null,
      binary: binary.hex.replace(/\s+/g, ''),
      datacoding: String(binary.dataCoding),
      esmclass: binary.esmClass === 0 ? null : String(binary.esmClass),
      type: null,
      ...extras,
    };
  }
  return {
    text,
    binary: null,
    datacoding: dataCoding(isGsm7(text), flash === true),
    esmclass: null,
    type: countParts(text).parts > 1 ? 'longSMS' : null,
    ...extras,
  };
}

function dataCoding(gsm7: boolean, flash: boolean): string | null {
  if (flash) return gsm7 ? FLASH_GSM7 : FLASH_UCS2;
  return gsm7 ? null : UCS2;
}

/**
 * Whether the document's first address can carry it: one part in the GSM alphabet and nothing beside it (API document,
 * "Short SMS (160 Characters Max)").
 */
export function fitsFirstAddress({ text, ...more }: MessageContent): boolean {
  return text !== null && Object.values(more).every((value) => value === null);
}
