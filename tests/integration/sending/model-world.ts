import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import { TAKEN_STATES } from '#shared/sms/message-state.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { createModelGateway, keyOf, type Clearing } from '../support/model-gateway.ts';
import { startSending, type Sending } from '../support/sending.ts';

const TIMINGS = {
  hold: 1_000,
  firstLook: 2_000,
  secondLook: 4_000,
  reportsFastest: 500,
  reportsSlowest: 4_000,
  sweepEvery: 20_000,
  deepSweepEvery: 60_000,
  networkBackoff: [500, 1_000],
  retryAfter: 2_000,
  concurrency: 2,
  claim: 4,
  flush: 10,
};

const TAKEN: readonly string[] = TAKEN_STATES;
/** What can be sent again. */
const FAILED: readonly string[] = ['refused', 'rejected', 'undeliverable', 'expired', 'no-final-report'];
const AWAITED: readonly string[] = ['accepted', 'at-operator'];
/** What the gateway never took, as far as the engine knows. */
const UNTAKEN: readonly string[] = ['refused', 'cancelled', 'held', 'left-out'];
/** Nothing leaves these but what a user or a late report decides. */
const CLOSED: readonly string[] = ['left-out', 'cancelled'];

type Row = {
  readonly id: number;
  readonly campaign_id: number;
  readonly msisdn: string;
  readonly text: string;
  readonly state: string;
  readonly reason: string | null;
  readonly retry_of: number | null;
  /** Before this (ms) it must not leave. */
  readonly send_at: number | null;
};

/** What went wrong, said with the key of the message. */
export class Broken extends Error {}

/** An engine on a real store before a gateway that does as it is told, and everything that must hold whatever happens. */
export class World {
  readonly clearing: Clearing;
  readonly gateway;
  #dir: string;
  #now = 1_795_000_000_000;
  #clock = manualClock(this.#now);
  #app: Sending;
  #reader: DatabaseSyncInstance;
  #before = new Map<number, string>();
  /** Messages handed over whose fate the engine has not been told, with the id of ours and the looks into the log until then. */
  #doubtful = new Map<string, { readonly ownId: string | null; readonly looks: number }>();
  /** How often the user had a message sent again. */
  #again = new Map<string, number>();
  /** How often a message was repeated whose delivery had failed. */
  #repeated = new Map<string, number>();
  /** How often one that the user had sent again was turned down for now: then it may leave under another id of ours. */
  #freed = new Map<string, number>();
  /** How many of such messages the user said have arrived. */
  #said = new Map<string, number>();

  constructor(dir: string, clearing: Clearing) {
    this.#dir = dir;
    this.clearing = clearing;
    this.gateway = createModelGateway(clearing, () => this.#clock.now());
    this.gateway.listeners.handedOver = (messages) =>
      messages.forEach((message) => this.#handedOver(message));
    this.#app = this.#start();
    this.#reader = new DatabaseSync(path.join(dir, 'store.sqlite'), { readOnly: true });
  }

  get app(): Sending {
    return this.#app;
  }

  #start(): Sending {
    const { gateway } = this.gateway;
    return startSending({
      url: 'https://gateway.test',
      dir: this.#dir,
      clock: this.#clock,
      timings: TIMINGS,
      gateway,
    });
  }

  /** Everything that was set off has run until it waits for the gateway or for the time. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 6; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
  }

  async pass(ms: number): Promise<void> {
    this.#clock.advance(ms);
    await this.quiet();
  }

  /** Ends the engine as it stands, and starts another one on its store. */
  async kill(isTaken: (index: number) => boolean): Promise<void> {
    for (const message of this.gateway.cutOff(isTaken)) this.#doubt(message.to, message.text, message.ownId);
    this.#reader.close();
    this.#app.abandon();
    this.#clock = manualClock(this.#clock.now());
    this.#app = this.#start();
    this.#reader = new DatabaseSync(path.join(this.#dir, 'store.sqlite'), { readOnly: true });
    await this.quiet();
  }

  async close(): Promise<void> {
    this.gateway.cutOff(() => false);
    this.#reader.close();
    this.#app.abandon();
    await this.quiet();
  }

  rows(): Row[] {
    return this.#reader
      .prepare(
        `SELECT m.id, m.campaign_id, m.msisdn, c.text, m.state, m.reason, m.retry_of, c.send_at FROM messages m
         JOIN campaigns c ON c.id = m.campaign_id ORDER BY m.id`,
      )
      .all() as Row[];
  }

  /** All campaigns, or some, newest first. */
  campaigns(which: (view: CampaignView) => boolean = () => true): number[] {
    const all = this.#app.workspace.campaigns.page(null, 100);
    return all.filter((view) => which(view)).map(({ id }) => id);
  }

  #doubt(to: string, text: string, ownId: string | null): void {
    this.#doubtful.set(keyOf({ to, text }), { ownId, looks: this.gateway.looks(to) });
  }

