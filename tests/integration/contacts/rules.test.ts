import { describe, expect, it } from 'vitest';
import type { Condition, Rule } from '#shared/contacts/rule.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import { comingDays, isoDate, plainNumber } from '../../../main/engine/features/contacts/dates.ts';
import { ACCOUNT } from '../support/feature.ts';
import { build, everybody, valueOf } from './people.ts';

const DAY = 86_400_000;

function people() {
  const built = build();
  const { contacts, add, clock, store } = built;
  const field = (name: string, kind: 'text' | 'number' | 'date') =>
    valueOf(contacts.addField({ name, kind })).id;
  const [area, due, born] = [field('Area', 'text'), field('Due', 'number'), field('Born', 'date')];
  const today = new Date(clock.now());
  const iso = (days: number, year = 1990) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
    return `${String(day.getDate()).padStart(2, '0')}/${String(day.getMonth() + 1).padStart(2, '0')}/${year}`;
  };
  add('Amin', '01711000001', {
    note: 'Pays LATE',
    fields: { [area]: 'Mirpur ১২', [due]: '১,২০,০০০', [born]: iso(0) },
  });
  add('Bina', '01811000002', { fields: { [area]: 'ঢাকা', [due]: '950.50', [born]: iso(3) } });
  add('Chan', ['01911000003', '01555000003'], {
    fields: { [area]: 'Dhaka', [due]: 'none', [born]: iso(40) },
  });
  add('Dola', '+6591234567', { fields: { [born]: 'yesterday' } });
  let id = 0;
  const message = (msisdn: string, state: MessageState, daysAgo: number) =>
    store.db
      .prepare(
        'INSERT INTO messages (account_id, msisdn, state, created_at, changed_at) VALUES (?, ?, ?, ?, 0)',
      )
      .run(ACCOUNT, msisdn, state, clock.now() - daysAgo * DAY);
  const answer = (partner: string, daysAgo: number) =>
    store.db
      .prepare(
        "INSERT INTO inbox (account_id, fingerprint, partner, text, text_folded, received_at) VALUES (?, ?, ?, 'ok', 'ok', ?)",
      )
      .run(ACCOUNT, String(id++), partner, clock.now() - daysAgo * DAY);
  const who = (...of: (Condition | Rule)[]) => built.found({ rule: { match: 'all', of } }).join(' ');
  const refused = (rule: Rule) => {
    const counted = contacts.count({ rule });
    return counted.ok ? 'found somebody' : [counted.error.code, counted.error.facts?.detail];
  };
  return { ...built, area, due, born, iso, message, answer, who, refused };
}

