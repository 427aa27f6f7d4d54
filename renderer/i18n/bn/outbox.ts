import { bangla as f } from '../format.ts';
import type { outbox as en } from '../en/outbox.ts';
import { translates } from '../translation.ts';

const messages = (count: number): string => `${f.n(count)}টি বার্তা`;
const people = (count: number): string => `${f.n(count)} জন`;
const ofPeople = (count: number): string => `${f.n(count)} জনের`;

/** Words of the outbox: what is on its way, what is planned, what needs a decision. */
export const outbox = translates<typeof en>()({
  tabsLabel: 'আউটবক্সের অংশ',
  tabs: {
    now: 'এখন চলছে',
    planned: 'নির্ধারিত',
    calendar: 'ক্যালেন্ডার',
    series: 'বারবার',
    uncertain: 'অনিশ্চিত',
    counted: ({ tab, count }) => `${tab} (${f.n(count)})`,
  },
  loading: 'পড়া হচ্ছে…',
  totals: {
    none: 'কোনো বার্তা অপেক্ষায় নেই।',
    waiting: (count) => `${messages(count)} যাওয়া বাকি`,
    checking: (count) => `${f.n(count)}টি লগে খোঁজা হচ্ছে`,
    undecided: (count) => `${f.n(count)}টি আপনার সিদ্ধান্তের অপেক্ষায়`,
  },
  sections: { held: 'যাওয়ার অপেক্ষায়', running: 'চলছে', paused: 'থেমে আছে', ended: 'এইমাত্র শেষ' },
  ended: {
    sent: (count) => `${f.n(count)}টি পাঠানো`,
    partly: ({ sent, all, cancelled }) => `${f.n(all)}টির ${f.n(sent)}টি পাঠানো, ${f.n(cancelled)}টি বাতিল`,
    failed: (count) => `${f.n(count)}টি ব্যর্থ`,
    uncertain: (count) => `${f.n(count)}টি অনিশ্চিত`,
    charged: (money) => `${money} কেটেছে`,
  },
  more: (count) => `শুধু প্রথম ${f.n(count)}টি দেখানো হচ্ছে।`,
  empty: {
    title: 'এখন কিছু যাচ্ছে না',
    text: 'যা পাঠাবেন, সব চলে না যাওয়া পর্যন্ত এখানে দেখা যাবে: ফেরানোর সময়ে, চলার সময়ে, থেমে থাকলে; ফলাফলসহ আরও কয়েক ঘণ্টা। পরে পাঠানোর জন্য যা রাখা, তা “নির্ধারিত” অংশে থাকে।',
    scheduled: ({ count, next }) =>
      count === 1
        ? `একটি পাঠানো নির্ধারিত আছে: ${next}।`
        : `${f.n(count)}টি পাঠানো নির্ধারিত আছে, পরেরটি: ${next}।`,
    showScheduled: 'নির্ধারিতগুলো দেখান',
    action: 'বার্তা লিখুন',
  },
  row: {
    progress: (name) => `${name}: অগ্রগতি`,
    handed: ({ done, total }) => `${f.n(total)}টির ${f.n(done)}টি`,
    rate: (perSecond) => `সেকেন্ডে ${perSecond}টি`,
    finish: (time) => `আনুমানিক ${time}-এ শেষ`,
    cost: (money) => `এ পর্যন্ত ${money}`,
    estimate: (money) => `প্রায় ${money}`,
    people,
    undoLeft: (left) => `ফেরানোর সময় ${f.n(left)} সেকেন্ড`,
    leaving: 'এখনই যাচ্ছে',
    goes: (time) => `যাবে ${time}`,
    afterQuiet: 'নীরব সময় শেষ হলে',
    gone: ({ done, total }) => `${f.n(total)}টির ${f.n(done)}টি গেছে`,
    checking: (count) => `${f.n(count)}টি লগে খোঁজা হচ্ছে`,
    canary: (count) => `প্রথম ${f.n(count)}টি আগে যাচ্ছে`,
    heldBy: { here: 'এই কম্পিউটার চালু থাকতে হবে', gateway: 'MiM SMS ধরে রেখেছে' },
  },
  why: {
    user: 'আপনি থামিয়েছেন।',
    credentials: 'MiM SMS ইউজার নাম বা পাসওয়ার্ড মানছে না। সেটিংসে ঠিক করে আবার শুরু করুন।',
    password: 'প্রোগ্রাম নতুন করে চালুর পর থেকে পাসওয়ার্ড জানা নেই। সেটিংসে লিখে আবার শুরু করুন।',
    credits: 'ব্যালেন্স শেষ। MiM SMS-এ টাকা ভরে আবার শুরু করুন।',
    refusals: 'পরপর ২০টি বার্তা নেওয়া হয়নি। এগোনোর আগে কারণগুলো দেখুন।',
    vault: 'অ্যাকাউন্টের পাসওয়ার্ড পড়া যাচ্ছে না। সেটিংসে পাসওয়ার্ডের ভান্ডার ঠিক করে আবার শুরু করুন।',
    network: 'ইন্টারনেটের অপেক্ষা। নিজে থেকেই আবার চলবে।',
    overdue: 'যাওয়ার কথা যখন, প্রোগ্রাম তখন চালু ছিল না। এরপর কিছুই যায়নি।',
    canary: 'প্রথম কয়েকটির একটি নেওয়া হয়নি, বাকিগুলো অপেক্ষায়। এগোনোর আগে কারণ দেখুন।',
  },
  actions: {
    for: ({ action, name }) => `${action}: ${name}`,
    undo: 'ফিরিয়ে নিন',
    pause: 'থামান',
    resume: 'আবার শুরু করুন',
    cancel: { rest: 'বাকিটা বাতিল করুন', whole: 'বাতিল করুন', callBack: 'ফেরত আনুন' },
    sendNow: 'এখনই পাঠান',
    reschedule: 'সময় বদলান',
    open: 'খুলুন',
  },
  sendNow: {
    title: 'এখনই পাঠাবেন?',
    text: ({ name, count }) => `“${name}” নির্ধারিত সময়ের বদলে এখনই ${ofPeople(count)} কাছে যাবে।`,
  },
  cancelled: (count) => `${messages(count)} বাতিল হয়েছে।`,
  planned: {
    empty: {
      title: 'কিছুই নির্ধারিত নেই',
      text: 'পাঠানোর বোতামের পাশে “পরে” বা “বারবার” বেছে নিন; সময় হওয়া পর্যন্ত এখানে থাকবে।',
    },
    label: 'নির্ধারিত পাঠানো',
    zone: (zone) => `ঘড়ির সময়: ${zone}, যেখানে অন্য কিছু লেখা নেই`,
  },
  calendar: {
    label: 'যা নির্ধারিত তার ক্যালেন্ডার',
    previous: 'আগের মাস',
    next: 'পরের মাস',
    today: 'আজ',
    zone: (zone) => `ঘড়ির সময়: ${zone}`,
    entries: (count) => `${f.n(count)}টি নির্ধারিত`,
    more: (count) => `আরও ${f.n(count)}টি`,
    dayEmpty: 'এই দিনে কিছু নির্ধারিত নেই।',
    capped: 'এ মাসে যত নির্ধারিত, সব দেখানো যাচ্ছে না; শেষের দিনগুলো অসম্পূর্ণ হতে পারে।',
    repeated: 'বারবার',
    waiting: 'থেমে আছে',
  },
  uncertain: {
    title: 'এগুলোর কী হয়েছে জানা যায়নি',
    text: 'উত্তর আসার আগেই সংযোগ কেটে গেছে, MiM SMS-এর লগেও পাওয়া যায়নি। প্রাপকদের একজনকে জিজ্ঞাসা করে সিদ্ধান্ত দিন।',
    which: 'কোনগুলো',
    undecided: 'আপনার সিদ্ধান্তের অপেক্ষায়',
    checking: 'খোঁজা হচ্ছে',
    checkingText: 'MiM SMS-এর লগে এগুলো খোঁজা হচ্ছে। সাধারণত এক মিনিটের মধ্যে নিজে থেকেই মিটে যায়।',
    label: 'অনিশ্চিত বার্তা',
    columns: { number: 'নম্বর', text: 'বার্তা', created: 'লেখা হয়েছে', price: 'দাম' },
    choose: (number) => `${number} বাছুন`,
    chooseAll: 'যা দেখা যাচ্ছে সব বাছুন',
    chosen: (count) => `${messages(count)} বাছা হয়েছে`,
    arrived: 'পৌঁছে গেছে',
    again: 'আবার পাঠান',
    arrivedTitle: (count) => `${messages(count)} পৌঁছেছে বলে ধরবেন?`,
    arrivedText: (count) =>
      `${messages(count)} MiM SMS নিয়েছে বলে ধরা হবে, আর পাঠানো হবে না। কারও কাছে না পৌঁছে থাকলে তিনি কিছুই পাবেন না।`,
    againTitle: (count) => `${messages(count)} আবার পাঠাবেন?`,
    againText: (count) =>
      `${messages(count)} আবার পাঠানো হবে। যাঁর কাছে প্রথমটি পৌঁছেছে তিনি দুবার পাবেন, টাকাও দুবার কাটবে।`,
    confirmArrived: 'পৌঁছেছে বলে ধরুন',
    confirmAgain: (count) => `${messages(count)} আবার পাঠান`,
    settled: (count) => `${messages(count)} মীমাংসা হয়েছে।`,
    empty: {
      title: 'অনিশ্চিত কোনো বার্তা নেই',
      text: 'পাঠানোর মাঝে সংযোগ কাটলে আগে MiM SMS-এর লগ দেখা হয়। লগেও যা পাওয়া যায় না, শুধু তা-ই এখানে আসে।',
    },
    emptyChecking: { title: 'কিছু খোঁজা হচ্ছে না', text: 'MiM SMS-এর সব উত্তর এসে গেছে।' },
  },
});
