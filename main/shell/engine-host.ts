import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import * as v from 'valibot';
import { ERROR_CODES } from '#shared/errors.ts';
import type { EnginePage, EngineStart, EngineStop } from '#shared/ipc/boot.ts';
import type { EngineStatus } from '#shared/ipc/shell.ts';
import type { Log } from '../logging/log.ts';
import { logOutput } from './child-output.ts';
import { waitBeforeRestart } from './restart-policy.ts';
import { watched, type Watched } from './watched.ts';

/** The engine as the main process sees it: started, watched, restarted, told to stop. */
export type EngineHost = {
  readonly status: Pick<Watched<EngineStatus>, 'get' | 'watch'>;
  start(): void;
  /** Starts an engine that was given up; in every other state it does nothing. */
  restart(): void;
  /** A new port to the engine for a page, or `null` while no engine process exists. */
  connectPage(): MessagePortMain | null;
  /** Calls `listener` for every engine process there will be, so that pages can be given its port. */
  onProcess(listener: () => void): void;
  /** Asks the engine to finish what it is writing, and ends it after `limitMs` at the latest. */
  stop(limitMs: number): Promise<void>;
};

/** How an {@link EngineHost} is made. */
export type EngineHostOptions = {
  /** File of the engine's program. */
  readonly entry: string;
  readonly start: Omit<EngineStart, 'type'>;
  /** Answers the engine's own questions (passwords, practice gateway, power). */
  readonly serveHost: (port: MessagePortMain) => void;
  readonly log: Log;
};

/** What the engine reports about its start; see `EngineBoot`. */
const Boot = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('failed'), code: v.picklist(ERROR_CODES), detail: v.string() }),
]);

/** Makes the engine's host. Nothing is started yet. */
export function createEngineHost({ entry, start, serveHost, log }: EngineHostOptions): EngineHost {
  const status = watched<EngineStatus>({ state: 'starting', restarts: 0, code: null, detail: null });
  const listeners: (() => void)[] = [];
  let child: UtilityProcess | null = null;
  /** An engine that could not start, until its process is gone: it may still hold the store. */
  let failing: UtilityProcess | null = null;
  let restartTimes: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  const say = (
    state: EngineStatus['state'],
    why: Partial<Pick<EngineStatus, 'code' | 'detail'>> = {},
  ): void => status.set({ code: null, detail: null, ...why, state, restarts: restartTimes.length });

  const launch = (): void => {
    if (stopping) return;
    const forked = utilityProcess.fork(entry, [], { serviceName: 'MiM SMS engine', stdio: 'pipe' });
    child = forked;
    logOutput(forked, log);
    forked.on('spawn', () => log.info('engine.started', { pid: forked.pid }));
    forked.on('message', (message: unknown) => {
      if (child === forked) hear(forked, message);
    });
    forked.once('exit', (code) => {
      log[stopping ? 'info' : 'warn']('engine.ended', { code, stopping });
      if (failing === forked) failing = null;
      if (child !== forked) return;
      child = null;
      if (!stopping) again(code);
    });
    const { port1, port2 } = new MessageChannelMain();
    serveHost(port1);
    forked.postMessage({ type: 'start', ...start } satisfies EngineStart, [port2]);
    for (const listener of listeners) listener();
  };

  const hear = (forked: UtilityProcess, message: unknown): void => {
    const boot = v.safeParse(Boot, message);
    if (!boot.success) return void log.warn('engine.unknown-message');
    if (boot.output.type === 'ready') return say('running');
    const { code, detail } = boot.output;
    log.warn('engine.not-started', { code, detail });
    // The same store would be refused again: only the user can change that.
    child = null;
    failing = forked;
    forked.kill();
    say('failed', { code, detail });
  };

  const again = (exitCode: number): void => {
    const wait = waitBeforeRestart(restartTimes, Date.now());
    if (wait === null) {
      say('failed', {
        code: 'UNEXPECTED',
        detail: `the engine ended too often (last exit code ${exitCode})`,
      });
      return;
    }
    say('restarting');
    timer = setTimeout(() => {
      restartTimes.push(Date.now());
      launch();
    }, wait);
  };

  return {
    status,
    start: launch,
    restart() {
      if (stopping || status.get().state !== 'failed') return;
      restartTimes = [];
      say('starting');
      if (failing) failing.once('exit', launch);
      else launch();
    },
    connectPage() {
      if (!child) return null;
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ type: 'page' } satisfies EnginePage, [port1]);
      return port2;
    },
    onProcess: (listener) => void listeners.push(listener),
    async stop(limitMs) {
      stopping = true;
      clearTimeout(timer);
      const ending = child;
      if (!ending) return;
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => {
          log.warn('engine.stop-too-slow', { limitMs });
          ending.kill();
          resolve();
        }, limitMs);
        ending.once('exit', () => {
          clearTimeout(late);
          resolve();
        });
        ending.postMessage({ type: 'stop' } satisfies EngineStop);
      });
    },
  };
}
