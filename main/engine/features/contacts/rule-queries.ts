import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import * as v from 'valibot';
import { Rule, type Condition, type HistoryTest, type TextTest } from '#shared/contacts/rule.ts';
import { appError, type AppError } from '#shared/errors.ts';
import { foldDigits } from '#shared/phone/digits.ts';
import { operatorHint } from '#shared/phone/operators.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import { TAKEN_STATES, type MessageState } from '#shared/sms/message-state.ts';
import { comingDays, isoDate, plainNumber } from './dates.ts';
import { EVERYBODY, type SqlCondition } from './search-queries.ts';
import { readText } from './written.ts';

/** What a rule may name. */
export type RuleWorld = {
  /** Now, ms since the epoch. */
  readonly now: number;
  readonly hasField: (id: number) => boolean;
  readonly hasImport: (id: number) => boolean;
  /** The rule of a group as it is stored; `null`: a list; absent: gone. */
  readonly ruleOf: (group: number) => string | null | undefined;
};

const DAY_MS = 86_400_000;
/** Conditions of a rule and of all smart groups that it refers to; keeps the statement within what SQLite takes. */
const MOST_CONDITIONS = 200;

const FAILED_STATES = [
  'undeliverable',
  'expired',
  'rejected',
  'refused',
] as const satisfies readonly MessageState[];

/** Who is on the do-not-message list, with any number. */
export const DO_NOT_MESSAGE = `(c.msisdn IN (SELECT msisdn FROM do_not_message)
  OR c.id IN (SELECT o.contact_id FROM do_not_message d CROSS JOIN contact_numbers o ON o.msisdn = d.msisdn))`;
/** Who has a number that counts as dead. */
export const DEAD = `(c.msisdn IN (SELECT msisdn FROM number_health WHERE dead_since IS NOT NULL)
  OR c.id IN (SELECT o.contact_id FROM number_health h CROSS JOIN contact_numbers o ON o.msisdn = h.msisdn
    WHERE h.dead_since IS NOT NULL))`;
/** Who has more than one number. */
export const SEVERAL_NUMBERS = 'EXISTS (SELECT 1 FROM contact_numbers o WHERE o.contact_id = c.id)';
/** Who is in a group of the list kind. */
export const IN_GROUP = 'EXISTS (SELECT 1 FROM group_members g WHERE g.group_id = ? AND g.contact_id = c.id)';
/** Whom an import made or changed; takes its id twice. */
export const OF_IMPORT =
  '(c.import_id = ? OR EXISTS (SELECT 1 FROM import_changes i WHERE i.import_id = ? AND i.contact_id = c.id))';

const broken = (detail: 'field' | 'group' | 'import' | 'circle' | 'value' | 'too-many') =>
  err(appError('RULE_BROKEN', { detail }));
const not = ({ sql, values }: SqlCondition): SqlCondition => ({ sql: `NOT (${sql})`, values });
type Compiled = Result<SqlCondition, AppError>;

/** Latin texts are folded by SQLite itself, ten times as quick. */
const folded = (text: string) =>
  `CASE WHEN length(${text}) = octet_length(${text}) THEN lower(${text}) ELSE fold_text(${text}) END`;
const asNumber = (text: string) =>
  `CASE WHEN ${text} <> '' AND ${text} NOT GLOB '*[^0-9]*' THEN CAST(${text} AS REAL) ELSE plain_number(${text}) END`;
const asDate = (text: string) =>
  `CASE WHEN ${text} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN ${text} ELSE iso_date(${text}) END`;

/**
 * A rule as a condition on contacts; what the user wrote enters it as bound values only. It needs the functions of
 * {@link addRuleFunctions}. A smart group may refer to lists and to smart groups, in no circle.
 *
 * `RULE_BROKEN` says as `detail` what is wrong: a `field`, `group` or `import` that is gone, a `circle` of smart groups, a `value` that
 * is empty or cannot be read (a date, a number, an operator), or `too-many` conditions.
 *
 * @param within the groups whose rules lead here, this rule's own among them
 */
