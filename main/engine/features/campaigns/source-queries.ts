import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { Source } from '#shared/ipc/plan.ts';

const Chips = v.array(v.object({ source: Source, label: v.string(), count: v.number() }));

/** What a chip of a campaign stood for when it was planned. */
export type PlannedSource = v.InferOutput<typeof Chips>[number];

/** SQL of whom a campaign was planned for. */
export function sourceQueries(db: DatabaseSyncInstance) {
  const chips = db.prepare('SELECT sources FROM campaigns WHERE id = ?');
  const numbers = db.prepare(`
    SELECT id, msisdn FROM messages INDEXED BY messages_campaign_order
    WHERE campaign_id = ? AND id > ? ORDER BY id LIMIT ?`);
  return {
    /** Its chips in their order. */
    chips(id: number): PlannedSource[] {
      const row = chips.get(id) as { sources: string } | undefined;
      const read = v.safeParse(Chips, JSON.parse(row?.sources ?? '[]'));
      return read.success ? read.output : [];
    },
    /** Numbers of a campaign after a message, in order; those left out have theirs too, or none (an empty one). */
    numbers: (id: number, after: number, limit: number) =>
      numbers.all(id, after, limit) as { id: number; msisdn: string }[],
  };
}

/** {@link sourceQueries}, prepared. */
export type SourceQueries = ReturnType<typeof sourceQueries>;
