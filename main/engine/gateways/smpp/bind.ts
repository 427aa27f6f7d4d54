import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { GatewayAddress } from '../gateway.ts';
import { bindError, ESME } from './command-status.ts';
import { type Connection, type ConnectionDeps, type Endpoint, openConnection } from './connection.ts';

/** Which direction a session is bound for (SMPP 3.4 §4.1). */
export type BindCommand = 'bind_transceiver' | 'bind_transmitter' | 'bind_receiver';

const VERSION_3_4 = 0x34;
/** Longest name and password that are tried. The standard has 15 and 8 (SMPP 3.4 §4.1.1); many servers give longer ones. */
const LONGEST_SECRET = 64;

/**
 * Connects and binds. Fails with what the credentials failed with, `GATEWAY_UNREACHABLE` (no connection, or no answer to the bind),
 * `GATEWAY_AUTH` (also for credentials that SMPP cannot carry), `GATEWAY_BUSY` or `GATEWAY_REFUSED`.
 */
export async function openSession(
  endpoint: Endpoint,
  command: BindCommand,
  systemType: string,
  credentials: GatewayAddress['credentials'],
  deps: ConnectionDeps,
): Promise<Result<Connection, AppError>> {
  const given = await credentials();
  if (!given.ok) return given;
  const { userName, password } = given.value;
  if (!isPlain(userName) || !isPlain(password)) {
    return err(appError('GATEWAY_AUTH', { detail: 'SMPP carries 1 to 64 ASCII characters' }));
  }
  const opened = await openConnection(endpoint, deps);
  if (!opened.ok) return opened;
  const connection = opened.value;
  const answer = await connection.request(
    command,
    {
      system_id: userName,
      password,
      system_type: systemType.replace(/[^\x20-\x7e]/g, ''),
      interface_version: VERSION_3_4,
    },
    { timeoutMs: deps.timeouts.bind },
  );
  if (answer.kind !== 'response') {
    connection.destroy('closed');
    return err(appError('GATEWAY_UNREACHABLE', { detail: `${answer.cause}: no answer to the bind` }));
  }
  const { status } = answer.response;
  if (status === ESME.ok && answer.response.command !== 'generic_nack') return ok(connection);
  connection.destroy('closed');
  return err(bindError(status));
}

function isPlain(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text) && text.length <= LONGEST_SECRET;
}
