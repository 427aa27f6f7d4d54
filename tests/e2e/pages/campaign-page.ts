import type { Page } from 'playwright';
import { tableRows } from './table.ts';
import { startingWith, type Words } from './words.ts';

/** A campaign's own page. */
export function campaignPage(page: Page, words: Words) {
  const { campaigns } = words;
  const main = page.getByRole('main');
  const equation = main.getByRole('group', { name: campaigns.equation.label, exact: true });
  const table = main.getByRole('table', { name: campaigns.recipients.label, exact: true });
  return {
    heading: main.getByRole('heading', { level: 2 }),
    table,
    progress: main.getByRole('progressbar', { name: campaigns.progress.label, exact: true }),
    undo: main.getByRole('button', { name: campaigns.held.undo, exact: true }),
    pause: main.getByRole('button', { name: campaigns.pause, exact: true }),
    resume: main.getByRole('button', { name: campaigns.resume, exact: true }),
    cancelRest: main.getByRole('button', { name: campaigns.cancel.rest, exact: true }),
    retryFailed: main.getByRole('button', { name: campaigns.retry.open, exact: true }),
    /** The dialog of what failed, by cause. */
    retryDialog: page.getByRole('dialog', { name: campaigns.retry.title, exact: true }),
    ignoreQuiet: main.getByRole('button', { name: campaigns.quiet.ignore, exact: true }),
    sendNow: main.getByRole('button', { name: campaigns.schedule.sendNow, exact: true }),
    sendNowReally: page
      .getByRole('dialog')
      .getByRole('button', { name: campaigns.schedule.sendNow, exact: true }),
    keepSending: page
      .getByRole('dialog')
      .getByRole('button', { name: campaigns.cancelConfirm.rest.keep, exact: true }),
    retry: {
      open: main.getByRole('button', { name: campaigns.retry.open, exact: true }),
      /** The button that sends so many messages again. */
      send: (count: number) =>
        page
          .getByRole('dialog', { name: campaigns.retry.title, exact: true })
          .getByRole('button', { name: new RegExp(`^Send ${count} again`, 'u') }),
      /** On the page of a campaign that repeats another one's failures. */
      isRetry: main.getByText(startingWith(campaigns.retry.again(''))),
    },
    openAccounts: main.getByRole('button', { name: campaigns.openAccounts, exact: true }),
    lookingInLog: main.getByRole('status').filter({ hasText: campaigns.uncertain.checkingText }),
    /** The sentence that says where the campaign stands. */
    stands: (where: keyof Words['campaigns']['sentence']) =>
      main.getByText(campaigns.sentence[where], { exact: true }),
    /** The banner with the reason of a pause. */
    pausedFor: (reason: keyof Words['campaigns']['paused']) =>
      main
        .getByRole('alert')
        .or(main.getByRole('status'))
        .filter({ hasText: campaigns.paused[reason].title }),
    chip: (state: keyof Words['states']) =>
      main
        .getByRole('group', { name: campaigns.recipients.filters, exact: true })
        .getByRole('button', { name: words.states[state].word }),
    /** Every recipient in view as the cells of its row. */
    rows: () => tableRows(table),
    /** The equation as it is read: `12 planned = 11 taken + 1 refused`. */
    equation: async () => (await equation.innerText()).replaceAll(/\s+/gu, ' ').trim(),
  };
}

/** The list of campaigns. */
export function campaignsPage(page: Page, words: Words) {
  const main = page.getByRole('main');
  const table = main.getByRole('table', { name: words.campaigns.tableLabel, exact: true });
  return {
    table,
    nothingYet: main.getByText(words.campaigns.empty.title, { exact: true }),
    /** Opens the campaign with a name. */
    open: (name: string) => table.getByRole('row').filter({ hasText: name }).click(),
    /** Opens the newest campaign. */
    openFirst: () => table.getByRole('row').nth(1).click(),
  };
}
