import { english as f } from '../format.ts';

const messages = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'message', other: 'messages' })}`;
const people = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'person', other: 'people' })}`;
const seconds = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'second', other: 'seconds' })}`;

/** Words of the outbox: what is on its way, what is planned, what needs a decision. */
export const outbox = {
  tabsLabel: 'Parts of the outbox',
  tabs: {
    now: 'On its way',
    planned: 'Scheduled',
    calendar: 'Calendar',
    series: 'Repeated',
    uncertain: 'Uncertain',
    counted: (facts: { tab: string; count: number }) => `${facts.tab} (${f.n(facts.count)})`,
  },
  loading: 'Reading…',
  totals: {
    none: 'No message is waiting.',
    waiting: (count: number) => `${messages(count)} to go`,
    checking: (count: number) => `${f.n(count)} being looked up in the log`,
    undecided: (count: number) =>
      `${f.n(count)} ${f.plural(count, { one: 'waits', other: 'wait' })} for your decision`,
  },
  sections: { held: 'Held', running: 'Running', paused: 'Paused', ended: 'Just finished' },
  ended: {
    sent: (count: number) => `${f.n(count)} sent`,
    partly: (facts: { sent: number; all: number; cancelled: number }) =>
      `${f.n(facts.sent)} of ${f.n(facts.all)} sent, ${f.n(facts.cancelled)} cancelled`,
    failed: (count: number) => `${f.n(count)} failed`,
    uncertain: (count: number) => `${f.n(count)} uncertain`,
    charged: (money: string) => `${money} charged`,
  },
  more: (count: number) => `Only the first ${f.n(count)} are shown.`,
  empty: {
    title: 'Nothing is on its way',
    text: 'What you send shows up here until all of it has left: held for the time to undo, running, paused; and some hours longer with what became of it. Something that is to go later waits under Scheduled.',
    scheduled: (facts: { count: number; next: string }) =>
      facts.count === 1
        ? `One sending is scheduled: ${facts.next}.`
        : `${f.n(facts.count)} sendings are scheduled, the next one: ${facts.next}.`,
    showScheduled: 'Show what is scheduled',
    action: 'Write a message',
  },
  row: {
    progress: (name: string) => `Progress of ${name}`,
    handed: (facts: { done: number; total: number }) => `${f.n(facts.done)} of ${f.n(facts.total)}`,
    rate: (perSecond: string) => `${perSecond} a second`,
    finish: (time: string) => `done about ${time}`,
    cost: (money: string) => `${money} so far`,
    estimate: (money: string) => `about ${money}`,
    people,
    undoLeft: (left: number) => `${seconds(left)} to undo`,
    leaving: 'leaving now',
    goes: (time: string) => `goes out ${time}`,
    afterQuiet: 'when the quiet hours are over',
    gone: (facts: { done: number; total: number }) => `${f.n(facts.done)} of ${f.n(facts.total)} have gone`,
    checking: (count: number) => `${f.n(count)} being looked up in the log`,
    canary: (count: number) => `the first ${f.n(count)} go ahead`,
    heldBy: { here: 'this computer must be on', gateway: 'MiM SMS holds it' },
  },
  why: {
    user: 'You paused it.',
    credentials: 'MiM SMS refuses the user name or password. Correct them in Settings, then resume.',
    password: 'The password is not known since the restart. Type it in Settings, then resume.',
    credits: 'The balance is used up. Top up at MiM SMS, then resume.',
    refusals: '20 messages in a row were refused. Look at the reasons before you go on.',
    vault: 'The password of the account cannot be read. Repair the password store in Settings, then resume.',
    network: 'Waiting for the internet. It goes on by itself.',
    overdue: 'The program was not running when it was to leave. Nothing has left since.',
    canary: 'One of the first messages was refused; the others wait. Look at the reason before you go on.',
  },
  actions: {
    for: (facts: { action: string; name: string }) => `${facts.action}: ${facts.name}`,
    undo: 'Undo',
    pause: 'Pause',
    resume: 'Resume',
    cancel: { rest: 'Cancel the rest', whole: 'Cancel', callBack: 'Call back' },
    sendNow: 'Send now',
    reschedule: 'Change time',
    open: 'Open',
  },
  sendNow: {
    title: 'Send now?',
    text: (facts: { name: string; count: number }) =>
      `“${facts.name}” goes to ${people(facts.count)} at once instead of at its time.`,
  },
  cancelled: (count: number) => `${messages(count)} cancelled.`,
  planned: {
    empty: {
      title: 'Nothing is scheduled',
      text: 'Choose “Later” or “Repeat” beside the button that sends, and it waits here until its time.',
    },
    label: 'Scheduled sendings',
    zone: (zone: string) => `Times as clocks in ${zone} show them, where no other zone is named`,
  },
  calendar: {
    label: 'Calendar of what is planned',
    previous: 'Month before',
    next: 'Month after',
    today: 'Today',
    zone: (zone: string) => `Times as clocks in ${zone} show them`,
    entries: (count: number) => `${f.n(count)} planned`,
    more: (count: number) => `${f.n(count)} more`,
    dayEmpty: 'Nothing is planned for this day.',
    capped: 'More is planned in this month than can be shown; the days at its end may be incomplete.',
    repeated: 'repeated',
    waiting: 'stopped',
  },
  uncertain: {
    title: 'What became of these is not known',
    text: 'The connection broke before the answer came, and the log of MiM SMS could not tell either. Ask one of the receivers, then decide.',
    which: 'Which ones',
    undecided: 'Waiting for your decision',
    checking: 'Being looked up',
    checkingText:
      'These are being looked for in the log of MiM SMS. Usually that settles itself within a minute.',
    label: 'Uncertain messages',
    columns: { number: 'Number', text: 'Message', created: 'Written', price: 'Price' },
    choose: (number: string) => `Choose ${number}`,
    chooseAll: 'Choose all that are shown',
    chosen: (count: number) => `${messages(count)} chosen`,
    arrived: 'It arrived',
    again: 'Send again',
    arrivedTitle: (count: number) => `Count ${messages(count)} as arrived?`,
    arrivedText: (count: number) =>
      `${messages(count)} will count as taken by MiM SMS and will not be sent again. If one did not arrive, that person gets nothing.`,
    againTitle: (count: number) => `Send ${messages(count)} again?`,
    againText: (count: number) =>
      `${messages(count)} will be sent again. A person whose first message did arrive gets it twice, and it is charged twice.`,
    confirmArrived: 'Count as arrived',
    confirmAgain: (count: number) => `Send ${messages(count)} again`,
    settled: (count: number) => `${messages(count)} settled.`,
    empty: {
      title: 'No message is uncertain',
      text: 'When the connection breaks in the middle of a sending, the log of MiM SMS is asked first. Only what it cannot tell comes here.',
    },
    emptyChecking: { title: 'Nothing is being looked up', text: 'Every answer of MiM SMS has arrived.' },
  },
};
