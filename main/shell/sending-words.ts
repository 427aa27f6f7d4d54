import type { RepeatStop, SendingEnd, SendingProgress } from '#shared/ipc/host.ts';
import type { ShellLanguage } from './shell-words.ts';

/** A short text with its heading, for a notification or a question. */
export type Notice = { readonly title: string; readonly body: string };

/** What the tray, the notifications and the question before quitting say. */
export type SendingWords = {
  readonly open: string;
  readonly stayInTray: string;
  readonly keepRunning: string;
  /** One line: what is on its way. */
  state(now: SendingProgress): string;
  /** The question before quitting, while something is still to be sent. */
  notLeft(now: SendingProgress): Notice;
  /** Says once where the program is. */
  stayed(where: 'tray' | 'minimized'): Notice;
  ended(end: SendingEnd): Notice;
  repeatStopped(stop: RepeatStop): Notice;
};

/** As the page writes numbers and times: grouped by lakh, day before month. */
const LOCALES = { en: ['en-IN', 'en-GB'], bn: ['bn-BD', 'bn-BD'] } as const;

function formats(language: ShellLanguage) {
  const [numbers, dates] = LOCALES[language];
  const number = new Intl.NumberFormat(numbers);
  const share = new Intl.NumberFormat(numbers, { style: 'percent', maximumFractionDigits: 0 });
  const moment = new Intl.DateTimeFormat(dates, {
    ...{ weekday: 'short', day: 'numeric', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  });
  return {
    n: (value: number) => number.format(value),
    // Whole only when it is whole: 99.6 % are not all.
    percent: (value: number) => share.format(Math.floor(value * 100) / 100),
    time: (at: number) => moment.format(at),
  };
}

const STOPS_EN: Record<RepeatStop['reason'], string> = {
  overdue: 'The program was not running at its time.',
  'more-people': 'It would go to many more people than you confirmed.',
  balance: 'The balance is too low.',
  guard: 'A guard objects.',
  account: 'Its account is no longer here.',
  other: 'It could not be sent.',
};

function english(): SendingWords {
  const { n, percent, time } = formats('en');
  const messages = (count: number): string => (count === 1 ? '1 message' : `${n(count)} messages`);
  return {
    open: 'Open MiM SMS Desktop',
    stayInTray: 'Stay in the tray',
    keepRunning: 'Keep running',
    state({ fraction, waiting, paused, isPaused, nextAt }) {
      if (fraction !== null && !isPaused) return `${messages(waiting)} to go (${percent(fraction)} done)`;
      if (isPaused && paused > 0) return `Paused: ${messages(paused)} to go`;
      if (nextAt !== null) return `Next sending: ${time(nextAt)}`;
      return waiting > 0 ? `${messages(waiting)} to go` : 'Nothing is waiting to be sent';
    },
    notLeft({ fraction, waiting, paused, nextAt }) {
      const title = `${messages(waiting)} ${waiting === 1 ? 'has' : 'have'} not left.`;
      if (nextAt !== null && waiting === 0) {
        return {
          title: `A sending is planned for ${time(nextAt)}.`,
          body: 'It leaves only while the program is running.',
        };
      }
      const due = nextAt === null ? null : `The next sending is due ${time(nextAt)}.`;
      const onlyRunning = 'It leaves only while the program is running.';
      const rest = waiting - paused;
      if (paused > 0) {
        const one = paused === 1;
        const who = rest > 0 ? n(paused) : one ? 'It' : 'They';
        const stay = `${who} ${one ? 'stays paused until you resume it' : 'stay paused until you resume them'} in the program`;
        const go =
          rest > 0 ? `; ${n(rest)} ${rest === 1 ? 'goes' : 'go'} out when the program is opened again` : '';
        return { title, body: `${stay}${go}.${due === null ? '' : ` ${due} ${onlyRunning}`}` };
      }
      if (due !== null && fraction === null) return { title, body: `${due} ${onlyRunning}` };
      return { title, body: `${rest === 1 ? 'It goes' : 'They go'} on when the program is opened again.` };
    },
    stayed: (where) => ({
      title: 'MiM SMS Desktop is still running',
      body:
        where === 'tray'
          ? 'It goes on sending. Its icon in the tray opens the window and quits the program.'
          : 'It goes on sending, minimised, because this desktop shows no tray.',
    }),
    ended: ({ space, name, kind, sent, failed, uncertain }) => ({
      title: `${space === 'practice' ? 'Practice: ' : ''}“${name}” ${kind === 'sent' ? 'has been sent' : 'stopped and needs you'}`,
      body: `${n(sent)} sent, ${n(failed)} failed, ${n(uncertain)} ${kind === 'sent' ? 'uncertain' : 'open or uncertain'}`,
    }),
    repeatStopped: ({ space, name, reason }) => ({
      title: `${space === 'practice' ? 'Practice: ' : ''}“${name}” has stopped and needs you`,
      body: `${STOPS_EN[reason]} Nothing more of it goes out until you decide.`,
    }),
  };
}

const STOPS_BN: Record<RepeatStop['reason'], string> = {
  overdue: 'নির্ধারিত সময়ে প্রোগ্রাম চালু ছিল না।',
  'more-people': 'আপনি যতজনকে নিশ্চিত করেছিলেন তার চেয়ে অনেক বেশি জনের কাছে যেত।',
  balance: 'ব্যালেন্স কম।',
  guard: 'একটি সতর্কতা আটকে দিয়েছে।',
  account: 'এর অ্যাকাউন্টটি আর নেই।',
  other: 'এটি পাঠানো যায়নি।',
};

function bangla(): SendingWords {
  const { n, percent, time } = formats('bn');
  return {
    open: 'MiM SMS Desktop খুলুন',
    stayInTray: 'ট্রেতে চালু রাখুন',
    keepRunning: 'চালু রাখুন',
    state({ fraction, waiting, paused, isPaused, nextAt }) {
      if (fraction !== null && !isPaused) return `আর ${n(waiting)}টি মেসেজ বাকি (${percent(fraction)} শেষ)`;
      if (isPaused && paused > 0) return `থামানো আছে: আর ${n(paused)}টি মেসেজ বাকি`;
      if (nextAt !== null) return `এর পরে পাঠানো হবে: ${time(nextAt)}`;
      return waiting > 0 ? `আর ${n(waiting)}টি মেসেজ বাকি` : 'পাঠানোর মতো কিছু বাকি নেই';
    },
    notLeft({ fraction, waiting, paused, nextAt }) {
      const title = `${n(waiting)}টি মেসেজ এখনো যায়নি।`;
      if (nextAt !== null && waiting === 0) {
        return {
          title: `একটি পাঠানো নির্ধারিত আছে: ${time(nextAt)}।`,
          body: 'প্রোগ্রাম চালু থাকলে তবেই এটি যাবে।',
        };
      }
      const due = nextAt === null ? null : `এর পরে পাঠানো হবে ${time(nextAt)}। প্রোগ্রাম চালু থাকলে তবেই যাবে।`;
      const rest = waiting - paused;
      if (paused > 0) {
        const stay = `${rest > 0 ? `${n(paused)}টি আপনি` : 'আপনি'} প্রোগ্রামে আবার না চালালে ${rest > 0 ? '' : 'এগুলো '}থেমেই থাকবে`;
        const go = rest > 0 ? `; ${n(rest)}টি প্রোগ্রাম আবার খুললে যাবে` : '';
        return { title, body: `${stay}${go}।${due === null ? '' : ` ${due}`}` };
      }
      if (due !== null && fraction === null) return { title, body: due };
      return { title, body: 'প্রোগ্রাম আবার খুললে এগুলো যেতে থাকবে।' };
    },
    stayed: (where) => ({
      title: 'MiM SMS Desktop এখনো চলছে',
      body:
        where === 'tray'
          ? 'মেসেজ পাঠানো চলছে। ট্রের আইকন থেকে উইন্ডো খোলা ও প্রোগ্রাম বন্ধ করা যায়।'
          : 'মেসেজ পাঠানো চলছে। এই কম্পিউটারে ট্রে দেখা যায় না, তাই উইন্ডোটি নামিয়ে রাখা হয়েছে।',
    }),
    ended: ({ space, name, kind, sent, failed, uncertain }) => ({
      title: `${space === 'practice' ? 'অনুশীলন: ' : ''}“${name}” ${kind === 'sent' ? 'পাঠানো হয়েছে' : 'থেমে গেছে, আপনাকে দেখতে হবে'}`,
      body: `${n(sent)}টি গেছে, ${n(failed)}টি ব্যর্থ, ${n(uncertain)}টি ${kind === 'sent' ? 'অনিশ্চিত' : 'বাকি বা অনিশ্চিত'}`,
    }),
    repeatStopped: ({ space, name, reason }) => ({
      title: `${space === 'practice' ? 'অনুশীলন: ' : ''}“${name}” থেমে গেছে, আপনাকে দেখতে হবে`,
      body: `${STOPS_BN[reason]} আপনি সিদ্ধান্ত না দিলে এর আর কিছু যাবে না।`,
    }),
  };
}

/** The words of a language. */
export const sendingWords = (language: ShellLanguage): SendingWords =>
  language === 'bn' ? bangla() : english();
