import type { Protocol, ProtocolChoice } from '#shared/accounts/protocols.ts';
import { appError, type AppError } from '#shared/errors.ts';
import type { AccountPath, ProbeStep } from '#shared/ipc/accounts.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Gateway } from '../../gateways/gateway.ts';

/** What a look at a server found: the way to use, and the balance when it could be asked for. */
export type Probed = { readonly path: AccountPath; readonly balance: Money | null };

/** In which order an automatic account tries the protocols: those that can do most first. */
const HTTP_ORDER: readonly Protocol[] = ['rest-json', 'rest-xml', 'key-v2', 'key-v1', 'plain-v3'];

/** After these nothing else need be tried: the server cannot be reached, or nobody may use it now. */
const FINAL: readonly AppError['code'][] = [
  'GATEWAY_UNREACHABLE',
  'PRACTICE_NOT_RUNNING',
  'PASSWORD_MISSING',
  'VAULT_LOCKED',
  'VAULT_UNAVAILABLE',
  'HTTP_NEEDS_CONSENT',
  'INVALID_SERVER_ADDRESS',
];

/**
 * Finds out by which protocols a server answers and what the account can do there. Asks for the balance, for one entry of
 * the log and of the inbox's log, which can be read as often as wanted; it takes no report, sends no message and books
 * nothing. A chosen protocol is looked at alone.
 *
 * When `signal` is given, what is under way is given up. Errors: what the last or most telling protocol answered; `PROTOCOL_NOT_FOUND` when the server answers none of them.
 */
export async function probe(
  choice: ProtocolChoice,
  scheme: 'http' | 'smpp',
  open: (protocol: Protocol) => Gateway,
  now: () => number,
  signal: AbortSignal,
): Promise<Result<Probed, AppError>> {
  const order: readonly Protocol[] = choice !== 'auto' ? [choice] : scheme === 'smpp' ? ['smpp'] : HTTP_ORDER;
  const steps: ProbeStep[] = [];
  let telling: AppError | null = null;
  for (const protocol of order) {
    const gateway = open(protocol);
    try {
      const looked = await look(protocol, gateway, steps, signal);
      if (looked.ok) {
        const path: AccountPath = {
          protocol,
          capabilities: looked.value.capabilities,
          probedAt: now(),
          steps,
        };
        return ok({ path, balance: looked.value.balance });
      }
      // A refused password says more than a protocol that is not spoken.
      if (telling === null || looked.error.code === 'GATEWAY_AUTH') telling = looked.error;
      if (FINAL.includes(looked.error.code)) return looked;
    } finally {
      await gateway.close();
    }
  }
  if (choice !== 'auto' && telling) return err(telling);
  return err(telling?.code === 'GATEWAY_AUTH' ? telling : appError('PROTOCOL_NOT_FOUND'));
}

type Looked = { readonly balance: Money | null; readonly capabilities: Gateway['capabilities'] };

/** The first question decides whether the protocol is spoken here; the others only what it offers. */
async function look(
  protocol: Protocol,
  gateway: Gateway,
  steps: ProbeStep[],
  signal: AbortSignal,
): Promise<Result<Looked, AppError>> {
  const note = (what: ProbeStep['what'], result: Result<unknown, AppError>): void =>
    void steps.push({ protocol, what, ok: result.ok, code: result.ok ? null : result.error.code });
  const capabilities = gateway.capabilities;
  const balance = capabilities.balance ? await gateway.balance(signal) : null;
  const first = balance ?? (gateway.check ? await gateway.check(signal) : ok(null));
  note(balance ? 'balance' : 'bind', first);
  if (!first.ok) return first;
  const logs = capabilities.logs ? await gateway.fetchLogs({ limit: 1 }, signal) : null;
  if (logs) note('logs', logs);
  const inbox =
    protocol === 'rest-json' || protocol === 'rest-xml'
      ? await gateway.fetchInbox({ logs: true, limit: 1 }, signal)
      : null;
  if (inbox) note('inbox', inbox);
  const ownIds = gateway.acceptsOwnIds ? await gateway.acceptsOwnIds(signal) : null;
  if (ownIds) note('own-ids', ownIds);
  return ok({
    balance: balance?.ok ? balance.value : null,
    capabilities: {
      ...capabilities,
      ...(logs && !logs.ok && { logs: false, logWindowMs: 0 }),
      ...(inbox && !inbox.ok && { inbox: 'none' as const }),
      ...(ownIds && restAbilities(ownIds.ok && ownIds.value)),
    },
  });
}

/** What the REST API's advanced call brings with it, or takes away when it is not there. */
export const restAbilities = (advanced: boolean) => ({
  ownMessageIds: advanced,
  differentTexts: advanced,
  flash: advanced,
  validity: advanced,
  preview: advanced,
  schedule: advanced ? { horizonMs: SCHEDULE_HORIZON_MS, cancel: true } : null,
});

/** "Up to 180 days ahead" (facts of the platform, "Scheduling"). */
const SCHEDULE_HORIZON_MS = 180 * 24 * 3_600_000;
