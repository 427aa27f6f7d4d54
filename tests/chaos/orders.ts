import type { Timings } from '../../main/engine/timings.ts';

/** What the user of a run does with one campaign. */
export type Order = {
  /** Names the order for good: asked for again under it, it is not queued twice. */
  readonly token: string;
  readonly text: string;
  readonly recipients: readonly string[];
  /** `cancel`: its rest is cancelled when a third has been handed over; `undo`: it is taken back at once. */
  readonly then: 'finish' | 'cancel' | 'undo';
};

/** Everything an engine to be killed is told on its command line, as JSON. */
export type EngineOrders = {
  readonly url: string;
  readonly dir: string;
  readonly password: string;
  readonly variant: string;
  /** Seeds what its user does: pausing and going on. */
  readonly seed: number;
  readonly timings: Partial<Timings>;
  readonly messages: number;
  /**
   * Nobody kills it. Its user asks for the reports that only a log still has, and has everything sent again, once, that was left to them
   * where the gateway refuses an id of ours that comes twice, so that it cannot become two messages.
   */
  readonly last: boolean;
};

/** Campaigns of a run, each with its share of the messages. Numbers are never used twice, so that a text and a number name one row. */
const SHARES: readonly { readonly share: number; readonly text: string; readonly then: Order['then'] }[] = [
  { share: 0.3, text: 'Fees for November are due on Sunday. Thank you.', then: 'finish' },
  { share: 0.03, text: 'This one is taken back at once.', then: 'undo' },
  { share: 0.25, text: 'রোল {{number}}: রবিবার সকাল ১০টায় সভা।', then: 'finish' },
  { share: 0.07, text: 'The rest of this one is called off.', then: 'cancel' },
  {
    share: 0.2,
    text: `${'A long text that takes two parts on its way to the telephone. '.repeat(3)}The end.`,
    then: 'finish',
  },
  { share: 0.15, text: 'Roll {{number}}: school reopens on Monday at nine.', then: 'finish' },
];

/** Of so many recipients one is no number and one stands there twice: they are left out. */
const WRONG_EVERY = 97;
/** Of so many recipients one has a number that the practice gateway turns down, or whose telephone cannot be reached. */
const MAGIC_EVERY = 41;
/** Numbers that the practice gateway turns down (its class 00, statuses of group 5). */
const TURNED_DOWN = [6, 8, 10, 13, 14, 16, 18, 19].map(
  (status) => `880199900${String(status).padStart(4, '0')}`,
);

/** The campaigns of a run with so many messages in all, the same each time they are asked for. */
export function ordersOf(messages: number): Order[] {
  let next = 0;
  return SHARES.map(({ share, text, then }, campaign) => {
    const count = Math.max(3, Math.round(messages * share));
    const recipients: string[] = [];
    for (let i = 0; i < count; i++) {
      const ordinary = `88017${String(20_000_000 + next++)}`;
      const turnedDown = i % MAGIC_EVERY === 20 ? TURNED_DOWN[Math.floor(i / MAGIC_EVERY)] : undefined;
      const unreachable =
        i % MAGIC_EVERY === 30 && next < 10_000 ? `880199901${String(next).padStart(4, '0')}` : null;
      if (i % WRONG_EVERY === 50) recipients.push('12345', recipients[0] ?? '');
      else recipients.push(turnedDown ?? unreachable ?? ordinary);
    }
    return { token: `00000000-0000-4000-8000-${String(campaign).padStart(12, '0')}`, text, recipients, then };
  });
}
