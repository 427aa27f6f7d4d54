import { MICROS } from '#shared/money.ts';
import type { Rules } from '#shared/rules/rules.ts';

/** The guards that are a number. */
export type NumberRule = {
  [Key in keyof Rules]: Rules[Key] extends number | null ? Key : never;
}[keyof Rules];

/** A number of the form: its bounds (those of the engine's contract) in the unit that is shown, and what stands for "off". */
export type GuardField = {
  readonly rule: NumberRule;
  readonly min: number;
  readonly max: number;
  /** Absent where the guard cannot be switched off. */
  readonly off?: 0 | null;
  /** What one of the unit shown is in the rule. */
  readonly scale?: number;
};

/** The numbers of the form by the part they stand in, in their order. */
export const GUARD_FIELDS = {
  before: [
    { rule: 'holdSeconds', min: 5, max: 120 },
    { rule: 'typedCountPeople', min: 1, max: 1_000_000, off: null },
    { rule: 'typedCountMicros', min: 0, max: 100_000_000, off: null, scale: MICROS },
    { rule: 'canary', min: 1, max: 100, off: 0 },
    { rule: 'canaryOver', min: 1, max: 1_000_000 },
  ],
  repeats: [
    { rule: 'samePersonMinutes', min: 1, max: 10_080, off: 0 },
    { rule: 'sameCampaignHours', min: 1, max: 720, off: 0 },
  ],
  limits: [
    { rule: 'perCampaign', min: 1, max: 200_000, off: null },
    { rule: 'perDay', min: 1, max: 10_000_000, off: null },
    { rule: 'urgentUpTo', min: 1, max: 50, off: 0 },
  ],
  again: [
    { rule: 'overdueMinutes', min: 1, max: 1_440 },
    { rule: 'retryRefused', min: 1, max: 10, off: 0 },
  ],
} as const satisfies Record<string, readonly GuardField[]>;
