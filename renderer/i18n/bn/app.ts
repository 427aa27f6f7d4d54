import type { app as en } from '../en/app.ts';
import { bangla as f } from '../format.ts';
import { translates } from '../translation.ts';

/** Words of the frame: rail, top bar, banners. */
export const app = translates<typeof en>()({
  main: 'প্রধান',
  skip: 'সরাসরি পাতায় যান',
  screens: {
    compose: 'বার্তা লিখুন',
    outbox: 'আউটবক্স',
    campaigns: 'ক্যাম্পেইন',
    messages: 'সব বার্তা',
    inbox: 'ইনবক্স',
    contacts: 'পরিচিতি',
    settings: 'সেটিংস',
  },
  stopped: (count) => `বারবার পাঠানো ${f.n(count)}টি বার্তা থেমে গেছে, আপনাকে দেখতে হবে।`,
  account: 'অ্যাকাউন্ট',
  practice: 'অনুশীলন',
  practiceNote: 'এই কম্পিউটারের বাইরে কিছুই যায় না, টাকাও কাটে না।',
  connect: 'MiM SMS যুক্ত করুন',
  balance: {
    known: ({ amount, age }: { amount: string; age: string }) => `ব্যালেন্স ${amount}, ${age}`,
    unknown: 'ব্যালেন্স এখনো জানা হয়নি',
    label: 'ব্যালেন্স',
    ask: 'জেনে নিন',
    refresh: 'এখনকার ব্যালেন্স জানতে চাপুন',
    asking: 'MiM SMS-কে জিজ্ঞাসা করা হচ্ছে…',
    stale: 'শেষবার ব্যালেন্স জানা যায়নি।',
  },
  sync: {
    label: 'রিপোর্ট',
    now: 'এখনই রিপোর্ট আনুন',
    running: 'রিপোর্ট আনা হচ্ছে…',
    fresh: ({ age }: { age: string }) => `রিপোর্ট আনা হয়েছে ${age}`,
    never: 'এখনো কোনো রিপোর্ট আনা হয়নি',
    failed: 'রিপোর্ট আনা যায়নি',
    gaps: 'কিছু রিপোর্ট পাওয়া যায়নি',
    engine: 'সংযোগ নেই',
    starting: 'পাঠানোর সেবা চালু হচ্ছে',
    short: {
      running: 'আনা হচ্ছে',
      fresh: 'হালনাগাদ',
      never: 'অপেক্ষায়',
      failed: 'আনা যায়নি',
      gaps: 'ঘাটতি আছে',
      engine: 'থেমে আছে',
      starting: 'চালু হচ্ছে',
    },
  },
  engine: {
    restarting: 'পাঠানোর সেবা থেমে গিয়েছিল, আবার চালু হচ্ছে।',
    restartingMore: 'কিছুই হারায়নি। যে বার্তাগুলো পথে ছিল সেগুলো আগে মিলিয়ে দেখে তারপর পাঠানো হবে।',
    failed: 'পাঠানোর সেবা চালু করা যাচ্ছে না।',
    restart: 'আবার চালু করুন',
  },
});
