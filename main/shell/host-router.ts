import { implement } from '@orpc/server';
import { appError } from '#shared/errors.ts';
import { hostContract } from '#shared/ipc/host.ts';
import { err, type Result } from '#shared/result.ts';
import { unwrap } from '../ipc/refusal.ts';
import type { ChosenFiles } from './chosen-files.ts';
import type { KeychainFailure } from './keychain-failure.ts';
import type { Power } from './power.ts';
import type { PracticeHost } from './practice-host.ts';
import type { SendingWatch } from './sending-watch.ts';
import type { Vault } from './vault.ts';

/** What the engine's questions act on. */
export type HostServices = {
  readonly vault: Pick<Vault, 'get' | 'set' | 'forget'>;
  readonly practice: Pick<PracticeHost, 'ensure'>;
  readonly power: Power;
  readonly files: Pick<ChosenFiles, 'resolve'>;
  readonly sending: Pick<SendingWatch, 'progress' | 'ended' | 'repeatStopped' | 'engineGone'>;
};

/** Implements `hostContract`, the port between the engine and the main process on which secrets travel. */
export function hostRouter({ vault, practice, power, files, sending }: HostServices) {
  const os = implement(hostContract);
  return os.router({
    secrets: {
      get: os.secrets.get.handler(async ({ input }) => found(await vault.get(input.accountId))),
      set: os.secrets.set.handler(async ({ input }) => found(await vault.set(input.accountId, input.secret))),
      forget: os.secrets.forget.handler(async ({ input }) => found(await vault.forget(input.accountId))),
    },
    practice: { ensure: os.practice.ensure.handler(async () => unwrap(await practice.ensure())) },
    files: {
      resolve: os.files.resolve.handler(({ input }) => unwrap(files.resolve(input.handle, input.mode))),
    },
    power: {
      keepAwake: os.power.keepAwake.handler(({ input }) => {
        power.keepAwake(input.on, 'sending');
        return null;
      }),
    },
    sending: {
      progress: os.sending.progress.handler(({ input }) => {
        sending.progress(input);
        return null;
      }),
      ended: os.sending.ended.handler(({ input }) => {
        sending.ended(input);
        return null;
      }),
      repeatStopped: os.sending.repeatStopped.handler(({ input }) => {
        sending.repeatStopped(input);
        return null;
      }),
    },
  });
}

/** The value, or the failure of the keychain as the error of the call. */
function found<T>(result: Result<T, KeychainFailure>): T {
  return unwrap(result.ok ? result : err(appError(result.error.code, { detail: result.error.detail })));
}
