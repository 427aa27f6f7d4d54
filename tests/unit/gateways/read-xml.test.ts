import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readXml } from '../../../main/engine/gateways/reading/read-xml.ts';
import { writeBody } from '../../../main/engine/gateways/rest/write-body.ts';

const valueOf = (body: string): unknown => {
  const read = readXml(body);
  return read.ok ? read.value.value : read;
};

describe('values', () => {
  test('text is text: ids, numbers with a plus, leading zeros and blanks stay', () => {
    expect(
      valueOf('<a><id>2033247207850523790</id><to>+8801711000001</to><n>007</n><t> two </t><b>true</b></a>'),
    ).toEqual({ id: '2033247207850523790', to: '+8801711000001', n: '007', t: ' two ', b: 'true' });
  });

  test('the root without its prefix; prolog, comments, blanks and instructions are nothing', () => {
    const body =
      '<?xml version="1.0" encoding="UTF-8"?>\n<!-- <x> --><ns2:R xmlns:ns2="urn:x">\n  <ns2:a>1</ns2:a>\n</ns2:R>\n<?end?>';
    expect(readXml(body)).toEqual({ ok: true, value: { root: 'R', value: { a: '1' } } });
  });

  test('attributes, and text beside them', () => {
    expect(valueOf('<R><m id="a&amp;1" d=\'2014/05/22 8:1:1\'/><g n="1">880</g></R>')).toEqual({
      m: { '@id': 'a&1', '@d': '2014/05/22 8:1:1' },
      g: { '@n': '1', '#text': '880' },
    });
  });

  test('the five names and characters by number; CDATA and unknown names as they came', () => {
    expect(
      valueOf(
        '<R><t>&lt;&gt;&amp;&quot;&apos;&#2437;&#x1F600;&amp;lt;</t><c><![CDATA[a &amp; <b>]]></c></R>',
      ),
    ).toEqual({ t: '<>&"\'অ😀&lt;', c: 'a &amp; <b>' });
    expect(valueOf('<R><t>&nbsp;&#0;&#xD800;&#x110000;&;</t></R>')).toEqual({
      t: '&nbsp;&#0;&#xD800;&#x110000;&;',
    });
  });

  test('every text that we write is read back', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const written = writeBody('xml', { a: `.${one}`, list: [`.${other}`, '.'] });
        if (!written.ok) return;
        expect(valueOf(written.value)).toEqual({ a: `.${one}`, list: [`.${other}`, '.'] });
      }),
      { numRuns: 500 },
    );
  });
});

describe('lists', () => {
  test.each([
    ['flat', '<R><x><q>1</q></x><x><q>2</q></x></R>', { x: [{ q: '1' }, { q: '2' }] }],
    ['doubled', '<R><x><x><q>1</q></x><x><q>2</q></x></x></R>', { x: [{ q: '1' }, { q: '2' }] }],
    ['doubled with one', '<R>\n<x>\n<x><q>1</q></x>\n</x>\n</R>', { x: [{ q: '1' }] }],
    ['doubled texts', '<R><to><to>1</to><to>2</to></to></R>', { to: ['1', '2'] }],
    ['one flat is one', '<R><x><q>1</q></x></R>', { x: { q: '1' } }],
    ['another child makes it no wrapper', '<R><x><x>1</x><y>2</y></x></R>', { x: { x: '1', y: '2' } }],
    ['an empty one', '<R><x/></R>', { x: '' }],
  ])('%s', (_, body, expected) => {
    expect(valueOf(body)).toEqual(expected);
  });
});

describe('what is refused', () => {
  const bomb =
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><r>&c;</r>';
  test.each([
    ['an entity bomb', bomb],
    ['an external entity', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
    ['a document type after the prolog', '<?xml version="1.0"?>\n<!doctype r><r/>'],
    ['a document type inside', '<r><!DOCTYPE x></r>'],
    ['a cut document', '<R><results><to>1</to>'],
    ['a cut tag', '<R><results'],
    ['a cut comment', '<R><!-- '],
    ['a cut CDATA section', '<R><![CDATA[ '],
    ['crossed elements', '<a><b>1</a></b>'],
    ['two roots', '<a/><b/>'],
    ['text around the root', 'OK <a/>'],
    ['no element', '<?xml version="1.0"?>'],
    ['an element without a name', '<><a/></>'],
    ['a close without an open', '</a>'],
    ['deep nesting', '<a>'.repeat(100_000)],
    ['closed deep nesting', `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`],
    ['too many elements', `<a>${'<b/>'.repeat(200_000)}</a>`],
    ['more elements than two full pages have', `<a>${'<b>1</b>'.repeat(60_000)}</a>`],
    ['a text of 5 MB', `<a>${'x'.repeat(5_000_000)}</a>`],
    ['a long text', `<a>${'x'.repeat(70_000)}</a>`],
    ['a long name', `<${'a'.repeat(70_000)}/>`],
    ['a long attribute', `<a b="${'x'.repeat(70_000)}"/>`],
    ['names of prototypes', '<a><__proto__><admin>1</admin></__proto__></a>'],
    ['nothing', ''],
  ])('%s', (_, body) => {
    const started = performance.now();
    expect(readXml(body)).toMatchObject({ ok: false, error: expect.any(String) as string });
    expect(performance.now() - started).toBeLessThan(500);
    expect(Object.prototype).not.toHaveProperty('admin');
  });
});
