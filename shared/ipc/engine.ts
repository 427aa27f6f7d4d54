import { accountsContract } from './accounts.ts';
import { campaignsContract } from './campaigns.ts';
import { contactsContract } from './contacts.ts';
import { diagnosticsContract } from './diagnostics.ts';
import { inboxContract } from './inbox.ts';
import { lookupsContract } from './lookups.ts';
import { messagesContract } from './messages.ts';
import { practiceContract } from './practice.ts';
import { receiverContract } from './receiver.ts';
import { doNotMessageContract } from './do-not-message.ts';
import { draftsContract } from './drafts.ts';
import { exportsContract } from './exports.ts';
import { groupsContract } from './groups.ts';
import { importsContract } from './imports.ts';
import { outboxContract } from './outbox.ts';
import { recipientsContract } from './recipients.ts';
import { rulesContract } from './rules.ts';
import { seriesContract } from './series.ts';
import { templatesContract } from './templates.ts';

/** Everything the page can ask of the engine. */
export const engineContract = {
  accounts: accountsContract,
  campaigns: campaignsContract,
  contacts: contactsContract,
  diagnostics: diagnosticsContract,
  inbox: inboxContract,
  lookups: lookupsContract,
  messages: messagesContract,
  practice: practiceContract,
  receiver: receiverContract,
  doNotMessage: doNotMessageContract,
  drafts: draftsContract,
  exports: exportsContract,
  groups: groupsContract,
  imports: importsContract,
  outbox: outboxContract,
  recipients: recipientsContract,
  rules: rulesContract,
  series: seriesContract,
  templates: templatesContract,
};
