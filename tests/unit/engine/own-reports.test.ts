import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRequests, type AwaitedMessage } from '../../../main/engine/features/reports/own-reports.ts';

const message = (id: number, bulk: string | null): AwaitedMessage => ({
  id,
  gateway_message_id: `m${id}`,
  bulk_id: bulk,
});

describe('reports of our own messages', () => {
  it('are asked for by bulk where several of one are awaited, else by message', () => {
    const rows = [message(1, 'a'), message(2, 'a'), message(3, 'b'), message(4, null)];
    expect(nextRequests(rows, { byBulk: true, requests: 4, ids: 50 })).toEqual({
      requests: [{ bulkId: 'a' }, { messageIds: ['m3', 'm4'] }],
      upTo: null,
    });
  });

  it('are never asked for by bulk where the gateway knows none: it would give everything', () => {
    const rows = [message(1, 'a'), message(2, 'a')];
    expect(nextRequests(rows, { byBulk: false, requests: 4, ids: 1 }).requests).toEqual([
      { messageIds: ['m1'] },
      { messageIds: ['m2'] },
    ]);
  });

  it('are all asked for in the end, with a bounded number of requests each time', () => {
    const some = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null }), { maxLength: 40 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 3 }), (bulks, requests) => {
        const rows = bulks.map((bulk, i) => message(i + 1, bulk));
        const asked = new Set<string>();
        for (let rest = rows; rest.length > 0;) {
          const next = nextRequests(rest, { byBulk: true, requests, ids: 3 });
          expect(next.requests.length).toBeLessThanOrEqual(requests);
          for (const { bulkId, messageIds } of next.requests) {
            for (const id of messageIds ?? []) asked.add(id);
            for (const row of rows) if (row.bulk_id === bulkId) asked.add(row.gateway_message_id);
          }
          const upTo = next.upTo ?? Infinity;
          expect(upTo).toBeGreaterThanOrEqual(rest[0]?.id ?? 0);
          rest = rest.filter(({ id }) => id > upTo);
        }
        expect(asked.size).toBe(rows.length);
      }),
      { numRuns: 60 },
    );
  });
});
