import { hasBangla } from './bangla.ts';
import { fieldKey } from './merge-fields.ts';
import { maskFields } from './text-change.ts';
import { words, type Words } from './words.ts';

/** Fallbacks that read well in most sentences, with the names of fields they are for, in both languages. */
const FALLBACKS: readonly (readonly [Words, names: readonly string[]])[] = [
  [
    words('Customer', 'গ্রাহক'),
    [
      'name',
      'first name',
      'full name',
      'customer',
      'customer name',
      'client',
      'client name',
      'গ্রাহক',
      'গ্রাহকের নাম',
      'পূর্ণ নাম',
    ],
  ],
  [
    words('Student', 'শিক্ষার্থী'),
    ['student', 'student name', 'ছাত্র', 'ছাত্রী', 'শিক্ষার্থী', 'ছাত্রের নাম', 'ছাত্রীর নাম', 'শিক্ষার্থীর নাম'],
  ],
  [
    words('Guardian', 'অভিভাবক'),
    [
      'guardian',
      'guardian name',
      'parent',
      'parent name',
      'father',
      'father name',
      'mother',
      'mother name',
      'অভিভাবক',
      'অভিভাবকের নাম',
      'পিতার নাম',
      'মাতার নাম',
    ],
  ],
  [words('Teacher', 'শিক্ষক'), ['teacher', 'teacher name', 'শিক্ষক', 'শিক্ষকের নাম']],
  [words('Member', 'সদস্য'), ['member', 'member name', 'সদস্য', 'সদস্যের নাম']],
  [words('Patient', 'রোগী'), ['patient', 'patient name', 'রোগী', 'রোগীর নাম']],
  [words('Sir/Madam', 'মহোদয়'), ['title', 'salutation', 'সম্বোধন']],
  [
    words('your company', 'আপনার প্রতিষ্ঠান'),
    [
      'company',
      'company name',
      'organisation',
      'organization',
      'shop',
      'shop name',
      'প্রতিষ্ঠান',
      'প্রতিষ্ঠানের নাম',
      'দোকান',
      'দোকানের নাম',
    ],
  ],
  [words('your area', 'আপনার এলাকা'), ['area', 'city', 'district', 'এলাকা', 'শহর', 'জেলা']],
  [words('your class', 'আপনার শ্রেণি'), ['class', 'শ্রেণি', 'ক্লাস']],
];

const BY_KEY = new Map(FALLBACKS.flatMap(([text, names]) => names.map((name) => [fieldKey(name), text])));

/**
 * A fallback for a field that many have under this name, in the language of the text around it (Bangla when it has any, or when
 * there is no text yet and the name is Bangla). `null` for other names: an amount, a date or a code must not be made up.
 */
export function suggestFallback(name: string, text = ''): string | null {
  const known = BY_KEY.get(fieldKey(name));
  if (!known) return null;
  const isBangla = hasBangla(maskFields(text)) || (text.trim() === '' && hasBangla(name));
  return isBangla ? known.bn : known.en;
}
