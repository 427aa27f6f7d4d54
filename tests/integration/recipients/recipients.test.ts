import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { countParts } from '#shared/sms/parts.ts';
import { createRecipients } from '../../../main/engine/features/recipients/service.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { numbers } from '../support/sending.ts';
import { person, someSources, type World } from './some-sources.ts';

const [A = '', B = '', C = '', D = ''] = numbers(4);

const request = (more: Partial<SendRequest> = {}): SendRequest => ({
  accountId: PRACTICE_ACCOUNT_ID,
  sender: 'School',
  text: 'Dear {{name|Guardian}}',
  recipients: '',
  ...more,
});

function build(world: World) {
  const { sources, state } = someSources(world);
  const clock = manualClock();
  const recipients = createRecipients({ sources, clock });
  const all = async (more: Partial<SendRequest>) => {
    const found = await recipients.all(request(more));
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  return { recipients, state, clock, all };
}

const SCHOOL: World = {
  fields: ['Amount'],
  groups: {
    1: [person(A, 'Rahim', { amount: '500' }), person(B, 'Karim', { amount: '700' })],
    2: [person(B, 'Karim', { amount: '700' }), person(C, 'Jamal')],
  },
  lists: {
    5: { people: [person(C, 'J. Uddin', { roll: '12' }), person(D, '', { roll: '13' })], fields: ['Roll'] },
  },
};
const GROUPS = [
  { kind: 'group', id: 1 },
  { kind: 'group', id: 2 },
] as const;
const LIST = { kind: 'list', id: 5 } as const;

describe('gathering', () => {
  it('takes each number once across groups, files and typing, the first one with its values', async () => {
    const { all } = build(SCHOOL);
    const { people, leftOut } = await all({
      sources: [...GROUPS, LIST],
      recipients: `0${A.slice(3)}, ${D}, 12345`,
    });
    expect(people.map(({ msisdn, name }) => [msisdn, name])).toEqual([
      [A, 'Rahim'],
      [B, 'Karim'],
      [C, 'Jamal'],
      [D, ''],
    ]);
    expect(leftOut).toEqual([
      { msisdn: B, input: B, reason: 'duplicate' },
      { msisdn: C, input: C, reason: 'duplicate' },
      { msisdn: A, input: `0${A.slice(3)}`, reason: 'duplicate' },
      { msisdn: D, input: D, reason: 'duplicate' },
      { msisdn: '', input: '12345', reason: 'too-short' },
    ]);
  });

  it('gives a typed number the name and the values of its contact', async () => {
    const { recipients } = build(SCHOOL);
    const typed = { text: '{{name}}: {{amount}}', recipients: `+880 ${A.slice(3, 7)}-${A.slice(7)}` };
    expect(await recipients.preview(request(typed), 0)).toMatchObject({
      value: { message: { text: 'Rahim: 500', name: 'Rahim', msisdn: A }, total: 1 },
    });
  });

  it('leaves out whoever must not be written to, and dead numbers unless they are wanted', async () => {
    const { all } = build({ ...SCHOOL, unwanted: [A], dead: [A, B] });
    const without = await all({ sources: [...GROUPS] });
    expect(without.people.map(({ msisdn }) => msisdn)).toEqual([C]);
    expect(without.leftOut.map(({ msisdn, reason }) => [msisdn, reason])).toEqual([
      [A, 'do-not-message'],
      [B, 'dead-number'],
      [B, 'duplicate'],
    ]);
    expect(without.dead).toBe(1);
    const dead = await all({ sources: [...GROUPS], includeDead: true });
    expect(dead.people.map(({ msisdn }) => msisdn)).toEqual([B, C]);
    expect(dead.dead).toBe(1);
  });

  it('refuses a source that is gone instead of sending to fewer', async () => {
    const { recipients } = build(SCHOOL);
    const gone = request({ sources: [GROUPS[0], { kind: 'group', id: 9 }] });
    expect(await recipients.all(gone)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(recipients.describe(gone.sources ?? []).map((chip) => chip.gone)).toEqual([false, true]);
  });

  it('is done once for stepping, counting and another text, and anew after a change or half a minute', async () => {
    const { recipients, state, clock, all } = build(SCHOOL);
    const sources = [...GROUPS];
    await Promise.all([all({ sources }), recipients.preview(request({ sources }), 1)]);
    await all({ sources, text: 'Other words for {{name|you}}' });
    expect(state.asked).toBe(2);
    state.revision++;
    await all({ sources });
    expect(state.asked).toBe(4);
    clock.advance(30_000);
    await all({ sources });
    expect(state.asked).toBe(6);
  });
});

describe('the text for each', () => {
  it('knows the fields of the sources, and says which are empty', async () => {
    const { all } = build(SCHOOL);
    const text = '{{ Amount }} {{roll|-}} {{nobody}}';
    const { fields, emptyRecipients } = await all({ text, sources: [...GROUPS, LIST] });
    expect(fields).toEqual([
      { name: 'Amount', known: true, empty: 2, fallback: null },
      { name: 'roll', known: true, empty: 3, fallback: '-' },
      { name: 'nobody', known: false, empty: 4, fallback: null },
    ]);
    expect(emptyRecipients).toBe(2);
    const onlyList = await all({ text: '{{amount}}', sources: [LIST] });
    expect(onlyList.fields[0]).toMatchObject({ known: false });
  });

  it('is not there for an unknown field, a broken one, or beyond the last recipient', async () => {
    const { recipients } = build(SCHOOL);
    const code = async (text: string, index = 0) => {
      const shown = await recipients.preview(request({ text, sources: [...GROUPS] }), index);
      return shown.ok ? shown.value.message.text : shown.error.code;
    };
    expect(await code('Dear {{nam}}')).toBe('UNKNOWN_FIELD');
    expect(await code('Dear {{name')).toBe('MERGE_BROKEN');
    expect(await code('Dear {{name}}', 3)).toBe('NOT_FOUND');
    expect(await code('Dear {{name}}', 2)).toBe('Dear Jamal');
    expect(await code('{{number}} \\{{name}}', 0)).toBe(`0${A.slice(3)} {{name}}`);
  });

  it('leaves out whoever has nothing for a field, where that is wanted', async () => {
    const { all } = build(SCHOOL);
    const text = 'Dear {{name|Guardian}}, {{amount}} is due';
    const { people, leftOut, parts } = await all({ text, sources: [...GROUPS], emptyFields: 'leave-out' });
    expect(people.map(({ name }) => name)).toEqual(['Rahim', 'Karim']);
    expect(parts).toHaveLength(2);
    expect(leftOut.at(-1)).toEqual({ msisdn: C, input: C, reason: 'empty-field' });
  });

  it('shows the messages that need more parts, page by page', async () => {
    const long = 'x'.repeat(200);
    const people = numbers(50).map((msisdn, index) => person(msisdn, index % 5 === 0 ? long : 'Short'));
    const { recipients, all } = build({ groups: { 1: people } });
    const asked = request({ sources: [{ kind: 'group', id: 1 }] });
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await recipients.spilling(asked, 2, cursor, 3);
      if (!page.ok) throw new Error(page.error.code);
      seen.push(...page.value.rows.map(({ index, parts }) => (parts === 2 ? index : -1)));
      cursor = page.value.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
    expect((await all(asked)).tally).toMatchObject({ min: 1, max: 2, typical: 1, total: 60 });
    expect(await recipients.spilling(asked, 2, 'x', 3)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });
});

describe('whatever is asked for', () => {
  const number = fc.integer({ min: 0, max: 11 }).map((at) => numbers(12)[at] ?? '');
  const somebody = fc.record({
    msisdn: number,
    name: fc.constantFrom('', 'Rahim', 'করিম', '{{amount}}', '{{name}}'),
    amount: fc.constantFrom('', '৫০০', '{{name|x}}', '\\{{', 'y'.repeat(170)),
  });
  const group = fc.array(somebody, { maxLength: 12 });
  const pieces = fc.array(
    fc.constantFrom(
      '{{name}}',
      '{{name|Guardian}}',
      '{{amount}}',
      '{{ AMOUNT | 0 }}',
      ' taka ',
      'টাকা',
      '\\{{',
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  );

  it('gives everybody one message or one reason, and fills every field exactly once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          groups: fc.tuple(group, group),
          list: group,
          typed: fc.array(fc.oneof(number, fc.constant('12')), { maxLength: 8 }),
          unwanted: fc.array(number, { maxLength: 3 }),
          dead: fc.array(number, { maxLength: 3 }),
          pieces,
          emptyFields: fc.constantFrom('block' as const, 'leave-out' as const),
          includeDead: fc.boolean(),
        }),
        async ({ groups: [one, two], list, typed, unwanted, dead, pieces: written, ...asked }) => {
          const make = (some: typeof one) =>
            some.map(({ msisdn, name, amount }) => person(msisdn, name, amount === '' ? {} : { amount }));
          const { recipients, all } = build({
            fields: ['amount'],
            groups: { 1: make(one), 2: make(two) },
            lists: { 5: { people: make(list), fields: ['Amount'] } },
            unwanted,
            dead,
          });
          const wanted = {
            ...asked,
            text: written.join(''),
            sources: [...GROUPS, LIST],
            recipients: typed.join('\n'),
          };
          const found = await all(wanted);
          const sent = found.people.map(({ msisdn }) => msisdn);
          const out = found.leftOut.map(({ msisdn, input }) => msisdn || input);
          expect([...sent, ...out].sort()).toEqual(
            [...one, ...two, ...list]
              .map(({ msisdn }) => msisdn)
              .concat(typed)
              .sort(),
          );
          expect(new Set(sent).size).toBe(sent.length);
          expect(sent.filter((each) => unwanted.includes(each))).toEqual([]);
          if (!asked.includeDead) expect(sent.filter((each) => dead.includes(each))).toEqual([]);
          for (const [index, each] of found.people.entries()) {
            const amount = each.values['amount'];
            const expected = written
              .map((piece) => {
                if (piece.startsWith('\\')) return '{{';
                if (/^\{\{\s*name/u.test(piece)) return each.name || (piece.includes('|') ? 'Guardian' : '');
                if (/^\{\{/u.test(piece)) return amount ?? (piece.includes('|') ? '0' : '');
                return piece;
              })
              .join('');
            expect(found.textOf(each)).toBe(expected);
            expect(found.parts[index]).toBe(countParts(expected).parts);
          }
          expect(found.tally.total).toBe(found.parts.reduce((sum, parts) => sum + parts, 0));
          const last = found.people.length - 1;
          if (last >= 0) {
            const shown = await recipients.preview(request(wanted), last);
            expect(shown.ok && shown.value).toMatchObject({ total: last + 1, message: { index: last } });
          }
        },
      ),
      { numRuns: 60 },
    ));
});
