import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/** A template as stored. Times are ms since the epoch. */
export type TemplateRow = {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly category: string;
  readonly class: 'transactional' | 'promotional' | null;
  readonly approval_id: string;
  readonly created_at: number;
  readonly changed_at: number;
  /** Campaigns that began with it, and when the last one did. */
  readonly used: number;
  readonly used_at: number | null;
};

/** What is written of a template; `name_folded` is what makes its name one of a kind. */
export type TemplateFields = Omit<TemplateRow, 'id' | 'created_at' | 'changed_at' | 'used' | 'used_at'> & {
  readonly name_folded: string;
};

/** All SQL of templates. */
export function templateQueries(db: DatabaseSyncInstance) {
  const columns = `t.id, t.name, t.text, t.category, t.class, t.approval_id, t.created_at, t.changed_at,
    (SELECT COUNT(*) FROM campaigns c WHERE c.template_id = t.id) AS used,
    (SELECT MAX(c.created_at) FROM campaigns c WHERE c.template_id = t.id) AS used_at`;
  const all = db.prepare(`SELECT ${columns} FROM templates t ORDER BY used DESC, t.name_folded, t.id`);
  const byId = db.prepare(`SELECT ${columns} FROM templates t WHERE t.id = ?`);
  const byName = db.prepare('SELECT id FROM templates WHERE name_folded = ?');
  const insert = db.prepare(`
    INSERT INTO templates (id, name, name_folded, text, category, class, approval_id, created_at, changed_at)
    VALUES (:id, :name, :name_folded, :text, :category, :class, :approval_id, :created_at, :changed_at)`);
  const update = db.prepare(`
    UPDATE templates SET name = :name, name_folded = :name_folded, text = :text, category = :category, class = :class,
      approval_id = :approval_id, changed_at = :changed_at
    WHERE id = :id`);
  const remove = db.prepare('DELETE FROM templates WHERE id = ?');

  return {
    /** The most used first, then by name. */
    all: () => all.all() as TemplateRow[],
    byId: (id: number) => (byId.get(id) as TemplateRow | undefined) ?? null,
    byName: (folded: string) => (byName.get(folded) as { id: number } | undefined)?.id ?? null,
    /** Writes a new template, or one that was removed under its old id; gives the id. */
    insert: (fields: TemplateFields, at: { created_at: number; changed_at: number }, id: number | null) =>
      Number(insert.run({ ...fields, ...at, id }).lastInsertRowid),
    update: (id: number, fields: TemplateFields, at: number) =>
      void update.run({ ...fields, changed_at: at, id }),
    remove: (id: number) => void remove.run(id),
  };
}
