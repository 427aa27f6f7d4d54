import type { ReportQuery } from '../../gateways/gateway.ts';

/** A message of ours that waits for its report. */
export type AwaitedMessage = {
  readonly id: number;
  readonly gateway_message_id: string;
  readonly bulk_id: string | null;
};

/**
 * The requests that ask for the reports of messages of ours alone (API document, "Getting delivery reports": `bulkId` and `messageId`): a
 * bulk of which several are awaited by its id, the others by theirs, in the order of the messages.
 *
 * @param of.byBulk whether the gateway knows bulks
 * @param of.requests how many requests at most
 * @param of.ids message ids in one request at most
 * @returns `upTo`: the last message that they speak of, or `null` when they speak of all
 */
export function nextRequests(
  rows: readonly AwaitedMessage[],
  of: { readonly byBulk: boolean; readonly requests: number; readonly ids: number },
): { readonly requests: Pick<ReportQuery, 'bulkId' | 'messageIds'>[]; readonly upTo: number | null } {
  const inBulk = new Map<string, number>();
  for (const { bulk_id: bulk } of rows) if (bulk !== null) inBulk.set(bulk, (inBulk.get(bulk) ?? 0) + 1);
  const bulks = new Set<string>();
  const ids: string[][] = [];
  let last: number | null = null;
  for (const row of rows) {
    const isFull = bulks.size + ids.length >= of.requests;
    const bulk = of.byBulk && (inBulk.get(row.bulk_id ?? '') ?? 0) > 1 ? row.bulk_id : null;
    if (bulk !== null) {
      if (!bulks.has(bulk) && isFull) return { requests: written(bulks, ids), upTo: last };
      bulks.add(bulk);
    } else {
      const open = ids.at(-1);
      if (open && open.length < of.ids) open.push(row.gateway_message_id);
      else if (isFull) return { requests: written(bulks, ids), upTo: last };
      else ids.push([row.gateway_message_id]);
    }
    last = row.id;
  }
  return { requests: written(bulks, ids), upTo: null };
}

const written = (bulks: ReadonlySet<string>, ids: readonly string[][]) => [
  ...[...bulks].map((bulkId) => ({ bulkId })),
  ...ids.map((messageIds) => ({ messageIds })),
];
