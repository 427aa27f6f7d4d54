import { bangla as f } from '../format.ts';
import type { compose as en } from '../en/compose.ts';
import { translates } from '../translation.ts';

const people = (count: number): string => `${f.n(count)} জন`;
const parts = (count: number): string => `${f.n(count)}টি অংশ`;

/** Words of Compose. */
export const compose = translates<typeof en>()({
  to: {
    heading: 'প্রাপক',
    label: 'প্রাপকদের নম্বর',
    placeholder: '০১৭১২৩৪৫৬৭৮, 01812345678\n+880 1912-345678',
    hint: 'নম্বর লিখুন বা পেস্ট করুন। কমা, ফাঁকা জায়গা বা নতুন লাইন দিয়ে আলাদা করা যায়।',
    people,
    none: 'এখনো কোনো নম্বর নেই',
    counting: (share) => `নম্বর পড়া হচ্ছে… ${share}`,
    duplicates: (count) => `একই নম্বর ${f.n(count)} বার বাদ`,
    rejected: (count) => `${f.n(count)}টি ব্যবহার করা যাবে না`,
    rejectedHeading: 'ব্যবহারযোগ্য নয়',
    find: (input) => `${input} খুঁজুন`,
    findHint: 'তালিকায় খুঁজে পেতে যেকোনোটিতে চাপুন।',
    more: (count) => `আরও ${f.n(count)}টি`,
  },

  message: {
    heading: 'বার্তা',
    label: 'বার্তা',
    placeholder: 'এখানে বাংলা বা ইংরেজিতে লিখুন।',
    sender: 'প্রেরক',
    noSenders: 'এই অ্যাকাউন্টে কোনো প্রেরক আইডি নেই।',
    addSender: 'সেটিংসে যোগ করুন',
  },

  meter: {
    label: 'বার্তার অংশ',
    script: { latin: 'ল্যাটিন', bangla: 'বাংলা', unicode: 'ইউনিকোড' },
    empty: 'এখনো কিছু লেখা হয়নি',
    units: ({ units, capacity }) => `${f.n(capacity)} এককের মধ্যে ${f.n(units)}`,
    parts,
    each: (price) => `প্রতি জনে ${price}`,
    left: (units) => `আর ${f.n(units)} একক লেখা যাবে।`,
    cut: ({ units, toParts }) => `${f.n(units)} একক কমালে ${parts(toParts)} হবে।`,
    replace: ({ chars, saves }) => `${chars} বদলে দিলে ${parts(saves)} বাঁচবে।`,
    fold: ({ units, saves }) =>
      `কিছু অক্ষর দুই টুকরায় লেখা আছে; জুড়ে দিলে দেখতে একই থাকবে, ${f.n(units)} একক ও ${parts(saves)} বাঁচবে।`,
    saving: ({ saves, people: count, money }) => `তাতে বাঁচবে ${parts(saves)} × ${people(count)} = ${money}।`,
    tooLong: (over) => `এক বার্তার জন্য ${f.n(over)}টি অক্ষর বেশি হয়েছে।`,
  },

  forcing: {
    heading: 'এই চিহ্নগুলোর কারণে লেখাটি ইউনিকোডে যাচ্ছে, তাতে এক অংশে অর্ধেকেরও কম ধরে:',
    replaceOne: ({ char, by }) => `${char} বদলে ${by} লিখুন`,
    removeOne: (char) => `${char} মুছে দিন`,
    find: (char) => `${char} খুঁজুন`,
    noTwin: (char) => `${char} চিহ্নের সাধারণ রূপ নেই`,
    times: (count) => `${f.n(count)} বার`,
    replaceAll: 'সব বদলান',
    join: 'অক্ষর জুড়ে দিন',
    space: 'ফাঁকা জায়গা',
  },

  review: {
    heading: 'যাচাই',
    phone: 'ফোনে যেমন দেখাবে',
    phoneEmpty: 'ফোনে বার্তাটি যেমন দেখাবে, এখানে তেমনই দেখা যাবে।',
    partStarts: ({ part, units }) => `অংশ ${f.n(part)}, ${f.n(units)} একক`,
    people: 'প্রাপক',
    partsEach: 'প্রতি জনে অংশ',
    partsTotal: 'মোট অংশ',
    cost: 'খরচ',
    balance: 'এখন ব্যালেন্স',
    balanceAfter: 'পাঠানোর পরে ব্যালেন্স',
    balanceAge: (age) => `ব্যালেন্সটি ${age} দেখা`,
    unknownPrice: 'প্রথম রিপোর্টের পরে জানা যাবে',
    unknownBalance: 'এখনো জানা নেই',
    notEnough: 'ব্যালেন্সে কুলাবে না। পাঠাতে পাঠাতে মাঝপথে থেমে যাবে।',
    leftOut: (count) => `${f.n(count)}টি বাদ পড়েছে`,
    leftOutMore: (shown) => `প্রথম ${f.n(shown)}টি দেখানো হচ্ছে।`,
    shortcut: 'Ctrl+Enter',
  },

  when: { legend: 'কখন', now: 'এখনই', later: 'পরে' },

  options: {
    title: 'বাড়তি সুবিধা',
    flash: 'ফ্ল্যাশ বার্তা',
    flashHint: 'ফোনের পর্দায় সঙ্গে সঙ্গে দেখায়, জমা থাকে না।',
    validity: 'যতক্ষণ চেষ্টা চলবে',
    validities: {
      '': 'সাধারণত যতক্ষণ',
      '60': '১ ঘণ্টা',
      '360': '৬ ঘণ্টা',
      '1440': '১ দিন',
      '2880': '২ দিন',
    },
    transactionClass: 'ধরন',
    classes: {
      usual: 'অ্যাকাউন্ট সাধারণত যেভাবে পাঠায়',
      transactional: 'লেনদেনমূলক',
      promotional: 'প্রচারমূলক',
    },
  },

  send: {
    button: 'পাঠান',
    count: ({ people: count, parts: all, money }) =>
      `পাঠান: ${people(count)} (${parts(all)}${money ? `, ${money}` : ''})`,
    countPractice: ({ people: count, parts: all, money }) =>
      `অনুশীলনে পাঠান: ${people(count)} (${parts(all)}${money ? `, ${money}` : ''})`,
    schedule: ({ people: count, parts: all, money }) =>
      `সময় ঠিক করুন: ${people(count)} (${parts(all)}${money ? `, ${money}` : ''})`,
    schedulePractice: ({ people: count, parts: all, money }) =>
      `অনুশীলনে সময় ঠিক করুন: ${people(count)} (${parts(all)}${money ? `, ${money}` : ''})`,
    scheduleButton: 'সময় ঠিক করুন',
    missing: {
      account: 'আগে একটি অ্যাকাউন্ট বাছুন বা যোগ করুন।',
      recipients: 'অন্তত একটি নম্বর দিন।',
      text: 'বার্তা লিখুন।',
      sender: 'প্রেরক বাছুন।',
      time: 'তারিখ ও সময় দিন, অথবা “এখনই” বাছুন।',
      past: 'পাঠানোর সময় পার হয়ে গেছে।',
      'too-far': 'পাঠানোর সময় অনেক দূরে।',
      'too-long': 'বার্তা ছোট করুন।',
      counting: 'একটু অপেক্ষা করুন, হিসাব করা হচ্ছে।',
      plan: 'হিসাব করা যায়নি।',
      nobody: 'পাঠানোর মতো কেউ নেই: সব নম্বর বাদ পড়েছে।',
    },
  },

  confirm: {
    title: 'পাঠানো নিশ্চিত করুন',
    titlePractice: 'এটি অনুশীলন। কিছুই এই কম্পিউটারের বাইরে যাবে না, টাকাও কাটবে না।',
    people: 'প্রাপক',
    parts: 'অংশ',
    cost: 'খরচ',
    sender: 'প্রেরক',
    account: 'অ্যাকাউন্ট',
    text: 'বার্তা',
    leftOut: 'বাদ',
    typeCount: 'প্রাপকের সংখ্যা লিখুন',
    typeHint: (count) => `অনেক জনকে পাঠানো হচ্ছে। এগোতে ${f.n(count)} লিখুন।`,
    typeWrong: (count) => `সংখ্যাটি ${f.n(count)} নয়।`,
    when: 'সময়',
    hold: 'নিশ্চিত করার পরেও কয়েক সেকেন্ড ফিরিয়ে নেওয়ার সুযোগ থাকবে।',
    confirm: 'নিশ্চিত করুন',
    confirmAgain: 'আবার নিশ্চিত করুন',
    cancel: 'ফিরে যান',
    changed: 'যা পাঠানো হবে তা বদলে গেছে। নিশ্চিত করার আগে আবার দেখুন।',
    changedFrom: ({ before, after }) => `আগে ${before}, এখন ${after}`,
    lost: 'জমা পড়েছে কি না জানা যায়নি। আবার নিশ্চিত করুন: একবারের বেশি যাবে না।',
    doubtful: 'আগের একটি পাঠানো উত্তর ছাড়াই জমা পড়ে থাকতে পারে। আরও পাঠানোর আগে ক্যাম্পেইন দেখে নিন।',
  },

  aside: {
    text: 'এখানে আগে যা লেখা ছিল তা সরিয়ে রাখা হয়েছে।',
    bringBack: 'ফিরিয়ে আনুন',
    drop: 'ফেলে দিন',
  },
  restored: 'পাঠানো ফিরিয়ে নেওয়া হয়েছে। আপনার লেখা আগের মতোই আছে।',
});
