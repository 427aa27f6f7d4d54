import { AWAITING_REPORT_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { outcomeOf } from '#shared/sms/outcome.ts';
import type { GatewayReport } from '../../gateways/gateway.ts';

const AWAITING: readonly MessageState[] = AWAITING_REPORT_STATES;

/**
 * What the reports about the parts of one message say of the whole: a part that failed makes it fail, since the text cannot be
 * read without it; otherwise it is delivered when the last part is. `null` while parts are missing and none has failed.
 *
 * @param reports one for each part in their order, `null` where none has come yet
 */
export function joinParts(reports: readonly (GatewayReport | null)[]): GatewayReport | null {
  const came = reports.filter((report) => report !== null);
  const outcome = (report: GatewayReport) => outcomeOf(report.status.groupId ?? -1, report.status.id ?? -1);
  const failed = came.find((report) => {
    const state = outcome(report);
    return state !== null && state !== 'delivered' && !AWAITING.includes(state);
  });
  const parts = reports.length;
  if (failed) return { ...failed, parts };
  if (came.length < reports.length) return null;
  const waiting = came.find((report) => outcome(report) !== 'delivered');
  const last = came.reduce<GatewayReport | null>(
    (latest, report) => ((report.doneAt ?? 0) >= (latest?.doneAt ?? 0) ? report : latest),
    null,
  );
  const chosen = waiting ?? last;
  return chosen && { ...chosen, parts };
}
