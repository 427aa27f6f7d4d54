import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';

/** One thing that an account can or cannot do, in the language in use. */
type Ability = { readonly key: string; readonly label: string; readonly can: boolean };

/** What an account can do, as a list in a fixed order, so that two accounts can be compared line by line. */
export function abilitiesOf(capabilities: Capabilities): readonly Ability[] {
  const words = i18n.t.accounts.abilities;
  const { reports, lookup, inbox, schedule } = capabilities;
  return [
    {
      key: 'numbers',
      label: words.numbers(capabilities.recipientsPerRequest),
      can: capabilities.recipientsPerRequest > 1,
    },
    { key: 'differentTexts', label: words.differentTexts, can: capabilities.differentTexts },
    { key: 'ownIds', label: words.ownIds, can: capabilities.ownMessageIds },
    {
      key: 'schedule',
      label: schedule?.cancel ? words.scheduleCancel : words.schedule,
      can: schedule !== null,
    },
    { key: 'reports', label: words.reports[reports], can: reports !== 'none' },
    { key: 'logs', label: words.logs, can: capabilities.logs },
    { key: 'balance', label: words.balance, can: capabilities.balance },
    { key: 'lookup', label: words.lookup[lookup], can: lookup !== 'none' },
    { key: 'inbox', label: words.inbox[inbox], can: inbox !== 'none' },
    { key: 'flash', label: words.flash, can: capabilities.flash },
    { key: 'validity', label: words.validity, can: capabilities.validity },
    { key: 'transactionClass', label: words.transactionClass, can: capabilities.transactionClass },
    { key: 'preview', label: words.preview, can: capabilities.preview },
  ];
}
