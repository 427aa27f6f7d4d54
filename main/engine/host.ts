import type { AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { RepeatStop, SendingEnd, SendingProgress } from '#shared/ipc/host.ts';
import type { Result } from '#shared/result.ts';

/** A secret and where it is kept; `null` when none was ever stored. */
export type FoundSecret = {
  readonly secret: string | null;
  readonly kept: 'keychain' | 'session' | 'nowhere';
};

/** What the engine needs from the program around it: the main process in the app, plain objects in tests and benchmarks. */
export type EngineHost = {
  readonly secrets: {
    get(accountId: AccountId): Promise<Result<FoundSecret, AppError>>;
    set(accountId: AccountId, secret: string): Promise<Result<'keychain' | 'session', AppError>>;
    forget(accountId: AccountId): Promise<Result<null, AppError>>;
  };
  readonly practice: {
    /** Starts the practice gateway if needed. */
    ensure(): Promise<
      Result<
        {
          readonly url: string;
          readonly smppUrl: string;
          readonly userName: string;
          readonly password: string;
        },
        AppError
      >
    >;
  };
  readonly files: {
    /** Where a file is that the user chose; `write` names the place of one to be made. `NOT_FOUND` for an unknown handle. */
    resolve(
      handle: string,
      mode: 'read' | 'write',
    ): Promise<Result<{ readonly path: string; readonly name: string }, AppError>>;
  };
  readonly power: { keepAwake(on: boolean): void };
  /** These are only said: nobody waits for an answer, and a shell that is gone changes nothing for the sending. */
  readonly sending: {
    progress(now: SendingProgress): void;
    ended(end: SendingEnd): void;
    repeatStopped(stop: RepeatStop): void;
  };
};
