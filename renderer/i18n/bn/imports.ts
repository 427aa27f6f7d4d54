import type { imports as en } from '../en/imports.ts';
import { bangla as f } from '../format.ts';
import { translates } from '../translation.ts';

const rows = (count: number): string => `${f.n(count)}টি সারি`;
const people = (count: number): string => `${f.n(count)} জন`;
const numbers = (count: number): string => `${f.n(count)}টি নম্বর`;
const recipients = (count: number): string => `${f.n(count)} জন প্রাপক`;

/** Words of importing and its history. */
export const imports = translates<typeof en>()({
  titles: {
    contacts: 'মানুষ যোগ করুন ফাইল থেকে',
    'do-not-message': 'যাদের বার্তা নয়, ফাইল থেকে',
    recipients: 'ফাইল থেকে প্রাপক',
  },
  purposes: { contacts: 'পরিচিতি', 'do-not-message': 'বার্তা নয়', recipients: 'একটি পাঠানোর জন্য' },
  steps: {
    label: 'আমদানির ধাপ',
    source: 'ফাইল',
    columns: 'কলাম',
    result: 'যাচাই',
    done: 'শেষ',
  },
  pasted: 'পেস্ট করা লেখা',

  source: {
    choose: 'ফাইল বাছুন',
    drop: 'ফাইল এখানে টেনে আনুন, অথবা বাছুন।',
    kinds: 'CSV ও টেক্সট ফাইল, এক্সেল (XLSX, XLS), ওপেনডকুমেন্ট (ODS), ফোন বা মেইলের পরিচিতি (VCF)।',
    paste: 'অথবা স্প্রেডশিট থেকে পেস্ট করুন',
    pasteHint: 'এক্সেলে শিরোনামসহ ঘরগুলো কপি করে এখানে পেস্ট করুন।',
    take: 'এই লেখা নিয়ে এগোন',
    opening: 'খোলা হচ্ছে…',
    notYet: 'আপনি দেখে নিশ্চিত করার আগে কিছুই যোগ হয় না।',
    tooLong: 'পেস্ট করার জন্য এটি খুব বড়। ফাইলে সংরক্ষণ করে সেটি বাছুন।',
  },
  dropHere: 'ফাইলটি এখানে ছাড়ুন',

  reading: {
    label: 'ফাইলটি যেভাবে পড়া হচ্ছে',
    encoding: 'অক্ষর',
    encodings: {
      'utf-8': 'UTF-8',
      'utf-16le': 'UTF-16',
      'utf-16be': 'UTF-16, big-endian',
      'windows-1252': 'Windows-1252 (পশ্চিমা)',
    },
    delimiter: 'কলাম আলাদা করে',
    delimiters: { comma: 'কমা', semicolon: 'সেমিকোলন', tab: 'ট্যাব', bar: 'খাড়া দাগ' },
    sheet: 'শিট',
    header: 'প্রথম সারি শিরোনাম',
    remembered: 'একই শিরোনামের আগের ফাইলের মতো কলাম বসানো হয়েছে।',
    again: 'আবার পড়া হচ্ছে…',
  },

  columns: {
    table: 'ফাইলের প্রথম সারিগুলো',
    first: (count) => `প্রথম ${rows(count)}`,
    of: (column) => `“${column}” কী`,
    plain: (column) => `কলাম ${f.n(column)}`,
    own: 'আপনার ঘর',
    targets: {
      ignore: 'বাদ দিন',
      name: 'নাম',
      'first-name': 'নামের প্রথম অংশ',
      'last-name': 'নামের শেষ অংশ',
      number: 'নম্বর',
      note: 'মন্তব্য',
      group: 'দল',
      new: 'নতুন ঘর …',
    },
    newName: 'নতুন ঘরের নাম',
    newRecipients: 'লেখায় বসানোর ঘর …',
    noNumber: 'কোন কলামে নম্বর আছে তা বাছুন।',
    noName: 'প্রতিটি নতুন ঘরের নাম লিখুন।',
    fixesLost: 'আবার যাচাই করলে ফাইল নতুন করে পড়া হয়: শুধরানো ঘরগুলো আবার শুধরাতে হবে।',
    check: 'সব সারি যাচাই করুন',
    again: 'আবার যাচাই করুন',
  },

  rules: {
    label: 'সারিগুলোর কী হবে',
    existing: 'যারা আগে থেকেই আছে',
    choices: {
      replace: 'ফাইলে যা আছে তা নিন (খালি ঘরে কিছু বদলায় না)',
      fill: 'শুধু খালি জায়গা পূরণ করুন',
      leave: 'যেমন আছে থাক; শুধু নতুন মানুষ আসে',
    },
    group: 'সবাইকে এই দলে রাখুন',
    groupPick: 'দল বাছুন',
    newGroup: 'নতুন দল',
    newGroupHint: 'এই আমদানির সঙ্গে তৈরি হয়, ফিরিয়ে নিলে চলে যায়।',
    takeOut: (name) => `${name} দলে নয়`,
  },

  progress: {
    checking: 'সারি যাচাই হচ্ছে',
    committing: 'যোগ করা হচ্ছে',
    read: (done) => `${done}টি সারি পড়া হয়েছে`,
    of: ({ done, total }) => `${rows(total)} থেকে ${f.n(done)}টি`,
    rate: (perSecond) => `সেকেন্ডে ${perSecond}টি সারি`,
    left: (time) => `আর প্রায় ${time}`,
    stop: 'থামান',
    stopNote: 'থামালে কিছুই আধাআধি থাকে না।',
    goesOn: 'এই জানালা বন্ধ করতে পারেন। কাজ চলতে থাকবে, পরে এখানেই পাবেন।',
  },

  result: {
    identity: ({ rows: all, parts }) => `${all} = ${parts}`,
    rows,
    parts: {
      new: (count) => `${f.n(count)} নতুন`,
      updated: (count) => `${f.n(count)} বদলাবে`,
      unchanged: (count) => `${f.n(count)} একই`,
      duplicate: (count) => `${f.n(count)} পুনরাবৃত্তি`,
      rejected: (count) => `${f.n(count)} বাতিল`,
    },
    wrongSum: 'সংখ্যাগুলো মেলে না। সহায়তায় জানান; এখনো কিছু লেখা হয়নি।',
    repaired: (count) => `${numbers(count)} ঠিক করা হয়েছে`,
    tabs: 'সারিগুলোর কী হবে',
    tab: ({ name, count }) => `${name} ${f.n(count)}`,
    classes: {
      rejected: 'বাতিল',
      new: 'নতুন',
      updated: 'বদলাবে',
      unchanged: 'একই',
      duplicate: 'পুনরাবৃত্তি',
    },
    about: {
      rejected: 'এই সারিগুলো আসতে পারে না। সারিতে এন্টার চেপে এখানেই ঠিক করুন, বা রেখে দিন।',
      new: 'এরা যোগ হবে।',
      updated: 'এরা আগে থেকেই আছে, তথ্য বদলাবে।',
      unchanged: 'এরা একই তথ্যসহ আগে থেকেই আছে।',
      duplicate: 'এদের নম্বর আগের একটি সারিতে আছে, সেটিই গোনা হয়।',
    },
    none: {
      rejected: 'কোনো সারি বাতিল হয়নি',
      new: 'কোনো সারি নতুন নয়',
      updated: 'কিছুই বদলাবে না',
      unchanged: 'আগের সঙ্গে হুবহু মেলে এমন সারি নেই',
      duplicate: 'কোনো নম্বর দুবার নেই',
    },
    columns: {
      row: 'সারি',
      name: 'নাম',
      number: 'নম্বর',
      wrong: 'কী লেখা আছে, কেন নয়',
      rest: 'পুরো সারি',
      changes: 'যা বদলাবে',
      repeats: 'যার পুনরাবৃত্তি',
    },
    sameAs: (row) => `${f.n(row)} নম্বর সারির একই নম্বর`,
    emptyCell: '(খালি)',
    nothing: '(কিছু নেই)',
    arrow: ({ before, after }) => `${before} হবে ${after}`,
    fix: (row) => `${f.n(row)} নম্বর সারি ঠিক করুন`,
    fixHint: 'এন্টার চাপলে নেওয়া হয়, পরের সারিতে যায়। Esc চাপলে রেখে দেয়।',
    fixed: ({ row, name }) => `${f.n(row)} নম্বর সারি ঠিক হয়েছে: ${name}।`,
    still: ({ row, why }) => `${f.n(row)} নম্বর সারি: ${why}`,
    right: 'ঠিক হয়েছে',
    back: 'কলাম বদলান',
    commit: {
      contacts: (count) => `${people(count)} যোগ করুন`,
      'do-not-message': (count) => `${numbers(count)} যোগ করুন`,
      recipients: (count) => `${recipients(count)} নিন`,
    },
    nobody: 'কোনো সারি যোগ হবে না।',
    leftOut: (count) => `${rows(count)} বাদ থাকছে। ফাইলে সংরক্ষণ করে রাখতে পারেন।`,
    changed: 'এর মধ্যে পরিচিতি বদলেছে। কিছু লেখা হয়নি; এগুলো নতুন সংখ্যা।',
    saveRejected: 'বাতিল সারি সংরক্ষণ করুন',
    saved: ({ count, file }) => `${rows(count)} “${file}” ফাইলে রাখা হয়েছে।`,
    rejectedFile: (name) => `${name} বাতিল`,
  },

  problems: {
    'no-number': 'এই সারিতে কোনো নম্বর নেই।',
    'cell-too-long': 'এই ঘরের লেখা খুব বড়।',
    'too-many-numbers':
      'এই নম্বরগুলো যোগ হলে মানুষটির ১০টির বেশি নম্বর হয়ে যেত। কয়েকটি বাদ দিন, অথবা পরিচিতিতে জায়গা করুন।',
    'several-contacts': 'এই সারির নম্বরগুলো একাধিক মানুষের।',
    'contact-twice': 'এই মানুষটি আগের একটি সারিতে আছেন, তাই এই সারির বাড়তি নম্বরগুলো হারিয়ে যেত।',
  },
  repairs: {
    'lost-zero': 'হারানো শূন্য বসানো হয়েছে',
    exponent: 'ঘাত থেকে পুরো লেখা হয়েছে',
    'trailing-zero': '“.0” সরানো হয়েছে',
    digits: 'অন্য অঙ্ক পড়া হয়েছে',
    marks: 'চিহ্ন সরানো হয়েছে',
  },

  done: {
    title: 'আমদানি শেষ হয়েছে',
    contacts: (count) => `${people(count)} এসেছে বা বদলেছে।`,
    'do-not-message': (count) => `${numbers(count)} আর বার্তা পাবে না।`,
    recipients: (count) => `এই পাঠানোর জন্য ${recipients(count)} তৈরি।`,
    show: 'এদের দেখান',
    undo: 'এই আমদানি ফিরিয়ে নিন',
    another: 'আরেকটি ফাইল নিন',
    close: 'বন্ধ করুন',
  },

  stopped: (kept) =>
    kept === 0
      ? 'থামানো হয়েছে। কিছু লেখা হয়নি।'
      : `থামানো হয়েছে। এর মধ্যে আপনি বদলেছেন বলে শুধু ${people(kept)} রয়ে গেছে।`,
  gone: {
    title: 'প্রোগ্রামের একটি অংশ আবার চালু হয়েছে, তাই এই আমদানি আর খোলা নেই।',
    text: 'এর কিছুই লেখা হয়নি। কলাম নিয়ে যা ঠিক করেছিলেন তা আছে; শুধরানো ঘরগুলো আবার শুধরাতে হবে।',
    again: 'আবার খুলুন',
  },
  busy: {
    title: 'আরেকটি আমদানি এখনো খোলা আছে।',
    replace: 'সেটি বাদ দিয়ে এটি খুলুন',
  },
  open: {
    title: ({ purpose, name }) => `${purpose}: “${name}” এখনো খোলা আছে।`,
    text: 'একবারে একটিই তৈরি করা যায়। সেটি নিয়ে এগোন, বা বাদ দিন; এর কিছুই এখনো লেখা হয়নি।',
    running: ({ name }) => `“${name}” যোগ করা হচ্ছে।`,
    prepared: ({ name }) => `“${name}” তৈরি আছে, এখনো কিছু লেখা হয়নি।`,
    finished: ({ name }) => `“${name}” যোগ করা শেষ।`,
    goOn: 'সেটি নিয়ে এগোন',
    show: 'দেখান',
    drop: 'বাদ দিন',
  },
  instead: {
    title: ({ name }) => `এর বদলে “${name}” খুলবেন?`,
    text: 'এখানে যা তৈরি আছে তা বাদ যাবে। এর কিছুই লেখা হয়নি।',
    yes: 'এটি খুলুন',
    no: 'আগেরটিই থাক',
  },
  leave: {
    title: 'তৈরি করা আমদানি বন্ধ করবেন?',
    text: 'এখনো কিছু লেখা হয়নি। রেখে দিলে প্রোগ্রাম বন্ধ না করা পর্যন্ত পরে এগোতে পারবেন।',
    keep: 'পরের জন্য রাখুন',
    drop: 'বাদ দিন',
    stay: 'এখানেই থাকি',
  },

  undo: {
    title: ({ name }) => `“${name}” ফিরিয়ে নেবেন?`,
    contacts: ({ added, changed }) =>
      changed === 0
        ? `এর সঙ্গে আসা ${people(added)} চলে যাবে।`
        : `এর সঙ্গে আসা ${people(added)} চলে যাবে, ${people(changed)} আগের মতো হবে।`,
    'do-not-message': (count) =>
      count === 0 ? 'এতে কোনো নম্বরই আবার বার্তা পাবে না।' : `${numbers(count)} আবার বার্তা পেতে পারবে।`,
    counting: 'নম্বর গোনা হচ্ছে…',
    recipients: ({ added, changed }) =>
      `${recipients(added + changed)} এর তালিকাটি চলে যাবে। তাদের যা পাঠানো হয়েছে তা থাকবে।`,
    kept: {
      contacts: 'এরপর যাদের হাতে বদলানো হয়েছে তারা থাকবে।',
      'do-not-message': 'যেসব নম্বর হাতে বা অন্য ফাইল থেকেও যোগ হয়েছে সেগুলো থাকবে।',
    },
    confirm: 'ফিরিয়ে নিন',
    result: ({ removed, restored, kept }) =>
      `ফিরিয়ে নেওয়া হয়েছে: ${people(removed)} সরানো, ${people(restored)} আগের মতো, ${people(kept)} পরে বদলানো বলে রয়ে গেছে।`,
  },

  history: {
    label: 'এ পর্যন্ত আমদানি',
    empty: {
      title: 'এখনো ফাইল থেকে কিছু আসেনি',
      text: 'প্রতিটি আমদানি সংখ্যাসহ এখানে থাকে, পুরোটা ফিরিয়ে নেওয়া যায়।',
      action: 'ফাইল থেকে আনুন',
    },
    columns: {
      at: 'কখন',
      file: 'ফাইল',
      figures: 'সারিগুলোর কী হয়েছে',
      actions: 'কাজ',
    },
    undo: 'ফিরিয়ে নিন',
    undone: (age) => `ফেরানো হয়েছে ${age}`,
    show: 'দেখান',
    save: (count) => `${f.n(count)}টি বাতিল সংরক্ষণ`,
  },
});
