import type { MessageRow } from '#shared/ipc/campaign-view.ts';
import { gsmErrorById } from '#shared/sms/error-catalogue.ts';
import { statusById } from '#shared/sms/status-catalogue.ts';
import { i18n } from '../i18n/i18n.svelte.ts';

/** What became of a message in plain words, and what the user can do about it. */
export type Explanation = { readonly why: string; readonly next: string };

/** The facts of a row that explain its state. */
type Explained = Pick<MessageRow, 'state' | 'reason' | 'statusId' | 'statusName' | 'errorId' | 'errorName'>;

/** Words for a reason that the program itself gave; a gateway's own words stay as they came. */
export function reasonWords(reason: string): string {
  const known: Readonly<Record<string, string>> = i18n.t.messages.reasons;
  return Object.hasOwn(known, reason) ? (known[reason] ?? reason) : reason;
}

/**
 * Explains a message in the language in use, from the most exact knowledge there is: our own reason, the network's error,
 * the gateway's status, and what the state means in general.
 */
export function explainMessage(row: Explained): Explanation {
  const state = i18n.t.states[row.state];
  if (row.reason !== null) return { why: reasonWords(row.reason), next: state.next };
  /* Error 0 says that there was none. */
  const error = row.errorId ? gsmErrorById(row.errorId) : null;
  if (error) return { why: error.explain[i18n.language], next: error.next[i18n.language] };
  if (row.errorId && row.errorName) return { why: row.errorName, next: state.next };
  const status = row.statusId === null ? null : statusById(row.statusId);
  if (status) return { why: status.explain[i18n.language], next: status.next[i18n.language] };
  return { why: row.statusName ?? state.explain, next: state.next };
}

/** States that need no reason beside them in a table: all is as it should be. */
const PLAIN = new Set<MessageRow['state']>([
  'held',
  'queued',
  'submitting',
  'accepted',
  'at-operator',
  'delivered',
]);

/** The reason for a table's cell; empty where the state says it all. */
export const reasonCell = (row: Explained): string => (PLAIN.has(row.state) ? '' : explainMessage(row).why);
