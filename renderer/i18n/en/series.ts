import { english as f } from '../format.ts';

const people = (count: number): string =>
  `${f.n(count)} ${f.plural(count, { one: 'person', other: 'people' })}`;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const ordinal = (day: number): string => {
  const last = day % 10;
  const suffix =
    day > 10 && day < 14 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${day}${suffix}`;
};

const goesNow = (facts: { name: string; count: number }): string =>
  `“${facts.name}” goes to ${people(facts.count)} now, and the later times stay as they are. After that there are a few seconds to undo it.`;

/** Words of sendings that are repeated, in the outbox and in Compose. */
export const series = {
  /** ISO order: Monday first. */
  days: DAYS,
  every: {
    daily: (every: number) => (every === 1 ? 'every day' : `every ${f.n(every)} days`),
    weekly: ({ every, days }: { every: number; days: string }) =>
      every === 1 ? `every ${days}` : `on ${days} of every ${f.n(every)} weeks`,
    monthly: (facts: { every: number; day: number }) =>
      `on the ${ordinal(facts.day)} of every ${facts.every === 1 ? 'month' : `${f.n(facts.every)} months`}`,
  },
  when: (facts: { every: string; time: string; zone: string; end: string | null }) =>
    `${facts.every} at ${facts.time}, ${facts.zone}${facts.end === null ? '' : `, ${facts.end}`}`,
  until: (day: string) => `until ${day}`,
  times: (count: number) => `${f.n(count)} ${f.plural(count, { one: 'time', other: 'times' })} in all`,

  loading: 'Reading…',
  empty: {
    title: 'Nothing is repeated',
    text: 'A reminder that goes out every month, a notice every Thursday: write it once and choose “Repeat” beside the button that sends.',
    action: 'Write a message',
  },
  listLabel: 'Sendings that are repeated',
  state: { active: 'Active', waiting: 'Stopped', ended: 'Ended' },
  to: people,
  next: (time: string) => `Next: ${time}`,
  nextWhenResumed: (time: string) => `Next when it goes on: ${time}`,
  then: (times: string) => `then ${times}`,
  sent: (count: number) =>
    count === 0 ? 'not sent yet' : `sent ${f.n(count)} ${f.plural(count, { one: 'time', other: 'times' })}`,
  last: 'Open the last one',
  trouble: {
    user: 'You stopped it. Nothing of it goes out until you let it go on.',
    overdue: (time: string) =>
      `The program was not running at its time, ${time}. That one was not sent, and nothing more goes out until you decide.`,
    'more-people': (facts: { now: number; before: number }) =>
      `It would go to ${people(facts.now)} now; you confirmed ${people(facts.before)}. Nothing was sent.`,
    refused: (reason: string) => `It could not be sent: ${reason} Nothing of it goes out until you decide.`,
  },
  warning: {
    'same-campaign': 'some of these people got this text lately.',
    'same-person': 'some of these people got the very same message lately.',
    balance: 'the balance is too low.',
    'over-cap': 'a limit would leave people out.',
    'quiet-hours': 'it would go out in the quiet hours.',
  },
  actions: {
    for: (facts: { action: string; name: string }) => `${facts.action}: ${facts.name}`,
    sendMissed: 'Send the missed one now',
    sendStopped: 'Send this one now',
    skip: 'Skip it and go on',
    accept: (count: number) => `Accept ${people(count)} and go on`,
    pause: 'Pause',
    resume: 'Go on',
    end: 'End it',
  },
  ask: {
    sendMissed: {
      title: 'Send the missed one now?',
      undecided: (name: string) => `“${name}” was not sent at its time. Decide first:`,
      text: goesNow,
      confirm: 'Send it now',
    },
    sendStopped: {
      title: 'Send the one that stopped?',
      undecided: (name: string) => `“${name}” was stopped before it was sent. Decide first:`,
      text: goesNow,
      confirm: 'Send it now',
    },
    nobodyLeft: 'Nobody is left whom it would go to. Go back and skip it, and it goes on with the next time.',
    accept: {
      title: (count: number) => `Send to ${people(count)} from now on?`,
      text: (facts: { now: number; before: number }) =>
        `The groups have grown from ${people(facts.before)} to ${people(facts.now)}. The one that stopped is skipped; the next times go to everybody.`,
      confirm: 'Accept and go on',
    },
    end: {
      title: 'End it for good?',
      text: (name: string) =>
        `“${name}” is not sent any more and cannot be begun again. What was sent stays. To stop it for a while, pause it instead.`,
      confirm: 'End it',
    },
    back: 'Back',
  },
  done: {
    skipped: 'That one is skipped. The later times stay.',
    resumed: 'It goes on.',
    paused: 'It is stopped. Nothing of it goes out until you let it go on.',
    ended: 'It has ended. What was sent stays.',
  },

  compose: {
    repeat: 'Repeat',
    choose: 'Choose how often',
    change: 'Change how often',
    title: 'How it is repeated',
    done: 'Done',
    pattern: 'How often',
    patterns: { daily: 'Daily', weekly: 'Weekly', monthly: 'Monthly' },
    interval: {
      daily: 'Every how many days',
      weekly: 'Every how many weeks',
      monthly: 'Every how many months',
    },
    intervalWrong: 'A whole number from 1 to 99.',
    daysLabel: 'On these days',
    noDays: 'Choose at least one day.',
    day: 'Day of the month',
    dayWrong: 'A whole number from 1 to 31.',
    dayHint: 'A month without this day takes its last day.',
    time: 'Time of day',
    timeWrong: 'Hours and minutes, for example 10:00.',
    from: 'First day',
    fromMissing: 'Choose the first day.',
    end: 'Ends',
    ends: { never: 'Never', until: 'On a day', times: 'After so many times' },
    until: 'Last day',
    untilMissing: 'Choose the last day.',
    untilEarly: 'The last day comes before the first.',
    count: 'How many times',
    countWrong: 'A whole number from 1 to 1,000.',
    next: 'Goes out',
    none: 'No such time is still to come.',
    guards:
      'Each time the groups are taken as they are then, and everything is checked anew. It stops and asks you where many more people would get it, a guard objects, or the program was not running at the time.',
    send: (facts: { people: number; practice: boolean }) =>
      `Send to ${f.n(facts.people)} each time${facts.practice ? ', for practice' : ''}`,
  },
  confirm: {
    title: 'Confirm repeated sending',
    practice: 'This is practice. Nothing leaves this computer and nothing is charged.',
    when: 'When',
    first: 'First time',
    people: 'People now',
    parts: 'Parts each time',
    cost: 'Cost each time, as it is now',
    sender: 'Sender',
    account: 'Account',
    unknownPrice: 'not known yet',
    typeCount: 'Type the number of recipients',
    typeHint: (count: number) => `Type ${f.n(count)} to confirm.`,
    typeWrong: (count: number) => `This is not ${f.n(count)}.`,
    changed: 'What would be sent has changed. Look again before you confirm.',
    lost: 'It is not known whether this was begun. Confirm again: it is begun once at most.',
    text: 'Each occurrence is held for a few seconds, so that it can be undone.',
    confirm: 'Confirm',
    confirmAgain: 'Confirm again',
    cancel: 'Back',
  },
};
