import type { Rule } from '#shared/contacts/rule.ts';
import { appError, type AppError } from '#shared/errors.ts';
import type { ContactFilter } from '#shared/ipc/contacts.ts';
import { err, ok, type Result } from '#shared/result.ts';
import {
  compileRule,
  DEAD,
  DO_NOT_MESSAGE,
  IN_GROUP,
  OF_IMPORT,
  SEVERAL_NUMBERS,
  type RuleWorld,
} from './rule-queries.ts';
import { allOf, searchCondition, type SqlCondition } from './search-queries.ts';

/** Whom a filter finds. */
export type Compiled = {
  readonly condition: SqlCondition;
  /** Ids among which all of them are, as a query: quicker than looking at everybody where they are few. */
  readonly among: SqlCondition | null;
};

const ONLY = {
  'no-group': 'NOT EXISTS (SELECT 1 FROM group_members g WHERE g.contact_id = c.id)',
  'do-not-message': DO_NOT_MESSAGE,
  dead: DEAD,
  'several-numbers': SEVERAL_NUMBERS,
};

/**
 * Reads a filter. `NOT_FOUND`: the group is gone; `RULE_BROKEN`: see {@link compileRule}.
 *
 */
export function compileFilter(filter: ContactFilter, world: RuleWorld): Result<Compiled, AppError> {
  const conditions = [searchCondition(filter.search)];
  let among: SqlCondition | null = null;
  if (filter.group !== undefined) {
    const stored = world.ruleOf(filter.group);
    if (stored === undefined) return err(appError('NOT_FOUND'));
    if (stored === null) {
      conditions.push({ sql: IN_GROUP, values: [filter.group] });
      among = { sql: 'SELECT contact_id FROM group_members WHERE group_id = ?', values: [filter.group] };
    } else {
      const smart: Rule = { match: 'all', of: [{ about: 'group', test: 'in', group: filter.group }] };
      const compiled = compileRule(smart, world);
      if (!compiled.ok) return compiled;
      conditions.push(compiled.value);
    }
  }
  if (filter.rule) {
    const compiled = compileRule(filter.rule, world);
    if (!compiled.ok) return compiled;
    conditions.push(compiled.value);
  }
  if (filter.only) {
    conditions.push({ sql: ONLY[filter.only], values: [] });
    if (filter.only === 'several-numbers')
      among ??= { sql: 'SELECT contact_id FROM contact_numbers', values: [] };
  }
  if (filter.import !== undefined) {
    conditions.push({ sql: OF_IMPORT, values: [filter.import, filter.import] });
    among ??= {
      sql: `SELECT id FROM contacts WHERE import_id = ?
        UNION ALL SELECT contact_id FROM import_changes WHERE import_id = ?`,
      values: [filter.import, filter.import],
    };
  }
  return ok({ condition: allOf(conditions.filter(({ sql }) => sql !== '1')), among });
}
