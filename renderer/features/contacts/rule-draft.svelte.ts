import type { Condition, DateTest, HistoryTest, Rule, TextTest } from '#shared/contacts/rule.ts';
import type { Field } from '#shared/ipc/contacts.ts';

/** What a condition asks about; a field of the user's is `field:` with its id. */
export type Subject =
  | 'name'
  | 'note'
  | 'number'
  | 'operator'
  | 'group'
  | 'do-not-message'
  | 'dead'
  | 'several-numbers'
  | 'sent'
  | 'delivered'
  | 'failed'
  | 'received'
  | 'added'
  | 'import'
  | `field:${number}`;

/** Every test of every subject. */
export type Test = TextTest | DateTest | HistoryTest | 'in' | 'not-in' | 'yes' | 'no' | 'prefix' | 'operator';

/** Conditions that one level takes. */
export const MOST_CONDITIONS = 30;
/** Levels of a rule; the engine refuses more. */
export const MOST_LEVELS = 3;

const TEXT_TESTS: readonly Test[] = [
  'is',
  'is-not',
  'contains',
  'contains-not',
  'starts-with',
  'empty',
  'filled',
];
const NUMBER_TESTS: readonly Test[] = ['is', 'is-not', 'less', 'more', 'empty', 'filled'];
const DATE_TESTS: readonly Test[] = ['within-next', 'before', 'after', 'empty', 'filled'];
const HISTORY_TESTS: readonly Test[] = ['within', 'not-within', 'ever', 'never'];
const DAYS_AT_FIRST = '30';

/** Id of the field that a subject names; null for every other subject. */
export const fieldIdOf = (subject: Subject): number | null =>
  subject.startsWith('field:') ? Number(subject.slice('field:'.length)) : null;

/** The tests that are offered for a subject. A field that is gone has those of a text. */
export function testsFor(subject: Subject, fields: readonly Field[]): readonly Test[] {
  switch (subject) {
    case 'number':
      return ['prefix'];
    case 'operator':
      return ['operator'];
    case 'group':
    case 'import':
      return subject === 'group' ? ['in', 'not-in'] : ['in'];
    case 'do-not-message':
    case 'dead':
    case 'several-numbers':
      return ['yes', 'no'];
    case 'sent':
    case 'delivered':
    case 'failed':
    case 'received':
      return HISTORY_TESTS;
    case 'added':
      return ['within', 'not-within'];
    default: {
      const kind = fields.find(({ id }) => id === fieldIdOf(subject))?.kind;
      return kind === 'number' ? NUMBER_TESTS : kind === 'date' ? DATE_TESTS : TEXT_TESTS;
    }
  }
}

/** What has to be written beside a test. */
type Operand = 'none' | 'text' | 'number' | 'days' | 'date' | 'group' | 'import' | 'operator' | 'digits';

/** Whole days from 1 to ten years, in either script's digits already folded; null when it is no such number. */
function daysOf(text: string): number | null {
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return days >= 1 && days <= 3_660 ? days : null;
}

let keys = 0;

/** One condition as it is being written. `value` is whatever its operand is: a text, days, a date, an id. */
export class ConditionDraft {
  readonly kind = 'condition';
  readonly key = ++keys;
  subject: Subject = $state('name');
  test: Test = $state('contains');
  value = $state('');

  constructor(subject: Subject, test: Test, value = '') {
    this.subject = subject;
    this.test = test;
    this.value = value;
  }

  /** Asks about something else, with its first test and nothing written. */
  setSubject(subject: Subject, fields: readonly Field[]): void {
    this.subject = subject;
    this.#setTest(testsFor(subject, fields)[0] ?? 'is');
  }

  /** Asks with another test; what is written stays where it still fits. */
  setTest(test: Test): void {
    const before = this.operand;
    this.test = test;
    if (this.operand !== before) this.#setTest(test);
  }

  get operand(): Operand {
    const { subject, test } = this;
    if (subject === 'group' || subject === 'import' || subject === 'operator') return subject;
    if (subject === 'number') return 'digits';
    switch (test) {
      case 'empty':
      case 'filled':
      case 'yes':
      case 'no':
      case 'ever':
      case 'never':
        return 'none';
      case 'within':
      case 'not-within':
      case 'within-next':
        return 'days';
      case 'before':
      case 'after':
        return 'date';
      case 'less':
      case 'more':
        return 'number';
      default:
        return 'text';
    }
  }

