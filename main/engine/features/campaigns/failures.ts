import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import type { Money } from '#shared/money.ts';
import { gsmErrorById } from '#shared/sms/error-catalogue.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { FailedRow } from './retry-queries.ts';

/** What a status says of itself where no error came with it (API document, "Statuses"). */
const STATUSES: ReadonlyMap<number, FailureGroup['permanence']> = new Map([
  // No credit, time that ran out, a network out of reach, an account that ran out, too many at once, a fault of the platform's own.
  ...[12, 15, 16, 17, 20, 21, 22].map((id) => [id, 'temporary'] as const),
  // Networks, senders and numbers that are not allowed, do not exist or are not wanted, and texts that cannot be sent.
  ...[6, 8, 10, 11, 13, 14, 18, 19, 23, 24, 25, 51, 52].map((id) => [id, 'permanent'] as const),
  // "Delivery report unknown": it may have arrived.
  [29, 'unknown'],
]);

const EXPIRED_GROUP = 4;

/**
 * Whether sending again can help. The report's own word counts first, then the catalogue's about its error, then its status. "No error"
 * says nothing. Without a final report nobody knows: it may have arrived.
 */
export function permanenceOf(
  row: Pick<FailedRow, 'state' | 'status_id' | 'status_group' | 'error_id' | 'error_permanent'>,
): FailureGroup['permanence'] {
  if (row.state === 'no-final-report') return 'unknown';
  const error = row.error_id === null || row.error_id === 0 ? null : row.error_id;
  const permanent =
    error === null
      ? null
      : row.error_permanent === null
        ? (gsmErrorById(error)?.permanent ?? null)
        : row.error_permanent === 1;
  if (permanent !== null) return permanent ? 'permanent' : 'temporary';
  const told = row.status_id === null ? undefined : STATUSES.get(row.status_id);
  return told ?? (row.status_group === EXPIRED_GROUP ? 'temporary' : 'unknown');
}

/** Names the cause of a failure; the same for messages that failed alike. */
export const causeOf = ({ state, status_id, error_id, error_permanent, reason }: FailedRow): string =>
  JSON.stringify([state, status_id, error_id, error_permanent, reason]);

/** The parts of a message that failed, and what they cost today (millionths; `null` while no price is known). */
type Price = { readonly parts: number; readonly micros: number | null };

/** What was charged, by currency, in millionths; and whether of some message nobody knows. */
type Charges = { readonly sums: Map<string, number>; isPartial: boolean };

/** The one sum that charges make; `null` where there are none, some are not known, or there are several currencies. */
function sumOf({ sums, isPartial }: Charges): Money | null {
  const [first, ...others] = sums;
  return first && !isPartial && others.length === 0 ? { currency: first[0], micros: first[1] } : null;
}

/** Failed messages by cause, most messages first. `priceOf` is asked with a message's place. */
export async function groupFailures(
  rows: readonly FailedRow[],
  priceOf: (index: number) => Price,
  currency: string | null,
): Promise<FailureGroup[]> {
  const turns = createTurns();
  const groups = new Map<
    string,
    { row: FailedRow; messages: number; parts: number; micros: number | null; charges: Charges }
  >();
  for (const [index, row] of rows.entries()) {
    if (index % SLICE === 0) await turns.turn();
    const { parts, micros } = priceOf(index);
    const key = causeOf(row);
    let group = groups.get(key);
    if (!group)
      groups.set(
        key,
        (group = { row, messages: 0, parts: 0, micros: 0, charges: { sums: new Map(), isPartial: false } }),
      );
    group.messages++;
    group.parts += parts;
    if (row.price_micros !== null && row.price_currency !== null) {
      const before = group.charges.sums.get(row.price_currency) ?? 0;
      group.charges.sums.set(row.price_currency, before + row.price_micros);
    } else if (row.state !== 'refused') {
      // What was not taken is not charged for, whether or not that is said.
      group.charges.isPartial = true;
    }
    group.micros = group.micros === null || micros === null ? null : group.micros + micros;
  }
  return [...groups]
    .map(([key, { row, messages, parts, micros, charges }]) => ({
      key,
      state: row.state,
      reason: row.reason,
      statusId: row.status_id,
      statusName: row.status_name,
      errorId: row.error_id,
      errorName: row.error_name,
      permanence: permanenceOf(row),
      messages,
      parts,
      cost: micros === null || currency === null ? null : { micros, currency },
      charged: sumOf(charges),
    }))
    .sort((a, b) => b.messages - a.messages);
}
