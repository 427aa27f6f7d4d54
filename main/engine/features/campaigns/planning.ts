import { appError, type AppError } from '#shared/errors.ts';
import type { SendRequest, Warning } from '#shared/ipc/plan.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { dayStart } from '#shared/rules/day-start.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { Rules } from '#shared/rules/rules.ts';
import type { AccountAccess, SendingAccount } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import { createTurns } from '../../turns.ts';
import { without, type Merged, type Recipients } from '../recipients/service.ts';
import type { RulesService } from '../rules/service.ts';
import { costsOf, type Costs } from './costs.ts';
import type { Operators } from './networks.ts';
import { timingOf, type Timing } from './quiet.ts';
import type { RepeatQueries } from './repeat-queries.ts';
import { findRepeats, type Repeats } from './repeats.ts';
import { scheduleFault } from './schedule.ts';
import type { WaitingCosts } from './waiting-costs.ts';

/** More than any day and less than two (ms); and longer than any quiet hours last. */
const OVER_A_DAY_MS = 36 * 3_600_000;

/** No messages are repeated on purpose. */
const NONE: ReadonlySet<number> = new Set();

/** A request after every guard was asked. */
export type Considered = {
  readonly account: SendingAccount;
  /** Who gets what; those whom a guard left out are among the left out. */
  readonly all: Merged;
  readonly costs: Costs;
  readonly warnings: Warning[];
  /** The balance does not pay for it beside what else leaves soon. That it is short for what is planned for later is a warning alone. */
  readonly isShortSoon: boolean;
  /** People whom the warnings of a repetition are about, those left out because of it among them. */
  readonly repeated: number;
  readonly timing: Timing;
  /** The rules that were asked. */
  readonly rules: Rules;
};

/** The words of a campaign as it keeps them: without fields the text is the same for everybody, its escapes resolved. */
export function wordsOf(request: SendRequest, all: Merged): string {
  const [first] = all.people;
  return all.merged || !first ? request.text : all.textOf(first);
}

