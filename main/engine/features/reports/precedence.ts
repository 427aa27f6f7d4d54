import { AWAITING_REPORT_STATES, TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { outcomeOf } from '#shared/sms/outcome.ts';
import type { GatewayReport } from '../../gateways/gateway.ts';
import type { ReportedRow } from './queries.ts';

const AWAITING: readonly MessageState[] = AWAITING_REPORT_STATES;
const REPORTABLE: readonly MessageState[] = [...TAKEN_STATES, 'uncertain', 'refused'];

/**
 * The state a report moves a message to, or `null` when it changes nothing. Reports and log pages overtake each other,
 * so a final state is never undone by an earlier one: only a report that is itself final and not older may replace it.
 * "At operator" does not fall back to "accepted", and a status nobody knows changes no state (it is kept as it came).
 */
export function stateAfter(row: ReportedRow, report: GatewayReport): MessageState | null {
  const outcome = outcomeOf(report.status.groupId ?? -1, report.status.id ?? -1);
  if (outcome === null || !REPORTABLE.includes(row.state)) return null;
  // The log repeats what the answer to the request already said.
  if (row.state === 'refused' && outcome === 'rejected') return null;
  const awaited =
    AWAITING.includes(row.state) || row.state === 'no-final-report' || row.state === 'uncertain';
  const isFinal = !AWAITING.includes(outcome);
  if (isFinal) return awaited || (report.doneAt ?? 0) >= (row.done_at ?? 0) ? outcome : null;
  if (!awaited || row.state === outcome || row.state === 'no-final-report') return null;
  return row.state === 'at-operator' ? null : outcome;
}
