import { describe, expect, it, onTestFinished } from 'vitest';
import type { Contact } from '#shared/ipc/contacts.ts';
import { contactQueries, TOP } from '../../../main/engine/features/contacts/queries.ts';
import { createContacts } from '../../../main/engine/features/contacts/service.ts';
import { lookupQueries } from '../../../main/engine/features/lookups/queries.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ACCOUNT, FACTS, featureStore, queryPlans } from '../support/feature.ts';

function build() {
  const clock = manualClock();
  const store = featureStore(tempFolder(), clock);
  onTestFinished(() => store.close());
  const contacts = createContacts({ store, clock });
  const add = (name: string, number: string): Contact => {
    const added = contacts.add({ name, number });
    if (!added.ok) throw new Error(`${name}: ${added.error.code}`);
    return added.value;
  };
  const found = (search?: string) => {
    const page = contacts.list(search, undefined, 100);
    return page.ok ? page.value.rows.map(({ name }) => name) : page.error;
  };
  return { clock, store, contacts, add, found };
}

const invalid = (field: string, detail: string) => ({
  ok: false,
  error: { code: 'INVALID_INPUT', facts: { field, detail } },
});

describe('adding', () => {
  it.each([
    '01712345678',
    '8801712345678',
    '+880 1712-345678',
    '০১৭১২৩৪৫৬৭৮',
    '+৮৮০১৭১২ ৩৪৫৬৭৮',
    '1712345678',
    'Mob: 0171 2345678',
    ' 00880(1712)345678\n',
  ])('reads %j as Compose does', (number) => {
    const { add } = build();
    expect(add('Rahim', number)).toMatchObject({ name: 'Rahim', msisdn: '8801712345678', facts: null });
  });

  it('keeps the name as it was typed, without stray blanks and control characters', () => {
    const { add } = build();
    expect(add(' র‍্যাব \t অফিস\u0000\ud800 ', '01712345678').name).toBe('র‍্যাব অফিস');
    // Composing anew would take the one letter for two.
    expect(add('পা\u09dcা', '01812345678').name).toBe('পা\u09dcা');
  });

  it('refuses what is no name or not one number, and says which', () => {
    const { contacts, found } = build();
    expect(contacts.add({ name: ' \u200b\t', number: '01712345678' })).toEqual(invalid('name', 'empty'));
    expect(contacts.add({ name: 'A', number: '' })).toEqual(invalid('number', 'not-a-number'));
    expect(contacts.add({ name: 'A', number: '0171234567' })).toEqual(invalid('number', 'too-short'));
    expect(contacts.add({ name: 'A', number: '029551234' })).toEqual(invalid('number', 'landline'));
    expect(contacts.add({ name: 'A', number: '01712345678, 01812345678' })).toEqual(
      invalid('number', 'several'),
    );
    expect(found()).toEqual([]);
  });

  it('refuses a number that somebody has, in whatever writing, and names that contact', () => {
    const { contacts, add } = build();
    add('Rahim', '01712345678');
    expect(contacts.add({ name: 'Karim', number: '+৮৮০ ১৭১২-৩৪৫৬৭৮' })).toEqual({
      ok: false,
      error: { code: 'CONTACT_EXISTS', facts: { field: 'number', detail: 'Rahim' } },
    });
    expect(contacts.count()).toBe(1);
  });
});

