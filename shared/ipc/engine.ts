import { accountsContract } from './accounts.ts';
import { campaignsContract } from './campaigns.ts';
import { messagesContract } from './messages.ts';

/** Everything the page can ask of the engine. */
export const engineContract = {
  accounts: accountsContract,
  campaigns: campaignsContract,
  messages: messagesContract,
};
