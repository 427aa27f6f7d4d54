import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js/max';
import { err, ok, type Result } from '../result.ts';
import { bareNumber, plainWriting } from './clean.ts';
import { operatorHint } from './operators.ts';

/**
 * Why a text is not a number we can send to. `exponent-damaged`: a spreadsheet wrote it as 8.8017E+12 and the digits are
 * gone; `not-mobile`: well formed, but no mobile number of its country (unassigned range, IP phone, toll-free).
 */
export type RejectReason =
  | 'not-a-number'
  | 'too-short'
  | 'too-long'
  | 'landline'
  | 'exponent-damaged'
  | 'unknown-country'
  | 'not-mobile';

/**
 * What a spreadsheet or a person did to a number and was undone to read it. `lost-zero`: 1712345678 for 01712345678;
 * `exponent`: 8.801712345678E+12; `trailing-zero`: 8801712345678.0; `digits`: written in digits of another script; `marks`:
 * invisible marks, quotes, apostrophes or a formula sign around it. Blanks, dashes and brackets are usual writing, no damage.
 */
export type Repair = 'lost-zero' | 'exponent' | 'trailing-zero' | 'digits' | 'marks';

/** A number the gateway takes. */
export type NormalNumber = {
  /** E.164 digits without plus, for example `8801712345678`. */
  readonly msisdn: string;
  /** See {@link operatorHint}: a hint only. */
  readonly operator: string | null;
};

/** Every usual way to write a Bangladesh mobile number, once decoration is off. */
const BD_MOBILE = /^(?:(?:00|\+)?8800?|\+?0)?1[3-9]\d{8}$/;
const BD_NATIONAL_DIGITS = 10;
const E164_MAX = 15;
const E164_MIN = 7;
/** No number is written in more characters, decoration included; keeps hostile text from costing time. */
const LONGEST_WRITING = 100;
const EXPONENT = /^\+?(\d+)(?:\.(\d+))?e\+?(\d{1,3})$/i;

/**
 * Reads one typed or pasted number. A number without country code is taken as Bangladeshi. One of another country needs
 * `+` or `00`, or must be complete and impossible to be a mistyped local one: `919876543210` is read, `17123456789` is
 * not taken for an American number but refused as too long.
 *
 * @returns the number in the gateway's form, or the reason there is none
 */
export function normaliseMsisdn(input: string): Result<NormalNumber, RejectReason> {
  const usual = usualMobile(input);
  if (usual !== null) return bangladeshi(usual);
  const plain = plainWriting(input);
  if (plain.length > LONGEST_WRITING) return err('not-a-number');
  const quick = usualMobile(plain.replace(/[ ()-]/g, ''));
  if (quick !== null) return bangladeshi(quick);
  const exponent = EXPONENT.exec(plain.replace(/["'\s]/g, ''));
  const bare = exponent ? fromExponent(exponent) : bareNumber(plain);
  if (bare === null) return err('exponent-damaged');
  const mobile = usualMobile(bare);
  if (mobile !== null) return bangladeshi(mobile);
  if (!/^\+?\d+$/.test(bare)) return err('not-a-number');
  return otherNumber(bare);
}

/** A Bangladesh mobile number in the gateway's form, where it stands alone in one of the usual writings; else `null`. */
export const usualMobile = (text: string): string | null =>
  BD_MOBILE.test(text) ? `880${text.slice(-BD_NATIONAL_DIGITS)}` : null;

function bangladeshi(msisdn: string): Result<NormalNumber, never> {
  return ok({ msisdn, operator: operatorHint(msisdn) });
}

/** The digits of `8.801712345678E+12`, or `null` when fewer were written than the exponent says there were. */
function fromExponent([, whole = '', fraction = '', power = '']: RegExpExecArray): string | null {
  return fraction.length === Number(power) ? whole + fraction : null;
}

/** A row of digits that is not a Bangladesh mobile number. */
function otherNumber(bare: string): Result<NormalNumber, RejectReason> {
  const [, prefix = '', digits = ''] = /^(\+|00)?(.*)$/.exec(bare) ?? [];
  if (digits.startsWith('880')) return err(whyNotBangladeshi(digits.slice(3)));
  if (prefix === '+' && digits.startsWith('0')) return err(whyNotBangladeshi(digits.slice(1)));
  if (prefix !== '') return foreign(digits);
  if (digits.startsWith('0') || digits.startsWith('1'))
    return err(whyNotBangladeshi(digits.replace(/^0/, '')));
  if (digits.length <= BD_NATIONAL_DIGITS || digits.startsWith('881')) return err('too-short');
  return foreign(digits);
}

function whyNotBangladeshi(national: string): RejectReason {
  const digits = national.replace(/^0/, '');
  if (digits.length > BD_NATIONAL_DIGITS) return 'too-long';
  if (digits.startsWith('1') || digits.startsWith('0')) {
    return digits.length < BD_NATIONAL_DIGITS ? 'too-short' : 'not-mobile';
  }
  if (digits.length < 6) return 'too-short';
  /* 096 is IP telephony; every other range from 02 to 09 is fixed lines. */
  return digits.startsWith('96') ? 'not-mobile' : 'landline';
}

function foreign(digits: string): Result<NormalNumber, RejectReason> {
  if (digits.length > E164_MAX) return err('too-long');
  if (digits.length < E164_MIN) return err('too-short');
  const number = parsePhoneNumberFromString(`+${digits}`);
  if (!number?.isValid()) return err(whyInvalid(digits));
  switch (number.getType()) {
    case 'MOBILE':
    case 'FIXED_LINE_OR_MOBILE':
      return ok({ msisdn: number.number.slice(1), operator: null });
    case 'FIXED_LINE':
      return err('landline');
    default:
      return err('not-mobile');
  }
}

function whyInvalid(digits: string): RejectReason {
  switch (validatePhoneNumberLength(`+${digits}`)) {
    case undefined:
      return 'not-mobile';
    case 'INVALID_COUNTRY':
      return 'unknown-country';
    case 'TOO_LONG':
      return 'too-long';
    default:
      return 'too-short';
  }
}

/** Writes a gateway number for people: `+880 1712-345678`; other countries in their international form. */
export function formatMsisdn(msisdn: string): string {
  const local = /^880(1\d{3})(\d{6})$/.exec(msisdn);
  if (local) return `+880 ${local[1]}-${local[2]}`;
  const number = /^\d+$/.test(msisdn) ? parsePhoneNumberFromString(`+${msisdn}`) : undefined;
  return number?.isValid() ? number.formatInternational() : /^\d+$/.test(msisdn) ? `+${msisdn}` : msisdn;
}
