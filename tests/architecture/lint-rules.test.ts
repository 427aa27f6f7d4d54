import path from 'node:path';
import { ESLint } from 'eslint';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

const eslint = new ESLint({ cwd: root });

// In a run of the command line the parser takes a file's text from the disk; here it must take the planted one.
beforeAll(() => void vi.stubEnv('TSESTREE_SINGLE_RUN', 'false'));
afterAll(() => void vi.unstubAllEnvs());

/**
 * Lints text as if it stood in an existing file (type-aware rules need one the compiler knows) and gives the rules that
 * complained.
 */
async function complaints(file: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

const PLANTED: readonly (readonly [what: string, file: string, text: string, rule: string])[] = [
  [
    'a promise nobody waits for',
    'shared/result.ts',
    'export const f = () => {\n  Promise.resolve(1);\n};\n',
    '@typescript-eslint/no-floating-promises',
  ],
  ['any', 'shared/result.ts', 'export const f = (x: any) => x;\n', '@typescript-eslint/no-explicit-any'],
  [
    'a silenced compiler',
    'shared/result.ts',
    '// @ts-expect-error for a reason\nexport const x: number = "";\n',
    '@typescript-eslint/ban-ts-comment',
  ],
  [
    'a cast through unknown',
    'shared/result.ts',
    'export const x = "" as unknown as number;\n',
    'no-restricted-syntax',
  ],
  ['a barrel', 'shared/result.ts', "export * from './money.ts';\n", 'no-restricted-syntax'],
  [
    'an error swallowed',
    'shared/result.ts',
    'export const f = () => {\n  try {\n    JSON.parse("");\n  } catch {}\n};\n',
    'no-empty',
  ],
  [
    'a rule switched off from inside',
    'shared/result.ts',
    '/* eslint-disable */\nexport const f = (x: any) => x;\n',
    '@typescript-eslint/no-explicit-any',
  ],
  [
    'Electron in the engine',
    'main/engine/clock.ts',
    "import { app } from 'electron';\nexport const x = app;\n",
    'no-restricted-imports',
  ],
  [
    'a test that is skipped',
    'tests/architecture/lint-rules.test.ts',
    "import { it } from 'vitest';\nit.skip('x', () => undefined);\n",
    'no-restricted-syntax',
  ],
];

describe('lint', () => {
  it.each(PLANTED)('catches %s', { timeout: 60_000 }, async (_what, file, text, rule) => {
    expect(await complaints(file, text)).toContain(rule);
  });

  it('catches a static style attribute, which the content security policy blocks, and no other', async () => {
    const file = 'renderer/app/App.svelte';
    expect(await complaints(file, '<p style="color: red">x</p>\n')).toContain('no-restricted-syntax');
    const fromCode =
      '<script lang="ts">\n  let { w }: { w: number } = $props();\n</script>\n\n<p style:width="{w}px">x</p>\n';
    expect(await complaints(file, fromCode)).not.toContain('no-restricted-syntax');
  }, 60_000);
});
