import {
  fromAbsolute,
  startOfMonth,
  toCalendarDate,
  toZoned,
  type CalendarDate,
} from '@internationalized/date';
import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { CalendarEntry } from '#shared/ipc/outbox.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** What one answer holds at most. */
const ENTRIES = 500;

/** What is planned in a month, by the days of one zone (IANA). */
export class CalendarModel {
  readonly #engine: EngineClient;
  readonly #space: Space;
  readonly zone: string;
  #asked = 0;

  readonly today: CalendarDate;
  /** The chosen day. */
  day: CalendarDate = $state.raw() as CalendarDate;
  /** A day of the month that is shown. */
  month: CalendarDate = $state.raw() as CalendarDate;
  /** Why the month could not be read. */
  error: AppError | null = $state.raw(null);
  #entries: readonly CalendarEntry[] = $state.raw([]);

  constructor(engine: EngineClient, space: Space, zone: string, now: number) {
    this.#engine = engine;
    this.#space = space;
    this.zone = zone;
    this.today = toCalendarDate(fromAbsolute(now, zone));
    this.day = this.today;
    this.month = this.today;
  }

  /** What is planned, by day (`YYYY-MM-DD`), in order of time. */
  days: Readonly<Record<string, readonly CalendarEntry[]>> = $derived.by(() => {
    const days: Record<string, CalendarEntry[]> = {};
    for (const entry of this.#entries) {
      const day = toCalendarDate(fromAbsolute(entry.at, this.zone)).toString();
      (days[day] ??= []).push(entry);
    }
    return days;
  });

  /** More is planned than one answer holds. */
  get isCapped(): boolean {
    return this.#entries.length >= ENTRIES;
  }

  /** What is planned for a day. */
  on(day: CalendarDate): readonly CalendarEntry[] {
    return this.days[day.toString()] ?? [];
  }

  /** Chooses a day; its month is shown. */
  choose(day: CalendarDate): void {
    this.day = day;
    this.turn(day);
  }

  /** Shows the month of a day. A day of the month that was left is chosen no more: this one is. */
  turn(day: CalendarDate): void {
    const isOther = day.year !== this.month.year || day.month !== this.month.month;
    this.month = day;
    if (!isOther) return;
    this.day = day;
    void this.read();
  }

  /** Reads the month that is shown, with the days of its neighbours that stand in the same weeks. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    const first = startOfMonth(this.month);
    const at = (day: CalendarDate): number => toZoned(day, this.zone).toDate().getTime();
    try {
      const entries = await this.#engine.outbox.calendar({
        space: this.#space,
        from: at(first.subtract({ days: 7 })),
        until: at(first.add({ months: 1, days: 14 })),
      });
      if (asked !== this.#asked) return;
      this.#entries = entries;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = toAppError(thrown);
    }
  }
}