export function compileRule(rule: Rule, world: RuleWorld, within: readonly number[] = []): Compiled {
  let left = MOST_CONDITIONS;

  function ruleSql({ match, of }: Rule, path: readonly number[]): Compiled {
    const parts: SqlCondition[] = [];
    for (const part of of) {
      if (--left < 0) return broken('too-many');
      // One without conditions asks for nothing: among others it must not stand for everybody.
      if ('of' in part && part.of.length === 0) continue;
      const compiled = 'of' in part ? ruleSql(part, path) : conditionSql(part, path);
      if (!compiled.ok) return compiled;
      parts.push(compiled.value);
    }
    if (parts.length === 0) return ok(EVERYBODY);
    return ok({
      sql: parts.map(({ sql }) => `(${sql})`).join(match === 'all' ? ' AND ' : ' OR '),
      values: parts.flatMap(({ values }) => values),
    });
  }

  function groupSql(group: number, path: readonly number[]): Compiled {
    const stored = world.ruleOf(group);
    if (stored === undefined) return broken('group');
    if (path.includes(group)) return broken('circle');
    if (stored === null) return ok({ sql: IN_GROUP, values: [group] });
    const parsed = v.safeParse(Rule, JSON.parse(stored));
    return parsed.success ? ruleSql(parsed.output, [...path, group]) : broken('value');
  }

  function conditionSql(condition: Condition, path: readonly number[]): Compiled {
    switch (condition.about) {
      case 'name':
        return textSql({ sql: 'c.name', values: [] }, condition.test, condition.value);
      case 'note':
        return textSql({ sql: 'c.note', values: [] }, condition.test, condition.value);
      case 'field':
        if (!world.hasField(condition.field)) return broken('field');
        return textSql(valueOf(condition.field), condition.test, condition.value);
      case 'date':
        if (!world.hasField(condition.field)) return broken('field');
        return dateSql(valueOf(condition.field), condition.test, condition.value, world.now);
      case 'number':
        return prefixSql(numberPrefix(condition.value));
      case 'operator':
        return operatorSql(condition.value);
      case 'group': {
        const group = groupSql(condition.group, path);
        return group.ok && condition.test === 'not-in' ? ok(not(group.value)) : group;
      }
      case 'flag': {
        const flag = { sql: FLAGS[condition.flag], values: [] };
        return ok(condition.value ? flag : not(flag));
      }
      case 'added': {
        const recent = { sql: 'c.created_at >= ?', values: [world.now - condition.days * DAY_MS] };
        return ok(condition.test === 'within' ? recent : not(recent));
      }
      case 'import':
        if (!world.hasImport(condition.import)) return broken('import');
        return ok({ sql: OF_IMPORT, values: [condition.import, condition.import] });
      default:
        return historySql(condition.about, condition.test, condition.days, world.now);
    }
  }

  return ruleSql(rule, within);
}