describe('a rule', () => {
  it('asks for texts, folded as searches are', () => {
    const { who, area } = people();
    const inArea = (
      test: 'is' | 'is-not' | 'contains' | 'contains-not' | 'starts-with' | 'empty' | 'filled',
      value = '',
    ) => who({ about: 'field', field: area, test, value });
    expect(inArea('is', 'MIRPUR 12')).toBe('Amin');
    expect(inArea('is', 'ঢাকা')).toBe('Bina');
    expect(inArea('is-not', 'dhaka')).toBe('Amin Bina Dola');
    expect(inArea('contains', '১২')).toBe('Amin');
    expect(inArea('contains-not', 'a')).toBe('Amin Bina Dola');
    expect(inArea('starts-with', 'dh')).toBe('Chan');
    expect(inArea('starts-with', 'haka')).toBe('');
    expect(inArea('empty')).toBe('Dola');
    expect(inArea('filled')).toBe('Amin Bina Chan');
    expect(who({ about: 'name', test: 'contains', value: 'N' })).toBe('Amin Bina Chan');
    expect(who({ about: 'note', test: 'contains', value: 'late' })).toBe('Amin');
  });

  it('compares numbers as people write them here', () => {
    const { who, due } = people();
    expect(who({ about: 'field', field: due, test: 'more', value: '950' })).toBe('Amin Bina');
    expect(who({ about: 'field', field: due, test: 'more', value: '১,০০,০০০' })).toBe('Amin');
    expect(who({ about: 'field', field: due, test: 'less', value: '951' })).toBe('Bina');
  });

  it('compares dates written day first, and finds birthdays that come', () => {
    const { who, born, iso } = people();
    const within = (value: string) => who({ about: 'date', field: born, test: 'within-next', value });
    expect(within('0')).toBe('Amin');
    expect(within('৭')).toBe('Amin Bina');
    expect(within('40')).toBe('Amin Bina Chan');
    expect(who({ about: 'date', field: born, test: 'before', value: iso(3) })).toBe(
      iso(0).slice(3, 5) <= iso(3).slice(3, 5) ? 'Amin' : '',
    );
    expect(who({ about: 'date', field: born, test: 'after', value: '০১-০১-১৯৮০' })).toBe('Amin Bina Chan');
  });

  it('asks for numbers and operators', () => {
    const { who } = people();
    for (const value of ['017', '88017', '+880 17', '০১৭', '17'])
      expect(who({ about: 'number', value })).toBe('Amin');
    expect(who({ about: 'number', value: '+65' })).toBe('Dola');
    expect(who({ about: 'operator', value: 'banglalink' })).toBe('Chan');
  });

  it('asks what happened with any number, and when', () => {
    const { who, message, answer } = people();
    message('8801711000001', 'delivered', 1);
    message('8801811000002', 'undeliverable', 20);
    message('8801555000003', 'delivered', 50);
    message('6591234567', 'left-out', 1);
    message('6591234567', 'queued', 1);
    answer('8801555000003', 2);
    expect(who({ about: 'sent', test: 'ever' })).toBe('Amin Bina Chan');
    expect(who({ about: 'sent', test: 'never' })).toBe('Dola');
    expect(who({ about: 'sent', test: 'within', days: 30 })).toBe('Amin Bina');
    expect(who({ about: 'delivered', test: 'not-within', days: 30 })).toBe('Bina Chan Dola');
    expect(who({ about: 'failed', test: 'ever' })).toBe('Bina');
    expect(who({ about: 'failed', test: 'within', days: 19 })).toBe('');
    expect(who({ about: 'received', test: 'within', days: 3 })).toBe('Chan');
    expect(who({ about: 'received', test: 'never' })).toBe('Amin Bina Dola');
  });

  it('asks for groups, flags and when somebody came', () => {
    const { who, all, groups, doNotMessage, list, clock, add, contacts } = people();
    const staff = list('Staff');
    groups.addMembers(staff, {
      ids: all()
        .slice(0, 2)
        .map(({ id }) => id),
    });
    doNotMessage.add({ numbers: '01555000003', reason: 'asked', note: '' });
    expect(who({ about: 'group', test: 'in', group: staff })).toBe('Amin Bina');
    expect(who({ about: 'group', test: 'not-in', group: staff })).toBe('Chan Dola');
    expect(who({ about: 'flag', flag: 'do-not-message', value: true })).toBe('Chan');
    expect(who({ about: 'flag', flag: 'do-not-message', value: false })).toBe('Amin Bina Dola');
    expect(who({ about: 'flag', flag: 'several-numbers', value: true })).toBe('Chan');
    expect(who({ about: 'flag', flag: 'dead', value: true })).toBe('');
    clock.advance(10 * DAY);
    add('Eva', '01612345678');
    expect(who({ about: 'added', test: 'within', days: 5 })).toBe('Eva');
    expect(who({ about: 'added', test: 'not-within', days: 5 })).toBe('Amin Bina Chan Dola');
    expect(everybody(contacts.people({ kind: 'group', id: staff }))).toMatchObject([
      { name: 'Amin' },
      { name: 'Bina' },
    ]);
  });

  it('joins conditions with all and any, in each other', () => {
    const { who, area, found } = people();
    const named = (value: string): Condition => ({ about: 'name', test: 'is', value });
    expect(who(named('amin'), named('bina'))).toBe('');
    expect(who({ match: 'any', of: [named('amin'), named('bina')] })).toBe('Amin Bina');
    expect(
      who(
        { about: 'field', field: area, test: 'filled', value: '' },
        { match: 'any', of: [named('dola'), named('chan')] },
      ),
    ).toBe('Chan');
    expect(found({ rule: { match: 'any', of: [] } })).toHaveLength(4);
    // A part without conditions is not everybody.
    expect(found({ rule: { match: 'any', of: [named('amin'), { match: 'all', of: [] }] } })).toEqual([
      'Amin',
    ]);
  });

  it('that cannot be answered finds nobody, and says why', () => {
    const { refused, area, due, born } = people();
    const one = (condition: Condition) =>
      refused({ match: 'any', of: [condition, { about: 'name', test: 'filled', value: '' }] });
    const broken = (detail: string) => ['RULE_BROKEN', detail];
    expect(one({ about: 'field', field: 99, test: 'is-not', value: 'x' })).toEqual(broken('field'));
    expect(one({ about: 'date', field: 99, test: 'before', value: '1/1/2020' })).toEqual(broken('field'));
    expect(one({ about: 'group', test: 'not-in', group: 99 })).toEqual(broken('group'));
    expect(one({ about: 'import', import: 99 })).toEqual(broken('import'));
    expect(one({ about: 'field', field: area, test: 'contains', value: ' ' })).toEqual(broken('value'));
    expect(one({ about: 'name', test: 'contains', value: '\u0000\ud800' })).toEqual(broken('value'));
    expect(one({ about: 'field', field: due, test: 'less', value: 'much' })).toEqual(broken('value'));
    expect(one({ about: 'date', field: born, test: 'before', value: '31/02/2026' })).toEqual(broken('value'));
    expect(one({ about: 'date', field: born, test: 'within-next', value: 'soon' })).toEqual(broken('value'));
    expect(one({ about: 'number', value: 'x' })).toEqual(broken('value'));
    expect(one({ about: 'operator', value: 'Nokia' })).toEqual(broken('value'));
    expect(one({ about: 'sent', test: 'within' })).toEqual(broken('value'));
    const thirty = Array.from({ length: 30 }, (): Condition => ({
      about: 'name',
      test: 'filled',
      value: '',
    }));
    const many: Rule = {
      match: 'any',
      of: Array.from({ length: 8 }, (): Rule => ({ match: 'any', of: thirty })),
    };
    expect(refused(many)).toEqual(broken('too-many'));
    expect(refused({ match: 'all', of: many.of.slice(0, 6) })).toBe('found somebody');
  });

  it('never lets what was written become a part of the question', () => {
    const { who, contacts } = people();
    for (const value of ["' OR 1=1 --", '"; DROP TABLE contacts; --', '%', '_', '\\', '?', '$."1"']) {
      for (const test of ['is', 'contains', 'starts-with'] as const)
        expect(who({ about: 'name', test, value })).toBe('');
    }
    expect(contacts.count({})).toEqual({ ok: true, value: 4 });
  });
});

