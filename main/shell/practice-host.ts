import { utilityProcess, type UtilityProcess } from 'electron';
import * as v from 'valibot';
import { appError, type AppError } from '#shared/errors.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../logging/log.ts';
import { logOutput } from './child-output.ts';

/** Where the practice gateway listens (on loopback) and how to sign in to it. New for each process. */
export type PracticeAddress = {
  readonly url: string;
  readonly smppUrl: string;
  readonly userName: string;
  readonly password: string;
};

/** The practice gateway, a process of its own that exists only when somebody practises. */
export type PracticeHost = {
  /** Gives the address of the running gateway; starts it when it does not run or has died. */
  ensure(): Promise<Result<PracticeAddress, AppError>>;
  stop(): void;
};

/** Time for the gateway to listen, in ms. */
const START_LIMIT_MS = 10_000;

const Notice = v.variant('type', [
  v.object({
    type: v.literal('ready'),
    url: v.string(),
    smppUrl: v.string(),
    user: v.string(),
    password: v.string(),
  }),
  v.object({ type: v.literal('failed'), message: v.string() }),
]);

/** Makes the practice gateway's host; `entry` is the file of its program. */
export function createPracticeHost(entry: string, log: Log): PracticeHost {
  let child: UtilityProcess | null = null;
  let address: Promise<Result<PracticeAddress, AppError>> | null = null;

  const launch = (): Promise<Result<PracticeAddress, AppError>> =>
    new Promise((resolve) => {
      const forked = utilityProcess.fork(entry, [], {
        serviceName: 'MiM SMS practice gateway',
        stdio: 'pipe',
      });
      child = forked;
      logOutput(forked, log);
      const fail = (detail: string): void => {
        clearTimeout(timer);
        log.warn('practice.not-started', { detail });
        if (child === forked) address = null;
        forked.kill();
        resolve(err(appError('PRACTICE_NOT_RUNNING', { detail })));
      };
      const timer = setTimeout(() => fail(`not listening after ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
      forked.once('message', (message: unknown) => {
        const notice = v.safeParse(Notice, message);
        if (!notice.success) return fail('unknown notice');
        if (notice.output.type === 'failed') return fail(notice.output.message);
        clearTimeout(timer);
        const { url, smppUrl, user, password } = notice.output;
        log.info('practice.started', { url });
        resolve(ok({ url, smppUrl, userName: user, password }));
      });
      forked.once('exit', (code) => {
        log.info('practice.ended', { code });
        if (child === forked) {
          child = null;
          address = null;
        }
        fail(`ended with code ${code}`);
      });
    });

  return {
    ensure: () => (address ??= launch()),
    stop: () => void child?.kill(),
  };
}
