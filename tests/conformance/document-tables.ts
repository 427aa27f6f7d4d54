import { readFileSync } from 'node:fs';

/** One row of a table of the API document, cell by its heading, as printed. */
export type DocumentRow = Readonly<Record<string, string>>;

/** A table of the API document as it stands in `tests/fixtures/api-document/<name>.tsv`. */
export function documentTable(name: string): readonly DocumentRow[] {
  const file = new URL(`../fixtures/api-document/${name}.tsv`, import.meta.url);
  const [heading = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = heading.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((column, index) => [column, cells[index] ?? '']));
  });
}
