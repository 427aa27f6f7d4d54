import { english as f } from '../format.ts';

const messages = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'message', other: 'messages' })}`;
const seconds = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'second', other: 'seconds' })}`;

const parts = (count: number): string => `${f.n(count)} ${f.plural(count, { one: 'part', other: 'parts' })}`;

/** Words of the list of campaigns and of a campaign's page. */
export const campaigns = {
  tableLabel: 'Campaigns',
  columns: {
    name: 'Name',
    created: 'Created',
    phase: 'Where it stands',
    progress: 'Progress',
    people: 'People',
    cost: 'Cost',
  },
  estimate: (money: string) => `about ${money}`,
  compose: 'Write a message',
  loading: 'Reading…',
  empty: {
    title: 'Nothing has been sent yet',
    text: 'Each sending is kept here for good, with what became of every single message.',
  },

  back: 'All campaigns',
  missing: { title: 'This campaign is not here', text: 'It may belong to another account or to practice.' },
  from: (facts: { sender: string; account: string }) => `From ${facts.sender} · ${facts.account}`,
  practice: 'Practice',
  showText: 'Message',
  textParts: (facts: { script: string; min: number; max: number }) =>
    `${facts.script} · ${facts.min === facts.max ? parts(facts.max) : `${f.n(facts.min)}–${parts(facts.max)}`} each`,
  bangla: 'বাংলা',
  latin: 'Latin',
  unicode: 'Unicode',

  phase: {
    held: 'Held',
    scheduled: 'Scheduled',
    quiet: 'Quiet hours',
    sending: 'Sending',
    paused: 'Paused',
    review: 'Needs a decision',
    'awaiting-reports': 'Awaiting reports',
    finished: 'Finished',
    undone: 'Undone',
    cancelled: 'Cancelled',
  },
  nothingSent: 'Nothing was sent',
  sentence: {
    held: 'Nothing has left yet. It goes by itself when the time to undo is over.',
    scheduled: 'Nothing has gone out yet.',
    atGateway: 'MiM SMS has the messages and sends them at their time. Nothing has gone to a phone yet.',
    quiet: 'It waits for the hours in which such messages may be sent.',
    sending: 'Messages are being handed to MiM SMS.',
    checking:
      'Nothing waits here any more. Some answers were lost on the way and are being looked for in the log.',
    paused: 'Sending stands still. What is on its way is finished; the rest waits.',
    review: 'Nothing waits here any more, but the fate of some messages is not known. Please decide below.',
    'awaiting-reports':
      'MiM SMS has everything. Reports from the phones come in over the next minutes or hours.',
    finished: 'Everything is settled.',
    undone: 'It was taken back before anything left. Nothing was sent.',
    cancelled: 'It was cancelled before anything left. Nothing was sent.',
  },

  restCancelled: (facts: { sent: number; all: number; cancelled: number }) =>
    `${f.n(facts.sent)} of ${f.n(facts.all)} sent, ${f.n(facts.cancelled)} cancelled. Everything that was sent is settled.`,

  schedule: {
    at: (time: string) => `Goes out ${time}.`,
    quiet: 'The quiet hours last until then.',
    clocks: (zone: string) => `The time is the one that clocks in ${zone} show.`,
    asleep: (time: string) => `Its own time, ${time}, is in the quiet hours.`,
    title: 'Send at another time',
    change: 'Change time',
    sendNow: 'Send now',
    sendNowTitle: 'Send now?',
    sendNowText: (count: number) => `${messages(count)} will go out at once instead of at the chosen time.`,
    changed: 'The time is changed.',
    goes: 'It goes out now.',
    waits: 'It goes out when the quiet hours are over.',
  },
  held: {
    title: (left: number) => `Sending in ${seconds(left)}`,
    undoable: (left: number) => `Can be undone for ${seconds(left)}`,
    leaving: 'Sending now…',
    text: 'Nothing has left this computer yet.',
    undo: 'Undo',
  },
  pause: 'Pause',
  resume: 'Resume',
  cancel: { rest: 'Cancel the rest', whole: 'Cancel the sending', callBack: 'Call it back' },
  paused: {
    user: { title: 'You paused this', next: 'Press Resume to go on where it stopped.' },
    credentials: {
      title: 'Paused: MiM SMS refuses the user name or password',
      next: 'Correct them in Settings, Accounts, and press Resume. Nothing was lost.',
    },
    password: {
      title: 'Paused: the password is not known since the restart',
      next: 'Type it in Settings, Accounts, and press Resume. Nothing was lost.',
    },
    credits: {
      title: 'Paused: the balance is used up',
      next: 'Top up at MiM SMS, refresh the balance above, and press Resume.',
    },
    refusals: {
      title: 'Paused: 20 messages in a row were refused',
      next: 'Look at the reasons below before you go on. Press Resume to try again, or cancel the rest.',
    },
    vault: {
      title: 'Paused: the password of the account cannot be read',
      next: 'Unlock or repair the password store in Settings, Passwords, and press Resume.',
    },
    overdue: {
      title: 'Paused: the program was not running when it was to leave',
      next: 'Nothing has gone out since. Send it now, give it another time, or cancel it.',
    },
    canary: {
      title: 'Paused: one of the first messages was refused',
      next: 'Only those that went ahead have left. Look at the reason below, then press Resume to send the others, or cancel the rest.',
    },
    network: {
      title: 'Waiting for the internet',
      next: 'Sending goes on by itself as soon as MiM SMS can be reached. Nothing is lost.',
    },
  },
  showFailed: 'Show what failed',
  canary: {
    waiting: (size: number) => `The first ${f.n(size)} go ahead`,
    waitingText: (count: number) =>
      `${messages(count)} ${count === 1 ? 'waits' : 'wait'} until MiM SMS has taken every one of them. If one is refused, everything stops.`,
    passed: (size: number) => `The first ${f.n(size)} were taken; the others follow.`,
  },
  quiet: {
    title: (facts: { time: string; city: string }) => `Quiet hours until ${facts.time} (${facts.city})`,
    text: (count: number) =>
      `${messages(count)} ${count === 1 ? 'goes' : 'go'} out by ${count === 1 ? 'itself' : 'themselves'} then. Nothing is lost.`,
    ignore: 'Send now all the same',
    ignoreTitle: 'Send in the quiet hours?',
    ignoreText: (facts: { count: number; time: string }) =>
      `${messages(facts.count)} ${facts.count === 1 ? 'leaves' : 'leave'} at once instead of ${facts.time}. People may be asleep, and for promotion these hours may be forbidden.`,
    confirm: (count: number) => `Send ${messages(count)} now`,
    ignored: 'It goes out now, in the quiet hours.',
  },
  changes: {
    title: (facts: { added: number; removed: number }) => {
      const added = `${f.n(facts.added)} new ${f.plural(facts.added, { one: 'person', other: 'people' })}`;
      if (facts.removed === 0) return `${added} since it was planned`;
      if (facts.added === 0) return `${f.n(facts.removed)} gone since it was planned`;
      return `${added}, ${f.n(facts.removed)} gone since it was planned`;
    },
    one: (facts: { label: string; added: number; removed: number }) =>
      `${facts.label}: ${[facts.added > 0 ? `${f.n(facts.added)} new` : '', facts.removed > 0 ? `${f.n(facts.removed)} gone` : ''].filter(Boolean).join(', ')}.`,
    frozen: 'It goes to the people of that time.',
    again: 'To send it to the people of today, take it back and plan it anew.',
    atGateway: 'To send it to the people of today, call it back and write it anew.',
    take: 'Take it back to Compose',
  },
  retry: {
    open: 'Retry failed',
    title: 'Send again what failed',
    intro:
      'Each message goes out with the same text, as a sending of its own, and is charged like any other.',
    reading: 'Looking for the causes…',
    none: 'Nothing is left that could be sent again.',
    causes: 'Causes',
    columns: { cause: 'Cause', people: 'People', parts: 'Parts', cost: 'Cost if taken' },
    permanence: {
      temporary: 'This may pass: sending again can help.',
      permanent: 'The cause stays: sending again will hardly help.',
      unknown: 'Nobody knows whether sending again helps.',
    },
    refusedAgain: 'MiM SMS will most likely refuse it again, and a refusal costs nothing.',
    charged: (money: string) => `The first attempt cost ${money}.`,
    notCharged: 'The first attempt was not charged.',
    maybeCharged: 'The first attempt may have been charged, and the next one may be.',
    costUnknown: 'not known',
    send: (facts: { people: number; parts: number; money: string | null }) =>
      `Send ${f.n(facts.people)} again (${parts(facts.parts)}${facts.money ? `, ${facts.money}` : ''})`,
    sendPractice: (facts: { people: number; parts: number; money: string | null }) =>
      `Send ${f.n(facts.people)} again for practice (${parts(facts.parts)}${facts.money ? `, ${facts.money}` : ''})`,
    nothingChosen: 'Choose what to send again',
    changed: 'Meanwhile something changed. Look at the numbers, then send.',
    balance: 'The balance is less than this costs. Press again to send all the same.',
    overCap: (people: number) =>
      `Only ${f.n(people)} of them go: the others are over a limit and stay. Press again to send.`,
    lost: 'The answer was lost on the way. Press again: nothing is sent twice.',
    typeCount: 'Type the number of recipients',
    typeHint: (count: number) => `Type ${f.n(count)} to go on.`,
    again: (name: string) => `Sends again what failed in ${name}`,
    earlier: 'an earlier sending',
    messages,
    repeatedBy: 'Sent again:',
    repetition: (facts: { count: number; time: string }) => `${messages(facts.count)}, ${facts.time}`,
  },
  openAccounts: 'Open Accounts',
  openPasswords: 'Open Passwords',

  cancelConfirm: {
    rest: {
      title: 'Cancel the rest?',
      text: (count: number) =>
        `${messages(count)} that ${count === 1 ? 'has' : 'have'} not left will not be sent. What is on its way cannot be called back.`,
      confirm: (count: number) => `Cancel ${messages(count)}`,
      keep: 'Keep sending',
    },
    whole: {
      title: 'Cancel the sending?',
      text: (count: number) => `Nothing has left yet. ${messages(count)} will not be sent.`,
      confirm: (count: number) => `Cancel ${messages(count)}`,
      keep: 'Leave it as it is',
    },
    callBack: {
      title: 'Call the sending back?',
      text: (count: number) =>
        `MiM SMS has been handed the messages and holds them until their time. ${messages(count)} will be called back and not be sent.`,
      confirm: (count: number) => `Call back ${messages(count)}`,
      keep: 'Leave it as it is',
    },
  },
  cancelled: (count: number) => `${messages(count)} cancelled.`,
  settled: (count: number) => `${messages(count)} settled.`,

  uncertain: {
    title: (count: number) => `The fate of ${messages(count)} is not known`,
    text: 'The connection broke before the answer came, and the log of MiM SMS could not tell either. Ask one of the receivers, then decide.',
    checkingTitle: (count: number) => `Looking for ${messages(count)} in the log`,
    checkingText: 'The connection broke before the answer came. This usually settles itself within a minute.',
    show: 'Show them',
    arrived: 'They did arrive',
    again: 'Send again',
    arrivedConfirm: (count: number) =>
      `${messages(count)} will count as taken by MiM SMS and will not be sent again. If one did not arrive, that person gets nothing.`,
    againConfirm: (count: number) =>
      `${messages(count)} will be sent again. A person whose first message did arrive gets it twice, and it is charged twice.`,
    confirmArrived: 'Count as arrived',
    confirmAgain: (count: number) => `Send ${messages(count)} again`,
    back: 'Back',
  },

  progress: {
    label: 'Sending progress',
    text: (facts: { done: number; total: number; uncertain: number }) =>
      `${f.n(facts.done)} of ${f.n(facts.total)} handed over${facts.uncertain > 0 ? ` for certain, ${f.n(facts.uncertain)} uncertain` : ''}`,
    atGateway: (facts: { done: number; total: number }) =>
      `${f.n(facts.done)} of ${f.n(facts.total)} handed over to be sent later`,
    rate: (perSecond: string) => `${perSecond} a second`,
    left: (time: string) => `about ${time} left`,
    ends: (clock: string) => `done about ${clock}`,
    legend: 'What became of them',
    shares: { failed: 'Failed', here: 'Still here' },
  },

  equation: {
    label: 'How the numbers add up',
    planned: (count: number) => `${f.n(count)} planned`,
    terms: {
      taken: (count: number) => `${f.n(count)} taken`,
      refused: (count: number) => `${f.n(count)} refused`,
      uncertain: (count: number) => `${f.n(count)} uncertain`,
      submitting: (count: number) => `${f.n(count)} being handed over`,
      queued: (count: number) => `${f.n(count)} queued`,
      held: (count: number) => `${f.n(count)} held`,
      cancelled: (count: number) => `${f.n(count)} cancelled`,
      leftOut: (count: number) => `${f.n(count)} left out`,
    },
    explain: 'Taken means MiM SMS accepted it, whatever became of it later.',
    broken: (facts: { planned: number; found: number }) =>
      `These numbers do not add up: ${f.n(facts.planned)} planned, ${f.n(facts.found)} found`,
    brokenNext:
      'Nothing will be sent twice. Please pause, keep the program as it is, and tell support before you send anything else.',
  },

  money: {
    estimated: 'Estimated',
    charged: 'Charged so far',
    chargedFinal: 'Charged',
    same: 'Estimate of what is charged',
    sameWhy:
      'MiM SMS has told no charge for these yet, so the charge is compared with the estimate of the others.',
    sameWhyFinal:
      'MiM SMS has told no charge for these, so the charge is compared with the estimate of the others.',
    balance: 'Balance',
    less: (money: string) => `${money} less`,
    more: (money: string) => `${money} more`,
    why: 'Why it differs',
    whyTitle: 'Why the cost differs from the estimate',
    estimatedAll: (count: number) => `Estimated for ${messages(count)}`,
    uncharged: 'Not charged, or not yet',
    estimatedCharged: 'Estimated for those that were charged',
    otherPrice: 'Other parts or another price',
    otherPriceText:
      'The gateway counted other parts, or a number belongs to another operator than its first digits say. Parts and price of every message are in the table.',
    chargedSum: 'Charged',
    byState: 'Messages without a charge may be among these:',
    unknown: 'not known until a first report tells a price',
    unknownThen: 'not known, as no price was known when it was planned',
    none: 'nothing yet',
  },

  recipients: {
    label: 'Recipients',
    all: 'All',
    filters: 'Filter by state',
    columns: {
      number: 'Number',
      state: 'State',
      reason: 'Reason',
      parts: 'Parts',
      price: 'Price',
      sent: 'Sent',
      done: 'Reported',
    },
    planned: (time: string) => `Planned for ${time}`,
    empty: 'No message is in this state now.',
    showAll: 'Show all',
  },
  tryAgain: 'Try again',
};
