import type { firstRun as en } from '../en/first-run.ts';
import { translates } from '../translation.ts';

/** Words of the first start. */
export const firstRun = translates<typeof en>()({
  language: 'ভাষা বেছে নিন',
  doors: 'কীভাবে শুরু করতে চান?',
  doorsNote: 'অন্যটি পরেও করতে পারবেন।',
  practiceTitle: 'আগে অনুশীলন',
  practice: 'নিরাপদে চেষ্টা করুন',
  practiceNote: '১২ জন কাল্পনিক মানুষকে পাঠিয়ে দেখুন কী হয়। আসলে কিছু যায় না, টাকাও কাটে না।',
  connectTitle: 'নিজের অ্যাকাউন্ট',
  connect: 'MiM SMS যুক্ত করুন',
  connectNote: 'MiM SMS-এর দেওয়া ব্যবহারকারীর নাম ও পাসওয়ার্ড লাগবে। পরীক্ষার জন্য শুধু ব্যালেন্স জানতে চাওয়া হয়।',
  changeLanguage: 'ভাষা বদলান',
});
