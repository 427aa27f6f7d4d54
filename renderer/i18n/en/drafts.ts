import { english as f } from '../format.ts';

/** Words of drafts. */
export const drafts = {
  open: (count: number) => (count === 0 ? 'Drafts' : `Drafts (${f.n(count)})`),
  title: 'Drafts',
  intro: 'Everything you write is kept here until it is sent, also when the power goes.',
  list: 'Drafts',
  columns: { text: 'Text', recipients: 'Recipients', schedule: 'To be sent', changed: 'Changed' },
  noText: 'No text yet',
  sources: (count: number) =>
    `${f.n(count)} ${f.plural(count, { one: 'group or person', other: 'groups or people' })}`,
  typed: (count: number) => `${f.n(count)} ${f.plural(count, { one: 'line', other: 'lines' })} typed`,
  nobody: 'Nobody yet',
  now: 'At once',
  current: 'Open now',
  openOne: (beginning: string) => `Open ${beginning}`,
  remove: (beginning: string) => `Remove ${beginning}`,
  removed: 'The draft was removed.',
  undo: 'Undo',
  more: 'Show more',
  reading: 'Reading…',
  empty: { title: 'No drafts', text: 'A message that you begin and do not send waits here.' },
  close: 'Close',
};
