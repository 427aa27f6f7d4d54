import type { Server } from 'node:http';
import { networkInterfaces } from 'node:os';

/** Whether a text is a base address that paths can be put behind. */
export function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash: fragment, username } = new URL(text);
  return /^https?:$/.test(protocol) && search === '' && fragment === '' && username === '';
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