/** Gives a database the functions that compiled rules call. They give `null` for what cannot be read. */
export function addRuleFunctions(db: DatabaseSyncInstance): void {
  const ofText = (name: string, work: (text: string) => string | number | null) =>
    db.function(name, { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? work(text) : null,
    );
  ofText('fold_text', foldForSearch);
  ofText('plain_number', plainNumber);
  ofText('iso_date', isoDate);
}

const FLAGS = { 'do-not-message': DO_NOT_MESSAGE, dead: DEAD, 'several-numbers': SEVERAL_NUMBERS };

const valueOf = (field: number): SqlCondition => ({
  sql: "COALESCE(json_extract(c.fields, ?), '')",
  values: [`$."${field}"`],
});

/**
 * A test of an expression that is named `x` within. The materialised row lets the expression be computed once however often the test
 * names it.
 */
function testOf(
  expression: SqlCondition,
  test: string,
  ...values: readonly (string | number)[]
): SqlCondition {
  if (expression.values.length === 0) return { sql: test.replace(/\bx\b/gu, expression.sql), values };
  return {
    sql: `(SELECT ${test} FROM (SELECT ${expression.sql} AS x LIMIT 1))`,
    values: [...values, ...expression.values],
  };
}

function textSql(text: SqlCondition, test: TextTest, written: string): Compiled {
  const value = foldForSearch(readText(written));
  const filled = testOf(text, "x <> ''");
  switch (test) {
    case 'filled':
      return ok(filled);
    case 'empty':
      return ok(not(filled));
    case 'less':
    case 'more': {
      const number = plainNumber(value);
      if (number === null) return broken('value');
      return ok(testOf(text, `COALESCE((${asNumber('x')}) ${test === 'less' ? '<' : '>'} ?, 0)`, number));
    }
    case 'is':
    case 'is-not': {
      const is = testOf(text, `(${folded('x')}) = ?`, value);
      return ok(test === 'is' ? is : not(is));
    }
    default: {
      // The empty text is in every other one.
      if (value === '') return broken('value');
      const found = testOf(text, `instr(${folded('x')}, ?) ${test === 'starts-with' ? '= 1' : '> 0'}`, value);
      return ok(test === 'contains-not' ? not(found) : found);
    }
  }
}

function dateSql(
  text: SqlCondition,
  test: 'before' | 'after' | 'within-next',
  written: string,
  now: number,
): Compiled {
  if (test === 'within-next') {
    const days = plainNumber(written);
    if (days === null || days < 0 || !Number.isInteger(days)) return broken('value');
    return ok(
      testOf(
        text,
        `COALESCE(substr(${asDate('x')}, 6) IN (SELECT value FROM json_each(?)), 0)`,
        JSON.stringify(comingDays(now, days)),
      ),
    );
  }
  const date = isoDate(written);
  if (date === null) return broken('value');
  return ok(testOf(text, `COALESCE((${asDate('x')}) ${test === 'before' ? '<' : '>'} ?, 0)`, date));
}

/** The beginning of stored numbers that a written beginning means; empty where it has no digits. */
function numberPrefix(written: string): string {
  const plain = foldDigits(written).replace(/[^\d+]/gu, '');
  const digits = plain.replace(/\D/gu, '');
  if (plain.startsWith('+')) return digits;
  if (digits.startsWith('00')) return digits.slice(2);
  if (digits.startsWith('0')) return `88${digits}`;
  return digits.startsWith('1') ? `880${digits}` : digits;
}

function prefixSql(prefix: string): Compiled {
  if (prefix === '') return broken('value');
  // The colon is the character after nine.
  return ok({ sql: 'c.msisdn >= ? AND c.msisdn < ?', values: [prefix, `${prefix}:`] });
}

function operatorSql(written: string): Compiled {
  const wanted = foldForSearch(written).trim();
  const prefixes = Array.from({ length: 100 }, (_, n) => `880${String(n).padStart(2, '0')}`).filter(
    (prefix) => {
      const operator = operatorHint(prefix.padEnd(13, '0'));
      return operator !== null && foldForSearch(operator) === wanted;
    },
  );
  if (prefixes.length === 0) return broken('value');
  return ok({
    sql: `length(c.msisdn) = 13 AND substr(c.msisdn, 1, 5) IN (${prefixes.map(() => '?').join(', ')})`,
    values: prefixes,
  });
}

function historySql(
  about: 'sent' | 'delivered' | 'failed' | 'received',
  test: HistoryTest,
  days: number | undefined,
  now: number,
): Compiled {
  const timed = test === 'within' || test === 'not-within';
  if (timed && days === undefined) return broken('value');
  const since = timed ? [now - (days ?? 0) * DAY_MS] : [];
  const states =
    about === 'received'
      ? []
      : { sent: TAKEN_STATES, delivered: ['delivered'], failed: FAILED_STATES }[about];
  const within = (number: string) =>
    about === 'received'
      ? `EXISTS (SELECT 1 FROM inbox r INDEXED BY inbox_partner
          WHERE r.partner = ${number}${timed ? ' AND r.received_at >= ?' : ''})`
      : `EXISTS (SELECT 1 FROM messages m INDEXED BY messages_msisdn
          WHERE m.msisdn = ${number}${timed ? ' AND m.created_at >= ?' : ''}
          AND m.state IN (${states.map(() => '?').join(', ')}))`;
  const values = [...since, ...states];
  // Failures are few, so they are looked up by their state; whoever wrote or was reached is found sooner number by number.
  const first =
    about === 'failed'
      ? `c.msisdn IN (SELECT m.msisdn FROM messages m INDEXED BY messages_state
          WHERE m.state IN (${states.map(() => '?').join(', ')})${timed ? ' AND m.created_at >= ?' : ''})`
      : within('c.msisdn');
  const happened: SqlCondition = {
    sql: `${first}
      OR c.id IN (SELECT o.contact_id FROM contact_numbers o WHERE ${within('o.msisdn')})`,
    values: [...(about === 'failed' ? [...states, ...since] : values), ...values],
  };
  return ok(test === 'within' || test === 'ever' ? happened : not(happened));
}
