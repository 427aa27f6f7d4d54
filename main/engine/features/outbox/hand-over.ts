import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { Gateway, SubmitOptions, SubmitOutcome } from '../../gateways/gateway.ts';
import type { Claims } from './claims.ts';
import { opensAt } from './lanes.ts';
import { idsOf, type Answered, type PumpDeps } from './pump-deps.ts';
import type { LaneRow, Words } from './rows.ts';
import type { Batch } from './settle.ts';

/** A batch that waited longer than this since it was claimed (the computer slept) is put back: its time would prove nothing. */
const STALE_AFTER_MS = 60_000;

/** Without the fields that were given as undefined. */
const definedOnly = (options: Words['options']): SubmitOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

/** Whether a gateway keeps a message for so long (ms). */
const canHold = ({ schedule }: Capabilities, ms: number) =>
  schedule !== null && (schedule.horizonMs === null || ms <= schedule.horizonMs);

/** Whether one request of an account can carry a batch. */
function fits({ rows }: Batch, can: Capabilities): boolean {
  return (
    rows.length <= can.recipientsPerRequest &&
    (can.ownMessageIds || rows.every((row) => row.uncertain_since === null)) &&
    (can.differentTexts || rows.every((row) => row.own_text === rows[0]?.own_text))
  );
}

/** Gives claimed batches to one account's gateway, after the last look at whether they may leave. */
export function createHandOver(
  deps: Pick<
    PumpDeps,
    | 'account'
    | 'accounts'
    | 'store'
    | 'queries'
    | 'clock'
    | 'rules'
    | 'touched'
    | 'holdHere'
    | 'pushAddress'
    | 'log'
  >,
  more: {
    readonly claims: Claims;
    /** Whether nothing may leave at this moment. */
    readonly isHeldUp: () => boolean;
    readonly learn: (capabilities: Capabilities) => void;
    /** A batch is handed over now. */
    readonly leaves: (batch: Batch) => void;
    /** Something waits here for its time now. */
    readonly planNext: () => void;
  },
) {
  const { account, accounts, store, queries, clock, touched } = deps;
  const { claims } = more;
  let known: { readonly campaignId: number; readonly words: Words } | null = null;

  function wordsOf(campaignId: number): Words {
    if (known?.campaignId !== campaignId) known = { campaignId, words: queries.words(campaignId) };
    return known.words;
  }

  /** Asked before each request, so that a pause, another time and the beginning of the quiet hours act at once. */
  function mayLeave(lane: LaneRow, now: number): boolean {
    const opens = opensAt(lane, deps.rules.current(), now);
    return opens !== null && opens <= now;
  }

  const atOnce = (batch: Batch, outcome: SubmitOutcome): Answered => ({
    batch,
    outcome,
    startedAt: clock.monotonic(),
    ms: 0,
  });

  /** A bug in an adapter, or a store that cannot be written: whether the request left cannot be known. */
  function threw(batch: Batch, error: unknown): Answered {
    deps.log.error('submit-threw', error, { campaign: batch.campaignId });
    return atOnce(batch, { kind: 'unknown', cause: 'internal' });
  }

  /** What of a batch may be written to, asked as the last thing before it leaves; the rest is left out. */
  function withoutUnwanted(batch: Batch): Batch {
    const ids = idsOf([batch]);
    if (!queries.anyUnwanted(ids)) return batch;
    const withdrawn = new Set(store.transaction(() => queries.withdraw(ids, clock.now())));
    touched(batch.campaignId);
    return { ...batch, rows: batch.rows.filter(({ id }) => !withdrawn.has(id)) };
  }

  /** The gateway cannot keep them until their time, so this computer does. */
  function holdHere(batch: Batch): void {
    claims.unclaim([batch]);
    claims.putBack();
    deps.holdHere(batch.campaignId);
    more.planNext();
  }

  async function send(gateway: Gateway, batch: Batch, held: boolean): Promise<Answered> {
    const { sender, text, options } = wordsOf(batch.campaignId);
    const url = deps.pushAddress();
    const startedAt = clock.monotonic();
    more.leaves(batch);
    const outcome = await gateway.submit({
      sender,
      messages: batch.rows.map((row) => ({ to: row.msisdn, text: row.own_text ?? text, ownId: row.own_id })),
      options: {
        ...definedOnly(options),
        ...(url !== null && { notify: { url, contentType: 'application/json' as const } }),
        ...(held && batch.sendAt !== null && { sendAt: batch.sendAt, bulkId: batch.bulkId }),
      },
    });
    return { batch, outcome, startedAt, ms: clock.monotonic() - startedAt };
  }

  async function submit(batch: Batch): Promise<Answered | null> {
    const gateway = await accounts.gatewayFor(account);
    const now = clock.now();
    const lane = queries.laneOf(batch.campaignId);
    if (more.isHeldUp() || Math.abs(now - batch.startedAt) > STALE_AFTER_MS || !mayLeave(lane, now)) {
      if (lane.held_by === 'here' && (lane.send_at ?? 0) > now) holdHere(batch);
      else claims.unclaim([batch]);
      return null;
    }
    if (!gateway.ok) return atOnce(batch, { kind: 'not-sent', error: gateway.error });
    const { capabilities } = gateway.value;
    more.learn(capabilities);
    if (!fits(batch, capabilities)) {
      // The account speaks another protocol than when these were claimed.
      claims.unclaim([batch]);
      claims.putBack();
      return null;
    }
    const { sendAt } = batch;
    const held = sendAt !== null && sendAt > clock.now();
    if (held && !canHold(capabilities, sendAt - clock.now())) {
      holdHere(batch);
      return null;
    }
    const wanted = withoutUnwanted(batch);
    if (wanted.rows.length === 0) return null;
    // A bulk of its own, so that this request's messages can be called back or moved.
    if (held) store.transaction(() => queries.bulk(wanted.bulkId, idsOf([wanted])));
    return send(gateway.value, wanted, held).catch((error: unknown) => threw(wanted, error));
  }

  /** Hands a batch over. `null`: nothing left; the batch was put back, or all of it left out. Never throws. */
  return (batch: Batch): Promise<Answered | null> =>
    submit(batch).catch((error: unknown) => threw(batch, error));
}
