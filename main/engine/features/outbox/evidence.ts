import type { AccountId, CampaignId, MessageId } from '#shared/ids.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { GatewayStatus } from '../../gateways/gateway.ts';
import type { Store } from '../../store/store.ts';
import type { Timings } from '../../timings.ts';
import { REPEATED_FOR_MS } from './claims.ts';
import type { OutboxQueries } from './queries.ts';
import type { UncertainRow } from './rows.ts';
import { EVIDENCE_AFTER_MS, EVIDENCE_BEFORE_MS, weighShared } from './shared-evidence.ts';

/** A log entry as far as it can prove that a message arrived. `sentAt` is in this computer's time, ms since the epoch. */
type Evidence = {
  readonly gatewayMessageId: string;
  readonly bulkId: string | null;
  readonly to: string;
  readonly from: string | null;
  readonly text: string | null;
  readonly sentAt: number | null;
};

/** What `claim` found. `in-flight`: a request for this number is on its way and may be the one. */
type ClaimResult =
  | { readonly kind: 'ours'; readonly messageId: MessageId; readonly campaignId: CampaignId }
  | { readonly kind: 'in-flight' }
  | { readonly kind: 'unknown' };

/** Looks that must all have found nothing before a message is sent again. */
const LOOKS = 2;
/** Times that a message is sent again under its id without an answer before the user is asked. */
const REPEATS = 3;

/** The status of a message that was proved to have arrived by something else than an answer. */
const UNTOLD: GatewayStatus = {
  id: null,
  groupId: null,
  groupName: null,
  name: null,
  description: null,
  action: null,
};

