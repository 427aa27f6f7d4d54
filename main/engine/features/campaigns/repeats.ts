import type { Rules } from '#shared/rules/rules.ts';
import { parseMerge } from '#shared/sms/merge-fields.ts';
import { OPEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { Merged } from '../recipients/service.ts';
import { earlierFingerprintOf, fingerprintOf } from './fingerprint.ts';
import type { EarlierCampaign, EarlierMessage, RepeatQueries } from './repeat-queries.ts';

/** A large sending may take days: its last messages are younger than it by no more than this (ms). */
const LONGEST_SENDING_MS = 48 * 3_600_000;

/** Messages that are read between two looks at the clock. */
const AT_ONCE = 500;

/** What is due and still here counts as leaving together with anything that leaves within this (ms): nobody knows when it goes on. */
const SOON_MS = 24 * 3_600_000;

/** An earlier campaign with the same words. `at` in ms. */
type SameCampaign = {
  readonly id: number;
  readonly name: string;
  readonly at: number;
  readonly overlap: number;
  /** Those of them for whom it still waits here. */
  readonly waiting: number;
  /** Those of them who got the very same text within the minutes of the rules, and when the last of them did (ms). */
  readonly closely: Closely | null;
};

type Closely = { readonly people: number; readonly latestAt: number };

/** Campaigns with the same words that are named; more would not be read. */
const NAMED = 5;

/** Whom a sending would bring what they have already, or are about to get. */
export type Repeats = {
  /** The newest ones, newest first, those with people of this sending only. */
  readonly campaigns: readonly SameCampaign[];
  /** People who got the very same text within the minutes of the rules, and not from these campaigns; `null`: nobody. */
  readonly others: (Closely & { readonly waiting: number }) | null;
  /** People of either kind, each counted once. */
  readonly people: number;
  /** Whether the person at a place is among either. */
  has(index: number): boolean;
};

const NONE: Repeats = { campaigns: [], others: null, people: 0, has: () => false };

/** What is sent: the words, when it would leave (ms), the series that it is an occurrence of, and the messages that it is to repeat. */
type Asked = {
  readonly all: Merged;
  readonly words: string;
  readonly at: number;
  readonly now: number;
  readonly series: number | null;
  readonly wanted: ReadonlySet<number>;
};

/**
 * Finds who has got the same already, or is about to. What counts is the time at which messages leave: planned ones at their time, waiting
 * ones now. Messages that were called off, turned down, left out or failed for good reached nobody, so that they are no repetition; and
 * what was sent again after a failure did. What was made later than now shows that the clock was set back: it counts as now too.
 */
export async function findRepeats(
  queries: RepeatQueries,
  { all, words, at, now, series, wanted }: Asked,
  rules: Pick<Rules, 'samePersonMinutes' | 'sameCampaignHours'>,
): Promise<Repeats> {
  const personMs = rules.samePersonMinutes * 60_000;
  const campaignMs = rules.sameCampaignHours * 3_600_000;
  const fingerprint = fingerprintOf(words);
  // Campaigns of earlier versions keep what stood for their words then.
  const fingerprints = new Set([fingerprint, earlierFingerprintOf(words)]);
  const within = Math.max(personMs, campaignMs);
  if (within === 0 || all.people.length === 0) return NONE;
  const isAlike = couldBe(words, all.merged);
  const earlier = [
    ...[...fingerprints]
      .flatMap((one) =>
        queries.alike({
          ...{ fingerprint: one, from: at - within - LONGEST_SENDING_MS },
          ...{ until: at + within, now },
        }),
      )
      .sort((one, other) => other.id - one.id),
    ...(personMs === 0
      ? []
      : queries
          .others({
            fingerprint,
            words,
            merged: all.merged ? 1 : 0,
            from: at - personMs - LONGEST_SENDING_MS,
            until: at + personMs,
            now,
          })
          .filter((one) => !fingerprints.has(one.fingerprint ?? '') && isAlike(one))),
  ];
  if (earlier.length === 0) return NONE;

  const turns = createTurns();
  const places = new Map<string, number>();
  for (const [index, { msisdn }] of all.people.entries()) {
    if (index % SLICE === 0) await turns.turn();
    places.set(msisdn, index);
  }
  /** Whether a person is in a campaign with the same words. */
  const met = new Uint8Array(all.people.length);
  /** Whether that one is named, and brought the very same text lately. */
  const isNamed = new Uint8Array(all.people.length);
  /** When a person got the very same text last (ms); 0: not lately. */
  const latest = new Float64Array(all.people.length);
  /** Whether one of those texts has not left yet. */
  const waits = new Uint8Array(all.people.length);
  const campaigns: SameCampaign[] = [];
  const ours = new Set(series === null ? [] : queries.ofSeries(series));
  for (const campaign of earlier) {
    // That its occurrences have the same words is what a series is for.
    const hasSameWords =
      campaignMs > 0 && fingerprints.has(campaign.fingerprint ?? '') && !ours.has(campaign.id);
    const people = new Set<number>();
    const waiting = new Set<number>();
    const closely = new Map<number, number>();
    for (let after = 0; ;) {
      await turns.turn();
      const messages = queries.messages(campaign.id, after, AT_ONCE);
      for (const message of messages) {
        after = message.id;
        const index = places.get(message.msisdn);
        const person = index === undefined ? undefined : all.people[index];
        if (index === undefined || !person || wanted.has(message.id)) continue;
        const leftAt = timeOf(message, campaign, now);
        const isDue = OPEN.includes(message.state) && leftAt === now && at - now <= SOON_MS;
        const apart = isDue
          ? 0
          : Math.min(Math.abs(at - leftAt), campaign.ahead === 1 ? Math.abs(at - now) : Infinity);
        const isWaiting = WAITING.includes(message.state);
        if (hasSameWords && apart <= campaignMs) {
          people.add(index);
          if (isWaiting) waiting.add(index);
        }
        const text = all.merged ? all.textOf(person) : words;
        if (personMs > 0 && apart <= personMs && (message.own_text ?? campaign.text) === text) {
          closely.set(index, campaign.ahead === 1 ? now : leftAt);
          if (isWaiting) waits[index] = 1;
        }
      }
      if (messages.length < AT_ONCE) break;
    }
    for (const [index, time] of closely) latest[index] = Math.max(latest[index] ?? 0, time);
    if (people.size === 0) continue;
    for (const index of people) met[index] = 1;
    // Those with the same words come newest first.
    if (campaigns.length === NAMED) continue;
    for (const index of closely.keys()) if (people.has(index)) isNamed[index] = 1;
    campaigns.push({
      ...{
        id: campaign.id,
        name: campaign.name,
        at: campaign.at,
        overlap: people.size,
        waiting: waiting.size,
      },
      closely: closelyOf([...closely].flatMap(([index, time]) => (people.has(index) ? [time] : []))),
    });
  }
  const has = (index: number): boolean => met[index] === 1 || latest[index] !== 0;
  const isOther = (time: number, index: number): boolean => time !== 0 && isNamed[index] !== 1;
  const others = closelyOf(latest.filter(isOther));
  return {
    campaigns,
    others: others && {
      ...others,
      waiting: latest.filter((time, index) => isOther(time, index) && waits[index] === 1).length,
    },
    people: all.people.reduce((count, _, index) => count + Number(has(index)), 0),
    has,
  };
}

/** What times (ms) at which people got the very same text come to; `null`: there is none. */
function closelyOf(times: Iterable<number>): Closely | null {
  let people = 0;
  let latestAt = -Infinity;
  for (const time of times) {
    people++;
    latestAt = Math.max(latestAt, time);
  }
  return people === 0 ? null : { people, latestAt };
}

/** Not on its way yet. What is `uncertain` may have left. */
const WAITING: readonly MessageState[] = ['held', 'queued'];

const OPEN: readonly MessageState[] = OPEN_STATES;

/** When a message left, or will (ms). */
function timeOf({ state, sent_at }: EarlierMessage, campaign: EarlierCampaign, now: number): number {
  // Its time came and it is still here: it leaves as soon as it can. What the gateway took for later leaves later.
  return Math.max(campaign.at, OPEN.includes(state) ? now : (sent_at ?? 0));
}

/**
 * Whether a text of a campaign with other words may, filled in, be the same as one of these. Only the words before the first field and
 * behind the last are compared: that spares looking at the messages of nearly every other campaign.
 */
function couldBe(words: string, merged: boolean): (earlier: EarlierCampaign) => boolean {
  const ours = endsOf(words, merged);
  return ({ text, merged: theirsMerged }) => {
    const theirs = endsOf(text, theirsMerged === 1);
    return (
      (ours.start.startsWith(theirs.start) || theirs.start.startsWith(ours.start)) &&
      (ours.end.endsWith(theirs.end) || theirs.end.endsWith(ours.end))
    );
  };
}

function endsOf(text: string, merged: boolean): { readonly start: string; readonly end: string } {
  const parsed = merged ? parseMerge(text) : null;
  if (!parsed?.ok) return { start: text, end: text };
  const first = parsed.value.pieces[0];
  const last = parsed.value.pieces.at(-1);
  return { start: typeof first === 'string' ? first : '', end: typeof last === 'string' ? last : '' };
}