/** Works out what a request means, asking every guard. It writes nothing. `hold`: how long a new campaign is held now, ms. */
export function createPlanning(deps: {
  readonly clock: Clock;
  readonly accounts: AccountAccess;
  readonly recipients: Pick<Recipients, 'all'>;
  readonly rules: Pick<RulesService, 'current'>;
  readonly repeats: RepeatQueries;
  readonly operators: Operators;
  readonly waitingCosts: WaitingCosts;
  readonly hold: () => number;
}) {
  const { clock, accounts, recipients, repeats, operators } = deps;

  /** Messages that leave, or left, on the day of a time. What was made later than now, before the clock was set back, counts as now. */
  async function messagesOnDay(rules: Rules, at: number, now: number): Promise<number> {
    const turns = createTurns();
    const from = dayStart(rules.quiet.zone, at);
    const until = dayStart(rules.quiet.zone, from + OVER_A_DAY_MS);
    const isThen = (time: number) => time >= from && time < until;
    let count = 0;
    for (const campaign of repeats.leaving({ from: from - OVER_A_DAY_MS, until, now })) {
      const waits = campaign.quiet === 1 ? quietUntil(rules, campaign.class, campaign.at) : null;
      if (!isThen(waits ?? campaign.at) && !(campaign.ahead === 1 && isThen(now))) continue;
      count += repeats.messagesOf(campaign.id);
      await turns.turn();
    }
    return count;
  }

  /** Whether it answers what its one recipient wrote since anything was sent there: then that the words are the same is no accident. */
  const answers = ({ isAnswer = false }: SendRequest, { people: [person, ...more] }: Merged): boolean =>
    isAnswer &&
    person !== undefined &&
    more.length === 0 &&
    repeats.isWaitingForAnswer(person.msisdn, clock.now());

  /** Leaves out those over the limits, the first ones stay. */
  async function capped(
    all: Merged,
    rules: Rules,
    { at, now }: { readonly at: number; readonly now: number },
  ): Promise<{ all: Merged; warnings: Warning[] }> {
    const people = all.people.length;
    const { perCampaign, perDay } = rules;
    const today = perDay === null ? 0 : await messagesOnDay(rules, at, now);
    const forCampaign = perCampaign ?? people;
    const forDay = perDay === null ? people : Math.max(0, perDay - today);
    const overCampaign = Math.max(0, people - forCampaign);
    const overDay = Math.max(0, Math.min(people, forCampaign) - forDay);
    if (overCampaign + overDay === 0) return { all, warnings: [] };
    const kept = await without(all, (index) =>
      index >= forCampaign ? 'over-cap' : index >= forDay ? 'over-day-cap' : null,
    );
    const over = (which: 'campaign' | 'day', limit: number | null, count: number): Warning[] =>
      count === 0 || limit === null ? [] : [{ kind: 'over-cap', stops: true, which, limit, people: count }];
    return {
      all: kept,
      warnings: [...over('campaign', perCampaign, overCampaign), ...over('day', perDay, overDay)],
    };
  }

  /**
   * `NOT_FOUND` for an account that is gone, `INVALID_SCHEDULE`, and the refusals of gathering recipients. Everything is read anew, so
   * that what was queued or changed a moment ago counts. `series`: the one that it is an occurrence of; `wanted`: messages that it is to repeat.
   */
  return async function consider(
    request: SendRequest,
    series: number | null = null,
    wanted: ReadonlySet<number> = NONE,
  ): Promise<Result<Considered, AppError>> {
    if (!accounts.get(request.accountId)) return err(appError('NOT_FOUND'));
    const late = request.sendAt === undefined ? null : scheduleFault(request.sendAt, clock.now());
    if (late) return err(late);
    const asked = await recipients.all(request);
    if (!asked.ok) return asked;
    const rules = deps.rules.current();
    const now = clock.now();
    const timing = timingOf(request, rules, accounts.capabilitiesOf(request.accountId), {
      now,
      hold: deps.hold(),
    });
    const at = timing.quiet?.at ?? timing.sendAt ?? now;
    const words = wordsOf(request, asked.value);
    const found = await findRepeats(repeats, { all: asked.value, words, at, now, series, wanted }, rules);
    const leaves = request.leaveOutRepeats === true;
    const fresh = leaves
      ? await without(asked.value, (index) => (found.has(index) ? 'repeat' : null))
      : asked.value;
    const { all, warnings: caps } = await capped(fresh, rules, { at, now });
    const account = accounts.get(request.accountId);
    if (!account) return err(appError('NOT_FOUND'));
    const costs = await costsOf(all, request, account, accounts.prices(account.id), operators);
    const waiting = await deps.waitingCosts(account, now);
    const warnings = [
      ...repeatWarnings(found, !leaves && !answers(request, all)),
      ...caps,
      // Nobody is there to say that a plan for next month may wait for its money.
      ...balanceWarnings(account, costs, series === null ? waiting.all : waiting.soon),
      ...(timing.quiet ? [timing.quiet] : []),
    ];
    const isShortSoon = balanceWarnings(account, costs, waiting.soon).length > 0;
    return ok({ account, all, costs, warnings, isShortSoon, repeated: found.people, timing, rules });
  };
}

function repeatWarnings({ campaigns, others }: Repeats, stops: boolean): Warning[] {
  const same = campaigns.map(({ id, name, at, overlap, waiting, closely }): Warning => ({
    ...{ kind: 'same-campaign', stops, campaignId: id, name, at, overlap, waiting, closely },
  }));
  return others ? [...same, { kind: 'same-person', stops, ...others }] : same;
}

/** `waiting`: what the balance has to pay for already, see {@link WaitingCosts}. */
function balanceWarnings({ balance }: SendingAccount, { total }: Costs, waiting: number): Warning[] {
  const { money } = balance;
  if (!money || !total || money.currency !== total.currency) return [];
  const missing = total.micros + waiting - money.micros;
  // Who has nothing to pay is not told about what others cost.
  if (missing <= 0 || total.micros === 0) return [];
  const { currency } = total;
  return [
    {
      kind: 'balance',
      stops: true,
      missing: { micros: missing, currency },
      waiting: { micros: waiting, currency },
    },
  ];
}