describe('reading values', () => {
  it.each([
    ['2026-11-22', '2026-11-22'],
    ['22/11/2026', '2026-11-22'],
    ['২২-১১-২০২৬', '2026-11-22'],
    ['2.1.2026', '2026-01-02'],
    ['2026-11-22T10:00:00', '2026-11-22'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2026', null],
    ['11/22/2026', null],
    ['22/11/26', null],
    ['0/1/2026', null],
    ['', null],
  ])('%j is the date %j', (text, date) => {
    expect(isoDate(text)).toBe(date);
  });

  it.each([
    ['১,২০,০০০.৫০', 120_000.5],
    ['-7', -7],
    ['.5', 0.5],
    ['1,2', null],
    ['1e9', null],
    ['0x1f', null],
    ['', null],
    ['৳500', null],
  ])('%j is the number %j', (text, number) => {
    expect(plainNumber(text)).toBe(number);
  });

  it('texts that cannot be dates or numbers cost nothing', () => {
    const long = '1'.repeat(1_000_000);
    expect([isoDate(long), plainNumber(long)]).toEqual([null, null]);
  });

  it('days that come go over the end of the year and know 29 February', () => {
    expect(comingDays(new Date(2026, 11, 30).getTime(), 3)).toEqual(['12-30', '12-31', '01-01', '01-02']);
    expect(comingDays(new Date(2027, 1, 27).getTime(), 2)).toEqual(['02-27', '02-28', '02-29', '03-01']);
    expect(comingDays(new Date(2028, 1, 28).getTime(), 1)).toEqual(['02-28', '02-29']);
    expect(comingDays(new Date(2026, 0, 1).getTime(), 3_660)).toHaveLength(366);
  });
});
