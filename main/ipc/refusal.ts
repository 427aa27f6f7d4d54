import { ORPCError } from '@orpc/server';
import type { AppError } from '#shared/errors.ts';
import type { Result } from '#shared/result.ts';

/** The exception by which a handler refuses a call: it reaches the caller as the error's code with its facts. */
export function refusal(error: AppError): ORPCError<AppError['code'], AppError['facts']> {
  return new ORPCError<AppError['code'], AppError['facts']>(
    error.code,
    error.facts ? { data: error.facts } : {},
  );
}

/** Gives a result's value to a handler, or refuses the call with its error. */
export function unwrap<T>(result: Result<T, AppError>): T {
  if (result.ok) return result.value;
  throw refusal(result.error);
}
