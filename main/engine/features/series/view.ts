import * as v from 'valibot';
import type { Space } from '#shared/ids.ts';
import { SendRequest } from '#shared/ipc/campaigns.ts';
import { Recurrence, SeriesTrouble, type SeriesView } from '#shared/ipc/series.ts';
import { nextAfter } from '#shared/rules/recurrence.ts';
import type { SeriesRow } from './queries.ts';

/** What a series repeats. */
export const requestIn = (row: SeriesRow): SendRequest => v.parse(SendRequest, JSON.parse(row.request));

/** When it does so. */
export const recurrenceIn = (row: SeriesRow): Recurrence => v.parse(Recurrence, JSON.parse(row.recurrence));

/** Why it stands still; `null` when nothing is the matter. */
export const troubleIn = (row: SeriesRow): SeriesTrouble | null =>
  row.trouble === null ? null : v.parse(SeriesTrouble, JSON.parse(row.trouble));

/**
 * The first time of a series that is still to come, for one that goes on at `now` (ms). Never before the first one that was not dealt
 * with: a clock that was put back repeats nothing.
 */
export function nextFrom(row: SeriesRow, now: number): number | null {
  if (row.next_at === null || row.next_at > now) return row.next_at;
  return nextAfter(recurrenceIn(row), now, row.created_at);
}

/** A series as the user sees it. */
export function seriesView(
  space: Space,
  row: SeriesRow,
  lastCampaign: number | null,
  now: number,
): SeriesView {
  return {
    id: row.id,
    space,
    name: row.name,
    request: requestIn(row),
    recurrence: recurrenceIn(row),
    state: row.state,
    trouble: troubleIn(row),
    nextAt: row.state === 'waiting' ? nextFrom(row, now) : row.next_at,
    expected: row.expected,
    sent: row.occurrences,
    lastCampaign,
    createdAt: row.created_at,
  };
}