describe('changing', () => {
  it('writes name and number anew, and may keep either', () => {
    const { contacts, add, found } = build();
    const { id, createdAt } = add('Rahim', '01712345678');
    add('Karim', '01812345678');
    expect(contacts.update(id, { name: 'আব্দুর রহিম', number: '01712345678' })).toMatchObject({
      ok: true,
      value: { id, name: 'আব্দুর রহিম', msisdn: '8801712345678', createdAt },
    });
    expect(found('রহিম')).toEqual(['আব্দুর রহিম']);
    expect(contacts.update(id, { name: 'Rahim', number: '01812345678' })).toMatchObject({
      error: { code: 'CONTACT_EXISTS', facts: { detail: 'Karim' } },
    });
    expect(contacts.update(id, { name: 'Rahim', number: '01912345678' })).toMatchObject({
      value: { msisdn: '8801912345678' },
    });
    expect(contacts.update(id + 5, { name: 'X', number: '01612345678' })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('a removal can be undone as long as nobody took the number', () => {
    const { contacts, add, found } = build();
    const rahim = add('Rahim', '01712345678');
    const removed = contacts.remove(rahim.id);
    expect(removed).toEqual({ ok: true, value: rahim });
    expect(contacts.remove(rahim.id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const undo = { ...rahim, number: rahim.msisdn };
    const other = add('Karim', '01712345678');
    expect(other.id).toBeGreaterThan(rahim.id);
    expect(contacts.restore(undo)).toMatchObject({ error: { code: 'CONTACT_EXISTS' } });
    contacts.remove(other.id);
    expect(contacts.restore(undo)).toEqual({ ok: true, value: rahim });
    expect(found()).toEqual(['Rahim']);
  });

  it('nothing comes back that was never there or still is', () => {
    const { contacts, add } = build();
    const { id } = add('Rahim', '01712345678');
    const strange = { name: 'X', number: '01812345678', createdAt: 0 };
    for (const wrong of [id, id + 1, Number.MAX_SAFE_INTEGER]) {
      expect(contacts.restore({ ...strange, id: wrong })).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    }
    expect(contacts.count()).toBe(1);
  });

  it('is told to whoever listens, each time and only when something changed', () => {
    const { contacts, add } = build();
    let told = 0;
    const off = contacts.onChange(() => told++);
    const { id } = add('Rahim', '01712345678');
    contacts.add({ name: 'Karim', number: '01712345678' });
    contacts.update(id, { name: 'Rahima', number: '01712345678' });
    contacts.remove(id);
    contacts.remove(id);
    expect(told).toBe(3);
    off();
    add('Karim', '01712345678');
    expect(told).toBe(3);
  });
});

describe('finding', () => {
  function people() {
    const built = build();
    built.add('Rahim Uddin', '01712345678');
    built.add('rahima begum', '01812345679');
    built.add('রহিম মিয়া', '01912345670');
    built.add('ক্লাস ৬ রোল ১২', '01612000000');
    built.add('100% Shop_1', '01512000001');
    return built;
  }

  it.each([
    ['RAHIM', ['Rahim Uddin', 'rahima begum']],
    ['uddin rah', ['Rahim Uddin']],
    ['রহিম', ['রহিম মিয়া']],
    ['মি\u09af\u09bcা', ['রহিম মিয়া']],
    ['রোল 12', ['ক্লাস ৬ রোল ১২']],
    ['01712', ['Rahim Uddin']],
    ['০১৭১২', ['Rahim Uddin']],
    ['+880 1812-345', ['rahima begum']],
    ['345678', ['Rahim Uddin']],
    ['rahim 0181', ['rahima begum']],
    ['0%', ['100% Shop_1']],
    ['p_1', ['100% Shop_1']],
    ['nobody', []],
  ])('finds %j', (search, names) => {
    const { found, contacts } = people();
    expect(found(search)).toEqual(names);
    expect(contacts.count(search)).toBe(names.length);
  });

  it('lists by name, and gives the numbers in that order', () => {
    const { found, contacts } = people();
    expect(found()).toEqual(['100% Shop_1', 'Rahim Uddin', 'rahima begum', 'ক্লাস ৬ রোল ১২', 'রহিম মিয়া']);
    expect(contacts.numbers('rahim')).toEqual({
      numbers: '8801712345678\n8801812345679',
      count: 2,
      more: false,
    });
    expect(contacts.numbers(undefined).count).toBe(5);
  });

  it('is paged by key: people of one name and the longest names are each shown once', () => {
    const { contacts, add } = build();
    const long = `${'\u09dc'.repeat(199)}ক`;
    for (let n = 0; n < 7; n++) add(n < 5 ? 'Rahim' : long, `0171234567${n}`);
    const shown: string[] = [];
    let cursor: string | undefined;
    do {
      const page = contacts.list(undefined, cursor, 2);
      if (!page.ok) throw new Error(page.error.code);
      shown.push(...page.value.rows.map(({ msisdn }) => msisdn));
      cursor = page.value.next;
      expect(cursor?.length ?? 0).toBeLessThanOrEqual(700);
      // What is added before the place where one is does not move the rest.
      if (shown.length === 2) add('Aziz', '01812345678');
    } while (cursor !== undefined);
    expect(shown).toEqual(Array.from({ length: 7 }, (_, n) => `880171234567${n}`));
    expect(contacts.list(undefined, 'somewhere', 2)).toMatchObject({ error: { facts: { field: 'cursor' } } });
  });

  it('a hundred thousand numbers are given at once, more are cut and said to be', () => {
    const { store, contacts } = build();
    const insert = store.db.prepare(
      "INSERT INTO contacts (name, name_folded, msisdn, created_at, changed_at) VALUES ('x', 'x', ?, 0, 0)",
    );
    store.transaction(() => {
      for (let n = 0; n <= 100_000; n++) insert.run(String(8_801_700_000_000 + n));
    });
    const all = contacts.numbers(undefined);
    expect(all).toMatchObject({ count: 100_000, more: true });
    expect(all.numbers.split('\n')).toHaveLength(100_000);
  });

  it('no page sorts or reads the whole table', () => {
    const { store } = build();
    const plans = queryPlans(store.db, (db) => {
      const queries = contactQueries(db);
      queries.page([], TOP, 50);
      queries.page([{ text: 'a', digits: '1' }], TOP, 50);
      queries.numbers([], 50);
      queries.byNumber('1');
    });
    const lists = plans.filter((plan) => plan.includes('ORDER BY'));
    expect(lists).toHaveLength(3);
    for (const plan of lists) expect(plan).not.toContain('TEMP B-TREE');
    for (const plan of lists.slice(0, 2)) expect(plan).toContain('SEARCH c USING INDEX contacts_name');
    expect(plans.filter((plan) => /SCAN c(?! USING INDEX)/u.test(plan) && !plan.includes('COUNT'))).toEqual(
      [],
    );
  });
});

describe('what is known of a number', () => {
  it('is shown on its contact, whichever came first', () => {
    const { store, contacts, add, clock } = build();
    const lookups = lookupQueries(store.db);
    const answer = (msisdn: string) =>
      store.transaction(() => {
        const id = lookups.insert(ACCOUNT, 'sync', clock.now(), [msisdn]);
        lookups.answer({ lookup_id: id, position: 0, msisdn }, JSON.stringify(FACTS), clock.now());
      });
    const rahim = add('Rahim', '01712345678');
    answer('8801712345678');
    answer('8801812345678');
    expect(add('Karim', '01812345678')).toMatchObject({ facts: FACTS, factsAt: clock.now() });
    expect(contacts.list('rahim', undefined, 1)).toMatchObject({
      value: { rows: [{ facts: FACTS, factsAt: clock.now() }] },
    });
    expect(contacts.update(rahim.id, { name: 'Rahim', number: '01912345678' })).toMatchObject({
      value: { facts: null, factsAt: null },
    });
  });
});
