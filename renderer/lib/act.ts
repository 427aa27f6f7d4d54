import type { AppError } from '#shared/errors.ts';
import { toAppError } from './app-error.ts';

/** A view model that does one thing at a time: whether one is under way, and why the last one failed. */
export type Acting = { busy: boolean; error: AppError | null };

/** As {@link Acting}, for a model that tells which of its actions is under way. */
export type ActingAs<Name> = { busy: Name | null; error: AppError | null };

/**
 * Does one thing at the user's wish: nothing while another one is under way; the failure before is forgotten and a new one kept in
 * `error`. Never rejects.
 *
 * @returns whether it was done
 */
export async function act(model: Acting, call: () => Promise<unknown>): Promise<boolean> {
  if (model.busy) return false;
  model.busy = true;
  const isDone = await attempt(model, call);
  model.busy = false;
  return isDone;
}

/** As {@link act}; `busy` has the name of the action meanwhile. */
export async function actAs<Name extends string>(
  model: ActingAs<Name>,
  name: NoInfer<Name>,
  call: () => Promise<unknown>,
): Promise<boolean> {
  if (model.busy !== null) return false;
  model.busy = name;
  const isDone = await attempt(model, call);
  model.busy = null;
  return isDone;
}

async function attempt(model: { error: AppError | null }, call: () => Promise<unknown>): Promise<boolean> {
  model.error = null;
  try {
    await call();
    return true;
  } catch (thrown) {
    model.error = toAppError(thrown);
    return false;
  }
}
