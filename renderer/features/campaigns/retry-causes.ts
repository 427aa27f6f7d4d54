import type { FailureGroup } from '#shared/ipc/campaign-view.ts';
import type { Money } from '#shared/money.ts';
import { explainMessage } from '../../lib/message-explanation.ts';

/** Causes that the user cannot tell apart, as one line: what they are called, and what they come to. */
export type Cause = Pick<FailureGroup, 'state' | 'permanence' | 'messages' | 'parts' | 'cost' | 'charged'> & {
  /** The causes behind it, as the engine names them. */
  readonly keys: readonly string[];
  readonly why: string;
  readonly next: string;
};

/** Causes that may pass come first, those that last come last. */
const ORDER: Readonly<Record<FailureGroup['permanence'], number>> = {
  temporary: 0,
  unknown: 1,
  permanent: 2,
};

/** Failures by what is said of them in the language in use; several errors of a network mean the same to people. */
export function causesOf(groups: readonly FailureGroup[]): Cause[] {
  const lines = new Map<string, Cause>();
  for (const group of groups) {
    const { why, next } = explainMessage(group);
    const said = JSON.stringify([why, next, group.state, group.permanence]);
    const { key, state, permanence, messages, parts, cost, charged } = group;
    const line = lines.get(said);
    lines.set(said, {
      why,
      next,
      state,
      permanence,
      keys: [...(line?.keys ?? []), key],
      messages: messages + (line?.messages ?? 0),
      parts: parts + (line?.parts ?? 0),
      cost: line ? sumOf([line.cost, cost]) : cost,
      charged: line ? sumOf([line.charged, charged]) : charged,
    });
  }
  return [...lines.values()].sort(
    (a, b) => ORDER[a.permanence] - ORDER[b.permanence] || b.messages - a.messages,
  );
}

/** The sum, or null where an amount is missing or the currencies differ. */
export function sumOf(amounts: readonly (Money | null)[]): Money | null {
  const [first] = amounts;
  if (!first) return null;
  let micros = 0;
  for (const amount of amounts) {
    if (amount?.currency !== first.currency) return null;
    micros += amount.micros;
  }
  return { micros, currency: first.currency };
}
