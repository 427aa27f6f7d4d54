import smpp from 'smpp';
import { type AppError, appError } from '#shared/errors.ts';
import { statusById } from '#shared/sms/status-catalogue.ts';
import type { GatewayStatus } from '../gateway.ts';
import { catalogueStatus } from '../reading/catalogue-entries.ts';

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(smpp.errors).map(([name, value]) => [value, name]),
);

/** A `command_status` for people: `0x0000000B ESME_RINVDSTADR`, without a name where the standard has none. */
export function nameOfStatus(status: number): string {
  const hex = `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
  const name = NAMES.get(status);
  return name === undefined ? hex : `${hex} ${name}`;
}

/** Values of `command_status` (SMPP 3.4 §5.1.3). */
export const ESME = {
  ok: 0x00,
  messageLength: 0x01,
  commandId: 0x03,
  bindStatus: 0x04,
  alreadyBound: 0x05,
  systemError: 0x08,
  sourceAddress: 0x0a,
  destinationAddress: 0x0b,
  bindFailed: 0x0d,
  password: 0x0e,
  systemId: 0x0f,
  queueFull: 0x14,
  esmClass: 0x43,
  sourceTon: 0x48,
  sourceNpi: 0x49,
  destinationTon: 0x50,
  destinationNpi: 0x51,
  throttled: 0x58,
  tryLater: 0x64,
  unknownError: 0xff,
} as const;

const AUTH: ReadonlySet<number> = new Set([ESME.password, ESME.systemId, ESME.bindFailed]);

/** Pauses before another try, in ms: the rate was too high; the queue is full, which takes longer. */
const WAIT_MS: ReadonlyMap<number, number> = new Map<number, number>([
  [ESME.throttled, 1_000],
  [ESME.queueFull, 5_000],
  // The session is not bound any more; the next one will be.
  [ESME.bindStatus, 1_000],
]);

/** Nearest entries of the status catalogue; everything else is rejected without one. */
const STATUS_IDS: ReadonlyMap<number, number> = new Map<number, number>([
  [ESME.ok, 0],
  [ESME.messageLength, 25],
  [ESME.sourceAddress, 11],
  [ESME.sourceTon, 11],
  [ESME.sourceNpi, 11],
  [ESME.destinationAddress, 52],
  [ESME.destinationTon, 52],
  [ESME.destinationNpi, 52],
  [ESME.esmClass, 24],
]);

const REJECTED = 5;

/**
 * What the answer to a `submit_sm` means. `refused` was not taken and may be sent again after `retryAfterMs`, never when that is
 * `null`.
 *
 * A status other than 0 tells that the request failed (SMPP 3.4 §5.1.3), and most name the field that was wrong or say that
 * nothing was taken. `ESME_RSYSERR` ("System Error") and `ESME_RUNKNOWNERR` do not: they are given by a server that failed
 * somewhere on the way, like HTTP's 500, and may come after it stored the message. They count as `unknown`.
 */
export type SubmitAnswer =
  | { readonly kind: 'answered'; readonly status: GatewayStatus }
  | { readonly kind: 'refused'; readonly error: AppError; readonly retryAfterMs: number | null }
  | { readonly kind: 'unknown' };

/** See {@link SubmitAnswer}; `nack` says that it was a `generic_nack`, which takes no message whatever its status is. */
export function submitAnswer(status: number, nack: boolean): SubmitAnswer {
  const detail = nameOfStatus(status);
  const wait = WAIT_MS.get(status);
  if (wait !== undefined) {
    const facts = { detail, retryAfter: Math.ceil(wait / 1_000) };
    return { kind: 'refused', error: appError('GATEWAY_BUSY', facts), retryAfterMs: wait };
  }
  if (AUTH.has(status)) {
    return { kind: 'refused', error: appError('GATEWAY_AUTH', { detail }), retryAfterMs: null };
  }
  if (status === ESME.systemError || status === ESME.unknownError) return { kind: 'unknown' };
  if (nack) return { kind: 'refused', error: appError('GATEWAY_REFUSED', { detail }), retryAfterMs: null };
  return { kind: 'answered', status: statusOfCommand(status) };
}

/** The status of the catalogue for a `command_status`, which stands in its name where the message was not taken. */
function statusOfCommand(status: number): GatewayStatus {
  const id = STATUS_IDS.get(status) ?? null;
  const entry = id === null ? null : statusById(id);
  const name = status === ESME.ok ? (entry?.name ?? null) : nameOfStatus(status);
  return catalogueStatus(id, entry?.groupId ?? REJECTED, name);
}

/** Why a bind was refused: wrong credentials, a busy server, or another reason. */
export function bindError(status: number): AppError {
  const detail = nameOfStatus(status);
  if (AUTH.has(status)) return appError('GATEWAY_AUTH', { detail });
  const busy: readonly number[] = [ESME.systemError, ESME.throttled, ESME.queueFull, ESME.alreadyBound];
  return appError(busy.includes(status) ? 'GATEWAY_BUSY' : 'GATEWAY_REFUSED', { detail });
}
