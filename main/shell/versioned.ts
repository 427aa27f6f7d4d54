import * as v from 'valibot';
import { err, ok, type Result } from '#shared/result.ts';

/** Turns the value of one version of a file into that of the next. What it is given was written by an older program. */
export type Migration = (value: unknown) => unknown;

/**
 * Reads the content of a versioned file, `{ version, value }`, and brings it to the present form.
 *
 * @returns the valid value; `null` for a file that holds nothing yet; an error with the reason for one that cannot be used
 */
export function upgrade<T>(
  content: Readonly<Record<string, unknown>>,
  form: { readonly schema: v.GenericSchema<unknown, T>; readonly migrations: readonly Migration[] },
): Result<T | null, string> {
  if (Object.keys(content).length === 0) return ok(null);
  const { version } = content;
  const present = form.migrations.length + 1;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) return err('no version');
  if (version > present) return err(`version ${version} is newer than ${present}`);
  let { value } = content;
  try {
    for (const migration of form.migrations.slice(version - 1)) value = migration(value);
  } catch (error) {
    return err(`migration failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = v.safeParse(form.schema, value);
  return parsed.success ? ok(parsed.output) : err(parsed.issues.map((issue) => issue.message).join('; '));
}
