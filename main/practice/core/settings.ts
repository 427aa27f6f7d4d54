import type { FaultPlan } from './faults.ts';

/** A login of the practice gateway with its money, in millionths of the currency. */
export type PracticeUser = {
  readonly user: string;
  readonly password: string;
  readonly balanceMicros: number;
  /** Key of `Authorization: App <key>` and of the key API; random on every start when left out. */
  readonly apiKey?: string;
  /** Numbers that phones can write to; `8809601000000` when left out. */
  readonly inboxNumbers?: readonly string[];
};

/** How long messages travel, in ms; `jitterMs` adds up to that much, seeded, to the way to the handset. */
export type Delays = {
  readonly toOperatorMs: number;
  readonly toHandsetMs: number;
  readonly jitterMs?: number;
};

/** How to start a practice gateway. Everything may be left out. */
export type PracticeOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: '127.0.0.1';
  /** Starts the random numbers of delays and of a fault plan without its own seed. */
  readonly seed?: number;
  /** `BDT` when left out. */
  readonly currency?: string;
  /** Price of one part in millionths of the currency; 350,000 (0.35) when left out. */
  readonly pricePerPartMicros?: number;
  /** One user `practice` with password `practice`, key `practice-key` and 5,000 BDT when left out. */
  readonly users?: readonly PracticeUser[];
  /** Delays in ms, or a factor by which the usual ones (0.8 s, then 1.6 to 2.8 s) are shortened. */
  readonly delays?: Delays | number;
  /** The gateway's clock, in ms since 1970. */
  readonly now?: () => number;
  /** How long reports and logs are kept, in ms; 48 hours when left out. */
  readonly logRetentionMs?: number;
  /** Messages kept at most per user; the oldest go first. 500,000 when left out. */
  readonly maxMessages?: number;
  /** Offset of the dates in answers, in minutes; 360 (+0600) when left out. */
  readonly timeZoneOffsetMinutes?: number;
  readonly faults?: FaultPlan;
  /** Port of SMPP; 0, the default, takes any free one. */
  readonly smppPort?: number;
  /** Key and certificate (PEM): SMPP over TLS, and not in the clear. */
  readonly smppTls?: { readonly key: string; readonly cert: string };
  /** How long an SMPP session may be silent, in ms of real time; 30 s when left out. */
  readonly smppIdleMs?: number;
  /** Tags of the TLVs in which a number lookup over SMPP is answered; 0x1403 and 0x1416 when left out (unconfirmed). */
  readonly smppContextTlvs?: { readonly imsi: number; readonly mccmnc: number };
};

/** {@link PracticeOptions} with nothing left open. */
export type Settings = {
  readonly port: number;
  readonly host: string;
  readonly seed: number;
  readonly currency: string;
  readonly pricePerPartMicros: number;
  readonly users: readonly PracticeUser[];
  readonly delays: Required<Delays>;
  /** How much faster than usual the gateway works; retries of pushes are shortened by it. */
  readonly speed: number;
  readonly now: () => number;
  readonly logRetentionMs: number;
  readonly maxMessages: number;
  readonly timeZoneOffsetMinutes: number;
  readonly faults: FaultPlan;
  readonly smpp: {
    readonly port: number;
    readonly tls: { readonly key: string; readonly cert: string } | null;
    readonly idleMs: number;
    readonly contextTlvs: { readonly imsi: number; readonly mccmnc: number };
  };
};

const HOUR_MS = 3_600_000;
const USUAL: Required<Delays> = { toOperatorMs: 800, toHandsetMs: 1_600, jitterMs: 1_200 };

/** Fills in what was left out. Throws a `RangeError` for a speed factor that is not above 0. */
export function settle(options: PracticeOptions): Settings {
  return {
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    seed: options.seed ?? 1,
    currency: options.currency ?? 'BDT',
    pricePerPartMicros: options.pricePerPartMicros ?? 350_000,
    users: options.users ?? [
      { user: 'practice', password: 'practice', balanceMicros: 5_000_000_000, apiKey: 'practice-key' },
    ],
    delays: settleDelays(options.delays ?? 1),
    speed: typeof options.delays === 'number' ? options.delays : 1,
    now: options.now ?? Date.now,
    logRetentionMs: options.logRetentionMs ?? 48 * HOUR_MS,
    maxMessages: options.maxMessages ?? 500_000,
    timeZoneOffsetMinutes: options.timeZoneOffsetMinutes ?? 360,
    faults: options.faults ?? {},
    smpp: {
      port: options.smppPort ?? 0,
      tls: options.smppTls ?? null,
      idleMs: options.smppIdleMs ?? 30_000,
      contextTlvs: options.smppContextTlvs ?? { imsi: 0x1403, mccmnc: 0x1416 },
    },
  };
}

function settleDelays(delays: Delays | number): Required<Delays> {
  if (typeof delays !== 'number') return { jitterMs: 0, ...delays };
  if (!(delays > 0)) throw new RangeError('The speed factor must be above 0');
  return {
    toOperatorMs: USUAL.toOperatorMs / delays,
    toHandsetMs: USUAL.toHandsetMs / delays,
    jitterMs: USUAL.jitterMs / delays,
  };
}
