import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** The network (`mccmnc`) that a number was seen in, and when (ms). */
export type SeenNetwork = { readonly msisdn: string; readonly mccmnc: string; readonly at: number };

/** SQL of what reports said about the networks of numbers. */
export function networkQueries(db: DatabaseSyncInstance) {
  // Of a number that is written to every day only the last messages are looked at.
  const reported = db.prepare(`
    SELECT j.value AS msisdn, m.mccmnc, m.created_at AS at FROM json_each(?) j CROSS JOIN messages m ON m.id = (
      SELECT l.id FROM (
        SELECT id, mccmnc FROM messages WHERE msisdn = j.value ORDER BY created_at DESC, id DESC LIMIT 5
      ) l WHERE l.mccmnc IS NOT NULL LIMIT 1)`);
  return {
    /** Networks that the last reports about messages to these numbers named. */
    reported: (msisdns: readonly string[]) => reported.all(JSON.stringify(msisdns)) as SeenNetwork[],
  };
}
