import { expect, test } from 'vitest';
import { operatorHint, operatorOfNetwork } from '#shared/phone/operators.ts';

test('a network has the operator that its numbers were given out by', () => {
  const given = { '47001': '17', '47002': '18', '47003': '19', '47004': '15', '47007': '16' };
  for (const [mccmnc, prefix] of Object.entries(given)) {
    expect(operatorOfNetwork(mccmnc)).toBe(operatorHint(`880${prefix}12345678`));
  }
  expect(operatorOfNetwork('40401')).toBeNull();
  expect(operatorHint('8801112345678')).toBeNull();
});
