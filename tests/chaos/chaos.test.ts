import { beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../scripts/lib/bundle.mjs';
import { isClean } from './book.ts';
import { runChaos } from './run.ts';
import { variantOf } from './variants.ts';

describe('engines killed at random, against a gateway that misbehaves', () => {
  let program = '';
  beforeAll(async () => {
    program = await bundleForNode('tests/chaos/engine-process.ts', 'chaos');
  }, 60_000);

  // One of each way to clear up a lost answer, and the protocol with a connection that stays.
  it.concurrent.each([
    { name: 'rest-json', seed: 11, kills: 9, messages: 500 },
    { name: 'rest-xml-advanced', seed: 12, kills: 6, messages: 400 },
    { name: 'json-v3', seed: 13, kills: 5, messages: 300 },
    { name: 'smpp', seed: 14, kills: 5, messages: 300 },
  ])(
    'lose nothing and send nothing twice: $name, $kills kills, seed $seed',
    async ({ name, seed, kills, messages }) => {
      const lines: string[] = [];
      const result = await runChaos({
        variant: variantOf(name),
        kills,
        messages,
        seed,
        program,
        say: (line) => void lines.push(line),
      });
      expect(result.wrong, lines.join('\n')).toEqual([]);
      expect(isClean(result)).toBe(true);
      expect(result).toMatchObject({ kills, duplicates: 0, lost: 0 });
      expect(result.planned).toBeGreaterThanOrEqual(messages);
      expect(result.accepted).toBeGreaterThan(messages / 2);
    },
    180_000,
  );
});
