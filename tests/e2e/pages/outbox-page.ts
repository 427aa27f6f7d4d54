import type { Page } from 'playwright';
import { startingWith, type Words } from './words.ts';

/** The outbox. */
export function outboxPage(page: Page, words: Words) {
  const { outbox } = words;
  const main = page.getByRole('main');
  /** How much there is stands behind the name of a tab. */
  const tab = (name: string) => main.getByRole('tab', { name: startingWith(name) });
  const inRow = (action: string) => (name: string) =>
    main.getByRole('button', { name: outbox.actions.for({ action, name }), exact: true });
  return {
    now: tab(outbox.tabs.now),
    planned: tab(outbox.tabs.planned),
    calendar: tab(outbox.tabs.calendar),
    series: tab(outbox.tabs.series),
    empty: main.getByText(outbox.empty.title, { exact: true }),
    /** The line that says how many messages are still to go. */
    waiting: (count: number) => main.getByText(outbox.totals.waiting(count), { exact: true }),
    undo: inRow(outbox.actions.undo),
    pause: inRow(outbox.actions.pause),
    resume: inRow(outbox.actions.resume),
    cancel: inRow(outbox.actions.cancel.rest),
  };
}
