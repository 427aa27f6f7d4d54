import type { Space } from '#shared/ids.ts';
import type { CampaignPhase, CampaignView, PauseReason, StateCounts } from '#shared/ipc/campaign-view.ts';
import type { Money } from '#shared/money.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { Rules } from '#shared/rules/rules.ts';
import type { SendingAccount } from '../../account-access.ts';
import type { SendingState } from '../../sending-state.ts';
import type { CampaignRow } from './queries.ts';
import { FAILED_STATES } from './retry-parts.ts';
import type { ViewQueries } from './view-queries.ts';

/** What a campaign waits for beside its turn. */
type Waits = {
  /** Its time, here or at the gateway. */
  readonly here: boolean;
  readonly atGateway: boolean;
  /** The end of the quiet hours. */
  readonly quiet?: boolean;
};

/** The phase of a campaign, computed from its rows alone; nothing ever sets "finished". */
export function phaseOf(
  counts: StateCounts,
  undecided: number,
  paused: boolean,
  waits: Waits = { here: false, atGateway: false },
): CampaignPhase {
  const queued = counts.queued ?? 0;
  const moving = queued + (counts.submitting ?? 0);
  const held = counts.held ?? 0;
  const uncertain = counts.uncertain ?? 0;
  if (paused && moving + held > 0) return 'paused';
  if (held > 0 && moving === 0) return waits.here ? 'scheduled' : 'held';
  // What had left when the quiet hours began is let come to its end.
  if (waits.quiet && queued > 0 && queued === moving) return 'quiet';
  if (moving > 0 || uncertain > undecided) return 'sending';
  if (undecided > 0) return 'review';
  const awaited = (counts.accepted ?? 0) + (counts['at-operator'] ?? 0);
  if (awaited > 0) return waits.atGateway ? 'scheduled' : 'awaiting-reports';
  return 'finished';
}

/** Phases in which messages wait by themselves, so that quiet hours can be in their way. */
const MAY_MEET_QUIET: readonly CampaignPhase[] = ['held', 'scheduled', 'quiet'];

/** The head of a campaign's page at a moment (ms). */
export function campaignView(
  row: CampaignRow,
  at: {
    readonly space: Space;
    readonly queries: ViewQueries;
    readonly account: SendingAccount | null;
    readonly sending: SendingState;
    readonly rules: Rules;
    readonly now: number;
  },
): CampaignView {
  const { space, queries, account, sending, now } = at;
  const states = queries.counts(row.id);
  const counts: StateCounts = Object.fromEntries(states.map(({ state, count }) => [state, count]));
  const undecided = counts.uncertain === undefined ? 0 : queries.undecided(row.id);
  const total = states.reduce((sum, { count }) => sum + count, 0);
  const networkGone = sending.networkGone(row.account_id) && (counts.queued ?? 0) > 0;
  const pauseReason: PauseReason | null = row.pause_reason ?? (networkGone ? 'network' : null);
  const waiting = row.send_at !== null && row.send_at > now;
  const isUnsent = (counts.queued ?? 0) + (counts.held ?? 0) > 0;
  const quiet =
    row.quiet === 1 && isUnsent
      ? quietUntil(at.rules, row.class, Math.max(row.send_at ?? 0, row.held_until, now))
      : null;
  // What was called off waits for nothing, also where its row is still to be reached.
  const open = row.cancelled_at === null ? counts : { ...counts, held: 0, queued: 0 };
  const phase = phaseOf(open, undecided, pauseReason !== null, {
    // Until the undo window has ended a scheduled sending is held like any other.
    here: waiting && now >= row.held_until,
    atGateway: waiting && row.held_by === 'gateway',
    quiet: quiet !== null,
  });
  const isToWait = MAY_MEET_QUIET.includes(phase);
  const rate = phase === 'sending' ? sending.ratePerSecond(row.id) : null;
  const left = (counts.queued ?? 0) + (counts.submitting ?? 0);
  const { charged, expected, currency, other } = queries.charged(row.id);
  // Amounts of several currencies make no sum, and an estimate in another one compares with nothing.
  const money = (micros: number | null): Money | null =>
    micros === null || currency !== other ? null : { micros, currency: currency ?? row.price_currency ?? '' };
  const isComparable = currency === null || row.price_currency === currency;
  return {
    id: row.id,
    space,
    accountId: row.account_id,
    accountName: account?.name ?? '',
    name: row.name,
    text: row.text,
    sender: row.sender,
    encoding: row.encoding,
    partsPerMessage: row.parts_per_message,
    partsMin: row.parts_min ?? row.parts_per_message,
    partsMax: row.parts_max ?? row.parts_per_message,
    merged: row.merged === 1,
    createdAt: row.created_at,
    heldUntil: phase === 'held' ? row.held_until : null,
    sendAt: row.send_at,
    heldBy: row.held_by,
    phase,
    pauseReason: phase === 'paused' ? pauseReason : null,
    planned: row.planned,
    counts,
    undecided,
    equationHolds: total === row.planned,
    takenBack: phase === 'finished' && (counts.cancelled ?? 0) > 0 && queries.isUndone(row.id),
    ratePerSecond: rate,
    timeLeft: rate ? Math.round((left * 1000) / rate) : null,
    estimated: estimateOf(row, total - (counts['left-out'] ?? 0)),
    charged: money(charged),
    estimatedOfCharged: isComparable ? money(expected) : null,
    transactionClass: row.class,
    zone: row.zone,
    quietUntil: isToWait ? quiet : null,
    quietZone: isToWait && quiet !== null ? at.rules.quiet.zone : null,
    canary: canaryOf(row, counts),
    retryOf: row.retry_of,
    retries: queries.retries(row.id),
    automatic: row.automatic === 1,
    seriesId: row.series_id,
    failed: failedOf(row, counts, queries),
  };
}

/** What was expected of a campaign when it was planned; older ones have the price of a part alone. */
function estimateOf(row: CampaignRow, messages: number): Money | null {
  if (row.price_currency === null) return null;
  if (row.estimate_micros !== null) return { micros: row.estimate_micros, currency: row.price_currency };
  const parts = row.parts_planned ?? row.parts_per_message * messages;
  return row.price_micros === null
    ? null
    : { micros: row.price_micros * parts, currency: row.price_currency };
}

/** How those fared that went ahead of the others. Where nothing follows them any more, they were the last. */
function canaryOf(row: CampaignRow, counts: StateCounts): CampaignView['canary'] {
  if (row.canary === 0) return null;
  if (row.canary_until === null) return { size: row.canary, state: 'passed' };
  const follows = (counts.held ?? 0) + (counts.queued ?? 0) + (counts.submitting ?? 0) > 0;
  const stopped = row.pause_reason === 'canary' || !follows;
  return { size: row.canary, state: stopped ? 'stopped' : 'waiting' };
}

function failedOf({ id }: CampaignRow, counts: StateCounts, queries: ViewQueries): number {
  const failed = FAILED_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return failed > 0 && queries.isRetried(id) ? queries.unrepeated(id) : failed;
}
