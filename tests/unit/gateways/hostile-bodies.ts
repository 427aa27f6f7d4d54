/** Random numbers below `n`, the same for the same seed (mulberry32). */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

type Spoil = (body: string, pick: (n: number) => number, other: string) => string;

const JUNK = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '<',
    '>',
    '</',
    '/>',
    '&',
    ';',
    '=',
    "'",
    '\\',
    '\\u',
    '\u0000',
    '\ud83d',
  ],
  ...[
    'null',
    '-1',
    '1e400',
    '9'.repeat(400),
    '-0',
    '0x10',
    'NaN',
    'true',
    '{}',
    '[]',
    '""',
    '[[[[',
    'undefined',
  ],
  ...[
    '&amp;',
    '&#0;',
    '&#x10FFFF;',
    '&xx;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '<!DOCTYPE r>',
    '\u202e',
  ],
  ...[
    '"__proto__":{"x":1},',
    '<__proto__>1</__proto__>',
    'constructor',
    '<results>',
    '</results>',
    '"results":',
  ],
];

const SPOILS: readonly Spoil[] = [
  (body, pick) => body.slice(0, pick(body.length)),
  (body, pick) => body.slice(pick(body.length)),
  (body, pick) => {
    const at = pick(body.length);
    return body.slice(0, at) + String.fromCharCode(body.charCodeAt(at) ^ (1 << pick(7))) + body.slice(at + 1);
  },
  (body, pick) => {
    const at = pick(body.length);
    return body.slice(0, at) + (JUNK[pick(JUNK.length)] ?? '') + body.slice(at + pick(4));
  },
  (body, pick, other) => body.slice(0, pick(body.length)) + other.slice(pick(other.length)),
  (body, pick) => {
    const at = pick(body.length);
    return body.slice(0, at) + body.slice(at, at + pick(60)).repeat(1 + pick(200)) + body.slice(at);
  },
  // A value of another type: what stands after a colon, or between two tags.
  (body, pick) => {
    const values = [...body.matchAll(/:\s*("[^"]*"|[\d.]+|true|false)|>[^<]+</g)];
    const value = values[pick(values.length)];
    if (value === undefined) return body;
    const junk = JUNK[pick(JUNK.length)] ?? '';
    const edge = value[0].startsWith(':') ? `:${junk}` : `>${junk}<`;
    return body.slice(0, value.index) + edge + body.slice(value.index + value[0].length);
  },
  (body, pick) => {
    const depth = pick(3_000);
    return `${'['.repeat(depth)}${body}${']'.repeat(depth)}`;
  },
  (body, pick) => {
    const depth = pick(3_000);
    return `${'<a>'.repeat(depth)}${body}${'</a>'.repeat(depth)}`;
  },
];

/** As many bodies as asked for, each a sample that was spoilt one to five times; the same for the same seed. */
export function hostileBodies(samples: readonly string[], count: number, seed: number): readonly string[] {
  const pick = dice(seed);
  const one = <T>(list: readonly T[], fallback: T): T => list[pick(list.length)] ?? fallback;
  return Array.from({ length: count }, () => {
    let body = one(samples, '');
    for (let times = 1 + pick(5); times > 0; times--) {
      body = one(SPOILS, (same: string) => same)(body, pick, one(samples, ''));
      if (body.length > 200_000) body = body.slice(0, 200_000);
    }
    return body;
  });
}

const MEGA = 5_000_000;

/** Bodies whose size is the attack: long texts, many values, deep nesting, entity bombs, huge numbers. */
export const HUGE_BODIES: readonly (readonly [name: string, body: string])[] = [
  ['a text of 5 MB in JSON', `{"results":[{"messageId":"a","text":"${'x'.repeat(MEGA)}"}]}`],
  ['an open text of 5 MB', `{"results":"${'\\"'.repeat(MEGA / 2)}`],
  ['a number of 5 MB', `{"results":[{"messageId":${'9'.repeat(MEGA)}}]}`],
  ['a message id of 5 MB', `{"messages":[{"to":"${'8'.repeat(MEGA)}"}]}`],
  ['lists in lists', '['.repeat(MEGA)],
  ['objects in objects', '{"a":'.repeat(MEGA / 5)],
  ['commas', `[${','.repeat(MEGA)}]`],
  ['blanks', ' '.repeat(MEGA)],
  [
    'a text of 5 MB in XML',
    `<R><results><messageId>a</messageId><text>${'x'.repeat(MEGA)}</text></results></R>`,
  ],
  ['references of 5 MB', `<R><results>${'&amp;'.repeat(MEGA / 5)}</results></R>`],
  ['an attribute of 5 MB', `<R a="${'x'.repeat(MEGA)}"/>`],
  ['attributes without end', `<R ${'a="x" '.repeat(MEGA / 6)}`],
  ['elements in elements', '<a>'.repeat(MEGA / 3)],
  ['empty elements', `<R>${'<a/>'.repeat(MEGA / 4)}</R>`],
  ['open tags', '<a '.repeat(MEGA / 3)],
  ['open comments', `<R>${'<!--'.repeat(MEGA / 4)}`],
  ['open CDATA sections', `<R>${'<![CDATA['.repeat(MEGA / 9)}`],
  ['instructions', '<?x?>'.repeat(MEGA / 5)],
  [
    'an entity bomb',
    `<!DOCTYPE r [<!ENTITY a "${'ha'.repeat(100)}">${Array.from({ length: 20 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`).join('')}]><r>&u;</r>`,
  ],
];
