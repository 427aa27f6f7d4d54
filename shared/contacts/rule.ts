import * as v from 'valibot';

const RowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Text = v.pipe(v.string(), v.maxLength(200));
/** Days counted back from now; ten years at most. */
const Days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3_660));

/** How a text is compared: folded as searches are (Bangla digits as Latin ones, lower case). `less` and `more` compare numbers. */
export const TextTest = v.picklist([
  'is',
  'is-not',
  'contains',
  'contains-not',
  'starts-with',
  'empty',
  'filled',
  'less',
  'more',
]);
export type TextTest = v.InferOutput<typeof TextTest>;

/**
 * How a date is compared. `before` and `after` take a date (`2026-11-22`), `within-next` a number of days from today in which the
 * day and month come round again (birthdays).
 */
export const DateTest = v.picklist(['before', 'after', 'within-next']);
export type DateTest = v.InferOutput<typeof DateTest>;

/** What happened with any number of the person: within the last `days`, not within them, ever, or never. */
export const HistoryTest = v.picklist(['within', 'not-within', 'ever', 'never']);
export type HistoryTest = v.InferOutput<typeof HistoryTest>;

/** One condition of a rule. */
export const Condition = v.variant('about', [
  v.object({ about: v.literal('name'), test: TextTest, value: Text }),
  v.object({ about: v.literal('note'), test: TextTest, value: Text }),
  v.object({ about: v.literal('field'), field: RowId, test: TextTest, value: Text }),
  v.object({ about: v.literal('date'), field: RowId, test: DateTest, value: Text }),
  /** Digits that the first number begins with, in any usual writing. */
  v.object({ about: v.literal('number'), value: Text }),
  /** Who gave the first number out, by its prefix: a hint, for people keep their number when they change operator. */
  v.object({ about: v.literal('operator'), value: Text }),
  v.object({ about: v.literal('group'), test: v.picklist(['in', 'not-in']), group: RowId }),
  v.object({
    about: v.literal('flag'),
    flag: v.picklist(['do-not-message', 'dead', 'several-numbers']),
    value: v.boolean(),
  }),
  v.object({
    about: v.picklist(['sent', 'delivered', 'failed', 'received']),
    test: HistoryTest,
    days: v.optional(Days),
  }),
  v.object({ about: v.literal('added'), test: v.picklist(['within', 'not-within']), days: Days }),
  v.object({ about: v.literal('import'), import: RowId }),
]);
export type Condition = v.InferOutput<typeof Condition>;

/** Conditions that all, or of which any, must hold; nested at most three deep (deeper is refused). */
export type Rule = { match: 'all' | 'any'; of: (Condition | Rule)[] };

const rule = (depth: number): v.GenericSchema<Rule> =>
  v.object({
    match: v.picklist(['all', 'any']),
    of: v.pipe(v.array(depth > 1 ? v.union([Condition, rule(depth - 1)]) : Condition), v.maxLength(30)),
  });

/** Schema of {@link Rule}. A rule without conditions finds everybody. */
export const Rule: v.GenericSchema<Rule> = rule(3);
