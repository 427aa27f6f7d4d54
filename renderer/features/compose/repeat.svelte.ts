import { fromAbsolute, parseDate, toCalendarDate } from '@internationalized/date';
import type { AppError } from '#shared/errors.ts';
import type { DraftRepeat } from '#shared/ipc/drafts.ts';
import type { Recurrence } from '#shared/ipc/series.ts';
import { localZone } from '../../lib/time-zones.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';
import { wallTime } from '../../lib/wall-time.ts';
import { wholeNumber } from '../../lib/whole-number.ts';

/** Times that are shown before a series is begun. */
const SHOWN = 5;

/** What is wrong with a field of the repetition. */
export type RepeatFault = 'interval' | 'days' | 'day' | 'time' | 'from' | 'until' | 'until-early' | 'times';

/** How a sending is repeated, as it is being chosen. */
export class Repeat {
  /** "Repeat" is chosen instead of "Now" and "Later". */
  on = $state(false);
  kind: Recurrence['pattern']['kind'] = $state('weekly');
  every = $state('1');
  /** 1 is Monday, 7 is Sunday. */
  days: readonly number[] = $state.raw([]);
  day = $state('1');
  time = $state('10:00');
  /** The zone (IANA) of this time, and of a later one that is chosen instead. */
  zone = $state(localZone());
  /** The first day (its first moment on this computer, ms); `null` while none is chosen. */
  from: number | null = $state(today());
  endKind: Recurrence['end']['kind'] = $state('never');
  until: number | null = $state(null);
  times = $state('10');

  /** The next times (ms) as the engine works them out; `null` while that is not known. */
  preview: readonly number[] | null = $state.raw(null);
  /** Why there are none. */
  error: AppError | null = $state.raw(null);
  #asked = 0;

  /** What is missing or wrong, in the order of the fields. */
  faults: readonly RepeatFault[] = $derived.by(() => {
    const faults: RepeatFault[] = [];
    if (!isWithin(this.every, 99)) faults.push('interval');
    if (this.kind === 'weekly' && this.days.length === 0) faults.push('days');
    if (this.kind === 'monthly' && !isWithin(this.day, 31)) faults.push('day');
    if (wallTime(this.time) === null) faults.push('time');
    if (this.from === null) faults.push('from');
    if (this.endKind === 'until') {
      if (this.until === null) faults.push('until');
      else if (this.from !== null && this.until < this.from) faults.push('until-early');
    }
    if (this.endKind === 'times' && !isWithin(this.times, 1000)) faults.push('times');
    return faults;
  });

  /** The repetition; `null` while something is missing. */
  recurrence: Recurrence | null = $derived.by(() => {
    const time = wallTime(this.time);
    if (this.faults.length > 0 || time === null || this.from === null) return null;
    return { pattern: this.#pattern, time, zone: this.zone, from: dayOf(this.from), end: this.#end };
  });

  /** It can be begun: everything is chosen, and some time is still to come. */
  get isReady(): boolean {
    return this.recurrence !== null && this.preview !== null && this.preview.length > 0;
  }

  get #pattern(): Recurrence['pattern'] {
    const every = wholeNumber(this.every) ?? 1;
    switch (this.kind) {
      case 'daily':
        return { kind: 'daily', every };
      case 'weekly':
        return { kind: 'weekly', every, days: [...this.days].sort((a, b) => a - b) };
      case 'monthly':
        return { kind: 'monthly', every, day: wholeNumber(this.day) ?? 1 };
    }
  }

  get #end(): Recurrence['end'] {
    if (this.endKind === 'until' && this.until !== null) return { kind: 'until', day: dayOf(this.until) };
    if (this.endKind === 'times') return { kind: 'times', times: wholeNumber(this.times) ?? 1 };
    return { kind: 'never' };
  }

  /** The fields as a draft keeps them: while it is repeated, and whole ones while it is not. `undefined`: nothing to keep. */
  get kept(): DraftRepeat | undefined {
    if (!this.on && !this.recurrence) return undefined;
    return {
      on: this.on,
      kind: this.kind,
      every: this.every,
      days: [...this.days],
      day: this.day,
      time: this.time,
      from: this.from === null ? null : dayOf(this.from),
      endKind: this.endKind,
      until: this.until === null ? null : dayOf(this.until),
      times: this.times,
    };
  }

  /** Puts back what a draft kept; `undefined`: the fields of a new message. */
  fill(kept: DraftRepeat | undefined): void {
    this.on = kept?.on ?? false;
    this.kind = kept?.kind ?? 'weekly';
    this.every = kept?.every ?? '1';
    this.days = kept?.days ?? [];
    this.day = kept?.day ?? '1';
    this.time = kept?.time ?? '10:00';
    this.from = kept ? momentOf(kept.from) : today();
    this.endKind = kept?.endKind ?? 'never';
    this.until = momentOf(kept?.until ?? null);
    this.times = kept?.times ?? '10';
    this.preview = null;
  }

  /** Adds a day of the week or takes it away. */
  toggle(day: number): void {
    this.days = this.days.includes(day) ? this.days.filter((one) => one !== day) : [...this.days, day];
  }

  /** Has the next times worked out. An answer that was overtaken is dropped. */
  async look(engine: EngineClient, recurrence: Recurrence | null): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    if (!recurrence) {
      this.preview = null;
      return;
    }
    try {
      const preview = await engine.series.preview({ recurrence, count: SHOWN });
      if (asked === this.#asked) this.preview = preview;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.preview = null;
      this.error = toAppError(thrown);
    }
  }
}

const isWithin = (typed: string, most: number): boolean => {
  const number = wholeNumber(typed);
  return number !== null && number >= 1 && number <= most;
};

const today = (): number => new Date().setHours(0, 0, 0, 0);

/** The day of a date field, which is the day on this computer. */
const dayOf = (at: number): string => toCalendarDate(fromAbsolute(at, localZone())).toString();

/** The first moment (ms) of a day on this computer; `null` for none, and for a day that no calendar has. */
function momentOf(day: string | null): number | null {
  if (day === null) return null;
  try {
    return parseDate(day).toDate(localZone()).getTime();
  } catch {
    return null;
  }
}
