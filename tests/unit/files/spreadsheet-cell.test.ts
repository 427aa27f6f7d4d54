import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guarded, unguarded } from '../../../main/engine/files/spreadsheet-cell.ts';

it.each([
  ["a;=cmd|'/c calc'!A1;b", "a;'=cmd|'/c calc'!A1;b"],
  ['a; @x', "a;' @x"],
  ['a;"=1+1"', `a;'"=1+1"`],
  ['line\r\n=1', "line\n'=1"],
  ['=a,-b', "'=a,'-b"],
  ['Road 5, Dhaka; 2nd floor', 'Road 5, Dhaka; 2nd floor'],
])('keeps %j from being run where another separator divides the line', (cell, written) => {
  expect(guarded(cell)).toBe(written);
  expect(unguarded(written)).toBe(cell.replace('\r\n', '\n'));
});

it('gives every cell back', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`='+-@";,\t\n 1a\u00a0`), maxLength: 14 }), (cell) => {
      expect(unguarded(guarded(cell))).toBe(cell);
      expect(guarded(cell)).not.toMatch(/(?:^ *|[;,\t\n][ "]*)[=+\-@]/);
    }),
    { numRuns: 300 },
  );
});
