import { english as f } from '../format.ts';

const people = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'person', other: 'people' })}`;
const parts = (count: number): string => `${f.n(count)} ${f.plural(count, { one: 'part', other: 'parts' })}`;
const stillWaiting = (count: number): string =>
  count === 0
    ? ''
    : `; ${f.n(count)} of them ${f.plural(count, { one: 'is', other: 'are' })} still waiting for it`;
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
    finder: 'Find people and groups',
    finderPlaceholder: 'Name or group',
    finderFound: 'People and groups found',
    finderNone: (search: string) => `Nobody and no group is called “${search}”.`,
    finderNobody: 'There are no groups yet. Type a name or a number to find a person.',
    finderSearching: 'Searching…',
    groupCount: (count: number) => people(count),
    smart: 'smart group',
    group: 'group',
    list: 'file',
    person: 'person',
    doNotMessage: 'do not message',
    dead: 'dead number',
    chips: 'Chosen people, groups and files',
    removeChip: (label: string) => `Remove ${label}`,
    gone: 'removed',
    addFile: 'Add from file',
    leftOutDuplicates: (count: number) =>
      `${f.n(count)} ${f.plural(count, { one: 'duplicate', other: 'duplicates' })} left out`,
    leftOutDoNotMessage: (count: number) => `${f.n(count)} on the do-not-message list`,
    leftOutOthers: (count: number) => `${f.n(count)} left out for other reasons`,
    deadOut: (count: number) =>
      `${f.n(count)} dead ${f.plural(count, { one: 'number is', other: 'numbers are' })} left out`,
    deadIn: (count: number) =>
      `${f.n(count)} dead ${f.plural(count, { one: 'number is', other: 'numbers are' })} included`,
    includeDead: 'Send to dead numbers too',
    deadHint: 'Three messages in a row failed for good.',
  },

  fields: {
    insert: 'Insert field',
    name: 'name',
    number: 'number',
    builtIn: 'Of everybody',
    ofSources: 'Of the chosen people',
    withFallback: (fallback: string) => `with “${fallback}” where it is missing`,
    unknown: (name: string) => `Nobody has a field “${name}”.`,
    empty: (facts: { name: string; people: number }) =>
      `${people(facts.people)} ${f.plural(facts.people, { one: 'has', other: 'have' })} no “${facts.name}”.`,
    addFallback: 'Add fallback',
    show: 'Show it',
    faults: {
      unclosed: 'A field is opened with {{ but not closed with }}.',
      'empty-name': 'A field has no name between its braces.',
      'long-name': 'The name of a field is too long.',
      braces: 'There are braces inside a field.',
      'line-break': 'There is a new line inside a field.',
    },
    faultHint: 'Write it as {{name}}. For two braces as they are, write \\{{.',
  },

  savings: {
    open: 'Save parts…',
    title: 'Save parts',
    latinIntro:
      'These characters do not fit the plain alphabet, where a part holds more than twice as much. Choose what to change.',
    banglaIntro:
      'The same text in fewer units. Choose what to change; what you do not tick stays as you wrote it.',
    changes: 'Changes',
    times,
    nothing: 'left out',
    result: (facts: { before: number; after: number }) =>
      `${parts(facts.before)} before, ${parts(facts.after)} after`,
    units: (facts: { before: number; after: number }) =>
      `${f.n(facts.before)} units before, ${f.n(facts.after)} after`,
    compare: 'The text with the changes',
    apply: 'Change the text',
    applied: 'The text was changed.',
    why: {
      compose: 'Letters in two pieces, joined; looks the same',
      'khanda-ta': 'Old spelling of ৎ; looks the same',
      unseen: 'A mark that nobody sees',
      blank: 'Blanks that are not needed',
      twin: 'The same sign in the plain alphabet',
      letter: 'Plain letters that sound alike',
      'left-out': 'Has no plain form',
    },
  },

  parts: {
    histogram: 'Parts of all messages',
    columns: { parts: 'Parts', people: 'People' },
    bar: (facts: { parts: number; people: number }) => `${parts(facts.parts)}: ${people(facts.people)}`,
    spill: (facts: { parts: number; people: number }) =>
      `${people(facts.people)} ${f.plural(facts.people, { one: 'needs', other: 'need' })} ${parts(facts.parts)}`,
    spillTitle: (count: number) => `Messages of ${parts(count)} or more`,
    spillEmpty: 'Nobody needs that many parts any more.',
    more: 'Show more',
    reading: 'Reading…',
    close: 'Close',
  },

  template: {
    inserted: (name: string) => `“${name}” was put in.`,
    undo: 'Undo',
  },

  draft: {
    label: 'Draft',
    begin: 'New message',
    saved: (time: string) => `Saved ${time}`,
    saving: 'Saving…',
    unsaved: 'Not saved yet',
    failed: 'Not saved. It is tried again; keep this window open.',
    saveNow: 'Save now',
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
    merged: ({ min, max, typical }: { min: number; max: number; typical: number }) =>
      min === max ? `${parts(min)} for everybody` : `${f.n(min)} to ${parts(max)}, mostly ${f.n(typical)}`,
    mergedFor: (facts: { people: number; parts: number }) =>
      `Filled in for ${people(facts.people)}: ${parts(facts.parts)} in all.`,
    mergedLater: 'With fields, parts are counted for each person as soon as there are recipients.',
    mergedCounting: 'Counting for each person…',
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
    partsRange: (facts: { min: number; max: number; typical: number }) =>
      `${f.n(facts.min)}–${f.n(facts.max)}, mostly ${f.n(facts.typical)}`,
    partsTotal: 'Parts in all',
    cost: 'Cost',
    balance: 'Balance now',
    balanceAfter: 'Balance after',
    balanceAge: (age: string) => `balance asked ${age}`,
    unknownPrice: 'known after the first report',
    unknownBalance: 'not known yet',
    notEnough: 'The balance does not cover this. Sending would stop part of the way.',
    shortcut: 'Ctrl+Enter',
    stepper: {
      label: 'Look through the messages',
      open: 'See each person',
      first: 'First message',
      previous: 'Previous message',
      next: 'Next message',
      last: 'Last message',
      place: 'Go to number',
      of: (total: number) => `of ${f.n(total)}`,
      fallbacks: (names: string) => `No value for ${names}; the fallback stands there.`,
    },
    empty: {
      legend: (count: number) =>
        `${people(count)} ${f.plural(count, { one: 'has', other: 'have' })} no value for a field`,
      block: 'Do not send until it is put right',
      leaveOut: (count: number) =>
        `Leave out ${f.plural(count, { one: 'this person', other: `these ${f.n(count)}` })}`,
    },
  },

  warnings: {
    heading: 'Look at this first',
    overlooked: 'Something has come up since you looked, and nothing was sent. Decide here, then send again.',
    eachTime: 'This is how it would be now. A repeated one is looked at anew each time.',
    sameCampaign: (facts: {
      overlap: number;
      people: number;
      name: string;
      age: string;
      closely: string | null;
      waiting: number;
    }) =>
      `${f.n(facts.overlap)} of ${people(facts.people)} got “${facts.name}” ${facts.age}${facts.closely ? `, ${facts.closely}` : ''}${stillWaiting(facts.waiting)}.`,
    sameCampaignWaiting: (facts: {
      overlap: number;
      people: number;
      name: string;
      age: string;
      closely: string | null;
    }) =>
      `${f.n(facts.overlap)} of ${people(facts.people)} ${f.plural(facts.overlap, { one: 'is', other: 'are' })} waiting to get “${facts.name}” (due ${facts.age})${facts.closely ? `, ${facts.closely}` : ''}.`,
    sameCampaignPlanned: (facts: {
      overlap: number;
      people: number;
      name: string;
      time: string;
      closely: string | null;
    }) =>
      `${f.n(facts.overlap)} of ${people(facts.people)} get “${facts.name}” on ${facts.time}${facts.closely ? `, ${facts.closely}` : ''}.`,
    closely: ({ count, isAll, age }: { count: number; isAll: boolean; age: string | null }) =>
      `${isAll ? '' : `${f.n(count)} of them `}word for word${age === null ? '' : `, the last one ${age}`}`,
    closelyPlanned: ({ count, isAll, time }: { count: number; isAll: boolean; time: string }) =>
      `${isAll ? '' : `${f.n(count)} of them `}word for word by ${time}`,
    samePerson: (facts: { count: number; people: number; age: string; waiting: number }) =>
      `${f.n(facts.count)} of ${people(facts.people)} got this very text, the last one ${facts.age}${stillWaiting(facts.waiting)}.`,
    samePersonWaiting: (facts: { count: number; people: number }) =>
      `${f.n(facts.count)} of ${people(facts.people)} ${f.plural(facts.count, { one: 'is', other: 'are' })} waiting to get this very text.`,
    samePersonPlanned: (facts: { count: number; people: number; time: string }) =>
      `${f.n(facts.count)} of ${people(facts.people)} get this very text by ${facts.time}.`,
    open: 'Look at it',
    openNamed: (name: string) => `Look at “${name}”`,
    repeats: 'Those who got it already',
    repeatsAhead: 'The same people',
    leaveOut: 'Leave them out',
    leaveOutCount: (count: number) => `Leave out ${people(count)}`,
    sendAgain: (count: number) => `Send it again to ${people(count)}`,
    repeatsLeftOut: (count: number) =>
      `${people(count)} ${f.plural(count, { one: 'is', other: 'are' })} left out who got it already.`,
    again: (sentence: string) => `Sent again: ${sentence}`,
    balance: (facts: {
      missing: string;
      balance: string | null;
      cost: string | null;
      waiting: string | null;
    }) =>
      `${facts.missing} is missing in the balance${
        facts.cost && facts.balance
          ? `: this costs ${facts.cost}, ${facts.waiting ? `${facts.waiting} is already waiting to leave, ` : ''}and ${facts.balance} is there`
          : ''
      }.`,
    acceptBalance: (missing: string) => `Send although ${missing} is missing`,
    acceptBalanceHint:
      'Sending pauses when the balance is used up and keeps its place, so that you can top up and go on.',
    openAccounts: 'Open accounts',
    overCap: {
      campaign: (facts: { people: number; limit: number }) =>
        `${people(facts.people)} ${f.plural(facts.people, { one: 'is', other: 'are' })} left out: a sending goes to ${people(facts.limit)} at most.`,
      day: (facts: { people: number; limit: number }) =>
        `${people(facts.people)} ${f.plural(facts.people, { one: 'is', other: 'are' })} left out: ${f.n(facts.limit)} messages a day at most.`,
    },
    acceptCap: (count: number) => `Send without ${people(count)}`,
    openLimits: 'Change the limits',
    quiet: (time: string) => `These are quiet hours. It waits until ${time}.`,
    quietIgnored: 'It goes out in the quiet hours.',
    quietLegend: 'In the quiet hours',
    wait: 'Wait until they are over',
    ignore: 'Send during the quiet hours',
    acceptQuiet: (count: number) => `Yes, ${people(count)} may get it in the quiet hours`,
    dhaka: (facts: { time: string; here: string | null }) =>
      `${facts.time} (Dhaka${facts.here ? `; here ${facts.here}` : ''})`,
  },

  leftOut: {
    heading: (count: number) => `${f.n(count)} left out`,
    showAll: (count: number) => `Show all ${f.n(count)}`,
    showAllOf: (facts: { reason: string; count: number }) => `Show all ${f.n(facts.count)}: ${facts.reason}`,
    search: 'Search by number',
    searchPlaceholder: 'Digits or what was written',
    written: 'As written',
    number: 'Number',
    none: 'None of them has that.',
    save: 'Save as CSV',
    saved: (facts: { count: number; file: string }) =>
      `${f.n(facts.count)} ${f.plural(facts.count, { one: 'row', other: 'rows' })} saved to ${facts.file}.`,
    fileName: (reason: string) => `Left out, ${reason}`,
    close: 'Close',
    reasons: {
      duplicate: 'Twice in the list',
      'do-not-message': 'On the do-not-message list',
      'dead-number': 'Dead numbers',
      'empty-field': 'Without a value for a field',
      repeat: 'Who got it already',
      'over-cap': 'Over the limit of one sending',
      'over-day-cap': 'Over the limit of the day',
      'not-a-number': 'Not phone numbers',
      'too-short': 'Numbers that are too short',
      'too-long': 'Numbers that are too long',
      landline: 'Landlines',
      'exponent-damaged': 'Numbers damaged by a spreadsheet',
      'unknown-country': 'Numbers of no country',
      'not-mobile': 'Not mobile numbers',
    },
  },

  shares: {
    title: 'Cost by operator',
    messages: 'Messages',
    parts: 'Parts',
    price: 'A part',
    cost: 'Cost',
    unknown: 'Operator not known',
    guess:
      'Where no report or lookup has named the operator, it is guessed from the first digits. Numbers move between operators, so that the cost may differ a little.',
  },

  when: { legend: 'When', now: 'Now', later: 'Later' },

  options: {
    title: 'Options',
    flash: 'Flash message',
    flashOn: 'yes',
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
    decide: (what: string) => `Decide first: ${what}.`,
    asks: {
      'same-campaign': 'those who got it already',
      'same-person': 'those who got it already',
      balance: 'the missing balance',
      'over-cap': 'the people over a limit',
      'quiet-hours': 'sending in the quiet hours',
    },
    show: 'Show it',
    missing: {
      account: 'Choose or add an account first.',
      recipients: 'Add at least one number.',
      text: 'Write a message.',
      gone: 'Somebody or something you chose was removed. Take it out of the recipients.',
      merge: 'Put the broken field in the message right.',
      'unknown-field': 'A field of the message is unknown. Put it right or remove it.',
      'empty-fields': 'Some people have no value for a field. Add a fallback, or leave them out.',
      sender: 'Choose a sender.',
      time: 'Choose date and time, or Now.',
      past: 'The time to send is over.',
      'too-far': 'The time to send is too far away.',
      'too-long': 'Shorten the message.',
      counting: 'One moment, the numbers are being counted.',
      plan: 'The numbers could not be worked out.',
      nobody: 'Nobody is left to send to: every number was left out.',
      repeat: 'Complete how it is repeated, or choose Now.',
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
    decided: 'What you decided',
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

  restored: 'The sending was undone. Everything is back as you wrote it.',
  restoredPast: (time: string) =>
    `The sending was undone. Its time, ${time}, has passed: choose another, or Now. Everything else is back as you wrote it.`,
};
