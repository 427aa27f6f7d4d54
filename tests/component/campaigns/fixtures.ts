import type { CampaignView, MessageRow } from '#shared/ipc/campaign-view.ts';
import { MESSAGE_STATES, type MessageState } from '#shared/sms/message-state.ts';

const NOW = Date.UTC(2026, 10, 22, 9, 30);

/** A campaign of 12 practice messages in the middle of its sending. */
export function campaign(over: Partial<CampaignView> = {}): CampaignView {
  return {
    id: 7,
    space: 'practice',
    accountId: 'practice',
    accountName: 'Practice',
    name: 'Parents meeting on Sunday',
    text: 'Dear parents, the meeting is on Sunday at ten.',
    sender: 'Practice',
    encoding: 'GSM-7',
    partsPerMessage: 1,
    partsMin: 1,
    partsMax: 1,
    merged: false,
    createdAt: NOW,
    heldUntil: null,
    sendAt: null,
    heldBy: null,
    phase: 'sending',
    pauseReason: null,
    planned: 12,
    counts: { delivered: 6, accepted: 3, refused: 1, queued: 2 },
    undecided: 0,
    equationHolds: true,
    ratePerSecond: 4,
    timeLeft: 65_000,
    estimated: { micros: 4_200_000, currency: 'BDT' },
    charged: { micros: 3_150_000, currency: 'BDT' },
    estimatedOfCharged: { micros: 3_500_000, currency: 'BDT' },
    transactionClass: null,
    zone: null,
    quietUntil: null,
    quietZone: null,
    canary: null,
    retryOf: null,
    retries: [],
    seriesId: null,
    failed: 0,
    ...over,
  };
}

/** A message with everything a table shows. */
export function message(id: number, state: MessageState, over: Partial<MessageRow> = {}): MessageRow {
  return {
    id,
    campaignId: 7,
    origin: 'here',
    msisdn: `88017${String(10_000_000 + id)}`,
    input: `017${String(10_000_000 + id)}`,
    sender: 'Practice',
    text: 'Dear parents, the meeting is on Sunday at ten.',
    state,
    reason: null,
    statusId: null,
    statusName: null,
    errorId: null,
    errorName: null,
    parts: 1,
    price: { micros: 350_000, currency: 'BDT' },
    gatewayMessageId: `id-${id}`,
    mccmnc: '47001',
    createdAt: NOW - id * 1000,
    sentAt: NOW,
    doneAt: NOW,
    changedAt: NOW,
    ...over,
  };
}

/** A list of `total` messages read the way the engine gives them: ids ascending, the cursor is the last id. */
export function pages(total: number) {
  const all = Array.from({ length: total }, (_, index) =>
    message(index + 1, MESSAGE_STATES[index % MESSAGE_STATES.length] ?? 'queued'),
  );
  return ({ cursor, limit, states }: { cursor?: string; limit: number; states?: MessageState[] }) => {
    const wanted = states ? all.filter((row) => states.includes(row.state)) : all;
    const rest = wanted.filter((row) => row.id > Number(cursor ?? 0));
    const rows = rest.slice(0, limit);
    const last = rows.at(-1);
    return { rows, ...(rest.length > limit && last ? { next: String(last.id) } : {}) };
  };
}
