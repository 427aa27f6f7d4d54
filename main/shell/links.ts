import type { LinkId } from '#shared/ipc/shell.ts';

/** Where each {@link LinkId} leads. The page knows ids only, so it cannot make the program open an address of its choice. */
export const LINK_ADDRESSES: Readonly<Record<LinkId, string>> = {
  'mimsms-home': 'https://www.mimsms.com/',
  'mimsms-support': 'https://www.mimsms.com/contact',
};
