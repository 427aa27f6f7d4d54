import { describe, expect, it } from 'vitest';
import { joinParts } from '../../../main/engine/features/reports/join-parts.ts';
import type { GatewayReport } from '../../../main/engine/gateways/gateway.ts';

const GROUP: Readonly<Record<number, number>> = { 5: 3, 2: 3, 9: 2, 15: 4, 3: 1 };

const part = (statusId: number, doneAt: number): GatewayReport => ({
  gatewayMessageId: `p-${doneAt}`,
  bulkId: null,
  to: null,
  from: null,
  text: null,
  sentAt: null,
  doneAt,
  parts: 1,
  pricePerPart: null,
  mccmnc: null,
  status: {
    id: statusId,
    groupId: GROUP[statusId] ?? null,
    groupName: null,
    name: null,
    description: null,
    action: null,
  },
  error: null,
  raw: null,
});

const DELIVERED = 5;
const AT_OPERATOR = 2;
const WAITING = 3;

describe('a message whose parts are reported one by one', () => {
  it('is delivered when the last part is, at that time', () => {
    expect(joinParts([part(DELIVERED, 10), null, part(DELIVERED, 30)])).toBeNull();
    expect(joinParts([part(DELIVERED, 10), part(DELIVERED, 50), part(DELIVERED, 30)])).toMatchObject({
      status: { id: DELIVERED },
      doneAt: 50,
      parts: 3,
    });
  });

  it.each([9, 15])('fails with the first part that fails (status %i), whatever comes after', (failed) => {
    expect(joinParts([part(DELIVERED, 10), part(failed, 20), null])).toMatchObject({
      status: { id: failed },
    });
    expect(joinParts([part(failed, 20), part(DELIVERED, 30)])).toMatchObject({ status: { id: failed } });
  });

  it.each([AT_OPERATOR, WAITING])('is not delivered while a part is on its way (status %i)', (waiting) => {
    expect(joinParts([part(DELIVERED, 10), part(waiting, 20)])).toMatchObject({ status: { id: waiting } });
  });
});
