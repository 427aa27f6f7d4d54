import { words, type Words } from './words.ts';

/** A status a message can have at the gateway (API document "Statuses"; some later ones are known from the platform). */
export type StatusEntry = {
  readonly id: number;
  readonly groupId: number;
  readonly name: string;
  readonly description: string;
  /** What the document tells the client to do, as printed. */
  readonly action: string | null;
  readonly explain: Words;
  readonly next: Words;
  /** No later report will change it. "Delivered to operator" is not final: the handset's answer may follow. */
  readonly final: boolean;
};

/** A group of statuses (API document "Statuses groups"). */
export type StatusGroup = {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly explain: Words;
};

const GROUPS: readonly StatusGroup[] = [
  {
    id: 0,
    name: 'ACCEPTED',
    description: 'Message is accepted.',
    explain: words('MiM SMS took the message.', 'MiM SMS এসএমএসটি গ্রহণ করেছে।'),
  },
  {
    id: 1,
    name: 'PENDING',
    description: 'Message is in pending status.',
    explain: words('The message is on its way.', 'এসএমএসটি পথে আছে।'),
  },
  {
    id: 2,
    name: 'UNDELIVERABLE',
    description: 'Message is undeliverable.',
    explain: words('The message could not be delivered.', 'এসএমএসটি পৌঁছানো যায়নি।'),
  },
  {
    id: 3,
    name: 'DELIVERED',
    description: 'Message is delivered.',
    explain: words('The message was delivered.', 'এসএমএসটি পৌঁছে গেছে।'),
  },
  {
    id: 4,
    name: 'EXPIRED',
    description: 'Message is expired.',
    explain: words('Time ran out before delivery.', 'পৌঁছানোর আগেই এসএমএসটির সময় শেষ হয়ে গেছে।'),
  },
  {
    id: 5,
    name: 'REJECTED',
    description: 'Message is rejected.',
    explain: words('MiM SMS refused the message.', 'MiM SMS এসএমএসটি ফিরিয়ে দিয়েছে।'),
  },
];

const PENDING_GROUPS: readonly number[] = [0, 1];
const DELIVERED_TO_OPERATOR = 2;

function entry(
  id: number,
  groupId: number,
  name: string,
  description: string,
  explain: Words,
  next: Words,
  action: string | null = null,
): StatusEntry {
  const final = !PENDING_GROUPS.includes(groupId) && id !== DELIVERED_TO_OPERATOR;
  return { id, groupId, name, description, action, explain, next, final };
}

const WAIT = words(
  'Nothing to do: the report comes by itself.',
  'কিছু করতে হবে না, ফলাফল নিজে থেকেই চলে আসবে।',
);
const NOTHING = words('Nothing to do.', 'কিছু করতে হবে না।');
const ASK_SUPPORT = words(
  'Ask MiM SMS support, and give them the message id.',
  'মেসেজ আইডি জানিয়ে MiM SMS সাপোর্টের সঙ্গে কথা বলুন।',
);
const CHECK_NUMBER = words(
  'Check the number with the person, correct it and send again.',
  'নম্বরটি মিলিয়ে দেখুন, ঠিক করে আবার পাঠান।',
);
const SEND_LATER = words('Send again later.', 'কিছুক্ষণ পরে আবার পাঠান।');
const TOP_UP = words('Top up the account, then send the rest.', 'অ্যাকাউন্টে টাকা ভরুন, তারপর বাকিগুলো পাঠান।');

