import { randomUUID } from 'node:crypto';
import { appError, type AppError } from '#shared/errors.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import type { ContactChoice } from '#shared/ipc/contacts.ts';
import type { ExportColumn, ExportState } from '#shared/ipc/exports.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../../../logging/log.ts';
import type { Clock } from '../../clock.ts';
import { writeCsv } from '../../files/write-csv.ts';
import { writeVcf } from '../../files/write-vcf.ts';
import { writeXlsx } from '../../files/write-xlsx.ts';
import type { Contacts } from '../contacts/service.ts';
import { cardOf, planColumns, type ColumnPlan } from './columns.ts';

/** Exports of one space. */
export type Exports = ReturnType<typeof createExports>;

/** What is asked to be exported. */
export type ExportRequest = {
  readonly choice: ContactChoice;
  readonly format: 'csv' | 'xlsx' | 'vcf';
  readonly columns: readonly ExportColumn[];
  /** Handle of the file to be written. */
  readonly save: string;
};

/** What exports ask of contacts. */
export type ContactsForExports = Pick<Contacts, 'list' | 'count' | 'get' | 'fields'>;

/** Contacts read at once: some milliseconds. */
const PAGE = 250;
/** Ended exports whose state can still be asked for. */
const KEPT = 20;
/** Exports that may run at once: each one has a file open and takes turns with sending. */
const MOST_RUNNING = 3;

type Running = {
  state: ExportState;
  readonly stop: AbortController;
  readonly listeners: Set<() => void>;
};

/** One per space. */
export function createExports(deps: {
  readonly clock: Clock;
  readonly log: Log;
  readonly contacts: ContactsForExports;
  readonly resolveFile: (
    handle: string,
    mode: 'read' | 'write',
  ) => Promise<Result<{ readonly path: string; readonly name: string }, AppError>>;
}) {
  const { clock, log, contacts } = deps;
  const exports = new Map<string, Running>();
  const underWay = new Set<Promise<void>>();

  /** Everybody who is meant, page by page in the order of the list; lets others work between two pages. */
  async function* people(choice: ContactChoice, signal: AbortSignal): AsyncGenerator<Contact> {
    if ('ids' in choice) {
      for (const [at, id] of choice.ids.entries()) {
        const contact = contacts.get(id);
        if (contact.ok) yield contact.value;
        if (at % PAGE !== PAGE - 1) continue;
        await othersTurn();
        // Where nobody is found for long, no writer asks whether it was stopped.
        signal.throwIfAborted();
      }
      return;
    }
    let cursor: string | undefined;
    do {
      const page = contacts.list(choice.filter, cursor, PAGE);
      if (!page.ok) throw new Refused(page.error);
      yield* page.value.rows;
      cursor = page.value.next;
      await othersTurn();
    } while (cursor !== undefined);
  }

  async function write(
    { choice, format }: ExportRequest,
    path: string,
    plan: ColumnPlan,
    running: Running,
  ): Promise<void> {
    const began = clock.monotonic();
    const say = (more: Partial<ExportState>) => {
      running.state = { ...running.state, ...more };
      for (const listener of running.listeners) listener();
    };
    const onProgress = (done: number) => {
      const ms = clock.monotonic() - began;
      const left = Math.max(0, running.state.total - done);
      say({ done, timeLeft: done === 0 || ms < 500 ? null : Math.round((ms * left) / done) });
    };
    const { signal } = running.stop;
    async function* rows() {
      for await (const contact of people(choice, signal))
        yield plan.columns.map(({ valueOf }) => valueOf(contact));
    }
    async function* cards() {
      for await (const contact of people(choice, signal)) yield cardOf(contact, plan);
    }
    const table = () => ({
      ...{ path, header: plan.columns.map(({ heading }) => heading), rows: rows(), onProgress, signal },
      numberColumns: new Set(plan.columns.flatMap((column, at) => (column.numbers ? [at] : []))),
    });
    try {
      const written =
        format === 'vcf'
          ? await writeVcf({ path, cards: cards(), onProgress, signal })
          : await (format === 'csv' ? writeCsv : writeXlsx)(table());
      if (written.ok)
        say({ phase: 'done', done: written.value.rows, total: written.value.rows, timeLeft: 0 });
      else say({ phase: 'failed', timeLeft: null, error: written.error });
    } catch (error) {
      if (signal.aborted) say({ phase: 'cancelled', timeLeft: null });
      else say({ phase: 'failed', timeLeft: null, error: failure(error) });
    }
  }

  /** Keeps the state of the newest that ended; those that run are never forgotten. */
  function forgetOld(id: string, running: Running): void {
    exports.delete(id);
    exports.set(id, running);
    const ended = [...exports].filter(([, one]) => one.state.phase !== 'writing');
    for (const [old] of ended.slice(0, -KEPT)) exports.delete(old);
  }

  function failure(error: unknown): AppError {
    if (error instanceof Refused) return error.reason;
    if (error instanceof RangeError)
      return appError('FILE_NOT_WRITTEN', { detail: 'more rows than a sheet has' });
    return appError('UNEXPECTED', { incident: log.error('exports.failed', error) });
  }

  return {
    /**
     * Begins to write contacts to a file; {@link Exports.watch} tells how it goes. `NOT_POSSIBLE_NOW`: three others are still being
     * written.
     */
    async start(request: ExportRequest): Promise<Result<{ id: string }, AppError>> {
      const { choice } = request;
      const plan = planColumns(request.columns, contacts.fields());
      if (!plan.ok) return plan;
      const total: Result<number, AppError> =
        'ids' in choice ? ok(choice.ids.length) : contacts.count(choice.filter);
      if (!total.ok) return total;
      const file = await deps.resolveFile(request.save, 'write');
      if (!file.ok) return file;
      if (underWay.size >= MOST_RUNNING) return err(appError('NOT_POSSIBLE_NOW', { limit: MOST_RUNNING }));
      const id = randomUUID();
      const running: Running = {
        state: { phase: 'writing', done: 0, total: total.value, timeLeft: null, error: null },
        stop: new AbortController(),
        listeners: new Set(),
      };
      exports.set(id, running);
      const work = write(request, file.value.path, plan.value, running).finally(() => {
        underWay.delete(work);
        forgetOld(id, running);
      });
      underWay.add(work);
      return ok({ id });
    },

    /** The state of an export, and how to hear of changes. */
    watch(
      id: string,
    ): Result<{ state(): ExportState; onChange(listener: () => void): () => void }, AppError> {
      const running = exports.get(id);
      if (!running) return err(appError('NOT_FOUND'));
      return ok({
        state: () => running.state,
        onChange(listener) {
          running.listeners.add(listener);
          return () => running.listeners.delete(listener);
        },
      });
    },

    /** Stops an export; nothing of it is left and an older file stays. */
    cancel: (id: string): void => exports.get(id)?.stop.abort(),

    /** Stops everything that is under way. */
    async close(): Promise<void> {
      for (const running of exports.values()) running.stop.abort();
      await Promise.all(underWay);
    },
  };
}

/** A refusal in the middle of the rows: a group that was chosen is gone. */
class Refused extends Error {
  readonly reason: AppError;
  constructor(reason: AppError) {
    super(reason.code);
    this.reason = reason;
  }
}

const othersTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
