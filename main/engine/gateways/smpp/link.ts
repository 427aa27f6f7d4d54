import { type AppError, appError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock, Timer } from '../../clock.ts';
import type { Connection } from './connection.ts';

/** First and longest pause before another attempt, in ms. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A session that lived that long (ms) had no fault in its beginning: the next pause is the first one again. */
const SETTLED_MS = 10_000;

/** Keeps at most one bound session, as long as somebody needs it. */
export type Link = {
  /**
   * The bound session; opens one where there is none, and waits for the attempt. Fails with what the attempt failed with, or with
   * `GATEWAY_UNREACHABLE` when the signal was given or the link was closed.
   */
  ready(signal?: AbortSignal): Promise<Result<Connection, AppError>>;
  /** Keeps a session open, with reconnecting, until the returned function is called. */
  hold(): () => void;
  /** Ends the session with a farewell, and every wait. */
  close(): Promise<void>;
};

/** What a link stands on. `random` gives numbers from 0 to 1. */
export type LinkDeps = {
  readonly clock: Clock;
  readonly log?: Log | undefined;
  readonly random: () => number;
  /** Connects and binds. */
  readonly open: (onClosed: () => void) => Promise<Result<Connection, AppError>>;
};

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'pausing'; readonly timer: Timer }
  | { readonly kind: 'bound'; readonly connection: Connection; readonly since: number }
  | { readonly kind: 'closed' };

/**
 * Starts without a connection and without a timer. Attempts are made while a hold is there or somebody waits, with pauses from 1 s
 * to 60 s that double and vary by half; for somebody who waits a pause lasts 1 s at most.
 */
export function createLink({ clock, log, random, open }: LinkDeps): Link {
  let state: State = { kind: 'idle' };
  let holds = 0;
  let failures = 0;
  let pausedSince = 0;
  const waiting = new Set<(result: Result<Connection, AppError>) => void>();

  function settleAll(result: Result<Connection, AppError>): void {
    for (const settle of [...waiting]) settle(result);
  }

  async function attempt(): Promise<void> {
    state = { kind: 'connecting' };
    let bound = false;
    let lost = false;
    const opened = await open(() => {
      lost = true;
      if (bound) onLost();
    }).catch((error: unknown) => {
      log?.error('smpp.open-failed', error);
      return err(appError('UNEXPECTED'));
    });
    if (isClosed()) {
      if (opened.ok) await opened.value.unbind();
      return;
    }
    if (!opened.ok) {
      failures += 1;
      log?.warn('smpp.no-session', { code: opened.error.code, detail: opened.error.facts?.detail ?? '' });
      settleAll(opened);
      pauseOrRest();
      return;
    }
    bound = true;
    state = { kind: 'bound', connection: opened.value, since: clock.monotonic() };
    if (lost) return onLost();
    settleAll(opened);
  }

  // A function, because the compiler does not see what changes the state while something is awaited.
  function isClosed(): boolean {
    return state.kind === 'closed';
  }

  function onLost(): void {
    if (state.kind === 'closed') return;
    const settled = state.kind === 'bound' && clock.monotonic() - state.since >= SETTLED_MS;
    failures = settled ? 1 : failures + 1;
    log?.info('smpp.session-lost', { failures });
    pauseOrRest();
  }

  function pauseOrRest(): void {
    state = { kind: 'idle' };
    if (!isNeeded()) return;
    pausedSince = clock.monotonic();
    const full = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
    pause(waiting.size > 0 ? FIRST_PAUSE_MS : full * (0.5 + random() / 2));
  }

  function pause(ms: number): void {
    const timer = clock.after(ms, () => {
      state = { kind: 'idle' };
      if (isNeeded()) start();
    });
    state = { kind: 'pausing', timer };
  }

  function isNeeded(): boolean {
    return holds > 0 || waiting.size > 0;
  }

  function start(): void {
    if (state.kind === 'idle') void attempt();
  }

  return {
    ready(signal) {
      if (state.kind === 'bound') return Promise.resolve(ok(state.connection));
      if (state.kind === 'closed' || signal?.aborted) return Promise.resolve(givenUp(state.kind));
      return new Promise((resolve) => {
        const aborted = (): void => settle(givenUp('aborted'));
        const settle = (result: Result<Connection, AppError>): void => {
          waiting.delete(settle);
          signal?.removeEventListener('abort', aborted);
          resolve(result);
        };
        signal?.addEventListener('abort', aborted);
        waiting.add(settle);
        if (state.kind === 'pausing') {
          state.timer.cancel();
          pause(Math.max(0, FIRST_PAUSE_MS - (clock.monotonic() - pausedSince)));
        }
        start();
      });
    },
    hold() {
      let held = true;
      holds += 1;
      start();
      return () => {
        if (held) holds -= 1;
        held = false;
        if (!isNeeded() && state.kind === 'pausing') {
          state.timer.cancel();
          state = { kind: 'idle' };
        }
      };
    },
    async close() {
      const last = state;
      state = { kind: 'closed' };
      if (last.kind === 'pausing') last.timer.cancel();
      settleAll(givenUp('closed'));
      if (last.kind === 'bound') await last.connection.unbind();
    },
  };
}

function givenUp(why: string): Result<never, AppError> {
  return err(
    appError('GATEWAY_UNREACHABLE', {
      detail: why === 'closed' ? 'closed' : 'aborted: stopped by the caller',
    }),
  );
}
