import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId } from '#shared/ids.ts';
import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import type { SendRequest, WarningKind } from '#shared/ipc/plan.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { createPartsTally } from '#shared/sms/merge-tally.ts';
import { countParts } from '#shared/sms/parts.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Person } from '../../person.ts';
import { createTurns } from '../../turns.ts';
import type { Merged, Recipients } from '../recipients/service.ts';
import { costsOf } from './costs.ts';
import { causeOf, groupFailures } from './failures.ts';
import type { Operators } from './networks.ts';
import { orderOf } from './order.ts';
import { needsTypedCount } from './plan.ts';
import type { Considered } from './planning.ts';
import type { CampaignQueries, CampaignRow } from './queries.ts';
import { FAILED_STATES } from './retry-parts.ts';
import type { FailedRow, RetryQueries } from './retry-queries.ts';
import type { Order } from './writing.ts';

/** Messages that are read between two looks at the clock. */
const AT_ONCE = 500;

/** What the user is asked about before. */
const ASKED: readonly WarningKind[] = ['balance', 'over-cap'];

/** What is to be sent again. */
export type RetryOrder = {
  readonly id: CampaignId;
  /** Causes, by the keys of {@link FailureGroup}. */
  readonly keys: readonly string[];
  readonly token: string;
  /** What the user confirmed: failed messages of these causes, and the number as typed. `null`: the rules send them by themselves. */
  readonly confirmed: {
    readonly messages: number;
    readonly typedCount: number | undefined;
    readonly accepted: readonly WarningKind[];
  } | null;
  /** Called in the transaction that queues it. */
  readonly settled: () => unknown;
};

/**
 * Works out what failed, and the campaign that sends it again. Everything a new sending is asked is asked of it too: limits, quiet hours,
 * those who go ahead; who got the same meanwhile is left out.
 */
