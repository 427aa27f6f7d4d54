import { i18n } from '../../i18n/i18n.svelte.ts';
import type { FieldFault } from './account-form.svelte.ts';

/** What to write below a field that is wrong; `undefined` when nothing is. */
export function fieldWords(fault: FieldFault | null): string | undefined {
  const words = i18n.t.settings.form;
  if (!fault) return undefined;
  switch (fault.kind) {
    case 'below':
      return undefined;
    case 'required':
      return words.required;
    case 'too-long':
      return words.tooLong;
    case 'name-taken':
      return `${String(i18n.t.errors.ACCOUNT_NAME_TAKEN.title)} ${String(i18n.t.errors.ACCOUNT_NAME_TAKEN.next)}`;
    case 'needs-consent':
      return words.httpNeedsConsent;
    case 'server':
      return words.serverFaults[fault.fault];
    case 'sender':
      return words.senderWrong({ sender: fault.sender, why: words.senderFaults[fault.fault] });
  }
}
