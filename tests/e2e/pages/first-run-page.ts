import type { Page } from 'playwright';
import type { Words } from './words.ts';

/** The first start: language, then the two doors. */
export function firstRunPage(page: Page, words: Words) {
  return {
    english: page.getByRole('button', { name: 'English', exact: true }),
    bangla: page.getByRole('button', { name: 'বাংলা', exact: true }),
    tryItSafely: page.getByRole('button', { name: words.firstRun.practice, exact: true }),
    connect: page.getByRole('button', { name: words.firstRun.connect, exact: true }),
  };
}
