import { MessageChannel } from 'node:worker_threads';
import { implement } from '@orpc/server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { appError, type AppError } from '#shared/errors.ts';
import { hostContract } from '#shared/ipc/host.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { unwrap } from '../../../main/ipc/refusal.ts';
import { servePort } from '../../../main/ipc/serve-port.ts';
import { hostClient } from '../../../main/engine/host-client.ts';
import { nullLog } from '../../../main/logging/log.ts';

const ID = '00000000-0000-4000-8000-000000000000';

function linked() {
  const state = {
    awake: [] as boolean[],
    said: [] as unknown[],
    secret: ok({ secret: 's', kept: 'keychain' }) as Result<
      { secret: string | null; kept: 'keychain' | 'session' | 'nowhere' },
      AppError
    >,
    hang: false,
    closed: 0,
  };
  const os = implement(hostContract);
  const router = os.router({
    secrets: {
      get: os.secrets.get.handler(async () => {
        if (state.hang) await new Promise(() => undefined);
        return unwrap(state.secret);
      }),
      set: os.secrets.set.handler(() => ({ kept: 'session' as const })),
      forget: os.secrets.forget.handler(() => {
        throw new Error('bug in the main process');
      }),
    },
    practice: {
      ensure: os.practice.ensure.handler(() =>
        unwrap(err(appError('PRACTICE_NOT_RUNNING', { detail: 'no port' }))),
      ),
    },
    files: {
      resolve: os.files.resolve.handler(() => unwrap(err(appError('NOT_FOUND')))),
    },
    power: {
      keepAwake: os.power.keepAwake.handler(({ input }) => {
        state.awake.push(input.on);
        return null;
      }),
    },
    sending: {
      progress: os.sending.progress.handler(({ input }) => {
        state.said.push(input);
        return null;
      }),
      ended: os.sending.ended.handler(({ input }) => {
        state.said.push(input);
        return null;
      }),
      repeatStopped: os.sending.repeatStopped.handler(({ input }) => {
        state.said.push(input);
        return null;
      }),
    },
  });
  const { port1, port2 } = new MessageChannel();
  const stop = servePort(port1, router, { log: nullLog });
  onTestFinished(stop);
  let onGone: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (onGone = resolve));
  const host = hostClient(port2, nullLog, () => {
    state.closed++;
    onGone();
  });
  return { host, state, stop, gone };
}

describe('the engine asking the main process', () => {
  it('gets passwords, and where they are kept', async () => {
    const { host, state } = linked();
    expect(await host.secrets.get(ID)).toEqual(ok({ secret: 's', kept: 'keychain' }));
    expect(await host.secrets.set(ID, 'new')).toEqual(ok('session'));
    state.secret = err(appError('VAULT_LOCKED', { detail: 'collection is locked' }));
    expect(await host.secrets.get(ID)).toEqual(
      err(appError('VAULT_LOCKED', { detail: 'collection is locked' })),
    );
  });

  it('gets refusals and bugs as typed errors', async () => {
    const { host } = linked();
    expect(await host.practice.ensure()).toEqual(
      err(appError('PRACTICE_NOT_RUNNING', { detail: 'no port' })),
    );
    expect(await host.secrets.forget(ID)).toMatchObject({ error: { code: 'UNEXPECTED' } });
    expect(await host.secrets.get('not an account')).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('says what is on its way and what has ended, and keeps what cannot be true to itself', async () => {
    const { host, state } = linked();
    const now = { fraction: 0.25, waiting: 3_000, paused: 0, isPaused: false, nextAt: null };
    const end = { space: 'real', campaignId: 7, name: 'Holiday', kind: 'sent' } as const;
    host.sending.progress(now);
    host.sending.progress({ ...now, fraction: 1.5 });
    host.sending.ended({ ...end, sent: 3_990, failed: 9, uncertain: 1 });
    const stop = { space: 'real', name: 'Fees', reason: 'balance' } as const;
    host.sending.repeatStopped(stop);
    host.power.keepAwake(true);
    await vi.waitFor(() => expect(state.awake).toEqual([true]));
    expect(state.said).toEqual([now, { ...end, sent: 3_990, failed: 9, uncertain: 1 }, stop]);
  });

  it('does not wait for ever when the main process is gone', async () => {
    const { host, state, stop, gone } = linked();
    state.hang = true;
    const pending = host.secrets.get(ID);
    stop();
    expect(await pending).toEqual(err(appError('LINK_LOST')));
    await gone;
    expect(await host.secrets.get(ID)).toEqual(err(appError('LINK_LOST')));
    expect(state.closed).toBe(1);
  });
});
