import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One `it` or `test` of a file: its title behind those of its suites, and whether it always runs. */
export type TestTitle = { readonly title: string; readonly runs: boolean };

/** What a test file holds: its tests, and the texts that stand in it as literals, cases among them. */
export type TestFile = { readonly tests: readonly TestTitle[]; readonly literals: ReadonlySet<string> };

const CALLS: ReadonlyMap<string, 'suite' | 'test'> = new Map([
  ['describe', 'suite'],
  ['it', 'test'],
  ['test', 'test'],
]);
const NOT_ALWAYS = new Set(['skip', 'todo', 'only', 'skipIf', 'runIf', 'fails']);
const UNDER = ' > ';
const read = new Map<string, TestFile>();

/**
 * The tests of a file as they are written: titles of `.each` with their placeholders, of templates with their expressions. The
 * file is parsed, not run; each once.
 */
export function testsOf(file: string): TestFile {
  const known = read.get(file);
  if (known !== undefined) return known;
  const tests: TestTitle[] = [];
  const literals = new Set<string>();
  const visit = (node: ts.Node, above: readonly string[], runs: boolean): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text);
    const called = ts.isCallExpression(node) ? calledTest(node) : null;
    const path = called === null ? above : [...above, called.title];
    const stillRuns = runs && called?.runs !== false;
    if (called?.kind === 'test') tests.push({ title: path.join(UNDER), runs: stillRuns });
    ts.forEachChild(node, (child) => visit(child, path, stillRuns));
  };
  const text = readFileSync(file, 'utf8');
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), [], true);
  const found = { tests, literals };
  read.set(file, found);
  return found;
}

/** The tests that a title means: the whole one, or its end from some suite on. */
export const provedBy = (tests: readonly TestTitle[], title: string): readonly TestTitle[] =>
  tests.filter((one) => one.title === title || one.title.endsWith(UNDER + title));

/** A call of `describe`, `it` or `test` with whatever modifiers; `null` for any other call. */
function calledTest(call: ts.CallExpression) {
  const modifiers: string[] = [];
  let callee: ts.Node = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) modifiers.push(callee.name.text);
    if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return null;
  }
  const kind = CALLS.get(callee.text);
  const [title] = call.arguments;
  if (kind === undefined || title === undefined) return null;
  if (!ts.isStringLiteralLike(title) && !ts.isTemplateExpression(title)) return null;
  const text = ts.isStringLiteralLike(title) ? title.text : title.getText().slice(1, -1);
  return { kind, title: text, runs: !modifiers.some((name) => NOT_ALWAYS.has(name)) };
}
