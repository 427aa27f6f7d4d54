import { readFileSync } from 'node:fs';

/** The body of a sample of the API document, by the name of its file in `tests/fixtures/api-document/rest/`. */
export function apiSample(name: string): string {
  return readFileSync(new URL(`../../fixtures/api-document/rest/${name}.json`, import.meta.url), 'utf8');
}
