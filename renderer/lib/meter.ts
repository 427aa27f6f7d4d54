import { adviseSaving, type Advice } from '#shared/sms/advice.ts';
import { hasBangla } from '#shared/sms/bangla.ts';
import { unicodeForcing, type ForcingChar } from '#shared/sms/forcing.ts';
import { countParts, splitParts, type Part } from '#shared/sms/parts.ts';
import { textLimits } from '#shared/sms/text-limits.ts';

/** How the meter names the alphabet that a text is billed in. */
export type Script = 'latin' | 'bangla' | 'unicode';

/** Everything the part meter and the marks in the editor show about a text. */
export type Meter = {
  readonly script: Script;
  /** Septets or UTF-16 units, as billed. */
  readonly units: number;
  /** Units that fit into the present number of parts. */
  readonly capacity: number;
  readonly parts: number;
  readonly advice: Advice;
  /** UTF-16 indexes at which the second and later parts begin. */
  readonly boundaries: readonly number[];
  readonly pieces: readonly Part[];
  /** Characters that force Unicode on a text that would otherwise not need it; none in a Bangla text. */
  readonly forcing: readonly ForcingChar[];
  /** UTF-16 units over the account's limit, 0 when it fits. */
  readonly tooLong: number;
};

/** Looks at a text the way the network bills it. */
export function meterOf(text: string): Meter {
  const { encoding, units, parts, perPart, unitsLeft } = countParts(text);
  const isBangla = hasBangla(text);
  const pieces = splitParts(text).parts;
  const limits = textLimits(text);
  const last = pieces.at(-1);
  const before = pieces.slice(0, -1).reduce((sum, part) => sum + part.units, 0);
  return {
    script: encoding === 'GSM-7' ? 'latin' : isBangla ? 'bangla' : 'unicode',
    units,
    /* Where a pair was moved whole to the next part, the part it left holds one unit less. */
    capacity: last ? before + last.units + unitsLeft : perPart,
    parts,
    advice: adviseSaving(text),
    boundaries: pieces.slice(1).map((part) => part.start),
    pieces,
    forcing: isBangla || encoding === 'GSM-7' ? [] : unicodeForcing(text),
    tooLong: limits.ok ? 0 : limits.error.over,
  };
}

/** A character to replace, with how often it occurs and where it stands first. */
export type ForcingKind = Pick<ForcingChar, 'char' | 'replacement'> & {
  readonly count: number;
  readonly first: ForcingChar;
};

/** The forcing characters, each kind once, in the order in which they first occur. */
export function forcingKinds(forcing: readonly ForcingChar[]): ForcingKind[] {
  const kinds = new Map<string, { first: ForcingChar; count: number }>();
  for (const one of forcing) {
    const known = kinds.get(one.char);
    if (known) known.count++;
    else kinds.set(one.char, { first: one, count: 1 });
  }
  return [...kinds.values()].map(({ first, count }) => ({
    char: first.char,
    replacement: first.replacement,
    count,
    first,
  }));
}

/** The text with one kind of character replaced wherever it has its GSM-7 twin. */
export function replaceKind(text: string, forcing: readonly ForcingChar[], char: string): string {
  let result = '';
  let from = 0;
  for (const one of forcing) {
    if (one.char !== char || one.replacement === null) continue;
    result += text.slice(from, one.index) + one.replacement;
    from = one.index + one.length;
  }
  return result + text.slice(from);
}
