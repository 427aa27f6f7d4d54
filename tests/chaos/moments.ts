/**
 * When an engine is killed. Most die while they send, after the gateway has taken some more messages; others while they start, plan, collect
 * reports or look for messages of unknown fate.
 */
export type Moment =
  /** So many more messages were taken. */
  | { readonly kind: 'taken'; readonly more: number }
  /** So many more reports were handed out. */
  | { readonly kind: 'reports'; readonly more: number }
  /** So long (ms) after it began. */
  | { readonly kind: 'after'; readonly ms: number }
  /** So long (ms) after it said a word. */
  | { readonly kind: 'said'; readonly word: 'started' | 'planning' | 'queued'; readonly ms: number };

/** An engine that has not come to its moment after this is killed where it is, ms: there may be nothing to plan or to report any more. */
export const LATEST_MS: Readonly<Record<Moment['kind'], number>> = {
  taken: 5_000,
  reports: 2_000,
  after: 1_500,
  said: 1_500,
};

const WORDS = ['started', 'planning', 'queued'] as const;

/**
 * Draws the moment of the next kill.
 *
 * @param random numbers in [0, 1)
 * @param left messages that are still to be sent, and kills to be had
 */
export function drawMoment(
  random: () => number,
  left: { readonly messages: number; readonly kills: number },
): Moment {
  const pick = left.messages > 0 ? random() : 0.8;
  const size = random();
  if (pick < 0.66) {
    // Twice the even share at most, so that the kills are spread over the whole run.
    const most = Math.max(2, (2 * left.messages) / Math.max(1, left.kills));
    return { kind: 'taken', more: 1 + Math.floor(size * most) };
  }
  if (pick < 0.76) return { kind: 'reports', more: 1 + Math.floor(size * 120) };
  if (pick < 0.9) return { kind: 'after', ms: size * 1_300 };
  return { kind: 'said', word: WORDS[Math.floor(size * 3)] ?? 'started', ms: random() * 60 };
}
