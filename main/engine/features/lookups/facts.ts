import * as v from 'valibot';
import { NetworkFacts } from '#shared/phone/network-facts.ts';
import { normaliseMsisdn } from '#shared/phone/msisdn.ts';
import { statusById } from '#shared/sms/status-catalogue.ts';
import type { LookupAnswer } from '../../gateways/gateway.ts';

/** Status groups that a further answer will follow: accepted, pending (API document, "Statuses groups"). */
const NOT_FINAL_GROUPS: readonly (number | undefined)[] = [0, 1];

/** The stored form of an answer's facts. */
export function factsJson(answer: LookupAnswer): string {
  return JSON.stringify(v.parse(NetworkFacts, answer));
}

/** Reads {@link factsJson}. */
export const factsOf = (json: string): NetworkFacts => v.parse(NetworkFacts, JSON.parse(json));

/** Whether the answer only says that the question was taken: status 3 or 7 (facts of the platform, "Number Context / HLR"). */
export const isPending = (answer: LookupAnswer): boolean =>
  answer.reachable === null && NOT_FINAL_GROUPS.includes(groupOf(answer));

/** Whether the answer to an asynchronous question leaves the facts to a push: what was refused at once gets none. */
export const awaitsPush = (answer: LookupAnswer): boolean =>
  isPending(answer) ||
  (answer.reachable === null && answer.lookupId !== null && groupOf(answer) === undefined);

const groupOf = (answer: LookupAnswer) =>
  answer.statusId === null ? undefined : statusById(answer.statusId)?.groupId;

/** An answer's number in the form that rows have; the gateway may echo it with a plus or blanks. */
export function answeredNumber(answer: LookupAnswer): string {
  if (/^\d+$/.test(answer.msisdn)) return answer.msisdn;
  const number = normaliseMsisdn(answer.msisdn);
  return number.ok ? number.value.msisdn : answer.msisdn.replace(/\D/gu, '');
}