  /** The engine was not told what became of these. */
  unanswered(messages: readonly { to: string; text: string; ownId: string | null }[]): void {
    for (const { to, text, ownId } of messages) this.#doubt(to, text, ownId);
  }

  /** The engine was told that these are not taken now. */
  turnedDown(messages: readonly { to: string; text: string }[]): void {
    for (const key of messages.map(keyOf)) {
      if (!this.#again.has(key)) continue;
      more(this.#freed, key);
      this.#doubtful.delete(key);
    }
  }

  /** Called with each message at the moment it leaves. */
  #handedOver(message: { to: string; text: string; ownId: string | null }): void {
    const key = keyOf(message);
    // Another connection sees only what is committed.
    const rows = this.rows().filter((one) => keyOf({ to: one.msisdn, text: one.text }) === key);
    const row = rows.find(({ state }) => state === 'submitting');
    if (!row) throw this.#broken(`handed over in state ${rows.map(({ state }) => state).join()}: ${key}`);
    if ((row.send_at ?? 0) > this.#clock.now()) throw this.#broken(`handed over before its time: ${key}`);
    const doubt = this.#doubtful.get(key);
    const took = this.gateway.taken.filter((entry) => keyOf(entry.message) === key).length;
    const allowed = (this.#again.get(key) ?? 0) + (this.#repeated.get(key) ?? 0);
    if (this.clearing === 'own-id') {
      if (doubt && doubt.ownId !== message.ownId) throw this.#broken(`sent again under another id: ${key}`);
      return;
    }
    if (took > allowed) throw this.#broken(`handed over although it was taken: ${key}`);
    if (!doubt) return;
    if (this.clearing === 'nobody') throw this.#broken(`sent again without being asked: ${key}`);
    if (this.gateway.looks(message.to) - doubt.looks < 2)
      throw this.#broken(`sent again before two looks: ${key}`);
    this.#doubtful.delete(key);
  }

  /** Why the model stopped; kept, because the engine catches what its gateway throws. */
  broken: Broken | null = null;
  #broken(what: string): Broken {
    return (this.broken ??= new Broken(what));
  }

  /** The user's word on everything in a campaign that nobody could decide. */
  async decide(campaign: number, decision: 'arrived' | 'send-again'): Promise<void> {
    for (const row of this.rows()) {
      if (row.campaign_id !== campaign || row.state !== 'uncertain' || row.reason !== 'undecided') continue;
      const key = keyOf({ to: row.msisdn, text: row.text });
      if (decision === 'arrived') more(this.#said, key);
      else {
        more(this.#again, key);
        if (this.clearing !== 'own-id') this.#doubtful.delete(key);
      }
    }
    await this.#app.workspace.outbox.settleUncertain(campaign, null, decision);
  }

  /** The user has all sent again of a campaign that failed. */
  async retry(campaign: number): Promise<void> {
    const { campaigns } = this.#app.workspace;
    const groups = await campaigns.failures(campaign);
    if (!groups.ok || groups.value.length === 0) return;
    const failed = groups.value.reduce((sum, { messages }) => sum + messages, 0);
    const queued = await campaigns.retry({
      id: campaign,
      keys: groups.value.map(({ key }) => key),
      expectedRecipients: failed,
      typedCount: failed,
      accepted: ['balance', 'over-cap'],
      token: randomUUID(),
    });
    if (!queued.ok) return;
    const rows = this.rows();
    for (const { campaign_id: id, retry_of: original, ...row } of rows) {
      if (id !== queued.value.id || row.state !== 'held') continue;
      const key = keyOf({ to: row.msisdn, text: row.text });
      const first = rows.find((one) => one.id === original);
      if (!first || !FAILED.includes(first.state))
        throw new Broken(`repeated, and ${String(first?.state)}: ${key}`);
      if (first.state !== 'refused') more(this.#repeated, key);
      this.#doubtful.delete(key);
    }
  }

  /** The user gives a campaign another time (ms from now), or has it sent now. */
  reschedule(campaign: number, after: number | null): Promise<unknown> {
    return this.#app.workspace.outbox.reschedule(campaign, after === null ? null : this.#clock.now() + after);
  }

  /** A sending for later (ms from now). */
  schedule(people: readonly string[], text: string, after: number): Promise<number> {
    return this.#app.send(people, text, undefined, { sendAt: this.#clock.now() + after });
  }

  /** Throws {@link Broken} when something does not hold that always has to. */
  check(): void {
    if (this.broken) throw this.broken;
    const rows = this.rows();
    for (const id of this.campaigns()) {
      const view = this.#app.workspace.campaigns.get(id);
      const count = rows.filter((row) => row.campaign_id === id).length;
      if (!view?.equationHolds || count !== view.planned) throw new Broken(`the equation of campaign ${id}`);
    }
    for (const { id, msisdn, state } of rows) {
      const before = this.#before.get(id) ?? state;
      const back =
        (TAKEN.includes(before) && !TAKEN.includes(state)) ||
        (TAKEN.includes(before) && !AWAITED.includes(before) && AWAITED.includes(state)) ||
        (before === 'refused' && state !== 'refused' && !TAKEN.includes(state)) ||
        (CLOSED.includes(before) && state !== before);
      if (back) throw new Broken(`${msisdn} went back from ${before} to ${state}`);
    }
    this.#before = new Map(rows.map(({ id, state }) => [id, state]));
    this.#compare(rows);
  }

  /** Holds the rows against what the gateway took: those of one number and text are a message and its repetitions. */
  #compare(rows: readonly Row[]): void {
    const states = new Map<string, string[]>();
    for (const { msisdn, text, state } of rows) {
      const key = keyOf({ to: msisdn, text });
      states.set(key, [...(states.get(key) ?? []), state]);
    }
    for (const [key, each] of states) {
      const took = this.gateway.taken.filter((entry) => keyOf(entry.message) === key).length;
      const again = this.#again.get(key) ?? 0;
      const most = each.length + (this.clearing === 'own-id' ? (this.#freed.get(key) ?? 0) : again);
      if (took > most) throw new Broken(`taken ${took} times: ${key}`);
      const arrived = each.filter((state) => TAKEN.includes(state)).length;
      if (arrived - (this.#said.get(key) ?? 0) > took) throw new Broken(`lost: ${key}`);
      const untaken = each.filter((state) => UNTAKEN.includes(state)).length;
      if (again === 0 && took > each.length - untaken) throw new Broken(`taken, and ${each.join()}: ${key}`);
    }
  }

  /** Lets everything come to its end: afterwards nothing is open but what only the user can decide. */
  async drain(): Promise<void> {
    for (let round = 0; round < 60; round++) {
      for (const id of this.campaigns()) {
        if (this.#app.workspace.campaigns.get(id)?.phase === 'paused')
          this.#app.workspace.campaigns.resume(id);
      }
      await this.quiet();
      for (const request of this.gateway.waiting())
        this.gateway.end(request, { kind: 'answered', fates: ['taken'] });
      await this.pass(3_000);
      this.check();
      const open = this.rows().filter(
        ({ state, reason }) =>
          ['held', 'queued', 'submitting'].includes(state) ||
          (state === 'uncertain' && reason !== 'undecided'),
      );
      if (open.length === 0) return;
    }
    throw new Broken(`still open: ${JSON.stringify(this.rows())}`);
  }
}

function more(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The account that the engine of a {@link World} sends from. */
export const MODEL_ACCOUNT = PRACTICE_ACCOUNT_ID;
