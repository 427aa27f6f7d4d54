import type { AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Gateway, ReportQuery } from '../../gateways/gateway.ts';
import type { CollectorDeps, Going } from './collector-deps.ts';
import { endOldWaits } from './ending.ts';
import { nextRequests } from './own-reports.ts';

/** Reports a pull asks for at once: few enough that a page lost on the way is one the log sweep soon fills. */
const REPORTS_A_PAGE = 200;
/** Pages of one pull at most; the rest is taken by the next one. */
const PAGES_A_PULL = 50;
/** Messages that an account which is asked about each one is asked about at a time. */
const ASKED_AT_ONCE = 20;

/** Where messages are named: requests of one pull at most that bring little, so that it stays at a few a minute. */
const REQUESTS_A_ROUND = 4;
/** Awaited messages that one round looks at for them. */
const ROUND_LOOKS_AT = 1_000;
/** Message ids that one request names at most: an address may not get too long, and without a log so many reports are lost with an answer. */
const IDS_A_REQUEST = 50;

/** Asks one account's gateway for reports, in the way it gives them. */
export function createAsking(deps: CollectorDeps, going: Going) {
  const { account, accounts, ingest, queries, clock, store } = deps;
  /** Where asking message by message, or bulk by bulk, goes on. */
  let askedUpTo = 0;

  /** Takes one page; each report is handed out once. `entries` is `null` when the page cannot be read. */
  async function takePage(
    gateway: Gateway,
    which: Pick<ReportQuery, 'bulkId' | 'messageIds'>,
  ): Promise<Result<number | null, AppError>> {
    // Written before asking: what cannot be stored must not be taken off the gateway.
    store.transaction(() => queries.pulling(account, clock.now()));
    const raw = await gateway.fetchReports({ ...which, limit: REPORTS_A_PAGE });
    if (!raw.ok) return err(raw.error);
    return ok(ingest.report(account, gateway.clockOffsetMs(), 'report', raw.value).entries);
  }

  /** Applies what waited for its message; `total`: reports that came. */
  function applied(gateway: Gateway, total: number): Result<number, AppError> {
    ingest.waiting(account, gateway.clockOffsetMs());
    return ok(total);
  }

  /** Takes what there is, page by page. */
  async function takeAll(gateway: Gateway): Promise<Result<number, AppError>> {
    let total = 0;
    for (let page = 0; page < PAGES_A_PULL && going(); page++) {
      const taken = await takePage(gateway, {});
      if (!taken.ok) return taken;
      total += taken.value ?? 0;
      if (taken.value === null || taken.value < REPORTS_A_PAGE) break;
    }
    return applied(gateway, total);
  }

  /**
   * Takes only what is about messages of ours: the rest is another computer's, and is handed out once. The oldest awaited ones come first,
   * and each call goes on where the last one stopped. What the gateway makes of the filters loses nothing: the log shows the rest.
   */
  async function takeOurs(gateway: Gateway): Promise<Result<number, AppError>> {
    const rows = queries.awaitedOwn(account, askedUpTo, clock.now(), ROUND_LOOKS_AT);
    const { requests, upTo } = nextRequests(rows, {
      byBulk: gateway.capabilities.logs,
      requests: REQUESTS_A_ROUND,
      ids: IDS_A_REQUEST,
    });
    askedUpTo = upTo ?? (rows.length < ROUND_LOOKS_AT ? 0 : (rows.at(-1)?.id ?? 0));
    let total = 0;
    for (const which of requests) {
      if (!going()) break;
      const taken = await takePage(gateway, which);
      if (!taken.ok) return taken;
      total += taken.value ?? 0;
    }
    return applied(gateway, total);
  }

  /**
   * Without a log a lost answer loses its reports for good: so a few messages at a time are asked about, the oldest awaited ones first, at
   * once again while most of them have a report. When few of them have, the gateway is asked for whatever there is: it may know them by
   * other ids, take no ids at all, or have more to say about those that are not named yet, of which there may be a hundred thousand.
   */
  async function takeFewAtATime(gateway: Gateway): Promise<Result<number, AppError>> {
    let total = 0;
    let poor = 0;
    for (let page = 0; page < PAGES_A_PULL && poor < REQUESTS_A_ROUND && going(); page++) {
      const rows = queries.awaitedOwn(account, askedUpTo, clock.now(), IDS_A_REQUEST);
      askedUpTo = rows.length < IDS_A_REQUEST ? 0 : (rows.at(-1)?.id ?? 0);
      if (rows.length === 0) break;
      const taken = await takePage(gateway, { messageIds: rows.map((row) => row.gateway_message_id) });
      if (!taken.ok && taken.error.code !== 'GATEWAY_REFUSED') return taken;
      const came = taken.ok ? (taken.value ?? 0) : 0;
      total += came;
      if (came * 2 < rows.length) poor++;
      if (!taken.ok || askedUpTo === 0) break;
    }
    if (total > 0 && poor < REQUESTS_A_ROUND) return applied(gateway, total);
    const rest = await takeAll(gateway);
    return rest.ok ? ok(total + rest.value) : rest;
  }

  /** Asks about the next few awaited messages, and begins again after the last one. */
  async function askForEach(gateway: Gateway): Promise<Result<number, AppError>> {
    const now = clock.now();
    const rows = queries.awaited(account, askedUpTo, now, ASKED_AT_ONCE);
    askedUpTo = rows.length < ASKED_AT_ONCE ? 0 : (rows.at(-1)?.id ?? 0);
    let total = 0;
    let answered = 0;
    let failed: AppError | null = null;
    for (const row of rows) {
      if (!going()) break;
      store.transaction(() => queries.pulling(account, now));
      const raw = await gateway.fetchReports({ messageIds: [row.gateway_message_id] });
      if (raw.ok) {
        answered++;
        total += ingest.logPage(account, gateway.clockOffsetMs(), raw.value).news;
      }
      // One message that the gateway cannot speak of must not keep the others waiting.
      else if (['GATEWAY_REFUSED', 'GATEWAY_UNREADABLE'].includes(raw.error.code)) failed = raw.error;
      else return err(raw.error);
    }
    if (failed && answered === 0) {
      await endWaits(gateway);
      return err(failed);
    }
    return applied(gateway, total);
  }

  /** Ends the wait for reports that no gateway keeps any more. With a log, that is done when the log was read. */
  async function endWaits(gateway: Gateway): Promise<void> {
    if (!gateway.capabilities.logs) await endOldWaits(deps, going, clock.now());
  }

  return {
    /** Asks once; gives how many reports came. */
    async pull(gateway: Gateway): Promise<Result<number, AppError>> {
      const how = gateway.capabilities.reports;
      if (how === 'ask') return askForEach(gateway);
      if (how === 'pull') {
        if (accounts.get(account)?.options.isShared) return takeOurs(gateway);
        return gateway.capabilities.logs ? takeAll(gateway) : takeFewAtATime(gateway);
      }
      return applied(gateway, 0);
    },
    endWaits,
  };
}
