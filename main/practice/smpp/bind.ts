import { timingSafeEqual } from 'node:crypto';
import type { Desk, Office } from './office.ts';
import type { RawPdu } from './pdus.ts';
import { ESME } from './statuses.ts';

/** A session's right to send, to receive, or both, for one account. */
export type Binding = { readonly desk: Desk; readonly sends: boolean; readonly receives: boolean };

/** The commands that bind a session. */
export const BIND_COMMANDS = ['bind_transmitter', 'bind_receiver', 'bind_transceiver'] as const;

/** The only version served ("facts of the platform, SMPP"). */
const SMPP_3_4 = 0x34;
const MOST_SESSIONS = 4;

/** Checks a bind request. Gives the `command_status` of the refusal when it is none. */
export function bind(office: Office, pdu: RawPdu): Binding | number {
  const { system_id: user, password, interface_version: version } = pdu;
  if (user === undefined || password === undefined || version === undefined) return ESME.commandLength;
  if (version !== SMPP_3_4) return ESME.bindFailed;
  const desk = office.desks.get(user);
  if (desk === undefined) return ESME.bindFailed;
  if (!sameText(desk.account.password, password)) return ESME.password;
  if (desk.sessions >= MOST_SESSIONS) return ESME.bindFailed;
  return { desk, sends: pdu.command !== 'bind_receiver', receives: pdu.command !== 'bind_transmitter' };
}

function sameText(expected: string, given: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
