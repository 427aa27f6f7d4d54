import { describe, expect, it } from 'vitest';
import { appError } from '#shared/errors.ts';
import { err } from '#shared/result.ts';
import { gather } from '../../../main/engine/features/recipients/gather.ts';
import type { Condition } from '#shared/contacts/rule.ts';
import type { ContactFilter } from '#shared/ipc/contacts.ts';
import { compileFilter, type Compiled } from '../../../main/engine/features/contacts/filter.ts';
import {
  doNotMessageQueries,
  NEWEST,
} from '../../../main/engine/features/contacts/do-not-message-queries.ts';
import { personQueries } from '../../../main/engine/features/contacts/person-queries.ts';
import { contactQueries, TOP } from '../../../main/engine/features/contacts/queries.ts';
import { removalQueries } from '../../../main/engine/features/contacts/removal-queries.ts';
import { ACCOUNT, queryPlans } from '../support/feature.ts';
import { build, everybody, valueOf } from './people.ts';

const PEOPLE = 200_000;

it('200,000 contacts are counted, found, paged and given whole to messages', async () => {
  const { store, contacts, groups, doNotMessage } = build();
  store.db.exec(`
    BEGIN;
    INSERT INTO contact_groups (id, name, name_folded, created_at, changed_at) VALUES (1, 'Odd', 'odd', 0, 0);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${PEOPLE})
      INSERT INTO contacts (name, name_folded, msisdn, created_at, changed_at)
      SELECT 'Person ' || printf('%06d', i), 'person ' || printf('%06d', i), '88017' || printf('%08d', i), 0, 0 FROM n;
    INSERT INTO group_members SELECT 1, id FROM contacts WHERE id % 2 = 1;
    INSERT INTO do_not_message SELECT msisdn, 'asked', '', NULL, 0 FROM contacts WHERE id % 100 = 3;
    INSERT INTO contact_groups (id, name, name_folded, created_at, changed_at) VALUES (2, 'All', 'all', 0, 0);
    INSERT INTO group_members SELECT 2, id FROM contacts;
    COMMIT`);
  contacts.touched();
  const shown = (filter: ContactFilter, cursor?: string) => {
    const { rows, next } = valueOf(contacts.list(filter, cursor, 2));
    return { names: rows.map(({ name }) => name), next };
  };
  expect(shown({ search: '199999' }).names).toEqual(['Person 199999']);
  expect(valueOf(contacts.count({ search: 'nobody' }))).toBe(0);
  const first = shown({ only: 'do-not-message', search: '19900' });
  expect(first).toEqual({ names: ['Person 199003'], next: undefined });
  // The first page comes from the order of the list, the next ones from a look at everybody.
  const a = shown({ group: 1, search: '99' });
  expect(a.names).toEqual(['Person 000099', 'Person 000199']);
  const b = shown({ group: 1, search: '9999' });
  expect([b.names, shown({ group: 1, search: '9999' }, b.next).names]).toEqual([
    ['Person 009999', 'Person 019999'],
    ['Person 029999', 'Person 039999'],
  ]);
  expect(valueOf(contacts.count({ group: 1, only: 'do-not-message' }))).toBe(PEOPLE / 100);

  const odd = everybody(contacts.people({ kind: 'group', id: 1 }));
  expect([odd.length, odd[0]?.name, odd.at(-1)?.name]).toEqual([
    PEOPLE / 2,
    'Person 000001',
    'Person 199999',
  ]);
  const numbers = odd.map(({ msisdn }) => msisdn);
  expect(doNotMessage.among(numbers).size).toBe(PEOPLE / 100);
  expect(contacts.deadAmong(numbers).size).toBe(0);
  expect(contacts.byNumbers(numbers.slice(0, 30_000)).size).toBe(30_000);

  // Planning for everybody lets others in, also while it finds out who they are.
  const condition: Condition = { about: 'name', test: 'contains', value: '1' };
  const ones = valueOf(groups.add({ name: 'Ones', rule: { match: 'all', of: [condition] } })).id;
  const lists = {
    people: () => err(appError('NOT_FOUND')),
    describe: () => ({ label: '', detail: '', count: 0, gone: true, fields: [] }),
    remove: () => err(appError('NOT_FOUND')),
  };
  const whole = await gather(
    {
      recipients: '',
      sources: [
        { kind: 'group', id: ones },
        { kind: 'group', id: 2 },
      ],
    },
    { contacts, lists, doNotMessage },
  );
  const { people, leftOut, longestSlice } = valueOf(whole);
  const isOne = (name: string) => name.includes('1');
  const inOrder = people.map(({ name }) => name);
  expect(people.length + PEOPLE / 100).toBe(PEOPLE);
  const ordered = inOrder.filter(isOne);
  expect(ordered.every((name, at) => at === 0 || (ordered[at - 1] ?? '') < name)).toBe(true);
  expect(inOrder.findLastIndex(isOne)).toBe(inOrder.findIndex((name) => !isOne(name)) - 1);
  expect(leftOut.filter(({ reason }) => reason === 'do-not-message')).toHaveLength(PEOPLE / 100);
  expect(longestSlice).toBeLessThan(600);

  const all = valueOf(contacts.numbers({}));
  expect(all).toMatchObject({ count: 100_000, more: true });
  expect(all.numbers.slice(0, 27)).toBe('8801700000001\n8801700000002');
});

