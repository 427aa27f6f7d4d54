import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import { readServerAddress } from '#shared/accounts/server-address.ts';

/** Whether a text is a base address that paths can be put behind. */
export function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash: fragment, username } = new URL(text);
  return /^https?:$/.test(protocol) && search === '' && fragment === '' && username === '';
}

/** Whether a gateway's address leads back to this computer: a loopback address or its name. */
export function isOwnComputer(serverAddress: string | null): boolean {
  if (serverAddress === null) return false;
  const read = readServerAddress(serverAddress, true);
  return read.ok && /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(read.value.host);
}

/** The port that a server listens on; `null` when it does not. */
export function portOf(server: Server): number | null {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? null) : null;
}

/** This computer in its network, as far as it knows itself. */
export function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

/** Why an address could not be listened on, in the words of the view. */
export function problemOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE') return 'port-in-use';
  return code === 'EACCES' || code === 'EPERM' ? 'not-allowed' : 'address';
}
