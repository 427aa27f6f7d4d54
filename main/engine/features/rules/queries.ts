import type { Store } from '../../store/store.ts';

/** All SQL of the rules: one row, JSON of what differs from the defaults. */
export function ruleQueries(db: Store['db']) {
  const read = db.prepare('SELECT value FROM rules WHERE id = 1');
  const write = db.prepare(`
    INSERT INTO rules (id, value, changed_at) VALUES (1, ?, ?)
    ON CONFLICT (id) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`);
  return {
    /** What is stored, as JSON; `null` before anything was changed. */
    read: () => (read.get() as { value: string } | undefined)?.value ?? null,
    /** `at` in ms. */
    write: (value: string, at: number) => void write.run(value, at),
  };
}
