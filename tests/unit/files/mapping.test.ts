import { describe, expect, it } from 'vitest';
import { mappingFingerprint } from '../../../main/engine/files/headings.ts';
import { guessMapping } from '../../../main/engine/files/mapping.ts';

const targets = (rows: string[][], fields: { id: number; name: string }[] = []): string => {
  const { header, columns } = guessMapping(rows, fields);
  const each = columns.map((one) =>
    'name' in one ? `+${one.name}` : 'field' in one ? `#${one.field}` : one.to,
  );
  return `${header ? 'heading' : 'rows'}: ${each.join(' | ')}`;
};

describe('by headings', () => {
  it.each([
    ['Name|Mobile|Group|Remarks', 'name | number | group | note'],
    ['Full Name|Phone No.|Class', 'name | number | group'],
    ['নাম|মোবাইল নম্বর|শ্রেণি|মন্তব্য', 'name | number | group | note'],
    ['শিক্ষার্থীর নাম|অভিভাবকের মোবাইল|শ্রেণী', 'name | number | group'],
    ['nam|mobail nambar|shreni', 'name | number | group'],
    ['ক্রমিক নং|গ্রাহকের নাম|ফোন', 'ignore | name | number'],
    ['First Name|Last Name|Cell', 'first-name | last-name | number'],
    ['Name|Given Name|Family Name|Phone 1 - Value', 'name | ignore | ignore | number'],
    ["Student's Name|Father's Name|Guardian Mobile", "name | +Father's Name | number"],
    ['SL|CUSTOMER_NAME|contact-number|Due (Tk)', 'ignore | name | number | +Due (Tk)'],
    ['Name|NID|Mobile|E-mail', 'name | +NID | number | +E-mail'],
    ['Name|মোবাইল  ২|WhatsApp', 'name | number | number'],
  ])('%s', (headings, expected) => {
    const row = headings.split('|');
    const cells = expected
      .split(' | ')
      .map((to) => (to === 'number' ? '01712345678' : to === '+NID' ? '1934567890' : 'abc'));
    expect(targets([row, cells])).toBe(`heading: ${expected}`);
  });

  it('takes the field that has the name already', () => {
    const rows = [
      ['Name', 'Mobile', 'due  AMOUNT', 'Roll'],
      ['Rahim', '01712345678', '500', '7'],
    ];
    expect(targets(rows, [{ id: 4, name: 'Due amount' }])).toBe('heading: name | number | #4 | +Roll');
  });

  it('finds headings below titles and leaves the titles rows', () => {
    const rows = [
      ['Ideal School, Mirpur'],
      ['Session 2026'],
      ['Roll', 'Name', 'Mobile'],
      ['1', 'Rahim', '01712345678'],
      ['2', 'Karim', '01812345678'],
    ];
    expect(targets(rows)).toBe('rows: +Roll | name | number');
  });
});

describe('by content', () => {
  it('needs four of five cells to be numbers', () => {
    const good = ['01712345678', '1812345678', '8.8017E+12', '02-9559779'].map((one) => ['Abu', one]);
    expect(targets([['A', 'B'], ...good, ['Abu', 'later']])).toBe('heading: +A | number');
    expect(targets([['A', 'B'], ...good.slice(0, 3), ['Abu', 'later']])).toBe('rows: name | note');
  });

  it('takes both of two columns of numbers, and the words for the name', () => {
    const rows = [
      ['1', 'Rahim', '01712345678', '01812345678'],
      ['2', 'Karim', '01912345678', '01612345678'],
    ];
    expect(targets(rows)).toBe('rows: ignore | name | number | number');
  });

  it('never takes a number for a heading', () => {
    expect(targets([['01712345678'], ['01812345678']])).toBe('rows: number');
    expect(targets([['name', '01712345678']])).toBe('rows: name | number');
  });

  it('believes the cells where a heading cannot be true', () => {
    const rows = [
      ['Contact', 'Phone'],
      ['01712345678', 'Samsung'],
      ['01812345678', 'Nokia'],
    ];
    expect(targets(rows)).toBe('heading: number | +Phone');
    const counted = [
      ['নং', 'নাম', 'মোবাইল'],
      ['১', 'রহিম', '01712345678'],
      ['২', 'করিম', '01812345678'],
    ];
    expect(targets(counted)).toBe('heading: ignore | name | number');
  });

  it('leaves out what is empty, keeps what has no heading, and names fields apart', () => {
    const rows = [
      ['Name', 'Mobile', 'Fee', 'Fee', '', 'Empty'],
      ['Rahim', '01712345678', '1', '2', 'extra', ''],
    ];
    expect(targets(rows)).toBe('heading: name | number | +Fee | +Fee 2 | note | ignore');
  });

  it('knows nothing of nothing', () => {
    expect(guessMapping([], [])).toEqual({ header: false, columns: [] });
  });
});

it('knows headings again whatever their case and punctuation, but not in another order', () => {
  const known = mappingFingerprint(['Name', 'Mobile No.', 'ফি']);
  expect(mappingFingerprint([' NAME', 'mobile no', 'ফি '])).toBe(known);
  expect(mappingFingerprint(['Mobile No.', 'Name', 'ফি'])).not.toBe(known);
  expect(mappingFingerprint(['Name', 'Mobile No.'])).not.toBe(known);
  expect(mappingFingerprint(['%', 'Mobile'])).not.toBe(mappingFingerprint(['#', 'Mobile']));
  expect(mappingFingerprint(['Due 1', 'Due (1)'])).not.toBe(mappingFingerprint(['Due (1)', 'Due 1']));
  expect(mappingFingerprint(['a', '', 'b'])).not.toBe(mappingFingerprint(['a', 'b', '']));
});
