import { english as f } from '../format.ts';

/** A guard: its name, what it does, and what stands behind the number; `before` stands in front of it. */
type GuardWords = {
  readonly label: string;
  readonly hint: string;
  readonly unit?: string;
  readonly before?: string;
};

const guard = (label: string, unit: string, hint: string, before?: string): GuardWords => ({
  label,
  hint,
  ...(unit !== '' && { unit }),
  ...(before !== undefined && { before }),
});

/** Words of guards and limits. */
export const guards = {
  title: 'Guards and limits',
  whose: 'Rules for',
  real: 'Real sending',
  note: {
    real: 'These rules hold for every real account on this computer. Practice has its own.',
    practice: 'These rules hold for practice only. Real sending has its own.',
  },
  reset: 'Reset to defaults',
  atOnce: 'Each change is saved at once.',
  saved: (label: string) => `Saved: ${label}`,
  savedAll: 'Saved: everything is as it was delivered.',
  undo: 'Undo',
  undone: 'The change was taken back.',
  off: 'Off',
  bounds: (facts: { min: number; max: number }) => `${f.n(facts.min)} to ${f.n(facts.max)}`,
  wrong: (bounds: string) => `A number from ${bounds}. Not saved.`,
  usual: (value: number) => `default ${f.n(value)}`,
  groups: {
    before: 'Before sending',
    repeats: 'Repeats',
    quiet: 'Quiet hours',
    limits: 'Limits',
    again: 'Late messages and trying again',
  },
  rules: {
    holdSeconds: guard(
      'Time to undo',
      'seconds',
      'A sending is held so long after “Confirm”; until then it can be taken back whole.',
    ),
    typedCountPeople: guard(
      'Type the number of people above',
      'people',
      'A sending to more people is confirmed by typing how many there are.',
    ),
    typedCountMicros: guard(
      'Type it also above a cost of',
      '',
      'The same for a sending that costs more.',
      '৳',
    ),
    canary: guard(
      'Send a few ahead',
      'messages',
      'So many messages of a large sending go first. When one is refused the others wait for you.',
    ),
    canaryOver: guard('A sending is large above', 'people', 'Smaller ones go out at once, all together.'),
    samePersonMinutes: guard(
      'Same text to the same person within',
      'minutes',
      'You are asked before somebody gets the same text again.',
    ),
    sameCampaignHours: guard(
      'Same campaign within',
      'hours',
      'You are asked when a campaign with this text went to some of the same people.',
    ),
    perCampaign: guard('People in one sending', 'people', 'Those over it are left out, and you are told.'),
    perDay: guard(
      'Messages in a day',
      'messages',
      'Over all sendings of a day together. Those over it are left out, and you are told.',
    ),
    urgentUpTo: guard(
      'Small sendings go first, up to',
      'people',
      'They do not wait behind a large one. Off: strictly in order.',
    ),
    overdueMinutes: guard(
      'Ask when later than',
      'minutes',
      'A sending that was to leave while the program was closed is not sent before you say so.',
    ),
    retryRefused: guard(
      'Try refused messages again',
      'times',
      'Only where the cause may pass by itself. A refused message costs nothing.',
    ),
    retryUndelivered: guard(
      'Send undelivered messages once more by itself',
      '',
      'Only where the phone could not be reached for a while. Each is charged again.',
    ),
  },
  sooner: {
    title: 'Send sooner than planned?',
    text: ({ messages, sendings }: { messages: number; sendings: number }) =>
      `${f.n(messages)} ${messages === 1 ? 'message' : 'messages'} of ${f.n(sendings)} ${sendings === 1 ? 'sending' : 'sendings'} ${messages === 1 ? 'waits' : 'wait'} for the end of the quiet hours. After this change ${messages === 1 ? 'it leaves' : 'they leave'} sooner, perhaps at once.`,
    keep: 'Keep the quiet hours',
    change: 'Change, and let them leave',
  },
  quiet: {
    applies: 'Nothing is sent in the quiet hours of',
    promotional: 'Promotional messages',
    promotionalHint: 'Messages of the class “Promotional”.',
    all: 'All messages',
    none: 'Off: messages go out at any hour',
    from: 'From',
    until: 'Until',
    zone: 'By the clocks of',
    wrongTime: 'A time as in 21:00.',
    sameTimes: 'Beginning and end are the same: that would be the whole day. Not saved.',
    little: (facts: { time: string; from: string; until: string }) =>
      `Only ${facts.time} of a day are left for sending, from ${facts.from} to ${facts.until}.`,
  },
};
