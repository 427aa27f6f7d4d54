/** Ways to spell a text in letters that cost less (facts of the platform, "Advanced"). */
export const TRANSLITERATIONS = [
  'TURKISH',
  'GREEK',
  'CYRILLIC',
  'SERBIAN_CYRILLIC',
  'BULGARIAN_CYRILLIC',
  'CENTRAL_EUROPEAN',
  'BALTIC',
  'PORTUGUESE',
  'COLOMBIAN',
  'NON_UNICODE',
  'ALL',
  'NONE',
] as const;

/** One of {@link TRANSLITERATIONS}. */
export type Transliteration = (typeof TRANSLITERATIONS)[number];

/** Letters whose accent is part of them, so that decomposing leaves them alone. */
const LATIN = pairs('ı i|ł l|Ł L|đ d|Đ D|ħ h|Ħ H|ŧ t|Ŧ T|œ oe|Œ OE|“ "|” "|„ "|‘ \'|’ \'|– -|— -|… ...');

const GREEK = pairs(
  'Α A|Β B|Ε E|Ζ Z|Η H|Ι I|Κ K|Μ M|Ν N|Ο O|Ρ P|Τ T|Υ Y|Χ X|α A|β B|γ Γ|δ Δ|ε E|ζ Z|η H|θ Θ|ι I|κ K|λ Λ|μ M|ν N|' +
    'ξ Ξ|ο O|π Π|ρ P|σ Σ|ς Σ|τ T|υ Y|φ Φ|χ X|ψ Ψ|ω Ω',
);

const CYRILLIC_LOWER = pairs(
  'а a|б b|в v|г g|д d|е e|ж zh|з z|и i|й j|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х h|ц c|ч ch|ш sh|щ sht|' +
    'ъ a|ы y|ь j|э e|ю yu|я ya|ђ dj|ј j|љ lj|њ nj|ћ c|џ dz|ё yo',
);

const CYRILLIC = new Map(
  [...CYRILLIC_LOWER].flatMap(([from, to]) => [
    [from, to] as const,
    [from.toUpperCase(), to.charAt(0).toUpperCase() + to.slice(1)] as const,
  ]),
);

function pairs(list: string): ReadonlyMap<string, string> {
  return new Map(
    list.split('|').map((pair) => {
      const blank = pair.indexOf(' ');
      return [pair.slice(0, blank), pair.slice(blank + 1)] as const;
    }),
  );
}

/** Letters of the GSM alphabet that carry an accent and therefore stay. */
const KEPT = /[àèéùìòÇØøÅåÆæÉÄÖÑÜäöñü]/;

/** Spells a text in another way; characters that a way does not know stay, so that nothing is lost. */
export function transliterate(text: string, way: Transliteration | null): string {
  if (way === null || way === 'NONE') return text;
  const tables = tablesOf(way);
  return [...text]
    .map((char) => {
      for (const table of tables) {
        const spelt = table.get(char);
        if (spelt !== undefined) return spelt;
      }
      return KEPT.test(char) || !tables.includes(LATIN) ? char : withoutAccent(char);
    })
    .join('');
}

function tablesOf(way: Transliteration): readonly ReadonlyMap<string, string>[] {
  if (way === 'ALL' || way === 'NON_UNICODE') return [LATIN, GREEK, CYRILLIC];
  if (way === 'GREEK') return [GREEK];
  return way.endsWith('CYRILLIC') ? [CYRILLIC] : [LATIN];
}

/** Only of Latin letters: a Bangla vowel sign is a mark too, and belongs to the word. */
function withoutAccent(char: string): string {
  return /\p{Script=Latin}/u.test(char) ? char.normalize('NFD').replaceAll(/\p{Mn}/gu, '') : char;
}
