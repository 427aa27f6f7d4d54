import path from 'node:path';
import { appError, type AppError } from '#shared/errors.ts';
import type { AccountId } from '#shared/ids.ts';
import type { SendingEnd, SendingProgress } from '#shared/ipc/host.ts';
import { err, ok } from '#shared/result.ts';
import type { EngineHost } from '../../../main/engine/host.ts';

/** A host whose vault is a map and can be made to refuse, whose files are another map, and whose practice gateway is wherever it is said to be. */
export function fakeHost() {
  const state = {
    secrets: new Map<AccountId, string>(),
    refuses: null as AppError | null,
    sessionOnly: false,
    practiceUrl: null as string | null,
    asked: 0,
    ensured: 0,
    awake: [] as boolean[],
    /** What was said of sending, in order. */
    progress: [] as SendingProgress[],
    ended: [] as SendingEnd[],
    /** Paths by handle. */
    files: new Map<string, string>(),
  };
  const host: EngineHost = {
    secrets: {
      get(id) {
        state.asked++;
        const secret = state.secrets.get(id) ?? null;
        const kept = secret === null ? 'nowhere' : state.sessionOnly ? 'session' : 'keychain';
        return Promise.resolve(state.refuses ? err(state.refuses) : ok({ secret, kept }));
      },
      set(id, secret) {
        if (state.refuses) return Promise.resolve(err(state.refuses));
        state.secrets.set(id, secret);
        return Promise.resolve(ok(state.sessionOnly ? 'session' : 'keychain'));
      },
      forget(id) {
        if (state.refuses) return Promise.resolve(err(state.refuses));
        state.secrets.delete(id);
        return Promise.resolve(ok(null));
      },
    },
    practice: {
      ensure() {
        state.ensured++;
        const { practiceUrl: url } = state;
        if (url === null) return Promise.resolve(err(appError('PRACTICE_NOT_RUNNING')));
        return Promise.resolve(
          ok({ url, smppUrl: 'smpp://127.0.0.1:1', userName: 'practice', password: 'practice' }),
        );
      },
    },
    files: {
      resolve(handle) {
        const found = state.files.get(handle);
        return Promise.resolve(
          found === undefined ? err(appError('NOT_FOUND')) : ok({ path: found, name: path.basename(found) }),
        );
      },
    },
    power: { keepAwake: (on) => void state.awake.push(on) },
    sending: {
      progress: (now) => void state.progress.push(now),
      ended: (end) => void state.ended.push(end),
      repeatStopped: () => undefined,
    },
  };
  return { host, state };
}
