import { AsyncIteratorClass, ORPCError, ValidationError, type Context, type Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { AnyContractRouter } from '@orpc/contract';
import { appError, ERROR_CODES, type AppError } from '#shared/errors.ts';
import type { Log } from '../logging/log.ts';
import { listen, type Port } from './port.ts';
import { refusal } from './refusal.ts';
import { readMessage } from './request-message.ts';

/** Bytes that one message of the other side may have. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** How a port is served. */
export type ServeOptions = {
  readonly log: Log;
  /** {@link MAX_MESSAGE_BYTES} when not given. */
  readonly maxBytes?: number;
  /** Names a known condition behind an exception (a full disk); `null` for a bug. */
  readonly classify?: (error: unknown) => AppError | null;
};

/** A contract's implementation whose handlers need no context. */
export type ServedRouter = Router<AnyContractRouter, Record<never, never>>;

type CallError = ORPCError<AppError['code'], AppError['facts']>;

const KNOWN_CODES: ReadonlySet<string> = new Set(ERROR_CODES);

/**
 * Answers the calls that arrive on a port, until it closes or the returned function is called. The other side is not trusted:
 * a message that is too large, unreadable, of an unknown call or with wrong fields is refused with a code, and never with the
 * values it carried. What a handler throws unexpectedly is logged under an incident id, and only the id leaves.
 * An oversized or unreadable message that names no call cannot be answered: the first closes the port, the second is dropped.
 */
export function servePort(port: Port, router: ServedRouter, options: ServeOptions): () => void {
  const { log, maxBytes = MAX_MESSAGE_BYTES } = options;
  let deliver: (event: { data: unknown }) => void = () => undefined;
  const onClosed: (() => void)[] = [];
  let open = true;
  let dropped = 0;

  const post = (message: unknown) => {
    // An answer may be ready after the other side has gone.
    if (open) port.postMessage(message);
  };
  const close = () => {
    if (!open) return;
    open = false;
    for (const listener of onClosed) listener();
    port.close();
  };

  createHandler(router, options).upgrade({
    on: (event, callback: (event?: { data: unknown }) => void) => {
      if (event === 'message') deliver = callback;
      if (event === 'close') onClosed.push(callback);
    },
    postMessage: post,
  });

  const receive = (raw: unknown) => {
    if (!open) return;
    const read = readMessage(raw, maxBytes);
    if (read.kind === 'message') return deliver({ data: read.message });
    if (read.kind === 'refused') {
      log.warn('ipc.refused', { code: read.error.code, detail: read.error.facts?.detail });
      return post(JSON.stringify(answer(read.id, refusal(read.error))));
    }
    // One line is enough: whoever sends such things may send many.
    if (dropped++ === 0) log.warn('ipc.unreadable', { why: read.why });
    if (read.why === 'too-large') close();
  };
  listen(port, receive, close);
  return close;
}

/** The call library's wire form of a refusal. */
function answer(id: string, error: CallError): object {
  return { i: id, p: { s: error.status, b: { json: error.toJSON() } } };
}

function createHandler(router: ServedRouter, options: ServeOptions): RPCHandler<Record<never, never>> {
  /** Contexts of the calls that reached their procedure: what fails before is the input's fault. */
  const started = new WeakSet<Context>();
  return new RPCHandler(router, {
    interceptors: [
      async ({ next, context }) => {
        try {
          const result = await next();
          if (result.matched) return result;
        } catch (error) {
          if (error instanceof ORPCError) throw error;
          if (started.has(context)) throw unexpected(error, 'answer', options);
          throw refusal(appError('INVALID_INPUT', { detail: 'undecodable' }));
        }
        throw refusal(appError('NOT_FOUND', { detail: 'no such call' }));
      },
    ],
    clientInterceptors: [
      async ({ next, context, path, signal }) => {
        started.add(context);
        const call = path.join('.');
        const translate = (error: unknown) =>
          signal?.aborted ? error : translateError(error, call, options);
        try {
          const output = await next();
          return isAsyncIterator(output) ? translating(output, translate) : output;
        } catch (error) {
          throw translate(error);
        }
      },
    ],
  });
}

function translateError(error: unknown, call: string, options: ServeOptions): ORPCError<string, unknown> {
  if (error instanceof ORPCError) {
    if (error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
      return refusal(invalidInput(error.cause));
    }
    if (KNOWN_CODES.has(error.code)) return error;
  }
  const known = options.classify?.(error);
  if (known) {
    options.log.warn('ipc.failed', { call, code: known.code, detail: known.facts?.detail });
    return refusal(known);
  }
  return unexpected(error, call, options);
}

function unexpected(error: unknown, call: string, options: ServeOptions): CallError {
  const fields =
    error instanceof Error && error.cause instanceof ValidationError ? fieldsOf(error.cause) : [];
  const incident = options.log.error('ipc.unexpected', error, { call, fields: fields.join(', ') });
  return refusal(appError('UNEXPECTED', { incident }));
}

/** Names the fields that were wrong, never what stood in them. */
function invalidInput(error: ValidationError): AppError {
  const fields = fieldsOf(error);
  const field = fields[0];
  const detail = fields.map((name) => name || 'input').join(', ');
  return appError('INVALID_INPUT', field ? { detail, field } : { detail });
}

function fieldsOf(error: ValidationError): readonly string[] {
  return error.issues.slice(0, 5).map((issue) =>
    (issue.path ?? [])
      .map((step) => String(typeof step === 'object' ? step.key : step))
      .join('.')
      .slice(0, 100),
  );
}

/** Passes a stream on; leaving it reaches the source at once, even while the next event is awaited. */
function translating(
  source: AsyncIterator<unknown>,
  translate: (error: unknown) => unknown,
): AsyncIteratorClass<unknown, unknown, unknown> {
  return new AsyncIteratorClass<unknown, unknown, unknown>(
    async () => {
      try {
        return await source.next();
      } catch (error) {
        throw translate(error);
      }
    },
    async (reason) => {
      if (reason !== 'next') await source.return?.();
    },
  );
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Symbol.asyncIterator in value &&
    'next' in value &&
    typeof value.next === 'function'
  );
}