/** What logs and reports say about messages whose fate is unknown. */
export function createEvidence(deps: {
  readonly store: Store;
  readonly queries: OutboxQueries;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly accounts: AccountAccess;
  readonly changes: Changes;
  /** There may be something to send. */
  readonly wake: () => void;
  /** The same, when the caller's transaction is over. */
  readonly wakeSoon: () => void;
}) {
  const { store, queries, clock, timings, accounts, changes, wake, wakeSoon } = deps;

  const isShared = (account: AccountId) => accounts.get(account)?.options.isShared === true;

  /** Settles what a completely read log says where another computer sends with the same login; gives what is not in it. */
  function settleShared(account: AccountId, asked: readonly UncertainRow[]): readonly UncertainRow[] {
    const { proved, unclear, missing } = weighShared(queries, account, asked);
    const now = clock.now();
    store.transaction(() => {
      for (const { row, entry } of proved) {
        queries.dropForeign(entry.id, entry.account_id, entry.gateway_message_id);
        queries.taken(row.id, now, entry.sent_at, {
          state: 'accepted',
          gatewayMessageId: entry.gateway_message_id,
          bulkId: entry.bulk_id,
          parts: null,
          status: UNTOLD,
        });
        queries.event(row.id, now, 'accepted', 'found-in-log');
      }
      for (const row of unclear) {
        queries.undecided(row.id, now);
        queries.event(row.id, now, 'uncertain', 'perhaps-elsewhere');
      }
    });
    for (const { campaign_id } of [...proved.map(({ row }) => row), ...unclear]) changes.touched(campaign_id);
    if (proved.length + unclear.length > 0) wakeSoon();
    return missing;
  }

  return {
    /**
     * Says which of our rows a log entry is about. An uncertain message with the same number, sender, text and time is
     * proved by it and becomes accepted; each entry is claimed at most once, because its id is then taken. Not where another
     * computer sends with the same login: the entry may be its. Runs inside the caller's transaction.
     */
    claim(account: AccountId, evidence: Evidence): ClaimResult {
      const candidates = queries
        .candidates(account, evidence.to, evidence.from, evidence.text)
        .filter(
          ({ attempt_at: attempt }) =>
            evidence.sentAt === null ||
            (evidence.sentAt >= attempt - EVIDENCE_BEFORE_MS &&
              evidence.sentAt <= attempt + EVIDENCE_AFTER_MS),
        );
      // There, what an entry proves is only seen when the whole log of the time was read: see `notFound`.
      if ([account, ...candidates.map((row) => row.account_id)].some(isShared)) {
        return { kind: candidates.some(({ state }) => state === 'submitting') ? 'in-flight' : 'unknown' };
      }
      const distance = (row: { attempt_at: number }) =>
        Math.abs((evidence.sentAt ?? row.attempt_at) - row.attempt_at);
      const [nearest] = candidates.sort((a, b) => distance(a) - distance(b) || a.id - b.id);
      if (!nearest) return { kind: 'unknown' };
      if (nearest.state === 'submitting') return { kind: 'in-flight' };
      const now = clock.now();
      queries.taken(nearest.id, now, evidence.sentAt ?? nearest.attempt_at, {
        state: 'accepted',
        gatewayMessageId: evidence.gatewayMessageId,
        bulkId: evidence.bulkId,
        parts: null,
        status: UNTOLD,
      });
      queries.event(nearest.id, now, 'accepted', 'found-in-log');
      wakeSoon();
      return { kind: 'ours', messageId: nearest.id, campaignId: nearest.campaign_id };
    },

    /**
     * Says which of our rows a report or log entry is about by the id of ours that it carries: the gateway knows the id, so the
     * message arrived. Runs inside the caller's transaction.
     */
    claimOwn(
      account: AccountId,
      evidence: Pick<Evidence, 'gatewayMessageId' | 'bulkId' | 'sentAt'>,
    ): ClaimResult {
      const row = queries.byOwnId(account, evidence.gatewayMessageId);
      if (!row) return { kind: 'unknown' };
      if (row.state === 'submitting') return { kind: 'in-flight' };
      const now = clock.now();
      const sentAt = evidence.sentAt ?? Math.max(now, queries.sendAt(row.campaign_id) ?? 0);
      const moved = queries.taken(row.id, now, sentAt, {
        state: 'accepted',
        gatewayMessageId: evidence.gatewayMessageId,
        bulkId: evidence.bulkId,
        parts: null,
        status: UNTOLD,
      });
      if (moved === 0) return { kind: 'unknown' };
      queries.event(row.id, now, 'accepted', 'found-by-id');
      wakeSoon();
      return { kind: 'ours', messageId: row.id, campaignId: row.campaign_id };
    },

    /**
     * Sends messages again that carry an id of ours: the gateway refuses an id it already took, so that sending once more
     * cannot send twice. After a few times without an answer, or when the gateway has forgotten the id, the user is asked.
     */
    repeatByOwnId(rows: readonly UncertainRow[]): void {
      if (rows.length === 0) return;
      const now = clock.now();
      const reach = now - REPEATED_FOR_MS;
      const [again, given] = [[] as UncertainRow[], [] as UncertainRow[]];
      for (const row of rows) {
        const isOld = (row.uncertain_since ?? row.attempt_at) < reach;
        (isOld || row.repeats >= REPEATS ? given : again).push(row);
      }
      this.undecidable(given);
      store.transaction(() => {
        for (const { id } of again) {
          queries.repeat(id, now);
          queries.event(id, now, 'queued', 'same-id');
        }
      });
      for (const campaignId of new Set(again.map((row) => row.campaign_id))) changes.touched(campaignId);
      wake();
    },

    /**
     * A complete look into the log has not found these messages. After the second one they are queued again: the gateway
     * answered twice, minutes apart, that it does not know them. Where the log has shown some other message to the same
     * number since, it may be this one with its text changed on the way: that is for the user to decide. Where another computer
     * sends with the same login, it is first weighed what of the log is whose. All rows are of one account.
     */
    notFound(asked: readonly UncertainRow[]): void {
      const now = clock.now();
      const [first] = asked;
      if (!first) return;
      const shared = isShared(first.account_id);
      const rows = shared ? settleShared(first.account_id, asked) : asked;
      const again = rows.filter((row) => row.looks + 1 < LOOKS);
      store.transaction(() => {
        for (const row of again) queries.looked(row.id, now, now + timings.secondLook);
      });
      const lookedTwice = rows.filter((row) => row.looks + 1 >= LOOKS);
      const decided = lookedTwice.filter(
        (row) => shared || !queries.seenSince(row.account_id, row.msisdn, row.id),
      );
      this.undecidable(lookedTwice.filter((row) => !decided.includes(row)));
      if (decided.length > 0) {
        const ids = decided.map((row) => row.id);
        store.transaction(() => queries.requeueFresh(ids, now, 'not-in-log'));
      }
      for (const campaignId of new Set(rows.map((row) => row.campaign_id))) changes.touched(campaignId);
      if (decided.length > 0) wake();
    },

    /** The log cannot answer for these any more (too old, or too full to look through): the user decides. */
    undecidable(rows: readonly UncertainRow[]): void {
      if (rows.length === 0) return;
      const now = clock.now();
      store.transaction(() => {
        for (const row of rows) {
          queries.undecided(row.id, now);
          queries.event(row.id, now, 'uncertain', 'log-cannot-tell');
        }
      });
      wakeSoon();
      for (const campaignId of new Set(rows.map((row) => row.campaign_id))) changes.touched(campaignId);
    },
  };
}
