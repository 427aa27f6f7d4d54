import type { Protocol, ProtocolChoice } from '#shared/accounts/protocols.ts';
import { appError, type AppError } from '#shared/errors.ts';
import type { AccountPath, ProbeStep } from '#shared/ipc/accounts.ts';
import type { Money } from '#shared/money.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { A_WEB_PAGE, type Gateway } from '../../gateways/gateway.ts';

/** What a look at a server found: the way to use, and the balance when it could be asked for. */
export type Probed = { readonly path: AccountPath; readonly balance: Money | null };

/** What an automatic account tries when a protocol's call is not there: those that can do most first. */
const NEXT: Partial<Record<Protocol, Protocol>> = {
  'rest-json': 'key-v2',
  'rest-xml': 'key-v2',
  'key-v2': 'key-v1',
  'key-v1': 'plain-v3',
};

/** Statuses of a server that has no such call (RFC 9110 §15.5.5, §15.5.6, §15.5.11, §15.6.2). */
const NO_SUCH_CALL: readonly unknown[] = [404, 405, 410, 501];
/** Statuses of a server that has the call, but not in JSON (RFC 9110 §15.5.7, §15.5.16). */
const NOT_IN_JSON: readonly unknown[] = [406, 415];

/**
 * Finds out by which protocols a server answers and what the account can do there. Asks for the balance, for one entry of
 * the log and of the inbox's log, which can be read as often as wanted; it takes no report, sends no message and books
 * nothing. A chosen protocol is looked at alone.
 *
 * The key API's second version and the plain calls put the password in the address, where servers log it. An automatic account
 * therefore goes on to them only when the calls before them are not there: with a refused password, a busy server or an answer
 * that cannot be read, the protocol is found and only the error is of interest. Such addresses travel over https, or with the
 * consent that the account needs for any unencrypted request.
 *
 * When `signal` is given, what is under way is given up. Errors: what the protocol that is spoken there answered;
 * `PROTOCOL_NOT_FOUND` when the server has none of them.
 */
export async function probe(
  choice: ProtocolChoice,
  scheme: 'http' | 'smpp',
  open: (protocol: Protocol) => Gateway,
  now: () => number,
  signal: AbortSignal,
): Promise<Result<Probed, AppError>> {
  const steps: ProbeStep[] = [];
  let protocol: Protocol = choice !== 'auto' ? choice : scheme === 'smpp' ? 'smpp' : 'rest-json';
  for (;;) {
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
      if (choice !== 'auto' || protocol === 'smpp') return looked;
      const wanted = following(protocol, looked.error);
      if (wanted === null) return looked;
      if (wanted === 'none') return err(appError('PROTOCOL_NOT_FOUND'));
      protocol = wanted;
    } finally {
      await gateway.close();
    }
  }
}

/** What to try after a protocol failed: `null` when its error is the answer, `none` when there is nothing left to try. */
function following(protocol: Protocol, error: AppError): Protocol | 'none' | null {
  const { code, facts } = error;
  if (protocol === 'rest-json' && NOT_IN_JSON.includes(facts?.httpStatus)) return 'rest-xml';
  // Nothing was sent: only the REST API cannot carry every user name.
  const unwritable = code === 'INVALID_INPUT' && facts?.field === 'userName';
  return unwritable || isMissing(error) ? (NEXT[protocol] ?? 'none') : null;
}

/** Whether an error says that there is no such call. A web site answers every path with its own page. */
const isMissing = ({ code, facts }: AppError): boolean =>
  code === 'NOT_SUPPORTED' ||
  NO_SUCH_CALL.includes(facts?.httpStatus) ||
  (code === 'GATEWAY_UNREADABLE' && facts?.detail === A_WEB_PAGE);

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
      // A call that only failed this time is there.
      ...(logs && !logs.ok && isMissing(logs.error) && { logs: false, logWindowMs: 0 }),
      ...(inbox && !inbox.ok && isMissing(inbox.error) && { inbox: 'none' as const }),
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
