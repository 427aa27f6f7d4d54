import { appError, type AppError } from '#shared/errors.ts';
import type { Template, TemplateId, WrittenTemplate } from '#shared/ipc/templates.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import { parseMerge } from '#shared/sms/merge-fields.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { templateQueries, type TemplateFields, type TemplateRow } from './template-queries.ts';

/** Texts to be used again, of one space. */
export type Templates = ReturnType<typeof createTemplates>;

/** One per space. */
export function createTemplates(deps: { readonly store: Store; readonly clock: Clock }) {
  const { store, clock } = deps;
  const queries = templateQueries(store.db);
  const removed = new Map<TemplateId, TemplateRow>();

  /** Writes a template unless another one has its name; `write` gives its id. */
  function file(
    written: WrittenTemplate,
    own: TemplateId | null,
    write: (fields: TemplateFields) => number,
  ): Result<Template, AppError> {
    const fault = faultOf(written.text);
    if (fault) return err(fault);
    const fields = fieldsOf(written);
    return store.transaction((): Result<Template, AppError> => {
      const other = queries.byName(fields.name_folded);
      if (other !== null && other !== own) return err(appError('TEMPLATE_EXISTS', { field: 'name' }));
      const row = queries.byId(write(fields));
      if (!row) throw new Error('A template that was just written is gone');
      return ok(view(row));
    });
  }

  return {
    /** The most used first, then by name. Every word of `search` is in name, text or category. */
    list(search: string | undefined): Template[] {
      const words = foldForSearch(search ?? '')
        .split(/\s+/u)
        .filter((word) => word !== '');
      return queries
        .all()
        .filter(({ name, text, category }) => {
          const folded = foldForSearch(`${name}\n${text}\n${category}`);
          return words.every((word) => folded.includes(word));
        })
        .map(view);
    },

    add(written: WrittenTemplate): Result<Template, AppError> {
      const now = clock.now();
      return file(written, null, (fields) =>
        queries.insert(fields, { created_at: now, changed_at: now }, null),
      );
    },

    update(id: TemplateId, written: WrittenTemplate): Result<Template, AppError> {
      if (!queries.byId(id)) return err(appError('NOT_FOUND'));
      return file(written, id, (fields) => {
        queries.update(id, fields, clock.now());
        return id;
      });
    },

    /** Removes a template; campaigns that began with it stay as they are. It can be restored while the program runs. */
    remove(id: TemplateId): Result<null, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      store.transaction(() => queries.remove(id));
      removed.set(id, row);
      return ok(null);
    },

    /** Undoes a removal, under the old id, so that its uses count again. */
    restore(id: TemplateId): Result<Template, AppError> {
      const row = removed.get(id);
      if (!row) return err(appError('NOT_FOUND'));
      const restored = file(view(row), null, (fields) =>
        queries.insert(fields, { created_at: row.created_at, changed_at: row.changed_at }, id),
      );
      if (restored.ok) removed.delete(id);
      return restored;
    },
  };
}

function faultOf(text: string): AppError | null {
  if (text.trim() === '') return appError('TEXT_EMPTY', { field: 'text' });
  const merge = parseMerge(text);
  return merge.ok
    ? null
    : appError('MERGE_BROKEN', { field: 'text', detail: merge.error.kind, actual: merge.error.start });
}

const fieldsOf = (written: WrittenTemplate): TemplateFields => ({
  name: written.name,
  name_folded: foldForSearch(written.name),
  text: written.text,
  category: written.category,
  class: written.class,
  approval_id: written.approvalId,
});

const view = (row: TemplateRow): Template => ({
  id: row.id,
  name: row.name,
  text: row.text,
  category: row.category,
  class: row.class,
  approvalId: row.approval_id,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  used: row.used,
  usedAt: row.used_at,
});
