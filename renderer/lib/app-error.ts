import { ORPCError } from '@orpc/client';
import * as v from 'valibot';
import { appError, ERROR_CODES, ErrorFacts, type AppError, type ErrorCode } from '#shared/errors.ts';

/** Thrown where a call could not be answered; carries the {@link AppError} that the page shows. */
export class CallFailed extends Error {
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.code);
    this.name = 'CallFailed';
    this.error = error;
  }
}

/** Codes the transport itself answers with, in our words. */
const TRANSPORT_CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'INVALID_INPUT',
  UNPROCESSABLE_CONTENT: 'INVALID_INPUT',
  CLIENT_CLOSED_REQUEST: 'LINK_LOST',
};

const isErrorCode = (code: string): code is ErrorCode => ERROR_CODES.some((known) => known === code);

/** Facts from the other side; anything that is not shaped like facts is dropped. */
function factsOf(data: unknown): ErrorFacts | undefined {
  const parsed = v.safeParse(ErrorFacts, data);
  return parsed.success ? parsed.output : undefined;
}

/**
 * Turns whatever a call threw into a typed {@link AppError}: a declared error of the contract keeps its code and facts,
 * an aborted call or closed port is `LINK_LOST`, the rest is `UNEXPECTED` with its message as the technical detail.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof CallFailed) return thrown.error;
  if (thrown instanceof ORPCError) {
    const code = String(thrown.code);
    if (isErrorCode(code)) return appError(code, factsOf(thrown.data));
    return appError(TRANSPORT_CODES[code] ?? 'UNEXPECTED', { detail: thrown.message });
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') return appError('LINK_LOST');
  return appError('UNEXPECTED', { detail: thrown instanceof Error ? thrown.message : String(thrown) });
}
