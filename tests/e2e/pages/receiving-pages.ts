import type { Page } from 'playwright';
import { tableRows } from './table.ts';
import { startingWith, type Words } from './words.ts';

/** Received messages and their conversations. */
export function inboxPage(page: Page, words: Words) {
  const { inbox } = words;
  const main = page.getByRole('main');
  const list = main.getByRole('table', { name: inbox.list, exact: true });
  return {
    list,
    nothingYet: main.getByText(inbox.empty.title, { exact: true }),
    check: main.getByRole('button', { name: inbox.check, exact: true }),
    /** The line of a conversation, by what stands in it. */
    line: (text: string) => list.getByRole('row').filter({ hasText: text }),
    /** The conversation that is open. */
    thread: main.getByRole('region', { name: startingWith(inbox.thread('')) }),
    reply: main.getByRole('textbox', { name: inbox.reply.label, exact: true }),
    send: main.getByRole('button', {
      name: startingWith(inbox.reply.practice({ parts: 1, money: null }).split(' (')[0] ?? ''),
    }),
  };
}

/** Contacts with number lookup. */
export function lookupPage(page: Page, words: Words) {
  const { lookups } = words;
  const main = page.getByRole('main');
  const results = main.getByRole('table', { name: lookups.results, exact: true });
  return {
    tab: main.getByRole('tab', { name: lookups.lookup, exact: true }),
    numbers: main.getByRole('textbox', { name: lookups.label, exact: true }),
    start: main.getByRole('button', { name: startingWith(lookups.start) }),
    known: main.getByRole('tab', { name: lookups.known, exact: true }),
    knownTable: main.getByRole('table', { name: lookups.knownLabel, exact: true }),
    rows: () => tableRows(results),
  };
}

/** The sections of Settings about receiving, diagnostics and the practice gateway. */
export function receivingSettings(page: Page, words: Words) {
  const { receiving, diagnostics } = words;
  const main = page.getByRole('main');
  return {
    section: (title: 'receiving' | 'diagnostics' | 'practice') =>
      main.getByRole('tab', {
        name: {
          receiving: receiving.title,
          diagnostics: diagnostics.title,
          practice: words.app.practice,
        }[title],
        exact: true,
      }),
    enable: main.getByRole('checkbox', { name: receiving.enable, exact: true }),
    apply: main.getByRole('button', { name: receiving.save, exact: true }),
    listening: main.getByText(receiving.states.listening, { exact: true }),
    /** An address that is to be registered, as it stands there. */
    address: (kind: keyof Words['receiving']['kinds']) =>
      main
        .locator('code')
        .filter({ hasText: new RegExp(`/${kind}$`) })
        .first(),
    test: (account: string) =>
      main.getByRole('button', { name: receiving.testNamed({ name: account }), exact: true }),
    simulateFrom: main.getByRole('textbox', { name: diagnostics.practice.simulateFrom, exact: true }),
    simulateText: main.getByRole('textbox', { name: diagnostics.practice.simulateText, exact: true }),
    receive: main.getByRole('button', { name: diagnostics.practice.receive, exact: true }),
    openInbox: main.getByRole('button', { name: diagnostics.practice.openInbox, exact: true }),
    exchanges: main.getByRole('table', { name: diagnostics.table, exact: true }),
    panel: page.getByRole('complementary', { name: diagnostics.panel, exact: true }),
    show: page.getByRole('button', { name: diagnostics.show, exact: true }),
  };
}
