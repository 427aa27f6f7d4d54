import type { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Gateway, LogQuery } from '../../gateways/gateway.ts';
import type { Ingest } from './ingest.ts';
import type { Period } from './queries.ts';

/** Pages are split in time down to this; more entries than a page holds in one such moment cannot be told apart. */
const SMALLEST_WINDOW_MS = 2;
/** Entries of a page when no limit is asked for (facts of the platform: 50). */
const DEFAULT_PAGE = 50;
/** Requests of one sweep at most, so that a gateway which always answers a full page cannot keep us busy for ever. */
const MOST_REQUESTS = 2_000;

/**
 * Asked for beyond both ends of a period: clocks differ, and the gateway's is known to the second only (`Date` header), so
 * that a message sent just now could otherwise fall behind the window's end.
 */
const MARGIN_MS = 5 * 60_000;

/** Whether everything in the window was seen. */
export type SweepResult = { readonly complete: boolean; readonly entries: number };

/**
 * Reads the log of a period into the store. The log answers with its newest entries up to a limit and has no cursor
 * (API document, "Getting SMS logs"), so a page that comes back full is asked for again in two halves.
 *
 * @param period in this computer's time; shifted to the gateway's clock for asking
 * @param going asked before each request; a sweep that is told to stop is not complete
 * @param narrow further filters, for example one number
 */
export async function sweepLog(
  account: AccountId,
  gateway: Gateway,
  ingest: Ingest,
  period: Period,
  going: () => boolean,
  narrow: Pick<LogQuery, 'to' | 'from'> = {},
): Promise<Result<SweepResult, AppError>> {
  const limit = gateway.capabilities.pageLimit;
  // Taken once: it is learned anew from each answer, and the halves of a window have to fit together to the millisecond.
  const offset = gateway.clockOffsetMs();
  const open: Period[] = [{ from: period.from - MARGIN_MS, until: period.until + MARGIN_MS }];
  let complete = true;
  let entries = 0;
  for (let requests = 0; open.length > 0; requests++) {
    const window = open.pop();
    if (!window) break;
    if (requests >= MOST_REQUESTS || !going()) return ok({ complete: false, entries });
    const raw = await gateway.fetchLogs({
      ...narrow,
      sentSince: window.from + offset,
      sentUntil: window.until + offset,
      limit,
    });
    if (!raw.ok) return err(raw.error);
    const page = ingest.logPage(account, gateway.clockOffsetMs(), raw.value);
    if (page.entries === null) {
      complete = false;
      continue;
    }
    entries += page.entries;
    // A gateway that does not know `limit` answers with its own number of entries, which looks like a page that is not full.
    if (page.entries < limit && page.entries !== DEFAULT_PAGE) continue;
    if (window.until - window.from <= SMALLEST_WINDOW_MS) {
      complete &&= page.entries < limit;
      continue;
    }
    const middle = Math.floor((window.from + window.until) / 2);
    open.push({ from: window.from, until: middle }, { from: middle, until: window.until });
  }
  return ok({ complete, entries });
}