const STATUSES: readonly StatusEntry[] = [
  entry(
    0,
    0,
    'MESSAGE_ACCEPTED',
    'Message accepted',
    words('MiM SMS took the message and will send it on.', 'MiM SMS এসএমএসটি নিয়েছে, এবার পাঠাবে।'),
    WAIT,
  ),
  entry(
    1,
    1,
    'PENDING_TIME_VIOLATION',
    'Time window violation',
    words(
      'Sending is not allowed at this hour, so the message waits.',
      'এই সময়ে এসএমএস পাঠানোর অনুমতি নেই, তাই এটি অপেক্ষায় আছে।',
    ),
    words(
      'Wait for the allowed hours; next time plan it for the day.',
      'অনুমোদিত সময় পর্যন্ত অপেক্ষা করুন; পরের বার দিনের বেলায় পাঠান।',
    ),
  ),
  entry(
    2,
    3,
    'DELIVERED_TO_OPERATOR',
    'Message delivered to operator',
    words(
      "The mobile operator has the message; the phone's answer is still awaited.",
      'এসএমএসটি মোবাইল অপারেটরের কাছে পৌঁছেছে; ফোনে পৌঁছানোর খবর এখনো আসেনি।',
    ),
    WAIT,
  ),
  entry(
    3,
    1,
    'PENDING_WAITING_DELIVERY',
    'Message sent, waiting for delivery report',
    words('The message was sent and the report is awaited.', 'এসএমএসটি পাঠানো হয়েছে, ফলাফলের অপেক্ষা চলছে।'),
    WAIT,
  ),
  entry(
    4,
    2,
    'UNDELIVERABLE_REJECTED_OPERATOR',
    'Message rejected by operator',
    words('The mobile operator refused the message.', 'মোবাইল অপারেটর এসএমএসটি ফিরিয়ে দিয়েছে।'),
    words(
      'Check the number and the sender name; if both are right, ask MiM SMS support.',
      'নম্বর ও প্রেরকের নাম মিলিয়ে দেখুন; দুটোই ঠিক থাকলে MiM SMS সাপোর্টকে জানান।',
    ),
  ),
  entry(
    5,
    3,
    'DELIVERED_TO_HANDSET',
    'Message delivered to handset',
    words("The message is on the person's phone.", 'এসএমএসটি প্রাপকের ফোনে পৌঁছেছে।'),
    NOTHING,
  ),
  entry(
    6,
    5,
    'REJECTED_NETWORK',
    'Network is forbidden',
    words(
      'Your account may not send to this mobile network.',
      'আপনার অ্যাকাউন্ট থেকে এই অপারেটরে এসএমএস পাঠানোর অনুমতি নেই।',
    ),
    words(
      'Ask your account manager to open this network.',
      'এই অপারেটরটি চালু করতে আপনার অ্যাকাউন্ট ম্যানেজারকে বলুন।',
    ),
    'Contact account manager',
  ),
  entry(
    7,
    1,
    'PENDING_ENROUTE',
    'Message sent to next instance',
    words('The message is on its way to the operator.', 'এসএমএসটি অপারেটরের দিকে যাচ্ছে।'),
    WAIT,
  ),
  entry(
    8,
    5,
    'REJECTED_PREFIX_MISSING',
    'Number prefix missing',
    words('The number has no country code.', 'নম্বরটিতে দেশের কোড নেই।'),
    words('Write the number with 880 in front and send again.', 'নম্বরটি শুরুতে ৮৮০ দিয়ে লিখে আবার পাঠান।'),
  ),
  entry(
    9,
    2,
    'UNDELIVERABLE_NOT_DELIVERED',
    'Message sent not delivered',
    words('The operator could not deliver the message to the phone.', 'অপারেটর এসএমএসটি ফোনে পৌঁছাতে পারেনি।'),
    words(
      'See the error beside it: if it is temporary, send again later.',
      'পাশে লেখা কারণটি দেখুন: সাময়িক হলে পরে আবার পাঠান।',
    ),
  ),
  entry(
    10,
    5,
    'REJECTED_DND',
    'Destination on DND list',
    words(
      'The person has asked the operator for no bulk messages (do not disturb).',
      'প্রাপক অপারেটরে ডিএনডি (বিরক্ত করবেন না) চালু রেখেছেন।',
    ),
    words('Do not send again; reach the person another way.', 'আবার পাঠাবেন না; অন্যভাবে যোগাযোগ করুন।'),
  ),
  entry(
    11,
    5,
    'REJECTED_SOURCE',
    'Invalid Source address',
    words(
      'The sender name is not valid for your account.',
      'প্রেরকের নামটি (সেন্ডার আইডি) আপনার অ্যাকাউন্টে বৈধ নয়।',
    ),
    words(
      'Choose a sender that MiM SMS has approved for you.',
      'MiM SMS অনুমোদন করেছে এমন প্রেরকের নাম বেছে নিন।',
    ),
  ),
  entry(
    12,
    5,
    'REJECTED_NOT_ENOUGH_CREDITS',
    'Not enough credits',
    words('The balance was too low for this message.', 'এই এসএমএসের জন্য যথেষ্ট ব্যালেন্স ছিল না।'),
    TOP_UP,
  ),
  entry(
    13,
    5,
    'REJECTED_SENDER',
    'By Sender',
    words('This sender is on a block list.', 'এই প্রেরকের নামটি ব্লক তালিকায় আছে।'),
    words(
      'Ask MiM SMS to unblock the sender, or choose another.',
      'প্রেরকের নামটি ব্লকমুক্ত করতে MiM SMS-কে বলুন, অথবা অন্য নাম বেছে নিন।',
    ),
    'Remove sender from blacklist',
  ),
  entry(
    14,
    5,
    'REJECTED_DESTINATION',
    'By Destination',
    words('This number is on a block list.', 'এই নম্বরটি ব্লক তালিকায় আছে।'),
    words(
      'Do not send again, unless the person wants it and MiM SMS unblocks the number.',
      'আবার পাঠাবেন না; প্রাপক চাইলে MiM SMS-কে নম্বরটি ব্লকমুক্ত করতে বলুন।',
    ),
    'Remove destination from blacklist',
  ),
  entry(
    15,
    4,
    'EXPIRED_EXPIRED',
    'Message expired',
    words('The phone could not be reached until the time ran out.', 'সময় শেষ হওয়া পর্যন্ত ফোনটি পাওয়া যায়নি।'),
    SEND_LATER,
  ),
  entry(
    16,
    5,
    'REJECTED_NOT_REACHABLE',
    'Network not reachable',
    words('The mobile network could not be reached.', 'মোবাইল নেটওয়ার্কটির সঙ্গে সংযোগ পাওয়া যায়নি।'),
    SEND_LATER,
  ),
  entry(
    17,
    5,
    'REJECTED_PREPAID_PACKAGE_EXPIRED',
    'Prepaid package expired',
    words('The validity of your prepaid package is over.', 'আপনার প্রিপেইড প্যাকেজের মেয়াদ শেষ হয়ে গেছে।'),
    words(
      'Top up the account to extend its validity, then send again.',
      'টাকা ভরে মেয়াদ বাড়ান, তারপর আবার পাঠান।',
    ),
    'Top-Up your account to extend the validity period',
  ),
  entry(
    18,
    5,
    'REJECTED_DESTINATION_NOT_REGISTERED',
    'Destination not registered',
    words(
      'A trial account may only send to numbers registered with it.',
      'ট্রায়াল অ্যাকাউন্ট থেকে শুধু নিবন্ধিত নম্বরেই এসএমএস পাঠানো যায়।',
    ),
    words(
      'Register the number with MiM SMS, or ask for a full account.',
      'নম্বরটি MiM SMS-এ নিবন্ধন করুন, অথবা পূর্ণ অ্যাকাউন্ট চালু করতে বলুন।',
    ),
  ),
  entry(
    19,
    5,
    'REJECTED_ROUTE_NOT_AVAILABLE',
    'Route not available',
    words(
      'MiM SMS has no route to this number for your account.',
      'আপনার অ্যাকাউন্ট থেকে এই নম্বরে এসএমএস পাঠানোর পথ (রুট) চালু নেই।',
    ),
    words('Ask your account manager to open a route.', 'রুট চালু করতে আপনার অ্যাকাউন্ট ম্যানেজারকে বলুন।'),
    'Contact account manager',
  ),
  entry(
    20,
    5,
    'REJECTED_FLOODING_FILTER',
    'Rejected flooding',
    words(
      'Too many messages went to this number in a short time.',
      'অল্প সময়ে এই নম্বরে অনেক বেশি এসএমএস পাঠানো হয়েছে।',
    ),
    words(
      'Wait at least an hour, and do not send the same text again and again.',
      'অন্তত এক ঘণ্টা অপেক্ষা করুন, একই লেখা বারবার পাঠাবেন না।',
    ),
    'STOP SPAMMING',
  ),
  entry(
    21,
    5,
    'REJECTED_SYSTEM_ERROR',
    'System error',
    words('MiM SMS had a fault of its own.', 'MiM SMS-এর নিজস্ব সিস্টেমে সমস্যা হয়েছিল।'),
    words(
      'Send again later; if it stays, ask MiM SMS support.',
      'পরে আবার পাঠান; না হলে MiM SMS সাপোর্টকে জানান।',
    ),
  ),
  entry(
    22,
    4,
    'EXPIRED_UNKNOWN',
    'Unknown Reason',
    words(
      'Time ran out before delivery; the reason is not known.',
      'পৌঁছানোর আগেই সময় শেষ হয়েছে; কারণ জানা যায়নি।',
    ),
    SEND_LATER,
  ),
  entry(
    23,
    5,
    'REJECTED_DUPLICATE_MESSAGE_ID',
    'Rejected duplicate message ID',
    words(
      'A message with this id was already taken, so it was not sent twice.',
      'এই আইডির এসএমএস আগেই নেওয়া হয়েছে, তাই দ্বিতীয়বার পাঠানো হয়নি।',
    ),
    words(
      'Nothing to do: look at the first message for the result.',
      'কিছু করতে হবে না; ফলাফলের জন্য প্রথম এসএমএসটি দেখুন।',
    ),
  ),
  entry(
    24,
    5,
    'REJECTED_INVALID_UDH',
    'Rejected invalid UDH',
    words('The technical header of the message was wrong.', 'এসএমএসটির কারিগরি অংশে (UDH) ভুল ছিল।'),
    ASK_SUPPORT,
  ),
  entry(
    25,
    5,
    'REJECTED_MESSAGE_TOO_LONG',
    'Rejected message too long',
    words('The text is longer than your account may send.', 'লেখাটি অনুমোদিত দৈর্ঘ্যের চেয়ে বড়।'),
    words('Shorten the text and send again.', 'লেখা ছোট করে আবার পাঠান।'),
  ),
  entry(
    26,
    1,
    'PENDING_ACCEPTED',
    'Message accepted, pending for delivery',
    words('MiM SMS took the message and will send it on.', 'MiM SMS এসএমএসটি নিয়েছে, এবার পাঠাবে।'),
    WAIT,
  ),
  entry(
    28,
    5,
    'REJECTED_NOT_SENT',
    'Message not sent',
    words('MiM SMS took the message but did not send it.', 'MiM SMS এসএমএসটি নিলেও শেষ পর্যন্ত পাঠায়নি।'),
    ASK_SUPPORT,
  ),
  entry(
    29,
    4,
    'EXPIRED_DLR_UNKNOWN',
    'Delivery report unknown',
    words('The operator never said whether the message arrived.', 'এসএমএসটি পৌঁছেছে কি না, অপারেটর জানায়নি।'),
    words(
      'Ask the person before sending again: it may have arrived.',
      'আবার পাঠানোর আগে প্রাপককে জিজ্ঞেস করুন; এসএমএসটি হয়তো পৌঁছেছে।',
    ),
  ),
  entry(
    51,
    5,
    'MISSING_TO',
    'Missing destination',
    words('The request had no number to send to.', 'কোন নম্বরে যাবে তা দেওয়া ছিল না।'),
    words('Add the number and send again.', 'নম্বর যোগ করে আবার পাঠান।'),
  ),
  entry(
    52,
    5,
    'REJECTED_DESTINATION',
    'Invalid destination address.',
    words('This is not a valid phone number.', 'এটি সঠিক ফোন নম্বর নয়।'),
    CHECK_NUMBER,
    'Check to parameter.',
  ),
];

const STATUS_BY_ID: ReadonlyMap<number, StatusEntry> = new Map(STATUSES.map((one) => [one.id, one]));
const GROUP_BY_ID: ReadonlyMap<number, StatusGroup> = new Map(GROUPS.map((one) => [one.id, one]));

/** Every status known, by id. */
export const ALL_STATUSES: readonly StatusEntry[] = STATUSES;
/** Every status group of the API document, by id. */
export const ALL_STATUS_GROUPS: readonly StatusGroup[] = GROUPS;

/** The status with this id, or `null` for one the catalogue does not know: show such an id as it came. */
export function statusById(id: number): StatusEntry | null {
  return STATUS_BY_ID.get(id) ?? null;
}

/** The status group with this id, or `null` for one the catalogue does not know. */
export function statusGroupById(id: number): StatusGroup | null {
  return GROUP_BY_ID.get(id) ?? null;
}
