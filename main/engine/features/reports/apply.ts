import type { AccountId, CampaignId } from '#shared/ids.ts';
import { operatorOfNetwork } from '#shared/phone/operators.ts';
import type { LearnedPrice } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { GatewayReport, Reading } from '../../gateways/gateway.ts';
import type { Outbox } from '../outbox/service.ts';
import { joinParts } from './join-parts.ts';
import { stateAfter } from './precedence.ts';
import type { ReportedRow, ReportQueries, Source } from './queries.ts';

/** What applying a page of reports changed. */
export type Applied = {
  readonly campaigns: ReadonlySet<CampaignId | null>;
  /** What a part cost, the last of each operator and class. */
  readonly prices: readonly LearnedPrice[];
  /** Entries that said something new. */
  readonly news: number;
};

/** Puts reports and log entries onto the rows they are about. Runs inside the caller's transaction. */
export function createApplier(deps: {
  readonly queries: ReportQueries;
  readonly reading: Reading;
  readonly outbox: Outbox;
  readonly clock: Clock;
}) {
  const { queries, outbox, clock } = deps;

  function write(row: ReportedRow, report: GatewayReport, sentAt: number | null, source: Source): void {
    const now = clock.now();
    const parts = report.parts;
    const price = report.pricePerPart;
    queries.facts({
      id: row.id,
      parts,
      priceMicros: price && parts !== null ? price.micros * parts : null,
      priceCurrency: price?.currency ?? null,
      mccmnc: report.mccmnc,
      bulkId: report.bulkId,
      sentAt,
    });
    const state = stateAfter(row, report);
    if (state === null) return;
    queries.apply({
      id: row.id,
      state,
      statusId: report.status.id,
      statusGroup: report.status.groupId,
      statusName: report.status.name,
      errorId: report.error?.id ?? null,
      errorName: report.error?.name ?? null,
      errorPermanent: report.error?.permanent ?? null,
      doneAt: report.doneAt,
      at: now,
    });
    if (state !== row.state) queries.event(row.id, now, state, `${source}: ${report.status.name ?? '?'}`);
  }

  /** What a report says about prices. Nothing is learned from what was free. */
  function priceOf(
    { campaign_id }: ReportedRow,
    { pricePerPart, mccmnc }: GatewayReport,
  ): LearnedPrice | null {
    if (!pricePerPart || pricePerPart.micros <= 0) return null;
    return {
      operator: mccmnc === null ? null : operatorOfNetwork(mccmnc),
      class: campaign_id === null ? null : queries.classOf(campaign_id),
      pricePerPart,
    };
  }

  /** What is known of a whole message from the reports about its parts; `null` while a part may still change it. */
  function ofAllParts(account: AccountId, row: ReportedRow, report: GatewayReport): GatewayReport | null {
    const before = queries.partReports(row.id);
    if (before.length === 0) return report;
    queries.keepPart(account, report.gatewayMessageId, JSON.stringify(report.raw));
    return joinParts(
      queries.partReports(row.id).map((json) => (json === null ? null : readStored(deps.reading, json))),
    );
  }

  /** The message with an id of the gateway, whichever account of the login has it. */
  const ofLogin = (account: AccountId, id: string): ReportedRow | null =>
    queries.byGatewayId(account, id) ?? queries.ofSameLogin(account, id);

  /** The row a log entry is about: known by id, proved to be an uncertain one of ours, or filed as sent elsewhere. */
  function rowOfLogEntry(
    account: AccountId,
    report: GatewayReport,
    sentAt: number | null,
  ): ReportedRow | null {
    const to = (report.to ?? '').replace(/\D/gu, '');
    if (to === '' || queries.isSpent(account, report.gatewayMessageId)) return null;
    const claim = outbox.claim(account, {
      gatewayMessageId: report.gatewayMessageId,
      bulkId: report.bulkId,
      to,
      from: report.from,
      text: report.text,
      sentAt,
    });
    if (claim.kind === 'in-flight') return null;
    if (claim.kind === 'ours') return ofLogin(account, report.gatewayMessageId);
    return queries.foreign({
      account,
      msisdn: to,
      sender: report.from ?? '',
      text: report.text ?? '',
      gatewayMessageId: report.gatewayMessageId,
      bulkId: report.bulkId,
      sentAt: sentAt ?? clock.now(),
      at: clock.now(),
    });
  }

  /** The row that a report is about; `null` while nobody knows it. */
  function rowOf(
    account: AccountId,
    report: GatewayReport,
    sentAt: number | null,
    source: Source,
  ): ReportedRow | null {
    const { gatewayMessageId } = report;
    const known = queries.byGatewayId(account, gatewayMessageId) ?? queries.partOf(account, gatewayMessageId);
    if (known) return known;
    const own = outbox.claimOwn(account, { gatewayMessageId, bulkId: report.bulkId, sentAt });
    if (own.kind === 'ours') return ofLogin(account, gatewayMessageId);
    if (own.kind === 'in-flight') return null;
    const elsewhere = queries.ofSameLogin(account, gatewayMessageId);
    if (elsewhere || source !== 'log') return elsewhere;
    return rowOfLogEntry(account, report, sentAt);
  }

  return {
    /**
     * Applies one page. `toLocal` turns the gateway's time into this computer's. A report for an unknown message is kept
     * and applied when the message becomes known; a log entry for one makes it known.
     */
    applyPage(
      account: AccountId,
      journalId: number,
      source: Source,
      receivedAt: number,
      reports: readonly GatewayReport[],
      toLocal: (ms: number) => number,
    ): Applied {
      const campaigns = new Set<CampaignId | null>();
      const prices = new Map<string, LearnedPrice>();
      let news = 0;
      for (const report of reports) {
        const sentAt = report.sentAt === null ? null : toLocal(report.sentAt);
        const local = { ...report, doneAt: report.doneAt === null ? null : toLocal(report.doneAt) };
        const row = rowOf(account, report, sentAt, source);
        const json = JSON.stringify(report.raw);
        // A log page repeats what earlier ones said; only news is kept.
        if (source !== 'log' || (row && json !== queries.latest(account, report.gatewayMessageId, source))) {
          queries.insertReport({
            journalId,
            account,
            source,
            gatewayMessageId: report.gatewayMessageId,
            receivedAt,
            json,
            applied: row !== null,
          });
        } else if (row) continue;
        news++;
        if (!row) continue;
        const whole = ofAllParts(account, row, local);
        if (whole) write(row, whole, sentAt, source);
        campaigns.add(row.campaign_id);
        const learned = priceOf(row, report);
        if (learned) prices.set(`${learned.operator ?? ''} ${learned.class ?? ''}`, learned);
      }
      return { campaigns, prices: [...prices.values()], news };
    },

    /** Applies reports that came before their message was known. */
    applyWaiting(account: AccountId, toLocal: (ms: number) => number): Set<CampaignId | null> {
      const campaigns = new Set<CampaignId | null>();
      for (const waiting of queries.waiting(account)) {
        const report = readStored(deps.reading, waiting.json);
        const row =
          queries.byGatewayId(account, waiting.gateway_message_id) ??
          queries.partOf(account, waiting.gateway_message_id) ??
          queries.ofSameLogin(account, waiting.gateway_message_id);
        if (!report || !row) continue;
        const doneAt = report.doneAt === null ? null : toLocal(report.doneAt);
        const whole = ofAllParts(account, row, { ...report, doneAt });
        if (whole) write(row, whole, report.sentAt === null ? null : toLocal(report.sentAt), waiting.source);
        queries.applied(waiting.id);
        campaigns.add(row.campaign_id);
      }
      return campaigns;
    },
  };
}

/** Reads one report as it was stored. */
function readStored(reading: Reading, json: string): GatewayReport | null {
  const parsed = reading.reports(`{"results":[${json}]}`);
  return parsed.ok ? (parsed.value.reports[0] ?? null) : null;
}
