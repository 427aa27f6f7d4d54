import type { Plan, Warning } from '#shared/ipc/plan.ts';
import { i18n } from '../i18n/i18n.svelte.ts';
import { DHAKA, differsFromDhaka } from './time-zones.ts';
import { leftOutFor, peopleAsked } from './plan-counts.ts';

/** The end of the quiet hours as the clocks show it in Dhaka, and here where that differs. `at` in ms. */
function quietEnd(at: number): string {
  const words = i18n.t.compose.warnings;
  const here = differsFromDhaka(at) ? i18n.longDateTime(at) : null;
  return words.dhaka({ time: i18n.longDateTime(at, DHAKA), here });
}

type SameCampaign = Extract<Warning, { kind: 'same-campaign' }>;

/** Who of a campaign with the same words got it word for word lately; null where nobody did. A time is said once. */
function closelyWords({ overlap, closely, at, waiting }: SameCampaign, now: number): string | null {
  if (!closely) return null;
  const words = i18n.t.compose.warnings;
  const facts = { count: closely.people, isAll: closely.people === overlap };
  if (closely.latestAt > now) {
    return words.closelyPlanned({ ...facts, time: i18n.dateTime(closely.latestAt) });
  }
  const age = i18n.age(closely.latestAt);
  const isSaid = closely.people === 1 || waiting === overlap || age === i18n.age(at);
  return words.closely({ ...facts, age: isSaid ? null : age });
}

function sameCampaignWords(warning: SameCampaign, people: number, now: number): string {
  const words = i18n.t.compose.warnings;
  const { overlap, waiting, name, at } = warning;
  const facts = { overlap, people, name, closely: closelyWords(warning, now) };
  if (at > now) return words.sameCampaignPlanned({ ...facts, time: i18n.dateTime(at) });
  const age = i18n.age(at);
  return waiting === overlap
    ? words.sameCampaignWaiting({ ...facts, age })
    : words.sameCampaign({ ...facts, age, waiting });
}

/** Whether somebody whom a warning is about has the same still ahead, so that not everybody got it already. `now` in ms. */
export function isAhead(warning: Warning, now: number): boolean {
  if (warning.kind === 'same-campaign') return warning.at > now || warning.waiting > 0;
  return warning.kind === 'same-person' && (warning.latestAt > now || warning.waiting > 0);
}

/** What a guard has found, in one sentence with its numbers. `now` in ms. */
export function warningSentence(warning: Warning, plan: Plan, now: number): string {
  const words = i18n.t.compose.warnings;
  switch (warning.kind) {
    case 'same-campaign':
      return sameCampaignWords(warning, peopleAsked(plan), now);
    case 'same-person': {
      const facts = { count: warning.people, people: peopleAsked(plan) };
      if (warning.latestAt > now) {
        return words.samePersonPlanned({ ...facts, time: i18n.dateTime(warning.latestAt) });
      }
      return warning.waiting === warning.people
        ? words.samePersonWaiting(facts)
        : words.samePerson({ ...facts, age: i18n.age(warning.latestAt), waiting: warning.waiting });
    }
    case 'balance':
      return words.balance({
        missing: i18n.money(warning.missing),
        waiting: warning.waiting.micros > 0 ? i18n.money(warning.waiting) : null,
        balance: plan.balance ? i18n.money(plan.balance) : null,
        cost: plan.cost ? i18n.money(plan.cost) : null,
      });
    case 'over-cap':
      return words.overCap[warning.which]({ people: warning.people, limit: warning.limit });
    case 'quiet-hours':
      return warning.at === null ? words.quietIgnored : words.quiet(quietEnd(warning.at));
  }
}

/** What was decided about the warnings of a plan, a line for each. `now` in ms. */
export function decisionLines(plan: Plan, now: number): string[] {
  const words = i18n.t.compose.warnings;
  const leftOut = leftOutFor(plan, 'repeat');
  const lines = plan.warnings.flatMap((warning) => {
    const isRepeat = warning.kind === 'same-campaign' || warning.kind === 'same-person';
    if (!isRepeat) return [warningSentence(warning, plan, now)];
    return warning.stops ? [words.again(warningSentence(warning, plan, now))] : [];
  });
  return leftOut > 0 ? [words.repeatsLeftOut(leftOut), ...lines] : lines;
}
