import type { Page } from 'playwright';
import { startingWith, type Words } from './words.ts';

/** Compose with its confirmation. */
export function composePage(page: Page, words: Words) {
  const { compose } = words;
  const main = page.getByRole('main');
  const dialog = page.getByRole('dialog', { name: compose.confirm.title, exact: true });
  const screen = {
    /** Finds people and groups, which become chips. */
    finder: main.getByRole('combobox', { name: compose.to.finder, exact: true }),
    recipients: main.getByRole('textbox', { name: compose.to.label, exact: true }),
    /** The message field; its group has the same name. */
    message: main.getByRole('textbox', { name: compose.message.label, exact: true }),
    sender: main.getByRole('combobox', { name: compose.message.sender, exact: true }),
    parts: main.getByRole('status', { name: compose.meter.label, exact: true }),
    send: main.getByRole('button', { name: startingWith(compose.send.button) }),
    later: main.getByRole('radio', { name: compose.when.later, exact: true }),
    /** One of the times that are chosen most. */
    pick: (when: keyof Words['schedule']['picks']) =>
      main
        .getByRole('group', { name: words.schedule.picksLabel, exact: true })
        .getByRole('button', { name: words.schedule.picks[when], exact: true }),
    heldBy: (who: keyof Words['schedule']['heldBy']) =>
      main.getByText(words.schedule.heldBy[who], { exact: true }),
    restored: main.getByRole('status').filter({ hasText: compose.restored }),
    /** What the guards have found. */
    lookFirst: main.getByText(compose.warnings.heading, { exact: true }),
    addFromFile: main.getByRole('button', { name: compose.to.addFile, exact: true }),
    dialog,
    typedCount: dialog.getByRole('textbox', { name: compose.confirm.typeCount, exact: true }),
    confirm: dialog.getByRole('button', { name: compose.confirm.confirm, exact: true }),
    back: dialog.getByRole('button', { name: compose.confirm.cancel, exact: true }),
    /** The whole of the left pane: field, count, rejected numbers. */
    to: main.getByRole('region', { name: compose.to.heading, exact: true }),
  };
  return {
    ...screen,
    async write(recipients: string, text: string): Promise<void> {
      await screen.recipients.fill(recipients);
      await screen.message.fill(text);
    },
    /** Pixels of the choice of times that are out of sight. */
    hiddenOfWhen: () =>
      main
        .getByRole('group', { name: compose.when.legend, exact: true })
        .first()
        .evaluate((box) => box.scrollHeight - box.clientHeight),
    /** Presses Send once the numbers are worked out, and confirms. */
    async sendAndConfirm(): Promise<void> {
      await screen.send.click();
      await screen.confirm.click();
    },
  };
}
