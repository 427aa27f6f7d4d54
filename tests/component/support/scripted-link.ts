import { EngineState } from '../../../renderer/lib/engine-state.svelte.ts';
import { followStream, type LiveEvent } from '../../../renderer/lib/follow.ts';
import type { EngineClient, Link, ShellClient } from '../../../renderer/lib/link.ts';
import { CallFailed } from '../../../renderer/lib/app-error.ts';
import { appError, type ErrorCode, type ErrorFacts } from '#shared/errors.ts';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import type { AccountPath, AccountView } from '#shared/ipc/accounts.ts';

/** What a scripted call does with its input. */
type Answer = (input: never) => unknown;

/** A stream that a test pushes values into. */
export type Feed<T> = {
  push(value: T): void;
  /** For the script: opens the stream. */
  readonly open: () => AsyncGenerator<LiveEvent<T>>;
};

/** One call that the page made. */
export type MadeCall = { readonly path: string; readonly input: unknown };

/** A link whose answers are written by the test, and what the page asked of it. */
export type ScriptedLink = {
  readonly link: Link;
  readonly engineState: EngineState;
  /** Every call in order, streams included. */
  readonly calls: readonly MadeCall[];
  /** The inputs of the calls to one path, in order. */
  inputsOf(path: string): unknown[];
  /** Replaces or adds an answer, also while the page is open. */
  answer(path: string, answer: Answer): void;
  /** Whether the script has an answer for the path. */
  answers(path: string): boolean;
};

/** A failure as the page receives it from either process. */
export const refusal = (code: ErrorCode, facts?: ErrorFacts): CallFailed =>
  new CallFailed(appError(code, facts));

/** A live stream that starts with `first` and goes on with what the test pushes. Every reader gets the latest value first. */
export function feed<T>(first: T): Feed<T> {
  let latest = first;
  let seq = 0;
  const readers = new Set<() => void>();
  return {
    push(value) {
      latest = value;
      seq += 1;
      for (const wake of readers) wake();
    },
    async *open() {
      let seen = -1;
      for (;;) {
        if (seen < seq) {
          seen = seq;
          yield { seq, value: latest };
        } else {
          await new Promise<void>((resolve) => {
            const wake = (): void => {
              readers.delete(wake);
              resolve();
            };
            readers.add(wake);
          });
        }
      }
    },
  };
}

/** What an account of the REST protocol can do. */
export const REST_CAPABILITIES: Capabilities = {
  recipientsPerRequest: 1000,
  differentTexts: true,
  ownMessageIds: true,
  schedule: { horizonMs: 180 * 86_400_000, cancel: true },
  flash: true,
  validity: true,
  transactionClass: false,
  reports: 'pull',
  logs: true,
  pageLimit: 1000,
  logWindowMs: 48 * 3_600_000,
  balance: true,
  lookup: 'sync-and-async',
  inbox: 'pull',
  preview: true,
};

/** An account's path that was found by probing. */
export const REST_PATH: AccountPath = {
  protocol: 'rest-json',
  capabilities: REST_CAPABILITIES,
  probedAt: Date.now() - 3_600_000,
  steps: [
    { protocol: 'rest-json', what: 'balance', ok: true, code: null },
    { protocol: 'rest-json', what: 'logs', ok: true, code: null },
  ],
};

/** The practice account as the engine lists it. */
export const PRACTICE_ACCOUNT: AccountView = {
  id: 'practice',
  space: 'practice',
  name: 'Practice',
  protocol: 'auto',
  options: {},
  path: REST_PATH,
  serverAddress: 'http://127.0.0.1:4010',
  allowHttp: true,
  userName: 'practice',
  senders: ['Practice', '8801700000000'],
  isDefault: false,
  secret: 'present',
  balance: { money: { micros: 500_000_000, currency: 'BDT' }, at: Date.now() - 40_000, failed: null },
  pricePerPart: { micros: 350_000, currency: 'BDT' },
};

/** A real account as the engine lists it. */
export const REAL_ACCOUNT: AccountView = {
  id: '5f0c8a52-3a5b-4b8e-9d5e-0a4a6a7f1b10',
  space: 'real',
  name: 'Green Valley School',
  protocol: 'rest-json',
  options: {},
  path: REST_PATH,
  serverAddress: 'https://api.mimsms.com',
  allowHttp: false,
  userName: 'greenvalley',
  senders: ['GVSchool', '8809617000000'],
  isDefault: true,
  secret: 'unasked',
  balance: { money: { micros: 1_868_500_000, currency: 'BDT' }, at: Date.now() - 5 * 60_000, failed: null },
  pricePerPart: { micros: 350_000, currency: 'BDT' },
};

/** Builds a link from answers by path (`accounts.list`, `shell.settings.get`). A call without an answer fails the test. */
export function scriptedLink(answers: Readonly<Record<string, Answer>> = {}): ScriptedLink {
  const script = new Map<string, Answer>(Object.entries(answers));
  const calls: MadeCall[] = [];
  const engineState = new EngineState();
  engineState.current = { state: 'running', restarts: 0, code: null, detail: null };

  async function ask(path: string, input: unknown): Promise<unknown> {
    calls.push({ path, input });
    const answer = script.get(path);
    if (!answer) throw new Error(`The script has no answer for ${path}`);
    return answer(input as never);
  }

  const link: Link = {
    shell: clientFor<ShellClient>('shell', ask),
    engine: clientFor<EngineClient>('', ask),
    engineState,
    follow: (open, onValue, onError = () => undefined) =>
      followStream({ age: 0, newerThan: () => new Promise(() => undefined) }, open, onValue, onError),
  };
  return {
    link,
    engineState,
    calls,
    inputsOf: (path) => calls.filter((one) => one.path === path).map((one) => one.input),
    answer: (path, answer) => void script.set(path, answer),
    answers: (path) => script.has(path),
  };
}

/** A client whose every path ends in the script. */
function clientFor<Client extends object>(
  prefix: string,
  ask: (path: string, input: unknown) => Promise<unknown>,
): Client {
  const node = (path: string): object =>
    new Proxy(() => undefined, {
      get: (_, key) =>
        typeof key === 'string' && key !== 'then' ? node(path ? `${path}.${key}` : key) : undefined,
      apply: (_, __, [input]: unknown[]) => ask(path, input),
    });
  return node(prefix) as Client;
}
