import type smpp from 'smpp';
import { type AppError, appError } from '#shared/errors.ts';
import type { Clock } from '../../clock.ts';
import type { GatewayStatus, SubmitOutcome } from '../gateway.ts';
import { printable } from '../http-outcome.ts';
import { ESME, nameOfStatus, submitAnswer } from './command-status.ts';
import type { Composed } from './compose.ts';
import { noteExchange } from './exchange.ts';
import type { Link } from './link.ts';

/** Sessions that are tried for one request, when each is lost before it could be written. */
const MOST_SESSIONS = 3;
/** How often a part after the first is offered again to a gateway that is too busy for it. */
const MOST_OFFERS = 10;
/** Longest message id that is believed; the field has 64 octets (SMPP 3.4 §4.4.2). */
const LONGEST_ID = 200;

/** What became of one `submit_sm`. */
export type Submitted =
  | { readonly kind: 'answered'; readonly id: string | null; readonly status: GatewayStatus }
  | { readonly kind: 'refused'; readonly error: AppError; readonly retryAfterMs: number | null }
  | { readonly kind: 'not-sent'; readonly error: AppError }
  | { readonly kind: 'unknown'; readonly cause: string };

/** What the calls below stand on. */
export type SubmitDeps = { readonly link: Link; readonly clock: Clock; readonly target: string };

/** Takes note of what is written and answered. */
type Notes = Pick<ReturnType<typeof noteExchange>, 'wrote' | 'answered'>;

/** Sends one `submit_sm` through the window of a bound session. `not-sent` says that no octet of it was written. */
export async function submitOne(
  link: Link,
  fields: smpp.Fields,
  signal: AbortSignal | undefined,
  notes?: Notes,
): Promise<Submitted> {
  for (let tried = 0; tried < MOST_SESSIONS; tried += 1) {
    const ready = await link.ready(signal);
    if (!ready.ok) return { kind: 'not-sent', error: ready.error };
    const answer = await ready.value.request('submit_sm', fields, { windowed: true, signal });
    if (answer.kind === 'not-written') {
      if (answer.cause === 'aborted') break;
      continue;
    }
    notes?.wrote(fields);
    notes?.answered(answer);
    if (answer.kind === 'lost') return { kind: 'unknown', cause: answer.cause };
    const { status, command, pdu } = answer.response;
    // The server has forgotten the session; the next request gets a new one.
    if (status === ESME.bindStatus) void ready.value.unbind();
    const meaning = submitAnswer(status, command === 'generic_nack');
    if (meaning.kind === 'unknown') return { kind: 'unknown', cause: nameOfStatus(status) };
    if (meaning.kind === 'refused') return meaning;
    const id = printable(pdu?.message_id ?? '', LONGEST_ID);
    return { kind: 'answered', id: id === '' ? null : id, status: meaning.status };
  }
  const detail = signal?.aborted ? 'aborted: stopped by the caller' : 'lost: before the request was written';
  return { kind: 'not-sent', error: appError('GATEWAY_UNREACHABLE', { detail }) };
}

/**
 * Sends a message part after part. Until the first part is taken its outcome is that of the message. After that only a busy
 * gateway is asked again: any other failure makes the message `unknown`, because the phone gets some of its parts.
 */
export async function submitMessage(
  { link, clock, target }: SubmitDeps,
  to: string,
  { pdus, parts }: Composed,
  signal: AbortSignal | undefined,
): Promise<SubmitOutcome> {
  const notes = noteExchange(clock, target);
  const ids: (string | null)[] = [];
  let status: GatewayStatus | null = null;
  for (const fields of pdus) {
    const sent = await submitPart(fields, ids.length > 0);
    if (sent.kind === 'answered' && isTaken(sent.status)) {
      status ??= sent.status;
      ids.push(sent.id);
      continue;
    }
    if (ids.length > 0) {
      const cause = `part ${ids.length + 1} of ${pdus.length}: ${causeOf(sent)}; the parts before it were taken`;
      return { kind: 'unknown', cause, exchange: notes.done('unknown') };
    }
    if (sent.kind !== 'answered') return { ...sent, exchange: notes.done(sent.kind) };
    const rejected = { to, gatewayMessageId: sent.id, parts, status: sent.status };
    return { kind: 'answered', bulkId: null, messages: [rejected], exchange: notes.done('answered') };
  }
  if (status === null) return { kind: 'unknown', cause: 'nothing to send' };
  const [gatewayMessageId = null, ...others] = ids;
  const partIds = others.filter((id) => id !== null);
  const taken = { to, gatewayMessageId, ...(partIds.length > 0 && { partIds }), parts, status };
  return { kind: 'answered', bulkId: null, messages: [taken], exchange: notes.done('answered') };

  async function submitPart(fields: smpp.Fields, again: boolean): Promise<Submitted> {
    let sent = await submitOne(link, fields, signal, notes);
    for (let offers = 1; again && offers < MOST_OFFERS; offers += 1) {
      if (sent.kind !== 'refused' || sent.retryAfterMs === null || signal?.aborted) break;
      const wait = sent.retryAfterMs;
      await new Promise<void>((resolve) => clock.after(wait, resolve));
      sent = await submitOne(link, fields, signal, notes);
    }
    return sent;
  }
}

const ACCEPTED_GROUP = 0;

function isTaken(status: GatewayStatus): boolean {
  return status.groupId === ACCEPTED_GROUP;
}

function causeOf(sent: Submitted): string {
  if (sent.kind === 'unknown') return sent.cause;
  if (sent.kind === 'answered') return sent.status.name ?? 'refused';
  return `${sent.error.code} ${sent.error.facts?.detail ?? ''}`.trim();
}
