import type { AccountId } from '#shared/ids.ts';
import type { LogEntry } from './evidence-queries.ts';
import type { OutboxQueries } from './queries.ts';
import type { UncertainRow } from './rows.ts';

/** A log entry of ours may be this much older than its attempt (clocks differ), or this much younger (slow gateways); ms. */
export const EVIDENCE_BEFORE_MS = 5 * 60_000;
export const EVIDENCE_AFTER_MS = 30 * 60_000;
/** An entry proves a message only if its time fits the request closely: not the other computer's, sent some minutes later. */
const CLOSE_BEFORE_MS = 10_000;
const CLOSE_AFTER_MS = 120_000;
/** Entries of other computers that are compared at most; where there are more, nothing is proved. */
const MOST_ENTRIES = 50_000;

/** What a complete log says about uncertain messages. */
export type SharedFindings = {
  readonly proved: readonly { readonly row: UncertainRow; readonly entry: LogEntry }[];
  /** An entry could be this message, or the other computer's. */
  readonly unclear: readonly UncertainRow[];
  /** Nothing in the log can be these. */
  readonly missing: readonly UncertainRow[];
};

type Request = { readonly numbers: ReadonlySet<string> | null; readonly bulks: ReadonlySet<string> };

const keyOf = (...of: readonly string[]) => JSON.stringify(of);

function groups(entries: readonly LogEntry[], by: (entry: LogEntry) => string | null) {
  const map = new Map<string, LogEntry[]>();
  for (const entry of entries) {
    const key = by(entry);
    if (key === null) continue;
    const group = map.get(key);
    if (group) group.push(entry);
    else map.set(key, [entry]);
  }
  return map;
}

/**
 * Tells our uncertain messages from those of another computer with the same login, when the log of their time was read completely. A bulk is
 * one request, and a request is of one campaign: a bulk with a number that the campaign does not have is foreign; one that the gateway
 * named for others of the same request is ours; one with exactly the numbers of the request, at its time, is ours unless the other computer
 * evidently sends the same words to the same people. Everything else is unclear.
 */
export function weighShared(
  queries: OutboxQueries,
  account: AccountId,
  rows: readonly UncertainRow[],
): SharedFindings {
  const attempts = rows.map((row) => row.attempt_at);
  const from = Math.min(...attempts) - EVIDENCE_BEFORE_MS;
  const log = queries.unclaimed(account, from, Math.max(...attempts) + EVIDENCE_AFTER_MS, MOST_ENTRIES + 1);
  if (log.length > MOST_ENTRIES) return { proved: [], unclear: rows, missing: [] };
  const byNumber = groups(log, (entry) => entry.msisdn);
  const byBulk = groups(log, (entry) => entry.bulk_id);
  const byWords = groups(log, (entry) => keyOf(entry.sender, entry.text));
  const requests = new Map<string, Request>();
  const foreignBulks = new Map<string, boolean>();
  const explained = new Map<number, boolean>();
  const used = new Set<number>();

  function requestOf(row: UncertainRow): Request {
    const exchange = queries.exchangeOf(row.id);
    const key = keyOf(String(row.campaign_id), String(exchange), String(row.attempt_at));
    const cached = requests.get(key);
    if (cached) return cached;
    const together = queries.ofRequest(row.campaign_id, exchange, row.attempt_at);
    // What was claimed at one moment may have left in several requests; which is which was not written down before the end.
    const isKnown = exchange !== null || together.length === 1;
    const request = {
      numbers: isKnown ? new Set(together.map(({ msisdn }) => msisdn)) : null,
      bulks: new Set(together.flatMap(({ bulk }) => bulk ?? [])),
    };
    requests.set(key, request);
    return request;
  }

  const numbersOf = (entry: LogEntry): ReadonlySet<string> =>
    new Set(
      (entry.bulk_id === null ? [entry] : (byBulk.get(entry.bulk_id) ?? [])).map((each) => each.msisdn),
    );

  function isForeign(entry: LogEntry, row: UncertainRow): boolean {
    if (entry.bulk_id === null) return false;
    const key = keyOf(entry.bulk_id, String(row.campaign_id));
    let foreign = foreignBulks.get(key);
    if (foreign === undefined) {
      foreign = [...numbersOf(entry)].some((number) => !queries.inCampaign(number, row.campaign_id));
      foreignBulks.set(key, foreign);
    }
    return foreign;
  }

  function fits(entry: LogEntry, row: UncertainRow): boolean {
    const late = entry.sent_at - row.attempt_at;
    const { numbers } = requestOf(row);
    const bulk = numbersOf(entry);
    return (
      late >= -CLOSE_BEFORE_MS &&
      late <= CLOSE_AFTER_MS &&
      numbers?.size === bulk.size &&
      [...bulk].every((number) => numbers.has(number))
    );
  }

  const isNear = (entry: LogEntry, row: UncertainRow) =>
    entry.sent_at >= row.attempt_at - EVIDENCE_BEFORE_MS &&
    entry.sent_at <= row.attempt_at + EVIDENCE_AFTER_MS;

  /** Whether the log shows these words sent to people of the same campaign although none of our messages to them waits for a proof. */
  const othersSaySo = (row: UncertainRow) =>
    (byWords.get(keyOf(row.sender, row.text)) ?? []).some((entry) => {
      if (!isNear(entry, row) || isForeign(entry, row)) return false;
      let ours = explained.get(entry.id);
      if (ours === undefined) {
        ours = queries.candidates(account, entry.msisdn, row.sender, row.text).length > 0;
        explained.set(entry.id, ours);
      }
      return !ours;
    });

  const proved: { row: UncertainRow; entry: LogEntry }[] = [];
  const unclear: UncertainRow[] = [];
  const missing: UncertainRow[] = [];
  /** How many of some rows were proved just now: they are not written yet. */
  const taken = (rows: readonly { id: number }[]) =>
    rows.filter(({ id }) => proved.some(({ row }) => row.id === id)).length;

  for (const row of rows) {
    const near = (byNumber.get(row.msisdn) ?? []).filter(
      (entry) => isNear(entry, row) && !used.has(entry.id) && !isForeign(entry, row),
    );
    const words = near.filter(
      ({ sender, text }) => ['', row.sender].includes(sender) && ['', row.text].includes(text),
    );
    const { bulks } = requestOf(row);
    const told = words.find((entry) => entry.bulk_id !== null && bulks.has(entry.bulk_id));
    const rivals = queries.candidates(account, row.msisdn, row.sender, row.text);
    const room = rivals.length - taken(rivals);
    const isProof = words.every((entry) => fits(entry, row)) && words.length <= room;
    const [first] = words.toSorted(
      (a, b) => Math.abs(a.sent_at - row.attempt_at) - Math.abs(b.sent_at - row.attempt_at) || a.id - b.id,
    );
    const entry = told ?? (first && isProof && !othersSaySo(row) ? first : undefined);
    if (entry) {
      used.add(entry.id);
      proved.push({ row, entry });
    } else if (near.length > 0 || rivals.some(({ state }) => state === 'submitting')) unclear.push(row);
    else missing.push(row);
  }
  return { proved, unclear, missing };
}
