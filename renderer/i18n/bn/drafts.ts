import { bangla as f } from '../format.ts';
import type { drafts as en } from '../en/drafts.ts';
import { translates } from '../translation.ts';

/** Words of drafts. */
export const drafts = translates<typeof en>()({
  open: (count) => (count === 0 ? 'খসড়া' : `খসড়া (${f.n(count)})`),
  title: 'খসড়া',
  intro: 'যা লিখছেন তা পাঠানো পর্যন্ত এখানে থাকে, বিদ্যুৎ চলে গেলেও।',
  list: 'খসড়া',
  columns: { text: 'লেখা', recipients: 'প্রাপক', schedule: 'পাঠানোর সময়', changed: 'শেষ বদল' },
  noText: 'এখনো কিছু লেখা হয়নি',
  sources: (count) => `${f.n(count)}টি গ্রুপ বা ব্যক্তি`,
  typed: (count) => `${f.n(count)} লাইন লেখা`,
  nobody: 'এখনো কেউ নেই',
  now: 'সঙ্গে সঙ্গে',
  current: 'এখন খোলা',
  openOne: (beginning) => `খুলুন: ${beginning}`,
  remove: (beginning) => `মুছুন: ${beginning}`,
  removed: 'খসড়াটি মুছে ফেলা হয়েছে।',
  undo: 'ফিরিয়ে নিন',
  more: 'আরও দেখান',
  reading: 'পড়া হচ্ছে…',
  empty: { title: 'কোনো খসড়া নেই', text: 'যে বার্তা শুরু করে পাঠাননি তা এখানে থাকে।' },
  close: 'বন্ধ করুন',
});
