import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { AccountOptions } from '#shared/accounts/options.ts';
import type { Protocol } from '#shared/accounts/protocols.ts';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { capabilitiesOf, createGateway } from '../../main/engine/gateways/create.ts';
import type { Gateway, GatewayKind, GatewayReport, RawBody } from '../../main/engine/gateways/gateway.ts';
import { reading } from '../../main/engine/gateways/reading/reading.ts';
import type { PracticeOptions } from '../../main/practice/core/settings.ts';
import { startPractice, type PracticeGateway } from '../../main/practice/practice.ts';

/** The client and the practice gateway with HTTP between them; `clock.now` is the practice gateway's, in ms. */
export type Pair = {
  readonly practice: PracticeGateway;
  readonly gateway: Gateway;
  readonly clock: { now: number };
  readonly close: () => Promise<void>;
};

/** What differs from an account of the practice user that knows what its protocol promises. */
export type PairOptions = PracticeOptions & {
  readonly login?: { readonly userName: string; readonly password: string };
  readonly options?: AccountOptions;
  /** A REST account on which probing found everything that the platform has. */
  readonly everything?: boolean;
};

/** A login as the API document's addresses have it; the practice gateway knows it beside its own. */
export const DOCUMENT_USERS = ['test', 'XXXX'].map((name) => ({
  user: name,
  password: name,
  balanceMicros: 1_000_000_000,
}));

/** Starts both; the caller closes them. */
export async function startPair(
  protocol: Protocol,
  {
    login = { userName: 'practice', password: 'practice' },
    options = {},
    everything,
    ...more
  }: PairOptions = {},
): Promise<Pair> {
  const clock = { now: Date.now() };
  const practice = await startPractice({ now: () => clock.now, ...more });
  const kind: GatewayKind = { protocol, options, capabilities: null, recipientsPerRequest: null };
  const around = { clock: systemClock };
  const found = everything === true ? { ...capabilitiesOf(kind, around), ownMessageIds: true } : null;
  const gateway = createGateway(
    { serverAddress: practice.url, allowHttp: true, credentials: () => Promise.resolve(ok(login)) },
    { ...kind, capabilities: found },
    around,
  );
  return {
    practice,
    gateway,
    clock,
    close: async () => {
      await gateway.close();
      await practice.close();
    },
  };
}

/** Starts both until the end of the test. */
export async function openPair(protocol: Protocol, options: PairOptions = {}): Promise<Pair> {
  const pair = await startPair(protocol, options);
  onTestFinished(pair.close);
  return pair;
}

/** A sample of the API document as it stands in `tests/fixtures/api-document/<name>`. */
export function documentSample(name: string): string {
  return readFileSync(new URL(`../fixtures/api-document/${name}`, import.meta.url), 'utf8').trimEnd();
}

/** The body of a read that succeeded. */
export function bodyOf(raw: { readonly ok: boolean; readonly value?: RawBody }): string {
  if (!raw.ok || raw.value === undefined) throw new Error(JSON.stringify(raw));
  return raw.value.body;
}

/** The reports or log entries that a read brought, none of them unreadable. */
export function reportsIn(raw: { readonly ok: boolean; readonly value?: RawBody }): readonly GatewayReport[] {
  const read = reading.reports(bodyOf(raw));
  if (!read.ok || read.value.skipped > 0) throw new Error(JSON.stringify(read));
  return read.value.reports;
}

/** Sets how the practice gateway's legacy calls behave, and the addresses that an account registers there. */
export async function setPractice(
  practice: PracticeGateway,
  settings: Record<string, unknown>,
): Promise<void> {
  const answer = await fetch(`${practice.url}/practice/settings`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from('practice:practice').toString('base64')}` },
    body: JSON.stringify(settings),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
}
