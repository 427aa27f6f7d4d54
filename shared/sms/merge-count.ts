import { SEPTETS } from './gsm7.ts';
import { fillMerge, valueOf, type MergePlace, type MergeText, type MergeValues } from './merge-fields.ts';
import { countParts, type Encoding } from './parts.ts';

/** What the message of one recipient costs, in the units the network bills. */
export type MergedCount = {
  readonly encoding: Encoding;
  /** Septets in GSM-7, UTF-16 units in UCS-2. */
  readonly units: number;
  readonly parts: number;
  /** Keys of fields that have neither value nor fallback, each once. */
  readonly empty: readonly string[];
};

const NONE: readonly string[] = [];
const SURROGATE = /[\ud800-\udfff]/;

/**
 * Gives a function that counts the message of one recipient, always exactly what `countParts` says of the filled text. What all
 * messages have in common is looked at only once, and the text is not built unless a pair might straddle two parts.
 */
export function createMergeCounter(merge: MergeText): (values: MergeValues) => MergedCount {
  const literal = merge.pieces.filter((piece) => typeof piece === 'string').join('');
  const places = merge.pieces.filter((piece) => typeof piece !== 'string');
  const literalSeptets = septetsOf(literal);
  const literalPaired = SURROGATE.test(literal);
  return (values) => {
    let units = literal.length;
    let septets = literalSeptets;
    let paired = literalPaired;
    let empty = NONE;
    for (const place of places) {
      const value = valueOf(values, place.key);
      if (value === null && place.fallback === null) empty = withKey(empty, place);
      const text = value ?? place.fallback ?? '';
      units += text.length;
      const more = septets < 0 ? -1 : septetsOf(text);
      septets = more < 0 ? -1 : septets + more;
      paired ||= more < 0 && SURROGATE.test(text);
    }
    if (septets >= 0) {
      if (septets <= 160) return { encoding: 'GSM-7', units: septets, parts: septets === 0 ? 0 : 1, empty };
      if (septets === units) {
        return { encoding: 'GSM-7', units, parts: Math.ceil(units / 153), empty };
      }
    } else {
      if (units <= 70) return { encoding: 'UCS-2', units, parts: 1, empty };
      if (!paired) return { encoding: 'UCS-2', units, parts: Math.ceil(units / 67), empty };
    }
    const counted = countParts(fillMerge(merge, values).text);
    return { encoding: counted.encoding, units: counted.units, parts: counted.parts, empty };
  };
}

const withKey = (keys: readonly string[], { key }: MergePlace): readonly string[] =>
  keys.includes(key) ? keys : [...keys, key];

/** Septets of a text in GSM-7; -1 when it is not GSM-7. */
function septetsOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const septets = SEPTETS[text.charCodeAt(i)];
    if (!septets) return -1;
    sum += septets;
  }
  return sum;
}
