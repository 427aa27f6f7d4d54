import { bangla as f } from '../format.ts';
import type { series as en } from '../en/series.ts';
import { translates } from '../translation.ts';

const people = (count: number): string => `${f.n(count)} জন`;
const ofPeople = (count: number): string => `${f.n(count)} জনের`;
const DAYS = ['সোমবার', 'মঙ্গলবার', 'বুধবার', 'বৃহস্পতিবার', 'শুক্রবার', 'শনিবার', 'রবিবার'];

const goesNow = ({ name, count }: { name: string; count: number }): string =>
  `“${name}” এখন ${ofPeople(count)} কাছে যাবে, পরের সময়গুলো যেমন আছে তেমনই থাকবে। এরপর ফেরানোর জন্য কয়েক সেকেন্ড থাকবে।`;

/** Words of sendings that are repeated, in the outbox and in Compose. */
export const series = translates<typeof en>()({
  days: DAYS,
  every: {
    daily: (every) => (every === 1 ? 'প্রতিদিন' : `${f.n(every)} দিন পরপর`),
    weekly: ({ every, days }) => (every === 1 ? `প্রতি ${days}` : `${f.n(every)} সপ্তাহ পরপর ${days}`),
    monthly: ({ every, day }) =>
      every === 1 ? `প্রতি মাসের ${f.n(day)} তারিখ` : `${f.n(every)} মাস পরপর ${f.n(day)} তারিখ`,
  },
  when: ({ every, time, zone, end }) => `${every}, ${time}, ${zone}${end === null ? '' : `, ${end}`}`,
  until: (day) => `${day} পর্যন্ত`,
  times: (count) => `মোট ${f.n(count)} বার`,

  loading: 'পড়া হচ্ছে…',
  empty: {
    title: 'বারবার পাঠানোর কিছু নেই',
    text: 'প্রতি মাসের তাগাদা, প্রতি বৃহস্পতিবারের নোটিশ: একবার লিখে পাঠানোর বোতামের পাশে “বারবার” বেছে নিন।',
    action: 'বার্তা লিখুন',
  },
  listLabel: 'বারবার পাঠানোর তালিকা',
  state: { active: 'চালু', waiting: 'থেমে আছে', ended: 'শেষ' },
  to: people,
  next: (time) => `এরপর: ${time}`,
  nextWhenResumed: (time) => `আবার চালু করলে এরপর: ${time}`,
  then: (times) => `তারপর ${times}`,
  sent: (count) => (count === 0 ? 'এখনো পাঠানো হয়নি' : `${f.n(count)} বার পাঠানো হয়েছে`),
  last: 'শেষেরটি খুলুন',
  trouble: {
    user: 'আপনি থামিয়েছেন। আবার চালু না করা পর্যন্ত কিছুই যাবে না।',
    overdue: (time) =>
      `নির্ধারিত সময়ে (${time}) প্রোগ্রাম বন্ধ ছিল। সেটি পাঠানো হয়নি, আপনি সিদ্ধান্ত না দেওয়া পর্যন্ত আর কিছু যাবে না।`,
    'more-people': ({ now, before }) =>
      `এখন ${ofPeople(now)} কাছে যেত; আপনি ${ofPeople(before)} জন্য অনুমতি দিয়েছিলেন। কিছুই পাঠানো হয়নি।`,
    refused: (reason) => `পাঠানো যায়নি: ${reason} আপনি সিদ্ধান্ত না দেওয়া পর্যন্ত আর কিছু যাবে না।`,
  },
  warning: {
    'same-campaign': 'এঁদের কেউ কেউ কিছুদিন আগেই এই বার্তা পেয়েছেন।',
    'same-person': 'এঁদের কেউ কেউ একটু আগেই হুবহু এই বার্তা পেয়েছেন।',
    balance: 'ব্যালেন্স কম।',
    'over-cap': 'সীমার কারণে কেউ কেউ বাদ পড়তেন।',
    'quiet-hours': 'নীরব সময়ের মধ্যে চলে যেত।',
  },
  actions: {
    for: ({ action, name }) => `${action}: ${name}`,
    sendMissed: 'বাদ পড়াটি এখন পাঠান',
    sendStopped: 'এটি এখন পাঠান',
    skip: 'এটি বাদ দিয়ে চালু করুন',
    accept: (count) => `${people(count)} মেনে নিয়ে চালু করুন`,
    pause: 'থামান',
    resume: 'আবার চালু করুন',
    end: 'শেষ করুন',
  },
  ask: {
    sendMissed: {
      title: 'বাদ পড়াটি এখন পাঠাবেন?',
      undecided: (name) => `“${name}” নির্ধারিত সময়ে পাঠানো হয়নি। আগে সিদ্ধান্ত দিন:`,
      text: goesNow,
      confirm: 'এখন পাঠান',
    },
    sendStopped: {
      title: 'যেটি থেমেছে সেটি পাঠাবেন?',
      undecided: (name) => `“${name}” পাঠানোর আগেই থেমেছে। আগে সিদ্ধান্ত দিন:`,
      text: goesNow,
      confirm: 'এখন পাঠান',
    },
    nobodyLeft: 'পাঠানোর মতো আর কেউ নেই। ফিরে গিয়ে এটি বাদ দিন, তাহলে পরের সময় থেকে চলবে।',
    accept: {
      title: (count) => `এখন থেকে ${ofPeople(count)} কাছে পাঠাবেন?`,
      text: ({ now, before }) =>
        `গ্রুপে আগে ${people(before)} ছিলেন, এখন ${people(now)}। যেটি থেমেছে সেটি বাদ যাবে; পরেরগুলো সবার কাছে যাবে।`,
      confirm: 'মেনে নিয়ে চালু করুন',
    },
    end: {
      title: 'চিরতরে শেষ করবেন?',
      text: (name) =>
        `“${name}” আর পাঠানো হবে না, আবার চালুও করা যাবে না। যা পাঠানো হয়েছে তা থাকবে। কিছুদিনের জন্য হলে বরং থামান।`,
      confirm: 'শেষ করুন',
    },
    back: 'ফিরে যান',
  },
  done: {
    skipped: 'সেটি বাদ গেছে। পরের সময়গুলো ঠিক আছে।',
    resumed: 'আবার চালু হয়েছে।',
    paused: 'থামানো হয়েছে। আবার চালু না করা পর্যন্ত কিছুই যাবে না।',
    ended: 'শেষ করা হয়েছে। যা পাঠানো হয়েছে তা থাকবে।',
  },

  compose: {
    repeat: 'বারবার',
    choose: 'কত ঘন ঘন তা বাছুন',
    change: 'কত ঘন ঘন তা বদলান',
    title: 'কীভাবে বারবার যাবে',
    done: 'হয়েছে',
    pattern: 'কত ঘন ঘন',
    patterns: { daily: 'দৈনিক', weekly: 'সাপ্তাহিক', monthly: 'মাসিক' },
    interval: { daily: 'কত দিন পরপর', weekly: 'কত সপ্তাহ পরপর', monthly: 'কত মাস পরপর' },
    intervalWrong: '১ থেকে ৯৯-এর মধ্যে একটি পূর্ণ সংখ্যা দিন।',
    daysLabel: 'যে দিনগুলোতে',
    noDays: 'অন্তত একটি দিন বাছুন।',
    day: 'মাসের কত তারিখ',
    dayWrong: '১ থেকে ৩১-এর মধ্যে একটি পূর্ণ সংখ্যা দিন।',
    dayHint: 'যে মাসে এই তারিখ নেই, সে মাসের শেষ দিন ধরা হবে।',
    time: 'কটায়',
    timeWrong: 'ঘণ্টা ও মিনিট দিন, যেমন ১০:০০।',
    from: 'প্রথম দিন',
    fromMissing: 'প্রথম দিনটি দিন।',
    end: 'কবে শেষ',
    ends: { never: 'কখনো না', until: 'নির্দিষ্ট দিনে', times: 'এতবারের পর' },
    until: 'শেষ দিন',
    untilMissing: 'শেষ দিনটি দিন।',
    untilEarly: 'শেষ দিনটি প্রথম দিনের আগে পড়েছে।',
    count: 'কতবার',
    countWrong: '১ থেকে ১,০০০-এর মধ্যে একটি পূর্ণ সংখ্যা দিন।',
    next: 'যখন যাবে',
    none: 'সামনে এমন কোনো সময় নেই।',
    guards:
      'প্রতিবার গ্রুপে তখন যাঁরা আছেন তাঁদের কাছে যায়, সব সতর্কতাও নতুন করে দেখা হয়। অনেক বেশি মানুষ হয়ে গেলে, কোনো সতর্কতায় আটকালে, বা তখন প্রোগ্রাম বন্ধ থাকলে থেমে আপনাকে জিজ্ঞাসা করে।',
    send: ({ people: count, practice }) => `প্রতিবার ${f.n(count)} জনকে পাঠান${practice ? ' (অনুশীলন)' : ''}`,
  },
  confirm: {
    title: 'বারবার পাঠানো নিশ্চিত করুন',
    practice: 'এটি অনুশীলন। এই কম্পিউটারের বাইরে কিছুই যায় না, টাকাও কাটে না।',
    when: 'কখন',
    first: 'প্রথমবার',
    people: 'এখন প্রাপক',
    parts: 'প্রতিবার অংশ',
    cost: 'এখনকার হিসাবে প্রতিবারের খরচ',
    sender: 'প্রেরক',
    account: 'অ্যাকাউন্ট',
    unknownPrice: 'এখনো জানা নেই',
    typeCount: 'প্রাপকের সংখ্যা লিখুন',
    typeHint: (count) => `নিশ্চিত করতে ${f.n(count)} লিখুন।`,
    typeWrong: (count) => `এটি ${f.n(count)} নয়।`,
    changed: 'যা পাঠানো হতো তা বদলে গেছে। নিশ্চিত করার আগে আবার দেখুন।',
    lost: 'শুরু হয়েছে কি না জানা যায়নি। আবার নিশ্চিত করুন: একবারের বেশি শুরু হবে না।',
    text: 'প্রতিবারই কয়েক সেকেন্ড থামিয়ে রাখা হয়, যাতে ফেরানো যায়।',
    confirm: 'নিশ্চিত করুন',
    confirmAgain: 'আবার নিশ্চিত করুন',
    cancel: 'ফিরে যান',
  },
});
