import type { Plan } from '#shared/ipc/plan.ts';

/** Reasons for which somebody is left out who could be sent to, were it not for a guard. */
const BY_GUARDS: readonly string[] = ['repeat', 'over-cap', 'over-day-cap'];

/** How many are left out of a plan for a reason. */
export const leftOutFor = (plan: Plan, reason: string): number =>
  plan.leftOutReasons.find((one) => one.reason === reason)?.count ?? 0;

/** Everybody who would get the message without the guards. */
export const peopleAsked = (plan: Plan): number =>
  plan.recipients + BY_GUARDS.reduce((sum, reason) => sum + leftOutFor(plan, reason), 0);
