import type { Page } from 'playwright';
import { startingWith, type Words } from './words.ts';

/** What is typed into the account form; absent fields stay as they are. */
export type AccountFields = {
  readonly name?: string;
  readonly serverAddress?: string;
  readonly userName?: string;
  readonly password?: string;
  readonly senders?: string;
};

/** Settings: accounts with their form, appearance, passwords, about. */
export function settingsPage(page: Page, words: Words) {
  const { accounts, form, passwords } = words.settings;
  const main = page.getByRole('main');
  const field = (name: string) => main.getByRole('textbox', { name, exact: true });
  const screen = {
    add: main.getByRole('button', { name: accounts.add, exact: true }),
    name: field(form.name),
    serverAddress: field(form.serverAddress),
    userName: field(form.userName),
    // A password field has no role of its own for Playwright; its label is its name.
    password: main.getByLabel(form.password, { exact: true }),
    senders: field(form.senders),
    allowHttp: main.getByRole('checkbox', { name: form.allowHttp, exact: true }),
    protocol: main.getByRole('combobox', { name: form.protocol, exact: true }),
    /** Where an account of the key API has its password field. */
    apiKey: main.getByLabel(words.accounts.apiKey, { exact: true }),
    /** The consent of an SMPP account, instead of `allowHttp`. */
    allowSmpp: main.getByRole('checkbox', { name: words.accounts.allowSmpp, exact: true }),
    /** Unfolds how fast an account sends. */
    openPace: main.getByText(words.accounts.pace.title, { exact: true }),
    guards: main.getByRole('tab', { name: words.guards.title, exact: true }),
    perSecond: field(words.accounts.pace.perSecond),
    test: main.getByRole('button', { name: form.test, exact: true }),
    save: main.getByRole('button', { name: form.save, exact: true }),
    saveForSession: main.getByRole('button', { name: passwords.useSessionSave, exact: true }),
    checkKeychain: main.getByRole('button', { name: passwords.check, exact: true }),
    keychainWorks: main.getByRole('status').filter({ hasText: passwords.works }),
    version: main.getByText(words.settings.about.version, { exact: true }),
    works: main.getByRole('status').filter({ hasText: form.testOk }),
    alert: main.getByRole('alert'),
  };
  return {
    ...screen,
    section: (section: 'accounts' | 'appearance' | 'passwords' | 'about') =>
      main.getByRole('tab', { name: words.settings[section].title, exact: true }),
    edit: (name: string) => main.getByRole('button', { name: accounts.editNamed({ name }), exact: true }),
    use: (name: string) => main.getByRole('button', { name: accounts.useNamed({ name }), exact: true }),
    saved: (name: string) => main.getByRole('status').filter({ hasText: accounts.saved({ name }) }),
    /** The account's entry in the list. */
    card: (name: string) =>
      main.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) }),
    /** Chooses a protocol by its name in the form. */
    async choose(protocol: string): Promise<void> {
      await screen.protocol.click();
      await page.getByRole('option', { name: startingWith(protocol) }).click();
    },
    async fill(fields: AccountFields): Promise<void> {
      for (const name of ['name', 'serverAddress', 'userName', 'password', 'senders'] as const) {
        const value = fields[name];
        if (value !== undefined) await screen[name].fill(value);
      }
    },
  };
}
