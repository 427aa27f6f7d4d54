import { bangla as f } from '../format.ts';
import type { campaigns as en } from '../en/campaigns.ts';
import { translates } from '../translation.ts';

const messages = (count: number): string => `${f.n(count)}টি বার্তা`;

/** Words of the list of campaigns and of a campaign's page. */
export const campaigns = translates<typeof en>()({
  tableLabel: 'ক্যাম্পেইন',
  columns: { name: 'নাম', created: 'তৈরি', phase: 'অবস্থা', progress: 'অগ্রগতি', people: 'প্রাপক', cost: 'খরচ' },
  estimate: (money) => `প্রায় ${money}`,
  compose: 'বার্তা লিখুন',
  loading: 'পড়া হচ্ছে…',
  empty: {
    title: 'এখনো কিছু পাঠানো হয়নি',
    text: 'প্রতিটি পাঠানো এখানে চিরদিন থাকবে, প্রতিটি বার্তার কী হলো তা-সহ।',
  },

  back: 'সব ক্যাম্পেইন',
  missing: { title: 'ক্যাম্পেইনটি এখানে নেই', text: 'এটি অন্য অ্যাকাউন্টের বা অনুশীলনের হতে পারে।' },
  from: ({ sender, account }) => `প্রেরক ${sender} · ${account}`,
  practice: 'অনুশীলন',
  showText: 'বার্তা',
  textParts: ({ script, min, max }) =>
    `${script} · প্রতি জনে ${min === max ? f.n(max) : `${f.n(min)}–${f.n(max)}`}টি অংশ`,
  bangla: 'বাংলা',
  latin: 'ল্যাটিন',
  unicode: 'ইউনিকোড',

  phase: {
    held: 'যাওয়ার অপেক্ষায়',
    scheduled: 'সময় দেওয়া আছে',
    quiet: 'নীরব সময়',
    sending: 'পাঠানো হচ্ছে',
    paused: 'বিরতি',
    review: 'সিদ্ধান্ত দরকার',
    'awaiting-reports': 'রিপোর্টের অপেক্ষা',
    finished: 'শেষ',
    undone: 'ফেরানো হয়েছে',
    cancelled: 'বাতিল',
  },
  nothingSent: 'কিছুই পাঠানো হয়নি',
  sentence: {
    held: 'এখনো কিছুই যায়নি। ফিরিয়ে নেওয়ার সময় শেষ হলে নিজে থেকেই যাবে।',
    scheduled: 'এখনো কিছুই পাঠানো হয়নি।',
    atGateway: 'বার্তাগুলো MiM SMS-এর কাছে আছে, সময় হলে পাঠানো হবে। এখনো কোনো ফোনে যায়নি।',
    quiet: 'এমন বার্তা যে সময়ে পাঠানো যায়, তার জন্য অপেক্ষা করছে।',
    sending: 'বার্তাগুলো MiM SMS-এর কাছে দেওয়া হচ্ছে।',
    checking: 'এখানে আর কিছু বাকি নেই। কয়েকটির উত্তর পথে হারিয়েছে, লগে খোঁজা হচ্ছে।',
    paused: 'পাঠানো থেমে আছে। যা পথে আছে তা শেষ হবে, বাকিটা অপেক্ষা করছে।',
    review: 'এখানে আর কিছু বাকি নেই, কিন্তু কয়েকটির কী হলো জানা যায়নি। নিচে সিদ্ধান্ত দিন।',
    'awaiting-reports': 'MiM SMS সব বার্তা নিয়েছে। ফোন থেকে রিপোর্ট আসতে কয়েক মিনিট বা কয়েক ঘণ্টা লাগতে পারে।',
    finished: 'সব বার্তার ফল জানা গেছে।',
    undone: 'কিছু যাওয়ার আগেই ফিরিয়ে নেওয়া হয়েছে। কিছুই পাঠানো হয়নি।',
    cancelled: 'কিছু যাওয়ার আগেই বাতিল করা হয়েছে। কিছুই পাঠানো হয়নি।',
  },

  restCancelled: ({ sent, all, cancelled }) =>
    `${f.n(all)}টির ${f.n(sent)}টি পাঠানো, ${f.n(cancelled)}টি বাতিল। যা পাঠানো হয়েছে তার সব ফল জানা গেছে।`,

  schedule: {
    at: (time) => `পাঠানো হবে ${time}।`,
    quiet: 'নীরব সময় তখন পর্যন্ত।',
    clocks: (zone) => `ঘড়ির সময়: ${zone}।`,
    asleep: (time) => `এর নিজের সময়, ${time}, নীরব সময়ের মধ্যে পড়েছে।`,
    title: 'অন্য সময়ে পাঠান',
    change: 'সময় বদলান',
    sendNow: 'এখনই পাঠান',
    sendNowTitle: 'এখনই পাঠাবেন?',
    sendNowText: (count) => `ঠিক করা সময়ের বদলে ${messages(count)} এখনই চলে যাবে।`,
    changed: 'সময় বদলানো হয়েছে।',
    goes: 'এখন পাঠানো হচ্ছে।',
    waits: 'নীরব সময় শেষ হলে এটি পাঠানো হবে।',
  },
  held: {
    title: (left) => `${f.n(left)} সেকেন্ড পরে পাঠানো হবে`,
    undoable: (left) => `আর ${f.n(left)} সেকেন্ড ফিরিয়ে নেওয়া যাবে`,
    leaving: 'এখন পাঠানো হচ্ছে…',
    text: 'এই কম্পিউটার থেকে এখনো কিছুই যায়নি।',
    undo: 'ফিরিয়ে নিন',
  },
  pause: 'থামান',
  resume: 'আবার শুরু করুন',
  cancel: { rest: 'বাকিটা বাতিল করুন', whole: 'পাঠানো বাতিল করুন', callBack: 'ফেরত আনুন' },
  paused: {
    user: { title: 'আপনি থামিয়েছেন', next: 'যেখানে থেমেছে সেখান থেকে চালাতে “আবার শুরু করুন” চাপুন।' },
    credentials: {
      title: 'থেমে আছে: ইউজার নাম বা পাসওয়ার্ড MiM SMS মানছে না',
      next: 'সেটিংসের অ্যাকাউন্ট অংশে ঠিক করে “আবার শুরু করুন” চাপুন। কিছুই হারায়নি।',
    },
    password: {
      title: 'থেমে আছে: প্রোগ্রাম নতুন করে চালুর পর থেকে পাসওয়ার্ড জানা নেই',
      next: 'সেটিংসের অ্যাকাউন্ট অংশে পাসওয়ার্ড লিখে “আবার শুরু করুন” চাপুন। কিছুই হারায়নি।',
    },
    credits: {
      title: 'থেমে আছে: ব্যালেন্স শেষ',
      next: 'MiM SMS-এ টাকা ভরুন, উপরে ব্যালেন্স নতুন করে দেখুন, তারপর “আবার শুরু করুন” চাপুন।',
    },
    refusals: {
      title: 'থেমে আছে: পরপর ২০টি বার্তা নেওয়া হয়নি',
      next: 'এগোনোর আগে নিচে কারণগুলো দেখুন। আবার চেষ্টা করতে “আবার শুরু করুন” চাপুন, নইলে বাকিটা বাতিল করুন।',
    },
    vault: {
      title: 'থেমে আছে: অ্যাকাউন্টের পাসওয়ার্ড পড়া যাচ্ছে না',
      next: 'সেটিংসের পাসওয়ার্ড অংশে পাসওয়ার্ডের ভান্ডার খুলুন বা ঠিক করুন, তারপর “আবার শুরু করুন” চাপুন।',
    },
    overdue: {
      title: 'থেমে আছে: যাওয়ার কথা যখন, প্রোগ্রাম তখন চালু ছিল না',
      next: 'এরপর কিছুই পাঠানো হয়নি। এখন পাঠান, নতুন সময় দিন, অথবা বাতিল করুন।',
    },
    canary: {
      title: 'থেমে আছে: প্রথম কয়েকটির একটি নেওয়া হয়নি',
      next: 'শুধু আগে পাঠানো কয়েকটিই গেছে। নিচে কারণ দেখুন, তারপর বাকিগুলো পাঠাতে “আবার শুরু করুন” চাপুন, নইলে বাকিটা বাতিল করুন।',
    },
    network: {
      title: 'ইন্টারনেটের অপেক্ষা',
      next: 'MiM SMS-এর সঙ্গে সংযোগ হলেই নিজে থেকে আবার শুরু হবে। কিছুই হারাবে না।',
    },
  },
  showFailed: 'যেগুলো যায়নি দেখান',
  canary: {
    waiting: (size) => `প্রথম ${f.n(size)}টি আগে যাচ্ছে`,
    waitingText: (count) =>
      `এগুলোর সব MiM SMS না নেওয়া পর্যন্ত ${messages(count)} অপেক্ষা করবে। একটিও নেওয়া না হলে সব থেমে যাবে।`,
    passed: (size) => `প্রথম ${f.n(size)}টি নেওয়া হয়েছে, বাকিগুলো যাচ্ছে।`,
  },
  quiet: {
    title: ({ time, city }) => `নীরব সময়, ${time} পর্যন্ত (${city})`,
    text: (count) => `তখন ${messages(count)} নিজে থেকেই যাবে। কিছুই হারাবে না।`,
    ignore: 'তবু এখনই পাঠান',
    ignoreTitle: 'নীরব সময়ে পাঠাবেন?',
    ignoreText: ({ count, time }) =>
      `${time}-এর বদলে ${messages(count)} এখনই চলে যাবে। প্রাপকেরা ঘুমিয়ে থাকতে পারেন, আর এ সময়ে প্রচারমূলক বার্তা নিষিদ্ধ হতে পারে।`,
    confirm: (count) => `${messages(count)} এখনই পাঠান`,
    ignored: 'নীরব সময়েই এখন পাঠানো হচ্ছে।',
  },
  changes: {
    title: ({ added, removed }) => {
      if (removed === 0) return `পরিকল্পনার পর ${f.n(added)} জন নতুন যোগ হয়েছেন`;
      if (added === 0) return `পরিকল্পনার পর ${f.n(removed)} জন বাদ গেছেন`;
      return `পরিকল্পনার পর ${f.n(added)} জন নতুন, ${f.n(removed)} জন বাদ`;
    },
    one: ({ label, added, removed }) =>
      `${label}: ${[added > 0 ? `${f.n(added)} জন নতুন` : '', removed > 0 ? `${f.n(removed)} জন বাদ` : ''].filter(Boolean).join(', ')}।`,
    frozen: 'তখন যাঁরা ছিলেন, তাঁদের কাছেই যাবে।',
    again: 'এখন যাঁরা আছেন তাঁদের পাঠাতে ফিরিয়ে নিয়ে আবার পরিকল্পনা করুন।',
    atGateway: 'এখন যাঁরা আছেন তাঁদের পাঠাতে ফেরত এনে আবার লিখুন।',
    take: 'লেখার পাতায় ফিরিয়ে নিন',
  },
  retry: {
    open: 'ব্যর্থগুলো আবার পাঠান',
    title: 'যা পৌঁছায়নি তা আবার পাঠান',
    intro: 'প্রতিটি বার্তা একই লেখায় আলাদা ক্যাম্পেইন হিসেবে যাবে, অন্য সব বার্তার মতোই টাকা কাটবে।',
    reading: 'কারণ খোঁজা হচ্ছে…',
    none: 'আবার পাঠানোর মতো কিছু বাকি নেই।',
    causes: 'কারণ',
    columns: { cause: 'কারণ', people: 'প্রাপক', parts: 'অংশ', cost: 'নিলে খরচ' },
    permanence: {
      temporary: 'সমস্যাটি কেটে যেতে পারে, আবার পাঠালে কাজ হতে পারে।',
      permanent: 'কারণটি থেকে যাবে: আবার পাঠালে কাজ হওয়ার কথা নয়।',
      unknown: 'আবার পাঠালে কাজ হবে কি না জানা নেই।',
    },
    refusedAgain: 'MiM SMS সম্ভবত আবারও নেবে না, আর না নিলে টাকাও কাটবে না।',
    charged: (money) => `প্রথমবারে ${money} কেটেছে।`,
    notCharged: 'প্রথমবারে টাকা কাটেনি।',
    maybeCharged: 'প্রথমবারে টাকা কেটে থাকতে পারে, এবারও কাটতে পারে।',
    costUnknown: 'জানা নেই',
    send: ({ people, parts, money }) =>
      `${f.n(people)}টি আবার পাঠান (${f.n(parts)}টি অংশ${money ? `, ${money}` : ''})`,
    sendPractice: ({ people, parts, money }) =>
      `অনুশীলনে ${f.n(people)}টি আবার পাঠান (${f.n(parts)}টি অংশ${money ? `, ${money}` : ''})`,
    nothingChosen: 'কোনগুলো আবার পাঠাবেন বাছুন',
    changed: 'এর মধ্যে কিছু বদলেছে। সংখ্যাগুলো দেখে তারপর পাঠান।',
    balance: 'ব্যালেন্সে এর খরচ কুলাবে না। তবু পাঠাতে আবার চাপুন।',
    overCap: (people: number) =>
      `এর মধ্যে কেবল ${f.n(people)} জনের কাছে যাবে, বাকিরা সীমার বাইরে থাকবে। পাঠাতে আবার চাপুন।`,
    lost: 'উত্তর পথে হারিয়ে গেছে। আবার চাপুন, কিছুই দুবার যাবে না।',
    typeCount: 'প্রাপকের সংখ্যা লিখুন',
    typeHint: (count) => `এগোতে ${f.n(count)} লিখুন।`,
    again: (name) => `${name}-এ যা পৌঁছায়নি তা আবার পাঠানো হচ্ছে`,
    earlier: 'আগের একটি ক্যাম্পেইন',
    messages,
    repeatedBy: 'আবার পাঠানো হয়েছে:',
    repetition: ({ count, time }) => `${messages(count)}, ${time}`,
  },
  openAccounts: 'অ্যাকাউন্ট খুলুন',
  openPasswords: 'পাসওয়ার্ড অংশ খুলুন',

  cancelConfirm: {
    rest: {
      title: 'বাকিটা বাতিল করবেন?',
      text: (count) =>
        `যে ${messages(count)} এখনো যায়নি, সেগুলো আর পাঠানো হবে না। যা পথে আছে তা ফেরানো যায় না।`,
      confirm: (count) => `${messages(count)} বাতিল করুন`,
      keep: 'পাঠানো চলুক',
    },
    whole: {
      title: 'পাঠানো বাতিল করবেন?',
      text: (count) => `এখনো কিছুই যায়নি। ${messages(count)} আর পাঠানো হবে না।`,
      confirm: (count) => `${messages(count)} বাতিল করুন`,
      keep: 'যেমন আছে থাকুক',
    },
    callBack: {
      title: 'ফেরত আনবেন?',
      text: (count) =>
        `বার্তাগুলো MiM SMS-এর কাছে দেওয়া হয়েছে, সময় না হওয়া পর্যন্ত সেখানেই আছে। ${messages(count)} ফেরত আনা হবে, পাঠানো হবে না।`,
      confirm: (count) => `${messages(count)} ফেরত আনুন`,
      keep: 'যেমন আছে থাকুক',
    },
  },
  cancelled: (count) => `${messages(count)} বাতিল হয়েছে।`,
  settled: (count) => `${messages(count)} মীমাংসা হয়েছে।`,

  uncertain: {
    title: (count) => `${messages(count)} পৌঁছেছে কি না জানা যায়নি`,
    text: 'উত্তর আসার আগেই সংযোগ কেটে গেছে, MiM SMS-এর লগেও পাওয়া যায়নি। প্রাপকদের একজনকে জিজ্ঞাসা করে সিদ্ধান্ত দিন।',
    checkingTitle: (count) => `লগে ${messages(count)} খোঁজা হচ্ছে`,
    checkingText: 'উত্তর আসার আগেই সংযোগ কেটে গেছে। সাধারণত এক মিনিটের মধ্যে নিজে থেকেই মিটে যায়।',
    show: 'এগুলো দেখান',
    arrived: 'পৌঁছে গেছে',
    again: 'আবার পাঠান',
    arrivedConfirm: (count) =>
      `${messages(count)} MiM SMS নিয়েছে বলে ধরা হবে, আর পাঠানো হবে না। কারও কাছে না পৌঁছে থাকলে তিনি কিছুই পাবেন না।`,
    againConfirm: (count) =>
      `${messages(count)} আবার পাঠানো হবে। যাঁর কাছে প্রথমটি পৌঁছেছে তিনি দুবার পাবেন, টাকাও দুবার কাটবে।`,
    confirmArrived: 'পৌঁছেছে বলে ধরুন',
    confirmAgain: (count) => `${messages(count)} আবার পাঠান`,
    back: 'ফিরে যান',
  },

  progress: {
    label: 'পাঠানোর অগ্রগতি',
    text: ({ done, total, uncertain }) =>
      `${f.n(total)}টির মধ্যে ${f.n(done)}টি ${uncertain > 0 ? 'নিশ্চিতভাবে ' : ''}জমা দেওয়া হয়েছে${uncertain > 0 ? `, ${f.n(uncertain)}টি অনিশ্চিত` : ''}`,
    atGateway: ({ done, total }) => `${f.n(total)}টির মধ্যে ${f.n(done)}টি পরে পাঠানোর জন্য জমা দেওয়া হয়েছে`,
    rate: (perSecond) => `সেকেন্ডে ${perSecond}টি`,
    left: (time) => `আর প্রায় ${time}`,
    ends: (clock) => `শেষ হবে প্রায় ${clock}-এ`,
    legend: 'বার্তাগুলোর কী হলো',
    shares: { failed: 'ব্যর্থ', here: 'এখনো এখানে' },
  },

  equation: {
    label: 'সংখ্যার হিসাব',
    planned: (count) => `মোট ${f.n(count)}`,
    terms: {
      taken: (count) => `${f.n(count)} নেওয়া হয়েছে`,
      refused: (count) => `${f.n(count)} নেওয়া হয়নি`,
      uncertain: (count) => `${f.n(count)} অনিশ্চিত`,
      submitting: (count) => `${f.n(count)} পাঠানো হচ্ছে`,
      queued: (count) => `${f.n(count)} সারিতে`,
      held: (count) => `${f.n(count)} যাওয়ার অপেক্ষায়`,
      cancelled: (count) => `${f.n(count)} বাতিল`,
      leftOut: (count) => `${f.n(count)} বাদ পড়েছে`,
    },
    explain: '“নেওয়া হয়েছে” মানে MiM SMS গ্রহণ করেছে, পরে যা-ই হোক।',
    broken: ({ planned, found }) => `সংখ্যাগুলো মিলছে না: পরিকল্পনায় ${f.n(planned)}, পাওয়া গেছে ${f.n(found)}`,
    brokenNext:
      'কিছুই দুবার পাঠানো হবে না। পাঠানো থামিয়ে প্রোগ্রামটি যেমন আছে রাখুন, আর কিছু পাঠানোর আগে সহায়তা কেন্দ্রে জানান।',
  },

  money: {
    estimated: 'আনুমানিক',
    charged: 'এ পর্যন্ত কেটেছে',
    chargedFinal: 'কেটেছে',
    same: 'যা কেটেছে তার আনুমানিক',
    sameWhy:
      'এগুলোর জন্য কত কাটবে MiM SMS এখনো জানায়নি, তাই যেগুলোর টাকা কেটেছে শুধু সেগুলোর আনুমানিকের সঙ্গে মেলানো হয়।',
    sameWhyFinal:
      'এগুলোর জন্য MiM SMS কিছু কাটার কথা জানায়নি, তাই যেগুলোর টাকা কেটেছে শুধু সেগুলোর আনুমানিকের সঙ্গে মেলানো হয়।',
    balance: 'ব্যালেন্স',
    less: (money) => `${money} কম`,
    more: (money) => `${money} বেশি`,
    why: 'পার্থক্য কেন',
    whyTitle: 'খরচ আনুমানিকের চেয়ে আলাদা কেন',
    estimatedAll: (count) => `${messages(count)}, আনুমানিক`,
    uncharged: 'টাকা কাটেনি, বা এখনো কাটেনি',
    estimatedCharged: 'যেগুলোর টাকা কেটেছে, আনুমানিক',
    otherPrice: 'অংশ বা দাম আলাদা',
    otherPriceText:
      'গেটওয়ে অংশ আলাদা গুনেছে, অথবা নম্বরটি শুরুর অঙ্ক দেখে যা মনে হয় তার বদলে অন্য অপারেটরের। প্রতিটি বার্তার অংশ ও দাম তালিকায় আছে।',
    chargedSum: 'কেটেছে',
    byState: 'যেগুলোর টাকা কাটেনি সেগুলো এর মধ্যে থাকতে পারে:',
    unknownThen: 'জানা নেই, পরিকল্পনার সময় দাম জানা ছিল না',
    unknown: 'প্রথম রিপোর্টে দাম জানার আগে জানা যাবে না',
    none: 'এখনো কিছু নয়',
  },

  recipients: {
    label: 'প্রাপকদের তালিকা',
    all: 'সব',
    filters: 'অবস্থা অনুযায়ী ছাঁকুন',
    columns: {
      number: 'নম্বর',
      state: 'অবস্থা',
      reason: 'কারণ',
      parts: 'অংশ',
      price: 'দাম',
      sent: 'পাঠানো',
      done: 'রিপোর্ট',
    },
    planned: (time) => `পাঠানো হবে: ${time}`,
    empty: 'এই অবস্থায় এখন কোনো বার্তা নেই।',
    showAll: 'সব দেখান',
  },
  tryAgain: 'আবার চেষ্টা করুন',
});
