import type { SubmitRequest } from '../gateway.ts';

/** The two generations of the key API. */
export type KeyVersion = 'v1' | 'v2';

/** User name and key of an account. */
export type KeyLogin = { readonly userName: string; readonly password: string };

/** A request that is ready to be written. */
export type KeyRequest = { readonly path: string; readonly json: string };

/**
 * Builds the send request for the messages (facts of the platform, "MiM SMS today"): one number, many with the same text, or in
 * the second version a text each. `null` for several texts in the first version.
 *
 * @param campaign the account's campaign, which only promotional messages belong to
 */
export function keySendRequest(
  version: KeyVersion,
  login: KeyLogin,
  { sender, messages, options = {} }: SubmitRequest,
  campaign: string | undefined,
): KeyRequest | null {
  const [first] = messages;
  if (first === undefined) return null;
  const promotional = options.transactionClass === 'promotional';
  const type = promotional ? 'P' : 'T';
  const one = messages.length === 1;
  const sameText = messages.every(({ text }) => text === first.text);
  if (version === 'v1') {
    if (!sameText) return null;
    return {
      path: one ? '/api/SmsSending/SMS' : '/api/SmsSending/OneToMany',
      json: JSON.stringify({
        UserName: login.userName,
        Apikey: login.password,
        MobileNumber: messages.map(({ to }) => to).join(','),
        CampaignId: promotional ? (campaign ?? null) : null,
        SenderName: sender,
        TransactionType: type,
        Message: first.text,
      }),
    };
  }
  const common = {
    userName: login.userName,
    apiKey: login.password,
    senderName: sender,
    transactionType: type,
    ...(promotional && { campaignName: campaign ?? null }),
  };
  if (one) {
    const json = JSON.stringify({ ...common, mobileNumber: first.to, message: first.text });
    return { path: '/api/V2/SMS', json };
  }
  if (sameText) {
    const smsData = messages.map(({ to }) => ({ mobileNumber: to }));
    return { path: '/api/V2/OneToMany', json: JSON.stringify({ ...common, message: first.text, smsData }) };
  }
  const smsData = messages.map(({ to, text }) => ({ mobileNumber: to, message: text }));
  return { path: '/api/V2/DSMS', json: JSON.stringify({ ...common, smsData }) };
}
