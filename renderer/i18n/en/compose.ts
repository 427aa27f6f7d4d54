import { english as f } from '../format.ts';

const people = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'person', other: 'people' })}`;
const parts = (count: number): string => `${f.n(count)} ${f.plural(count, { one: 'part', other: 'parts' })}`;
const times = (count: number): string => (count === 1 ? 'once' : `${f.n(count)} times`);

/** Words of Compose. */
export const compose = {
  to: {
    heading: 'To',
    label: 'Recipients',
    placeholder: '01712345678, ০১৮১২৩৪৫৬৭৮\n+880 1912-345678',
    hint: 'Type or paste numbers. Commas, spaces and new lines all separate them.',
    people: (count: number) => people(count),
    none: 'No numbers yet',
    counting: (share: string) => `Reading the numbers… ${share}`,
    duplicates: (count: number) =>
      `${f.n(count)} ${f.plural(count, { one: 'duplicate', other: 'duplicates' })} removed`,
    rejected: (count: number) => `${f.n(count)} cannot be used`,
    rejectedHeading: 'Not usable',
    find: (input: string) => `Find ${input}`,
    findHint: 'Press one to find it in the list.',
    more: (count: number) => `and ${f.n(count)} more`,
  },

  message: {
    heading: 'Message',
    label: 'Message',
    placeholder: 'Write your text here, in Bangla or English.',
    sender: 'Sender',
    noSenders: 'This account has no sender ID.',
    addSender: 'Add one in Settings',
  },

  meter: {
    label: 'Message parts',
    script: { latin: 'Latin', bangla: 'বাংলা', unicode: 'Unicode' },
    empty: 'Nothing written yet',
    units: (facts: { units: number; capacity: number }) =>
      `${f.n(facts.units)} of ${f.n(facts.capacity)} units`,
    parts,
    each: (price: string) => `${price} each`,
    left: (units: number) => `${f.n(units)} ${f.plural(units, { one: 'unit', other: 'units' })} left.`,
    cut: (facts: { units: number; toParts: number }) =>
      `Cut ${f.n(facts.units)} ${f.plural(facts.units, { one: 'unit', other: 'units' })} to make it ${parts(facts.toParts)}.`,
    replace: (facts: { chars: string; saves: number }) =>
      `Replace ${facts.chars} to save ${parts(facts.saves)}.`,
    fold: (facts: { units: number; saves: number }) =>
      `Some letters are written in two pieces; joining them looks the same and saves ${f.n(facts.units)} units, ${parts(facts.saves)}.`,
    saving: (facts: { saves: number; people: number; money: string }) =>
      `That saves ${parts(facts.saves)} × ${people(facts.people)} = ${facts.money}.`,
    tooLong: (over: number) =>
      `${f.n(over)} ${f.plural(over, { one: 'character', other: 'characters' })} too many for one message.`,
  },

  forcing: {
    heading: 'These characters make the text Unicode, where a part holds less than half:',
    replaceOne: (facts: { char: string; by: string }) => `Replace ${facts.char} with ${facts.by}`,
    removeOne: (char: string) => `Remove ${char}`,
    find: (char: string) => `Find ${char}`,
    noTwin: (char: string) => `${char} has no plain form`,
    times,
    replaceAll: 'Replace all',
    join: 'Join the letters',
    space: 'space',
  },

  review: {
    heading: 'Review',
    phone: 'As a phone shows it',
    phoneEmpty: 'The message appears here as a phone shows it.',
    partStarts: (facts: { part: number; units: number }) =>
      `Part ${f.n(facts.part)}, ${f.n(facts.units)} units`,
    people: 'People',
    partsEach: 'Parts each',
    partsTotal: 'Parts in all',
    cost: 'Cost',
    balance: 'Balance now',
    balanceAfter: 'Balance after',
    balanceAge: (age: string) => `balance asked ${age}`,
    unknownPrice: 'known after the first report',
    unknownBalance: 'not known yet',
    notEnough: 'The balance does not cover this. Sending would stop part of the way.',
    leftOut: (count: number) => `${f.n(count)} left out`,
    leftOutMore: (shown: number) => `The first ${f.n(shown)} are shown.`,
    shortcut: 'Ctrl+Enter',
  },

  when: { legend: 'When', now: 'Now', later: 'Later' },

  options: {
    title: 'Options',
    flash: 'Flash message',
    flashHint: 'Shown at once on the phone, and not stored there.',
    validity: 'Keep trying for',
    validities: {
      '': 'As long as usual',
      '60': '1 hour',
      '360': '6 hours',
      '1440': '1 day',
      '2880': '2 days',
    },
    transactionClass: 'Class',
    classes: {
      usual: 'As the account usually sends',
      transactional: 'Transactional',
      promotional: 'Promotional',
    },
  },

  send: {
    button: 'Send',
    count: (facts: { people: number; parts: number; money: string | null }) =>
      `Send ${f.n(facts.people)} (${parts(facts.parts)}${facts.money ? `, ${facts.money}` : ''})`,
    countPractice: (facts: { people: number; parts: number; money: string | null }) =>
      `Send ${f.n(facts.people)} for practice (${parts(facts.parts)}${facts.money ? `, ${facts.money}` : ''})`,
    schedule: (facts: { people: number; parts: number; money: string | null }) =>
      `Send ${f.n(facts.people)} later (${parts(facts.parts)}${facts.money ? `, ${facts.money}` : ''})`,
    schedulePractice: (facts: { people: number; parts: number; money: string | null }) =>
      `Send ${f.n(facts.people)} later, for practice (${parts(facts.parts)}${facts.money ? `, ${facts.money}` : ''})`,
    scheduleButton: 'Send later',
    missing: {
      account: 'Choose or add an account first.',
      recipients: 'Add at least one number.',
      text: 'Write a message.',
      sender: 'Choose a sender.',
      time: 'Choose date and time, or Now.',
      past: 'The time to send is over.',
      'too-far': 'The time to send is too far away.',
      'too-long': 'Shorten the message.',
      counting: 'One moment, the numbers are being counted.',
      plan: 'The numbers could not be worked out.',
      nobody: 'Nobody is left to send to: every number was left out.',
    },
  },

  confirm: {
    title: 'Confirm sending',
    titlePractice: 'This is practice. Nothing leaves this computer and nothing is charged.',
    people: 'People',
    parts: 'Parts',
    cost: 'Cost',
    sender: 'Sender',
    account: 'Account',
    text: 'Message',
    leftOut: 'Left out',
    typeCount: 'Type the number of recipients',
    typeHint: (count: number) => `This is a big sending. Type ${f.n(count)} to go on.`,
    typeWrong: (count: number) => `That is not ${f.n(count)}.`,
    when: 'Time',
    hold: 'After you confirm there are a few seconds to undo it.',
    confirm: 'Confirm',
    confirmAgain: 'Confirm again',
    cancel: 'Back',
    changed: 'What would be sent has changed. Look again before you confirm.',
    changedFrom: (facts: { before: string; after: string }) => `was ${facts.before}, now ${facts.after}`,
    lost: 'It is not known whether this was handed over. Confirm again: it is sent once at most.',
    doubtful:
      'An earlier sending may have been handed over without an answer. Look at Campaigns before you send more.',
  },

  aside: {
    text: 'What stood here before was put aside.',
    bringBack: 'Bring it back',
    drop: 'Discard it',
  },
  restored: 'The sending was undone. Everything is back as you wrote it.',
};
