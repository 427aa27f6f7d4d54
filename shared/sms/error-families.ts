import { words, type Words } from './words.ts';

/** What GSM errors of one kind mean and what a person can do: near-identical codes share one wording. */
export type ErrorFamily = { readonly explain: Words; readonly next: Words };

const TRY_LATER = words('Send again later.', 'কিছুক্ষণ পরে আবার পাঠান।');
const CHECK_NUMBER = words(
  'Check the number with the person, correct it and send again.',
  'নম্বরটি মিলিয়ে দেখুন, ঠিক করে আবার পাঠান।',
);
const ANOTHER_WAY = words(
  'Do not send again; reach the person another way.',
  'আবার পাঠাবেন না; অন্যভাবে যোগাযোগ করুন।',
);
const LATER_OR_SUPPORT = words(
  'Send again later; if it stays, ask MiM SMS support.',
  'পরে আবার পাঠান; তাতেও না হলে MiM SMS সাপোর্টকে জানান।',
);
const ASK_SUPPORT = words(
  'Ask MiM SMS support, and give them the message id.',
  'মেসেজ আইডি জানিয়ে MiM SMS সাপোর্টের সঙ্গে কথা বলুন।',
);

/** Every family an error of the catalogue can belong to. */
export const ERROR_FAMILIES = {
  none: {
    explain: words('There was no error.', 'কোনো সমস্যা হয়নি।'),
    next: words('Nothing to do.', 'কিছু করতে হবে না।'),
  },
  unknownNumber: {
    explain: words('No mobile network knows this number.', 'কোনো মোবাইল নেটওয়ার্কে এই নম্বরটি নেই।'),
    next: CHECK_NUMBER,
  },
  unidentified: {
    explain: words('The network could not find this number just now.', 'নেটওয়ার্ক এই মুহূর্তে নম্বরটি খুঁজে পায়নি।'),
    next: words(
      'Send again later; if it stays, check the number.',
      'পরে আবার পাঠান; তাতেও না হলে নম্বরটি মিলিয়ে দেখুন।',
    ),
  },
  switchedOff: {
    explain: words('The phone is switched off or out of coverage.', 'ফোনটি বন্ধ বা নেটওয়ার্কের বাইরে আছে।'),
    next: words(
      'Send again later, when the phone is likely to be on.',
      'পরে আবার পাঠান, যখন ফোনটি চালু থাকার কথা।',
    ),
  },
  notAllowedOnNetwork: {
    explain: words(
      'The operator does not allow this SIM or phone on its network.',
      'অপারেটর এই সিম বা ফোনটিকে নেটওয়ার্কে চলতে দেয় না।',
    ),
    next: ANOTHER_WAY,
  },
  noSmsService: {
    explain: words('This number cannot receive SMS.', 'এই নম্বরে এসএমএস গ্রহণের সেবা চালু নেই।'),
    next: ANOTHER_WAY,
  },
  barred: {
    explain: words(
      'The operator or the person has barred messages to this number.',
      'অপারেটর বা প্রাপক এই নম্বরে এসএমএস বন্ধ করে রেখেছেন।',
    ),
    next: words(
      'Ask the person to have it opened, then send again.',
      'প্রাপককে এটি চালু করিয়ে নিতে বলুন, তারপর আবার পাঠান।',
    ),
  },
  notSupported: {
    explain: words(
      "The person's network does not support this kind of message.",
      'প্রাপকের নেটওয়ার্কে এ ধরনের এসএমএস চলে না।',
    ),
    next: LATER_OR_SUPPORT,
  },
  busy: {
    explain: words(
      'The phone was busy with another message or call.',
      'ফোনটি তখন অন্য এসএমএস বা কলে ব্যস্ত ছিল।',
    ),
    next: words('Send again in a few minutes.', 'কয়েক মিনিট পরে আবার পাঠান।'),
  },
  handsetFailure: {
    explain: words('The phone did not take the message.', 'ফোনটি এসএমএসটি গ্রহণ করেনি।'),
    next: TRY_LATER,
  },
  memoryFull: {
    explain: words('The message memory of the phone is full.', 'ফোনে এসএমএস রাখার জায়গা নেই।'),
    next: words(
      'Ask the person to delete old messages, then send again.',
      'প্রাপককে পুরোনো এসএমএস মুছতে বলুন, তারপর আবার পাঠান।',
    ),
  },
  handsetWithoutSms: {
    explain: words('The device cannot show SMS.', 'যন্ত্রটিতে এসএমএস দেখা যায় না।'),
    next: CHECK_NUMBER,
  },
  tooManyWaiting: {
    explain: words(
      'Too many messages are already waiting for this phone.',
      'এই ফোনের জন্য আগে থেকেই অনেক এসএমএস জমে আছে।',
    ),
    next: words(
      'Wait until the phone is on again, then send.',
      'ফোনটি চালু হওয়া পর্যন্ত অপেক্ষা করুন, তারপর পাঠান।',
    ),
  },
  networkFault: {
    explain: words("The mobile operator's system had a fault.", 'মোবাইল অপারেটরের সিস্টেমে সমস্যা হয়েছিল।'),
    next: LATER_OR_SUPPORT,
  },
  networkBusy: {
    explain: words('The mobile network was overloaded.', 'মোবাইল নেটওয়ার্কে তখন অতিরিক্ত চাপ ছিল।'),
    next: TRY_LATER,
  },
  maintenance: {
    explain: words('The mobile operator was doing maintenance.', 'মোবাইল অপারেটরের রক্ষণাবেক্ষণের কাজ চলছিল।'),
    next: TRY_LATER,
  },
  noAnswer: {
    explain: words('The mobile network did not answer in time.', 'মোবাইল নেটওয়ার্ক সময়মতো সাড়া দেয়নি।'),
    next: words(
      'Send again later; the person may have received it once already.',
      'পরে আবার পাঠান; তবে প্রাপক একবার পেয়েও থাকতে পারেন।',
    ),
  },
  unreachableNetwork: {
    explain: words(
      "The person's mobile network could not be reached.",
      'প্রাপকের মোবাইল নেটওয়ার্কে পৌঁছানো যায়নি।',
    ),
    next: LATER_OR_SUPPORT,
  },
  noRouteToNumber: {
    explain: words('The network found no way to this number.', 'নেটওয়ার্ক এই নম্বরে পৌঁছানোর পথ পায়নি।'),
    next: CHECK_NUMBER,
  },
  incompatible: {
    explain: words(
      'The two mobile networks did not understand each other.',
      'দুটি মোবাইল নেটওয়ার্ক একে অন্যের সংকেত বুঝতে পারেনি।',
    ),
    next: LATER_OR_SUPPORT,
  },
  badRequest: {
    explain: words(
      'The message reached the network with missing or wrong data.',
      'নেটওয়ার্কে এসএমএসটির তথ্য অসম্পূর্ণ বা ভুল গিয়েছিল।',
    ),
    next: ASK_SUPPORT,
  },
  unknownAlphabet: {
    explain: words(
      'The network does not know the alphabet of this text.',
      'নেটওয়ার্ক এই লেখার অক্ষর চিনতে পারেনি।',
    ),
    next: words(
      'Send the text without unusual characters, or ask MiM SMS support.',
      'অস্বাভাবিক চিহ্ন বাদ দিয়ে পাঠান, অথবা MiM SMS সাপোর্টকে জানান।',
    ),
  },
  unknown: {
    explain: words('The operator gave no reason.', 'অপারেটর কোনো কারণ জানায়নি।'),
    next: words(
      'Check the number; if it is right, ask MiM SMS support.',
      'নম্বরটি মিলিয়ে দেখুন; ঠিক থাকলে MiM SMS সাপোর্টকে জানান।',
    ),
  },
  messageCentre: {
    explain: words(
      'The message centre or sender was not accepted by the network.',
      'নেটওয়ার্ক এসএমএস সেন্টার বা প্রেরককে মানেনি।',
    ),
    next: words(
      'Send with another sender, or ask MiM SMS support.',
      'অন্য প্রেরকের নাম দিয়ে পাঠান, অথবা MiM SMS সাপোর্টকে জানান।',
    ),
  },
  blacklisted: {
    explain: words('This number is on a block list.', 'এই নম্বরটি ব্লক তালিকায় আছে।'),
    next: words(
      'Do not send again, unless the person wants it and MiM SMS unblocks the number.',
      'আবার পাঠাবেন না; প্রাপক চাইলে MiM SMS-কে নম্বরটি ব্লকমুক্ত করতে বলুন।',
    ),
  },
  notSubmitted: {
    explain: words(
      'The message never left MiM SMS for the operator.',
      'এসএমএসটি MiM SMS থেকে অপারেটরের কাছে যায়নি।',
    ),
    next: LATER_OR_SUPPORT,
  },
  cancelled: {
    explain: words('The message was cancelled before delivery.', 'পৌঁছানোর আগেই এসএমএসটি বাতিল করা হয়েছে।'),
    next: words('Send again if it is still needed.', 'এখনো দরকার হলে আবার পাঠান।'),
  },
  validityExpired: {
    explain: words(
      'The phone could not be reached until the time ran out.',
      'সময় শেষ হওয়া পর্যন্ত ফোনটি পাওয়া যায়নি।',
    ),
    next: TRY_LATER,
  },
} as const satisfies Readonly<Record<string, ErrorFamily>>;

/** The name of one of {@link ERROR_FAMILIES}. */
export type ErrorFamilyName = keyof typeof ERROR_FAMILIES;
