import { split } from 'split-sms';
import { createMergeCounter } from '#shared/sms/merge-count.ts';
import { fillMerge, parseMerge, type MergeText, type MergeValues } from '#shared/sms/merge-fields.ts';
import { createPartsTally } from '#shared/sms/merge-tally.ts';
import { median, type BenchRow } from './row.ts';

const MESSAGES = 100_000;
/** Messages the engine counts in one go before it looks for other work. */
const SLICE = 2_000;
const ROUNDS = 7;
/** Longest time in ms that a slice may keep the engine from other work. */
const LONGEST_SLICE = 50;

const TEXTS: Readonly<Record<string, string>> = {
  Latin:
    'Dear {{name|Customer}}, your bill of {{amount}} BDT for {{month}} is due on {{due date}}. Please pay at the counter ' +
    'before 2 pm [office 3] and keep the receipt. Thank you.',
  Bangla:
    'প্রিয় {{নাম|গ্রাহক}}, {{month}} মাসের বিদ্যুৎ বিল {{amount}} টাকা। {{due date}} তারিখের মধ্যে পরিশোধ করুন। ধন্যবাদ, সমিতি।',
};
const NAMES = [
  'Rahim Uddin',
  'মোছাঃ আয়েশা খাতুন',
  'Salma Begum',
  'আব্দুল করিম',
  '',
  'শ্রী রতন 😀',
  'Md. [Jamal] Hossain',
];
const MONTHS = ['November', 'নভেম্বর', 'December', 'ডিসেম্বর'];

function recipients(): MergeValues[] {
  return Array.from({ length: MESSAGES }, (_, at) => ({
    name: NAMES[at % NAMES.length] ?? '',
    number: `88017${String(at).padStart(8, '0')}`,
    amount: String((at * 7919) % 25_000),
    month: MONTHS[(at >> 3) % MONTHS.length] ?? '',
    'due date': `${String(1 + (at % 28))}/12/2026`,
  }));
}

type Run = { perSecond: number; parts: number; longestSlice: number };

/** Counts the messages of all in slices; the sum of the parts keeps the work from being optimised away. */
function measure(people: readonly MergeValues[], count: (values: MergeValues) => number): Run {
  let parts = 0;
  let longestSlice = 0;
  const started = performance.now();
  for (let from = 0; from < people.length; from += SLICE) {
    const sliceStarted = performance.now();
    for (const values of people.slice(from, from + SLICE)) parts += count(values);
    longestSlice = Math.max(longestSlice, performance.now() - sliceStarted);
  }
  return { perSecond: people.length / ((performance.now() - started) / 1000), parts, longestSlice };
}

function ours(merge: MergeText): (values: MergeValues) => number {
  const count = createMergeCounter(merge);
  const all = createPartsTally();
  return (values) => {
    const counted = count(values);
    all.add(counted);
    return counted.parts;
  };
}

function theirs(merge: MergeText): (values: MergeValues) => number {
  return (values) => split(fillMerge(merge, values).text, { summary: true }).parts.length;
}

/**
 * Counting a sending of 100,000 personal messages again, as after each change of its text: ours with the tally of all, the peer
 * the same merge with split-sms. Both take turns, each figure is the median of the rounds, in messages a second.
 */
export async function run(): Promise<BenchRow[]> {
  const people = recipients();
  const rows: BenchRow[] = [];
  for (const [name, text] of Object.entries(TEXTS)) {
    const parsed = parseMerge(text);
    if (!parsed.ok) throw new Error(`The text cannot be read: ${parsed.error.kind}`);
    const merge = parsed.value;
    const runs: { ours: Run[]; theirs: Run[] } = { ours: [], theirs: [] };
    measure(people.slice(0, SLICE * 5), ours(merge));
    measure(people.slice(0, SLICE * 5), theirs(merge));
    for (let round = 0; round < ROUNDS; round++) {
      runs.ours.push(measure(people, ours(merge)));
      runs.theirs.push(measure(people, theirs(merge)));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const own = median(runs.ours.map((one) => one.perSecond));
    const peer = median(runs.theirs.map((one) => one.perSecond));
    const slice = Math.max(...runs.ours.map((one) => one.longestSlice));
    const blocks = slice > LONGEST_SLICE ? `over ${LONGEST_SLICE} ms` : `never over ${LONGEST_SLICE} ms`;
    const note =
      `${MESSAGES} messages, median of ${ROUNDS} rounds; slices of ${SLICE} block ${slice.toFixed(1)} ms at most (${blocks}); ` +
      `parts: ours ${runs.ours[0]?.parts ?? 0}, theirs ${runs.theirs[0]?.parts ?? 0}`;
    rows.push({
      name: `recount/${name}`,
      ours: own,
      peer,
      peerName: 'merge + split-sms',
      ratio: own / peer,
      unit: '/s',
      note,
    });
  }
  return rows;
}
