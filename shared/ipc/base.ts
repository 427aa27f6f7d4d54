import { eventIterator, oc } from '@orpc/contract';
import * as v from 'valibot';
import { ErrorFacts, type ErrorCode } from '../errors.ts';

/** The declared failures of one call: its codes, each carrying {@link ErrorFacts}. */
type DeclaredErrors<C extends ErrorCode> = { [K in C]: { data: typeof OptionalFacts } };

const OptionalFacts = v.optional(ErrorFacts);

/**
 * A call that may fail with the given codes. `UNEXPECTED` is always among them; refusals that the transport itself
 * makes (`INVALID_INPUT`, `PAYLOAD_TOO_LARGE`) need no declaration.
 */
export function call<const C extends ErrorCode>(...codes: C[]) {
  const errors = Object.fromEntries(
    [...codes, 'UNEXPECTED'].map((code) => [code, { data: OptionalFacts }]),
  ) as DeclaredErrors<C | 'UNEXPECTED'>;
  return oc.errors(errors);
}

/**
 * A live stream. Its first event is a snapshot (`seq` 0), later ones carry growing `seq` numbers; at most about ten a
 * second reach the page.
 */
export const live = <T extends v.GenericSchema>(schema: T) =>
  eventIterator(v.object({ seq: v.pipe(v.number(), v.safeInteger()), value: schema }));

/** Milliseconds since 1970-01-01 UTC. */
export const Instant = v.pipe(v.number(), v.safeInteger());

/** Wire form of {@link import('../money.ts').Money}. */
export const MoneySchema = v.object({ micros: v.pipe(v.number(), v.safeInteger()), currency: v.string() });

/** A non-negative whole number. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** An opaque position in a keyset-paged list, given out by the previous page. */
export const Cursor = v.pipe(v.string(), v.maxLength(200));

/** Rows of one page. */
export const PageLimit = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(500));

/** UTF-16 units that a message text may have at the boundary (far over any gateway's limit, so that the engine can explain). */
export const MessageText = v.pipe(v.string(), v.maxLength(20_000));

/** Typed or pasted recipients at the boundary: 4 million UTF-16 units hold about 250,000 numbers. */
export const RecipientsText = v.pipe(v.string(), v.maxLength(4_000_000));

/** Sender as typed. */
export const SenderText = v.pipe(v.string(), v.maxLength(64));

/**
 * Names a file that the user chose or dropped. Paths never cross: the main process made the name and it alone knows the path
 * (`shared/ipc/shell.ts`, `shared/ipc/host.ts`).
 */
export const FileHandle = v.pipe(v.string(), v.uuid());
export type FileHandle = v.InferOutput<typeof FileHandle>;
