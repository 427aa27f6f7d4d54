import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One `it` or `test` of a file: its title behind those of its `describe`s, and whether it always runs. */
export type TestTitle = { readonly title: string; readonly runs: boolean };

const SUITES = new Set(['describe']);
const TESTS = new Set(['it', 'test']);
const NOT_RUN = new Set(['skip', 'todo', 'only', 'skipIf', 'runIf', 'fails']);

/** What stands between the titles of a suite and its test. */
export const UNDER = ' > ';

/**
 * The tests of a file as they are written: titles of `.each` with their placeholders, of templates with their expressions.
 * The file is parsed, not run.
 */
export function testTitles(file: string): readonly TestTitle[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: TestTitle[] = [];
  const visit = (node: ts.Node, above: readonly string[], runs: boolean): void => {
    const called = ts.isCallExpression(node) ? calledTest(node) : null;
    if (called === null) {
      ts.forEachChild(node, (child) => visit(child, above, runs));
      return;
    }
    const path = [...above, called.title];
    const stillRuns = runs && called.runs;
    if (called.suite) called.body.forEach((child) => visit(child, path, stillRuns));
    else found.push({ title: path.join(UNDER), runs: stillRuns });
  };
  visit(source, [], true);
  return found;
}

/** A call of `describe`, `it` or `test`, with whatever modifiers; `null` for any other call. */
function calledTest(call: ts.CallExpression) {
  const names: string[] = [];
  let callee: ts.Node = call.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) {
      names.push(callee.name.text);
      callee = callee.expression;
    } else if (ts.isCallExpression(callee)) callee = callee.expression;
    else if (ts.isTaggedTemplateExpression(callee)) callee = callee.tag;
    else return null;
  }
  const [title, ...body] = call.arguments;
  const suite = SUITES.has(callee.text);
  if ((!suite && !TESTS.has(callee.text)) || title === undefined || !ts.isStringLiteralLike(title)) {
    if (title === undefined || !ts.isTemplateExpression(title) || (!suite && !TESTS.has(callee.text))) {
      return null;
    }
  }
  const text = ts.isStringLiteralLike(title) ? title.text : title.getText().slice(1, -1);
  return { suite, title: text, body, runs: !names.some((name) => NOT_RUN.has(name)) };
}
