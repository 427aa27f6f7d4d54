/** What can go wrong with a send. `Before`: nothing was accepted. All others happen after the messages were accepted. */
export const SEND_FAULTS = [
  'resetBefore',
  'http429',
  'http500Before',
  'http503Before',
  'dropAfter',
  'delay',
  'http500After',
  'truncated',
  'notJson',
] as const;

/** One of {@link SEND_FAULTS}. */
export type SendFault = (typeof SEND_FAULTS)[number];

/**
 * What can go wrong with a read of reports or logs. `http500` hands nothing out; `drop` and `truncate` lose an answer
 * whose reports already count as handed out; `repeat` answers well and hands the same reports out once more.
 */
export const READ_FAULTS = ['http500', 'drop', 'truncate', 'repeat'] as const;

/** One of {@link READ_FAULTS}. */
export type ReadFault = (typeof READ_FAULTS)[number];

/**
 * Which faults to play, besides those asked for by magic numbers (which win). Scripts are played first, one entry a
 * request, then the probabilities (0 to 1 each, their sum at most 1) decide.
 */
export type FaultPlan = {
  /** Starts the random numbers; the same seed and the same requests give the same faults. */
  readonly seed?: number;
  readonly send?: Readonly<Partial<Record<SendFault, number>>>;
  readonly read?: Readonly<Partial<Record<ReadFault, number>>>;
  readonly sendScript?: readonly (SendFault | 'none')[];
  readonly readScript?: readonly (ReadFault | 'none')[];
  /** How long a `delay` holds the answer back, in ms; 5,000 when left out. */
  readonly delayMs?: number;
};

/** A plan being played: each call decides one request. */
export type FaultDice = {
  readonly delayMs: number;
  send(): SendFault | null;
  read(): ReadFault | null;
};

/** Random numbers in [0, 1) from a seed (mulberry32): repeatable, not for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Starts playing a plan. Throws a `RangeError` when the probabilities of a plan are not between 0 and 1 in sum. */
export function rollFaults(plan: FaultPlan): FaultDice {
  const random = seededRandom(plan.seed ?? 1);
  return {
    delayMs: plan.delayMs ?? 5_000,
    send: player(SEND_FAULTS, plan.send ?? {}, plan.sendScript ?? [], random),
    read: player(READ_FAULTS, plan.read ?? {}, plan.readScript ?? [], random),
  };
}

function player<F extends string>(
  kinds: readonly F[],
  odds: Readonly<Partial<Record<F, number>>>,
  script: readonly (F | 'none')[],
  random: () => number,
): () => F | null {
  const shares = kinds.map((kind) => [kind, odds[kind] ?? 0] as const);
  const sum = shares.reduce((total, [, share]) => total + share, 0);
  if (shares.some(([, share]) => !(share >= 0)) || sum > 1 + 1e-9) {
    throw new RangeError('Fault probabilities must be 0 or more and add up to at most 1');
  }
  let played = 0;
  return () => {
    const scripted = script[played];
    played += 1;
    if (scripted !== undefined) return scripted === 'none' ? null : scripted;
    if (sum === 0) return null;
    let left = random();
    for (const [kind, share] of shares) {
      if (left < share) return kind;
      left -= share;
    }
    return null;
  };
}
