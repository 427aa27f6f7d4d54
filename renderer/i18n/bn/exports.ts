import type { exports as en } from '../en/exports.ts';
import { bangla as f } from '../format.ts';
import { translates } from '../translation.ts';

/** Words of exporting contacts. */
export const exports = translates<typeof en>()({
  title: 'পরিচিতি ফাইলে রাখুন',
  format: 'কী ধরনের ফাইল',
  formats: { csv: 'CSV', xlsx: 'এক্সেল ফাইল (XLSX)', vcf: 'ভিকার্ড (VCF)' },
  hints: {
    csv: 'স্প্রেডশিট ও অন্য প্রোগ্রামের জন্য। এক্সেলে নম্বরের শূন্য ও যোগচিহ্ন থাকে।',
    xlsx: 'এক্সেল ও লিবরঅফিসের জন্য। প্রতিটি ঘর লেখা হিসেবে থাকে, তাই নম্বর ঠিক থাকে।',
    vcf: 'ফোন ও মেইল প্রোগ্রামের জন্য।',
  },
  columns: 'কলাম, এই ক্রমে',
  parts: 'প্রত্যেকের সঙ্গে যা যাবে',
  names: {
    name: 'নাম',
    number: 'নম্বর',
    numbers: 'আরও নম্বর',
    note: 'মন্তব্য',
    groups: 'দল',
    operator: 'অপারেটর',
    added: 'যোগের তারিখ',
  },
  up: (column) => `${column} উপরে নিন`,
  down: (column) => `${column} নিচে নিন`,
  none: 'অন্তত একটি কলাম বাছুন।',
  choose: 'জায়গা বেছে সংরক্ষণ করুন',
  fileName: 'পরিচিতি',
  writing: 'ফাইল লেখা হচ্ছে',
  progress: ({ done, total }) => `${f.n(total)} জনের মধ্যে ${f.n(done)} জন`,
  left: (time) => `আর প্রায় ${time}`,
  stop: 'থামান',
  stopped: 'থামানো হয়েছে। কোনো ফাইল লেখা হয়নি।',
  done: ({ count, file }) => `${f.n(count)} জনকে “${file}” ফাইলে রাখা হয়েছে।`,
  again: 'আবার ফাইলে রাখুন',
  close: 'বন্ধ করুন',
});
