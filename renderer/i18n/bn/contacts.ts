import type { contacts as en } from '../en/contacts.ts';
import { bangla as f } from '../format.ts';
import { translates } from '../translation.ts';

/** Words of the people in the contacts. */
export const contacts = translates<typeof en>()({
  table: 'পরিচিতি',
  search: 'পরিচিতি খুঁজুন',
  searchPlaceholder: 'নাম বা নম্বর',
  count: (count) => `${f.n(count)} জন`,
  add: 'পরিচিতি যোগ করুন',
  lookUp: 'সবার নম্বর যাচাই',
  lookUpFound: 'এদের নম্বর যাচাই',
  columns: { name: 'নাম' },
  notLookedUp: 'এখনো নয়',

  addTitle: 'পরিচিতি যোগ',
  editTitle: 'পরিচিতি বদলান',
  name: 'নাম',
  number: 'নম্বর',
  numberHint: 'যেভাবে খুশি লিখুন: ০১৭১২৩৪৫৬৭৮, 01712345678, +880 1712-345678।',
  save: 'সংরক্ষণ করুন',
  remove: 'মুছুন',
  nameMissing: 'নাম লিখুন।',
  numberWrong: 'এই নম্বরে এসএমএস যায় না।',
  severalNumbers: 'শুধু একটি নম্বর লিখুন।',

  removed: ({ name }) => `“${name}” পরিচিতি থেকে মোছা হয়েছে।`,
  undo: 'ফিরিয়ে আনুন',

  empty: {
    title: 'এখনো কোনো পরিচিতি নেই',
    text: 'নাম ও নম্বর দিয়ে যোগ করুন। যাচাই করলে প্রত্যেকের পাশে দেখা যাবে নম্বরটি চালু কি না, কোন অপারেটরে আছে।',
  },
  none: { title: 'কাউকে পাওয়া যায়নি', text: 'নাম বা নম্বরের একটি অংশ লিখে খুঁজুন।', clear: 'সবাইকে দেখান' },
});
