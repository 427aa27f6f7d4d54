import { createHash } from 'node:crypto';
import { foldDigits } from '#shared/phone/digits.ts';

/** What a heading alone says about its column; `other`: certainly no phone number, whatever it looks like. */
export type HeadingSense =
  'name' | 'first-name' | 'last-name' | 'number' | 'note' | 'group' | 'serial' | 'other';

const EXACT: Readonly<Record<HeadingSense, string>> = {
  name:
    'name|full name|fullname|contact name|contact|person|customer|student|member|display name|file as|nam|naam|pura nam|' +
    'নাম|পুরো নাম|পূর্ণ নাম|নাম বাংলা|নাম ইংরেজি',
  'first-name':
    'first name|firstname|fname|given name|first|middle name|additional name|forename|প্রথম নাম|নামের প্রথম অংশ',
  'last-name':
    'last name|lastname|lname|surname|family name|last|শেষ নাম|নামের শেষ অংশ|পারিবারিক নাম|বংশ নাম',
  number:
    'mobile|mob|mobile no|mobail|mobil|mobaile|mobael|moblie|phone|fon|phn|ph|ph no|cell|cell no|tel|telephone|msisdn|gsm|' +
    'whatsapp|imo|bkash|number|numbers|nambar|nombor|contact no|contact number|contact num|recipient|recipients|to|' +
    'মোবাইল|মোবাইল নং|মোবা|মোবাঃ|ফোন|ফোন নং|টেলিফোন|মুঠোফোন|নম্বর|নাম্বার|নং|যোগাযোগ|সেলফোন|হোয়াটসঅ্যাপ|বিকাশ',
  note: 'note|notes|remark|remarks|comment|comments|memo|মন্তব্য|নোট|টীকা|মতামত|বিশেষ দ্রষ্টব্য',
  group:
    'group|groups|grup|gruop|group name|group names|group membership|labels|label|tag|tags|category|categories|list|class|batch|' +
    'shreni|sreni|গ্রুপ|দল|দলের নাম|শ্রেণি|শ্রেণী|ক্লাস|ব্যাচ|ক্যাটাগরি|ট্যাগ|তালিকা',
  serial:
    'sl|s l|sl no|sl number|serial|serial no|serial number|sr|sr no|s no|s n|sn|no|ক্রম|ক্রমিক|ক্রমিক নং|ক্রমিক নম্বর|ক্র নং|ক্রঃ নং|সিরিয়াল|sirial',
  other: 'id|nid|roll|reg|pin|amount|due|balance|total|আইডি|রোল|জমা|বকেয়া|টাকা|পরিমাণ',
};

const NUMBER_WORD =
  /(?:^| )(?:mobile|mobail|phone|cell|cellphone|telephone|whatsapp|msisdn|contact no|contact number)(?: |$)|মোবাইল|ফোন|মুঠোফোন|নাম্বার$/;
const OTHER_WORD =
  /(?:^| )(?:id|nid|national id|roll|reg|registration|account|acc|a c|passport|birth|date|dob|amount|due|fee|price|balance|tin|bin|zip|postal|postcode|email|mail|address|fax|type|label)(?: |$)|ঠিকানা|তারিখ|জন্ম|ইমেইল|আইডি|রোল|টাকা|হিসাব|ফ্যাক্স|নিবন্ধন|পরিচয়/;
const PERSON_NAME =
  /^(?:(?:the )?(?:student|customer|client|member|contact|person|employee|staff|patient|candidate|applicant|guest|teacher|subscriber|recipient|voter|donor|user|buyer|owner|chatro|grahok)s?(?: s)? ?)?(?:full )?(?:name|nam|naam)(?: of (?:the )?(?:student|customer|member|employee|patient|candidate))?$/;
const PERSON_NAME_BANGLA =
  /^(?:(?:ছাত্র|ছাত্রী|ছাত্রছাত্রী|শিক্ষার্থী|গ্রাহক|সদস্য|কর্মচারী|কর্মকর্তা|রোগী|ব্যক্তি|শিক্ষক|প্রার্থী|ক্রেতা|মালিক|ভোটার)(?:ের|র|দের)? )নাম$/;

const BY_HEADING = new Map(
  Object.entries(EXACT).flatMap(([sense, list]) =>
    list.split('|').map((one) => [foldHeading(one), sense] as const),
  ),
);

/** A heading without case, punctuation, invisible marks and different writings of the same letters. */
export function foldHeading(heading: string): string {
  return foldDigits(heading)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

/** What a heading says about its column, or `null` when it is not known. */
export function senseOfHeading(heading: string): HeadingSense | null {
  const folded = foldHeading(heading);
  if (folded === '') return null;
  const exact = BY_HEADING.get(folded) ?? BY_HEADING.get(folded.replace(/ \d{1,2}$/, ''));
  if (exact) return exact as HeadingSense;
  if (PERSON_NAME.test(folded) || bangla(PERSON_NAME_BANGLA).test(folded)) return 'name';
  if (bangla(OTHER_WORD).test(folded)) return 'other';
  return bangla(NUMBER_WORD).test(folded) ? 'number' : null;
}

/** Patterns are written as people type; folding takes letters such as য় apart. */
const folded = new Map<RegExp, RegExp>();
function bangla(pattern: RegExp): RegExp {
  const known = folded.get(pattern) ?? new RegExp(pattern.source.normalize('NFKC'), 'u');
  folded.set(pattern, known);
  return known;
}

/**
 * Names the headings of a file, so that a mapping is found again: the same headings in the same order give the same text, whatever
 * their case and punctuation. Headings that would become the same without punctuation (`%` and `#`, `Due (1)` and `Due 1`) keep theirs.
 */
export function mappingFingerprint(headings: readonly string[]): string {
  const folded = headings.map(foldHeading);
  const plain = folded.map((one, at) => {
    const alone = one !== '' && folded.indexOf(one) === at && folded.lastIndexOf(one) === at;
    return alone ? one : `=${(headings[at] ?? '').trim().toLowerCase()}`;
  });
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex').slice(0, 32);
}
