import type { SendRequest, Warning } from '#shared/ipc/plan.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { Rules } from '#shared/rules/rules.ts';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { classOf } from './costs.ts';
import { heldBy } from './schedule.ts';

/** When a sending goes out, and who holds it until then. Times in ms. */
export type Timing = {
  /** `null`: at once. */
  readonly sendAt: number | null;
  readonly heldBy: 'here' | 'gateway' | null;
  readonly quiet: Extract<Warning, { kind: 'quiet-hours' }> | null;
};

/**
 * When a request goes out. A time in the quiet hours that the gateway would keep is moved to their end: nobody could stop the gateway
 * then. What this computer holds waits for the end by itself, and follows the rules as they are at that time.
 */
export function timingOf(
  request: SendRequest,
  rules: Rules,
  capabilities: Capabilities | null,
  { now, hold }: { readonly now: number; readonly hold: number },
): Timing {
  const { sendAt, ignoreQuiet = false } = request;
  const until = quietUntil(rules, classOf(request), sendAt ?? now + hold);
  const holder = sendAt === undefined ? null : heldBy(sendAt, now, capabilities);
  if (until === null) return { sendAt: sendAt ?? null, heldBy: holder, quiet: null };
  const quiet = { kind: 'quiet-hours' as const, stops: ignoreQuiet, at: ignoreQuiet ? null : until };
  if (ignoreQuiet || holder !== 'gateway') return { sendAt: sendAt ?? null, heldBy: holder, quiet };
  return { sendAt: until, heldBy: heldBy(until, now, capabilities), quiet };
}
