import * as v from 'valibot';
import type { Space } from '#shared/ids.ts';
import { SendRequest } from '#shared/ipc/plan.ts';
import { Recurrence, SeriesTrouble, type SeriesView } from '#shared/ipc/series.ts';
import { nextAfter } from '#shared/rules/recurrence.ts';
import { troubleOf } from './occurrence.ts';
import type { SeriesRow } from './queries.ts';

/** What a series repeats, and when it does so. */
type Repeated = { readonly request: SendRequest; readonly recurrence: Recurrence };

/** Stands for a recurrence that cannot be read, in what is shown alone. */
const UNKNOWN: Recurrence = {
  pattern: { kind: 'daily', every: 1 },
  time: '00:00',
  zone: 'UTC',
  from: '1970-01-01',
  end: { kind: 'never' },
};

/** Why a series stands still that cannot be read. */
export const unreadable = troubleOf('refused', null, { code: 'INVALID_SCHEDULE' });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function read<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : null;
}

/**
 * What a series repeats; `null` where that cannot be read: a store that came from another computer may name a time zone that this one
 * does not know.
 */
export function repeatedIn(row: SeriesRow): Repeated | null {
  const request = read(SendRequest, json(row.request));
  const recurrence = read(Recurrence, json(row.recurrence));
  return request && recurrence ? { request, recurrence } : null;
}

/** Why it stands still; `null` when nothing is the matter. */
export const troubleIn = (row: SeriesRow): SeriesTrouble | null =>
  row.trouble === null ? null : read(SeriesTrouble, json(row.trouble));

/**
 * The first time of a series that is still to come, for one that goes on at `now` (ms); `null` also where it cannot be read. Never
 * before the first one that was not dealt with: a clock that was put back repeats nothing.
 */
export function nextFrom(row: SeriesRow, now: number): number | null {
  const repeated = repeatedIn(row);
  if (!repeated) return null;
  if (row.next_at === null || row.next_at > now) return row.next_at;
  return nextAfter(repeated.recurrence, now, row.created_at);
}

/** A series as the user sees it. One that cannot be read waits, and says so. */
export function seriesView(
  space: Space,
  row: SeriesRow,
  lastCampaign: number | null,
  now: number,
): SeriesView {
  const repeated = repeatedIn(row);
  const waits = row.state === 'waiting';
  return {
    id: row.id,
    space,
    name: row.name,
    expected: row.expected,
    sent: row.occurrences,
    lastCampaign,
    createdAt: row.created_at,
    ...(repeated
      ? {
          ...repeated,
          state: row.state,
          trouble: troubleIn(row),
          nextAt: waits ? nextFrom(row, now) : row.next_at,
        }
      : withoutTimes(row)),
  };
}

/** As much as can be shown of a series that cannot be read. */
function withoutTimes(
  row: SeriesRow,
): Pick<SeriesView, 'request' | 'recurrence' | 'state' | 'trouble' | 'nextAt'> {
  const recurrence = json(row.recurrence);
  const zoneless = typeof recurrence === 'object' ? { ...recurrence, zone: UNKNOWN.zone } : null;
  const ended = row.state === 'ended';
  return {
    request: read(SendRequest, json(row.request)) ?? {
      accountId: row.account_id,
      sender: '',
      text: row.name,
      recipients: '',
    },
    recurrence: read(Recurrence, zoneless) ?? UNKNOWN,
    state: ended ? 'ended' : 'waiting',
    trouble: ended ? null : unreadable,
    nextAt: null,
  };
}