  /** The condition; null while something is missing. */
  get condition(): Condition | null {
    const { subject, test, operand } = this;
    const value = this.value.trim();
    const days = operand === 'days' ? daysOf(value) : undefined;
    if (days === null || (operand !== 'none' && value === '')) return null;
    switch (subject) {
      case 'name':
      case 'note':
        return { about: subject, test: test as TextTest, value: operand === 'none' ? '' : value };
      case 'number':
      case 'operator':
        return { about: subject, value };
      case 'group':
        return { about: 'group', test: test === 'not-in' ? 'not-in' : 'in', group: Number(value) };
      case 'import':
        return { about: 'import', import: Number(value) };
      case 'do-not-message':
      case 'dead':
      case 'several-numbers':
        return { about: 'flag', flag: subject, value: test === 'yes' };
      case 'added':
        return { about: 'added', test: test === 'within' ? 'within' : 'not-within', days: days ?? 1 };
      case 'sent':
      case 'delivered':
      case 'failed':
      case 'received':
        return {
          about: subject,
          test: test as HistoryTest,
          ...(days !== undefined && { days }),
        };
      default: {
        const field = fieldIdOf(subject) ?? 0;
        return test === 'before' || test === 'after' || test === 'within-next'
          ? { about: 'date', field, test, value }
          : { about: 'field', field, test: test as TextTest, value: operand === 'none' ? '' : value };
      }
    }
  }

  #setTest(test: Test): void {
    this.test = test;
    this.value = this.operand === 'days' ? DAYS_AT_FIRST : '';
  }
}

/** Conditions of which all or any must hold, as they are being written; may hold further ones. */
export class RuleDraft {
  readonly kind = 'rule';
  readonly key = ++keys;
  match: Rule['match'] = $state('all');
  of: (ConditionDraft | RuleDraft)[] = $state.raw([]);

  /** A draft of a rule that is there. */
  static from(rule: Rule): RuleDraft {
    const draft = new RuleDraft();
    draft.match = rule.match;
    draft.of = rule.of.map((one) => ('match' in one ? RuleDraft.from(one) : draftOf(one)));
    return draft;
  }

  /** Adds a condition to be written. */
  addCondition(): void {
    this.of = [...this.of, new ConditionDraft('name', 'contains')];
  }

  /** Adds a level of its own, with one condition. */
  addRule(): void {
    const inner = new RuleDraft();
    inner.match = this.match === 'all' ? 'any' : 'all';
    inner.addCondition();
    this.of = [...this.of, inner];
  }

  /** Takes a condition or a level away. */
  drop(key: number): void {
    this.of = this.of.filter((one) => one.key !== key);
  }

  /** The rule; null while a condition is not complete. */
  get rule(): Rule | null {
    const of: Rule['of'] = [];
    for (const one of this.of) {
      const made = one.kind === 'rule' ? one.rule : one.condition;
      if (made === null) return null;
      of.push(made);
    }
    return { match: this.match, of };
  }
}

function draftOf(condition: Condition): ConditionDraft {
  switch (condition.about) {
    case 'name':
    case 'note':
      return new ConditionDraft(condition.about, condition.test, condition.value);
    case 'field':
    case 'date':
      return new ConditionDraft(`field:${condition.field}`, condition.test, condition.value);
    case 'number':
      return new ConditionDraft('number', 'prefix', condition.value);
    case 'operator':
      return new ConditionDraft('operator', 'operator', condition.value);
    case 'group':
      return new ConditionDraft('group', condition.test, String(condition.group));
    case 'import':
      return new ConditionDraft('import', 'in', String(condition.import));
    case 'flag':
      return new ConditionDraft(condition.flag, condition.value ? 'yes' : 'no');
    case 'added':
      return new ConditionDraft('added', condition.test, String(condition.days));
    default:
      return new ConditionDraft(
        condition.about,
        condition.test,
        condition.days === undefined ? '' : String(condition.days),
      );
  }
}
