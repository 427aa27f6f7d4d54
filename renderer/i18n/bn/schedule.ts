import { bangla as f } from '../format.ts';
import type { schedule as en } from '../en/schedule.ts';
import { translates } from '../translation.ts';

/** Words of choosing a time to send, in Compose and on a campaign's page. */
export const schedule = translates<typeof en>()({
  label: 'পাঠানোর তারিখ ও সময়',
  picksLabel: 'যা বেশি বাছা হয়',
  picks: { tonight: 'আজ রাত ৮টা', tomorrow: 'কাল সকাল ৯টা', sunday: 'রবিবার সকাল ৯টা' },
  zone: 'সময় অঞ্চল',
  ownZone: 'এই কম্পিউটারের অঞ্চল',
  gatewayZone: 'MiM SMS-এর সময়',
  zoneOwn: 'সময়গুলো এই কম্পিউটারের অঞ্চলের। অন্য অঞ্চল বাছলে পরের বার্তার জন্যও সেটিই থাকবে।',
  zoneChosen: ({ zone, own }) => `সময়গুলো শেষবার বাছা অঞ্চলের: ${zone}; এই কম্পিউটারের অঞ্চল ${own}।`,
  zones: {
    'Asia/Dhaka': 'ঢাকা',
    'Asia/Kolkata': 'কলকাতা',
    'Asia/Karachi': 'করাচি',
    'Asia/Dubai': 'দুবাই',
    'Asia/Riyadh': 'রিয়াদ',
    'Asia/Qatar': 'দোহা',
    'Asia/Kuwait': 'কুয়েত',
    'Asia/Kuala_Lumpur': 'কুয়ালালামপুর',
    'Asia/Singapore': 'সিঙ্গাপুর',
    'Europe/London': 'লন্ডন',
    'Europe/Rome': 'রোম',
    'America/New_York': 'নিউ ইয়র্ক',
    UTC: 'ইউটিসি',
  },
  past: 'সময়টি পার হয়ে গেছে। পরের কোনো সময় দিন।',
  tooFar: (days) => `সর্বোচ্চ ${f.n(days)} দিন পরের সময় দেওয়া যায়।`,
  here: ({ time, zone }) => `${time}, এই কম্পিউটারের ঘড়িতে (${zone})।`,
  inDhaka: (time) => `ঢাকায়: ${time}।`,
  heldBy: {
    here: 'এই কম্পিউটার ধরে রাখবে: তখন কম্পিউটার ও প্রোগ্রাম চালু থাকতে হবে।',
    gateway:
      'MiM SMS ধরে রাখবে। তাদের কাছে না পৌঁছানো পর্যন্ত (প্রায় ১০ সেকেন্ড) কম্পিউটার চালু রাখুন, তারপর বন্ধ করতে পারেন।',
  },
  handedOver: 'MiM SMS ধরে রেখেছে: কম্পিউটার বন্ধ করে রাখতে পারেন।',
});
