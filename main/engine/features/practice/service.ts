import * as v from 'valibot';
import { appError, type AppError } from '#shared/errors.ts';
import { PracticeStatus } from '#shared/ipc/practice.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { EngineHost } from '../../host.ts';

/** The practice gateway seen from the app. */
export type Practice = ReturnType<typeof createPractice>;

const TIMEOUT_MS = 10_000;
/** UTF-16 units of an answer that are read at most. */
const LONGEST_ANSWER = 4_000_000;

/**
 * Asks the practice gateway about itself over its control calls (`main/practice/control`). `fetchInbox` lets the practice account
 * ask for received messages; nobody waits for it.
 */
export function createPractice(deps: {
  readonly host: EngineHost['practice'];
  readonly fetchInbox: () => Promise<unknown>;
  readonly log: Log;
}) {
  async function control(path: string, body?: object): Promise<Result<string, AppError>> {
    const started = await deps.host.ensure();
    if (!started.ok) return started;
    const { url, userName, password } = started.value;
    try {
      const response = await fetch(new URL(path, url), {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}`,
          accept: 'application/json',
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        body: body ? JSON.stringify(body) : null,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      if (!response.ok) return err(appError('GATEWAY_UNREADABLE', { httpStatus: response.status }));
      if (text.length > LONGEST_ANSWER) return err(appError('GATEWAY_UNREADABLE', { detail: 'too long' }));
      return ok(text);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
      return err(appError('GATEWAY_UNREACHABLE', { detail: cause || 'no answer' }));
    }
  }

  return {
    /** What it received since it started; starts it when it is not running. */
    async status(): Promise<Result<PracticeStatus, AppError>> {
      const answer = await control('/practice/status');
      if (!answer.ok) return answer;
      const status = v.safeParse(v.pipe(v.string(), v.parseJson(), PracticeStatus), answer.value);
      if (status.success) return ok(status.output);
      return err(appError('GATEWAY_UNREADABLE', { detail: 'not a status' }));
    },

    /** Lets it receive an SMS from a phone and has the practice inbox ask for it. */
    async simulateInbound(message: {
      readonly from: string;
      readonly text: string;
    }): Promise<Result<null, AppError>> {
      const sent = await control('/practice/inbound', { from: message.from, text: message.text });
      if (!sent.ok) return sent;
      deps.fetchInbox().catch((error: unknown) => void deps.log.error('practice.inbox-not-fetched', error));
      return ok(null);
    },
  };
}
