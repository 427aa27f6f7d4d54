import { bangla as f } from '../format.ts';
import type { inbox as en } from '../en/inbox.ts';
import { translates } from '../translation.ts';

const parts = (count: number): string => `${f.n(count)}টি অংশ`;

/** Words of the inbox. */
export const inbox = translates<typeof en>()({
  search: 'কথোপকথন খুঁজুন',
  searchPlaceholder: 'নম্বর বা শব্দ',
  unread: 'না-পড়া',
  check: 'এখনই দেখুন',
  lastFetch: (age) => `${age} দেখা হয়েছে`,
  neverFetched: 'এখনো দেখা হয়নি',
  failed: 'শেষবার দেখা যায়নি।',
  received: (count) => (count === 0 ? 'নতুন কিছু নেই।' : `${f.n(count)}টি নতুন বার্তা।`),
  loading: 'পড়া হচ্ছে…',
  list: 'কথোপকথন',
  column: 'নম্বর ও শেষ বার্তা',
  you: 'আপনি:',
  newCount: (count) => `${f.n(count)}টি না-পড়া`,
  empty: {
    title: 'এখনো কোনো বার্তা আসেনি',
    canPull: (names) => `${names} দিয়ে বার্তা পাওয়া যায়। “এখনই দেখুন” চাপুন; নিজে থেকেও দেখা হয়।`,
    cannotPull:
      'আপনার কোনো অ্যাকাউন্ট আসা বার্তা আনতে পারে না। এই কম্পিউটারের রিসিভার চালু করে তার ঠিকানা MiM SMS-এ জমা দিন।',
    receiving: 'গ্রহণের ব্যবস্থা করুন',
    practice: 'অনুশীলনে আপনি নিজেই একটি বার্তা আনাতে পারেন।',
    simulate: 'একটি বার্তা আনান',
  },
  none: { title: 'কোনো কথোপকথন মেলেনি', text: 'কম সংখ্যা বা কম শব্দ দিয়ে দেখুন।', clear: 'সব দেখান' },
  pick: 'বাঁ দিক থেকে একটি কথোপকথন বাছুন।',
  thread: (number) => `${number}-এর সঙ্গে কথোপকথন`,
  back: 'সব কথোপকথন',
  earlier: 'আগেরগুলো দেখান',
  inArchive: 'সব বার্তায় দেখুন',
  markUnread: 'না-পড়া হিসেবে রাখুন',
  from: 'এসেছে',
  to: 'পাঠানো',
  keyword: (word) => `কীওয়ার্ড ${word}`,
  reply: {
    label: 'উত্তর',
    placeholder: 'এখানে উত্তর লিখুন।',
    sender: 'প্রেরক',
    send: 'উত্তর পাঠান',
    sendFor: ({ parts: count, money }) => `উত্তর পাঠান (${parts(count)}${money ? `, ${money}` : ''})`,
    practice: ({ parts: count, money }) => `অনুশীলনে পাঠান (${parts(count)}${money ? `, ${money}` : ''})`,
    held: 'কয়েক সেকেন্ড পরে আপনার উত্তর চলে যাবে।',
    undo: 'ফিরিয়ে নিন',
    cannot: 'প্রেরকটি নম্বর নয়, একটি নাম। উত্তর দেওয়া যায় না।',
    noSender: 'উত্তর দেওয়ার মতো কোনো প্রেরক আইডি এই অ্যাকাউন্টে নেই।',
    noAccount: 'যে অ্যাকাউন্টে এটি এসেছিল তা এখন আর নেই।',
    accept: 'তবুও পাঠান',
    overlooked: 'আপনি লেখার পরে নতুন কিছু ধরা পড়েছে, তাই কিছুই পাঠানো হয়নি। দেখে আবার পাঠান।',
    lost: 'জমা পড়েছে কি না জানা যায়নি। আবার পাঠান: একবারের বেশি যাবে না।',
  },
});