describe('no list, search or rule', () => {
  const world = { now: 0, hasField: () => true, hasImport: () => true, ruleOf: () => null };
  const compiled = (filter: ContactFilter): Compiled => valueOf(compileFilter(filter, world));
  const rule = (condition: Condition) => compiled({ rule: { match: 'all', of: [condition] } });

  it('orders what stands in order already', () => {
    const plans = queryPlans(build().store.db, (db) => {
      const queries = contactQueries(db);
      queries.page(compiled({}), TOP, 50);
      queries.page(compiled({ search: 'a 1', only: 'no-group' }), TOP, 50);
      queries.numbers(compiled({}), 50);
      queries.names(TOP, 50);
      doNotMessageQueries(db).page([{ text: 'a', digits: '1' }], NEWEST, 50);
      personQueries(db);
      removalQueries(db);
    }).filter((plan) =>
      /ORDER BY (?:c\.name|name_folded|d\.added|m\.created|r\.received|contact_id LIMIT)/u.test(plan),
    );
    expect(plans).toHaveLength(8);
    for (const plan of plans) expect(plan).not.toContain('TEMP B-TREE');
  });

  it('looks through another table than the contacts for each of them', () => {
    const conditions: Condition[] = [
      { about: 'sent', test: 'within', days: 3 },
      { about: 'delivered', test: 'never' },
      { about: 'failed', test: 'within', days: 3 },
      { about: 'received', test: 'ever' },
      { about: 'group', test: 'in', group: 1 },
      { about: 'import', import: 1 },
      { about: 'flag', flag: 'do-not-message', value: true },
      { about: 'flag', flag: 'dead', value: true },
      { about: 'flag', flag: 'several-numbers', value: true },
    ];
    const plans = queryPlans(build().store.db, (db) => {
      const queries = contactQueries(db);
      for (const condition of conditions) queries.count(rule(condition));
      for (const only of ['no-group', 'do-not-message', 'dead', 'several-numbers'] as const)
        queries.count(compiled({ only }));
      queries.count(compiled({ group: 1, import: 1, search: '017' }));
    }).filter((plan) => plan.startsWith('SELECT COUNT'));
    expect(plans).toHaveLength(14);
    for (const plan of plans) {
      expect(plan).not.toMatch(/SCAN (?:m|r|g|i)\b/u);
      // Numbers after the first one, listed and dead numbers are few: they are read once, not once for each contact.
      for (const line of plan.split('\n').filter((one) => /SCAN (?:o|d|h)\b/u.test(one))) {
        expect(plan.split('\n').slice(0, plan.split('\n').indexOf(line)).join()).toContain('LIST SUBQUERY');
      }
    }
  });
});

it('tens of thousands of messages of one number are paged by key', () => {
  const { contacts, add, store } = build();
  const { id } = add('Rahim', '01700000001');
  store.db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
    INSERT INTO messages (account_id, msisdn, state, own_text, created_at, changed_at)
    SELECT '${ACCOUNT}', '8801700000001', 'delivered', 'n' || i, i, 0 FROM n`);
  const first = valueOf(contacts.history(id, undefined, 2));
  expect(first.rows.map(({ text }) => text)).toEqual(['n30000', 'n29999']);
  expect(valueOf(contacts.history(id, first.next, 1)).rows[0]?.text).toBe('n29998');
  expect(valueOf(contacts.figures(id)).delivered).toBe(30_000);
});

it('who is renamed while people are read comes last, who is removed does not come, and nobody comes twice', () => {
  const { store, contacts } = build();
  store.db.exec(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
      INSERT INTO contacts (name, name_folded, msisdn, created_at, changed_at)
      SELECT printf('%05d', i), printf('%05d', i), '88017' || printf('%08d', i), 0, 0 FROM n;
    INSERT INTO contact_groups (id, name, name_folded, created_at, changed_at) VALUES (1, 'All', 'all', 0, 0);
    INSERT INTO group_members SELECT 1, id FROM contacts`);
  const names: string[] = [];
  let isFirst = true;
  for (const page of valueOf(contacts.people({ kind: 'group', id: 1 }))) {
    names.push(...page.map(({ name }) => name));
    if (!isFirst || page.length === 0) continue;
    isFirst = false;
    store.db.exec(`
      UPDATE contacts SET name = '99999', name_folded = '99999' WHERE name = '00001';
      UPDATE contacts SET name = '00000', name_folded = '00000' WHERE name = '05999';
      DELETE FROM contacts WHERE name = '06000'`);
  }
  expect(names).toHaveLength(5_999);
  expect([names[0], names.at(-2), names.at(-1)]).toEqual(['00001', '05998', '00000']);
});
