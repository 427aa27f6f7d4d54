import * as v from 'valibot';

const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));

/** A time of day as a clock on the wall shows it, `HH:MM`. */
export const WallTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/u));
export type WallTime = v.InferOutput<typeof WallTime>;

/** The name of a time zone (IANA), one that this computer knows. */
export const ZoneName = v.pipe(v.string(), v.maxLength(60), v.check(isZone, 'No such time zone'));

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * What keeps a sending from going wrong, as an office set it. `0` or `null` switches a guard off. Every value is read when it is
 * needed, so that a change acts at once, also on what is planned already.
 */
export const Rules = v.object({
  /** Seconds for which a sending is held with Undo. */
  holdSeconds: whole(5, 120),
  /** Above so many people the user types their number; `null`: never because of people. */
  typedCountPeople: v.nullable(whole(1, 1_000_000)),
  /** Above so much money (millionths of the account's currency) the user types the number too; `null`: never because of money. */
  typedCountMicros: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** So many messages of a large sending go ahead; the others wait until all of them were taken. 0: no canary. */
  canary: whole(0, 100),
  /** A sending to more people than this is large. */
  canaryOver: whole(1, 1_000_000),
  /** Minutes within which the same person is not to get the same text twice; 0: never asked. */
  samePersonMinutes: whole(0, 10_080),
  /** Hours within which the same campaign text for some of the same people is asked about; 0: never asked. */
  sameCampaignHours: whole(0, 720),
  /**
   * When messages do not leave: from `from` until `until` in `zone`, over midnight where `from` is the later one. Equal times are refused:
   * nobody could say whether they mean the whole day, in which nothing would ever leave, or none of it.
   */
  quiet: v.pipe(
    v.object({
      applies: v.picklist(['promotional', 'all', 'none']),
      from: WallTime,
      until: WallTime,
      zone: ZoneName,
    }),
    v.check(({ from, until }) => from !== until, 'The quiet hours end when they begin'),
  ),
  /** People one sending reaches at most; those over it are left out. `null`: the program's own limit alone. */
  perCampaign: v.nullable(whole(1, 200_000)),
  /** Messages of one day (in the zone of the quiet hours) at most; those over it are left out. `null`: no limit. */
  perDay: v.nullable(whole(1, 10_000_000)),
  /** A sending that is later than this many minutes, because the program did not run, is not sent before the user is asked. */
  overdueMinutes: whole(1, 1_440),
  /** A sending to at most so many people goes ahead of larger ones. 0: strictly in order. */
  urgentUpTo: whole(0, 50),
  /** Times that a message is tried again whose refusal is called temporary. Nothing was charged for these. */
  retryRefused: whole(0, 10),
  /** Sends again by itself, once, to those whose delivery failed for a while only. Each is charged again. */
  retryUndelivered: v.boolean(),
});
export type Rules = v.InferOutput<typeof Rules>;

/** What holds until somebody changes it. */
export const DEFAULT_RULES: Rules = {
  holdSeconds: 10,
  typedCountPeople: 500,
  typedCountMicros: 1_000_000_000,
  canary: 5,
  canaryOver: 100,
  samePersonMinutes: 60,
  sameCampaignHours: 24,
  quiet: { applies: 'promotional', from: '21:00', until: '09:00', zone: 'Asia/Dhaka' },
  perCampaign: 20_000,
  perDay: 50_000,
  overdueMinutes: 15,
  urgentUpTo: 5,
  retryRefused: 3,
  retryUndelivered: false,
};
