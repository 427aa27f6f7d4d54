import { appError, type AppError } from '#shared/errors.ts';
import type { EmptyFields, SendRequest, Source } from '#shared/ipc/plan.ts';
import type { DescribedSource, Found, MergedMessage } from '#shared/ipc/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Person } from '../../person.ts';
import { gather, type Gathered } from './gather.ts';
import { mergeAll, messageAt, type Merged } from './merged.ts';
import { createNewest } from './newest.ts';
import type { Sources } from './sources.ts';
import { without } from './without.ts';

export { without };
export type { Merged };

/** Whom sendings are for, and what each one gets. */
export type Recipients = ReturnType<typeof createRecipients>;

/** What was gathered is asked for anew after this (ms): rules about the past and the days ahead find others as time goes by. */
const GATHERED_FOR_MS = 30_000;

/** Results that are kept: the newest, and the one before for whoever still steps through it. */
const KEPT = 2;

type Asked = {
  readonly recipients: string;
  readonly sources: string;
  readonly includeDead: boolean;
  readonly revision: number;
  readonly at: number;
};
type Written = { readonly gathered: Gathered; readonly text: string; readonly emptyFields: EmptyFields };

/** One per space. */
export function createRecipients(deps: {
  readonly sources: Sources;
  readonly clock: { monotonic(): number };
}) {
  const { sources, clock } = deps;
  let listsRemoved = 0;
  const gathered = createNewest<Asked, Result<Gathered, AppError>>(
    KEPT,
    (one, other) =>
      one.revision === other.revision &&
      other.at - one.at < GATHERED_FOR_MS &&
      one.sources === other.sources &&
      one.includeDead === other.includeDead &&
      one.recipients === other.recipients,
  );
  const merged = createNewest<Written, Result<Merged, AppError>>(
    KEPT,
    (one, other) =>
      one.gathered === other.gathered && one.emptyFields === other.emptyFields && one.text === other.text,
  );

  /** Everybody and what they get; `MERGE_BROKEN`, `RULE_BROKEN`, and `NOT_FOUND` for a source that is gone. */
  async function all(request: SendRequest): Promise<Result<Merged, AppError>> {
    const key: Asked = {
      recipients: request.recipients,
      sources: JSON.stringify(request.sources ?? []),
      includeDead: request.includeDead ?? false,
      revision: sources.contacts.revision() + listsRemoved,
      at: clock.monotonic(),
    };
    const people = await gathered.get(key, () => gather(request, sources));
    if (!people.ok) return people;
    const { text, emptyFields = 'block' } = request;
    return merged.get({ gathered: people.value, text, emptyFields }, () => mergeAll(request, people.value));
  }

  /** {@link all} of a request whose fields are all known. */
  async function known(request: SendRequest): Promise<Result<Merged, AppError>> {
    const found = await all(request);
    const unknown = found.ok ? unknownField(found.value) : null;
    return unknown ? err(unknown) : found;
  }

  return {
    all,

    /** The message of the recipient at a place, and how many get one. `NOT_FOUND` beyond the end. */
    async preview(
      request: SendRequest,
      index: number,
    ): Promise<Result<{ message: MergedMessage; total: number }, AppError>> {
      const found = await known(request);
      if (!found.ok) return found;
      const message = messageAt(request, found.value, index);
      return message ? ok({ message, total: found.value.people.length }) : err(appError('NOT_FOUND'));
    },

    /** Recipients whose message takes `parts` parts or more, in the order of sending; `cursor` is the `next` of the page before. */
    async spilling(
      request: SendRequest,
      parts: number,
      cursor: string | undefined,
      limit: number,
    ): Promise<Result<{ rows: MergedMessage[]; next?: string }, AppError>> {
      const from = cursor === undefined ? 0 : Number(cursor);
      if (!Number.isSafeInteger(from) || from < 0) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const found = await known(request);
      if (!found.ok) return found;
      const counted = found.value.parts;
      const rows: MergedMessage[] = [];
      for (let index = from; index < counted.length; index++) {
        if ((counted[index] ?? 0) < parts) continue;
        if (rows.length === limit) return ok({ rows, next: String(index) });
        const message = messageAt(request, found.value, index);
        if (message) rows.push(message);
      }
      return ok({ rows });
    },

    /** Groups first, then people. */
    find: (search: string, limit: number): Promise<Found[]> => sources.contacts.find(search, limit),

    /** What chips are called and stand for now, in their order. */
    describe: (chips: readonly Source[]): DescribedSource[] =>
      chips.map((source) => ({
        source,
        ...(source.kind === 'list' ? sources.lists.describe(source.id) : sources.contacts.describe(source)),
      })),

    /** Why numbers are not written to now, by number; `dead` says that those count too which are dead. The others are absent. */
    barred(msisdns: readonly string[], dead: boolean): ReadonlyMap<string, 'do-not-message' | 'dead-number'> {
      const found = new Map<string, 'do-not-message' | 'dead-number'>();
      if (dead) for (const one of sources.contacts.deadAmong(msisdns)) found.set(one, 'dead-number');
      for (const one of sources.doNotMessage.among(msisdns)) found.set(one, 'do-not-message');
      return found;
    },

    /** Everybody of a source as it is now, in pages between which others may have their turn; see {@link Sources} for what fails. */
    peopleOf(source: Source): Result<Iterable<readonly Person[]>, AppError> {
      if (source.kind !== 'list') return sources.contacts.people(source);
      const people = sources.lists.people(source.id);
      return people.ok ? ok([people.value]) : people;
    },

    /** Another number after every change of people and groups. */
    revision: () => sources.contacts.revision(),

    /** Removes a list that was read from a file. Nothing that was sent is touched. */
    removeList(id: number): Result<null, AppError> {
      listsRemoved++;
      return sources.lists.remove(id);
    },
  };
}

/** Why a text may not be sent that names a field which no source has; `null` when each is known. */
export function unknownField({ fields }: Pick<Merged, 'fields'>): AppError | null {
  const unknown = fields.find(({ known }) => !known);
  return unknown ? appError('UNKNOWN_FIELD', { field: 'text', detail: unknown.name }) : null;
}
