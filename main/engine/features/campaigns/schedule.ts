import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { appError, type AppError } from '#shared/errors.ts';

/** How far ahead a sending may be planned, in ms ("up to 180 days ahead", facts of the platform, "Scheduling"). */
export const FURTHEST_MS = 180 * 24 * 3_600_000;

/** A gateway is given a message at least this long before its time, in ms; what is due sooner is held here. */
const SOONEST_AT_GATEWAY_MS = 60_000;

/** Why a time cannot be used; `null` when it can. `detail`: `past` or `too-far`, with the limit in days. */
export function scheduleFault(sendAt: number, now: number): AppError | null {
  if (sendAt <= now) return appError('INVALID_SCHEDULE', { field: 'sendAt', detail: 'past' });
  if (sendAt - now > FURTHEST_MS) {
    return appError('INVALID_SCHEDULE', { field: 'sendAt', detail: 'too-far', limit: 180 });
  }
  return null;
}

/**
 * Who keeps a sending until its time. The gateway where it can: then this computer may be switched off. Otherwise this
 * computer, which must be running then.
 */
export function heldBy(sendAt: number, now: number, capabilities: Capabilities | null): 'here' | 'gateway' {
  const schedule = capabilities?.schedule ?? null;
  if (schedule === null || sendAt - now < SOONEST_AT_GATEWAY_MS) return 'here';
  return schedule.horizonMs === null || sendAt - now <= schedule.horizonMs ? 'gateway' : 'here';
}
