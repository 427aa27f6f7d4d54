import type { Page } from 'playwright';
import type { Language } from '../../../renderer/i18n/format.ts';
import { campaignPage, campaignsPage } from './campaign-page.ts';
import { composePage } from './compose-page.ts';
import { firstRunPage } from './first-run-page.ts';
import { frame } from './frame.ts';
import { messagesPage } from './messages-page.ts';
import { outboxPage } from './outbox-page.ts';
import { contactsPage, importPanel, listImportPanel } from './people-pages.ts';
import { inboxPage, lookupPage, receivingSettings } from './receiving-pages.ts';
import { settingsPage } from './settings-page.ts';
import { wordsIn } from './words.ts';

/** Every screen of the app, as it is named in one language (English when left out). */
export function screens(page: Page, language: Language = 'en') {
  const words = wordsIn(language);
  return {
    words,
    frame: frame(page, words),
    firstRun: firstRunPage(page, words),
    compose: composePage(page, words),
    outbox: outboxPage(page, words),
    campaign: campaignPage(page, words),
    campaigns: campaignsPage(page, words),
    messages: messagesPage(page, words),
    settings: settingsPage(page, words),
    inbox: inboxPage(page, words),
    lookup: lookupPage(page, words),
    receiving: receivingSettings(page, words),
    contacts: contactsPage(page, words),
    imports: importPanel(page, words),
    listImport: listImportPanel(page, words),
  };
}

/** What {@link screens} gives. */
export type Screens = ReturnType<typeof screens>;
