import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noElectron = {
  name: 'electron',
  message:
    'Only main/shell, main/index.ts and main/preload know Electron; everything else runs under plain Node.',
};

/** Ways of writing that hide a mistake; each message says what to do instead. */
const HIDING = [
  {
    selector: 'TSAsExpression > TSAsExpression[typeAnnotation.type="TSUnknownKeyword"]',
    message:
      '“as unknown as” silences the compiler: validate the value, or give it its right type at the source.',
  },
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrel files: import from the file that has it.',
  },
];

const typeAware = {
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
};

const common = {
  'no-restricted-syntax': ['error', ...HIDING],
  'no-restricted-imports': ['error', { paths: [noElectron] }],
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, minimumDescriptionLength: 0 }],
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  // The compiler reports unused names already, and lets a leading underscore excuse a parameter.
  '@typescript-eslint/no-unused-vars': 'off',
  // A mark written as an escape is meant: classes of invisible marks are what the part counter is about.
  'no-misleading-character-class': ['error', { allowEscape: true }],
  eqeqeq: ['error', 'always'],
};

export default defineConfig(
  globalIgnores(['dist/', 'out/', 'coverage/', 'node_modules/', 'tests/e2e/output/', 'tests/fixtures/']),
  // No rule can be switched off from inside a file: what does not fit is changed here, with its reason.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [tseslint.configs.strict],
    rules: { ...typeAware, ...common },
    languageOptions: {
      parserOptions: { project: 'tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    // Rune modules (*.svelte.ts) are plain TypeScript to a linter, and stay with the rules above.
    files: ['**/*.svelte'],
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // The compiler of Svelte knows which names a template uses.
      'no-undef': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        ...HIDING,
        {
          // The content security policy drops it without a word: only styles set from code get through.
          selector: 'SvelteAttribute[key.name="style"]:not(:has(SvelteMustacheTag))',
          message:
            'A static style attribute is blocked by the content security policy: use a class or “style:”.',
        },
      ],
    },
  },
  {
    // Types would have to be worked out again for each component, which took longer than all other checks together.
    // What waits for something lives in view models (*.svelte.ts), where the rules above apply.
    files: ['**/*.svelte'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { project: null } },
    rules: { 'svelte/no-unused-props': 'off' },
  },
  {
    files: ['main/shell/**', 'main/index.ts', 'main/preload/**', 'tests/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['tests/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...HIDING,
        {
          selector:
            'CallExpression[callee.object.name=/^(it|test|describe|suite)$/][callee.property.name=/^(skip|only|todo|fails)$/]',
          message: 'A test runs or it is not there.',
        },
      ],
    },
  },
  {
    files: ['scripts/**/*.mjs', '*.js', '*.cjs', '.*.cjs'],
    // The compiler checks these files too (scripts/tsconfig.json) and knows every global.
    rules: {
      'no-undef': 'off',
      'no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
    },
  },
);
