import { SegmentedMessage } from 'sms-segments-calculator';
import { split } from 'split-sms';
import { countParts } from '#shared/sms/parts.ts';
import { mixedTexts } from './count-texts.ts';
import { median, type BenchRow } from './row.ts';

const TEXTS = 20_000;
const ROUNDS = 10;
const WARM_UP = 2_000;

const NAMES = ['ours', 'sms-segments-calculator', 'split-sms'] as const;
type Name = (typeof NAMES)[number];

const COUNTERS: Readonly<Record<Name, (text: string) => number>> = {
  ours: (text) => countParts(text).parts,
  'sms-segments-calculator': (text) => new SegmentedMessage(text).segmentsCount,
  'split-sms': (text) => split(text, { summary: true }).parts.length,
};

/** Counts every text; gives texts a second and the sum of parts, which keeps the work from being optimised away. */
function measure(
  texts: readonly string[],
  count: (text: string) => number,
): { perSecond: number; parts: number } {
  const started = performance.now();
  let parts = 0;
  for (const text of texts) parts += count(text);
  return { perSecond: texts.length / ((performance.now() - started) / 1000), parts };
}

/**
 * Part counting against the two published libraries on 20,000 mixed texts (Latin, Bangla, emoji), texts a second.
 * All take turns in every round and each figure is the median of the rounds, so a busy machine slows all alike.
 * sms-segments-calculator needs about a minute for all texts, so each round gives it another tenth of them.
 */
export async function run(): Promise<BenchRow[]> {
  const texts = mixedTexts(TEXTS);
  const speeds: Record<Name, number[]> = { ours: [], 'sms-segments-calculator': [], 'split-sms': [] };
  const parts: Record<Name, number> = { ours: 0, 'sms-segments-calculator': 0, 'split-sms': 0 };
  measure(texts, COUNTERS.ours);
  measure(texts, COUNTERS['split-sms']);
  measure(texts.slice(0, WARM_UP), COUNTERS['sms-segments-calculator']);
  for (let round = 0; round < ROUNDS; round++) {
    const tenth = texts.filter((_, index) => index % ROUNDS === round);
    for (const name of NAMES) {
      const slow = name === 'sms-segments-calculator';
      const result = measure(slow ? tenth : texts, COUNTERS[name]);
      speeds[name].push(result.perSecond);
      parts[name] = slow ? parts[name] + result.parts : result.parts;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const ours = median(speeds.ours);
  return NAMES.filter((name) => name !== 'ours').map((name) => {
    const peer = median(speeds[name]);
    const note = `${TEXTS} texts, median of ${ROUNDS} rounds; parts: ours ${parts.ours}, theirs ${parts[name]}`;
    return { name: `count/${name}`, ours, peer, peerName: name, ratio: ours / peer, unit: '/s', note };
  });
}