export function createRetry(deps: {
  readonly accounts: AccountAccess;
  readonly queries: CampaignQueries;
  readonly retries: RetryQueries;
  readonly recipients: Pick<Recipients, 'barred'>;
  readonly operators: Operators;
  /** Asks every guard about a request whose people are given; `wanted`: messages that it is to repeat. */
  readonly consider: (
    request: SendRequest,
    all: Merged,
    wanted: ReadonlySet<number>,
  ) => Promise<Result<Considered, AppError>>;
}) {
  const { accounts, queries, retries, recipients, operators } = deps;

  /** Messages of a campaign that failed and that nothing repeats, in the order of planning; of some causes only where they are given. */
  async function failedOf(id: CampaignId, keys?: ReadonlySet<string>): Promise<FailedRow[]> {
    const turns = createTurns();
    const rows: FailedRow[] = [];
    const found: number[][] = [];
    for (const state of FAILED_STATES) {
      found.push(retries.failed(id, state));
      await turns.turn();
    }
    const ids = Float64Array.from(found.flat()).sort();
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      for (const row of retries.rows([...ids.subarray(from, from + AT_ONCE)])) {
        if (!keys || keys.has(causeOf(row))) rows.push(row);
      }
      await turns.turn();
    }
    return rows;
  }

  async function failures(id: CampaignId): Promise<Result<FailureGroup[], AppError>> {
    const campaign = queries.byId(id);
    const account = campaign && accounts.get(campaign.account_id);
    if (!campaign || !account) return err(appError('NOT_FOUND'));
    const rows = await failedOf(id);
    const turns = createTurns();
    const parts = new Uint16Array(rows.length);
    const people: Person[] = [];
    for (const [index, row] of rows.entries()) {
      if (index % AT_ONCE === 0) await turns.turn();
      parts[index] = partsOf(row, campaign);
      people.push(personOf(row));
    }
    const request = queries.request(id);
    const costs = await costsOf({ people, parts }, request, account, accounts.prices(account.id), operators);
    const groups = await groupFailures(
      rows,
      (index) => ({ parts: parts[index] ?? 0, micros: costs.microsOf(index) }),
      costs.total?.currency ?? null,
    );
    return ok(groups);
  }

  /** What these messages would be as a sending, with those left out who must not be written to. */
  async function mergedOf(campaign: CampaignRow, rows: readonly FailedRow[], includeDead: boolean) {
    const turns = createTurns();
    const tally = createPartsTally();
    const wide = campaign.encoding === 'UCS-2';
    const repeated = new Map<Person, FailedRow>();
    const wanted = new Set<number>();
    const leftOut: { msisdn: string; input: string; reason: string }[] = [];
    const parts = new Uint16Array(rows.length);
    const ucs2 = new Uint8Array(rows.length);
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const some = rows.slice(from, from + AT_ONCE);
      const barred = recipients.barred(
        some.map(({ msisdn }) => msisdn),
        !includeDead,
      );
      for (const id of retries.repeatedBy(some.map((row) => row.id))) wanted.add(id);
      for (const row of some) {
        const person = personOf(row);
        const reason = barred.get(row.msisdn);
        if (reason) {
          leftOut.push({ msisdn: row.msisdn, input: person.input, reason });
          continue;
        }
        const isWide = row.own_text === null ? wide : countParts(row.own_text).encoding === 'UCS-2';
        parts[repeated.size] = partsOf(row, campaign);
        ucs2[repeated.size] = isWide ? 1 : 0;
        tally.add({ encoding: isWide ? 'UCS-2' : 'GSM-7', parts: partsOf(row, campaign) });
        repeated.set(person, row);
      }
      await turns.turn();
    }
    const all: Merged = {
      people: [...repeated.keys()],
      parts: parts.subarray(0, repeated.size),
      ucs2: ucs2.subarray(0, repeated.size),
      leftOut,
      dead: 0,
      merged: campaign.merged === 1,
      tally: tally.tally(),
      bare: { ...countParts(campaign.text), empty: [] },
      fields: [],
      emptyRecipients: 0,
      unsendable: null,
      // Each text is the one that was frozen when the campaign was planned.
      textOf: (person) => repeated.get(person)?.own_text ?? campaign.text,
      longestSlice: turns.longest,
    };
    return { all, wanted, messageOf: (person: Person) => repeated.get(person)?.id ?? null };
  }

  /**
   * The campaign that sends failed messages again. `NOT_FOUND`: no such campaign, or its account is gone; `NOTHING_TO_SEND`: none is left
   * of these causes, or nobody may be written to; `PLAN_CHANGED`, `CONFIRMATION_NEEDED`, `WARNING_NOT_SEEN`: not what the user
   * confirmed, or the balance is too low for what goes by itself.
   */
  async function orderFor(asked: RetryOrder): Promise<Result<Order, AppError>> {
    const campaign = queries.byId(asked.id);
    if (!campaign || !accounts.active().some(({ id }) => id === campaign.account_id)) {
      return err(appError('NOT_FOUND'));
    }
    const keys = new Set(asked.keys);
    const rows = await failedOf(asked.id, keys);
    if (rows.length === 0) return err(appError('NOTHING_TO_SEND'));
    const { confirmed } = asked;
    if (confirmed && confirmed.messages !== rows.length) {
      return err(appError('PLAN_CHANGED', { limit: confirmed.messages, actual: rows.length }));
    }
    const before = queries.request(asked.id);
    const { all, wanted, messageOf } = await mergedOf(campaign, rows, before.includeDead ?? false);
    const request = requestOf(before, campaign, all);
    const considered = await deps.consider({ ...request, leaveOutRepeats: true }, all, wanted);
    if (!considered.ok) return considered;
    if (considered.value.all.people.length === 0) return err(appError('NOTHING_TO_SEND'));
    const { warnings, isShortSoon } = considered.value;
    // Where nobody is asked, those over a limit are just left out, and a plan for next month may wait for its money.
    const unseen = confirmed
      ? warnings.find(({ kind }) => ASKED.includes(kind) && !confirmed.accepted.includes(kind))?.kind
      : isShortSoon
        ? 'balance'
        : undefined;
    if (unseen) {
      const going = considered.value.all.people.length;
      return err(appError('WARNING_NOT_SEEN', { detail: unseen, limit: rows.length, actual: going }));
    }
    if (confirmed && needsTypedCount(considered.value) && confirmed.typedCount !== rows.length) {
      return err(appError('CONFIRMATION_NEEDED', { actual: rows.length }));
    }
    return ok(
      orderOf(considered.value, {
        request,
        token: asked.token,
        name: campaign.name,
        seriesId: null,
        sources: [],
        settled: asked.settled,
        repeats: { campaign: asked.id, messageOf },
      }),
    );
  }

  return { failures, orderFor };
}

/** {@link createRetry}'s value. */
export type Retry = ReturnType<typeof createRetry>;

const partsOf = (row: FailedRow, campaign: CampaignRow) => row.parts ?? campaign.parts_per_message;

const personOf = ({ msisdn, input }: FailedRow): Person => ({
  contactId: null,
  name: '',
  msisdn,
  input: input ?? msisdn,
  values: {},
});

/** What is kept as asked for: these numbers and nobody else of the first sending, now, and not in the quiet hours. */
function requestOf(before: SendRequest, campaign: CampaignRow, { people }: Merged): SendRequest {
  const { sources: _, sendAt: _at, zone: _zone, ignoreQuiet: _quiet, templateId: _id, ...rest } = before;
  return {
    ...rest,
    sender: campaign.sender,
    recipients: people.map(({ msisdn }) => msisdn).join('\n'),
  };
}
