import type { Page } from 'playwright';
import { startingWith, type Words } from './words.ts';

/** Contacts: the people, their groups, and the import panel. */
export function contactsPage(page: Page, words: Words) {
  const { contacts, groups } = words;
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: groups.addRuleTitle, exact: true });
  const condition = dialog.getByRole('group', { name: groups.rule.condition, exact: true });
  return {
    import: main.getByRole('button', { name: contacts.import, exact: true }),
    importFirst: main.getByRole('button', { name: contacts.empty.import, exact: true }),
    table: main.getByRole('table', { name: contacts.table, exact: true }),
    tab: (name: keyof Words['contacts']['tabs']) =>
      main.getByRole('tab', { name: contacts.tabs[name], exact: true }),
    count: (people: number) => main.getByText(contacts.count(people), { exact: true }),
    /** A place of the left list, with its count. */
    place: (name: string) =>
      main.getByRole('navigation', { name: groups.places, exact: true }).getByRole('button', { name }),
    search: main.getByRole('searchbox', { name: contacts.search, exact: true }),
    row: (text: string) =>
      main
        .getByRole('table', { name: contacts.table, exact: true })
        .getByRole('row')
        .filter({ hasText: text }),
    addSmart: main.getByRole('button', { name: groups.addSmart, exact: true }),
    rule: {
      name: dialog.getByRole('textbox', { name: groups.name, exact: true }),
      finds: (people: number) => dialog.getByText(groups.rule.finds(people), { exact: true }),
      value: condition.getByRole('textbox', { name: groups.rule.value, exact: true }),
      save: dialog.getByRole('button', { name: groups.save, exact: true }),
      /** Chooses what the only condition is about. */
      async about(subject: string): Promise<void> {
        await condition.getByRole('combobox', { name: groups.rule.subject, exact: true }).click();
        await page.getByRole('option', { name: subject, exact: true }).click();
      },
    },
    export: main.getByRole('button', { name: contacts.bar.export, exact: true }),
  };
}

/** The import panel, wherever it is open, and the history of imports. */
export function importPanel(page: Page, words: Words) {
  const { imports } = words;
  const panel = page.getByRole('dialog', { name: imports.titles.contacts, exact: true });
  const main = page.getByRole('main');
  return {
    panel,
    choose: panel.getByRole('button', { name: imports.source.choose, exact: true }),
    pasted: panel.getByRole('textbox', { name: imports.source.paste, exact: true }),
    takePasted: panel.getByRole('button', { name: imports.source.take, exact: true }),
    /** What a column of the file is taken for. */
    column: (heading: string) =>
      panel.getByRole('combobox', { name: imports.columns.of(heading), exact: true }),
    check: panel.getByRole('button', { name: imports.columns.check, exact: true }),
    progress: panel.getByRole('progressbar'),
    stop: panel.getByRole('button', { name: imports.progress.stop, exact: true }),
    /** A class with its count. */
    rowsOf: (name: keyof Words['imports']['result']['classes'], count: number) =>
      panel.getByRole('tab', {
        name: imports.result.tab({ name: imports.result.classes[name], count }),
        exact: true,
      }),
    /** The row that is being corrected. */
    correcting: panel.getByRole('textbox', { name: startingWith(imports.result.fix(0).split('0')[0] ?? '') }),
    lines: panel.getByRole('row'),
    commit: (people: number) =>
      panel.getByRole('button', { name: imports.result.commit.contacts(people), exact: true }),
    done: panel.getByText(imports.done.title, { exact: true }),
    close: panel.getByRole('button', { name: imports.done.close, exact: true }).last(),
    history: main.getByRole('table', { name: imports.history.label, exact: true }),
    undo: main.getByRole('button', { name: imports.history.undo, exact: true }),
    undoReally: page.getByRole('button', { name: imports.undo.confirm, exact: true }),
    undone: (facts: { removed: number; restored: number; kept: number }) =>
      page.getByText(imports.undo.result(facts), { exact: true }),
  };
}

/** The panel in which a file is read for one sending. */
export function listImportPanel(page: Page, words: Words) {
  const { imports } = words;
  const panel = page.getByRole('dialog', { name: imports.titles.recipients, exact: true });
  return {
    choose: panel.getByRole('button', { name: imports.source.choose, exact: true }),
    check: panel.getByRole('button', { name: imports.columns.check, exact: true }),
    ready: (people: number) => panel.getByText(imports.done.recipients(people), { exact: true }),
    use: (people: number) =>
      panel.getByRole('button', { name: imports.result.commit.recipients(people), exact: true }),
    close: panel.getByRole('button', { name: imports.done.close, exact: true }).last(),
  };
}
