import type { Page } from 'playwright';
import { tableRows } from './table.ts';
import type { Words } from './words.ts';

/** The archive of all messages. */
export function messagesPage(page: Page, words: Words) {
  const { messages } = words;
  const main = page.getByRole('main');
  const table = main.getByRole('table', { name: messages.tableLabel, exact: true });
  return {
    table,
    search: main.getByRole('searchbox', { name: messages.search, exact: true }),
    number: main.getByRole('textbox', { name: messages.number, exact: true }),
    sender: main.getByRole('textbox', { name: messages.sender, exact: true }),
    state: (state: keyof Words['states']) =>
      main
        .getByRole('group', { name: messages.states, exact: true })
        .getByRole('button', { name: words.states[state].word, exact: true }),
    clear: main.getByRole('button', { name: messages.clear, exact: true }).first(),
    nothingYet: main.getByText(messages.empty.title, { exact: true }),
    nothingMatches: main.getByText(messages.none.title, { exact: true }),
    detail: page.getByRole('complementary', { name: messages.detail.label, exact: true }),
    openFirst: () => table.getByRole('row').nth(1).click(),
    rows: () => tableRows(table),
  };
}
