import type { Space } from '#shared/ids.ts';
import type { CampaignPhase, CampaignView, PauseReason, StateCounts } from '#shared/ipc/campaigns.ts';
import type { SendingAccount } from '../../account-access.ts';
import type { SendingState } from '../../sending-state.ts';
import type { CampaignRow, StateRow } from './queries.ts';

/** The phase of a campaign, computed from its rows alone; nothing ever sets "finished". */
export function phaseOf(
  counts: StateCounts,
  undecided: number,
  paused: boolean,
  waits: { readonly here: boolean; readonly atGateway: boolean } = { here: false, atGateway: false },
): CampaignPhase {
  const queued = counts.queued ?? 0;
  const moving = queued + (counts.submitting ?? 0);
  const held = counts.held ?? 0;
  const uncertain = counts.uncertain ?? 0;
  if (paused && moving + held > 0) return 'paused';
  if (held > 0 && moving === 0) return waits.here ? 'scheduled' : 'held';
  if (moving > 0 || uncertain > undecided) return 'sending';
  if (undecided > 0) return 'review';
  const awaited = (counts.accepted ?? 0) + (counts['at-operator'] ?? 0);
  if (awaited > 0) return waits.atGateway ? 'scheduled' : 'awaiting-reports';
  return 'finished';
}

/** The head of a campaign's page. */
export function campaignView(
  space: Space,
  row: CampaignRow,
  states: readonly StateRow[],
  undecided: number,
  account: SendingAccount | null,
  sending: SendingState,
  now: number,
): CampaignView {
  const counts: StateCounts = Object.fromEntries(states.map(({ state, count }) => [state, count]));
  const total = states.reduce((sum, { count }) => sum + count, 0);
  const networkGone = sending.networkGone(row.account_id) && (counts.queued ?? 0) > 0;
  const pauseReason: PauseReason | null = row.pause_reason ?? (networkGone ? 'network' : null);
  const waiting = row.send_at !== null && row.send_at > now;
  const phase = phaseOf(counts, undecided, pauseReason !== null, {
    // Until the undo window has ended a scheduled sending is held like any other.
    here: waiting && now >= row.held_until,
    atGateway: waiting && row.held_by === 'gateway',
  });
  const rate = phase === 'sending' ? sending.ratePerSecond(row.id) : null;
  const left = (counts.queued ?? 0) + (counts.submitting ?? 0);
  const messages = total - (counts['left-out'] ?? 0);
  const parts = row.parts_planned ?? row.parts_per_message * messages;
  const charged = states.filter((state) => state.charged !== null);
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
    ratePerSecond: rate,
    timeLeft: rate ? Math.round((left * 1000) / rate) : null,
    estimated:
      row.price_micros === null || row.price_currency === null
        ? null
        : { micros: row.price_micros * parts, currency: row.price_currency },
    charged:
      charged.length === 0
        ? null
        : {
            micros: charged.reduce((sum, state) => sum + (state.charged ?? 0), 0),
            currency: charged[0]?.currency ?? row.price_currency ?? '',
          },
  };
}
