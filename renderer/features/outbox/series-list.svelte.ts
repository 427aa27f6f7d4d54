import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { SeriesId, SeriesView } from '#shared/ipc/series.ts';
import { occurrencesAfter } from '#shared/rules/recurrence.ts';
import { actAs } from '../../lib/act.ts';
import type { Link } from '../../lib/link.ts';

/** What can be done to a series. */
type SeriesAction = 'skip' | 'accept' | 'pause' | 'resume' | 'end';

/** What the last action came to. */
export type SeriesDone = 'skipped' | 'resumed' | 'paused' | 'ended';

/** Times shown after the next one. */
const FURTHER = 2;

/** The sendings of one space that are repeated, live. */
export class SeriesListModel {
  readonly #link: Link;
  readonly space: Space;

  /** `null` until they have arrived. */
  rows: readonly SeriesView[] | null = $state.raw(null);
  /** Why they cannot be shown. */
  failure: AppError | null = $state.raw(null);
  /** Why the last action did not happen. */
  error: AppError | null = $state.raw(null);
  /** The action under way, with its series: `pause:3`. */
  busy: `${SeriesAction}:${number}` | null = $state(null);
  done: SeriesDone | null = $state(null);

  constructor(link: Link, space: Space) {
    this.#link = link;
    this.space = space;
  }

  /** Begins to follow. Returns the function that stops it. */
  start(): () => void {
    return this.#link.follow(
      (signal) => this.#link.engine.series.watch({ space: this.space }, { signal }),
      (rows) => {
        this.rows = rows;
        this.failure = null;
      },
      (error) => {
        this.failure = error;
      },
    );
  }

  /** Goes on with the next time; the one that it stopped at is left out. */
  skip(id: SeriesId): Promise<boolean> {
    return this.#act('skip', id, 'skipped', () => this.#link.engine.series.resume({ space: this.space, id }));
  }

  /** Takes the number of people as it is now, and goes on. */
  accept(id: SeriesId): Promise<boolean> {
    return this.#act('accept', id, 'resumed', () =>
      this.#link.engine.series.resume({ space: this.space, id, accept: true }),
    );
  }

  /** Goes on after the user stopped it. */
  resume(id: SeriesId): Promise<boolean> {
    return this.#act('resume', id, 'resumed', () =>
      this.#link.engine.series.resume({ space: this.space, id }),
    );
  }

  /** Sends nothing more of it until it goes on. */
  pause(id: SeriesId): Promise<boolean> {
    return this.#act('pause', id, 'paused', () => this.#link.engine.series.pause({ space: this.space, id }));
  }

  /** Ends it for good. */
  end(id: SeriesId): Promise<boolean> {
    return this.#act('end', id, 'ended', () => this.#link.engine.series.end({ space: this.space, id }));
  }

  /** Takes the outcome of the last action off the screen. */
  forget(): void {
    this.error = null;
    this.done = null;
  }

  async #act(
    action: SeriesAction,
    id: SeriesId,
    done: SeriesDone,
    call: () => Promise<unknown>,
  ): Promise<boolean> {
    this.done = null;
    const isDone = await actAs(this, `${action}:${id}`, call);
    if (isDone) this.done = done;
    return isDone;
  }
}

/** The times of a series after its next one (ms), a few. */
export const furtherTimes = ({ recurrence, nextAt, createdAt }: SeriesView): number[] =>
  nextAt === null ? [] : occurrencesAfter(recurrence, nextAt, FURTHER, createdAt);
