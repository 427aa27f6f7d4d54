import { describe, expect, it } from 'vitest';
import type { MessageState } from '#shared/sms/message-state.ts';
import { stateAfter } from '../../../main/engine/features/reports/precedence.ts';
import type { GatewayReport } from '../../../main/engine/gateways/gateway.ts';

const report = (groupId: number | null, id: number | null, doneAt: number | null = null): GatewayReport => ({
  gatewayMessageId: 'g',
  bulkId: null,
  to: null,
  from: null,
  text: null,
  sentAt: null,
  doneAt,
  parts: null,
  pricePerPart: null,
  mccmnc: null,
  status: { id, groupId, groupName: null, name: null, description: null, action: null },
  error: null,
  raw: {},
});
const row = (state: MessageState, doneAt: number | null = null) => ({
  id: 1,
  campaign_id: 1,
  state,
  done_at: doneAt,
});

describe('what a report may change', () => {
  it.each<[MessageState, GatewayReport, MessageState | null]>([
    ['accepted', report(3, 5), 'delivered'],
    ['accepted', report(3, 2), 'at-operator'],
    ['accepted', report(2, 9), 'undeliverable'],
    ['accepted', report(4, 15), 'expired'],
    ['accepted', report(5, 10), 'rejected'],
    ['at-operator', report(3, 5), 'delivered'],
    ['uncertain', report(3, 5), 'delivered'],
    ['no-final-report', report(3, 5), 'delivered'],
  ])('%s moves on', (state, given, expected) => {
    expect(stateAfter(row(state), given)).toBe(expected);
  });

  it.each<[string, MessageState, GatewayReport]>([
    ['an old pending log entry', 'delivered', report(1, 3)],
    ['an old operator report', 'delivered', report(3, 2)],
    ['a pending report after the operator took it', 'at-operator', report(1, 7)],
    ['what the answer had already said', 'refused', report(5, 10)],
    ['a status nobody knows', 'accepted', report(null, 99)],
    ['a report about a message that was cancelled', 'cancelled', report(3, 5)],
    ['a report about a message that is queued again', 'queued', report(3, 5)],
  ])('%s changes nothing', (_what, state, given) => {
    expect(stateAfter(row(state), given)).toBeNull();
  });

  it('lets only a later final report replace a final state', () => {
    expect(stateAfter(row('undeliverable', 2_000), report(3, 5, 3_000))).toBe('delivered');
    expect(stateAfter(row('delivered', 2_000), report(2, 9, 1_000))).toBeNull();
  });
});
