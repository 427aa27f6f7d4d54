// Checks the types of everything in TypeScript and lints it with that same program, because type-aware rules would
// otherwise work out every type a second time. Prints what is wrong and ends with 1, or prints nothing and ends with 0.
import { ESLint } from 'eslint';
import ts from 'typescript';

import { inRoot, root } from './paths.mjs';

const host = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => '\n',
};

/** The program of `tsconfig.lint.json`: all folders at once. */
function createProgram() {
  const config = ts.getParsedCommandLineOfConfigFile(inRoot('tsconfig.lint.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.formatDiagnostic(diagnostic, host));
    },
  });
  if (!config) throw new Error('tsconfig.lint.json cannot be read');
  return ts.createProgram({ rootNames: config.fileNames, options: config.options });
}

/**
 * @param {import('typescript').Program} program
 * @returns {Promise<string>} what is wrong, empty when nothing is
 */
async function lint(program) {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: {
      files: ['**/*.ts'],
      languageOptions: { parserOptions: { project: null, programs: [program] } },
    },
  });
  const results = await eslint.lintFiles(['.']);
  const formatter = await eslint.loadFormatter('stylish');
  return formatter.format(results);
}

const program = createProgram();
const types = ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host);
const findings = `${types}${await lint(program)}`.trim();
if (findings) console.log(findings);
process.exitCode = findings ? 1 : 0;
