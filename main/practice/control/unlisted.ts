import type { RequestEntry } from '../core/state.ts';

/** The entry of a control call, which no journal keeps; `at` in ms of the gateway's clock. */
export function unlistedEntry(method: string, path: string, at: number): RequestEntry {
  return {
    at,
    method,
    path,
    protocol: 'control',
    query: null,
    body: null,
    user: null,
    status: null,
    fault: null,
    accepted: 0,
  };
}
