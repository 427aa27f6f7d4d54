import { english as f } from '../format.ts';

/** Words of the inbox. */
export const inbox = {
  search: 'Search conversations',
  searchPlaceholder: 'Number or words',
  unread: 'Unread',
  check: 'Check now',
  lastFetch: (age: string) => `Checked ${age}`,
  neverFetched: 'Not checked yet',
  failed: 'The last check did not work.',
  received: (count: number) =>
    count === 0
      ? 'Nothing new.'
      : `${f.n(count)} new ${f.plural(count, { one: 'message', other: 'messages' })}.`,
  loading: 'Reading…',
  list: 'Conversations',
  column: 'Number and last message',
  you: 'You:',
  newCount: (count: number) => `${f.n(count)} unread`,
  empty: {
    title: 'Nothing has been received yet',
    canPull: (names: string) =>
      `${names} can receive. Press “Check now” to look for messages; this also happens by itself.`,
    cannotPull:
      'None of your accounts can fetch received messages. Switch on the local receiver and register its address with MiM SMS.',
    receiving: 'Set up receiving',
    practice: 'In practice you can let a message arrive yourself.',
    simulate: 'Let one arrive',
  },
  none: { title: 'No conversation matches', text: 'Try fewer digits or words.', clear: 'Show all' },
  pick: 'Choose a conversation on the left.',
  thread: (number: string) => `Conversation with ${number}`,
  back: 'All conversations',
  earlier: 'Show earlier ones',
  inArchive: 'Show in Messages',
  markUnread: 'Mark as unread',
  from: 'Received',
  to: 'Sent',
  keyword: (word: string) => `Keyword ${word}`,
  reply: {
    label: 'Reply',
    placeholder: 'Write your reply here.',
    sender: 'Sender',
    send: 'Send reply',
    sendFor: (facts: { parts: number; money: string | null }) =>
      `Send reply (${f.n(facts.parts)} ${f.plural(facts.parts, { one: 'part', other: 'parts' })}${facts.money ? `, ${facts.money}` : ''})`,
    practice: (facts: { parts: number; money: string | null }) =>
      `Send for practice (${f.n(facts.parts)} ${f.plural(facts.parts, { one: 'part', other: 'parts' })}${facts.money ? `, ${facts.money}` : ''})`,
    held: 'Your reply goes out in a few seconds.',
    undo: 'Undo',
    cannot: 'This sender is a name, not a number. It cannot be answered.',
    noSender: 'The account has no sender ID to answer with.',
    noAccount: 'The account that received this is no longer here.',
    accept: 'Send it all the same',
    overlooked: 'Something has come up since you wrote, and nothing was sent. Look at it, then send again.',
    lost: 'It is not known whether this was handed over. Send it again: it goes once at most.',
  },
};
