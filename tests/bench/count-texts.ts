const LATIN =
  'Dear parent, the fee of class {n} is due on {d}. Please pay at the office before 2 pm [counter 3] or call 01712345678. ' +
  'Thank you for your kind cooperation with the school; books are ready & waiting at €5 each.';
const BANGLA =
  'প্রিয় অভিভাবক, {n} শ্রেণির বেতন {d} তারিখের মধ্যে অফিসে জমা দিন। বিস্তারিত জানতে ফোন করুন ০১৭১২৩৪৫৬৭৮ নম্বরে। ' +
  'আপনার সহযোগিতার জন্য বিদ্যালয় কর্তৃপক্ষ কৃতজ্ঞ; বইগুলো অফিস থেকে সংগ্রহ করা যাবে।';
const EMOJI = ['😀', '🎉', '👨‍👩‍👧‍👦', '🇧🇩', '❤️', '🙏🏽'];

/** A small linear congruential generator: the same numbers on every machine and in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

/**
 * Texts as offices send them, 20 to 400 characters: half Latin, two fifths Bangla, one tenth with emoji. Every one is
 * different and is built as its own flat string, so that no engine can count a shared piece only once.
 */
export function mixedTexts(howMany: number, seed = 20_160_314): string[] {
  const next = generator(seed);
  const texts: string[] = [];
  for (let i = 0; i < howMany; i++) {
    const kind = next(1000) % 10;
    const source = (kind < 5 ? LATIN : kind < 9 ? BANGLA : next(2) === 0 ? LATIN : BANGLA).repeat(2);
    const length = 20 + next(380);
    let text = source
      .slice(0, length)
      .replaceAll('{n}', String(1 + next(10)))
      .replaceAll('{d}', String(i));
    if (kind === 9) {
      for (let k = 0; k <= next(6); k++) text += ` ${EMOJI[next(EMOJI.length)] ?? ''}`;
    }
    texts.push(Array.from(text).join(''));
  }
  return texts;
}
