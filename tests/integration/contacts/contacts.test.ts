import { describe, expect, it } from 'vitest';
import { lookupQueries } from '../../../main/engine/features/lookups/queries.ts';
import { ACCOUNT, FACTS } from '../support/feature.ts';
import { build, invalid, valueOf } from './people.ts';

describe('adding', () => {
  it('reads numbers in any writing as Compose does', () => {
    const { add } = build();
    for (const [n, number] of [
      '0171234567',
      '880171234567',
      '+880 1712-34567',
      '০১৭১২৩৪৫৬৭',
      'Mob: 0171 234567',
      ' 00880(1712)34567',
    ].entries()) {
      const digit = String.fromCharCode('০'.charCodeAt(0) + n);
      expect(add('Rahim', `${number}${n % 2 === 0 ? n : digit}`).msisdn).toBe(`880171234567${n}`);
    }
  });

  it('keeps the name as it was typed, without stray blanks and control characters', () => {
    const { add } = build();
    expect(add(' র‍্যাব \t অফিস\u0000\ud800 ', '01712345678').name).toBe('র‍্যাব অফিস');
    // Composing anew would take the one letter for two.
    expect(add('পা\u09dcা', '01812345678').name).toBe('পা\u09dcা');
  });

  it('keeps several numbers in their order, a note with its lines, values and groups', () => {
    const { contacts, add, list } = build();
    const field = valueOf(contacts.addField({ name: 'জেলা', kind: 'text' })).id;
    const guards = list('অভিভাবক');
    const added = add('Rahim', ['01812345678', '01712345678', '+8801912345678'], {
      note: ' one\r\ntwo\u0000 ',
      fields: { [field]: ' ঢাকা ' },
      groups: [guards],
    });
    expect(added).toMatchObject({
      msisdn: '8801812345678',
      note: 'one\ntwo',
      fields: { [field]: 'ঢাকা' },
      groups: [{ id: guards, name: 'অভিভাবক' }],
    });
    expect(added.numbers.map(({ msisdn }) => msisdn)).toEqual([
      '8801812345678',
      '8801712345678',
      '8801912345678',
    ]);
    expect(contacts.get(added.id)).toEqual({ ok: true, value: added });
    expect(contacts.byNumber('০১৯১২ ৩৪৫৬৭৮')).toEqual(added);
    expect(contacts.byNumber('01612345678')).toBeNull();
    expect(contacts.byNumber('nonsense')).toBeNull();
    expect(contacts.get(added.id + 1)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('refuses what is no name or not one number, and says which', () => {
    const { contacts, found } = build();
    const adding = (name: string, ...numbers: string[]) => contacts.add({ name, numbers });
    expect(adding(' \u200b\t', '01712345678')).toEqual(invalid('name', 'empty'));
    expect(adding('A', '')).toEqual(invalid('numbers.0', 'not-a-number'));
    expect(adding('A')).toEqual(invalid('numbers.0', 'not-a-number'));
    expect(adding('A', '01712345678', '0171234567')).toEqual(invalid('numbers.1', 'too-short'));
    expect(adding('A', '029551234')).toEqual(invalid('numbers.0', 'landline'));
    expect(adding('A', '01712345678, 01812345678')).toEqual(invalid('numbers.0', 'several'));
    expect(adding('A', '01712345678', '+880 1712 345678')).toEqual(invalid('numbers.1', 'twice'));
    expect(contacts.add({ name: 'A', numbers: ['01712345678'], fields: { 99: 'x' } })).toEqual(
      invalid('fields.99', 'gone'),
    );
    expect(contacts.add({ name: 'A', numbers: ['01712345678'], groups: [99] })).toMatchObject({
      error: { code: 'NOT_FOUND', facts: { field: 'groups' } },
    });
    expect(found({})).toEqual([]);
  });

  it('refuses a number that somebody has, as the first or another one, and names that contact', () => {
    const { contacts, add, found } = build();
    add('Rahim', ['01712345678', '01812345678']);
    for (const taken of ['+৮৮০ ১৭১২-৩৪৫৬৭৮', '01812345678']) {
      expect(contacts.add({ name: 'Karim', numbers: ['01912345678', taken] })).toEqual({
        ok: false,
        error: { code: 'CONTACT_EXISTS', facts: { field: 'numbers.1', detail: 'Rahim' } },
      });
    }
    expect(found({})).toEqual(['Rahim']);
  });
});

describe('changing', () => {
  it('writes name and number anew, and leaves what is not written', () => {
    const { contacts, add, found, list } = build();
    const group = list('Staff');
    const { id, createdAt } = add('Rahim', '01712345678', { note: 'kept', groups: [group] });
    add('Karim', '01812345678');
    expect(contacts.update(id, { name: 'আব্দুর রহিম', numbers: ['01712345678'] })).toMatchObject({
      value: { id, name: 'আব্দুর রহিম', note: 'kept', groups: [{ id: group }], createdAt },
    });
    expect(found({ search: 'রহিম' })).toEqual(['আব্দুর রহিম']);
    expect(contacts.update(id, { name: 'Rahim', numbers: ['01812345678'] })).toMatchObject({
      error: { code: 'CONTACT_EXISTS', facts: { detail: 'Karim' } },
    });
    expect(
      contacts.update(id, { name: 'Rahim', numbers: ['01912345678'], groups: [], note: '' }),
    ).toMatchObject({
      value: { msisdn: '8801912345678', groups: [], note: '' },
    });
    expect(contacts.update(id + 5, { name: 'X', numbers: ['01612345678'] })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('numbers may change places and be given from one to another', () => {
    const { contacts, add } = build();
    const rahim = add('Rahim', ['01711111111', '01722222222', '01733333333']);
    const numbers = (...typed: string[]) =>
      valueOf(contacts.update(rahim.id, { name: 'Rahim', numbers: typed })).numbers.map(({ msisdn }) =>
        msisdn.slice(3, 6),
      );
    expect(numbers('01733333333', '01711111111', '01722222222')).toEqual(['173', '171', '172']);
    expect(numbers('01722222222')).toEqual(['172']);
    expect(add('Karim', ['01733333333', '01711111111']).numbers).toHaveLength(2);
    expect(
      contacts.update(rahim.id, { name: 'Rahim', numbers: ['01722222222', '01711111111'] }),
    ).toMatchObject({
      error: { facts: { field: 'numbers.1', detail: 'Karim' } },
    });
    expect(contacts.get(rahim.id)).toMatchObject({ value: { numbers: [{ msisdn: '8801722222222' }] } });
  });

  it('is told to whoever listens, each time and only when something changed', () => {
    const { contacts, groups, doNotMessage, add } = build();
    let told = 0;
    const off = contacts.onChange(() => told++);
    const { id } = add('Rahim', '01712345678');
    contacts.add({ name: 'Karim', numbers: ['01712345678'] });
    contacts.update(id, { name: 'Rahima', numbers: ['01712345678'] });
    expect([told, contacts.revision()]).toEqual([2, 2]);
    groups.add({ name: 'Staff', rule: null });
    groups.add({ name: 'staff', rule: null });
    doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
    doNotMessage.add({ numbers: '01712345678', reason: 'asked', note: '' });
    contacts.addField({ name: 'Due', kind: 'number' });
    contacts.touched();
    expect([told, contacts.revision()]).toEqual([6, 6]);
    contacts.factsChanged();
    expect([told, contacts.revision()]).toEqual([7, 6]);
    off();
    contacts.touched();
    expect(told).toBe(7);
  });
});

describe('finding', () => {
  function people() {
    const built = build();
    const field = valueOf(built.contacts.addField({ name: 'Area', kind: 'text' })).id;
    const area = (value: string) => ({ fields: { [field]: value } });
    built.add('Rahim Uddin', '01712345678', area('Mirpur ১২'));
    built.add('rahima begum', '01812345679', area('বা\u09dcিধারা "ডিপ্লোম্যাটিক"'));
    built.add('রহিম মিয়া', ['01912345670', '01555000111'], area('C:\\ward_7'));
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
    ['01555-000', ['রহিম মিয়া']],
    ['mirpur', ['Rahim Uddin']],
    ['mirpur 12', ['Rahim Uddin']],
    ['রহিম ward_7', ['রহিম মিয়া']],
    ['\\ward', ['রহিম মিয়া']],
    ['বা\u09a1\u09bcি', ['rahima begum']],
    ['"ডিপ', ['rahima begum']],
    ['0%', ['100% Shop_1']],
    ['p_1', ['100% Shop_1']],
    // What JSON is made of is no text of the user's.
    ['{', []],
    ['"1"', []],
    ['ra\u0000him\ud800 uddin', ['Rahim Uddin']],
    ['nobody', []],
  ])('finds %j', (search, names) => {
    expect(people().found({ search })).toEqual(names);
  });

  it('lists by name, and gives first numbers in that order', () => {
    const { found, contacts } = people();
    expect(found({})).toEqual(['100% Shop_1', 'Rahim Uddin', 'rahima begum', 'ক্লাস ৬ রোল ১২', 'রহিম মিয়া']);
    expect(contacts.numbers({ search: 'rahim' })).toEqual({
      ok: true,
      value: { numbers: '8801712345678\n8801812345679', count: 2, more: false },
    });
    expect(valueOf(contacts.numbers({})).count).toBe(5);
  });

  it('narrows to groups, to those in none, to several numbers, the do-not-message list, imports, and to all of these at once', () => {
    const { found, contacts, groups, doNotMessage, store, list } = people();
    const [staff, empty] = [list('Staff'), list('Empty')];
    const [shop, rahim, begum] = valueOf(contacts.list({}, undefined, 3)).rows;
    groups.addMembers(staff, { ids: [shop?.id ?? 0, begum?.id ?? 0, 9_999] });
    expect(found({ group: staff })).toEqual(['100% Shop_1', 'rahima begum']);
    expect(found({ group: staff, search: 'begum' })).toEqual(['rahima begum']);
    expect(found({ group: empty })).toEqual([]);
    expect(contacts.count({ group: 77 })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(found({ only: 'no-group' })).toEqual(['Rahim Uddin', 'ক্লাস ৬ রোল ১২', 'রহিম মিয়া']);
    expect(found({ only: 'several-numbers' })).toEqual(['রহিম মিয়া']);
    doNotMessage.add({ numbers: '01712345678 01555000111', reason: 'asked', note: '' });
    expect(found({ only: 'do-not-message' })).toEqual(['Rahim Uddin', 'রহিম মিয়া']);
    store.db.exec(`UPDATE contacts SET import_id = 4 WHERE id = ${shop?.id};
      INSERT INTO imports (id, token, purpose, file_name, state, at, rows, new, updated, unchanged, duplicate, rejected)
        VALUES (4, 't', 'contacts', 'f', 'done', 0, 2, 1, 1, 0, 0, 0);
      INSERT INTO import_changes VALUES (4, ${rahim?.id}, '{}', 0)`);
    expect(found({ import: 4 })).toEqual(['100% Shop_1', 'Rahim Uddin']);
    expect(found({ import: 4, group: staff, only: 'do-not-message' })).toEqual([]);
    expect(found({ import: 4, only: 'do-not-message' })).toEqual(['Rahim Uddin']);
  });

  it('is paged by key: people of one name and the longest names are each shown once', () => {
    const { contacts, add } = build();
    const long = `${'\u09dc'.repeat(199)}ক`;
    for (let n = 0; n < 7; n++) add(n < 5 ? 'Rahim' : long, `0171234567${n}`);
    const shown: string[] = [];
    let cursor: string | undefined;
    do {
      const page = valueOf(contacts.list({}, cursor, 2));
      shown.push(...page.rows.map(({ msisdn }) => msisdn));
      cursor = page.next;
      expect(cursor?.length ?? 0).toBeLessThanOrEqual(700);
      // What is added before the place where one is does not move the rest.
      if (shown.length === 2) add('Aziz', '01812345678');
    } while (cursor !== undefined);
    expect(shown).toEqual(Array.from({ length: 7 }, (_, n) => `880171234567${n}`));
    expect(contacts.list({}, 'somewhere', 2)).toMatchObject({ error: { facts: { field: 'cursor' } } });
  });
});

it('what is known of the first number is shown on its contact, whichever came first', () => {
  const { store, contacts, add, clock } = build();
  const lookups = lookupQueries(store.db);
  const answer = (msisdn: string) =>
    store.transaction(() => {
      const id = lookups.insert(ACCOUNT, 'sync', clock.now(), [msisdn]);
      lookups.answer({ lookup_id: id, position: 0, msisdn }, JSON.stringify(FACTS), clock.now());
    });
  const rahim = add('Rahim', ['01712345678', '01912345678']);
  answer('8801712345678');
  answer('8801812345678');
  expect(add('Karim', '01812345678')).toMatchObject({ facts: FACTS, factsAt: clock.now() });
  expect(contacts.get(rahim.id)).toMatchObject({ value: { facts: FACTS, factsAt: clock.now() } });
  expect(contacts.update(rahim.id, { name: 'Rahim', numbers: ['01912345678', '01712345678'] })).toMatchObject(
    {
      value: { facts: null, factsAt: null },
    },
  );
});
