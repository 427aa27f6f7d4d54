import { bangla as f } from '../format.ts';
import type { compose as en } from '../en/compose.ts';
import { translates } from '../translation.ts';

const people = (count: number): string => `${f.n(count)} জন`;
const stillWaiting = (count: number): string =>
  count === 0 ? '' : `; তাঁদের মধ্যে ${people(count)} এখনো অপেক্ষায়`;
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
    finder: 'মানুষ ও গ্রুপ খুঁজুন',
    finderPlaceholder: 'নাম বা গ্রুপ',
    finderFound: 'যাদের পাওয়া গেছে',
    finderNone: (search) => `“${search}” নামে কেউ বা কোনো গ্রুপ নেই।`,
    finderNobody: 'এখনো কোনো গ্রুপ নেই। কাউকে পেতে নাম বা নম্বর লিখুন।',
    finderSearching: 'খোঁজা হচ্ছে…',
    groupCount: people,
    smart: 'স্মার্ট গ্রুপ',
    group: 'গ্রুপ',
    list: 'ফাইল',
    person: 'ব্যক্তি',
    doNotMessage: 'বার্তা নিষেধ',
    dead: 'অচল নম্বর',
    chips: 'বাছাই করা মানুষ, গ্রুপ ও ফাইল',
    removeChip: (label) => `${label} বাদ দিন`,
    gone: 'আর নেই',
    addFile: 'ফাইল থেকে নিন',
    leftOutDuplicates: (count) => `একই নম্বর ${f.n(count)} বার বাদ`,
    leftOutDoNotMessage: (count) => `${f.n(count)} জনকে বার্তা নিষেধ`,
    leftOutOthers: (count) => `অন্য কারণে ${f.n(count)}টি বাদ`,
    deadOut: (count) => `${f.n(count)}টি অচল নম্বর বাদ পড়েছে`,
    deadIn: (count) => `${f.n(count)}টি অচল নম্বরও আছে`,
    includeDead: 'অচল নম্বরেও পাঠান',
    deadHint: 'পরপর তিনবার বার্তা একেবারেই পৌঁছায়নি।',
  },

  fields: {
    insert: 'ফিল্ড বসান',
    name: 'নাম',
    number: 'নম্বর',
    builtIn: 'সবার আছে',
    ofSources: 'বাছাই করা মানুষদের',
    withFallback: (fallback) => `না থাকলে “${fallback}”`,
    unknown: (name) => `“${name}” নামের ফিল্ড কারও নেই।`,
    empty: ({ name, people: count }) => `${people(count)}ের “${name}” নেই।`,
    addFallback: 'বিকল্প দিন',
    show: 'দেখান',
    faults: {
      unclosed: 'একটি ফিল্ড {{ দিয়ে শুরু হয়েছে, কিন্তু }} দিয়ে শেষ হয়নি।',
      'empty-name': 'একটি ফিল্ডের বন্ধনীর ভেতরে নাম নেই।',
      'long-name': 'একটি ফিল্ডের নাম বেশি লম্বা।',
      braces: 'ফিল্ডের ভেতরে আরও বন্ধনী আছে।',
      'line-break': 'ফিল্ডের ভেতরে নতুন লাইন আছে।',
    },
    faultHint: 'এভাবে লিখুন: {{নাম}}। শুধু দুটি বন্ধনী লিখতে চাইলে \\{{ লিখুন।',
  },

  savings: {
    open: 'অংশ বাঁচান…',
    title: 'অংশ বাঁচান',
    latinIntro: 'এই চিহ্নগুলো সাধারণ বর্ণমালায় নেই; ওই বর্ণমালায় এক অংশে দ্বিগুণেরও বেশি ধরে। কী বদলাবেন বেছে নিন।',
    banglaIntro: 'একই লেখা কম এককে। কী বদলাবেন বেছে নিন; যা বাছবেন না তা যেমন লিখেছেন তেমনই থাকবে।',
    changes: 'পরিবর্তন',
    times: (count) => `${f.n(count)} বার`,
    nothing: 'বাদ',
    result: ({ before, after }) => `আগে ${parts(before)}, পরে ${parts(after)}`,
    units: ({ before, after }) => `আগে ${f.n(before)} একক, পরে ${f.n(after)} একক`,
    compare: 'বদলানোর পরে লেখাটি',
    apply: 'লেখা বদলান',
    applied: 'লেখা বদলানো হয়েছে।',
    why: {
      compose: 'দুই টুকরার অক্ষর জোড়া; দেখতে একই',
      'khanda-ta': 'ৎ-এর পুরোনো বানান; দেখতে একই',
      unseen: 'যে চিহ্ন চোখে দেখা যায় না',
      blank: 'অপ্রয়োজনীয় ফাঁকা জায়গা',
      twin: 'সাধারণ বর্ণমালার একই চিহ্ন',
      letter: 'একই উচ্চারণের সাধারণ অক্ষর',
      'left-out': 'এর সাধারণ রূপ নেই',
    },
  },

  parts: {
    histogram: 'সব বার্তার অংশ',
    columns: { parts: 'অংশ', people: 'প্রাপক' },
    bar: ({ parts: count, people: all }) => `${parts(count)}: ${people(all)}`,
    spill: ({ parts: count, people: all }) => `${people(all)}ের লাগবে ${parts(count)}`,
    spillTitle: (count) => `${parts(count)} বা তার বেশি লাগে এমন বার্তা`,
    spillEmpty: 'এত অংশ আর কারও লাগে না।',
    more: 'আরও দেখান',
    reading: 'পড়া হচ্ছে…',
    close: 'বন্ধ করুন',
  },

  template: {
    inserted: (name) => `“${name}” বসানো হয়েছে।`,
    undo: 'ফিরিয়ে নিন',
  },

  draft: {
    label: 'খসড়া',
    begin: 'নতুন বার্তা',
    saved: (time) => `${time}-এ রাখা হয়েছে`,
    saving: 'রাখা হচ্ছে…',
    unsaved: 'এখনো রাখা হয়নি',
    failed: 'রাখা যায়নি। আবার চেষ্টা চলছে; জানালাটি খোলা রাখুন।',
    saveNow: 'এখনই রাখুন',
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
    merged: ({ min, max, typical }) =>
      min === max ? `সবার জন্য ${parts(min)}` : `${f.n(min)} থেকে ${parts(max)}, বেশির ভাগ ${f.n(typical)}`,
    mergedFor: ({ people: count, parts: all }) => `${people(count)}ের জন্য ফিল্ড পূরণ করে: মোট ${parts(all)}।`,
    mergedLater: 'ফিল্ড থাকলে প্রাপক দেওয়ার পরে প্রত্যেকের জন্য আলাদা করে অংশ গোনা হয়।',
    mergedCounting: 'প্রত্যেকের জন্য গোনা হচ্ছে…',
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
    partsRange: ({ min, max, typical }) => `${f.n(min)}–${f.n(max)}, বেশির ভাগ ${f.n(typical)}`,
    partsTotal: 'মোট অংশ',
    cost: 'খরচ',
    balance: 'এখন ব্যালেন্স',
    balanceAfter: 'পাঠানোর পরে ব্যালেন্স',
    balanceAge: (age) => `ব্যালেন্সটি ${age} দেখা`,
    unknownPrice: 'প্রথম রিপোর্টের পরে জানা যাবে',
    unknownBalance: 'এখনো জানা নেই',
    notEnough: 'ব্যালেন্সে কুলাবে না। পাঠাতে পাঠাতে মাঝপথে থেমে যাবে।',
    shortcut: 'Ctrl+Enter',
    stepper: {
      label: 'বার্তাগুলো একে একে দেখুন',
      open: 'প্রত্যেকেরটা দেখুন',
      first: 'প্রথম বার্তা',
      previous: 'আগের বার্তা',
      next: 'পরের বার্তা',
      last: 'শেষ বার্তা',
      place: 'যত নম্বরে যাবেন',
      of: (total) => `/ ${f.n(total)}`,
      fallbacks: (names) => `${names} নেই, তাই বিকল্প লেখাটি বসেছে।`,
    },
    empty: {
      legend: (count) => `${people(count)}ের একটি ফিল্ড খালি`,
      block: 'ঠিক না করা পর্যন্ত পাঠাবেন না',
      leaveOut: (count) => `এই ${people(count)}কে বাদ দিন`,
    },
  },

  warnings: {
    heading: 'আগে এগুলো দেখুন',
    overlooked: 'আপনি দেখার পরে নতুন কিছু ধরা পড়েছে, তাই কিছুই পাঠানো হয়নি। এখানে সিদ্ধান্ত দিয়ে আবার পাঠান।',
    eachTime: 'এখন গেলে এমন হতো। বারবার পাঠানো হলে প্রতিবার নতুন করে দেখা হয়।',
    sameCampaign: ({ overlap, people: all, name, age, closely, waiting }) =>
      `${people(all)}ের মধ্যে ${people(overlap)} ${age} “${name}” পেয়েছেন${closely ? `, ${closely}` : ''}${stillWaiting(waiting)}।`,
    sameCampaignWaiting: ({ overlap, people: all, name, age, closely }) =>
      `${people(all)}ের মধ্যে ${people(overlap)} “${name}” পাওয়ার অপেক্ষায় আছেন (যাওয়ার কথা ${age})${closely ? `, ${closely}` : ''}।`,
    sameCampaignPlanned: ({ overlap, people: all, name, time, closely }) =>
      `${people(all)}ের মধ্যে ${people(overlap)} ${time}-এ “${name}” পাবেন${closely ? `, ${closely}` : ''}।`,
    closely: ({ count, isAll, age }) =>
      `${isAll ? '' : `তাঁদের মধ্যে ${people(count)} `}হুবহু একই লেখা${age === null ? '' : `, শেষ জন ${age}`}`,
    closelyPlanned: ({ count, isAll, time }) =>
      `${isAll ? '' : `তাঁদের মধ্যে ${people(count)} `}হুবহু একই লেখা, ${time}-এর মধ্যে`,
    samePerson: ({ count, people: all, age, waiting }) =>
      `${people(all)}ের মধ্যে ${people(count)} হুবহু এই লেখাই পেয়েছেন, শেষ জন ${age}${stillWaiting(waiting)}।`,
    samePersonWaiting: ({ count, people: all }) =>
      `${people(all)}ের মধ্যে ${people(count)} হুবহু এই লেখাই পাওয়ার অপেক্ষায় আছেন।`,
    samePersonPlanned: ({ count, people: all, time }) =>
      `${people(all)}ের মধ্যে ${people(count)} ${time}-এর মধ্যে হুবহু এই লেখাই পাবেন।`,
    open: 'দেখুন',
    openNamed: (name) => `“${name}” দেখুন`,
    repeats: 'যাঁরা আগেই পেয়েছেন',
    repeatsAhead: 'একই প্রাপকেরা',
    leaveOut: 'তাঁদের বাদ দিন',
    leaveOutCount: (count) => `${people(count)}কে বাদ দিন`,
    sendAgain: (count) => `${people(count)}কে আবার পাঠান`,
    repeatsLeftOut: (count) => `আগেই পেয়েছেন এমন ${people(count)} বাদ।`,
    again: (sentence) => `আবার যাবে: ${sentence}`,
    balance: ({ missing, balance, cost, waiting }) =>
      `ব্যালেন্সে ${missing} কম আছে${
        cost && balance
          ? `: এতে লাগবে ${cost}, ${waiting ? `যাওয়ার অপেক্ষায় আছে আরও ${waiting}-এর বার্তা, ` : ''}ব্যালেন্সে আছে ${balance}`
          : ''
      }।`,
    acceptBalance: (missing) => `${missing} কম থাকলেও পাঠান`,
    acceptBalanceHint: 'ব্যালেন্স ফুরালে পাঠানো থামবে, জায়গা ঠিক থাকবে; টাকা ভরে আবার চালাতে পারবেন।',
    openAccounts: 'অ্যাকাউন্ট খুলুন',
    overCap: {
      campaign: ({ people: count, limit }) =>
        `${people(count)} বাদ পড়ছেন: একবারে সর্বোচ্চ ${people(limit)}কে পাঠানো যায়।`,
      day: ({ people: count, limit }) => `${people(count)} বাদ পড়ছেন: দিনে সর্বোচ্চ ${f.n(limit)}টি বার্তা যায়।`,
    },
    acceptCap: (count) => `${people(count)}কে বাদ রেখে পাঠান`,
    openLimits: 'সীমা বদলান',
    quiet: (time) => `এখন নীরব সময়। ${time} পর্যন্ত অপেক্ষা করবে।`,
    quietIgnored: 'নীরব সময়েই যাবে।',
    quietLegend: 'নীরব সময়ে',
    wait: 'নীরব সময় শেষ হওয়া পর্যন্ত অপেক্ষা করুন',
    ignore: 'নীরব সময়েই পাঠান',
    acceptQuiet: (count) => `হ্যাঁ, ${people(count)} নীরব সময়েই পেতে পারেন`,
    dhaka: ({ time, here }) => `${time} (ঢাকা${here ? `; এখানে ${here}` : ''})`,
  },

  leftOut: {
    heading: (count) => `${f.n(count)}টি বাদ পড়েছে`,
    showAll: (count) => `${f.n(count)}টির সব দেখান`,
    showAllOf: ({ reason, count }) => `${f.n(count)}টির সব দেখান: ${reason}`,
    search: 'নম্বর দিয়ে খুঁজুন',
    searchPlaceholder: 'অঙ্ক বা যা লেখা ছিল',
    written: 'যেমন লেখা ছিল',
    number: 'নম্বর',
    none: 'এমন কিছু এর মধ্যে নেই।',
    save: 'CSV হিসেবে রাখুন',
    saved: ({ count, file }) => `${f.n(count)}টি সারি ${file} ফাইলে রাখা হয়েছে।`,
    fileName: (reason) => `বাদ, ${reason}`,
    close: 'বন্ধ করুন',
    reasons: {
      duplicate: 'তালিকায় দুবার আছে',
      'do-not-message': 'বার্তা চান না',
      'dead-number': 'অচল নম্বর',
      'empty-field': 'একটি ফিল্ড খালি',
      repeat: 'আগেই পেয়েছেন',
      'over-cap': 'একবারের সীমার বাইরে',
      'over-day-cap': 'দিনের সীমার বাইরে',
      'not-a-number': 'ফোন নম্বর নয়',
      'too-short': 'অঙ্ক কম',
      'too-long': 'অঙ্ক বেশি',
      landline: 'ল্যান্ডলাইন',
      'exponent-damaged': 'স্প্রেডশিটে নষ্ট হওয়া নম্বর',
      'unknown-country': 'কোনো দেশের নম্বর নয়',
      'not-mobile': 'মোবাইল নম্বর নয়',
    },
  },

  shares: {
    title: 'অপারেটর অনুযায়ী খরচ',
    messages: 'বার্তা',
    parts: 'অংশ',
    price: 'প্রতি অংশ',
    cost: 'খরচ',
    unknown: 'অপারেটর জানা নেই',
    guess:
      'রিপোর্ট বা নম্বর যাচাই থেকে জানা না থাকলে নম্বরের শুরু দেখে অপারেটর ধরে নেওয়া হয়। নম্বর অপারেটর বদলাতে পারে, তাই খরচ একটু কমবেশি হতে পারে।',
  },

  when: { legend: 'কখন', now: 'এখনই', later: 'পরে' },

  options: {
    title: 'আরও বিকল্প',
    flash: 'ফ্ল্যাশ বার্তা',
    flashOn: 'হ্যাঁ',
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
    decide: (what) => `আগে সিদ্ধান্ত দিন: ${what}।`,
    asks: {
      'same-campaign': 'যাঁরা আগেই পেয়েছেন',
      'same-person': 'যাঁরা আগেই পেয়েছেন',
      balance: 'ব্যালেন্সের ঘাটতি',
      'over-cap': 'যাঁরা সীমার বাইরে',
      'quiet-hours': 'নীরব সময়ে পাঠানো',
    },
    show: 'দেখান',
    missing: {
      account: 'আগে একটি অ্যাকাউন্ট বাছুন বা যোগ করুন।',
      recipients: 'অন্তত একটি নম্বর দিন।',
      text: 'বার্তা লিখুন।',
      gone: 'প্রাপকদের একজন, একটি গ্রুপ বা ফাইল আর নেই। সেটি বাদ দিন।',
      merge: 'বার্তার ভাঙা ফিল্ডটি ঠিক করুন।',
      'unknown-field': 'বার্তার একটি ফিল্ড অচেনা। ঠিক করুন বা মুছে দিন।',
      'empty-fields': 'কারও কারও একটি ফিল্ড খালি। বিকল্প দিন, অথবা তাদের বাদ দিন।',
      sender: 'প্রেরক বাছুন।',
      time: 'তারিখ ও সময় দিন, অথবা “এখনই” বাছুন।',
      past: 'পাঠানোর সময় পার হয়ে গেছে।',
      'too-far': 'এত পরের সময় দেওয়া যায় না। আরও কাছের তারিখ দিন।',
      'too-long': 'বার্তা ছোট করুন।',
      counting: 'একটু অপেক্ষা করুন, হিসাব করা হচ্ছে।',
      plan: 'হিসাব করা যায়নি।',
      nobody: 'পাঠানোর মতো কেউ নেই: সব নম্বর বাদ পড়েছে।',
      repeat: 'কীভাবে বারবার যাবে তা পূরণ করুন, অথবা “এখনই” বাছুন।',
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
    decided: 'আপনার সিদ্ধান্ত',
    hold: 'নিশ্চিত করার পরেও কয়েক সেকেন্ড ফিরিয়ে নেওয়ার সুযোগ থাকবে।',
    confirm: 'নিশ্চিত করুন',
    confirmAgain: 'আবার নিশ্চিত করুন',
    cancel: 'ফিরে যান',
    changed: 'যা পাঠানো হবে তা বদলে গেছে। নিশ্চিত করার আগে আবার দেখুন।',
    changedFrom: ({ before, after }) => `আগে ${before}, এখন ${after}`,
    lost: 'জমা পড়েছে কি না জানা যায়নি। আবার নিশ্চিত করুন: একবারের বেশি যাবে না।',
    doubtful: 'আগের একটি পাঠানো উত্তর ছাড়াই জমা পড়ে থাকতে পারে। আরও পাঠানোর আগে ক্যাম্পেইন দেখে নিন।',
  },

  restored: 'পাঠানো ফিরিয়ে নেওয়া হয়েছে। আপনার লেখা আগের মতোই আছে।',
  restoredPast: (time) =>
    `পাঠানো ফিরিয়ে নেওয়া হয়েছে। পাঠানোর সময় ${time} পার হয়ে গেছে: অন্য সময় দিন, অথবা “এখনই” বাছুন। বাকি সব আগের মতোই আছে।`,
});
